"""The consultation's whole square, typed again by hand, and what it promises to the person who came."""

import tomllib
from dataclasses import fields, replace
from pathlib import Path

import pytest

from policies.rules import KindPolicy
from states.acts import acts_of
from states.consultation import CONSULTATION, ConsultationFacts
from states.machine import Machine, MoveRefused, NoSuchMove
from states.table import Event
from tests.fixtures.squares import Square

MACHINE = Machine(CONSULTATION)
NOTHING = ConsultationFacts()
EVERYTHING = ConsultationFacts(**{fact.name: True for fact in fields(ConsultationFacts)})
UNASKED = replace(EVERYTHING, hand_over_asked=False)
"""All is shown, and she was not asked whether somebody else may go on: only then can she be."""

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
EXPECTED |= {
    (state, trigger): state
    for state in ("asked", "in_conversation", "options_discussed")
    for trigger in (
        "ask_hand_over", "agree_hand_over", "refuse_hand_over", "leave_unanswered", "announce_term", "call_off_term"
    )
}  # fmt: skip
EXPECTED |= {(state, "end_with_term"): "ended" for state in ("asked", "in_conversation", "options_discussed")}
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
    "agree_hand_over": ("a_hand_over_is_asked",),
    "refuse_hand_over": ("a_hand_over_is_asked",),
}
ALONE = (
    ("read_by_a_person", "a_person_has_read_it", "asked", "open_conversation"),
    ("not_official_understood", "not_official_is_understood", "asked", "open_conversation"),
    ("serious_harm_imminent", "serious_harm_is_imminent", "asked", "act_on_danger"),
    ("danger_told_whole", "what_is_told_to_whom_is_written", "asked", "act_on_danger"),
    ("danger_told_her_first", "it_is_written_whether_she_was_told_first", "asked", "act_on_danger"),
    ("read_by_a_person", "a_person_has_read_it", "asked", "triage"),
    ("alarm_open", "an_alarm_is_open", "asked", "triage"),
    ("time_taken", "a_time_is_taken", "asked", "leave_time"),
    ("hand_over_asked", "a_hand_over_is_asked", "asked", "agree_hand_over"),
    ("hand_over_asked", "a_hand_over_is_asked", "asked", "refuse_hand_over"),
)
TURNED = {"ask_hand_over": {"hand_over_asked": False}}
SQUARE = Square(CONSULTATION, EVERYTHING, EXPECTED, NEEDS, alone=ALONE, turned=TURNED, said=("state", "plain"))


def policy(pack: str) -> KindPolicy:
    return KindPolicy.model_validate(tomllib.loads(Path(f"policies/{pack}/consultation.toml").read_text(encoding="utf-8")))


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
    hers = ("message", "take_time", "agree_hand_over", "refuse_hand_over")
    assert quiet.stops_on == hers, "nothing ends while she waits for her time to talk, or for our word after her answer"
    with pytest.raises(NoSuchMove):
        MACHINE.advance("asked", "end_by_silence", EVERYTHING)
    assert CONSULTATION.clock("first_answer").lapse is None


@pytest.mark.parametrize("pack", ["oas", "eu"])
def test_nobody_else_goes_on_but_by_her_yes_and_silence_is_a_no(pack: str) -> None:
    grants = policy(pack).access
    assert (grants["agree_hand_over"], grants["refuse_hand_over"]) == (("complainant:self",), ("complainant:self",))
    assert not [grant for grant in grants["ask_hand_over"] if not grant.endswith(":handler")]
    answer = CONSULTATION.clock("hand_over_answer")
    assert (answer.stops_on, answer.lapse) == (("agree_hand_over", "refuse_hand_over"), "leave_unanswered")
    with pytest.raises(MoveRefused) as refused:
        MACHINE.advance("asked", "ask_hand_over", EVERYTHING)
    assert refused.value.unmet == ("no_hand_over_is_asked",)


@pytest.mark.parametrize("pack", ["oas", "eu"])
def test_only_a_process_announces_the_end_of_a_term_and_only_time_ends_a_talk_with_it(pack: str) -> None:
    grants, term = policy(pack).access, CONSULTATION.clock("term")
    assert (grants["announce_term"], grants["call_off_term"]) == (("flow:flow",), ("flow:flow",))
    assert grants["end_with_term"] == ("clock:clock",)
    assert (term.starts_on, term.lapse) == ((Event("announce_term"),), "end_with_term")
    assert term.stops_on == ("announce_term", "call_off_term", "agree_hand_over")
    for answered in ("agree_hand_over", "refuse_hand_over"):
        assert Event(answered) in CONSULTATION.clock("reply_owed").starts_on, "whatever she answers, she is owed a word"


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
