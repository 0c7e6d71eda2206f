"""A proposal beside the others that are under way: with how many points each is at odds, and the house that two would make."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from actions.impact import owed_by
from actions.kinds.proposal_plans import judge_together
from actions.looking import may_read, seen
from actions.merging import Together
from actions.office import Office
from actions.simulating import WhatIf
from actions.structure_record import known, rules_of
from actions.versions import KIND, OPEN_FOR_VERSIONS
from policies.refusal import Refusal
from records import registers, versions
from records.books import Books
from records.matters import Matter
from records.registers import Wanted
from states.due import DAY
from states.proposal import State
from structure.diff import diff
from structure.simulation import simulate
from structure.timeline import Planned

UNDER_WAY: Final = (*sorted(OPEN_FOR_VERSIONS), State.TABLED, State.DEFERRED)
"""Proposals that may still become something else."""
MOST: Final = 20
"""Others that a proposal is set beside at once: each costs a merge."""
LOOKED_AT: Final = 200
"""Proposals under way among which they are looked for."""


@dataclass(frozen=True, slots=True)
class Other:
    """Another proposal under way. `conflicts` None: the two cannot be set beside each other, because of `refusal`."""

    matter: Matter
    title: str = field(repr=False)
    version: int
    conflicts: int | None
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Beside:
    """The proposals under way that change the structure too. `more`: there are others that were not looked at."""

    others: tuple[Other, ...]
    more: bool


def beside(office: Office, matter_id: UUID, *, by: UUID) -> Beside:
    """Every other proposal under way with a version that changes the structure. Raises NotFound."""
    with office.open() as books:
        actor, _ = seen(office, books, KIND, matter_id, by)
        mine = versions.newest(books, matter_id)
        if mine is None or not mine.operations:
            return Beside((), more=False)
        states = tuple(str(one) for one in UNDER_WAY)
        rows = registers.page(books, KIND, Wanted(states=states), LOOKED_AT)
        found = [one for one in rows if one.id != matter_id and may_read(office, books, actor, one)]
        newest = {one.id: versions.newest(books, one.id) for one in found}
        changing = [one for one in found if (row := newest[one.id]) is not None and row.operations]
        details = registers.details(books, KIND, [one.id for one in changing[:MOST]])
        others = []
        for one in changing[:MOST]:
            row = newest[one.id]
            assert row is not None  # noqa: S101 - only those with a version are left
            conflicts, refusal = None, None
            try:
                conflicts = len(judge_together(books, mine, row).conflicts)
            except Refusal as refused:
                refusal = refused
            others.append(Other(one, details[one.id]["title"], row.number, conflicts, refusal))
        return Beside(tuple(others), more=len(changing) > MOST or len(rows) == LOOKED_AT)


def merged_house(office: Office, found: Together, *, by: UUID) -> WhatIf:
    """The house after the last change of what two proposals come to, beside the house without it. Raises NotFound, PlanCircle."""
    with office.open() as books:
        for version in (found.mine, found.other):
            seen(office, books, KIND, version.matter_id, by)
        return _house_with(books, found, found.merged.planned)


def _house_with(books: Books, found: Together, ours: Sequence[Planned]) -> WhatIf:
    rules, whole = rules_of(books), known(books).whole(books.today)
    first = min([one.on for one in ours] or [books.today])
    before, approved = whole.timeline.at(first - DAY), [one for one in whole.plan if one.on >= first]
    owed = owed_by(books)
    made, plain = simulate(before, approved, ours, rules, owed), simulate(before, approved, (), rules, owed)
    dates = made.attempt.timeline.dates
    day = dates[-1] if dates else books.today
    with_it, without = made.at(day), plain.at(day)
    return WhatIf(found.mine, day, dates, made.attempt.refused, without, with_it, tuple(diff(without.org, with_it.org)))
