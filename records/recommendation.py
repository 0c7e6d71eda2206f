"""What is kept of a recommendation beside its state, in clear."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update

from records.books import Books
from records.once import once
from records.tables import RECOMMENDATION


def add(books: Books, matter_id: UUID) -> None:
    """Write down that there is one."""
    books.connection.execute(insert(RECOMMENDATION).values(matter_id=matter_id))


def change(books: Books, matter_id: UUID, columns: Mapping[str, Any]) -> None:
    """Change some of a recommendation's details."""
    books.connection.execute(update(RECOMMENDATION).where(RECOMMENDATION.c.matter_id == matter_id).values(**columns))


@once
def detail(books: Books, matter_id: UUID) -> dict[str, Any]:
    """A recommendation's details."""
    query = select(*(column for column in RECOMMENDATION.c if column.name != "matter_id"))
    return dict(books.connection.execute(query.where(RECOMMENDATION.c.matter_id == matter_id)).one()._mapping)
