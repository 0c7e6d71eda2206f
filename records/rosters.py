"""The roster as a whole: everybody, all offices and their days, who is away."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import and_, func, or_, select, update

from records.books import Books
from records.people import PersonRow
from records.tables import ABSENCE, APPOINTMENT, PERSON


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """One appointment: from one day until (not including) another; None: open."""

    role: str
    from_on: date
    until_on: date | None


def everybody(books: Books) -> list[PersonRow]:
    """Everybody who was ever added, by name."""
    query = select(PERSON.c.id, PERSON.c.name, PERSON.c.mail, PERSON.c.language).order_by(PERSON.c.name, PERSON.c.id)
    return [PersonRow(**row._mapping) for row in books.connection.execute(query)]


def offices(books: Books, people: Collection[UUID]) -> dict[UUID, list[OfficeRow]]:
    """All appointments by person, in order of their first days."""
    found: dict[UUID, list[OfficeRow]] = {}
    query = select(APPOINTMENT).where(APPOINTMENT.c.person_id.in_(people)).order_by(APPOINTMENT.c.from_on, APPOINTMENT.c.role)
    for row in books.connection.execute(query):
        found.setdefault(row.person_id, []).append(OfficeRow(row.role, row.from_on, row.until_on))
    return found


def holders(books: Books, role: str, from_on: date, until_on: date | None) -> int:
    """How many people hold an office on any day from one until (not including) another."""
    overlaps = and_(APPOINTMENT.c.role == role, or_(APPOINTMENT.c.until_on.is_(None), APPOINTMENT.c.until_on > from_on))
    query = select(func.count()).select_from(APPOINTMENT).where(overlaps)
    if until_on is not None:
        query = query.where(APPOINTMENT.c.from_on < until_on)
    return books.connection.execute(query).scalar_one()


def end_appointment(books: Books, person_id: UUID, role: str, on: date) -> int:
    """End the appointments to a role that a person holds on a day; return how many there were."""
    held = and_(
        APPOINTMENT.c.person_id == person_id,
        APPOINTMENT.c.role == role,
        APPOINTMENT.c.from_on <= on,
        or_(APPOINTMENT.c.until_on.is_(None), APPOINTMENT.c.until_on > on),
    )
    return books.connection.execute(update(APPOINTMENT).where(held).values(until_on=on)).rowcount


def away_on(books: Books, on: date) -> frozenset[UUID]:
    """Who is away on a day."""
    gone = and_(ABSENCE.c.from_on <= on, or_(ABSENCE.c.until_on.is_(None), ABSENCE.c.until_on > on))
    return frozenset(books.connection.execute(select(ABSENCE.c.person_id).where(gone)).scalars())
