"""People, their appointments and absences, and who is responsible for what."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, func, insert, or_, select, update

from records.books import Books
from records.once import once
from records.tables import ABSENCE, APPOINTMENT, PERSON, RESPONSIBILITY


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody who works here, or with us."""

    id: UUID
    name: str
    mail: str | None
    language: str


@dataclass(frozen=True, slots=True)
class Serving:
    """Somebody in an office today, or (`acting`) who is told of its late duties without holding it."""

    person_id: UUID
    role: str
    absent: bool
    acting: bool = False


def serves(on: Any) -> Any:
    """The condition that an appointment lasts on a day."""
    return and_(APPOINTMENT.c.from_on <= on, or_(APPOINTMENT.c.until_on.is_(None), APPOINTMENT.c.until_on > on))


_AWAY = and_(
    ABSENCE.c.person_id == APPOINTMENT.c.person_id,
    ABSENCE.c.from_on <= bindparam("on"),
    or_(ABSENCE.c.until_on.is_(None), ABSENCE.c.until_on > bindparam("on")),
)
_SERVING = (
    select(APPOINTMENT.c.person_id, APPOINTMENT.c.role, select(ABSENCE.c.id).where(_AWAY).exists().label("absent"))
    .where(serves(bindparam("on")))
    .order_by(APPOINTMENT.c.from_on, APPOINTMENT.c.id)
)
_IN_OFFICE = (
    select(PERSON.c.id, PERSON.c.name, APPOINTMENT.c.role)
    .join(APPOINTMENT, APPOINTMENT.c.person_id == PERSON.c.id)
    .where(serves(bindparam("on")))
    .order_by(APPOINTMENT.c.from_on, APPOINTMENT.c.id)
)
_ROLES = select(APPOINTMENT.c.role).where(APPOINTMENT.c.person_id == bindparam("person"), serves(bindparam("on")))
_PERSON = select(*(PERSON.c[name] for name in PersonRow.__dataclass_fields__)).where(PERSON.c.id == bindparam("person"))
_NAMES = select(PERSON.c.id, PERSON.c.name).where(PERSON.c.id.in_(bindparam("people", expanding=True)))
_EVER_RESPONSIBLE = (
    select(RESPONSIBILITY)
    .where(RESPONSIBILITY.c.matter_id == bindparam("matter"))
    .order_by(RESPONSIBILITY.c.from_at, RESPONSIBILITY.c.until_at.nulls_last())
)


def add_person(books: Books, person: PersonRow) -> None:
    """Write down a person."""
    columns = {"id": person.id, "name": person.name, "mail": person.mail, "language": person.language}
    books.connection.execute(insert(PERSON).values(**columns, made_at=books.now))


def person(books: Books, person_id: UUID) -> PersonRow | None:
    """The person with this id."""
    row = books.connection.execute(_PERSON, {"person": person_id}).one_or_none()
    return None if row is None else PersonRow(*row)


def names(books: Books, ids: Collection[UUID]) -> dict[UUID, str]:
    """Names by id."""
    known = _known(books)
    unknown = set(ids) - known.keys()
    if unknown:
        known |= {row.id: row.name for row in books.connection.execute(_NAMES, {"people": list(unknown)})}
    return {one: known[one] for one in ids if one in known}


def in_office(books: Books, roles: Collection[str], on: date) -> dict[UUID, str]:
    """Everybody in one of these offices on a day, by name, in the order they were appointed; away or not."""
    rows = [row for row in books.connection.execute(_IN_OFFICE, {"on": on}) if row.role in roles]
    found = {row.id: row.name for row in rows}
    _known(books).update(found)
    return found


def _known(books: Books) -> dict[UUID, str]:
    """The names that a look has read already."""
    return {} if books.seen is None else books.seen.setdefault(names, {})


def appoint(books: Books, appointment_id: UUID, person_id: UUID, role: str, from_on: date, until_on: date | None) -> None:
    """Put a person into an office from one day until (not including) another."""
    values = {"id": appointment_id, "person_id": person_id, "role": role, "from_on": from_on, "until_on": until_on}
    books.connection.execute(insert(APPOINTMENT).values(**values))


@once
def roles_of(books: Books, person_id: UUID, on: date) -> frozenset[str]:
    """The offices a person holds on a day."""
    return frozenset(books.connection.execute(_ROLES, {"person": person_id, "on": on}).scalars())


def serving(books: Books, on: date) -> list[Serving]:
    """Everybody in office on a day, in the order they were appointed, and whether they are away."""
    return [Serving(row.person_id, row.role, row.absent) for row in books.connection.execute(_SERVING, {"on": on})]


def record_absence(books: Books, absence_id: UUID, person_id: UUID, from_on: date, until_on: date | None) -> None:
    """Write down that a person is away from one day until (not including) another, if known."""
    values = {"id": absence_id, "person_id": person_id, "from_on": from_on, "until_on": until_on}
    books.connection.execute(insert(ABSENCE).values(**values, recorded_at=books.now))


def end_absence(books: Books, person_id: UUID, on: date) -> int:
    """Write down that a person is back; return how many absences that ended."""
    open_ = and_(ABSENCE.c.person_id == person_id, or_(ABSENCE.c.until_on.is_(None), ABSENCE.c.until_on > on))
    return books.connection.execute(update(ABSENCE).where(open_).values(until_on=func.greatest(ABSENCE.c.from_on, on))).rowcount


def responsible(books: Books, matter_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Who is responsible now, by matter. A matter without anybody is left out."""
    if books.seen is not None:  # a look at a matter shows everybody who ever was: that is read once
        ever = (row for matter_id in matter_ids for row in responsibilities(books, matter_id))
        return {row.matter_id: row.person_id for row in ever if row.until_at is None}
    query = select(RESPONSIBILITY.c.matter_id, RESPONSIBILITY.c.person_id).where(
        RESPONSIBILITY.c.matter_id.in_(matter_ids), RESPONSIBILITY.c.until_at.is_(None)
    )
    return {row.matter_id: row.person_id for row in books.connection.execute(query)}


def make_responsible(books: Books, row_id: UUID, matter_id: UUID, person_id: UUID, *, at: datetime, why: str) -> None:
    """Make a person responsible for a matter from `at` on, instead of whoever was."""
    present = and_(RESPONSIBILITY.c.matter_id == matter_id, RESPONSIBILITY.c.until_at.is_(None))
    books.connection.execute(update(RESPONSIBILITY).where(present).values(until_at=at))
    values = {"id": row_id, "matter_id": matter_id, "person_id": person_id, "from_at": at, "why": why}
    books.connection.execute(insert(RESPONSIBILITY).values(**values))


@once
def responsibilities(books: Books, matter_id: UUID) -> list[Any]:
    """Everybody who was ever responsible for a matter, in order."""
    return list(books.connection.execute(_EVER_RESPONSIBLE, {"matter": matter_id}))
