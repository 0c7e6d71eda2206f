"""`amparo mandates`, as a secretary and as a program see it."""

import json
from typing import Any

import pytest
from typer.testing import CliRunner

from cli.main import app
from tests.fixtures.resolutions import DATA, NAMES, text_of
from web.messages import LANGUAGES

TASK = str(DATA / "resolutions" / "en_task.txt")
TABLE = str(DATA / "mandates_751.csv")


def run(*words: str, given: str | bytes | None = None) -> Any:
    return CliRunner().invoke(app, ["mandates", *words], input=given)


def ask(*words: str, given: str | None = None) -> Any:
    result = run(*words, "--json", given=given)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_a_program_gets_each_paragraph_and_unknown_for_what_is_not_said():
    answer = ask("extract", TASK)
    assert (answer["symbol"], answer["language"], answer["adopted"]) == ("AG/RES. 2876 (XLV-O/15)", "en", "2015-06-15")
    first, second = answer["paragraphs"]
    assert (first["number"], first["verb"], first["addressees"], first["due"]["day"]) == (
        "1",
        "instruct",
        ["secretary_general"],
        "2015-07-31",
    )
    assert first["reports_to"] == ["permanent_council"]
    assert {first[name] for name in ("sunset", "review", "every", "through")} == {"unknown"}
    assert second["due"] == "unknown"
    text = text_of("en_task")
    assert text[first["task"]["start"] : first["task"]["end"]] == first["task"]["text"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_every_text_is_written_out_for_people_in_every_language(name: str, lang: str):
    others = [word for other in NAMES if other != name for word in ("--against", str(DATA / "resolutions" / f"{other}.txt"))]
    result = run("extract", str(DATA / "resolutions" / f"{name}.txt"), *others, "--lang", lang, "--on", "2026-11-22")
    assert result.exit_code == 0, result.output
    assert "registering." not in result.stdout


def test_a_text_may_come_by_the_input_and_what_is_known_of_it_by_options():
    words = "RESOLVES:\n1. To request the General Secretariat to act within 90 days of the adoption of this resolution.\n"
    answer = ask("extract", "-", "--adopted", "2015-06-15", "--text-lang", "en", given=words)
    assert answer["paragraphs"][0]["due"]["day"] == "2015-09-13"


def test_no_paragraph_is_exit_one():
    result = run("extract", "-", "--lang", "en", given="the menu of the day and that is all of it")
    assert result.exit_code == 1
    assert "We found no operative paragraph." in result.stdout


def test_the_table_of_a_year_says_who_owes_what_by_when():
    answer = ask("owed", *(str(DATA / "resolutions" / f"{name}.txt") for name in NAMES), "--year", "2015")
    assert answer["year"] == 2015
    days = [line["day"] for line in answer["owed"]]
    assert days == sorted(days, key=lambda day: (day == "unknown", day))
    assert ("AG/RES. 2876 (XLV-O/15)", "1", ["secretary_general"], "2015-07-31") in [
        (line["text"], line["number"], line["addressees"], line["day"]) for line in answer["owed"]
    ]
    assert answer["undated"]
    printed = run("owed", TASK, "--year", "2015", "--lang", "en").stdout.splitlines()
    assert printed[:2] == ["Owed in 2015: 1", "  31 July 2015  secretary_general  AG/RES. 2876 (XLV-O/15), 1"]


def test_a_table_that_adds_up_is_exit_nought_and_one_that_does_not_exit_one():
    good = run("check-table", TABLE, "--lang", "en")
    assert (good.exit_code, good.stdout) == (0, "The table adds up: 8 rows, 4 columns, total 751.\n")
    wrong = (DATA / "mandates_751.csv").read_text(encoding="utf-8").replace("22,165,54", "22,166,54")
    bad = run("check-table", "-", "--lang", "en", given=wrong)
    assert (bad.exit_code, bad.stdout.splitlines()[0]) == (1, "Row 8 says 248 and adds up to 249.")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("extract", "/nowhere"), "text_unreadable"),
        (("extract", TASK, "--on", "tomorrow"), "bad_date"),
        (("extract", TASK, "--adopted", "20150615"), "bad_date"),
        (("extract", TASK, "--text-lang", "tlh"), "no_such_wording"),
        (("extract", TASK, "--pack", "eu"), "no_mandate_rules"),
        (("extract", TASK, "--pack", "mars"), "policy_refused"),
        (("owed", TASK, "--year", "0"), "bad_count"),
        (("check-table", TASK), "table_cannot_be_added"),
    ],
    ids=lambda value: value if isinstance(value, str) else "-".join(value).replace("/", "."),
)
def test_what_cannot_be_done_is_said_in_one_sentence(words: tuple[str, ...], code: str, lang: str):
    result = run(*words, "--lang", lang, "--json")
    assert result.exit_code == 2
    assert json.loads(result.stdout)["error"]["code"] == code
