"""Letters of a matter, and the post: rows that wait to be carried, and rows that were. Nothing here opens anything."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, exists, func, select, text, update
from sqlalchemy.dialects.postgresql import insert

from records.books import Books
from records.once import once
from records.tables import LETTER, POST_IN, POST_OUT

LETTER_SORT, TAKEN, REPLY = "letter", "taken", "reply"
KEY, SIGNED, ENDED, LEFT = "key", "signed", "ended", "left"


@dataclass(frozen=True, slots=True)
class LetterRow:
    """One letter of a matter. To whom it went is sealed in the text `text_id`.

    `taken_on`: the addressee opened it at the other door. `came_on`: the day the answer was written there; its row is `reply_id`.
    """

    id: UUID
    matter_id: UUID
    text_id: UUID
    epoch: int
    served_on: date
    answer_by: date | None
    taken_on: date | None = None
    reply_id: UUID | None = None
    came_on: date | None = None


@dataclass(frozen=True, slots=True)
class PostRow:
    """One row of the post as it is carried. `told` only of keys: what is public of them."""

    id: UUID
    sort: str
    addressee_id: UUID
    made_on: date
    letter_id: UUID | None = None
    sealed: bytes | None = field(default=None, repr=False)
    key_sealed: bytes | None = field(default=None, repr=False)
    told: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """A letter as it lies at the council's door."""

    letter_id: UUID
    came_on: date
    read_on: date | None
    answered_on: date | None
    sealed: bytes = field(repr=False)
    key_sealed: bytes = field(repr=False)


_POST = tuple(PostRow.__dataclass_fields__)
_LETTERS = select(*(LETTER.c[name] for name in LetterRow.__dataclass_fields__))
_OF_MATTER = _LETTERS.where(LETTER.c.matter_id == bindparam("matter")).order_by(LETTER.c.served_on, LETTER.c.id)
_WAITING = select(*(POST_OUT.c[name] for name in _POST)).order_by(POST_OUT.c.made_on, POST_OUT.c.id)
_RECEIVED = select(*(POST_IN.c[name] for name in Received.__dataclass_fields__)).where(POST_IN.c.sort == LETTER_SORT)


def add(books: Books, row: LetterRow) -> None:
    """Write down that a letter was served."""
    books.connection.execute(insert(LETTER).values({name: getattr(row, name) for name in LetterRow.__dataclass_fields__}))


@once
def of_matter(books: Books, matter_id: UUID) -> list[LetterRow]:
    """A matter's letters, oldest first."""
    return [LetterRow(*row) for row in books.connection.execute(_OF_MATTER, {"matter": matter_id})]


def letter(books: Books, letter_id: UUID) -> LetterRow | None:
    """One letter, as far as row-level security shows it; None: there is none, or no more."""
    row = books.connection.execute(_LETTERS.where(LETTER.c.id == letter_id)).one_or_none()
    return None if row is None else LetterRow(*row)


def taken(books: Books, letter_id: UUID, on: date) -> None:
    """The addressee opened it first on that day."""
    untaken = (LETTER.c.id == letter_id) & LETTER.c.taken_on.is_(None)
    books.connection.execute(update(LETTER).where(untaken).values(taken_on=on))


def answered(books: Books, letter_id: UUID, reply_id: UUID, on: date) -> bool:
    """Its answer is that row, written on that day. False: it has one already."""
    waiting = (LETTER.c.id == letter_id) & LETTER.c.reply_id.is_(None)
    done = books.connection.execute(update(LETTER).where(waiting).values(reply_id=reply_id, came_on=on))
    return done.rowcount == 1


def reply(books: Books, reply_id: UUID) -> bytes | None:
    """The sealed bytes of an answer."""
    query = select(POST_IN.c.sealed).where(POST_IN.c.id == reply_id, POST_IN.c.sort == REPLY)
    kept: bytes | None = books.connection.execute(query).scalar_one_or_none()
    return kept


def post(books: Books, row: PostRow) -> None:
    """Put a row where the flows fetch it."""
    books.connection.execute(insert(POST_OUT).values({name: getattr(row, name) for name in _POST}))


def post_once(books: Books, row: PostRow) -> None:
    """The same, unless a row of this id waits already."""
    values = {name: getattr(row, name) for name in _POST}
    books.connection.execute(insert(POST_OUT).values(values).on_conflict_do_nothing(index_elements=["id"]))


def anything_waits(books: Books, before: date) -> bool:
    """Whether a row was made before that day."""
    query = select(exists().where(POST_OUT.c.made_on < before))
    return bool(books.connection.execute(query).scalar_one())


def waiting(books: Books, before: date, most: int) -> list[PostRow]:
    """The oldest rows that were made before that day, as they are."""
    rows = books.connection.execute(_WAITING.where(POST_OUT.c.made_on < before).limit(most))
    return [PostRow(**row._mapping) for row in rows]


def receive(books: Books, row: PostRow) -> bool:
    """Keep a row that was carried here, byte for byte. False: it had come already."""
    values = {name: getattr(row, name) for name in _POST} | {"came_on": books.today}
    kept = insert(POST_IN).values(values).on_conflict_do_nothing()
    # without RETURNING: that needs a right to look, which whoever carries the post has not
    return books.connection.execute(kept, execution_options={"preserve_rowcount": True}).rowcount == 1


def fetched(books: Books, ids: list[UUID]) -> None:
    """Take away what was carried and is kept at the other side."""
    books.connection.execute(delete(POST_OUT).where(POST_OUT.c.id.in_(ids)))


def as_addressee(books: Books, person: UUID) -> None:
    """Tell row-level security, until the transaction ends, whose letters are asked for."""
    books.connection.execute(text("SELECT set_config('amparo.person', :id, true)"), {"id": str(person)})


def received(books: Books) -> list[Received]:
    """The letters of whoever was told to row-level security, newest first."""
    rows = books.connection.execute(_RECEIVED.order_by(POST_IN.c.came_on.desc(), POST_IN.c.id))
    return [Received(*row) for row in rows]


def received_one(books: Books, letter_id: UUID, *, hold: bool = False) -> Received | None:
    """One of them, locked if asked; None: it is somebody else's, or is not there."""
    query = _RECEIVED.where(POST_IN.c.letter_id == letter_id)
    row = books.connection.execute(query.with_for_update() if hold else query).one_or_none()
    return None if row is None else Received(*row)


def read(books: Books, letter_id: UUID, *, done: bool) -> None:
    """It was opened today; `done`: no answer is asked for."""
    values = {"read_on": books.today} | ({"done_on": books.today} if done else {})
    _change(books, letter_id, values)


def sent_answer(books: Books, letter_id: UUID) -> None:
    """It was answered today."""
    _change(books, letter_id, {"answered_on": books.today, "done_on": books.today})


def _change(books: Books, letter_id: UUID, values: Mapping[str, date]) -> None:
    mine = (POST_IN.c.letter_id == letter_id) & (POST_IN.c.sort == LETTER_SORT)
    books.connection.execute(update(POST_IN).where(mine).values(**values))


def purge(books: Books, done: int, kept: int) -> int:
    """Destroy letters that were done `done` days ago or came `kept` days ago, and what was carried and is of no more use."""
    return int(books.connection.execute(select(func.purge_post(books.today, done, kept))).scalar_one())
