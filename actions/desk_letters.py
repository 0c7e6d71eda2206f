"""The letters of a matter as who has a seat sees them: to whom each went, what the post told of it, and the answer."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from actions.kinds.serving import post_of
from actions.letters import letters_of, read_answer
from actions.sealing import Reader
from records import matters
from records.books import Books
from records.vault import NotThisRow, Unreadable


@dataclass(frozen=True, slots=True)
class Sent:
    """One letter. `text`: the copy of it that is kept here; `act`: the one that served it.

    `opened_on`: the day its addressee opened it, as far as the post has told. `answered_on`: the day of the answer. `waits`:
    nobody has said yet what the answer was; then `answer` is what it says, opened in place. None: there is none, it was kept as a
    text of its own, or its bytes are damaged.
    """

    id: UUID
    text: UUID
    to: str = field(repr=False)
    act: str
    served_on: date
    answer_by: date | None
    opened_on: date | None
    answered_on: date | None
    waits: bool
    answer: str | None = field(repr=False)


def letters_in(books: Books, reader: Reader, matter_id: UUID, opened: Mapping[UUID, str | None]) -> tuple[Sent, ...]:
    """The letters of a matter that is being opened, oldest first. `opened`: its texts by id."""
    rows = letters_of(books, matter_id)
    if not rows:
        return ()
    post = post_of(matters.history(books, matter_id))
    found = []
    for row in rows:
        waits = row.came_on is not None and row.id not in post.taken
        found.append(
            Sent(
                id=row.id,
                text=row.text_id,
                to=_name(opened.get(row.text_id)),
                act=post.served_by.get(row.id, ""),
                served_on=row.served_on,
                answer_by=row.answer_by,
                opened_on=row.taken_on,
                answered_on=row.came_on,
                waits=waits,
                answer=_answer(books, reader, matter_id, row.id) if waits else None,
            )
        )
    return tuple(found)


def _name(copy: str | None) -> str:
    return "" if copy is None else str(json.loads(copy)["to"])


def _answer(books: Books, reader: Reader, matter_id: UUID, letter: UUID) -> str | None:
    try:
        return read_answer(books, matter_id, reader, letter)
    except (NotThisRow, Unreadable):
        return None
