"""`amparo cite`, as a secretary and as a program see it."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from cli.main import app
from web.messages import LANGUAGES

KEYS = ["canonical", "body", "kind", "number", "session", "year", "suffixes", "warnings"]


def run(*words: str, given: str | bytes | None = None) -> Any:
    return CliRunner().invoke(app, ["cite", *words], input=given)


def ask(*words: str, given: str | bytes | None = None) -> Any:
    result = run(*words, "--json", given=given)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_the_answer_for_a_program_has_exactly_its_keys():
    answer = ask("ag/res.1(XLVII-E/14),REV.1")
    assert list(answer) == KEYS
    assert answer == {
        "canonical": "AG/RES. 1 (XLVII-E/14) rev. 1",
        "body": "AG",
        "kind": "RES",
        "number": 1,
        "session": "XLVII-E",
        "year": 2014,
        "suffixes": ["rev. 1"],
        "warnings": [],
    }


def test_what_is_lost_or_not_there_is_null():
    answer = ask("AG/RES. ____ (XLV-0/15)")
    assert (answer["number"], answer["session"], answer["year"], len(answer["warnings"])) == (None, "XLV-O", 2015, 2)
    shelf = ask("OEA/Ser.G")
    assert (shelf["number"], shelf["session"], shelf["year"], shelf["suffixes"]) == (None, None, None, [])


def test_a_meeting_is_in_the_canonical_form_and_in_no_key():
    answer = ask("CP/RES.1051 (2017/15)")
    assert list(answer) == KEYS
    assert (answer["canonical"], answer["session"], answer["year"]) == ("CP/RES. 1051 (2017/15)", None, 2015)


def test_a_person_reads_the_parts_and_what_to_look_at():
    result = run("CP/RES. 1051 (2017/17) REV.1", "--lang", "en")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "CP/RES. 1051 (2017/17) rev. 1",
        "  Body: CP",
        "  Kind: RES",
        "  Number: 1051",
        "  Year: 2017",
        "  Version: rev. 1",
        "  Meeting: 2017",
        "  Look at this: The meeting number 2017 is the same as the year. Somebody may have taken one for the other.",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_warnings_come_in_the_asked_language(language: str):
    (warning,) = ask("AG/RES. 2876 (XLIV-O/15)", "--lang", language)["warnings"]
    opening = {"en": "Session and year", "es": "La sesión y el año", "pt": "A sessão e o ano", "fr": "La session et l'année"}
    assert warning.startswith(opening[language])


def test_another_house_has_its_own_forms():
    assert ask("Directiva (UE) 2019/1937", "--pack", "eu")["canonical"] == "Directive (EU) 2019/1937"
    assert run("Directiva (UE) 2019/1937").exit_code == 1


def test_what_is_no_citation_ends_with_one_and_a_sentence_that_does_not_repeat_it():
    result = run("my secret words")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("This is not one citation")
    assert "secret" not in result.output
    as_json = run("my secret words", "--json")
    assert as_json.exit_code == 1
    assert json.loads(as_json.stdout)["error"]["code"] == "not_a_citation"


TEXT = "OEA/Ser.G\r\nSee AG/RES.\r\n2876 (XLV-O/15) rev.1, and CP/RES. 1051 (2017/17).\n"


def test_all_citations_of_a_file_come_with_their_places(tmp_path: Path):
    file = tmp_path / "text.txt"
    file.write_bytes(TEXT.encode())
    found = ask("--find", str(file))
    assert [list(one) for one in found] == [["start", "end", "line", "column", "text", *KEYS]] * 3
    assert [(one["line"], one["column"], one["canonical"]) for one in found] == [
        (1, 1, "OEA/Ser.G"),
        (2, 5, "AG/RES. 2876 (XLV-O/15) rev. 1"),
        (3, 28, "CP/RES. 1051 (2017/17)"),
    ]
    assert all(TEXT[one["start"] : one["end"]] == one["text"] for one in found)


def test_a_text_may_come_from_the_input_and_may_hold_none():
    assert [one["canonical"] for one in ask("--find", "-", given=TEXT.encode())] == [
        "OEA/Ser.G",
        "AG/RES. 2876 (XLV-O/15) rev. 1",
        "CP/RES. 1051 (2017/17)",
    ]
    assert ask("--find", "-", given="nothing here") == []


def test_a_person_reads_one_line_a_citation():
    result = run("--find", "-", "--lang", "en", given="CP/doc 5190/16 and CP/RES. 1051 (2017/17)")
    assert result.stdout.splitlines() == [
        "1:1  CP/doc.5190/16",
        "1:20  CP/RES. 1051 (2017/17)  "
        "[The meeting number 2017 is the same as the year. Somebody may have taken one for the other.]",
        "Citations found: 2.",
    ]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ([], "nothing_to_cite"),
        (["OEA/Ser.G", "--find", "-"], "two_things_to_cite"),
        (["--find", "/no/such/file"], "text_unreadable"),
        (["OEA/Ser.G", "--pack", "moon"], "policy_refused"),
        (["OEA/Ser.G", "--lang", "xx"], "unknown_language"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_call_that_has_no_answer_ends_with_two(words: list[str], code: str):
    result = run(*words, "--json")
    assert result.exit_code == 2
    assert json.loads(result.stdout)["error"]["code"] == code


def test_a_file_that_is_not_text_is_refused(tmp_path: Path):
    file = tmp_path / "picture"
    file.write_bytes(b"\xff\xfe\x00")
    assert json.loads(run("--find", str(file), "--json").stdout)["error"]["code"] == "text_unreadable"
