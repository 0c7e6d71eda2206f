"""What the office writes down about itself. Words are kept sealed, each version to each of its readers, who alone see the row."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import and_, delete, func, insert, select, update

from records.books import Books
from records.matters import NotFound, StaleVersion
from records.tables import INDEPENDENCE_ENTRY, OUTREACH_ENTRY, SEALED_OFFICE_TEXT

EntryKind = Literal["access_refused", "budget", "interference"]


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry on the office's independence. Amounts are whole units of the currency.

    `readers`: the public keys, in hex, that its words are sealed to.
    """

    id: UUID
    kind: EntryKind
    on_day: date
    written_by: UUID
    written_on: date
    thing: str | None = None
    refused_on: date | None = None
    given_on: date | None = None
    currency: str | None = None
    asked_amount: int | None = None
    given_amount: int | None = None
    text_version: int = 0
    readers: frozenset[str] = frozenset()
    version: int = 1


@dataclass(frozen=True, slots=True)
class TextRow:
    """The words of one version of an entry, sealed to one reader; None: to recovery."""

    id: UUID
    entry_id: UUID
    version: int
    reader: UUID | None
    written_by: UUID
    sealed: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class OutreachRow:
    """One line of the log. `people` None: nobody counted them."""

    id: UUID
    on_day: date
    sort: str
    region: str
    language: str
    people: int | None
    written_by: UUID
    written_on: date
    version: int = 1


@dataclass(frozen=True, slots=True)
class Noted:
    """How many entries by kind, how often there was outreach by sort, and how many people it reached where somebody counted.

    Facts of the office, as how many serve in it: a report says them as they are.
    """

    entries: Mapping[str, int]
    outreach: Mapping[str, int]
    people: int


_ENTRY = tuple(INDEPENDENCE_ENTRY.c[one.name] for one in fields(EntryRow))
_TEXT = tuple(SEALED_OFFICE_TEXT.c[one.name] for one in fields(TextRow))
_OUTREACH = tuple(OUTREACH_ENTRY.c[one.name] for one in fields(OutreachRow))


def add_entry(books: Books, row: EntryRow) -> None:
    """Keep an entry."""
    books.connection.execute(insert(INDEPENDENCE_ENTRY).values(**_entry_values(row)))


def entries(books: Books) -> list[EntryRow]:
    """All entries, the latest day first."""
    rows = books.connection.execute(select(*_ENTRY).order_by(INDEPENDENCE_ENTRY.c.on_day.desc(), INDEPENDENCE_ENTRY.c.id))
    return [_entry(row._mapping) for row in rows]


def entry(books: Books, asked: UUID) -> EntryRow:
    """One entry, held until the transaction ends. Raises NotFound."""
    query = select(*_ENTRY).where(INDEPENDENCE_ENTRY.c.id == asked).with_for_update()
    row = books.connection.execute(query).one_or_none()
    if row is None:
        raise NotFound()
    return _entry(row._mapping)


def change_entry(books: Books, row: EntryRow) -> None:
    """Write an entry in the place of what it was; `version` is the one after. Raises StaleVersion if somebody was faster."""
    same = and_(INDEPENDENCE_ENTRY.c.id == row.id, INDEPENDENCE_ENTRY.c.version == row.version - 1)
    if books.connection.execute(update(INDEPENDENCE_ENTRY).where(same).values(**_entry_values(row))).rowcount != 1:
        raise StaleVersion()


def set_words(books: Books, asked: UUID, text_version: int, readers: Collection[str]) -> None:
    """Write down which sealed words of an entry count, and which keys open them. Its own version stays."""
    told = {"text_version": text_version, "readers": sorted(readers)}
    books.connection.execute(update(INDEPENDENCE_ENTRY).where(INDEPENDENCE_ENTRY.c.id == asked).values(**told))


def add_texts(books: Books, rows: Iterable[TextRow]) -> None:
    """Keep sealed words."""
    values = [{one.name: getattr(row, one.name) for one in fields(TextRow)} for row in rows]
    if values:
        books.connection.execute(insert(SEALED_OFFICE_TEXT), values)


def texts(books: Books, reader: UUID | None) -> list[TextRow]:
    """All words that are sealed to a reader, or with None to recovery, of every version."""
    query = select(*_TEXT).where(SEALED_OFFICE_TEXT.c.reader.is_not_distinct_from(reader))
    return [TextRow(**row._mapping) for row in books.connection.execute(query.order_by(SEALED_OFFICE_TEXT.c.id))]


def seal_text_again(books: Books, text: UUID, sealed: bytes) -> None:
    """The same words under their reader's new key."""
    books.connection.execute(update(SEALED_OFFICE_TEXT).where(SEALED_OFFICE_TEXT.c.id == text).values(sealed=sealed))


def forget_texts(books: Books, reader: UUID) -> None:
    """Destroy all that is sealed to a reader who left."""
    books.connection.execute(delete(SEALED_OFFICE_TEXT).where(SEALED_OFFICE_TEXT.c.reader == reader))


def add_outreach(books: Books, row: OutreachRow) -> None:
    """Keep a line of the log."""
    books.connection.execute(insert(OUTREACH_ENTRY).values(**{one.name: getattr(row, one.name) for one in fields(OutreachRow)}))


def outreach(books: Books) -> list[OutreachRow]:
    """The whole log, the latest day first."""
    rows = books.connection.execute(select(*_OUTREACH).order_by(OUTREACH_ENTRY.c.on_day.desc(), OUTREACH_ENTRY.c.id))
    return [OutreachRow(**row._mapping) for row in rows]


def outreach_line(books: Books, asked: UUID) -> OutreachRow:
    """One line of the log, held until the transaction ends. Raises NotFound."""
    query = select(*_OUTREACH).where(OUTREACH_ENTRY.c.id == asked).with_for_update()
    row = books.connection.execute(query).one_or_none()
    if row is None:
        raise NotFound()
    return OutreachRow(**row._mapping)


def change_outreach(books: Books, row: OutreachRow) -> None:
    """Write a line in the place of what it was; `version` is the one after. Raises StaleVersion if somebody was faster."""
    same = and_(OUTREACH_ENTRY.c.id == row.id, OUTREACH_ENTRY.c.version == row.version - 1)
    values = {one.name: getattr(row, one.name) for one in fields(OutreachRow)}
    if books.connection.execute(update(OUTREACH_ENTRY).where(same).values(**values)).rowcount != 1:
        raise StaleVersion()


def remove_outreach(books: Books, asked: UUID) -> None:
    """Take a line out of the log."""
    books.connection.execute(delete(OUTREACH_ENTRY).where(OUTREACH_ENTRY.c.id == asked))


def noted(books: Books, first: date, last: date) -> Noted | None:
    """What was noted of these days, by the day it is about. None: this house keeps no such record."""
    if books.pack.office_record is None:
        return None
    own, line = INDEPENDENCE_ENTRY.c, OUTREACH_ENTRY.c
    kinds = select(own.kind, func.count()).where(own.on_day.between(first, last)).group_by(own.kind).order_by(own.kind)
    within = line.on_day.between(first, last)
    sorts = select(line.sort, func.count()).where(within).group_by(line.sort).order_by(line.sort)
    people = select(func.coalesce(func.sum(line.people), 0)).where(within)
    entries_told, outreach_told = (
        {str(row[0]): int(row[1]) for row in books.connection.execute(query)} for query in (kinds, sorts)
    )
    return Noted(entries_told, outreach_told, int(books.connection.execute(people).scalar_one()))


def _entry_values(row: EntryRow) -> dict[str, Any]:
    values = {one.name: getattr(row, one.name) for one in fields(EntryRow)}
    return values | {"readers": sorted(row.readers)}


def _entry(found: Any) -> EntryRow:
    return EntryRow(**dict(found) | {"readers": frozenset(found["readers"])})
