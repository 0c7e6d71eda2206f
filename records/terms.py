"""Appointments as stretches of days, who was told of their end, and what goes on that day."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert as upsert

from records.books import Books
from records.tables import APPOINTMENT, CLOCK, MATTER, RESPONSIBILITY, TERM_LOOK, TERM_WATCH

CLOCK_NAME: Final = "term"
"""The clock of every kind that ends with the time in office of whoever answers for it."""


@dataclass(frozen=True, slots=True)
class Span:
    """One appointment: from one day until (not including) another; None: open."""

    person: UUID
    role: str
    from_on: date
    until_on: date | None


@dataclass(frozen=True, slots=True)
class Watch:
    """The end of somebody's time in office, and what was told on which day. `done`: nothing is left that needs them."""

    person: UUID
    last_on: date
    first_on: date
    again_on: date | None
    done: bool


@dataclass(frozen=True, slots=True)
class Released:
    """Somebody whose seats, and in the end keys, were taken. `until_on` is the first day they held no office."""

    person: UUID
    seats: int
    until_on: date


def spans(books: Books, roles: Collection[str]) -> list[Span]:
    """Every appointment there ever was to these offices, in the order in which they begin."""
    query = select(APPOINTMENT.c.person_id, APPOINTMENT.c.role, APPOINTMENT.c.from_on, APPOINTMENT.c.until_on)
    rows = books.connection.execute(query.where(APPOINTMENT.c.role.in_(roles)).order_by(APPOINTMENT.c.from_on, APPOINTMENT.c.id))
    return [Span(*row) for row in rows]


def under_way(books: Books, persons: Collection[UUID], kinds: Collection[str]) -> dict[UUID, UUID]:
    """The matters of these kinds that are not at rest and that these people answer for: whose, by matter, oldest first."""
    query = (
        select(MATTER.c.id, RESPONSIBILITY.c.person_id)
        .join(RESPONSIBILITY, RESPONSIBILITY.c.matter_id == MATTER.c.id)
        .where(RESPONSIBILITY.c.until_at.is_(None), RESPONSIBILITY.c.person_id.in_(persons))
        .where(MATTER.c.rested_on.is_(None), MATTER.c.kind.in_(kinds))
        .order_by(MATTER.c.opened_at, MATTER.c.id)
    )
    return {row.id: row.person_id for row in books.connection.execute(query)} if persons else {}


def announced(books: Books) -> dict[UUID, date]:
    """The matters that were told that they end with a term, each with that last day."""
    running = select(CLOCK.c.matter_id, CLOCK.c.due_on).where(
        CLOCK.c.name == CLOCK_NAME, CLOCK.c.status == "running", CLOCK.c.next_at.is_not(None)
    )
    return {row.matter_id: row.due_on for row in books.connection.execute(running)}


def looked(books: Books, roster: bytes) -> bool:
    """Whether ends were looked for today, for these very appointments."""
    query = select(TERM_LOOK.c.roster).where(TERM_LOOK.c.day == books.today)
    return books.connection.execute(query).scalar_one_or_none() == roster


def note_look(books: Books, roster: bytes) -> None:
    """Write down that ends were looked for today."""
    row = upsert(TERM_LOOK).values(day=books.today, roster=roster)
    books.connection.execute(row.on_conflict_do_update(index_elements=["day"], set_={"roster": roster}))


def watches(books: Books) -> list[Watch]:
    """Every end that somebody was told of, the nearest first."""
    query = select(*(TERM_WATCH.c[name] for name in ("person_id", "last_on", "first_on", "again_on", "done")))
    return [Watch(*row) for row in books.connection.execute(query.order_by(TERM_WATCH.c.last_on, TERM_WATCH.c.person_id))]


def keep(books: Books, watch: Watch) -> None:
    """Write down what somebody was told, in place of what stood there about the same end."""
    told = {"first_on": watch.first_on, "again_on": watch.again_on, "done": watch.done}
    row = upsert(TERM_WATCH).values(person_id=watch.person, last_on=watch.last_on, **told)
    books.connection.execute(row.on_conflict_do_update(index_elements=["person_id", "last_on"], set_=told))


def drop(books: Books, watch: Watch) -> None:
    """Forget an end that came, or that comes no more on that day."""
    this = (TERM_WATCH.c.person_id == watch.person) & (TERM_WATCH.c.last_on == watch.last_on)
    books.connection.execute(delete(TERM_WATCH).where(this))


def release(books: Books) -> list[Released]:
    """Take the seats, and the keys, of everybody who holds no office at the desk any more. The database decides who that is."""
    left = func.release_leavers(books.today).table_valued("person", "seats", "until_on")
    found = books.connection.execute(select(left.c.person, left.c.seats, left.c.until_on))
    return [Released(row.person, row.seats, row.until_on) for row in found]


def told_again(watch: Watch, on: date) -> Watch:
    """The same end, of which the overseer heard on a day."""
    return replace(watch, again_on=on)
