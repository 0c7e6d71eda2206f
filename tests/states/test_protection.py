"""The protection's whole square, typed again by hand, and what it promises."""

import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from policies.rules import KindPolicy, TimedClock
from states.acts import acts_of
from states.complaint import COMPLAINT
from states.complaint_time import CHECK_INS
from states.machine import Machine
from states.protection import PROTECTION, ProtectionFacts, State
from tests.fixtures.squares import Square

MACHINE = Machine(PROTECTION)
NOTHING = ProtectionFacts()
EVERYTHING = ProtectionFacts(**{fact.name: True for fact in fields(ProtectionFacts)})

# "trigger" stays, "trigger>stage" goes there
ROWS = {
    "risk_named": """
        propose>measures_proposed watch_on>watching hear_of_harm>harm_told note_harm>harm_told
        find_unneeded>no_longer_needed end_with_watch>ended end_with_case>ended""",
    "measures_proposed": """
        propose ask_measures>measures_asked watch_on>watching hear_of_harm>harm_told note_harm>harm_told
        find_unneeded>no_longer_needed end_with_watch>ended end_with_case>ended""",
    "measures_asked": """
        note_granted>measures_in_place note_refused>measures_refused pass_without_reply>measures_refused
        reply_came
        hear_of_harm>harm_told note_harm>harm_told find_unneeded>no_longer_needed end_with_case>ended""",
    "measures_in_place": """
        propose>measures_proposed look_again watch_on>watching hear_of_harm>harm_told note_harm>harm_told
        find_unneeded>no_longer_needed end_with_watch>ended end_with_case>ended""",
    "measures_refused": """
        propose>measures_proposed note_granted>measures_in_place note_refused reply_came watch_on>watching
        hear_of_harm>harm_told note_harm>harm_told
        find_unneeded>no_longer_needed end_with_watch>ended end_with_case>ended""",
    "watching": """
        propose>measures_proposed look_again hear_of_harm>harm_told note_harm>harm_told
        find_unneeded>no_longer_needed end_with_watch>ended end_with_case>ended""",
    "harm_told": """
        propose>measures_proposed note_granted note_refused reply_came pass_without_reply hear_of_harm note_harm
        refer_harm>referred note_new_matter>became_matter watch_on>watching
        find_unneeded>no_longer_needed end_with_case>ended""",
    "referred": """
        propose>measures_proposed look_again hear_of_harm>harm_told note_harm>harm_told
        find_unneeded>no_longer_needed end_with_watch>ended end_with_case>ended""",
    "became_matter": """
        propose>measures_proposed look_again hear_of_harm>harm_told note_harm>harm_told
        find_unneeded>no_longer_needed end_with_watch>ended end_with_case>ended""",
    "no_longer_needed": "",
    "ended": "",
}
EXPECTED = {
    (state, word.partition(">")[0]): word.partition(">")[2] or state for state, row in ROWS.items() for word in row.split()
}
NEEDS = {
    "ask_measures": ("consent_to_the_exact_text",),
    "refer_harm": ("consent_to_the_exact_text",),
    "note_granted": ("the_reply_is_on_file",),
    "note_refused": ("the_reply_is_on_file",),
    "watch_on": ("why_is_written",),
    "find_unneeded": ("why_is_written",),
    "note_new_matter": ("the_new_matter_is_named", "nobody_here_is_kept_from_it"),
}
NEEDS_WHEN_TOLD = dict.fromkeys(("note_granted", "note_refused"), ("the_reply_is_on_file", "an_answer_is_awaited"))
NEEDS_AFTER_SILENCE = {"note_refused": NEEDS_WHEN_TOLD["note_refused"]}
BY_ITS_CASE = {"open", "hear_of_harm", "end_with_watch", "end_with_case"}
ALONE = (
    ("consent_to_exact_text", "consent_to_the_exact_text", "measures_proposed", "ask_measures"),
    ("consent_to_exact_text", "consent_to_the_exact_text", "harm_told", "refer_harm"),
    ("reply_on_file", "the_reply_is_on_file", "measures_asked", "note_refused"),
    ("reply_awaited", "an_answer_is_awaited", "harm_told", "note_granted"),
    ("reason_given", "why_is_written", "harm_told", "watch_on"),
    ("reason_given", "why_is_written", "watching", "find_unneeded"),
    ("new_matter_named", "the_new_matter_is_named", "harm_told", "note_new_matter"),
    ("readers_may_know", "nobody_here_is_kept_from_it", "harm_told", "note_new_matter"),
)
NEEDS_AT = {("harm_told", trigger): claims for trigger, claims in NEEDS_WHEN_TOLD.items()}
NEEDS_AT |= {("measures_refused", trigger): claims for trigger, claims in NEEDS_AFTER_SILENCE.items()}
SQUARE = Square(PROTECTION, EVERYTHING, EXPECTED, NEEDS, NEEDS_AT, ALONE)


def policy(pack: str) -> KindPolicy:
    text = Path(f"policies/{pack}/protection.toml").read_text(encoding="utf-8")
    return KindPolicy.model_validate(tomllib.loads(text))


def test_nothing_leaves_the_office_without_her_yes_to_its_text() -> None:
    assert {move.trigger for move in PROTECTION.moves if move.discloses} == {"ask_measures", "refer_harm"}


def test_what_she_tells_us_is_heard_wherever_it_goes_on() -> None:
    for state in (str(stage.name) for stage in PROTECTION.stages if not stage.final):
        assert MACHINE.advance(state, "hear_of_harm", NOTHING) == "harm_told"
        assert MACHINE.advance(state, "end_with_case", NOTHING) == "ended"


def test_time_ends_it_by_itself_but_never_what_she_told_nor_what_somebody_was_asked() -> None:
    waiting = {state for state in map(str, State) if (state, "end_with_watch") not in EXPECTED}
    assert waiting == {"measures_asked", "harm_told", "no_longer_needed", "ended"}


def test_it_hears_its_case_and_its_case_tells_it() -> None:
    for heard, _ in PROTECTION.listens:
        kind, trigger = heard.split(".")
        assert kind == "complaint"
        assert trigger in COMPLAINT.emits


@pytest.mark.parametrize("pack", ["oas", "eu"])
def test_the_policy_names_every_clock_and_trigger_and_no_other(pack: str) -> None:
    rules = policy(pack)
    assert set(rules.clocks) == {clock.name for clock in PROTECTION.clocks}
    assert set(rules.access) == {"open", "read", *PROTECTION.triggers, *acts_of(PROTECTION)}
    assert {t for t, grants in rules.access.items() if "clock:clock" in grants} == PROTECTION.lapses
    assert not [grant for grants in rules.access.values() for grant in grants if grant.startswith("complainant")]
    assert {trigger for trigger, grants in rules.access.items() if not grants} == BY_ITS_CASE
    assert not {"harm", "planning"} & set(rules.waivers)  # neither may be late with anybody's leave


@pytest.mark.parametrize("pack", ["oas", "eu"])
def test_she_is_asked_after_one_three_six_and_twelve_months_and_can_answer_the_last_time(pack: str) -> None:
    text = Path(f"policies/{pack}/complaint.toml").read_text(encoding="utf-8")
    clocks = KindPolicy.model_validate(tomllib.loads(text)).clocks
    asked, until = [clocks[name] for name in CHECK_INS], clocks["protection_watch"]
    assert [(rule.count, rule.unit) for rule in asked if isinstance(rule, TimedClock)] == [(n, "months") for n in (1, 3, 6, 12)]
    assert isinstance(until, TimedClock)
    assert (until.unit, until.count > 12) == ("months", True)
    assert {clocks[name].ladder for name in CHECK_INS} == {"visitor"}  # nobody is told that she did not answer
