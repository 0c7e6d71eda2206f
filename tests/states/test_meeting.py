"""The meeting's whole square, typed again by hand, and what it promises."""

from dataclasses import fields, replace

import pytest

from states.machine import Machine, MoveRefused, NoSuchMove
from states.meeting import MEETING, MeetingFacts
from tests.fixtures.squares import Square

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
NEEDS = {
    "circulate_order": ("there_is_business",),
    "change_order": ("the_majority_for_it_is_recorded", "its_record_has_not_gone_round"),
    "hold": ("it_is_its_day", "it_is_told_who_is_there"),
    "attend": ("its_record_has_not_gone_round",),
    "circulate_record": ("every_item_has_its_result",),
    "correct_record": ("its_record_has_gone_round",),
    "approve_record": ("its_record_has_gone_round", "a_later_meeting_approves_it"),
}
SQUARE = Square(MEETING, EVERYTHING, EXPECTED, NEEDS)


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
