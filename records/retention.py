"""Destruction as the database does it: announced, looked at for days, then done by functions that decide by themselves.

The functions are in `0019_add_shred.py`; they check hold, announcement, age and clock again, whoever calls them.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import bindparam, insert, select, text, update

from records import matters
from records.books import Books
from records.once import once
from records.seats import is_grown
from records.tables import CERTIFICATE, HOLD, SHRED_ANNOUNCEMENT, SWEPT_DAY
from records.there import parts, where_any

DESTROYED, HELD, JUMPED = "destroyed", "held", "clock_jumped"
"""What became of a matter that was due; there are more reasons why not."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """A matter's destruction, told before it happens. Not before `due_on`."""

    matter_id: UUID
    announced_on: date
    due_on: date


@dataclass(frozen=True, slots=True)
class HoldRow:
    """Something that keeps a matter from being destroyed. `until_on` is the first day it no longer does."""

    id: UUID
    matter_id: UUID
    reason: str
    approved_by: UUID
    from_on: date
    until_on: date
    lifted_by: UUID | None = None
    """Who ended it early, on `until_on`."""
    asked_by: UUID | None = None
    """None: somebody outside the office, as a court."""


@dataclass(frozen=True, slots=True)
class Shredded:
    """What became of a matter: `outcome` is "destroyed" or why not; then how much of it there was.

    `certificate` proves it; None for a kind of which nothing is kept but a tally.
    """

    outcome: str
    certificate: UUID | None
    matters: int
    texts: int
    files: int


_HOLD = tuple(HOLD.c[name] for name in HoldRow.__dataclass_fields__)
_HOLDS = select(*_HOLD).where(HOLD.c.matter_id.in_(bindparam("matters", expanding=True))).order_by(HOLD.c.from_on, HOLD.c.id)
_ANNOUNCED = select(*(SHRED_ANNOUNCEMENT.c[name] for name in Announcement.__dataclass_fields__))
_ANNOUNCED = _ANNOUNCED.where(SHRED_ANNOUNCEMENT.c.matter_id == bindparam("matter"))


def swept(books: Books) -> bool:
    """Whether destruction was looked at today."""
    query = select(SWEPT_DAY.c.day).where(SWEPT_DAY.c.day == books.today)
    return books.connection.execute(query).one_or_none() is not None


def begin_day(books: Books) -> bool:
    """Write down that destruction is looked at today. Return whether the clock jumped before: then days count anew."""
    return bool(books.connection.execute(text("SELECT begin_retention(:today)"), {"today": books.today}).scalar_one())


def announce(books: Books) -> tuple[int, int]:
    """Withdraw what no longer holds, announce what is ripe. Return how many were announced, and withdrawn."""
    row = books.connection.execute(text("SELECT * FROM announce_shreds(:today)"), {"today": books.today}).one()
    return row.announced, row.withdrawn


@where_any("shred_announcement", lambda: None)
def announced(books: Books, matter_id: UUID) -> Announcement | None:
    """The announcement of a matter's destruction, if there is one."""
    row = books.connection.execute(_ANNOUNCED, {"matter": matter_id}).one_or_none()
    return None if row is None else Announcement(*row)


def due(books: Books) -> list[UUID]:
    """Matters whose announced day has come, longest waiting first."""
    query = select(SHRED_ANNOUNCEMENT.c.matter_id).where(SHRED_ANNOUNCEMENT.c.due_on <= books.today)
    order = (SHRED_ANNOUNCEMENT.c.due_on, SHRED_ANNOUNCEMENT.c.matter_id)
    return list(books.connection.execute(query.order_by(*order)).scalars())


def shred(books: Books, matter_id: UUID) -> Shredded:
    """Destroy a matter with what grew out of it, if the database agrees that it may be."""
    row = books.connection.execute(
        text("SELECT * FROM shred(:matter, :today)"), {"matter": matter_id, "today": books.today}
    ).one()
    return Shredded(**row._mapping)


def purge_notes(books: Books) -> tuple[int, int]:
    """Destroy the words of open matters whose kind gives notes a short life. Return how many texts, and files."""
    row = books.connection.execute(text("SELECT * FROM purge_notes(:today)"), {"today": books.today}).one()
    return row.texts, row.files


def drop_cut_off(books: Books) -> tuple[int, int]:
    """Destroy uploads that broke off and kept answers, when they are an hour old. Return how many of each."""
    row = books.connection.execute(text("SELECT * FROM drop_cut_off()")).one()
    return row.files, row.answers


def family(books: Books, matter_id: UUID) -> list[UUID]:
    """A matter and all that grew out of it and goes with it."""
    return [matter_id, *sorted(child for child, parent in _grown(books, matter_id) if parent == matter_id)]


def root(books: Books, matter_id: UUID) -> UUID:
    """The matter that this one goes with: the case it grew out of, else itself."""
    return next((parent for child, parent in _grown(books, matter_id) if child == matter_id), matter_id)


def _grown(books: Books, matter_id: UUID) -> list[tuple[UUID, UUID]]:
    """What of this matter grew out of what: child and parent."""
    return [(child, parent) for child, parent, what in matters.links(books, matter_id) if is_grown(what)]


def add_hold(books: Books, row: HoldRow) -> None:
    """Keep a matter from being destroyed."""
    books.connection.execute(insert(HOLD).values({name: getattr(row, name) for name in HoldRow.__dataclass_fields__}))


def hold(books: Books, hold_id: UUID) -> HoldRow | None:
    """One hold."""
    row = books.connection.execute(select(*_HOLD).where(HOLD.c.id == hold_id)).one_or_none()
    return None if row is None else HoldRow(**row._mapping)


def live_holds(books: Books, matter_ids: list[UUID]) -> list[HoldRow]:
    """What holds these matters today, the longest first."""
    live = [row for row in _holds(books, matter_ids) if row.from_on <= books.today < row.until_on]
    return sorted(live, key=lambda row: row.until_on, reverse=True)


def holds_of(books: Books, matter_id: UUID) -> list[HoldRow]:
    """Every hold a matter has or had, in the order they began."""
    return _holds(books, [matter_id])


@once
def _holds(books: Books, matter_ids: list[UUID]) -> list[HoldRow]:
    """Every hold these matters have or had. A matter has few: which of them are live is not asked of the database."""
    ids = matter_ids if books.seen is None else [one for one in matter_ids if "hold" in parts(books, one)]
    return [HoldRow(*row) for row in books.connection.execute(_HOLDS, {"matters": ids})] if ids else []


def every_hold(books: Books) -> list[HoldRow]:
    """Every hold there is or was on matters that are there, by row-level security those of one's own; the last to end first."""
    return [HoldRow(*row) for row in books.connection.execute(select(*_HOLD).order_by(HOLD.c.until_on.desc(), HOLD.c.id))]


def end_hold(books: Books, hold_id: UUID, by: UUID) -> None:
    """End a hold today."""
    values = {"until_on": books.today, "lifted_by": by}
    books.connection.execute(update(HOLD).where(HOLD.c.id == hold_id).values(**values))


def confirm_backups_gone(books: Books, before: date) -> int:
    """The last copy made before a day is gone today. Return how many certificates say so from now on.

    Not those of that very day: a copy made on its morning would still hold what was destroyed after it.
    """
    told = (CERTIFICATE.c.destroyed_on < before) & CERTIFICATE.c.backups_gone_on.is_(None)
    return books.connection.execute(update(CERTIFICATE).where(told).values(backups_gone_on=books.today)).rowcount
