"""The meeting's whole square, typed again by hand, and what it promises."""

from dataclasses import fields, replace

import pytest

from states.machine import Machine, MoveRefused, NoSuchMove
from states.meeting import MEETING, MeetingFacts, State
from web.messages import LANGUAGES, Messages

MACHINE = Machine(MEETING)
NOTHING = MeetingFacts()
EVERYTHING = MeetingFacts(**{fact.name: True for fact in fields(MeetingFacts)})

EXPECTED = {
    ("planned", "set_order"): "planned",
    ("planned", "circulate_order"): "order_circulated",
    ("planned", "postpone"): "postponed",
    ("planned", "cancel"): "cancelled",
    ("order_circulated", "change_order"): "order_circulated",
    ("order_circulated", "hold"): "held",
    ("order_circulated", "postpone"): "postponed",
    ("order_circulated", "cancel"): "cancelled",
    ("postponed", "set_date"): "planned",
    ("postponed", "cancel"): "cancelled",
    ("held", "change_order"): "held",
    ("held", "attend"): "held",
    ("held", "dispose"): "held",
    ("held", "circulate_record"): "held",
    ("held", "correct_record"): "held",
    ("held", "approve_record"): "record_approved",
}
TRIGGERS = tuple(dict.fromkeys(trigger for _, trigger in EXPECTED))
NEEDS = {
    "circulate_order": ("there_is_business",),
    "change_order": ("the_majority_for_it_is_recorded", "its_record_has_not_gone_round"),
    "hold": ("it_is_its_day", "it_is_told_who_is_there"),
    "attend": ("its_record_has_not_gone_round",),
    "circulate_record": ("every_item_has_its_result",),
    "correct_record": ("its_record_has_gone_round",),
    "approve_record": ("its_record_has_gone_round", "a_later_meeting_approves_it"),
}


@pytest.mark.parametrize("state", [*map(str, State), "no_such_state"])
@pytest.mark.parametrize("trigger", [*TRIGGERS, "no_such_trigger", "to_held"])
def test_every_pair_moves_as_written_or_not_at_all(state: str, trigger: str) -> None:
    if (state, trigger) in EXPECTED:
        assert MACHINE.advance(state, trigger, EVERYTHING) == EXPECTED[state, trigger]
    else:
        with pytest.raises(NoSuchMove):
            MACHINE.advance(state, trigger, EVERYTHING)


@pytest.mark.parametrize(("state", "trigger"), EXPECTED)
def test_with_nothing_shown_each_claim_is_named_and_nothing_else_is_asked(state: str, trigger: str) -> None:
    if trigger not in NEEDS:
        assert MACHINE.advance(state, trigger, NOTHING) == EXPECTED[state, trigger]
        return
    with pytest.raises(MoveRefused) as refused:
        MACHINE.advance(state, trigger, NOTHING)
    assert refused.value.unmet == NEEDS[trigger]


def test_an_order_that_has_gone_round_is_changed_only_by_its_majority() -> None:
    for state in ("order_circulated", "held"):
        with pytest.raises(MoveRefused) as refused:
            MACHINE.advance(state, "change_order", replace(EVERYTHING, majority_recorded=False))
        assert refused.value.unmet == ("the_majority_for_it_is_recorded",)
        with pytest.raises(NoSuchMove):
            MACHINE.advance(state, "set_order", EVERYTHING)


def test_a_record_is_approved_by_a_later_meeting_and_not_before_it_went_round() -> None:
    assert [key for key, dest in EXPECTED.items() if dest == "record_approved"] == [("held", "approve_record")]
    for missing in ("record_circulated", "later_meeting"):
        with pytest.raises(MoveRefused):
            MACHINE.advance("held", "approve_record", replace(EVERYTHING, **{missing: False}))


def test_what_is_put_off_goes_round_anew() -> None:
    called = MACHINE.advance("order_circulated", "postpone", NOTHING)
    assert MACHINE.advance(called, "set_date", NOTHING) == "planned"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_stage_move_clock_and_claim_has_its_words(language: str) -> None:
    messages = Messages(language)
    wanted = [
        *(f"state.meeting.{name}" for name in MEETING.states),
        *(f"move.meeting.{name}" for name in MEETING.triggers),
        *(f"clock.meeting.{clock.name}" for clock in MEETING.clocks),
        *(f"claim.{guard.__name__}" for move in MEETING.moves for guard in move.only_if),
    ]
    assert [key for key in wanted if key not in messages] == []
