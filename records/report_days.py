"""Since when there is anything to report of, who served when, and how many reports wait for what."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from records.books import Books
from records.tables import APPOINTMENT, EDITION, MATTER, RELEASED_REPORT, REPORT_MATTER


@dataclass(frozen=True, slots=True)
class Term:
    """One appointment, without the person. `until_on` is the first day it holds no more; None: no end."""

    role: str
    from_on: date
    until_on: date | None

    def holds(self, day: date) -> bool:
        """Whether the office is held by it on a day."""
        return self.from_on <= day and (self.until_on is None or day < self.until_on)


def terms(books: Books) -> list[Term]:
    """Every appointment there ever was."""
    query = select(APPOINTMENT.c.role, APPOINTMENT.c.from_on, APPOINTMENT.c.until_on)
    return [Term(**row._mapping) for row in books.connection.execute(query)]


def begun_at(books: Books) -> datetime | None:
    """The instant of the first matter or of the first rules of this database, whichever came first; None: neither yet.

    What is dated after now is left out: a demo was made before a director took its time back.
    """
    found = []
    for column in (EDITION.c.made_at, MATTER.c.opened_at):
        first = books.connection.execute(select(func.min(column)).where(column <= books.now)).scalar_one()
        found += [] if first is None else [first]
    return min(found, default=None)


def in_states(books: Books) -> dict[str, int]:
    """How many reports rest in each state."""
    own = MATTER.c.state
    query = select(own, func.count()).join(REPORT_MATTER, REPORT_MATTER.c.matter_id == MATTER.c.id).group_by(own)
    return {row.state: row[1] for row in books.connection.execute(query)}


def unpublished(books: Books) -> int:
    """How many releases did not go out of this database's hands yet."""
    query = select(func.count()).select_from(RELEASED_REPORT).where(RELEASED_REPORT.c.published_at.is_(None))
    return books.connection.execute(query).scalar_one()
