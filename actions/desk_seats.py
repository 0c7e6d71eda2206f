"""Who answers for a matter and who may read it: assigning, seating, stepping down, a conflict found later.

Clocks, pauses and what is owed stay as they are (D09); nobody is ever seated whose office does not handle such matters or
whom she locked out (S40); somebody always stays who can read it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import ClassVar
from uuid import UUID, uuid4

from pydantic import SecretStr

from actions.desk import write_down
from actions.desk_acting import act
from actions.kernel.actor import Actor
from actions.kernel.callers import DeskPerson
from actions.kernel.settle import duty_of, roster_of
from actions.kernel.step import subject_of
from actions.kernel.watching import Subject
from actions.kinds.handing_over import asks_her
from actions.office import Office
from actions.replays import Repeatable
from actions.sealing import Seated, seat_person, trusted_keys, write_text, writing_epoch
from actions.seating import ALTERNATE, STAND_IN, candidates, locked_out
from policies.refusal import Refusal
from policies.rules import Act
from policies.said import Fact
from records import clocks, desk, filing, identities, matters, people, seats
from records.books import Books
from records.matters import Matter
from records.vault import (
    MUST_NOT_SEE,
    Author,
    PublicKey,
    Visibility,
    grant_context,
    grant_identity,
    open_grant,
    require_signed,
)
from states.acts import ASSIGN, LATE_CONFLICT, RECUSE, SEAT
from states.ladders import Roster, addressee


class AboutPeople(Refusal):
    """Something about people of the office; their names are for the sentence only."""

    def __init__(self, names: Mapping[str, str] | None = None, **params: Fact) -> None:
        super().__init__(**params)
        self.names = names or {}


class NeedsASeat(AboutPeople):
    """Only somebody who can read the matter can answer for it. They must be given a seat first."""

    code: ClassVar[str] = "needs_a_seat"


class NotEligible(AboutPeople):
    """This person holds no office that handles such matters today, or is not known here."""

    code: ClassVar[str] = "not_eligible"


class LockedOut(AboutPeople):
    """This person must not see the matter: she said so, they stepped down, or a conflict was found."""

    code: ClassVar[str] = "locked_out"


class AlreadySeated(AboutPeople):
    """This person has a seat."""

    code: ClassVar[str] = "already_seated"


class HasNoSeat(AboutPeople):
    """This person has no seat to take away."""

    code: ClassVar[str] = "has_no_seat"


class LastReader(AboutPeople):
    """Nobody else could read the matter any more. `people` are the ids of those who could be seated first."""

    code: ClassVar[str] = "last_reader"


class NeedsHerYes(Refusal):
    """Nobody comes to a talk later but by her yes: she has to be asked, and it is her answer that gives the seat."""

    code: ClassVar[str] = "needs_her_yes"


class NobodyLeft(Refusal):
    """Nobody else could read the matter any more, and nobody is left who may be seated."""

    code: ClassVar[str] = "nobody_left"


def assign(
    office: Office,
    kind: str,
    matter_id: UUID,
    person: UUID,
    *,
    by: DeskPerson,
    version: int | None = None,
    request: Repeatable | None = None,
) -> Matter:
    """Make somebody with a seat responsible; a talk's, only while whoever answers for it is away or gone.

    Raises NotFound, StaleVersion, NeedsASeat, NotEligible, NeedsHerYes, KeyReused.
    """

    def do(books: Books, actor: Actor, subject: Subject) -> Matter:
        if asks_her(subject.kind.table) and _is_there(books, subject):
            raise NeedsHerYes()
        if person not in seats.persons(books, matter_id):
            raise NeedsASeat(_called(books, [person]), person=str(person))
        if person not in _readers(books, subject):
            raise NotEligible(_called(books, [person]), person=str(person))
        people.make_responsible(books, uuid4(), matter_id, person, at=books.now, why="assigned")
        return write_down(books, subject.matter, "assigned", actor, {"person": str(person)})

    return act(office, kind, matter_id, do, may=ASSIGN, by=by, version=version, request=request)


def seat(
    office: Office,
    kind: str,
    matter_id: UUID,
    person: UUID,
    *,
    by: DeskPerson,
    version: int | None = None,
    request: Repeatable | None = None,
) -> Matter:
    """Let one more person read a matter: the holder's own key opens it to them.

    Raises NotFound, StaleVersion, AlreadySeated, NotEligible, LockedOut, NeedsHerYes, UnsignedKey, KeyReused.
    """

    def do(books: Books, actor: Actor, subject: Subject) -> Matter:
        if asks_her(subject.kind.table):
            raise NeedsHerYes()
        if person in seats.persons(books, matter_id):
            raise AlreadySeated(_called(books, [person]), person=str(person))
        if person not in _eligible(books, subject.matter.kind):
            raise NotEligible(_called(books, [person]), person=str(person))
        if person in locked_out(books, matter_id, actor, candidates(books, kind)):
            raise LockedOut(_called(books, [person]), person=str(person))
        key = require_signed(person, trusted_keys(books))
        seat_person(books, matter_id, writing_epoch(books, matter_id, actor), Seated(person, _rung(books, person), key))
        pass_on_identity(books, matter_id, by, person, key)
        return write_down(books, subject.matter, "seated", actor, {"person": str(person)})

    return act(office, kind, matter_id, do, may=SEAT, by=by, version=version, request=request)


def recuse(
    office: Office,
    kind: str,
    matter_id: UUID,
    reason: SecretStr,
    *,
    by: DeskPerson,
    version: int | None = None,
    request: Repeatable | None = None,
) -> None:
    """Step down: one's key is gone at once, and somebody else answers. Why is sealed, for those who stay.

    Asked again, it is NotFound whatever the key: there is no seat any more. Raises NotFound, StaleVersion, LastReader,
    NobodyLeft, KeyReused.
    """

    def do(books: Books, actor: Actor, subject: Subject) -> Matter:
        return _leave(office, books, subject, actor, by.person, reason)

    act(office, kind, matter_id, do, may=RECUSE, by=by, version=version, request=request)


def late_conflict(
    office: Office,
    kind: str,
    matter_id: UUID,
    person: UUID,
    reason: SecretStr,
    *,
    by: DeskPerson,
    version: int | None = None,
    request: Repeatable | None = None,
) -> Matter:
    """Take away the seat of somebody in whom a conflict was found later. She sees on which days they had opened it.

    For oneself it is `recuse`. Raises NotFound, StaleVersion, HasNoSeat, LastReader, NobodyLeft, KeyReused.
    """

    def do(books: Books, actor: Actor, subject: Subject) -> Matter:
        if person not in seats.persons(books, matter_id):
            raise HasNoSeat(_called(books, [person]), person=str(person))
        return _leave(office, books, subject, actor, person, reason)

    return act(office, kind, matter_id, do, may=LATE_CONFLICT, by=by, version=version, request=request)


def _leave(office: Office, books: Books, subject: Subject, actor: Actor, leaving: UUID, reason: SecretStr) -> Matter:
    """Unseat somebody from a matter and from those tied to it, as far as the actor has a seat there.

    What is at its end, with no duty left over, needs no reader; of everything else one must stay.
    """
    tied = [subject_of(office.kinds, books, other) for other in _tied(books, subject.matter.id, leaving)]
    for each in (subject, *tied):
        if each.matter.rested_on is None or clocks.running(books, [each.matter.id]):
            _require_reader(books, each, actor, leaving)
    for each in tied:
        _unseat(books, each, actor, leaving, reason)
    return _unseat(books, subject, actor, leaving, reason)


def _unseat(books: Books, subject: Subject, actor: Actor, leaving: UUID, reason: SecretStr) -> Matter:
    """The seat goes last: without it, row-level security lets nothing of the matter be written any more."""
    matter_id = subject.matter.id
    told = json.dumps({"ids": [str(leaving)], "words": reason.get_secret_value()}, ensure_ascii=False)
    epoch = writing_epoch(books, matter_id, actor)
    write_text(books, matter_id, epoch, MUST_NOT_SEE, told, author=Author.OFFICE, visibility=Visibility.OFFICE, by=actor.person)
    following = _successor(books, subject, leaving)
    if following is not None:
        people.make_responsible(books, uuid4(), matter_id, following, at=books.now, why="recused")
    changed = write_down(books, subject.matter, "recused", actor, {"person": str(leaving)})
    seats.mark_stale(books, matter_id)
    identities.give_up(books, matter_id, leaving)
    seats.unseat(books, matter_id, leaving, books.now)
    return changed


def _successor(books: Books, subject: Subject, leaving: UUID) -> UUID | None:
    """Who answers from now on, in the order in which a ladder hands over; None if it was not theirs to answer for.

    Somebody who is away comes after everybody who is there: the matter is nobody's otherwise.
    """
    roster, duty = roster_of(books, subject), duty_of(books, subject)
    if duty.person != leaving:
        return None
    posts = tuple(replace(post, excluded=True) if post.person == leaving else post for post in roster.posts)
    there = addressee(Act.HAND_OVER, Roster(posts, roster.roles), duty).person
    if there is not None:
        return there
    anybody = tuple(replace(post, absent=False) for post in posts)
    return addressee(Act.HAND_OVER, Roster(anybody, roster.roles), duty).person


def _is_there(books: Books, subject: Subject) -> bool:
    """Whether whoever answers for a matter is in office today and not away."""
    post = roster_of(books, subject).holder(duty_of(books, subject).person)
    return post is not None and post.there


def _require_reader(books: Books, subject: Subject, actor: Actor, leaving: UUID) -> None:
    if _readers(books, subject) - {leaving}:
        return
    matter = subject.matter
    others = _eligible(books, matter.kind) - seats.persons(books, matter.id)
    free = sorted(others - locked_out(books, matter.id, actor, candidates(books, matter.kind)))
    if not free:
        raise NobodyLeft()
    raise LastReader(_called(books, free), count=len(free), people=", ".join(map(str, free)))


def _called(books: Books, persons: Sequence[UUID]) -> dict[str, str]:
    return {str(person): name for person, name in people.names(books, persons).items()}


def _readers(books: Books, subject: Subject) -> set[UUID]:
    """Everybody with a seat who holds an office today that handles such matters."""
    return seats.persons(books, subject.matter.id) & _eligible(books, subject.matter.kind)


def _eligible(books: Books, kind: str) -> set[UUID]:
    roles = books.pack.house.roles
    handling = {name for name, role in roles.items() if role.door == "desk" and kind in role.handles}
    return {each.person_id for each in people.serving(books, books.today) if each.role in handling}


def pass_on_identity(books: Books, matter_id: UUID, by: DeskPerson, person: UUID, key: PublicKey) -> None:
    """As at intake, who reads the matter can see who she is: the holder's own copy of that key is sealed to the new seat."""
    held, fresh = desk.identity_key(books, matter_id, by.person), seats.own(books, matter_id, person)
    if held is None or fresh is None:
        return
    identity = open_grant(by.pair, held[1], grant_context(held[0], matter_id))
    filing.grant_identity(books, fresh.id, grant_identity(identity, key, grant_context(fresh.id, matter_id)))


def _rung(books: Books, person: UUID) -> int:
    roles = books.pack.house.roles
    held = people.roles_of(books, person, books.today)
    return ALTERNATE if any(roles[name].outside_office for name in held if name in roles) else STAND_IN


def _tied(books: Books, matter_id: UUID, person: UUID) -> list[Matter]:
    """Matters tied to this one in which both the actor, by row-level security, and this person have a seat."""
    found = matters.lock(books, matters.linked(books, matter_id)).values()
    return [matter for matter in found if person in seats.persons(books, matter.id)]
