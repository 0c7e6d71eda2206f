"""The names that are part of what is sealed never change, and the vault stays pure and without `random`."""

import ast
import itertools
from pathlib import Path

import pytest

import records.vault
from records.vault import SEALED
from records.vault.context import Author, Layout, Visibility
from records.vault.derive import Purpose

SOURCES = sorted(Path(records.vault.__file__).parent.glob("*.py"))

# Typed by hand, once. A name may be added; none may be changed or taken away, nor a key become padded.
FROZEN = {
    "statement": True, "about": True, "answers": True, "must_not_see": True, "message": True, "note": True,
    "draft": True, "findings": True, "report_words": True, "own_draft": True,
    "office_text": True, "choice": True, "taken_time": True, "served_copy": True,
    "file_name": True, "file_key": False, "file_content": False,
    "identity": True, "identity_key": False,
    "identity_copy": False, "identity_grant": False, "identity_reason": True, "identity_answer": True,
    "seat_key": False, "epoch_old_key": False,
    "served_document": True, "served_key": False, "reply": True,
    "idempotent_answer": True,
    "staff_key": False, "staff_totp": True, "session_key": False,
}


def test_slot_names_and_whether_they_are_padded_are_frozen() -> None:
    assert {slot.name: slot.block > 0 for slot in SEALED} == FROZEN


def test_one_name_means_one_thing_wherever_it_is_kept() -> None:
    for _, same in itertools.groupby(sorted(SEALED, key=lambda s: s.name), key=lambda s: s.name):
        copies = list(same)
        assert len({slot.block for slot in copies}) == 1
        assert len({(slot.table, slot.column) for slot in copies}) == len(copies)


def test_every_slot_the_package_names_is_in_the_list() -> None:
    named = {value for value in vars(records.vault).values() if isinstance(value, records.vault.Slot)}
    assert named <= set(SEALED)
    assert len(SEALED) == len(set(SEALED))


def test_words_and_numbers_that_are_sealed_with_the_text_are_frozen() -> None:
    assert {layout.name: layout.value for layout in Layout} == {"TEXT": 1, "BOX": 2, "FILE": 3, "PASSPHRASE": 4}
    assert [author.value for author in Author] == ["visitor", "office", "addressee", "program"]
    assert [visibility.value for visibility in Visibility] == ["shared", "office", "served", "own"]


def test_each_purpose_has_sixteen_bytes_of_its_own() -> None:
    assert {len(purpose.value) for purpose in Purpose} == {16}
    assert len({purpose.value for purpose in Purpose}) == len(Purpose.__members__)


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_s08_the_vault_imports_no_random_no_database_and_no_framework(source: Path) -> None:
    imported = set()
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add((node.module or "").split(".")[0])
    allowed = {
        "base64", "collections", "dataclasses", "enum", "hashlib", "json", "secrets", "threading", "types", "typing",
        "unicodedata", "uuid",
        "mnemonic", "nacl", "shamir_mnemonic",
        "policies", "records",
    }
    assert imported <= allowed


def test_every_public_name_can_be_imported_and_none_is_missing_from_the_list() -> None:
    assert "SEALED" in records.vault.__all__
    assert [name for name in records.vault.__all__ if not hasattr(records.vault, name)] == []
    assert len(set(records.vault.__all__)) == len(records.vault.__all__)
