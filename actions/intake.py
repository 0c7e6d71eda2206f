"""Somebody comes to the office, and comes back: the use cases of the intake door. One call is one transaction."""

from collections.abc import Callable
from typing import ClassVar, Final
from uuid import UUID

from actions.coming import (
    Coming,
    Received,
    Track,
    UnknownLanguage,
    file,
    name_fear,
    pepper_of,
    raise_alarm,
    readers_of,
)
from actions.kernel.actor import VISITORS_OWN, Actor
from actions.kernel.callers import Visitor
from actions.kernel.kind import Kind, Payload
from actions.kernel.move import lock_with_ties, move_in
from actions.kernel.step import subject_of
from actions.kinds.company import LEAVE, SAY_YES, company_of
from actions.kinds.complaint_acts import Consenting
from actions.kinds.danger import alarm_open_in
from actions.kinds.fear import said_so
from actions.office import Office
from actions.replays import Answer, Repeatable, once
from actions.sealing import own_epoch
from policies.refusal import Refusal
from records import comers, filing, matters, seats
from records.books import Books
from records.matters import NotFound
from records.seats import VISITOR
from records.vault import Locator, Receipt, locate, new_receipt, seat_context, seat_for

__all__ = [
    "Coming",
    "Receipt",
    "Received",
    "Track",
    "WordsMustChange",
    "act",
    "change_words",
    "hers",
    "kind_of",
    "own_matter",
    "pepper_of",
    "readers_of",
    "receive",
    "visitor_of",
]


AGREE: Final = "consent"
"""The act by which she agrees to a text."""


class WordsMustChange(Refusal):
    """Somebody typed for her and dictated these words, and may know them: they lead to new ones and to nothing else."""

    code: ClassVar[str] = "words_must_change"
    status: ClassVar[int] = 403


def visitor_of(office: Office, words: str) -> Visitor:
    """Whoever comes with these words, whatever they are: wrong, unknown and malformed ones lead to the same nowhere."""
    return Visitor(*locate(words, pepper_of(office)))


def receive(office: Office, coming: Coming, *, request: Repeatable | None, answer: Callable[[Received], Answer]) -> Answer:
    """Open a matter, sealed to whom she did not exclude, and answer with the words that lead back to it.

    Raises UnknownLanguage, UnknownChoice, NotYet, BeforeHistory, NotOffered, NoReader, TimeGone, NoCallThere, NoCeremony,
    KeyReused; then nothing was written.
    """
    with office.open() as books:
        return once(books, request, lambda: answer(file(office, books, coming)))


def kind_of(office: Office, visitor: Visitor) -> Kind:
    """The kind of the matter that these words lead to. Raises NotFound."""
    with office.open() as books:
        return office.kinds[matters.find(books, own_matter(books, visitor)[0]).kind]


def hers(office: Office, visitor: Visitor) -> tuple[str, ...]:
    """All the acts that are ever hers in the matter of these words, in the table's order. Raises NotFound."""
    with office.open() as books:
        subject = subject_of(office.kinds, books, matters.find(books, own_matter(books, visitor)[0]))
        return tuple(str(name) for name in subject.kind.table.triggers if VISITORS_OWN in subject.policy.access.get(name, ()))


def own_matter(books: Books, visitor: Visitor) -> tuple[UUID, Actor]:
    """The matter of these words, and whoever holds them. Raises NotFound, and WordsMustChange before anything of it is told."""
    own, actor = _led_to(books, visitor)
    if actor.comer is not None and seats.dictated(books, actor.comer):
        raise WordsMustChange()
    return own, actor


def _led_to(books: Books, visitor: Visitor) -> tuple[UUID, Actor]:
    actor = visitor.enter(books, None)
    if actor.own is None:
        raise NotFound()
    return actor.own, actor


def act(
    office: Office,
    visitor: Visitor,
    trigger: str,
    payload: Payload,
    *,
    request: Repeatable | None = None,
    version: int | None = None,
) -> Answer:
    """She does something in her own matter; the answer says where it is then. Raises as the kernel's `move`, and KeyReused."""
    with office.open() as books:
        own, herself = own_matter(books, visitor)

        def done() -> Answer:
            urgent = alarm_open_in(books, matters.find(books, own))
            said = _said(office, books, own, visitor, trigger, payload)
            moved = move_in(office, books, own, said, payload, by=visitor, version=version)
            if said == LEAVE and herself.comer is not None:
                comers.end_words(books, herself.comer)  # last: from here on they reach nothing
                return {"kind": moved.kind, "state": moved.state, "version": moved.version}
            if urgent:
                _follow_alarm(office, books, own, visitor)
            _follow_fear(office, books, own, visitor)
            return {"kind": moved.kind, "state": moved.state, "version": moved.version}

        return once(books, request, done)


def _said(office: Office, books: Books, own: UUID, visitor: Visitor, trigger: str, payload: Payload) -> str:
    """Her yes is the whole matter's only if it is the last; until then it is hers alone. Judged with the matter locked."""
    if trigger != AGREE or not isinstance(payload, Consenting):
        return trigger
    lock_with_ties(office, books, own)
    group, said = company_of(books, own, visitor.enter(books, own)), comers.yeses(books, own)
    return AGREE if all((payload.consent, one.id) in said for one in group.others) else SAY_YES


def _follow_alarm(office: Office, books: Books, before: UUID, visitor: Visitor) -> None:
    """Where what she did led her words to another matter, an alarm that nobody judged goes on there."""
    own, actor = own_matter(books, visitor)
    if own != before:
        raise_alarm(office, books, matters.find(books, own), actor)


def _follow_fear(office: Office, books: Books, before: UUID, visitor: Visitor) -> None:
    """Where what she did led her words to another matter, what she said of her fear when she came is said there."""
    own, actor = own_matter(books, visitor)
    if own != before and said_so(books, found := matters.find(books, own), actor):
        name_fear(office, books, found, actor)


def change_words(
    office: Office,
    visitor: Visitor,
    language: str | None = None,
    *,
    request: Repeatable | None,
    answer: Callable[[Receipt], Answer],
) -> Answer:
    """Give her other words; the old ones are dead at once, also for who has a copy of them and of the database.

    `language` None: that of the matter. Asked again with the same key, the old words get the same new ones: an answer lost on
    the way must not lock her out. Raises NotFound, UnknownLanguage.
    """
    with office.open() as books:
        return once(books, request, lambda: answer(_change_words(office, books, visitor, language)))


def _change_words(office: Office, books: Books, visitor: Visitor, language: str | None) -> Receipt:
    own, actor = _led_to(books, visitor)
    matter, comer = matters.lock(books, [own])[own], actor.comer
    if comer is None:
        raise NotFound()
    known_to_another = seats.dictated(books, comer)
    asked = language or str(office.kinds[matter.kind].show(books, matter)["language"])
    if asked not in books.pack.house.languages:
        raise UnknownLanguage(known=", ".join(books.pack.house.languages))
    receipt = new_receipt(asked)
    locator, pair = locate(receipt.written(), pepper_of(office))
    seat, epoch = seats.own(books, own, None, comer), own_epoch(books, own, actor)
    if seat is None:
        raise NotFound()
    filing.give_up(books, own, VISITOR, at=books.now, but=seat.id, comer=comer)
    filing.reseal(books, seat.id, seat_for(epoch, pair.public, seat_context(seat.id, own, seat.epoch)))
    if known_to_another:  # what is written from now on is under a key that the old words never opened
        seats.mark_stale(books, own)
    filing.change_words(books, comer, Locator(locator), pair.public)  # last: from here on the old words reach nothing
    return receipt
