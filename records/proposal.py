"""What is kept of a proposal beside its state: decisions of bodies, and the orders that carry it out."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select, update

from records.books import Books
from records.tables import DECISION, MATTER, ORDER, PROPOSAL


def add(books: Books, matter_id: UUID, columns: Mapping[str, Any]) -> None:
    """Write down a proposal's details."""
    books.connection.execute(insert(PROPOSAL).values(matter_id=matter_id, **columns))


def takes_effect(books: Books, matter_id: UUID, given: Mapping[str, Any] | None) -> None:
    """Keep the date that the newest order gives for its effect; None if it gives none."""
    books.connection.execute(update(PROPOSAL).where(PROPOSAL.c.matter_id == matter_id).values(effective=given))


def detail(books: Books, matter_id: UUID) -> dict[str, Any]:
    """A proposal's details."""
    query = select(*(column for column in PROPOSAL.c if column.name != "matter_id"))
    return dict(books.connection.execute(query.where(PROPOSAL.c.matter_id == matter_id)).one()._mapping)


def decide(books: Books, matter_id: UUID, trigger: str, columns: Mapping[str, Any]) -> None:
    """Write down a body's decision."""
    values = {"id": uuid4(), "matter_id": matter_id, "trigger": trigger, "recorded_at": books.now}
    books.connection.execute(insert(DECISION).values(**values, **columns))


def decisions(books: Books, matter_id: UUID) -> list[dict[str, Any]]:
    """All decisions about a matter, in the order they were written down."""
    query = select(DECISION).where(DECISION.c.matter_id == matter_id).order_by(DECISION.c.recorded_at)
    return [dict(row._mapping) for row in books.connection.execute(query)]


def issue(books: Books, matter_id: UUID, columns: Mapping[str, Any]) -> None:
    """Write down an order, or a revision of one: each is a row of its own."""
    values = {"id": uuid4(), "matter_id": matter_id, "recorded_at": books.now}
    books.connection.execute(insert(ORDER).values(**values, **columns))


def orders(books: Books, matter_id: UUID) -> list[dict[str, Any]]:
    """All orders of a matter by revision."""
    query = select(ORDER).where(ORDER.c.matter_id == matter_id).order_by(ORDER.c.revision, ORDER.c.recorded_at)
    return [dict(row._mapping) for row in books.connection.execute(query)]


def is_proposal(books: Books, matter_id: UUID) -> bool:
    """Whether there is a proposal with this id."""
    query = select(MATTER.c.id).where(MATTER.c.id == matter_id, MATTER.c.kind == "proposal")
    return books.connection.execute(query).one_or_none() is not None
