"""Somebody comes to the office, and comes back: the use cases of the intake door. One call is one transaction."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Literal
from uuid import UUID

from pydantic import SecretStr

from actions.front import Answers, Running, check, check_ticked, limits, protected_until, read_by_day
from actions.kernel import access
from actions.kernel.actor import VISITORS_OWN, Actor, as_visitor
from actions.kernel.callers import Visitor
from actions.kernel.kind import Kind, Payload
from actions.kernel.move import NotOffered, move_in
from actions.kernel.step import open_matter, subject_of
from actions.kinds.sealed import Filed
from actions.office import Office
from actions.replays import Answer, Repeatable, once
from actions.sealing import NoCeremony, own_epoch
from policies.refusal import Refusal
from policies.said import Said
from records import filing, matters, people, seats
from records.books import Books
from records.matters import NotFound
from records.seats import VISITOR
from records.vault import Locator, Receipt, Secret, locate, new_receipt, seat_context, seat_for
from states.clocks import OPEN

__all__ = [
    "Coming",
    "Receipt",
    "Received",
    "Track",
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

Track = Literal["complaint", "consultation"]


class UnknownLanguage(Refusal):
    """We have neither sentences nor words in this language."""

    code: ClassVar[str] = "language_not_spoken"
    status: ClassVar[int] = 422


@dataclass(frozen=True, slots=True)
class Coming:
    """What somebody brings. Only the statement is needed; `understood`: that talking to us is no official complaint."""

    track: Track
    language: str
    statement: SecretStr
    about: SecretStr | None = None
    must_not_see: SecretStr | None = None
    excluded: tuple[UUID, ...] = ()
    identity: SecretStr | None = None
    answers: Answers = field(default_factory=Answers)
    urgent: bool = False
    understood: bool = False


@dataclass(frozen=True, slots=True)
class Received:
    """What she is told once: her words, who can open it, by when somebody reads it, which limits may be running.

    `protected_until`: she can write with the same words at least until this day, also after the end.
    """

    track: Track
    receipt: Receipt
    readers: tuple[str, ...]
    read_by: date | None
    lines: tuple[Said, ...]
    limits: tuple[Running, ...]
    protected_until: date | None


def pepper_of(office: Office) -> Secret:
    """What makes words into a place. Raises NoCeremony if this door was not given it."""
    if office.trust is None or office.trust.pepper is None:
        raise NoCeremony()
    return office.trust.pepper


def visitor_of(office: Office, words: str) -> Visitor:
    """Whoever comes with these words, whatever they are: wrong, unknown and malformed ones lead to the same nowhere."""
    return Visitor(*locate(words, pepper_of(office)))


def receive(office: Office, coming: Coming, *, request: Repeatable | None, answer: Callable[[Received], Answer]) -> Answer:
    """Open a matter, sealed to whom she did not exclude, and answer with the words that lead back to it.

    Raises UnknownLanguage, UnknownChoice, NotYet, BeforeHistory, NotOffered, NoReader, NoCeremony, KeyReused; then nothing was
    written.
    """
    with office.open() as books:
        return once(books, request, lambda: answer(_receive(office, books, coming)))


def _receive(office: Office, books: Books, coming: Coming) -> Received:
    if coming.language not in books.pack.house.languages:
        raise UnknownLanguage(known=", ".join(books.pack.house.languages))
    check(books, coming.answers)
    if coming.track not in books.pack.kinds:
        raise NotOffered(kind=coming.track)
    check_ticked(books, coming.track, coming.excluded)
    receipt = new_receipt(coming.language)
    locator, pair = locate(receipt.written(), pepper_of(office))
    seats.as_words(books, locator)
    actor = as_visitor(None, pair)
    access.require(books.pack.kinds[coming.track], actor, OPEN, None, kind=coming.track)
    filed = _filed(coming, locator, pair.public.raw)
    matter = open_matter(office.kinds, books, coming.track, filed, by=actor, tied={})
    read_by = read_by_day(books, coming.track)
    return Received(
        coming.track,
        receipt,
        readers_of(books, matter.id),
        read_by.on,
        read_by.lines,
        limits(books, coming.answers),
        protected_until(books, books.pack.kinds[coming.track]),
    )


def _filed(coming: Coming, locator: bytes, public: bytes) -> Filed:
    told = coming.answers
    answers = {
        "urgent": coming.urgent,
        "personnel_class": told.personnel_class,
        "station": told.station,
        "decision_on": told.decision_on.isoformat() if told.decision_on else None,
    }
    return Filed(
        language=coming.language,
        statement=coming.statement,
        about=coming.about,
        answers=SecretStr(json.dumps(answers)),
        identity=coming.identity,
        must_not_see=coming.must_not_see,
        excluded=coming.excluded,
        understood=coming.understood,
        locator=locator,
        public=public,
    )


def readers_of(books: Books, matter_id: UUID) -> tuple[str, ...]:
    """The names of those who can open a matter, first handler first."""
    persons = dict.fromkeys(seat.person_id for seat in seats.of_matter(books, matter_id) if seat.person_id is not None)
    names = people.names(books, list(persons))
    return tuple(names[person] for person in persons)


def kind_of(office: Office, visitor: Visitor) -> Kind:
    """The kind of the matter that these words lead to. Raises NotFound."""
    with office.open() as books:
        return office.kinds[matters.find(books, own_matter(books, visitor)[0]).kind]


def hers(office: Office, visitor: Visitor) -> tuple[str, ...]:
    """All the acts that are ever hers in the matter of these words, in the table's order. Raises NotFound."""
    with office.open() as books:
        subject = subject_of(office.kinds, books, matters.find(books, own_matter(books, visitor)[0]))
        return tuple(str(name) for name in subject.kind.table.triggers if VISITORS_OWN in subject.policy.access[name])


def own_matter(books: Books, visitor: Visitor) -> tuple[UUID, Actor]:
    """The matter of these words, and whoever holds them. Raises NotFound."""
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
        own, _ = own_matter(books, visitor)

        def done() -> Answer:
            moved = move_in(office, books, own, trigger, payload, by=visitor, version=version)
            return {"kind": moved.kind, "state": moved.state, "version": moved.version}

        return once(books, request, done)


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
    own, actor = own_matter(books, visitor)
    matter = matters.lock(books, [own])[own]
    asked = language or str(office.kinds[matter.kind].show(books, matter)["language"])
    if asked not in books.pack.house.languages:
        raise UnknownLanguage(known=", ".join(books.pack.house.languages))
    receipt = new_receipt(asked)
    locator, pair = locate(receipt.written(), pepper_of(office))
    seat, epoch = seats.own(books, own, None), own_epoch(books, own, actor)
    if seat is None:
        raise NotFound()
    filing.give_up(books, own, VISITOR, at=books.now, but=seat.id)
    filing.reseal(books, seat.id, seat_for(epoch, pair.public, seat_context(seat.id, own, seat.epoch)))
    filing.change_words(books, own, Locator(locator), pair.public)
    return receipt
