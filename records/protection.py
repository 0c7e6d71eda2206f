"""What is kept of a protection beside its state, in clear."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update

from records.books import Books
from records.once import once
from records.tables import PROTECTION


def add(books: Books, matter_id: UUID) -> None:
    """Write down that there is one."""
    books.connection.execute(insert(PROTECTION).values(matter_id=matter_id))


def change(books: Books, matter_id: UUID, columns: Mapping[str, Any]) -> None:
    """Change some of a protection's details."""
    books.connection.execute(update(PROTECTION).where(PROTECTION.c.matter_id == matter_id).values(**columns))


@once
def detail(books: Books, matter_id: UUID) -> dict[str, Any]:
    """A protection's details."""
    query = select(*(column for column in PROTECTION.c if column.name != "matter_id"))
    return dict(books.connection.execute(query.where(PROTECTION.c.matter_id == matter_id)).one()._mapping)
