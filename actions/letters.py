"""Letters of the office: to whom one can be served, serving it, and opening the answer.

The text is sealed to the addressee's signed key; the answer comes back sealed to the case. What crosses tells no matter, and in
the office's own database nothing says in clear to whom a letter of a matter went.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar, Final
from uuid import UUID, uuid4

from actions.kernel.kind import Act
from actions.sealing import NoCeremony, Reader, write_text, writing_epoch
from policies.letters import LetterRules
from policies.refusal import Refusal
from records import addressees as keys
from records import letters, people, seats
from records.addressees import AddresseeRow
from records.books import Books
from records.letters import LetterRow, PostRow
from records.matters import Matter, NotFound
from records.vault import SERVED_COPY, Author, PublicKey, Visibility, enrolling_keys, open_answer
from records.vault import serve as seal_letter

__all__ = ["Addressee", "LetterRow", "addressees", "letters_of", "read_answer", "serve"]
REPLY_CAME: Final = "reply_came"
"""The trigger by which a matter learns that an answer arrived, where its table knows it."""


class AddresseeWithoutKey(Refusal):
    """Nobody of this id has a letter key that somebody of the office compared and signed, and that counts today."""

    code: ClassVar[str] = "addressee_without_key"
    status: ClassVar[int] = 422


class AnswerByTooFar(Refusal):
    """The day by which the answer is asked for is past, or later than a letter is kept for."""

    code: ClassVar[str] = "answer_by_too_far"
    status: ClassVar[int] = 422


class NoLetters(Refusal):
    """This house serves no letters by this product."""

    code: ClassVar[str] = "no_letters"
    status: ClassVar[int] = 404


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody to whom a letter can be served today. `office` is their role in the house when the key was made."""

    id: UUID
    name: str
    office: str
    language: str


def rules_of(books: Books) -> LetterRules:
    """The pack's rules. Raises NoLetters."""
    if books.pack.letters is None:
        raise NoLetters()
    return books.pack.letters


def signed_addressees(books: Books) -> Mapping[UUID, AddresseeRow]:
    """The key that counts of each person: of those signed by a holder who may enrol, and not ended, the newest.

    Raises NoCeremony.
    """
    if books.trust is None:
        raise NoCeremony()
    signers = enrolling_keys(seats.signed_keys(books), books.trust.ceremony)
    found: dict[UUID, AddresseeRow] = {}
    for row in keys.everyone(books):
        if row.person_id not in found and _counts(books, row, signers):
            found[row.person_id] = row
    return found


def _counts(books: Books, row: AddresseeRow, signers: frozenset[bytes]) -> bool:
    if row.ended_on is not None and row.ended_on <= books.today:
        return False
    if row.signed_by is None or row.signature is None or row.signed_by not in signers:
        return False
    return row.key.is_signed(row.signed_by, row.signature)


def addressees(books: Books) -> tuple[Addressee, ...]:
    """Everybody to whom a letter can be served today, by name. None in a house without letters."""
    if books.pack.letters is None:
        return ()
    found = signed_addressees(books).values()
    return tuple(Addressee(row.person_id, row.name, row.office, row.language) for row in found)


def serve(books: Books, matter: Matter, act: Act, text: str, to: UUID, *, answer_by: date | None) -> UUID:
    """Seal a letter to an addressee and put it into the post, with a copy for the office in the matter; return its id.

    It lies at the other door after the post's hour of the next working day. Raises AddresseeWithoutKey, AnswerByTooFar,
    NoLetters.
    """
    rules, row = rules_of(books), signed_addressees(books).get(to)
    if row is None:
        raise AddresseeWithoutKey()
    last = books.today + timedelta(days=rules.most_days_to_answer)
    if answer_by is not None and not books.today <= answer_by <= last:
        raise AnswerByTooFar(first=books.today, last=last)
    letter, epoch = uuid4(), writing_epoch(books, matter.id, act.by)
    by, day = act.by.person, None if answer_by is None else answer_by.isoformat()
    sender = people.names(books, [by])[by] if by is not None else ""
    told = json.dumps({"text": text, "answer_by": day, "from": sender}, ensure_ascii=False)
    kept = seal_letter(told.encode(), letter, PublicKey(row.box), epoch.pair.public, epoch.number)
    copy = json.dumps({"to": row.name, "text": text, "answer_by": day, "person": str(to)}, ensure_ascii=False)
    text_id = write_text(books, matter.id, epoch, SERVED_COPY, copy, author=Author.OFFICE, visibility=Visibility.OFFICE, by=by)
    letters.add(books, LetterRow(letter, matter.id, text_id, epoch.number, books.today, answer_by))
    letters.post(books, PostRow(uuid4(), letters.LETTER_SORT, to, books.today, letter, kept.document, kept.key))
    return letter


def letters_of(books: Books, matter_id: UUID) -> tuple[LetterRow, ...]:
    """A matter's letters, oldest first: days alone. To whom one went stands in its copy, `text_id`."""
    return tuple(letters.of_matter(books, matter_id))


def read_answer(books: Books, matter_id: UUID, reader: Reader, letter_id: UUID) -> str:
    """Open the answer to a letter. Raises NotFound where none came; NotThisRow or Unreadable for damage."""
    row = _of(books, matter_id, letter_id)
    kept = None if row.reply_id is None else letters.reply(books, row.reply_id)
    if row.reply_id is None or kept is None:
        raise NotFound()
    return open_answer(reader.epoch(row.epoch).pair, kept, row.reply_id, row.id, row.epoch).decode()


def _of(books: Books, matter_id: UUID, letter_id: UUID) -> LetterRow:
    found = next((row for row in letters.of_matter(books, matter_id) if row.id == letter_id), None)
    if found is None:
        raise NotFound()
    return found


def last_day_to_answer(books: Books, due: date) -> date:
    """The last day to tell an addressee so that an answer written then is in the office on `due`, or before.

    The post of a working day carries what was written before that day.
    """
    return books.calendar().previous_working(due) - timedelta(days=1)
