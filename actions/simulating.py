"""What the house would be on a day with a version of a proposal, beside what it will be without it. Nothing is written."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from actions.impact import owed_by
from actions.kinds.proposal_plans import LATER_THAN_SUBMISSION, planned_of
from actions.kinds.proposal_shapes import read_operations, read_terms
from actions.looking import seen
from actions.office import Office
from actions.structure_record import known, rules_of
from actions.versions import KIND, version_of
from records.versions import VersionRow
from states.due import DAY
from structure.diff import Difference, diff
from structure.rule import Finding
from structure.simulation import Simulated, Snapshot, simulate
from structure.timeline import PlanRefused


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The house on a day with and without a version, and what differs. `dates`: those on which something changes with it.

    `appeared` and `mended`: what the rules of the structure find on that day with it alone, and without it alone.
    """

    version: VersionRow
    on: date
    dates: tuple[date, ...]
    refused: tuple[PlanRefused, ...]
    without: Snapshot
    with_it: Snapshot
    differences: tuple[Difference, ...]

    @property
    def appeared(self) -> tuple[Finding, ...]:
        """What the rules find on that day only with it."""
        return _only(self.with_it, self.without)

    @property
    def mended(self) -> tuple[Finding, ...]:
        """What the rules find on that day only without it."""
        return _only(self.without, self.with_it)


def what_if(office: Office, matter_id: UUID, number: int | None = None, on: date | None = None, *, by: UUID) -> WhatIf:
    """A version (left out: the newest) done together with all that is ordered, on a day (left out: after the last change).

    Raises NotFound, NoSuchVersion, PlanCircle.
    """
    with office.open() as books:
        seen(office, books, KIND, matter_id, by)
        version = version_of(books, matter_id, number)
        rules, whole = rules_of(books), known(books).whole(books.today)
        ours = planned_of(books, read_operations(version.operations))
        first = min([one.on for one in ours] or [books.today])
        before = whole.timeline.at(first - DAY)
        approved = [one for one in whole.plan if one.on >= first]
        owed = owed_by(books, {str(mandate): part for mandate, part in read_terms(version.terms).heir_of().items()})
        made: Simulated = simulate(before, approved, ours, rules, owed)
        plain: Simulated = simulate(before, approved, (), rules, owed)
        dates = made.attempt.timeline.dates
        day = on or (dates[-1] if dates else books.today)
        with_it, without = made.at(day), plain.at(day)
        return WhatIf(
            version=version,
            on=day,
            dates=dates,
            refused=made.attempt.refused,
            without=without,
            with_it=with_it,
            differences=tuple(diff(without.org, with_it.org)),
        )


def _only(here: Snapshot, there: Snapshot) -> tuple[Finding, ...]:
    """Not what is asked of a decision: nobody has decided a what-if."""
    known_there = {(one.rule, one.subject, one.message.key) for one in there.findings}
    asked = (one for one in here.findings if one.rule not in LATER_THAN_SUBMISSION)
    return tuple(one for one in asked if (one.rule, one.subject, one.message.key) not in known_there)
