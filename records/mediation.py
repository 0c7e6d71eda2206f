"""What is kept of a mediation beside its state, in clear; and which mediations grew out of a case."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, text, update

from records.books import Books
from records.once import once
from records.tables import MEDIATION


@dataclass(frozen=True, slots=True)
class Mediated:
    """A mediation that grew out of a case. `mediated`: the person at the desk is, or was, its mediator."""

    id: UUID
    state: str
    mediated: bool


def add(books: Books, matter_id: UUID) -> None:
    """Write down that there is one."""
    books.connection.execute(insert(MEDIATION).values(matter_id=matter_id))


def change(books: Books, matter_id: UUID, columns: Mapping[str, Any]) -> None:
    """Change some of a mediation's details."""
    books.connection.execute(update(MEDIATION).where(MEDIATION.c.matter_id == matter_id).values(**columns))


@once
def detail(books: Books, matter_id: UUID) -> dict[str, Any]:
    """A mediation's details."""
    query = select(*(column for column in MEDIATION.c if column.name != "matter_id"))
    return dict(books.connection.execute(query.where(MEDIATION.c.matter_id == matter_id)).one()._mapping)


def of_case(books: Books, case: UUID) -> list[Mediated]:
    """The mediations of a case, oldest first, for whoever holds its words or has a seat in it; for nobody else any.

    Whoever has a seat in the case alone learns of a mediation that it is there, and its state: no line of its history.
    """
    rows = books.connection.execute(text("SELECT id, state, mediated FROM mediations_of(:case)"), {"case": case})
    return [Mediated(**row._mapping) for row in rows]
