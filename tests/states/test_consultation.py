"""The consultation's whole square, typed again by hand, and what it promises to the person who came."""

import tomllib
from dataclasses import fields, replace
from pathlib import Path

import pytest

from policies.rules import KindPolicy
from states.acts import acts_of
from states.consultation import CONSULTATION, ConsultationFacts, State
from states.machine import Machine, MoveRefused, NoSuchMove
from states.table import Event
from web.messages import LANGUAGES, Messages

MACHINE = Machine(CONSULTATION)
NOTHING = ConsultationFacts()
EVERYTHING = ConsultationFacts(**{fact.name: True for fact in fields(ConsultationFacts)})

EXPECTED = {
    ("asked", "understand"): "asked",
    ("asked", "open_conversation"): "in_conversation",
    ("asked", "message"): "asked",
    ("asked", "make_official"): "became_formal",
    ("asked", "stop"): "ended",
    ("asked", "purge_notes"): "asked",
    ("asked", "act_on_danger"): "asked",
    ("asked", "raise_alarm"): "asked",
    ("asked", "triage"): "asked",
    ("in_conversation", "message"): "in_conversation",
    ("in_conversation", "reply"): "in_conversation",
    ("in_conversation", "discuss_options"): "options_discussed",
    ("in_conversation", "make_official"): "became_formal",
    ("in_conversation", "stop"): "ended",
    ("in_conversation", "end"): "ended",
    ("in_conversation", "end_by_silence"): "ended",
    ("in_conversation", "purge_notes"): "in_conversation",
    ("in_conversation", "act_on_danger"): "in_conversation",
    ("in_conversation", "raise_alarm"): "in_conversation",
    ("in_conversation", "triage"): "in_conversation",
    ("options_discussed", "message"): "options_discussed",
    ("options_discussed", "reply"): "options_discussed",
    ("options_discussed", "discuss_options"): "options_discussed",
    ("options_discussed", "make_official"): "became_formal",
    ("options_discussed", "stop"): "ended",
    ("options_discussed", "end"): "ended",
    ("options_discussed", "end_by_silence"): "ended",
    ("options_discussed", "purge_notes"): "options_discussed",
    ("options_discussed", "act_on_danger"): "options_discussed",
    ("options_discussed", "raise_alarm"): "options_discussed",
    ("options_discussed", "triage"): "options_discussed",
}
EXPECTED |= {
    (state, trigger): state
    for state in ("asked", "in_conversation", "options_discussed")
    for trigger in ("take_time", "leave_time", "cancel_time")
}
TRIGGERS = tuple(dict.fromkeys(trigger for _, trigger in EXPECTED))
NEEDS = {
    "open_conversation": ("a_person_has_read_it", "not_official_is_understood"),
    "act_on_danger": (
        "serious_harm_is_imminent",
        "what_is_told_to_whom_is_written",
        "it_is_written_whether_she_was_told_first",
    ),
    "triage": ("a_person_has_read_it", "an_alarm_is_open"),
    "leave_time": ("a_time_is_taken",),
    "cancel_time": ("a_time_is_taken",),
}


def policy(pack: str) -> KindPolicy:
    return KindPolicy.model_validate(tomllib.loads(Path(f"policies/{pack}/consultation.toml").read_text(encoding="utf-8")))


@pytest.mark.parametrize("state", [*map(str, State), "no_such_state"])
@pytest.mark.parametrize("trigger", [*TRIGGERS, "no_such_trigger", "to_ended"])
def test_every_pair_moves_as_written_or_not_at_all(state: str, trigger: str) -> None:
    if (state, trigger) in EXPECTED:
        assert MACHINE.advance(state, trigger, EVERYTHING) == EXPECTED[state, trigger]
    else:
        with pytest.raises(NoSuchMove):
            MACHINE.advance(state, trigger, EVERYTHING)


def test_the_square_typed_by_hand_knows_every_trigger() -> None:
    assert set(TRIGGERS) == set(CONSULTATION.triggers)


@pytest.mark.parametrize(("state", "trigger"), EXPECTED)
def test_with_nothing_shown_a_move_names_all_that_is_missing(state: str, trigger: str) -> None:
    if trigger in NEEDS:
        with pytest.raises(MoveRefused) as refused:
            MACHINE.advance(state, trigger, NOTHING)
        assert refused.value.unmet == NEEDS[trigger]
    else:
        assert MACHINE.advance(state, trigger, NOTHING) == EXPECTED[state, trigger]


@pytest.mark.parametrize(
    ("fact", "claim", "trigger"),
    [
        ("read_by_a_person", "a_person_has_read_it", "open_conversation"),
        ("not_official_understood", "not_official_is_understood", "open_conversation"),
        ("serious_harm_imminent", "serious_harm_is_imminent", "act_on_danger"),
        ("danger_told_whole", "what_is_told_to_whom_is_written", "act_on_danger"),
        ("danger_told_her_first", "it_is_written_whether_she_was_told_first", "act_on_danger"),
        ("read_by_a_person", "a_person_has_read_it", "triage"),
        ("alarm_open", "an_alarm_is_open", "triage"),
        ("time_taken", "a_time_is_taken", "leave_time"),
    ],
)
def test_each_claim_alone_holds_its_move_back(fact: str, claim: str, trigger: str) -> None:
    with pytest.raises(MoveRefused) as refused:
        MACHINE.advance("asked", trigger, replace(EVERYTHING, **{fact: False}))
    assert refused.value.unmet == (claim,)


@pytest.mark.parametrize("pack", ["oas", "eu"])
def test_only_the_visitor_makes_it_official(pack: str) -> None:
    assert policy(pack).access["make_official"] == ("complainant:self",)
    assert "make_official" not in CONSULTATION.lapses
    assert not CONSULTATION.listens
    assert "make_official" in CONSULTATION.emits
    formal = [move for move in CONSULTATION.moves if move.dest == "became_formal"]
    assert {move.trigger for move in formal} == {"make_official"}
    assert not any(move.only_if for move in formal)


def test_nothing_is_passed_on_but_for_imminent_harm() -> None:
    assert {move.trigger for move in CONSULTATION.moves if move.discloses} == {"act_on_danger"}
    with pytest.raises(MoveRefused):
        MACHINE.advance("in_conversation", "act_on_danger", replace(EVERYTHING, serious_harm_imminent=False))


def test_silence_ends_it_only_after_our_word_never_because_we_were_late() -> None:
    quiet = CONSULTATION.clock("quiet")
    grants = policy("oas").access
    assert quiet.lapse == "end_by_silence"
    for start in quiet.starts_on:
        assert isinstance(start, Event)
        assert not [grant for grant in grants[start.trigger] if grant.startswith("complainant")]
    assert quiet.stops_on == ("message", "take_time"), "nothing ends while she waits for her time to talk"
    with pytest.raises(NoSuchMove):
        MACHINE.advance("asked", "end_by_silence", EVERYTHING)
    assert CONSULTATION.clock("first_answer").lapse is None


@pytest.mark.parametrize("pack", ["oas", "eu"])
def test_notes_live_as_long_as_the_policy_says_and_nothing_is_kept_after_the_end(pack: str) -> None:
    life = CONSULTATION.clock("note_life")
    rules = policy(pack)
    assert (life.lapse, life.repeats, life.starts_on) == ("purge_notes", True, ("asked",))
    assert rules.access["purge_notes"] == ("clock:clock",)
    assert rules.retention is not None
    assert (rules.retention.keep_months, rules.retention.least_swept_days) == (0, 7)
    for stage in CONSULTATION.stages:
        assert stage.final or MACHINE.advance(str(stage.name), "purge_notes", NOTHING) == stage.name


@pytest.mark.parametrize("pack", ["oas", "eu"])
def test_the_policy_names_every_clock_and_trigger_and_no_other(pack: str) -> None:
    rules = policy(pack)
    assert set(rules.clocks) == {clock.name for clock in CONSULTATION.clocks}
    assert set(rules.access) == {"open", "read", *CONSULTATION.triggers, *acts_of(CONSULTATION)}
    assert {t for t, grants in rules.access.items() if "clock:clock" in grants} == CONSULTATION.lapses


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_stage_move_clock_and_claim_has_its_words(language: str) -> None:
    messages = Messages(language)
    wanted = [
        *(f"{what}.consultation.{state}" for what in ("state", "plain") for state in CONSULTATION.states),
        *(f"move.consultation.{trigger}" for trigger in CONSULTATION.triggers),
        *(f"clock.consultation.{clock.name}" for clock in CONSULTATION.clocks),
        *(f"claim.{guard.__name__}" for move in CONSULTATION.moves for guard in move.only_if),
    ]
    assert not [key for key in wanted if key not in messages]
