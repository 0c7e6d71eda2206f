"""Documents of bodies: their numbers without a gap, their languages step by step, and what was corrected in them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar, Final
from uuid import UUID

from sqlalchemy import ColumnElement, func, insert, literal, select, true, update
from sqlalchemy.dialects.postgresql import insert as insert_or

from policies.documents import Step
from policies.refusal import Refusal
from records.books import Books
from records.tables import (
    DOCUMENT,
    DOCUMENT_CORRECTION,
    DOCUMENT_COUNTER,
    DOCUMENT_STAMP,
    MATTER,
    MEETING,
    MEETING_ITEM,
    VERSION,
)
from states.documents import DISTRIBUTED, UNNUMBERED, Counter
from states.meeting import State

ANY: Final = "any"
AHEAD: Final = (State.PLANNED, State.ORDER_CIRCULATED)
"""Meetings in these states are to come, on the day they have."""


class NoSuchDocument(Refusal):
    """No document has this id."""

    code: ClassVar[str] = "no_such_document"
    status: ClassVar[int] = 404


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it is kept. `suffix` None: a document of its own; then `parent_id` is None too."""

    id: UUID
    symbol: str
    series: str
    circle: str
    number: int
    parent_id: UUID | None
    suffix: str | None
    year: int
    meeting: int | None
    session: str | None
    title: str
    original: str
    matter_id: UUID | None
    proposal_version: int | None
    wanted_at: datetime | None
    source: str
    void_on: date | None
    void_reason: str | None = field(repr=False)
    version: int
    by_person: UUID | None
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Stamp:
    """A step of a language. `at` None: it happened, nobody knows when. `hash_of`: file, paragraphs, version; None: no hash."""

    document_id: UUID
    language: str
    step: Step
    at: datetime | None
    sha256: bytes | None
    hash_of: str | None
    by_person: UUID | None
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Correction:
    """What was corrected in one language after it went out, with the hash of the text as corrected."""

    document_id: UUID
    language: str
    number: int
    what: str = field(repr=False)
    at: datetime
    sha256: bytes
    hash_of: str
    by_person: UUID
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Sought:
    """Which documents are looked for; what is None is not asked about.

    `missing`: a language in which it did not go out, or ANY of `languages`; void ones lack nothing. `after`: the last document
    of the page before.
    """

    series: str | None = None
    year: int | None = None
    meeting: int | None = None
    missing: str | None = None
    matter_id: UUID | None = None
    after: UUID | None = None
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Call:
    """A document on the order of business of a meeting that was not held yet. `hour` is HH:MM at the seat; None: not said."""

    symbol: str
    meeting: UUID
    title: str
    day: date
    hour: str | None


_DOCUMENT = tuple(DOCUMENT.c[name] for name in Document.__dataclass_fields__)
_STAMP = tuple(DOCUMENT_STAMP.c[name] for name in Stamp.__dataclass_fields__)
_CORRECTION = tuple(DOCUMENT_CORRECTION.c[name] for name in Correction.__dataclass_fields__)


def counter(books: Books, circle: str) -> Counter:
    """The numbers given in a circle, locked until the transaction ends: whoever else wants one waits."""
    begun = insert_or(DOCUMENT_COUNTER).values(circle=circle, first=UNNUMBERED, last=UNNUMBERED)
    books.connection.execute(begun.on_conflict_do_nothing())
    own = DOCUMENT_COUNTER.c
    row = books.connection.execute(select(own.first, own.last).where(own.circle == circle).with_for_update()).one()
    return Counter(row.first, row.last)


def count(books: Books, circle: str, counted: Counter) -> None:
    """Keep what a circle's counter stands at."""
    query = update(DOCUMENT_COUNTER).where(DOCUMENT_COUNTER.c.circle == circle)
    books.connection.execute(query.values(first=counted.first, last=counted.last))


def last_numbers(books: Books) -> Mapping[str, int]:
    """Circle -> the last number given in it; circles in which none was given are not there."""
    own = DOCUMENT_COUNTER.c
    query = select(own.circle, own.last).where(own.last != UNNUMBERED)
    return {row.circle: row.last for row in books.connection.execute(query)}


def add(books: Books, row: Document) -> None:
    """Write down a document."""
    books.connection.execute(insert(DOCUMENT).values({name: getattr(row, name) for name in Document.__dataclass_fields__}))


def one(books: Books, document_id: UUID, *, lock: bool = False) -> Document:
    """One document; with `lock`, nobody else changes it until the transaction ends. Raises NoSuchDocument."""
    query = select(*_DOCUMENT).where(DOCUMENT.c.id == document_id)
    row = books.connection.execute(query.with_for_update() if lock else query).one_or_none()
    if row is None:
        raise NoSuchDocument()
    return Document(**row._mapping)


def with_symbol(books: Books, symbol: str) -> Document | None:
    """The document that has this symbol; None: none has."""
    row = books.connection.execute(select(*_DOCUMENT).where(DOCUMENT.c.symbol == symbol)).one_or_none()
    return None if row is None else Document(**row._mapping)


def is_taken(books: Books, circle: str, number: int) -> bool:
    """Whether a document, void or not, has this number of a circle."""
    query = select(DOCUMENT.c.id).where(DOCUMENT.c.circle == circle, DOCUMENT.c.number == number)
    return books.connection.execute(query).one_or_none() is not None


def changed(books: Books, document: Document, **columns: Any) -> Document:
    """Write down a change of a document, which somebody holds, and return it as it is now. Its version goes up by one."""
    values = columns | {"version": document.version + 1}
    query = update(DOCUMENT).where(DOCUMENT.c.id == document.id, DOCUMENT.c.version == document.version).values(values)
    return Document(**books.connection.execute(query.returning(*_DOCUMENT)).one()._mapping)


def stamp(books: Books, row: Stamp) -> None:
    """Write down a step of a language."""
    books.connection.execute(insert(DOCUMENT_STAMP).values({name: getattr(row, name) for name in Stamp.__dataclass_fields__}))


def correct(books: Books, row: Correction) -> None:
    """Write down a correction; what it corrects stays."""
    values = {name: getattr(row, name) for name in Correction.__dataclass_fields__}
    books.connection.execute(insert(DOCUMENT_CORRECTION).values(values))


def stamps(books: Books, documents: Collection[UUID]) -> list[Stamp]:
    """Every step of these documents, in the order in which they were written down."""
    own = DOCUMENT_STAMP.c
    query = select(*_STAMP).where(own.document_id.in_(documents)).order_by(own.recorded_at, own.at)
    return [Stamp(**row._mapping) for row in books.connection.execute(query)]


def corrections(books: Books, documents: Collection[UUID]) -> list[Correction]:
    """Every correction of these documents, the first of a language first."""
    own = DOCUMENT_CORRECTION.c
    query = select(*_CORRECTION).where(own.document_id.in_(documents)).order_by(own.document_id, own.language, own.number)
    return [Correction(**row._mapping) for row in books.connection.execute(query)]


def page(books: Books, sought: Sought, most: int) -> Sequence[Document]:
    """Documents, the newest first."""
    own = DOCUMENT.c
    wanted: list[ColumnElement[bool]] = []
    exact = {own.series: sought.series, own.year: sought.year, own.meeting: sought.meeting, own.matter_id: sought.matter_id}
    wanted += [column == value for column, value in exact.items() if value is not None]
    if sought.after is not None:
        wanted.append(own.seq < select(own.seq).where(own.id == sought.after).scalar_subquery())
    if sought.missing is not None:
        wanted += [own.void_on.is_(None), _lacking(sought)]
    query = select(*_DOCUMENT).where(*wanted).order_by(own.seq.desc()).limit(most)
    return [Document(**row._mapping) for row in books.connection.execute(query)]


def _lacking(sought: Sought) -> ColumnElement[bool]:
    languages = sought.languages if sought.missing == ANY else (sought.missing or "",)
    own = DOCUMENT_STAMP.c
    out = select(func.count()).where(own.document_id == DOCUMENT.c.id, own.step == DISTRIBUTED, own.language.in_(languages))
    return out.correlate(DOCUMENT).scalar_subquery() < literal(len(languages))


def family(books: Books, documents: Collection[Document]) -> list[Document]:
    """What these documents are revisions, corrections or addenda of, and what is one of them; one step up and down."""
    own = DOCUMENT.c
    ids, parents = [one.id for one in documents], [one.parent_id for one in documents if one.parent_id is not None]
    query = select(*_DOCUMENT).where(own.parent_id.in_(ids) | own.id.in_(parents)).order_by(own.seq)
    return [Document(**row._mapping) for row in books.connection.execute(query)]


def calls(books: Books, symbols: Sequence[str]) -> list[Call]:
    """Where these documents are to be discussed from today on, the next meeting first."""
    item, meeting = MEETING_ITEM.c, MEETING.c
    each = func.jsonb_array_elements_text(item.documents).table_valued("symbol", name="each").render_derived()
    named = [each.c.symbol, meeting.matter_id.label("meeting"), meeting.title, meeting.day, meeting.hour]
    called = MEETING_ITEM.join(MEETING, item.matter_id == meeting.matter_id).join(MATTER, MATTER.c.id == meeting.matter_id)
    query = select(*named).select_from(called.join(each, true()))
    query = query.where(MATTER.c.state.in_(AHEAD), meeting.day >= books.today, item.struck.is_(False), each.c.symbol.in_(symbols))
    query = query.order_by(meeting.day, meeting.hour, meeting.matter_id)
    return [Call(**row._mapping) for row in books.connection.execute(query)]


def has_standing_parts(books: Books, document_id: UUID) -> bool:
    """Whether a revision, correction or addendum of a document stands."""
    own = DOCUMENT.c
    query = select(own.id).where(own.parent_id == document_id, own.void_on.is_(None)).limit(1)
    return books.connection.execute(query).one_or_none() is not None


def distributed(books: Books, matter_id: UUID) -> Mapping[str, datetime]:
    """Language -> when the newest version of a proposal went out in it; {} where no document carries that version.

    Of several documents that carry it, it is the one registered last; one that is void carries nothing.
    """
    newest = select(func.max(VERSION.c.number)).where(VERSION.c.matter_id == matter_id).scalar_subquery()
    own, stamped = DOCUMENT.c, DOCUMENT_STAMP.c
    carrying = select(own.id).where(own.matter_id == matter_id, own.proposal_version == newest, own.void_on.is_(None))
    one = carrying.order_by(own.seq.desc()).limit(1).scalar_subquery()
    query = select(stamped.language, stamped.at).where(stamped.document_id == one, stamped.step == DISTRIBUTED)
    return {row.language: row.at for row in books.connection.execute(query)}


def known(books: Books, symbols: Collection[str]) -> set[str]:
    """Which of these canonical symbols are of documents that stand; void ones do not."""
    query = select(DOCUMENT.c.symbol).where(DOCUMENT.c.symbol.in_(symbols), DOCUMENT.c.void_on.is_(None))
    return set(books.connection.execute(query).scalars()) if symbols else set()
