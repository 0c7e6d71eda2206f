"""Waivers: until which day the lateness of a clock is excused, by whom."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import bindparam, insert, select

from records.books import Books
from records.once import once
from records.tables import WAIVER
from records.there import where_any


@dataclass(frozen=True, slots=True)
class WaiverRow:
    """The lateness of one epoch of a clock, excused through the day `until_on`.

    `authority` and `reason` are words in the house; of a sealed matter both hold the id of one sealed text.
    """

    id: UUID
    matter_id: UUID
    clock_id: UUID | None
    """None: written down before a waiver moved anything; it excuses nothing."""
    rule: str
    by_person: UUID
    authority: str
    reason: str
    until_on: date
    made_at: datetime

    def __repr__(self) -> str:
        """Without the words."""
        return f"WaiverRow({self.id})"


_ORDER = (WAIVER.c.made_at, WAIVER.c.until_on, WAIVER.c.id)
"""The newest last. Of two made at one instant of a stepped clock, the longer one."""
_COLUMNS = tuple(WAIVER.c[name] for name in WaiverRow.__dataclass_fields__)
_OF_MATTER = select(*_COLUMNS).where(WAIVER.c.matter_id == bindparam("matter")).order_by(*_ORDER)


def add(books: Books, row: WaiverRow) -> None:
    """Write down a waiver."""
    books.connection.execute(insert(WAIVER).values({name: getattr(row, name) for name in WaiverRow.__dataclass_fields__}))


@once
@where_any("waiver", list)
def of_matter(books: Books, matter_id: UUID) -> list[WaiverRow]:
    """A matter's waivers, in the order they were made."""
    return [WaiverRow(*row) for row in books.connection.execute(_OF_MATTER, {"matter": matter_id})]


def last_days(books: Books, clock_ids: Collection[UUID]) -> dict[UUID, list[date]]:
    """The last days of all waivers of these clocks, in the order they were made. Clocks without one are left out."""
    found: dict[UUID, list[date]] = {}
    if clock_ids:
        query = select(WAIVER.c.clock_id, WAIVER.c.until_on).where(WAIVER.c.clock_id.in_(clock_ids))
        for row in books.connection.execute(query.order_by(*_ORDER)):
            found.setdefault(row.clock_id, []).append(row.until_on)
    return found
