"""Who holds an office, and who acts for it: dated, with the purposes it covers and the instrument that says so."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class Standing(StrEnum):
    """How somebody stands to an office."""

    HOLDER = "holder"
    ACTING = "acting"
    """In its place, for the purposes that are named."""


class Purpose(StrEnum):
    """What somebody who acts for an office may do for it. The sentence is `acting_for.<value>`."""

    SIGNATURE = "signature"
    """Sign executive orders."""
    LADDER = "ladder"
    """Be reached by the rungs of late duties in its place."""
    STRUCTURE = "structure"
    """Decide classes of operations on the structure (I9)."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """One line of the register, from a day up to the day before `until` (None: no end known).

    Who: `name`, a person of this house (`person`), another office or body (`taker`), or a `state` for an office that goes round.
    What nobody told is None. `classes` and `scope` are those of a delegation for the structure.
    """

    id: UUID
    office: str
    standing: Standing
    since: date
    until: date | None
    source: str
    name: str | None = None
    person: UUID | None = None
    taker: str | None = None
    state: str | None = None
    purposes: frozenset[Purpose] = frozenset()
    classes: frozenset[str] = frozenset()
    scope: frozenset[str] = frozenset()
    instrument: str | None = None
    sets_order: bool = False
    revoked: bool = False

    def holds(self, on: date) -> bool:
        """Whether it stands on a day."""
        return self.since <= on and (self.until is None or on < self.until)

    def meets(self, since: date, until: date | None) -> bool:
        """Whether it stands on any day from one up to the day before another. What was revoked before it began never does."""
        if self.until is not None and self.until <= self.since:
            return False
        return (until is None or self.since < until) and (self.until is None or since < self.until)


def on_day(lines: Iterable[Assignment], on: date) -> tuple[Assignment, ...]:
    """What stands on a day, the newest last."""
    return tuple(sorted((one for one in lines if one.holds(on)), key=lambda one: (one.since, one.id)))


def covers(line: Assignment, office: str, purpose: Purpose) -> bool:
    """Whether a line lets somebody act for an office for a purpose."""
    return line.office == office and line.standing is Standing.ACTING and purpose in line.purposes
