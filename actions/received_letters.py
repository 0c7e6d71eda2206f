"""Letters at the council's door: what lies there for somebody, reading one, and answering it once.

Nothing here knows a case or how many there are: a letter tells the day it came and what is sealed in it. No ledger entry is
written of a letter: the house's ledger is read by many, and would tell who got one.
"""

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar
from uuid import UUID, uuid4

from actions.letter_keys import enter_as_addressee, lent_key, require_key
from actions.replays import Answer, Repeatable, once
from actions.sessions import Door, SignedIn
from policies.refusal import Refusal
from records import letters
from records.books import Books
from records.letters import PostRow, Received
from records.matters import NotFound
from records.vault import HolderKey, Letter, NotThisRow, Served, Unreadable, open_letter, seal_answer


class LetterAnswered(Refusal):
    """This letter has its answer. There is one, and nobody can open or change it at this door."""

    code: ClassVar[str] = "letter_answered"


class LetterNotForThisKey(Refusal):
    """It was sealed to a key that the person has no longer. Only the office can send it again."""

    code: ClassVar[str] = "letter_not_for_this_key"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A letter in the list. `answer_by` None: no answer is asked for, or (`closed`) this session cannot open it."""

    id: UUID
    came_on: date
    read_on: date | None
    answered_on: date | None
    answer_by: date | None
    is_late: bool
    closed: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """A letter as its addressee reads it. `sender` of the office."""

    waiting: Waiting
    sender: str
    text: str = field(repr=False)


def waiting_letters(door: Door, who: SignedIn) -> tuple[Waiting, ...]:
    """What lies here for this person, newest first. That is no reading. Raises NoLetters, NotAllowed."""
    with door.office.open() as books:
        enter_as_addressee(books, who.person)
        key = lent_key(books, who)
        return tuple(_waiting(books, row, _told(row, key)) for row in letters.received(books))


def read_letter(door: Door, who: SignedIn, letter_id: UUID) -> Opened:
    """Open one. The office learns the day of the first time, and nothing of later ones.

    Raises NoLetters, NotAllowed, NotFound, LetterKeyClosed, LetterNotForThisKey.
    """
    with door.office.open() as books:
        enter_as_addressee(books, who.person)
        row = _one(books, letter_id, hold=True)
        told = json.loads(_opened(row, require_key(books, who)).text)
        if row.read_on is None:
            letters.read(books, letter_id, done=told["answer_by"] is None)
            letters.post(books, PostRow(uuid4(), letters.TAKEN, who.person, books.today, letter_id))
            row = _one(books, letter_id)
        return Opened(_waiting(books, row, told), told["from"], told["text"])


def answer(door: Door, who: SignedIn, letter_id: UUID, text: str, *, request: Repeatable | None = None) -> None:
    """Seal an answer to the case and put it into the post. Nobody at this door can open it again, not even who wrote it.

    It is sent once: with `request`, also if that comes again. Raises NoLetters, NotAllowed, NotFound, LetterKeyClosed,
    LetterNotForThisKey, LetterAnswered, KeyReused; then nothing was written.
    """
    with door.office.open() as books:
        enter_as_addressee(books, who.person)
        row = _one(books, letter_id, hold=True)

        def first() -> Answer:
            if row.answered_on is not None:
                raise LetterAnswered()
            served, reply = _opened(row, require_key(books, who)), uuid4()
            sealed = seal_answer(text.encode(), reply, letter_id, served)
            letters.post(books, PostRow(reply, letters.REPLY, who.person, books.today, letter_id, sealed))
            letters.sent_answer(books, letter_id)
            return {}

        once(books, request, first, by=who.person)


def require_letter(door: Door, who: SignedIn, letter_id: UUID) -> None:
    """Raise NotFound unless such a letter lies here for this person; NoLetters, NotAllowed."""
    with door.office.open() as books:
        enter_as_addressee(books, who.person)
        _one(books, letter_id)


def _one(books: Books, letter_id: UUID, *, hold: bool = False) -> Received:
    row = letters.received_one(books, letter_id, hold=hold)
    if row is None:
        raise NotFound()
    return row


def _opened(row: Received, key: HolderKey) -> Served:
    try:
        return open_letter(key.box, Letter(row.sealed, row.key_sealed), row.letter_id)
    except (NotThisRow, Unreadable):
        raise LetterNotForThisKey() from None


def _told(row: Received, key: HolderKey | None) -> dict[str, Any] | None:
    """What is in it; None: this session cannot open it."""
    if key is None:
        return None
    try:
        told: dict[str, Any] = json.loads(_opened(row, key).text)
    except LetterNotForThisKey:
        return None
    return told


def _waiting(books: Books, row: Received, told: dict[str, Any] | None) -> Waiting:
    day = None if told is None or told["answer_by"] is None else date.fromisoformat(told["answer_by"])
    late = day is not None and row.answered_on is None and day < books.today
    return Waiting(row.letter_id, row.came_on, row.read_on, row.answered_on, day, is_late=late, closed=told is None)
