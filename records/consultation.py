"""What is kept of a consultation beside its state, and the tally that is all that stays."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from records.books import Books
from records.once import once
from records.tables import CONSULTATION, TALLY


def add(books: Books, matter_id: UUID, columns: Mapping[str, Any]) -> None:
    """Write down a consultation's details."""
    books.connection.execute(insert(CONSULTATION).values(matter_id=matter_id, **columns))


def change(books: Books, matter_id: UUID, columns: Mapping[str, Any]) -> None:
    """Change some of a consultation's details."""
    books.connection.execute(update(CONSULTATION).where(CONSULTATION.c.matter_id == matter_id).values(**columns))


@once
def detail(books: Books, matter_id: UUID) -> dict[str, Any]:
    """A consultation's details."""
    query = select(*(column for column in CONSULTATION.c if column.name != "matter_id"))
    return dict(books.connection.execute(query.where(CONSULTATION.c.matter_id == matter_id)).one()._mapping)


def counted(books: Books, kind: str) -> int:
    """How many of a kind were ever tallied."""
    query = select(func.coalesce(func.sum(TALLY.c.count), 0)).where(TALLY.c.kind == kind)
    return int(books.connection.execute(query).scalar_one())


def count(books: Books, kind: str, outcome: str, on: date) -> None:
    """Add one to the tally of a month: a kind, an outcome and a number, tied to nothing."""
    row = upsert(TALLY).values(month=on.replace(day=1), kind=kind, outcome=outcome, count=1)
    again = {"count": TALLY.c.count + 1}
    books.connection.execute(row.on_conflict_do_update(index_elements=["month", "kind", "outcome"], set_=again))
