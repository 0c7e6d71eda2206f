"""The whole square of upward feedback, typed again by hand, and what it promises."""

import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from policies.rules import KindPolicy
from states.acts import acts_of
from states.machine import Machine
from states.upward_feedback import UPWARD_FEEDBACK, UpwardFeedbackFacts
from tests.fixtures.squares import Square

MACHINE = Machine(UPWARD_FEEDBACK)
NOTHING = UpwardFeedbackFacts()
EVERYTHING = UpwardFeedbackFacts(**{fact.name: True for fact in fields(UpwardFeedbackFacts)})

EXPECTED = {
    ("gathering", "include"): "gathering",
    ("gathering", "revise"): "gathering",
    ("gathering", "ask"): "asked",
    ("gathering", "come_to_nothing"): "not_enough",
    ("gathering", "refuse_request"): "gathering",
    ("gathering", "close"): "closed",
    ("asked", "include"): "asked",
    ("asked", "revise"): "gathering",
    ("asked", "ask"): "asked",
    ("asked", "find_ready"): "ready",
    ("asked", "come_to_nothing"): "not_enough",
    ("asked", "refuse_request"): "asked",
    ("asked", "close"): "closed",
    ("ready", "include"): "ready",
    ("ready", "revise"): "gathering",
    ("ready", "ask"): "asked",
    ("ready", "deliver"): "delivered",
    ("ready", "come_to_nothing"): "not_enough",
    ("ready", "refuse_request"): "ready",
    ("ready", "close"): "closed",
    ("delivered", "acknowledge"): "acknowledged",
    ("delivered", "reply_came"): "delivered",
    ("delivered", "pass_without_reply"): "no_reply",
    ("delivered", "refuse_request"): "delivered",
    ("delivered", "close"): "closed",
    ("no_reply", "reply_came"): "no_reply",
    ("no_reply", "acknowledge"): "acknowledged",
    ("no_reply", "refuse_request"): "no_reply",
    ("no_reply", "close"): "closed",
    ("acknowledged", "refuse_request"): "acknowledged",
    ("acknowledged", "close"): "closed",
}
TRIGGERS = tuple(dict.fromkeys(trigger for _, trigger in EXPECTED))
JOINING = (
    "the_case_can_join",
    "this_person_is_of_the_unit",
    "this_person_is_counted_once",
    "whoever_reads_this_may_read_the_case",
)
ENOUGH = ("the_unit_is_large_enough", "enough_people_agreed_to_the_exact_text")
NEEDS = {
    "include": JOINING,
    "ask": ("the_unit_is_large_enough", "the_case_has_joined", "the_text_was_not_put_to_this_person"),
    "find_ready": ENOUGH,
    "deliver": ENOUGH,
    "acknowledge": ("the_reply_is_on_file",),
    "close": ("a_ground_is_given",),
}
HELD_BACK = {
    "case_can_join": ("the_case_can_join", "gathering", "include"),
    "of_this_unit": ("this_person_is_of_the_unit", "gathering", "include"),
    "another_person": ("this_person_is_counted_once", "gathering", "include"),
    "all_readers_know_the_case": ("whoever_reads_this_may_read_the_case", "gathering", "include"),
    "unit_large_enough": ("the_unit_is_large_enough", "ready", "deliver"),
    "case_joined": ("the_case_has_joined", "asked", "ask"),
    "text_not_put_before": ("the_text_was_not_put_to_this_person", "asked", "ask"),
    "enough_agreed": ("enough_people_agreed_to_the_exact_text", "ready", "deliver"),
    "reply_on_file": ("the_reply_is_on_file", "delivered", "acknowledge"),
    "ground_given": ("a_ground_is_given", "ready", "close"),
}
ALONE = tuple((fact, *held) for fact, held in HELD_BACK.items())
SQUARE = Square(UPWARD_FEEDBACK, EVERYTHING, EXPECTED, NEEDS, alone=ALONE, said=("state", "plain"))


def policy(pack: str) -> KindPolicy:
    text = Path(f"policies/{pack}/upward_feedback.toml").read_text(encoding="utf-8")
    return KindPolicy.model_validate(tomllib.loads(text))


def test_the_square_typed_by_hand_knows_every_trigger_and_every_fact() -> None:
    assert set(TRIGGERS) == set(UPWARD_FEEDBACK.triggers)
    assert set(HELD_BACK) == set(UpwardFeedbackFacts.names())


def test_it_leaves_once_and_only_from_ready() -> None:
    assert {(move.source, move.trigger) for move in UPWARD_FEEDBACK.moves if move.discloses} == {("ready", "deliver")}
    reached, todo = set(), ["delivered"]
    while todo:
        state = todo.pop()
        reached.add(state)
        todo += [move.dest for move in UPWARD_FEEDBACK.moves_from(state) if move.dest not in reached]
    assert "ready" not in reached


def test_a_request_of_somebody_outside_changes_no_stage_and_no_other_matter_moves_it() -> None:
    assert {move.dest == move.source for move in UPWARD_FEEDBACK.moves if move.trigger == "refuse_request"} == {True}
    touched = [clock for clock in UPWARD_FEEDBACK.clocks if "refuse_request" in (*clock.stops_on, *map(str, clock.starts_on))]
    assert touched == []
    assert UPWARD_FEEDBACK.listens == ()
    assert UPWARD_FEEDBACK.emits == ()


def test_its_day_is_counted_from_the_beginning_and_ends_it_from_every_stage_before_it_is_sent() -> None:
    lapse = UPWARD_FEEDBACK.clock("gathering").lapse
    assert lapse is not None
    for state in ("gathering", "asked", "ready"):
        assert MACHINE.advance(state, lapse, NOTHING) == "not_enough"
    assert set(UPWARD_FEEDBACK.clock("gathering").stops_on) == {"deliver", "close"}


@pytest.mark.parametrize("pack", ["oas", "eu"])
def test_the_policy_names_every_clock_and_trigger_and_who_reads_works_at_the_desk(pack: str) -> None:
    rules = policy(pack)
    assert set(rules.clocks) == {clock.name for clock in UPWARD_FEEDBACK.clocks}
    assert set(rules.access) == {"open", "read", *UPWARD_FEEDBACK.triggers, *acts_of(UPWARD_FEEDBACK)}
    assert {t for t, grants in rules.access.items() if "clock:clock" in grants} == UPWARD_FEEDBACK.lapses
    granted = {grant.partition(":")[0] for grants in rules.access.values() for grant in grants}
    assert granted == {"ombudsperson", "case_officer", "alternate", "clock", "flow"}


@pytest.mark.parametrize("pack", ["oas", "eu"])
def test_five_people_of_a_unit_twice_as_large_and_nobody_says_that_this_was_read_somewhere(pack: str) -> None:
    numbers = policy(pack).numbers
    assert {name: (number.value, number.verified) for name, number in numbers.items()} == {
        "least_people": (5, False),
        "least_unit": (10, False),
    }
    assert numbers["least_people"].source == "default of this product"
