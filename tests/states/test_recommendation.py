"""The recommendation's whole square, typed again by hand, and what it promises."""

import tomllib
from dataclasses import fields, replace
from pathlib import Path

import pytest

from policies.rules import KindPolicy, TimedClock
from states.acts import acts_of
from states.complaint import COMPLAINT
from states.machine import Machine, MoveRefused
from states.recommendation import RECOMMENDATION, RecommendationFacts
from states.table import event
from tests.fixtures.squares import Square

MACHINE = Machine(RECOMMENDATION)
NOTHING = RecommendationFacts()
EVERYTHING = RecommendationFacts(**{fact.name: True for fact in fields(RecommendationFacts)})

EXPECTED = {
    ("drafted", "revise"): "drafted",
    ("drafted", "issue"): "issued",
    ("drafted", "close"): "closed",
    ("drafted", "end_with_case"): "closed",
    ("issued", "accept"): "accepted",
    ("issued", "accept_in_part"): "partly_accepted",
    ("issued", "reject"): "rejected",
    ("issued", "reply_came"): "replied",
    ("issued", "pass_without_reply"): "no_reply",
    ("issued", "close"): "closed",
    ("issued", "end_with_case"): "closed",
    ("replied", "accept"): "accepted",
    ("replied", "accept_in_part"): "partly_accepted",
    ("replied", "reject"): "rejected",
    ("replied", "find_no_answer"): "no_reply",
    ("replied", "close"): "closed",
    ("replied", "end_with_case"): "closed",
    ("accepted", "reply_came"): "replied",
    ("accepted", "start_follow_up"): "follow_up",
    ("accepted", "close"): "closed",
    ("accepted", "end_with_case"): "closed",
    ("partly_accepted", "reply_came"): "replied",
    ("partly_accepted", "accept"): "accepted",
    ("partly_accepted", "start_follow_up"): "follow_up",
    ("partly_accepted", "close"): "closed",
    ("partly_accepted", "end_with_case"): "closed",
    ("rejected", "reply_came"): "replied",
    ("rejected", "accept"): "accepted",
    ("rejected", "accept_in_part"): "partly_accepted",
    ("rejected", "note_not_implemented"): "not_implemented",
    ("rejected", "close"): "closed",
    ("rejected", "end_with_case"): "closed",
    ("no_reply", "reply_came"): "replied",
    ("no_reply", "accept"): "accepted",
    ("no_reply", "accept_in_part"): "partly_accepted",
    ("no_reply", "reject"): "rejected",
    ("no_reply", "note_not_implemented"): "not_implemented",
    ("no_reply", "close"): "closed",
    ("no_reply", "end_with_case"): "closed",
    ("follow_up", "reply_came"): "follow_up",
    ("follow_up", "check_follow_up"): "follow_up",
    ("follow_up", "confirm_implemented"): "implemented",
    ("follow_up", "note_not_implemented"): "not_implemented",
    ("follow_up", "close"): "closed",
    ("follow_up", "end_with_case"): "closed",
}
NEEDS = {
    "issue": ("an_addressee_is_named", "consent_to_the_exact_text"),
    "accept": ("the_reply_is_on_file",),
    "accept_in_part": ("the_reply_is_on_file",),
    "reject": ("the_reply_is_on_file",),
    "find_no_answer": ("the_reply_is_on_file",),
    "start_follow_up": ("what_they_promised_is_written",),
    "confirm_implemented": ("the_outcome_is_on_file",),
    "note_not_implemented": ("the_outcome_is_on_file",),
    "close": ("a_ground_is_given",),
}
ALONE = (
    ("addressee_named", "an_addressee_is_named", "drafted", "issue"),
    ("consent_to_exact_text", "consent_to_the_exact_text", "drafted", "issue"),
    ("reply_on_file", "the_reply_is_on_file", "issued", "accept"),
    ("promise_on_file", "what_they_promised_is_written", "partly_accepted", "start_follow_up"),
    ("outcome_on_file", "the_outcome_is_on_file", "follow_up", "confirm_implemented"),
    ("ground_given", "a_ground_is_given", "issued", "close"),
)
SQUARE = Square(RECOMMENDATION, EVERYTHING, EXPECTED, NEEDS, alone=ALONE, said=("state", "plain"))


def policy(pack: str) -> KindPolicy:
    text = Path(f"policies/{pack}/recommendation.toml").read_text(encoding="utf-8")
    return KindPolicy.model_validate(tomllib.loads(text))


def test_without_reply_then_a_late_acceptance() -> None:
    silent = MACHINE.advance("issued", str(RECOMMENDATION.clock("reply").lapse), NOTHING)
    assert silent == "no_reply"
    accepted = MACHINE.advance(silent, "accept", replace(NOTHING, reply_on_file=True))
    followed = MACHINE.advance(accepted, "start_follow_up", replace(NOTHING, promise_on_file=True))
    assert MACHINE.advance(followed, "confirm_implemented", replace(NOTHING, outcome_on_file=True)) == "implemented"


def test_an_answer_in_the_post_is_no_silence_and_is_read_by_a_day() -> None:
    reply, reading = RECOMMENDATION.clock("reply"), RECOMMENDATION.clock("reading")
    assert "reply_came" in reply.stops_on
    assert (reading.lapse, reading.starts_on) == (None, ("replied", event("reply_came")))
    assert {"accept", "accept_in_part", "reject", "find_no_answer"} <= set(reading.stops_on)
    # only a person says what the letter was
    lapses_there = {move.trigger for move in RECOMMENDATION.moves_from("replied")} & RECOMMENDATION.lapses
    assert not lapses_there


def test_it_leaves_the_office_only_with_consent_to_its_text() -> None:
    assert {move.trigger for move in RECOMMENDATION.moves if move.discloses} == {"issue"}
    with pytest.raises(MoveRefused):
        MACHINE.advance("drafted", "issue", replace(EVERYTHING, consent_to_exact_text=False))


def test_when_the_person_withdraws_everything_stops() -> None:
    listened = dict(RECOMMENDATION.listens)
    for signal in ("withdraw_stop", "withdraw_forget"):
        assert signal in COMPLAINT.emits
        assert listened[f"complaint.{signal}"] == "end_with_case"
    assert "complaint.withdraw_leave" not in listened
    for stage in RECOMMENDATION.stages:
        assert stage.final or MACHINE.advance(str(stage.name), "end_with_case", NOTHING) == "closed"


@pytest.mark.parametrize("pack", ["oas", "eu"])
def test_the_reply_is_due_in_twenty_working_days(pack: str) -> None:
    rule = policy(pack).clocks["reply"]
    assert isinstance(rule, TimedClock)
    assert (rule.count, rule.unit) == (20, "working_days")
    assert "New Brunswick" in rule.source


@pytest.mark.parametrize("pack", ["oas", "eu"])
def test_the_policy_names_every_clock_and_trigger_and_no_other(pack: str) -> None:
    rules = policy(pack)
    assert set(rules.clocks) == {clock.name for clock in RECOMMENDATION.clocks}
    assert set(rules.access) == {"open", "read", *RECOMMENDATION.triggers, *acts_of(RECOMMENDATION)}
    assert {t for t, grants in rules.access.items() if "clock:clock" in grants} == RECOMMENDATION.lapses
    assert not [grant for grant in rules.access["read"] if grant.startswith("complainant")]


@pytest.mark.parametrize("pack", ["oas", "eu"])
def test_nobody_opens_or_ends_it_but_its_case(pack: str) -> None:
    heard = {own for _, own in RECOMMENDATION.listens}
    assert heard == {"open", "end_with_case"}
    assert {trigger for trigger, grants in policy(pack).access.items() if not grants} == heard
