"""What the desk asks of the records: always of one person's own seats, whatever row-level security would add."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, or_, select

from records.books import Books
from records.matters import Matter
from records.once import once
from records.sealed import FileRow, TextRow
from records.seats import PERSON
from records.tables import ABSENCE, CLOCK, MATTER, SEALED_CHUNK, SEALED_FILE, SEALED_TEXT, SEAT


@dataclass(frozen=True, slots=True)
class AwayRow:
    """One absence: from one day until (not including) another; None: not known yet."""

    person_id: UUID
    from_on: date
    until_on: date | None


@dataclass(frozen=True, slots=True)
class SeatedRow:
    """How long a person has, or had, a seat in a matter. `until_at` None: they have it."""

    person_id: UUID
    from_at: datetime
    until_at: datetime | None


def _own(person_id: UUID) -> Any:
    """Every matter in which this person has a live seat."""
    return select(SEAT.c.matter_id).where(SEAT.c.person_id == person_id, SEAT.c.until_at.is_(None))


def own_matters(books: Books, person_id: UUID, *, under_way: bool = False) -> list[Matter]:
    """Every matter in which this person has a seat, oldest first; `under_way`: only those of which anything is left to do.

    That is what has not come to rest, and what has but still has a clock that runs.
    """
    query = select(*MATTER.c).where(MATTER.c.id.in_(_own(person_id)))
    if under_way:
        running = select(CLOCK.c.matter_id).where(CLOCK.c.status == "running", CLOCK.c.matter_id.in_(_own(person_id)))
        query = query.where(or_(MATTER.c.rested_on.is_(None), MATTER.c.id.in_(running)))
    rows = books.connection.execute(query.order_by(MATTER.c.opened_at, MATTER.c.id))
    return [Matter(**row._mapping) for row in rows]


def own_texts(books: Books, person_id: UUID, slot: str) -> dict[UUID, list[TextRow]]:
    """The texts of one slot in every matter where this person has a seat, by matter."""
    query = select(*(SEALED_TEXT.c[name] for name in TextRow.__dataclass_fields__))
    query = query.where(SEALED_TEXT.c.slot == slot, SEALED_TEXT.c.matter_id.in_(_own(person_id)))
    found: dict[UUID, list[TextRow]] = {}
    for row in books.connection.execute(query.order_by(SEALED_TEXT.c.matter_id, SEALED_TEXT.c.seq)):
        found.setdefault(row.matter_id, []).append(TextRow(**row._mapping))
    return found


def identity_key(books: Books, matter_id: UUID, person_id: UUID) -> tuple[UUID, bytes] | None:
    """The live seat of a person that holds the identity's own key, and that key, sealed; None: none of theirs does.

    It need not be the newest seat: an epoch begun later does not carry this key on.
    """
    query = select(SEAT.c.id, SEAT.c.identity_key_sealed)
    mine = and_(SEAT.c.matter_id == matter_id, SEAT.c.person_id == person_id, SEAT.c.until_at.is_(None))
    held = query.where(mine, SEAT.c.identity_key_sealed.is_not(None)).order_by(SEAT.c.epoch.desc()).limit(1)
    row = books.connection.execute(held).one_or_none()
    return None if row is None else (row.id, row.identity_key_sealed)


def file(books: Books, matter_id: UUID, file_id: UUID) -> FileRow | None:
    """A whole file of this very matter (S18)."""
    query = select(*(SEALED_FILE.c[name] for name in FileRow.__dataclass_fields__))
    query = query.where(SEALED_FILE.c.id == file_id, SEALED_FILE.c.matter_id == matter_id, SEALED_FILE.c.whole)
    row = books.connection.execute(query).one_or_none()
    return None if row is None else FileRow(**row._mapping)


def chunks_after(books: Books, file_id: UUID, seq: int, most: int) -> list[tuple[int, bytes]]:
    """A few of a file's sealed pieces with their places, in order, from after one place (before the first: -1)."""
    query = select(SEALED_CHUNK.c.seq, SEALED_CHUNK.c.content_sealed).where(SEALED_CHUNK.c.file_id == file_id)
    rows = books.connection.execute(query.where(SEALED_CHUNK.c.seq > seq).order_by(SEALED_CHUNK.c.seq).limit(most))
    return [(row.seq, row.content_sealed) for row in rows]


@once
def seatings(books: Books, matter_id: UUID) -> list[SeatedRow]:
    """Everybody who has or had a seat, in the order they were seated, first handler first. Epochs of one seat are one line."""
    since, gone = func.min(SEAT.c.from_at), func.bool_and(SEAT.c.until_at.is_not(None))
    query = select(SEAT.c.person_id, since.label("from_at"), gone.label("gone"), func.max(SEAT.c.until_at).label("until_at"))
    query = query.where(SEAT.c.matter_id == matter_id, SEAT.c.holder == PERSON).group_by(SEAT.c.person_id)
    return [
        SeatedRow(row.person_id, row.from_at, row.until_at if row.gone else None)
        for row in books.connection.execute(query.order_by(since, func.min(SEAT.c.rung), SEAT.c.person_id))
    ]


def absences(books: Books, on: date) -> list[AwayRow]:
    """Every absence that lasts on a day or is still to come."""
    query = select(ABSENCE.c.person_id, ABSENCE.c.from_on, ABSENCE.c.until_on)
    query = query.where(or_(ABSENCE.c.until_on.is_(None), ABSENCE.c.until_on > on))
    rows = books.connection.execute(query.order_by(ABSENCE.c.from_on, ABSENCE.c.person_id))
    return [AwayRow(row.person_id, row.from_on, row.until_on) for row in rows]
