"""`amparo decide`, as a secretary and as a program see it: the real votes, and numbers that cannot be."""

import json
from typing import Any

import pytest
from typer.testing import CliRunner

from cli.main import app
from web.messages import LANGUAGES

JUNE_2018 = "--members 35 --for 19 --against 4 --abstain 11"
JULY_2024 = "--for 17 --against 0 --abstain 11 --absent 5"


def run(words: str) -> Any:
    return CliRunner().invoke(app, ["decide", *words.split()])


def ask(words: str) -> Any:
    result = run(f"{words} --json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def refused(words: str) -> tuple[int, str]:
    result = run(f"{words} --json")
    return result.exit_code, json.loads(result.stdout)["error"]["code"]


def test_the_answer_for_a_program_has_exactly_its_keys():
    answer = ask(f"--rule majority {JUNE_2018}")
    assert list(answer) == ["adopted", "needed", "base", "why"]
    assert (answer["adopted"], answer["needed"], answer["base"]) == (True, 18, "members")
    assert "18" in answer["why"]


@pytest.mark.parametrize(
    ("words", "adopted", "needed"),
    [
        (f"--rule majority {JUNE_2018}", True, 18),
        (f"--rule two_thirds {JUNE_2018}", False, 24),
        (f"--rule majority --members 34 {JULY_2024}", False, 18),
        (f"--rule majority --members 35 {JULY_2024}", False, 18),
        ("--rule two_thirds --members 34 --for 23 --against 0 --abstain 0", True, 23),
        ("--rule two_thirds --members 34 --for 22 --against 0 --abstain 0", False, 23),
        ("--rule majority --members 35 --present 21 --for 17 --against 4 --abstain 0", False, 18),
        ("--rule simple_majority --members 35 --present 21 --for 17 --against 4 --abstain 0", True, 11),
        ("--rule simple_majority --members 35 --for 5 --against 4 --abstain 20", True, 5),
    ],
    ids=["2018", "2018-suspension", "2024", "2024-35", "34", "34-short", "2017", "2017-voting", "abstentions"],
)
def test_real_votes_end_with_nothing_wrong_whether_adopted_or_not(words: str, adopted: bool, needed: int):
    answer = ask(words)
    assert (answer["adopted"], answer["needed"]) == (adopted, needed)


def test_who_is_absent_is_told_and_taken_for_nothing_more():
    why = ask(f"--rule majority --members 34 {JULY_2024}")["why"]
    assert "Absent: 5." in why
    assert "28" in why
    assert "Absent" not in ask(f"--rule majority --members 34 {JULY_2024} --present 28")["why"]


@pytest.mark.parametrize(
    ("numbers", "code"),
    [
        ("--members 35 --for 30 --against 6 --abstain 0", "more_votes_than_voters"),
        ("--members 35 --for -1 --against 0 --abstain 0", "negative_count"),
        ("--members 35 --present 20 --for 19 --against 4 --abstain 0", "more_votes_than_present"),
        ("--members 35 --present 36 --for 19 --against 4 --abstain 0", "more_present_than_members"),
        ("--members 35 --for 19 --against 4 --abstain 11 --absent 2", "more_absent_than_left"),
        ("--members 0 --for 0 --against 0 --abstain 0", "nobody_to_decide"),
        ("--members 35 --entitled 36 --for 1 --against 0 --abstain 0", "more_entitled_than_members"),
        ("--members 35 --for 1 --against 0 --abstain 0 --parties 1", "no_parties_here"),
        (f"--members 35 --for {'9' * 1000} --against 0 --abstain 0", "count_too_large"),
    ],
    ids=lambda value: value if "-" not in value else "",
)
def test_numbers_that_cannot_be_end_with_two(numbers: str, code: str):
    assert refused(f"--rule majority {numbers}") == (2, code)


def test_what_there_is_no_rule_for_ends_with_two():
    assert refused(f"--rule unanimity {JUNE_2018}") == (2, "no_such_decision_rule")
    assert refused(f"--rule majority {JUNE_2018} --pack moon") == (2, "policy_refused")
    assert refused(f"--rule majority {JUNE_2018} --pack eu") == (2, "no_decision_rules")
    assert refused(f"--rule majority {JUNE_2018} --lang xx") == (2, "unknown_language")
    assert run("--rule majority --members 35 --for many --against 0 --abstain 0").exit_code == 2
    assert run("--rule majority").exit_code == 2


def test_a_person_reads_why():
    result = run(f"--rule two_thirds {JUNE_2018} --present 34 --lang en")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "All members count: 35. At least 2/3 of them must be for it. Votes needed: 24. For: 19, against: 4, abstentions: 11. "
        "Here an abstention or an empty seat weighs as much as a vote against. It is not adopted.\n"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_why_comes_in_the_asked_language(language: str):
    opening = {"en": "All members", "es": "Cuentan todos", "pt": "Contam todos", "fr": "Tous les membres"}[language]
    assert ask(f"--rule majority {JUNE_2018} --lang {language}")["why"].startswith(opening)
