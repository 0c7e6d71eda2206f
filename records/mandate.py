"""What is kept of a mandate beside its state."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select, update

from records.books import Books
from records.tables import MANDATE, MATTER

LINEAGE = ("supersedes", "absorbs", "bases")
"""Ties between mandates, each from the newer to the older; together they never form a circle."""


def add(books: Books, matter_id: UUID, columns: Mapping[str, Any]) -> None:
    """Write down a mandate's details."""
    books.connection.execute(insert(MANDATE).values(matter_id=matter_id, **columns))


def change(books: Books, matter_id: UUID, columns: Mapping[str, Any]) -> None:
    """Change some of a mandate's details."""
    if columns:
        books.connection.execute(update(MANDATE).where(MANDATE.c.matter_id == matter_id).values(**columns))


def detail(books: Books, matter_id: UUID) -> dict[str, Any]:
    """A mandate's details."""
    query = select(*(column for column in MANDATE.c if column.name != "matter_id")).where(MANDATE.c.matter_id == matter_id)
    return dict(books.connection.execute(query).one()._mapping)


def is_mandate(books: Books, matter_id: UUID) -> bool:
    """Whether there is a mandate with this id."""
    query = select(MATTER.c.id).where(MATTER.c.id == matter_id, MATTER.c.kind == "mandate")
    return books.connection.execute(query).one_or_none() is not None


def same(books: Books, symbol: str, task: str | None) -> UUID | None:
    """The mandate already registered for this task of this instrument. Who asks holds the symbol until the transaction ends."""
    books.connection.execute(select(func.pg_advisory_xact_lock(func.hashtext(symbol))))
    query = select(MANDATE.c.matter_id).where(MANDATE.c.symbol == symbol, MANDATE.c.task.is_not_distinct_from(task))
    return books.connection.execute(query).scalar_one_or_none()


def owed(books: Books) -> dict[UUID, str]:
    """Every mandate that has not come to its end and names the function that owes it -> that function."""
    query = select(MANDATE.c.matter_id, MANDATE.c.function).join(MATTER, MATTER.c.id == MANDATE.c.matter_id)
    query = query.where(MATTER.c.rested_on.is_(None), MANDATE.c.function.is_not(None)).order_by(MANDATE.c.matter_id)
    return {row.matter_id: row.function for row in books.connection.execute(query)}
