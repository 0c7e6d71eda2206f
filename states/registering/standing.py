"""What people decided about a paragraph, as it stands after all of it; and whether it is owed still."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from policies.mandates import Category, Status
from states.registering.proposals import Decision

NOT_OWED: Final = frozenset(
    {Status.DUPLICATE, Status.NON_MANDATE, Status.PROCEDURAL, Status.SUPERSEDED, Status.EXPIRED, Status.FULFILLED}
)
"""Decided to be one of these, a paragraph asks nothing of anybody any more."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The newest decision about each. None: nobody decided. `decisions` are all of them, in the order they were taken."""

    status: Status | None
    category: Category | None
    decisions: tuple[Decision, ...]

    @property
    def is_owed(self) -> bool:
        """Whether it may still be asked for. What nobody decided about is owed: a proposal takes no duty away."""
        return self.status not in NOT_OWED


def standing(decisions: Sequence[Decision]) -> Standing:
    """What stands after these decisions, the oldest first. One that says no status leaves the status as it was."""
    return Standing(
        status=next((one.status for one in reversed(decisions) if one.status is not None), None),
        category=next((one.category for one in reversed(decisions) if one.category is not None), None),
        decisions=tuple(decisions),
    )
