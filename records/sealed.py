"""Sealed texts, files and identities as rows. Nothing here opens anything."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, func, insert, select, update

from records.books import Books
from records.once import once
from records.tables import CONSENT, SEALED_CHUNK, SEALED_FILE, SEALED_IDENTITY, SEALED_TEXT
from records.there import where_any


@dataclass(frozen=True, slots=True)
class TextRow:
    """One sealed text."""

    id: UUID
    matter_id: UUID
    seq: int
    slot: str
    epoch: int
    author: str
    visibility: str
    sealed: bytes
    made_on: date
    by_person: UUID | None
    comer_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class FileRow:
    """One sealed file without its content."""

    id: UUID
    matter_id: UUID
    epoch: int
    author: str
    visibility: str
    name_sealed: bytes
    key_sealed: bytes
    whole: bool
    arrived_at: datetime
    made_on: date
    comer_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class IdentityRow:
    """Who somebody is who came, sealed under a key of its own.

    `ring` None: the seats hold that key. Else it is sealed (`ring_sealed`) to the public key `ring`, whose other half they hold.
    """

    id: UUID
    matter_id: UUID
    public: bytes
    sealed: bytes
    key_sealed: bytes | None
    comer_id: UUID
    ring: bytes | None = None
    ring_sealed: bytes | None = None

    @property
    def held(self) -> bytes:
        """The public half of the key that the seats hold, by which this identity opens at once or in two steps."""
        return self.public if self.ring is None else self.ring


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """Something that she was asked to agree to. What it is, for whom and for what is the sealed text `text_id`.

    `until`: the last day on which a yes can be used; compared with today, so that nothing has to be written when it passes.
    `mark`: what was asked, hashed under a key of the case; None: asked before purposes were told, and good for nothing.
    """

    id: UUID
    matter_id: UUID
    text_id: UUID
    status: str
    asked_on: date
    answered_on: date | None
    until: date
    used_on: date | None
    mark: bytes | None = field(repr=False)


_TEXTS = select(*(SEALED_TEXT.c[name] for name in TextRow.__dataclass_fields__))
_TEXTS = _TEXTS.where(SEALED_TEXT.c.matter_id == bindparam("matter")).order_by(SEALED_TEXT.c.seq)
_FILES = select(*(SEALED_FILE.c[name] for name in FileRow.__dataclass_fields__))
_FILES = _FILES.where(SEALED_FILE.c.matter_id == bindparam("matter"), SEALED_FILE.c.whole).order_by(SEALED_FILE.c.arrived_at)
_IDENTITY = select(*(SEALED_IDENTITY.c[name] for name in IdentityRow.__dataclass_fields__))
_IDENTITY = _IDENTITY.where(SEALED_IDENTITY.c.matter_id == bindparam("matter")).order_by(SEALED_IDENTITY.c.ring.is_not(None))
_CONSENTS = select(*(CONSENT.c[name] for name in ConsentRow.__dataclass_fields__))
_CONSENTS = _CONSENTS.where(CONSENT.c.matter_id == bindparam("matter")).order_by(CONSENT.c.asked_on, CONSENT.c.id)


def _columns(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in type(row).__dataclass_fields__}


def next_seq(books: Books, matter_id: UUID) -> int:
    """The number of the next text of a matter (which is locked)."""
    query = select(func.coalesce(func.max(SEALED_TEXT.c.seq), 0) + 1).where(SEALED_TEXT.c.matter_id == matter_id)
    number: int = books.connection.execute(query).scalar_one()
    return number


def add_text(books: Books, row: TextRow) -> None:
    """Keep a sealed text."""
    books.connection.execute(insert(SEALED_TEXT).values(_columns(row)))


def texts(books: Books, matter_id: UUID, slots: Iterable[str] | None = None) -> list[TextRow]:
    """A matter's texts in order; only of some slots, if named."""
    query = _TEXTS if slots is None else _TEXTS.where(SEALED_TEXT.c.slot.in_(list(slots)))
    return [TextRow(*row) for row in books.connection.execute(query, {"matter": matter_id})]


def last_day(books: Books, matter_ids: Iterable[UUID]) -> date | None:
    """The last day on which a text or a whole file came into one of these matters, as far as whoever asks sees any."""
    ids = list(matter_ids)
    texts_on = select(func.max(SEALED_TEXT.c.made_on)).where(SEALED_TEXT.c.matter_id.in_(ids)).scalar_subquery()
    files_on = select(func.max(SEALED_FILE.c.made_on)).where(SEALED_FILE.c.matter_id.in_(ids), SEALED_FILE.c.whole)
    day: date | None = books.connection.execute(select(func.greatest(texts_on, files_on.scalar_subquery()))).scalar_one()
    return day


def add_file(books: Books, row: FileRow) -> None:
    """Keep a file that begins to arrive, or is whole."""
    books.connection.execute(insert(SEALED_FILE).values(_columns(row)))


def add_chunk(books: Books, file_id: UUID, matter_id: UUID, seq: int, content: bytes) -> None:
    """Keep one sealed piece of a file."""
    values = {"file_id": file_id, "matter_id": matter_id, "seq": seq, "content_sealed": content}
    books.connection.execute(insert(SEALED_CHUNK).values(**values))


def made_whole(books: Books, file_id: UUID) -> None:
    """The last piece has come."""
    books.connection.execute(update(SEALED_FILE).where(SEALED_FILE.c.id == file_id).values(whole=True))


def drop_file(books: Books, file_id: UUID) -> None:
    """Take away a file that was cut off or refused, with all its pieces."""
    books.connection.execute(delete(SEALED_FILE).where(SEALED_FILE.c.id == file_id))


@where_any("sealed_file", list)
def files(books: Books, matter_id: UUID) -> list[FileRow]:
    """A matter's whole files."""
    return [FileRow(*row) for row in books.connection.execute(_FILES, {"matter": matter_id})]


def chunks(books: Books, file_id: UUID) -> Iterator[bytes]:
    """A file's sealed pieces in order, a few in memory at a time."""
    query = select(SEALED_CHUNK.c.content_sealed).where(SEALED_CHUNK.c.file_id == file_id).order_by(SEALED_CHUNK.c.seq)
    rows = books.connection.execution_options(yield_per=4).execute(query)
    return (row[0] for row in rows)


def add_identity(books: Books, row: IdentityRow) -> None:
    """Keep who she is."""
    books.connection.execute(insert(SEALED_IDENTITY).values(_columns(row)))


@where_any("sealed_identity", list)
def identities(books: Books, matter_id: UUID) -> list[IdentityRow]:
    """Who they are who came, of those who said."""
    return [IdentityRow(*row) for row in books.connection.execute(_IDENTITY, {"matter": matter_id})]


def identity(books: Books, matter_id: UUID) -> IdentityRow | None:
    """Who the one is whose key the seats hold, if anybody said."""
    return next(iter(identities(books, matter_id)), None)


def ask_consent(books: Books, row: ConsentRow) -> None:
    """Put an exact text before her."""
    books.connection.execute(insert(CONSENT).values(_columns(row)))


@once
@where_any("consent", list)
def consents(books: Books, matter_id: UUID) -> list[ConsentRow]:
    """A matter's consents, in the order they were asked."""
    return [ConsentRow(*row) for row in books.connection.execute(_CONSENTS, {"matter": matter_id})]


def settle_consent(books: Books, consent_id: UUID, status: str) -> None:
    """Write down what became of a consent: given, refused, lapsed, taken_back or used. Of a yes that was used, her day stays."""
    values = {"status": status, "used_on" if status == "used" else "answered_on": books.today}
    books.connection.execute(update(CONSENT).where(CONSENT.c.id == consent_id).values(**values))
