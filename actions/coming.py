"""What somebody brings, and filing it: seats, exclusions, words and first acts, however it reaches us. Inside a transaction.

`actions/intake.py` files what she wrote herself, `actions/phoned.py` what was typed for her.
"""

import json
from dataclasses import dataclass, field, replace
from datetime import date
from typing import ClassVar, Final, Literal
from uuid import UUID

from pydantic import SecretStr

from actions.custody import guardians
from actions.front import Answers, Running, check, check_ticked, limits, protected_until, read_by_day
from actions.hours import hours
from actions.kernel import access
from actions.kernel.actor import Actor, as_visitor
from actions.kernel.kind import Payload
from actions.kernel.move import NotOffered
from actions.kernel.step import open_matter, step
from actions.kinds.danger import RAISE
from actions.kinds.fear import FEAR, YES
from actions.kinds.sealed import Filed
from actions.kinds.times import TAKE, TakeTime
from actions.office import Office
from actions.sealing import NoCeremony
from policies.refusal import Refusal
from policies.said import Said
from records import matters, people, seats
from records.books import Books
from records.comers import FOR_ANOTHER, OWN
from records.matters import Matter
from records.vault import KeyPair, Locator, Receipt, Secret, locate, new_receipt
from states.clocks import OPEN

Track = Literal["complaint", "consultation"]
Comes = Literal["alone", "with_others", "for_another"]
GROUPS: Final = "complaint"
"""The only track in which several people can be one matter."""


class UnknownLanguage(Refusal):
    """We have neither sentences nor words in this language."""

    code: ClassVar[str] = "language_not_spoken"
    status: ClassVar[int] = 422


class OnlyAlone(Refusal):
    """Nobody can come with others here, or for somebody else: each person has to come alone."""

    code: ClassVar[str] = "only_alone"
    status: ClassVar[int] = 422


@dataclass(frozen=True, slots=True)
class Coming:
    """What somebody brings. Only the statement is needed; `understood`: that talking to us is no official complaint.

    `comes` for another: it is somebody else's matter, who has to agree before anything of it goes on.
    """

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
    talk: TakeTime | None = None
    comes: Comes = "alone"


@dataclass(frozen=True, slots=True)
class Typed:
    """Somebody at the desk typed what she said, read it back, and she agreed on that day."""

    by: UUID
    agreed_on: date


@dataclass(frozen=True, slots=True)
class Received:
    """What she is told once: her words, who can open it, by when somebody reads it, which limits may be running.

    `protected_until`: she can write with the same words at least until this day, also after the end.
    `guards`: who lets the office see who she is, if she said and a custodian guards it. `urgent_by`: by when a person looks
    whether somebody is in danger, if she said so.
    """

    track: Track
    receipt: Receipt
    readers: tuple[str, ...]
    read_by: date | None
    lines: tuple[Said, ...]
    limits: tuple[Running, ...]
    protected_until: date | None
    urgent_by: date | None = None
    guards: tuple[str, ...] | None = None
    comes: Comes = "alone"


def pepper_of(office: Office) -> Secret:
    """What makes words into a place. Raises NoCeremony if this door was not given it."""
    if office.trust is None or office.trust.pepper is None:
        raise NoCeremony()
    return office.trust.pepper


def file(office: Office, books: Books, coming: Coming, *, typed: Typed | None = None) -> Received:
    """File it in a transaction that is open. `typed`: by somebody at the desk, for her. Raises as `receive`."""
    receipt, locator, pair = _new_words(office, books, coming)
    actor = replace(as_visitor(None, pair), person=typed.by if typed else None)
    require_possible(books, coming)
    if typed is None:  # who types for her was let in by the grant of their own role
        access.require(books.pack.kinds[coming.track], actor, OPEN, None, kind=coming.track)
    filed = _filed(coming, locator, pair.public.raw, typed.agreed_on if typed else None)
    matter = open_matter(office.kinds, books, coming.track, filed, by=actor, tied={})
    herself = as_visitor(matter.id, pair, filed.comer)
    if coming.urgent:
        raise_alarm(office, books, matter, herself)
    if coming.answers.afraid == YES:
        name_fear(office, books, matter, herself)
    if coming.talk is not None:
        _do(office, books, matter.id, TAKE, coming.talk, herself)
    read_by = read_by_day(books, coming.track)
    return Received(
        coming.track,
        receipt,
        readers_of(books, matter.id),
        read_by.on,
        read_by.lines,
        limits(books, coming.answers),
        protected_until(books, books.pack.kinds[coming.track]),
        hours(books, coming.track).urgent_by if coming.urgent else None,
        guardians(books, matter.id),
        coming.comes,
    )


def raise_alarm(office: Office, books: Books, matter: Matter, actor: Actor) -> None:
    """Somebody may be seriously harmed soon: a clock of its own runs until a person has judged it."""
    _do(office, books, matter.id, RAISE, office.kinds[matter.kind].payload(RAISE)(), actor)


def name_fear(office: Office, books: Books, matter: Matter, actor: Actor) -> None:
    """She fears to be treated worse: from now on she is owed an answer soon. A talk keeps it for the day it becomes official."""
    if FEAR in office.kinds[matter.kind].table.triggers:
        _do(office, books, matter.id, FEAR, office.kinds[matter.kind].payload(FEAR)(), actor)


def _do(office: Office, books: Books, matter_id: UUID, trigger: str, payload: Payload, actor: Actor) -> None:
    """Make one more act of hers in a matter that was just opened."""
    matter = matters.find(books, matter_id)
    access.require(books.pack.kinds[matter.kind], actor, trigger, matter)
    step(office.kinds, books, matter, trigger, payload, by=actor)


def require_possible(books: Books, coming: Coming) -> None:
    """Raise OnlyAlone where nobody can come with others or for somebody else: in a talk, or where a house has no rules for it."""
    if coming.comes != "alone" and (coming.track != GROUPS or books.pack.groups is None):
        raise OnlyAlone()


def require_fileable(books: Books, coming: Coming) -> None:
    """Raise UnknownLanguage, UnknownChoice, NotYet, BeforeHistory or NotOffered for what cannot be filed here."""
    if coming.language not in books.pack.house.languages:
        raise UnknownLanguage(known=", ".join(books.pack.house.languages))
    check(books, coming.answers)
    if coming.track not in books.pack.kinds:
        raise NotOffered(kind=coming.track)
    check_ticked(books, coming.track, coming.excluded)


def _new_words(office: Office, books: Books, coming: Coming) -> tuple[Receipt, Locator, KeyPair]:
    require_fileable(books, coming)
    receipt = new_receipt(coming.language)
    locator, pair = locate(receipt.written(), pepper_of(office))
    seats.as_words(books, locator)
    return receipt, locator, pair


def _filed(coming: Coming, locator: bytes, public: bytes, agreed_on: date | None) -> Filed:
    told = coming.answers
    answers = {
        "urgent": coming.urgent,
        "personnel_class": told.personnel_class,
        "station": told.station,
        "decision_on": told.decision_on.isoformat() if told.decision_on else None,
        "afraid": told.afraid,
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
        agreed_on=agreed_on,
        part=FOR_ANOTHER if coming.comes == FOR_ANOTHER else OWN,
    )


def readers_of(books: Books, matter_id: UUID) -> tuple[str, ...]:
    """The names of those who can open a matter, first handler first."""
    persons = dict.fromkeys(seat.person_id for seat in seats.of_matter(books, matter_id) if seat.person_id is not None)
    names = people.names(books, list(persons))
    return tuple(names[person] for person in persons)
