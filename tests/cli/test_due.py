"""`amparo due`, as an operator and as a program see it."""

import json
import os
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from cli.due import due
from policies.limits import rules
from web.messages import LANGUAGES

app = typer.Typer()
app.command("due")(due)


@app.callback()
def amparo() -> None:
    """So that `due` is a command among others, as in the real program."""


def run(*words: str) -> Any:
    return CliRunner().invoke(app, ["due", *words])


def ask(*words: str) -> dict[str, Any]:
    result = run(*words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_the_answer_for_a_program_has_due_explanation_and_source():
    answer = ask("staff_rule_112_1_a", "--from", "2026-06-19")
    assert answer == {
        "due": "2026-07-06",
        "explanation": [
            "19 June 2026 is day zero: counting starts on the next day.",
            "Days to count: 15. Weekends and holidays count too.",
            "Saturday, 4 July 2026 falls on a weekend.",
            "So the end moves to the next working day: 6 July 2026.",
            "Due by the end of Monday, 6 July 2026; late from 7 July 2026.",
        ],
        "source": "OAS Staff Rule 112.1(a), counted by 112.1(e), rolled by 113.2",
    }


def test_a_person_reads_the_same_as_sentences():
    result = run("staff_rule_112_1_a", "--from", "2026-06-19")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "Due: Monday, 6 July 2026"
    assert lines[1] == "  19 June 2026 is day zero: counting starts on the next day."
    assert lines[-1] == "Source: OAS Staff Rule 112.1(a), counted by 112.1(e), rolled by 113.2"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--working-days", "5"], "2026-04-09"),
        (["--working-days", "5", "--holidays", "none"], "2026-04-09"),
        (["--working-days", "5", "--holidays", "BO"], "2026-04-10"),
        (["--calendar-days", "9"], "2026-04-11"),
        (["--calendar-days", "9", "--roll", "next_working_day"], "2026-04-13"),
        (["--calendar-days", "9", "--roll", "none"], "2026-04-11"),
        (["--months", "1"], "2026-05-02"),
        (["--working-days", "5", "--pause", "2026-04-03..2026-04-07"], "2026-04-13"),
        (
            ["--working-days", "5", "--pause", "2026-04-03..2026-04-04", "--pause", "2026-04-06..2026-04-07"],
            "2026-04-13",
        ),
        (["--working-days", "5", "--pause", "2026-04-06.."], None),
        (["--working-days", "5", "--pack", "eu"], "2026-04-10"),
        (["directive_2019_1937_feedback_never_acknowledged", "--pack", "eu"], "2026-07-09"),
        (["tribunal_headquarters", "--roll", "none"], "2026-07-01"),
    ],
)
def test_what_is_asked_from_2_april_2026_is_counted(words: list[str], expected: str | None):
    assert ask(*words, "--from", "2026-04-02")["due"] == expected


def test_without_a_date_the_explanation_says_why():
    result = run("--working-days", "5", "--pause", "2026-04-06..", "--from", "2026-04-02")
    assert result.stdout.splitlines()[0] == "Due: no date"
    assert "Paused since 6 April 2026, with no end yet." in result.stdout


def test_a_clock_of_a_kind_works_like_a_named_limit():
    clock = next(rule for rule in rules("oas") if "." in rule.name)
    answer = ask(clock.name, "--from", "2026-04-02")
    assert answer["due"] > "2026-04-02"
    assert answer["source"] == clock.chain[0].source


def test_an_unverified_rule_says_so_and_a_verified_one_does_not():
    says = "Nobody has checked this rule against its source yet."
    asked = [
        ask(rule, "--pack", "eu", "--from", "2026-04-02")["explanation"]
        for rule in ("directive_2019_1937_feedback_justified", "directive_2019_1937_feedback")
    ]
    assert [says in explanation for explanation in asked] == [True, False]


@pytest.mark.parametrize(
    ("language", "first", "holiday"),
    [
        ("en", "2 April 2026 is day zero", "Not counted: 3 April 2026, Good Friday."),
        ("es", "El 2 de abril de 2026 es el día cero", "No se cuenta: 3 de abril de 2026, Viernes Santo."),
        ("pt", "2 de abril de 2026 é o dia zero", "Não conta: 3 de abril de 2026, Viernes Santo."),
        ("fr", "Le 2 avril 2026 est le jour zéro", "Non compté : 3 avril 2026, Viernes Santo."),
    ],
)
def test_each_language_explains_itself_and_no_date_depends_on_it(language: str, first: str, holiday: str):
    asked = ["--working-days", "5", "--from", "2026-04-02", "--holidays", "BO"]
    answer = ask(*asked, "--lang", language)
    assert answer["due"] == ask(*asked)["due"] == "2026-04-10"
    assert answer["explanation"][0].startswith(first)
    assert holiday in answer["explanation"]


GOOD = ["--from", "2026-04-02", "--months", "1"]
WRONG = [
    ([], "nothing_to_count"),
    (["--from", "2026-04-02"], "nothing_to_count"),
    ([*GOOD, "--calendar-days", "1"], "two_things_to_count"),
    (["tribunal_away", *GOOD], "two_things_to_count"),
    (["--months", "1"], "start_missing"),
    (["--from", "2026-02-30", "--months", "1"], "bad_date"),
    (["--from", "2.4.2026", "--months", "1"], "bad_date"),
    (["--from", "20260402", "--months", "1"], "bad_date"),
    (["--from", "2026-W14-4", "--months", "1"], "bad_date"),
    (["--from", "٢٠٢٦-٠٤-٠٢", "--months", "1"], "bad_date"),
    (["--from", "", "--months", "1"], "bad_date"),
    (["--from", "2026-04-02", "--months", "0"], "bad_count"),
    (["--from", "2026-04-02", "--months", "-1"], "bad_count"),
    (["--from", "2026-04-02", "--working-days", "1.5"], "bad_count"),
    (["--from", "2026-04-02", "--calendar-days", "9" * 40], "bad_count"),
    (["--from", "2026-04-02", "--calendar-days", "36500"], "day_out_of_range"),
    (["--from", "1900-01-01", "--calendar-days", "1"], "day_out_of_range"),
    ([*GOOD, "--pause", "2026-04-09..2026-04-09"], "bad_pause"),
    ([*GOOD, "--pause", "2026-04-09..2026-04-05"], "bad_pause"),
    ([*GOOD, "--pause", "2026-04-09"], "bad_pause"),
    ([*GOOD, "--pause", "..2026-04-09"], "bad_date"),
    ([*GOOD, "--pause", "2026-04-09..x"], "bad_date"),
    ([*GOOD, "--roll", "previous"], "bad_roll"),
    (["tribunal_away", "--from", "2026-04-02", "--roll", "next_working_day"], "roll_belongs_to_rule"),
    ([*GOOD, "--holidays", "XX"], "unknown_calendar"),
    ([*GOOD, "--pack", "nowhere"], "unknown_pack"),
    ([*GOOD, "--pack", "../policies/oas"], "unknown_pack"),
    (["staff_rule_1", "--from", "2026-04-02"], "unknown_rule"),
    ([*GOOD, "--lang", "de"], "unknown_language"),
    (["--list", "--pack", "nowhere"], "unknown_pack"),
]


@pytest.mark.parametrize(("words", "code"), WRONG)
def test_a_question_without_an_answer_is_refused_with_code_2_for_people_and_for_programs(words: list[str], code: str):
    person, program = run(*words), run(*words, "--json")
    error = json.loads(program.stdout)["error"]
    assert (person.exit_code, program.exit_code) == (2, 2)
    assert error["code"] == code
    assert person.stderr == f"{error['message']}\n"
    assert person.stdout == ""
    assert set(json.loads(program.stdout)) == {"error"}


def test_an_error_speaks_the_language_asked_for_and_names_what_there_is():
    said = {language: run(*GOOD, "--holidays", "XX", "--lang", language).stderr for language in LANGUAGES}
    assert len(set(said.values())) == len(LANGUAGES)
    assert all("US-DC, AG, AR" in sentence for sentence in said.values())
    assert "staff_rule_112_1_a, staff_rule_112_1_b" in run("x", "--from", "2026-04-02").stderr


def test_nothing_to_count_points_to_the_list_and_the_list_names_every_rule():
    assert "amparo due --list" in run().stderr
    shown = run("--list", "--lang", "es").stdout
    for rule in rules("oas"):
        assert rule.name in shown
    assert "días corridos: 15, pasa al siguiente día hábil" in shown
    assert "días corridos: 30, luego días corridos: 90" in shown


def test_the_list_for_a_program_has_periods_sources_and_whether_they_were_checked():
    shown = {row["rule"]: row for row in json.loads(run("--list", "--json", "--pack", "eu").stdout)}
    row = shown["directive_2019_1937_feedback_never_acknowledged"]
    assert row["verified"] is False
    assert [(p["count"], p["unit"]) for p in row["periods"]] == [(7, "calendar_days"), (3, "months")]
    assert shown["directive_2019_1937_acknowledgement"]["verified"] is True


def test_asking_needs_neither_database_nor_settings(monkeypatch: pytest.MonkeyPatch):
    for name in list(os.environ):
        monkeypatch.delenv(name)
    assert ask("--months", "1", "--from", "2026-04-02")["due"] == "2026-05-02"


def test_it_speaks_the_operators_language_unless_told_otherwise(monkeypatch):
    monkeypatch.delenv("AMPARO_LANG", raising=False)
    monkeypatch.setenv("LC_ALL", "es_ES.UTF-8")
    words = ["due", "--list"]
    spoken = CliRunner().invoke(app, words).stdout
    assert spoken == CliRunner().invoke(app, [*words, "--lang", "es"]).stdout
    assert spoken != CliRunner().invoke(app, [*words, "--lang", "en"]).stdout
