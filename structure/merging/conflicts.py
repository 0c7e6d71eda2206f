"""How two plans can be at odds, said for both sides, and what a person may answer.

A field in conflict is netbox-branching's rule (changed here, changed there, differently); the conflicts of trees are those of
Loro's movable tree (https://loro.dev/blog/movable-tree). Kleppmann's way to let the later move win is right for files and
wrong for governments: here nobody wins by time.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import ClassVar

from policies.refusal import Refusal
from policies.said import Fact, Said
from structure.diff import Value
from structure.things import Ref
from structure.timeline import Planned


class ConflictKind(StrEnum):
    """What is at odds. The message of each is `conflict.` and its value."""

    TWO_HEADS = "moved_to_two_heads"
    TWO_OWNERS = "sent_to_two_owners"
    TWO_NAMES = "two_names_for_one"
    ONE_NAME = "one_name_for_two"
    TWO_RANKS = "two_ranks_for_one"
    TWO_CONTENTS = "created_twice"
    """One id begins on both sides and is not the same thing."""
    TWO_VALUES = "changed_to_two_values"
    TWO_DATES = "changed_on_two_dates"
    """The same comes of it, from different dates on."""
    ENDED_AND_CHANGED = "ended_and_changed"
    ENDED_AND_FILLED = "ended_and_moved_into"
    """A unit ends on one side, and on the other something is put into it or under it."""
    CIRCLE = "moves_make_a_circle"
    NOT_BOTH = "cannot_both_be_done"
    """After the one the other cannot be done."""
    OVERWRITTEN = "undone_by_the_other"
    """Both can be done, and then what one side changed is not as it changed it."""
    TOGETHER = "wrong_together"
    """An invariant holds of each side and not of both."""


class Choice(StrEnum):
    """A person's answer: what holds of a conflict. The other side's operations named in it are left out."""

    OURS = "ours"
    THEIRS = "theirs"
    BOTH = "both"


class ChoiceRefused(Refusal):
    """A choice that cannot be made. Names the conflict and the claim that does not hold."""

    code: ClassVar[str] = "choice_refused"
    status: ClassVar[int] = 422

    def __init__(self, claim: str, conflict: str) -> None:
        super().__init__(claim=claim, conflict=conflict)
        self.claim = claim
        self.unmet = (claim,)


@dataclass(frozen=True, slots=True)
class Side:
    """What one of two plans does in a conflict: its operations, and the value they lead to (empty: none, or ended)."""

    operations: tuple[Planned, ...]
    value: Value = ()

    @property
    def ids(self) -> str:
        """Ids of the operations, as a sentence shows them."""
        return ", ".join(planned.id for planned in self.operations)

    @property
    def since(self) -> date:
        """The first date on which one of them holds."""
        return min(planned.on for planned in self.operations)


@dataclass(frozen=True, slots=True)
class Conflict:
    """One thing on which two plans are at odds. Both sides name at least one operation."""

    kind: ConflictKind
    subject: Ref
    detail: str
    """The field, the other thing, or the rule that this is about; empty: the thing itself."""
    ours: Side
    theirs: Side
    both: bool = False
    """Whether both may hold: on different dates, as two things of one name, or as a warning that a waiver passes."""

    @property
    def id(self) -> str:
        """The same in both directions of a merge."""
        return ":".join((self.kind.value, self.subject.sort.value, self.subject.id, self.detail))

    @property
    def message(self) -> Said:
        """The sentence to show."""
        facts: dict[str, Fact] = {
            "subject": self.subject.id,
            "detail": self.detail,
            "ours": self.ours.ids,
            "ours_on": self.ours.since,
            "theirs": self.theirs.ids,
            "theirs_on": self.theirs.since,
        }
        return Said(f"conflict.{self.kind.value}", facts)

    @property
    def operations(self) -> frozenset[str]:
        """Ids of the operations of both sides."""
        return frozenset(planned.id for side in (self.ours, self.theirs) for planned in side.operations)

    def mirrored(self) -> "Conflict":
        """As the other side sees it."""
        return replace(self, ours=self.theirs, theirs=self.ours)
