"""What is kept of an inquiry of the office's own beside its state, in clear."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update

from records.books import Books
from records.once import once
from records.tables import OWN_INITIATIVE


def add(books: Books, matter_id: UUID, source: str) -> None:
    """Write down that there is one."""
    books.connection.execute(insert(OWN_INITIATIVE).values(matter_id=matter_id, source=source))


def change(books: Books, matter_id: UUID, columns: Mapping[str, Any]) -> None:
    """Change some of its details."""
    row = OWN_INITIATIVE.c.matter_id == matter_id
    books.connection.execute(update(OWN_INITIATIVE).where(row).values(**columns))


@once
def detail(books: Books, matter_id: UUID) -> dict[str, Any]:
    """Its details."""
    query = select(*(column for column in OWN_INITIATIVE.c if column.name != "matter_id"))
    return dict(books.connection.execute(query.where(OWN_INITIATIVE.c.matter_id == matter_id)).one()._mapping)
