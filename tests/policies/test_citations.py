"""A pack's forms of citation: read whole or refused by key, with a source each; and code that knows no house."""

import ast
import shutil
from pathlib import Path

import pytest

from policies.citations import CitationForms, load
from policies.pack import PACKS, Pack, load_pack
from policies.reading import RulesUnreadable
from states.citing.parsing import parse

ROOT = PACKS.parent

BREAKS = {
    "a field that does not exist": ('"CP/doc.{number}[/{year}]"', '"CP/doc.{nummer}[/{year}]"', "forms.council_document"),
    "a field twice": ('"CP/doc.{number}[/{year}]"', '"CP/doc.{number}[/{number}]"', "forms.council_document"),
    "a bracket that does not close": ('"CP/doc.{number}[/{year}]"', '"CP/doc.{number}[/{year}"', "forms.council_document"),
    "a sign no template has": ('"CP/doc.{number}[/{year}]"', '"CP/doc*{number}[/{year}]"', "forms.council_document"),
    "a list that is not there": ('organs = "committees"', 'organs = "comittees"', "-"),
    "sessions that are not there": ('sessions = "assembly"', 'sessions = "asembly"', "-"),
    "a form without a list": ('sessions = "assembly"\n', "", "forms.assembly_resolution"),
    "what only `also` knows": (
        'also = ["CP/RES. {number}/{year}"]',
        'also = ["CP/RES. {number}/{until}"]',
        "forms.council_resolution",
    ),
    "a misspelt key": ("digits = 2", "digit = 2", "forms.executive_order.digit"),
    "a form without a source": ('source = "domain.md 7.1, real specimens"', "", "organs.committees.words.0.source"),
    "no century": ("[century]\nfirst = 1948", "[century]", "century.first"),
}


@pytest.mark.parametrize("what", BREAKS)
def test_a_broken_file_of_forms_is_refused_by_key(tmp_path: Path, what: str):
    old, new, key = BREAKS[what]
    text = (PACKS / "oas" / "citations.toml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "citations.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RulesUnreadable) as refused:
        load(tmp_path / "citations.toml")
    assert refused.value.params["key"] == key


@pytest.mark.parametrize("code", ["eu", "oas"])
def test_a_pack_keeps_its_forms_through_writing_and_reading(code: str):
    pack = load_pack(PACKS / code)
    again = Pack.from_text(pack.canonical())
    assert pack.citations is not None
    assert again.citations == pack.citations == load(PACKS / code / "citations.toml")
    assert hash(again.citations) == hash(pack.citations)


def test_a_house_may_have_no_forms(tmp_path: Path):
    folder = Path(shutil.copytree(PACKS / "eu", tmp_path / "eu"))
    (folder / "citations.toml").unlink()
    pack = load_pack(folder)
    assert pack.citations is None
    assert pack.edition != load_pack(PACKS / "eu").edition


def test_what_was_not_read_in_a_source_is_listed():
    names = {name for name, _ in load_pack(PACKS / "oas").unverified()}
    assert "citations.forms.press_release_in_spanish" in names
    assert "citations.forms.assembly_resolution" not in names


def test_changed_forms_read_otherwise():
    forms = load(PACKS / "oas" / "citations.toml")
    content = forms.model_dump()
    content["sessions"]["assembly"]["O"]["year_minus"] = 1971
    other = CitationForms.model_validate(content)
    assert other != forms
    assert [warning.key for warning in parse("AG/RES. 2876 (XLV-O/15)", other).warnings] == ["citing.session_against_year"]


def test_forms_with_nothing_but_one_form_are_enough():
    forms = CitationForms.model_validate(
        {
            "century": {"first": 1945, "source": "test", "verified": False},
            "forms": {"note": {"body": "X", "kind": "note", "template": "X/{number}", "source": "test", "verified": False}},
        }
    )
    assert parse("x 7.", forms).canonical == "X/7"


def test_the_code_knows_no_word_of_any_house():
    """Every literal word of the templates stands in the files only."""
    words = {
        "AG",
        "CP",
        "OEA",
        "CIDI",
        "CEPCIDI",
        "CAAP",
        "CAJP",
        "OIG",
        "GT",
        "RES",
        "DEC",
        "INF",
        "ACTA",
        "Executive",
        "Directive",
    }
    for path in (ROOT / "states" / "citing").glob("*.py"):
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        assert not {node.value for node in nodes if isinstance(node, ast.Constant)} & words, path.name
