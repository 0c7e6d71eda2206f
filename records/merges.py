"""Which versions of two proposals a version was merged from, and how each conflict between them was decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select

from records.books import Books
from records.tables import MERGE


@dataclass(frozen=True, slots=True)
class MergeRow:
    """A merge as it is kept. `number` is the version that came of it; `choices` are pairs of conflict and what holds of it."""

    matter_id: UUID
    number: int
    mine: int
    mine_digest: bytes
    other_id: UUID
    other: int
    other_digest: bytes
    choices: Sequence[Sequence[str]]
    left_out: Sequence[str]


def add(books: Books, row: MergeRow) -> None:
    """Write down what a version was merged from."""
    columns: dict[str, Any] = {name: getattr(row, name) for name in MergeRow.__dataclass_fields__}
    told = {"choices": [list(each) for each in row.choices], "left_out": list(row.left_out)}
    books.connection.execute(insert(MERGE).values(columns | told))


def of_matter(books: Books, matter_id: UUID) -> dict[int, MergeRow]:
    """Version -> what it was merged from; a version that somebody wrote is not in it."""
    query = select(*(MERGE.c[name] for name in MergeRow.__dataclass_fields__)).where(MERGE.c.matter_id == matter_id)
    return {row.number: MergeRow(**row._mapping) for row in books.connection.execute(query)}
