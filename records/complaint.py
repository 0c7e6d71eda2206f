"""What is kept of a complaint beside its state, in clear: never what it is about."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, insert, select, update

from records.books import Books
from records.once import once
from records.tables import COMPLAINT

_DETAIL = select(*(column for column in COMPLAINT.c if column.name != "matter_id"))
_DETAIL = _DETAIL.where(COMPLAINT.c.matter_id == bindparam("matter"))


def add(books: Books, matter_id: UUID, columns: Mapping[str, Any]) -> None:
    """Write down a complaint's details."""
    books.connection.execute(insert(COMPLAINT).values(matter_id=matter_id, **columns))


def change(books: Books, matter_id: UUID, columns: Mapping[str, Any]) -> None:
    """Change some of a complaint's details."""
    books.connection.execute(update(COMPLAINT).where(COMPLAINT.c.matter_id == matter_id).values(**columns))


@once
def detail(books: Books, matter_id: UUID) -> dict[str, Any]:
    """A complaint's details."""
    return dict(books.connection.execute(_DETAIL, {"matter": matter_id}).one()._mapping)
