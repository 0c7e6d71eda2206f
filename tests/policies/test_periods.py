"""A period says what it counts, and a combination without a meaning is refused at load."""

from typing import Any

import pytest
from pydantic import ValidationError

from policies.periods import LONGEST, Period

GOOD: dict[str, Any] = {"count": 5, "unit": "working_days", "source": "test", "verified": False}


def test_a_period_excludes_its_start_and_stays_where_it_falls_unless_told():
    period = Period(**GOOD)
    assert (period.first_day, period.roll) == ("excluded", "none")


@pytest.mark.parametrize(
    ("change", "names"),
    [
        ({"count": 0}, "count"),
        ({"count": -1}, "count"),
        ({"count": LONGEST + 1}, "count"),
        ({"unit": "weeks"}, "unit"),
        ({"roll": "previous_working_day"}, "roll"),
        ({"source": ""}, "source"),
        ({"verified": None}, "verified"),
        ({"days": 5}, "days"),
        ({"first_day": "counted", "roll": "next_working_day"}, "never rolled"),
        ({"first_day": "counted", "unit": "months"}, "defined for days only"),
        ({"unit": "hours", "roll": "next_working_day"}, "hours"),
        ({"unit": "hours", "first_day": "counted"}, "hours"),
    ],
)
def test_a_slip_in_a_rule_is_refused_and_named(change: dict[str, Any], names: str):
    with pytest.raises(ValidationError, match=names):
        Period(**{**GOOD, **change})


@pytest.mark.parametrize("left_out", ["count", "unit", "source", "verified"])
def test_a_rule_without_its_number_unit_or_source_is_refused(left_out: str):
    with pytest.raises(ValidationError, match=left_out):
        Period(**{key: value for key, value in GOOD.items() if key != left_out})


def test_a_period_cannot_be_changed():
    period = Period(**GOOD)
    with pytest.raises(ValidationError, match="frozen"):
        period.count = 6
    assert period.count == 5
