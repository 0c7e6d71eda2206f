"""What the page of a visit shows beside what the JSON door gives: which dates belong to which of the four answers."""

from typing import Final

from api import intake_shapes as shapes

_ASKED: Final = frozenset({"consent_answer", "hand_over_answer"})
_STOP: Final = frozenset({"second_look"})
"""Clocks that run for her: until when her yes or no counts, until when she can ask for a second look."""


def dates_by_answer(standing: shapes.Standing) -> dict[str, list[shapes.Duty]]:
    """Each date at the answer that names it, with its reasons. What happens next, where no other does."""
    found: dict[str, list[shapes.Duty]] = {answer.question: [] for answer in standing.answers}
    for duty in standing.dates:
        question = "asked" if duty.clock in _ASKED else "stop" if duty.clock in _STOP else "next"
        found[question].append(duty)
    return found
