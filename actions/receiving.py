"""Files: sealed while they arrive, in pieces, each in its own short transaction; nothing is on a disk in clear.

A file that breaks off is taken away. What a killed process leaves behind is whole for nobody: it has no end mark, is not
shown, and goes when anybody next comes with the same words, after STALE.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import ClassVar, Final
from uuid import UUID, uuid4

from actions.intake import own_matter
from actions.kernel.actor import VISITORS_OWN, Actor
from actions.kernel.callers import Visitor
from actions.kernel.kind import Act, Nothing
from actions.kernel.move import move_in
from actions.kernel.step import subject_of
from actions.kinds.sealed import FileCame
from actions.office import Office
from actions.sealing import Reader, writing_epoch
from policies.refusal import Refusal
from records import filing, matters, sealed
from records.books import Books
from records.matters import Matter, NotFound
from records.sealed import FileRow
from records.vault import (
    FILE_CONTENT,
    FILE_KEY,
    FILE_NAME,
    Author,
    Context,
    Epoch,
    FileSealer,
    Secret,
    Visibility,
    new_file_key,
    open_file,
    open_text,
    seal_text,
)
from states.machine import NoSuchMove

MOST_BYTES: Final = 100 * 1024 * 1024
"""Of one file."""
MOST_FILES: Final = 50
"""In one matter: the disk is for statements first."""
STALE: Final = timedelta(hours=1)
"""Wall time after which a file that never became whole is litter. No upload of ours may take so long."""
LONGEST_NAME: Final = 200
"""Characters; file systems take 255 bytes."""


class FileTooLarge(Refusal):
    """More bytes than we keep of one file."""

    code: ClassVar[str] = "file_too_large"
    status: ClassVar[int] = 413


class TooManyFiles(Refusal):
    """This matter has as many files as we keep."""

    code: ClassVar[str] = "too_many_files"


@dataclass(slots=True)
class Upload:
    """A file under way: where it goes, and what is left to seal."""

    office: Office
    visitor: Visitor = field(repr=False)
    id: UUID
    matter: UUID
    sealer: FileSealer = field(repr=False)
    pieces: int = 0
    size: int = 0

    def take(self, chunk: bytes) -> None:
        """Seal and keep some more bytes. Raises FileTooLarge, then nothing more may come."""
        self.size += len(chunk)
        if self.size > MOST_BYTES:
            raise FileTooLarge(most=MOST_BYTES)
        self._keep(self.sealer.push(chunk))

    def _keep(self, content: bytes) -> None:
        if content:
            with self.office.open() as books:
                self.visitor.enter(books, self.matter)
                self._add(books, content)

    def _add(self, books: Books, content: bytes) -> None:
        sealed.add_chunk(books, self.id, self.matter, self.pieces, content)
        self.pieces += 1

    def finish(self) -> None:
        """Keep the rest: from now on the file is part of the matter, and her message as any other."""
        with self.office.open() as books:
            own, _ = own_matter(books, self.visitor)
            self._add(books, self.sealer.finish())
            move_in(self.office, books, own, "message", FileCame(file=self.id), by=self.visitor)

    def give_up(self) -> None:
        """Take away all that was kept of it."""
        with self.office.open() as books:
            self.visitor.enter(books, self.matter)
            sealed.drop_file(books, self.id)


def begin(office: Office, visitor: Visitor, name: str) -> Upload:
    """Begin to receive a file of hers.

    Raises NotFound; NoSuchMove or MoveRefused where she cannot write any more; TooManyFiles.
    """
    with office.open() as books:
        own, actor = own_matter(books, visitor)
        matter = matters.lock(books, [own])[own]
        _require_open(office, books, matter, actor)
        filing.drop_cut_off(books, own, books.wall - STALE)
        if len(sealed.files(books, own)) >= MOST_FILES:
            raise TooManyFiles(most=MOST_FILES)
        epoch, key, row = writing_epoch(books, own, actor), new_file_key(), uuid4()
        author, seen = Author.VISITOR, Visibility.SHARED
        kept = seal_text(epoch.content_key, key.reveal(), Context(FILE_KEY, row, own, epoch.number, author, seen))
        called = _context_of_name(row, own, epoch, author, seen)
        name_sealed = seal_text(epoch.content_key, plain_name(name).encode(), called)
        kind = (author.value, seen.value)
        arriving = FileRow(row, own, epoch.number, *kind, name_sealed, kept, False, books.wall, books.today, actor.comer)
        sealed.add_file(books, arriving)
        return Upload(office, visitor, row, own, FileSealer(key, _content(arriving)))


def content_of(office: Office, visitor: Visitor, file_id: UUID) -> tuple[str, Iterator[bytes]]:
    """The name and the bytes of a file in her matter. Raises NotFound before a byte of it.

    The bytes break off by raising, and never end, where they were damaged or cut.
    """
    with office.open() as books:
        own, actor = own_matter(books, visitor)
        shared = (row for row in sealed.files(books, own) if row.visibility == Visibility.SHARED)
        row = next((row for row in shared if row.id == file_id), None)
        if row is None:
            raise NotFound()
        reader = Reader(books, own, actor)
        name, key = name_of(reader, row), _key_of(reader, row)
    return name, _bytes(office, visitor, row, key)


def name_of(reader: Reader, row: FileRow) -> str:
    """What a file is called."""
    epoch = reader.epoch(row.epoch)
    context = _context_of_name(row.id, row.matter_id, epoch, Author(row.author), Visibility(row.visibility))
    return open_text(epoch.content_key, row.name_sealed, context).decode()


def plain_name(name: str) -> str:
    """A file's name as we keep it: without folders, line breaks, and signs that cannot be seen or turn the writing round.

    >>> plain_name("../../etc/pass\\u202ewd.txt")
    'passwd.txt'
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(sign for sign in last if unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
    return seen.strip(" .")[:LONGEST_NAME] or "file"


def _bytes(office: Office, visitor: Visitor, row: FileRow, key: Secret) -> Iterator[bytes]:
    with office.open() as books:
        visitor.enter(books, row.matter_id)
        yield from open_file(key, _content(row), sealed.chunks(books, row.id))


def _key_of(reader: Reader, row: FileRow) -> Secret:
    epoch = reader.epoch(row.epoch)
    context = Context(FILE_KEY, row.id, row.matter_id, row.epoch, Author(row.author), Visibility(row.visibility))
    return Secret(open_text(epoch.content_key, row.key_sealed, context))


def _content(row: FileRow) -> Context:
    return Context(FILE_CONTENT, row.id, row.matter_id, row.epoch, Author(row.author), Visibility(row.visibility))


def _context_of_name(row: UUID, matter: UUID, epoch: Epoch, author: Author, seen: Visibility) -> Context:
    return Context(FILE_NAME, row, matter, epoch.number, author, seen)


def _require_open(office: Office, books: Books, matter: Matter, actor: Actor) -> None:
    """A file is a message: where she can write, she can send one. Asked before a byte is taken, and again at its end."""
    subject = subject_of(office.kinds, books, matter)
    grants, possible = subject.policy.access, subject.kind.table.moves_from(matter.state)
    hers = [move.trigger for move in possible if VISITORS_OWN in grants.get(move.trigger, ())]
    if "message" not in hers:
        raise NoSuchMove(matter.kind, "message", matter.state, hers)
    act = Act("message", Nothing(), actor, books.today, books.now)
    subject.kind.machine.advance(matter.state, "message", subject.kind.facts(books, matter, act))
