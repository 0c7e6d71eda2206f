"""Opening a matter at the desk: its texts, its consents, who she is.

What is opened is logged in the same transaction, which is over before the answer is sent: one row a person, matter and day,
which is also what makes `a_person_has_read_it` true. Nothing else changes: no clock, no version (D11).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, ClassVar, Final
from uuid import UUID, uuid4

from actions.desk import enter
from actions.desk_letters import Sent, letters_in
from actions.identities import open_identity
from actions.identity_looking import key_to
from actions.identity_requests import of_number
from actions.kernel import access
from actions.kernel.actor import Actor
from actions.kernel.callers import DeskPerson
from actions.kernel.kind import Act, Nothing
from actions.kernel.watching import Subject
from actions.kinds.consenting import Question, status_of
from actions.looking import Named, Possible, named
from actions.office import Office
from actions.sealing import Reader
from policies.refusal import Refusal
from records import comers, desk, matters, people, sealed, seats, sweeps
from records.books import Books
from records.ledger import Entry, store
from records.matters import Matter, NotFound
from records.sealed import ConsentRow, TextRow
from records.vault import (
    IDENTITY_REASON,
    MUST_NOT_SEE,
    SEALED,
    Author,
    NotThisRow,
    Slot,
    Unreadable,
)

TEXTS: Final[Mapping[str, Slot]] = {slot.name: slot for slot in SEALED if slot.table == "sealed_text"}
"""The slots whose texts are shown."""


class IdentityNotYours(Refusal):
    """She said who she is, but not to this person: their seat does not hold the identity's own key."""

    code: ClassVar[str] = "identity_not_yours"
    status: ClassVar[int] = 403


@dataclass(frozen=True, slots=True)
class Shown:
    """One text. `text` None: its bytes were damaged or are another row's, and cannot be opened.

    `person`: of several who came, the number of who wrote it.
    """

    id: UUID
    seq: int
    slot: str
    author: str
    visibility: str
    on: date
    by: Named | None
    text: str | None = field(repr=False)
    person: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A consent that was asked. The exact text and its receiver are the text `text_id`; what for and who would read it, too.

    `status` is as of today: also that the last day of a yes, `until`, has passed.
    """

    id: UUID
    text_id: UUID
    status: str
    asked_on: date
    answered_on: date | None
    until: date
    used_on: date | None
    purpose: str
    audience: str


@dataclass(frozen=True, slots=True)
class Tied:
    """Another matter that belongs to this one and in which the person has a seat too."""

    matter: Matter
    what: str
    outward: bool


@dataclass(frozen=True, slots=True)
class Read:
    """One day on which somebody opened it."""

    by: Named
    on: date


@dataclass(frozen=True, slots=True)
class Person:
    """One of several who came: a number, never a name. `part`: own, for_another or concerned; `here`: has not left."""

    number: int
    part: str
    here: bool
    has_identity: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """A matter as a person with a seat sees it. `people` is empty where one person came for themselves."""

    matter: Matter
    opened_on: date
    owner: str
    responsible: Named | None
    yours: bool
    seated: tuple[Named, ...]
    has_identity: bool
    detail: Mapping[str, Any]
    texts: tuple[Shown, ...]
    consents: tuple[Asked, ...]
    moves: tuple[Possible, ...]
    ties: tuple[Tied, ...]
    read: tuple[Read, ...]
    letters: tuple[Sent, ...]
    people: tuple[Person, ...] = ()


def open_matter(office: Office, kind: str, matter_id: UUID, *, by: DeskPerson) -> Opened:
    """Open all texts of a matter. Raises NotFound."""
    with office.open() as books:
        actor, subject = enter(office, books, kind, matter_id, by)
        return opened_in(books, actor, subject, by=by)


def opened_in(books: Books, actor: Actor, subject: Subject, *, by: DeskPerson) -> Opened:
    """The same of a matter that was entered already; that is the reading."""
    matter = subject.matter
    matter_id = matter.id
    reader = Reader(books, matter_id, actor)
    seats.log_reading(books, matter_id, by.person)
    rows = [row for row in sealed.texts(books, matter_id) if _is_shown(row)]
    read, responsible = seats.readers(books, matter_id), people.responsible(books, [matter_id]).get(matter_id)
    seated = [row.person_id for row in desk.seatings(books, matter_id) if row.until_at is None]
    who = people.names(books, {*seated, *(row.by_person for row in rows if row.by_person), *(p for p, _ in read)})
    numbers = _numbers(books, matter_id)
    texts = tuple(replace(_shown(books, reader, row, who), person=numbers.get(row.comer_id)) for row in rows)
    return Opened(
        matter=matter,
        opened_on=books.calendar(matter.calendar).local_date(matter.opened_at),
        owner=str(subject.kind.table.stage(matter.state).owner),
        responsible=named(who | people.names(books, [responsible] if responsible else []), responsible),
        yours=actor.handles == matter_id,
        seated=tuple(Named(person, who[person]) for person in seated),
        has_identity=sealed.identity(books, matter_id) is not None,
        detail=subject.kind.show(books, matter),
        texts=texts,
        consents=_consents(books, matter_id, texts),
        moves=_possible(books, subject, actor),
        ties=_ties(books, matter_id),
        read=tuple(Read(Named(person, who[person]), day) for person, day in read),
        letters=letters_in(books, reader, matter_id, {text.id: text.text for text in texts}),
        people=people_in(books, matter_id),
    )


def people_in(books: Books, matter_id: UUID) -> tuple[Person, ...]:
    """Those who came with a matter, where they are several or one came for another."""
    rows = comers.of_matter(books, matter_id)
    if len(rows) < 2 and all(one.part == comers.OWN for one in rows):
        return ()
    said = {one.comer_id for one in sealed.identities(books, matter_id)}
    return tuple(Person(one.number, one.part, one.here, one.id in said) for one in rows)


def _numbers(books: Books, matter_id: UUID) -> dict[UUID | None, int]:
    rows = comers.of_matter(books, matter_id)
    return {one.id: one.number for one in rows} if len(rows) > 1 else {}


def identity_of(office: Office, kind: str, matter_id: UUID, *, by: DeskPerson, person: int = 1) -> str | None:
    """Who she is, or None if she did not say; of several who came, the one of this number.

    Logged like any reading, and in the ledger by itself (S44).

    Raises NotFound; IdentityNotYours when this person's seat does not hold the identity's key, and no custodian's approval for
    this person holds today.
    """
    with office.open() as books:
        actor, subject = enter(office, books, kind, matter_id, by)
        row = of_number(books, matter_id, person)
        if row is None:
            return None
        key = key_to(books, row, actor)
        if key is None:
            raise IdentityNotYours()
        seats.log_reading(books, matter_id, by.person)
        entry = Entry(books.today, f"{subject.matter.kind}.identity_opened", str(matter_id), str(by.person))
        store.enter(books, subject.matter, entry)
        return open_identity(row, key)


def _is_shown(row: TextRow) -> bool:
    """Why a colleague has no seat is not shown again: it is theirs. Whom she locked out is. Why somebody asked who she is stands
    with what was answered.
    """
    if row.slot == IDENTITY_REASON.name:
        return False
    return row.slot != MUST_NOT_SEE.name or row.author == Author.VISITOR


def _shown(books: Books, reader: Reader, row: TextRow, who: Mapping[UUID, str]) -> Shown:
    """One text; a damaged one stops neither the others nor silently: it is noted as trouble."""
    try:
        text: str | None = reader.open(row, TEXTS[row.slot]).text
    except (NotThisRow, Unreadable) as damage:
        sweeps.note_trouble(books, uuid4(), "desk", type(damage).__name__)
        text = None
    by = named(who, row.by_person)
    return Shown(row.id, row.seq, row.slot, row.author, row.visibility, row.made_on, by, text)


def _consents(books: Books, matter_id: UUID, texts: Sequence[Shown]) -> tuple[Asked, ...]:
    asked = {text.id: Question.read(text.text or "") for text in texts}
    return tuple(_asked(row, books.today, asked.get(row.text_id)) for row in sealed.consents(books, matter_id))


def _asked(row: ConsentRow, today: date, question: Question | None) -> Asked:
    purpose, audience = (question.purpose, question.audience) if question else ("", "")
    status = status_of(row, today)
    return Asked(row.id, row.text_id, status, row.asked_on, row.answered_on, row.until, row.used_on, purpose, audience)


def _possible(books: Books, subject: Subject, actor: Actor) -> tuple[Possible, ...]:
    kind, matter = subject.kind, subject.matter
    facts = kind.facts(books, matter, Act("", Nothing(), actor, books.today, books.now))
    return tuple(
        Possible(trigger, allowed=True, unmet=unmet)
        for trigger, unmet in kind.machine.permitted(matter.state, facts).items()
        if access.may(subject.policy, actor, trigger, matter)
    )


def _ties(books: Books, matter_id: UUID) -> tuple[Tied, ...]:
    """Ties to matters where the person has no seat are left out, as if they were not there."""
    ties: Sequence[tuple[UUID, UUID, str]] = matters.links(books, matter_id)
    found = []
    for from_id, to_id, what in ties:
        try:
            other = matters.find(books, to_id if from_id == matter_id else from_id)
        except NotFound:
            continue  # row-level security hides it: no seat
        found.append(Tied(other, what, outward=from_id == matter_id))
    return tuple(found)
