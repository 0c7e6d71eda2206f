"""An edition is named by all rules that count: no file of a pack, and no word a text is read by, may change unseen."""

import os
import re
import shutil
from pathlib import Path

import pytest

from policies.pack import PACKS, Pack, PolicyRefused, load_pack
from policies.shelf import Shelf
from policies.wording import FOLDER
from states.opening import refuse_contradictions

OAS = PACKS / "oas"


@pytest.fixture
def words(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "words"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(OAS, tmp_path / "oas"))


def sourced_otherwise(file: Path) -> str:
    """The file's text with its first source told otherwise; the file is changed, and its age with it."""
    before = file.read_text(encoding="utf-8")
    changed, count = re.subn(r'^source = "', 'source = "read again: ', before, count=1, flags=re.MULTILINE)
    assert count == 1, f"{file.name} names no source"
    after = file.stat().st_mtime_ns + 10**9
    file.write_text(changed, encoding="utf-8")
    os.utime(file, ns=(after, after))
    return before


def test_a_change_in_any_file_of_the_pack_is_another_edition(folder: Path):
    editions = {load_pack(folder).edition}
    files = sorted(folder.glob("*.toml"))
    for file in files:
        before = sourced_otherwise(file)
        editions.add(load_pack(folder).edition)
        file.write_text(before, encoding="utf-8")
    assert len(editions) == len(files) + 1


def test_a_change_in_the_words_of_any_language_is_another_edition(words: Path):
    editions = {load_pack(OAS, words).edition}
    files = sorted(words.glob("*.toml"))
    for file in files:
        sourced_otherwise(file)
        editions.add(load_pack(OAS, words).edition)
    assert len(editions) == len(files) + 1 == 5


def test_a_matter_pinned_to_an_edition_reads_texts_by_its_words_for_ever():
    pack = load_pack(OAS)
    again = Pack.from_text(pack.canonical())
    assert (again.mandates, again.wordings) == (pack.mandates, pack.wordings)
    assert set(again.wordings) == {"en", "es", "pt", "fr"}


def test_a_house_that_registers_no_paragraphs_carries_no_words():
    pack = load_pack(PACKS / "eu")
    assert (pack.mandates, pack.wordings) == (None, {})


def test_words_that_change_while_the_house_runs_are_seen_and_broken_ones_leave_the_last_good_edition(words: Path):
    shelf = Shelf(OAS, refuse_contradictions, words)
    first = shelf.pack
    sourced_otherwise(words / "en.toml")
    assert shelf.refresh() is None
    good = shelf.pack
    assert good.edition != first.edition
    (words / "fr.toml").write_text("marks = [", encoding="utf-8")
    alarm = shelf.refresh()
    assert alarm is not None
    assert alarm.refusal.params["file"] == "words/fr.toml"
    assert shelf.pack is good


def test_a_grant_of_the_register_to_nobody_and_a_committee_of_no_list_are_refused(folder: Path):
    file = folder / "mandates.toml"
    text = file.read_text(encoding="utf-8")
    for old, new, key in (
        ('decide = ["council_secretary:any"]', 'decide = ["council_secretry:any"]', "access.decide"),
        ('decide = ["council_secretary:any"]', 'decide = ["council_secretary:seat"]', "access.decide"),
        ('names = ["permanent_council", ', 'names = ["parish_council", ', "-"),
    ):
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(PolicyRefused) as refused:
            refuse_contradictions(load_pack(folder))
        assert (refused.value.params["file"], refused.value.params["key"]) == ("oas/mandates.toml", key)
