"""The files of a matter at the desk: their names, and their bytes as a stream that breaks off on damage."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Final
from uuid import UUID

from actions.desk import enter
from actions.kernel.actor import Actor
from actions.kernel.callers import DeskPerson
from actions.office import Office
from actions.sealing import Reader
from policies.refusal import Refusal
from records import desk, sealed, seats
from records.books import Books
from records.matters import NotFound
from records.sealed import FileRow
from records.vault import (
    FILE_CONTENT,
    FILE_KEY,
    FILE_NAME,
    Author,
    Context,
    NotThisRow,
    Secret,
    Slot,
    Unreadable,
    Visibility,
    open_file,
    open_text,
)

PIECES: Final = 4
"""Pieces read at once; each is at most some hundred kilobytes."""


class FileDamaged(Refusal):
    """The file's bytes were changed, cut off or swapped with another's. Nothing of it is shown."""

    code: ClassVar[str] = "file_damaged"
    status: ClassVar[int] = 409


@dataclass(frozen=True, slots=True)
class Filed:
    """One file. `name` is hers, as she sent it; None: it cannot be opened."""

    id: UUID
    name: str | None = field(repr=False)
    author: str
    visibility: str
    on: date


@dataclass(frozen=True, slots=True)
class Download:
    """A file under way. `content` raises when it finds damage: whoever passes it on breaks off then, and does not end."""

    name: str = field(repr=False)
    content: Iterator[bytes] = field(repr=False)


def files_of(office: Office, kind: str, matter_id: UUID, *, by: DeskPerson) -> list[Filed]:
    """The files of a matter, oldest first. Opening their names is a reading. Raises NotFound."""
    with office.open() as books:
        actor, _ = enter(office, books, kind, matter_id, by)
        return files_in(books, actor, matter_id, by=by)


def files_in(books: Books, actor: Actor, matter_id: UUID, *, by: DeskPerson) -> list[Filed]:
    """The same of a matter that was entered already."""
    rows = sealed.files(books, matter_id)
    if not rows:
        return []
    seats.log_reading(books, matter_id, by.person)
    reader = Reader(books, matter_id, actor)
    return [Filed(row.id, _name_or_none(reader, row), row.author, row.visibility, row.made_on) for row in rows]


def download(office: Office, kind: str, matter_id: UUID, file_id: UUID, *, by: DeskPerson) -> Download:
    """Begin to open a file of this very matter (S18). The reading is logged and kept before the first byte is shown.

    Raises NotFound; FileDamaged when its name, key or first bytes do not open.
    """
    with office.open() as books:
        actor, _ = enter(office, books, kind, matter_id, by)
        row = desk.file(books, matter_id, file_id)
        if row is None:
            raise NotFound()
        try:
            reader = Reader(books, matter_id, actor)
            name, key = _name(reader, row), _key(reader, row)
        except (NotThisRow, Unreadable):
            raise FileDamaged() from None
        seats.log_reading(books, matter_id, by.person)
    content = _content(office, row, key, by)
    try:
        first = next(content, b"")
    except (NotThisRow, Unreadable):
        raise FileDamaged() from None
    return Download(name, _chained(first, content))


def _content(office: Office, row: FileRow, key: Secret, by: DeskPerson) -> Iterator[bytes]:
    """The file's bytes, whatever its size in constant memory."""
    yield from open_file(key, _context(FILE_CONTENT, row), _pieces(office, row, by))


def _pieces(office: Office, row: FileRow, by: DeskPerson) -> Iterator[bytes]:
    """The sealed pieces, a few a transaction: a slow reader holds no connection, and whose seat is taken away gets no more."""
    last = -1
    while True:
        with office.open() as books:
            seats.as_desk(books, by.person)
            found = desk.chunks_after(books, row.id, last, PIECES)
        if not found:
            return
        yield from (content for _, content in found)
        last = found[-1][0]


def _chained(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _context(slot: Slot, row: FileRow) -> Context:
    return Context(slot, row.id, row.matter_id, row.epoch, Author(row.author), Visibility(row.visibility))


def _name(reader: Reader, row: FileRow) -> str:
    return open_text(reader.epoch(row.epoch).content_key, row.name_sealed, _context(FILE_NAME, row)).decode()


def _name_or_none(reader: Reader, row: FileRow) -> str | None:
    try:
        return _name(reader, row)
    except (NotThisRow, Unreadable):
        return None


def _key(reader: Reader, row: FileRow) -> Secret:
    return Secret(open_text(reader.epoch(row.epoch).content_key, row.key_sealed, _context(FILE_KEY, row)))
