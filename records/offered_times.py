"""Times to talk: offered at the desk, taken and given back at the intake, gone some days after they are past."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, func, insert, select
from sqlalchemy.dialects.postgresql import distinct_on

from records.books import Books
from records.tables import EVENT, MATTER, OFFERED_TIME


@dataclass(frozen=True, slots=True)
class TimeRow:
    """One offered time. `taken`: by somebody; by whom is sealed in her case."""

    id: UUID
    offered_by: UUID
    begins_at: datetime
    minutes: int
    way: str
    place: str
    taken: bool = False


def offer(books: Books, row: TimeRow) -> None:
    """Offer a time."""
    books.connection.execute(insert(OFFERED_TIME).values(**asdict(row)))


def ahead(books: Books, since: datetime) -> list[TimeRow]:
    """Those that begin at an instant or later, the first one first; at the intake only those that are free."""
    rows = books.connection.execute(
        select(OFFERED_TIME).where(OFFERED_TIME.c.begins_at >= since).order_by(OFFERED_TIME.c.begins_at, OFFERED_TIME.c.id)
    )
    return [TimeRow(**row._mapping) for row in rows]


def find(books: Books, asked: UUID) -> TimeRow | None:
    """One of them; None: there is none, or not for this door."""
    row = books.connection.execute(select(OFFERED_TIME).where(OFFERED_TIME.c.id == asked)).one_or_none()
    return None if row is None else TimeRow(**row._mapping)


def overlapping(books: Books, person: UUID, begins: datetime, minutes: int) -> bool:
    """Whether somebody already offers a time that is not over when this one begins, and begins before it is over."""
    theirs = select(OFFERED_TIME.c.begins_at, OFFERED_TIME.c.minutes).where(
        OFFERED_TIME.c.offered_by == person, OFFERED_TIME.c.begins_at < begins + timedelta(minutes=minutes)
    )
    rows = books.connection.execute(theirs).all()
    return any(begun + timedelta(minutes=lasts) > begins for begun, lasts in rows)


def withdraw(books: Books, asked: UUID) -> bool:
    """No longer offer a time that is free. False: somebody took it, or it is gone."""
    free = delete(OFFERED_TIME).where(OFFERED_TIME.c.id == asked, OFFERED_TIME.c.taken.is_(False))
    return books.connection.execute(free).rowcount == 1


def remove(books: Books, asked: UUID) -> None:
    """Take a time out of the list, also one that was taken: the office has said to her that it does not hold."""
    books.connection.execute(delete(OFFERED_TIME).where(OFFERED_TIME.c.id == asked))


def take(books: Books, asked: UUID) -> bool:
    """Take a time. False: somebody was faster, it has begun, or it is gone."""
    return bool(books.connection.execute(select(func.take_time(asked))).scalar_one())


def give_back(books: Books, asked: UUID) -> None:
    """Let somebody else have it."""
    books.connection.execute(select(func.give_time_back(asked)))


def purge(books: Books, days: int) -> int:
    """Forget what is past for more than so many days. Returns how many."""
    return int(books.connection.execute(select(func.purge_times(books.today, days))).scalar_one())


def standing(books: Books) -> list[UUID]:
    """The open matters that whoever asks has a seat in, in which a time was taken and nobody has given it up since."""
    told = (
        select(EVENT.c.matter_id, EVENT.c.trigger)
        .join(MATTER, MATTER.c.id == EVENT.c.matter_id)
        .where(MATTER.c.rested_on.is_(None), EVENT.c.trigger.in_(("take_time", "leave_time", "cancel_time")))
        .ext(distinct_on(EVENT.c.matter_id))
        .order_by(EVENT.c.matter_id, EVENT.c.seq.desc())
    )
    return [row.matter_id for row in books.connection.execute(told) if row.trigger == "take_time"]
