"""Executive orders of all proposals, revision by revision."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from records.books import Books
from records.tables import ORDER


@dataclass(frozen=True, slots=True)
class OrderRow:
    """A revision of an order as it is kept. None: no source says."""

    matter_id: UUID
    symbol: str
    revision: int
    issued_on: date | None
    effective_on: date | None
    signed_by: str
    text_hash: bytes | None


def every(books: Books) -> list[OrderRow]:
    """Every revision, by symbol and number."""
    query = select(*(ORDER.c[name] for name in OrderRow.__dataclass_fields__))
    rows = books.connection.execute(query.order_by(ORDER.c.symbol, ORDER.c.revision, ORDER.c.recorded_at))
    return [OrderRow(**row._mapping) for row in rows]
