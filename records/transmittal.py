"""What is kept of a transmittal beside its state: which release it is, where it was noted, and who received it when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update

from records.books import Books
from records.tables import MATTER, REPORT_RECEIPT, TRANSMITTAL


@dataclass(frozen=True, slots=True)
class TransmittalRow:
    """Which release is transmitted to whom. `state` is the matter's."""

    matter_id: UUID
    report_kind: str
    series: str
    edition: str
    receiver: str
    symbol: str | None
    document_id: UUID | None
    noted_in: UUID | None
    noted_document: str | None
    state: str


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """That one member, or the one person it goes to, has received it, and who said so."""

    receiver: str
    person_id: UUID
    received_at: datetime


_OWN = tuple(TRANSMITTAL.c[name] for name in TransmittalRow.__dataclass_fields__ if name != "state")
_ALL = select(*_OWN, MATTER.c.state).join(MATTER, MATTER.c.id == TRANSMITTAL.c.matter_id)


def add(books: Books, matter_id: UUID, columns: Mapping[str, Any]) -> None:
    """Write down which release it is."""
    books.connection.execute(insert(TRANSMITTAL).values(matter_id=matter_id, **columns))


def change(books: Books, matter_id: UUID, columns: Mapping[str, Any]) -> None:
    """Change some of it."""
    books.connection.execute(update(TRANSMITTAL).where(TRANSMITTAL.c.matter_id == matter_id).values(**columns))


def detail(books: Books, matter_id: UUID) -> TransmittalRow:
    """Which release it is."""
    return TransmittalRow(**books.connection.execute(_ALL.where(TRANSMITTAL.c.matter_id == matter_id)).one()._mapping)


def of_release(books: Books, series: str, edition: str) -> TransmittalRow | None:
    """The transmittal of a release; None: it was not transmitted."""
    row = books.connection.execute(_ALL.where(TRANSMITTAL.c.series == series, TRANSMITTAL.c.edition == edition)).one_or_none()
    return None if row is None else TransmittalRow(**row._mapping)


def of_series(books: Books, series: str) -> list[TransmittalRow]:
    """All transmittals of a series, by edition."""
    query = _ALL.where(TRANSMITTAL.c.series == series).order_by(TRANSMITTAL.c.edition)
    return [TransmittalRow(**row._mapping) for row in books.connection.execute(query)]


def every(books: Books) -> list[TransmittalRow]:
    """All transmittals, oldest first."""
    query = _ALL.order_by(MATTER.c.opened_at, TRANSMITTAL.c.series, TRANSMITTAL.c.edition)
    return [TransmittalRow(**row._mapping) for row in books.connection.execute(query)]


def receive(books: Books, matter_id: UUID, receiver: str, person: UUID) -> None:
    """Write down a receipt."""
    columns = {"matter_id": matter_id, "receiver": receiver, "person_id": person, "received_at": books.now}
    books.connection.execute(insert(REPORT_RECEIPT).values(**columns))


def receipts(books: Books, matter_id: UUID) -> list[ReceiptRow]:
    """Who received it, by receiver."""
    own = REPORT_RECEIPT.c
    query = select(own.receiver, own.person_id, own.received_at).where(own.matter_id == matter_id)
    return [ReceiptRow(**row._mapping) for row in books.connection.execute(query.order_by(own.receiver))]
