"""What is kept of upward feedback beside its state, in clear."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update

from records.books import Books
from records.once import once
from records.tables import UPWARD_FEEDBACK


def add(books: Books, matter_id: UUID, *, unit_fits: bool) -> None:
    """Write down that there is some."""
    books.connection.execute(insert(UPWARD_FEEDBACK).values(matter_id=matter_id, unit_fits=unit_fits))


def change(books: Books, matter_id: UUID, columns: Mapping[str, Any]) -> None:
    """Change some of its details."""
    row = UPWARD_FEEDBACK.c.matter_id == matter_id
    books.connection.execute(update(UPWARD_FEEDBACK).where(row).values(**columns))


@once
def detail(books: Books, matter_id: UUID) -> dict[str, Any]:
    """Its details."""
    query = select(*(column for column in UPWARD_FEEDBACK.c if column.name != "matter_id"))
    return dict(books.connection.execute(query.where(UPWARD_FEEDBACK.c.matter_id == matter_id)).one()._mapping)
