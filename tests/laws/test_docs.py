"""What the README, the glossary and the decisions point at is there."""

import re

import pytest
import typer
from typer.core import TyperGroup as Group

from cli.main import app
from settings import Settings
from tests.laws import settings_table
from tests.laws.tree import PACKAGES, ROOT

PAGES = sorted([ROOT / "README.md", *ROOT.glob("docs/*.md"), *ROOT.glob("docs/decisions/*.md")])
TOPS = "|".join((*PACKAGES, "docs", "tests", "bench"))
PLACE = re.compile(rf"`((?:{TOPS})/[\w./-]*|settings\.py|\.importlinter|docker-compose\.yml|Dockerfile)`")
LATER = {"reports/"}
"""Folders that are named as not yet there."""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_place_a_page_names_is_there(page):
    places = set(PLACE.findall(page.read_text(encoding="utf-8"))) - LATER
    assert sorted(place for place in places if not (ROOT / place).exists()) == []


def test_the_map_has_at_least_ten_rows_and_each_names_a_place():
    table = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Where do I find")[2].partition("\n## ")[0]
    rows = [line for line in table.splitlines() if line.startswith("| ")][1:]
    assert len(rows) >= 10
    assert [row for row in rows if not PLACE.search(row)] == []


def test_every_make_target_named_in_the_readme_exists():
    named = set(re.findall(r"\bmake ([a-z]+)\b", (ROOT / "README.md").read_text(encoding="utf-8")))
    rules = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert named - rules == set()


def test_every_word_of_the_glossary_means_one_thing():
    text = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
    entries = [line.partition(":")[0] for line in text.splitlines() if line.startswith("- **")]
    words = [word for entry in entries for word in re.findall(r"\*\*([^*]+)\*\*", entry)]
    assert sorted(word for word in words if words.count(word) > 1) == []


def test_decisions_are_numbered_once_and_stay_short():
    pages = sorted((ROOT / "docs/decisions").glob("*.md"))
    numbers = [page.name[:4] for page in pages]
    assert len(set(numbers)) == len(numbers)
    assert [page.name for page in pages if not re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", page.name)] == []
    assert [page.name for page in pages if page.read_text(encoding="utf-8").count("\n") > 40] == []


def cited(text: str) -> set[tuple[str, str]]:
    """The tests a page cites as `path::name`."""
    return set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", text))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_test_a_page_cites_is_there(page):
    lacking = []
    for path, name in cited(page.read_text(encoding="utf-8")):
        source = ROOT / path
        if not source.exists() or not re.search(rf"^\s*(async )?def {name}\(", source.read_text(encoding="utf-8"), re.MULTILINE):
            lacking.append(f"{path}::{name}")
    assert sorted(lacking) == []


def test_a_claim_of_the_threat_model_can_be_looked_up():
    assert len(cited((ROOT / "docs/threat-model.md").read_text(encoding="utf-8"))) >= 30


def test_the_threat_model_opens_with_what_the_design_says_it_must():
    text = (ROOT / "docs/threat-model.md").read_text(encoding="utf-8").partition("\n\n")[2]
    sentence = (
        "*A live door reads what passes through it; a cold dump reads nothing sealed; "
        "an operator knows that cases exist, when, and who may read them.*"
    )
    assert " ".join(text.split()).startswith(sentence)


def test_every_page_is_in_the_index():
    index = (ROOT / "docs/index.md").read_text(encoding="utf-8")
    pages = [path.relative_to(ROOT / "docs").as_posix() for path in PAGES if path.is_relative_to(ROOT / "docs")]
    assert [page for page in pages if page != "index.md" and f"]({page})" not in index] == []


def test_the_table_of_settings_is_that_of_the_program():
    """Written anew by `python -m tests.laws.settings_table`."""
    page = settings_table.PAGE.read_text(encoding="utf-8")
    assert page == settings_table.written(page)
    assert [name for name in Settings.model_fields if not settings_table.meanings().get(name)] == []


def unknown_commands(text: str) -> set[str]:
    """The `amparo` commands that a page tells people to type and that are none."""
    top = typer.main.get_command(app)
    assert isinstance(top, Group)
    found = set()
    for first, second in re.findall(r"(?:`amparo|bin/amparo|--rm operator) ([a-z-]+)(?: ([a-z][a-z-]+))?", text):
        command = top.commands.get(first)
        inner = command.commands if isinstance(command, Group) else None
        if command is None or (inner is not None and second and second not in inner):
            found.add(f"{first} {second}".strip())
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_a_page_tells_people_to_type_exists(page):
    assert unknown_commands(page.read_text(encoding="utf-8")) == set()


def test_a_command_that_is_none_is_found():
    text = "`amparo fly`, `amparo keys open`, .venv/bin/amparo sing\ndocker compose run --rm operator dance\n`amparo keys list`"
    assert unknown_commands(text) == {"fly", "keys open", "sing", "dance"}
