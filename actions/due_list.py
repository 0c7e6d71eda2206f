"""What is due, what is late, and what was handed over: everywhere, compared with today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from actions.kernel.actor import Actor, as_person
from actions.looking import MOST, Named, may_read, offered, responsible, title_of
from actions.obligations import owing
from actions.office import Office
from actions.structure_record import known
from records import people, registers
from records.books import Books
from records.matters import Matter
from records.registers import DueRow


@dataclass(frozen=True, slots=True)
class Owed:
    """A duty under way. `days` until it is due; negative: late by so many.

    `units`: those that own the function it belongs to today, or the one it is assigned to; none where nobody knows.
    """

    matter: Matter
    title: str | None
    clock: str
    due_on: date
    days: int
    responsible: Named | None
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Handed:
    """A matter that was handed over by itself, to whom, from whom, on which day."""

    matter: Matter
    title: str | None
    to: Named
    before: Named | None
    on: date


@dataclass(frozen=True, slots=True)
class DueList:
    """All three lists, as of `today`."""

    today: date
    due: tuple[Owed, ...]
    late: tuple[Owed, ...]
    handed_over: tuple[Handed, ...]


def due_list(office: Office, *, by: UUID, most: int = MOST) -> DueList:
    """What the person may know of, up to `most` a list. Nothing of it is stored: tomorrow's answer may differ."""
    with office.open() as books:
        actor = as_person(books, by)
        kinds = [kind.name for kind in offered(office)]
        coming, passed = (registers.due(books, kinds, books.today, late=late, most=most) for late in (False, True))
        return DueList(
            today=books.today,
            due=_owed(office, books, actor, coming),
            late=_owed(office, books, actor, passed),
            handed_over=_handed(office, books, actor, kinds, most),
        )


def _owed(office: Office, books: Books, actor: Actor, found: Sequence[DueRow]) -> tuple[Owed, ...]:
    rows = [row for row in found if may_read(office, books, actor, row.matter)]
    who, details = responsible(books, [row.matter.id for row in rows]), _details(books, [row.matter for row in rows])
    record = known(books) if any(detail.get("function") for detail in details.values()) else None
    return tuple(
        Owed(
            matter=row.matter,
            title=title_of(details[row.matter.id]),
            clock=row.clock,
            due_on=row.due_on,
            days=(row.due_on - books.today).days,
            responsible=who.get(row.matter.id),
            units=owing(books, row.matter.id, details[row.matter.id], record=record).units,
        )
        for row in rows
    )


def _handed(office: Office, books: Books, actor: Actor, kinds: Sequence[str], most: int) -> tuple[Handed, ...]:
    rows = [row for row in registers.handed_over(books, kinds, most) if may_read(office, books, actor, row.matter)]
    before = {row.matter.id: registers.handed_from(books, row.matter.id, row.at) for row in rows}
    names = people.names(books, {person for row in rows for person in (row.person_id, before[row.matter.id]) if person})
    details = _details(books, [row.matter for row in rows])
    handed = []
    for row in rows:
        earlier = before[row.matter.id]
        handed.append(
            Handed(
                matter=row.matter,
                title=title_of(details[row.matter.id]),
                to=Named(row.person_id, names[row.person_id]),
                before=None if earlier is None else Named(earlier, names[earlier]),
                on=books.calendar(row.matter.calendar).local_date(row.at),
            )
        )
    return tuple(handed)


def _details(books: Books, found: Sequence[Matter]) -> dict[UUID, dict[str, Any]]:
    details: dict[UUID, dict[str, Any]] = {}
    for kind in {matter.kind for matter in found}:
        details |= registers.details(books, kind, [matter.id for matter in found if matter.kind == kind])
    return details
