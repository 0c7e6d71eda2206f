"""I7: no unit outlives all it stood under."""

from dataclasses import replace

import pytest

from structure.things import UNKNOWN, UnitState
from tests.structure.rules.states import office, told

ENDED = replace(office("H", "OSG"), state=UnitState.ABOLISHED)


def test_a_unit_whose_only_head_has_ended_is_told():
    assert told("I7", [ENDED, office("A", "H")]) == [("unit_outlives_its_heads", {"unit": "A", "heads": "H"})]


def test_a_head_that_never_was_does_not_make_up_for_one_that_ended():
    assert told("I7", [ENDED, office("A", "H", "NOBODY")]) == [("unit_outlives_its_heads", {"unit": "A", "heads": "H"})]


@pytest.mark.parametrize("other", ["OSG", UNKNOWN], ids=["stands", "unknown"])
def test_one_head_that_stands_or_may_stand_is_enough(other):
    assert told("I7", [ENDED, office("A", "H", other)]) == []


def test_a_suspended_head_still_stands():
    suspended = replace(ENDED, state=UnitState.SUSPENDED)
    assert told("I7", [suspended, office("A", "H")]) == []


def test_who_has_ended_too_and_who_has_no_head_are_not_told():
    assert told("I7", [ENDED, replace(office("A", "H"), state=UnitState.ABOLISHED), office("B")]) == []
