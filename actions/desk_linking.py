"""That two matters are about the same person or the same facts: said by who answers for one of them and has a seat in both.

It is seen in both histories, by who has a seat in both. To everybody else it is as if the other matter, and this, were not there.
It moves nothing, seats nobody and opens nothing.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar
from uuid import UUID, uuid4

from actions.desk import enter, hold
from actions.kernel import access
from actions.kernel.actor import Actor
from actions.kernel.callers import DeskPerson
from actions.kernel.watching import Subject
from actions.looking import Named
from actions.office import Office
from actions.replays import Answer, Repeatable, once
from policies.refusal import Refusal
from records import linking, matters, people, seats
from records.books import Books
from records.ledger import Entry, store
from records.linking import LinkRow
from records.matters import Matter, NotFound
from states.acts import LINK


class Reason(StrEnum):
    """Why two matters belong together."""

    SAME_PERSON = "same_person"
    SAME_FACTS = "same_facts"


class LinkedToItself(Refusal):
    """A matter is always about the same as itself."""

    code: ClassVar[str] = "linked_to_itself"
    status: ClassVar[int] = 422


class AlreadyLinked(Refusal):
    """It stands already, for this reason."""

    code: ClassVar[str] = "already_linked"


@dataclass(frozen=True, slots=True)
class Linked:
    """Another matter that this one belongs together with, as one may see."""

    id: UUID
    matter: Matter
    reason: str
    by: Named
    on: date


def link(
    office: Office, kind: str, matter_id: UUID, other: UUID, reason: Reason, *, by: DeskPerson, request: Repeatable | None = None
) -> UUID:
    """Write down that both are about the same. Return the link's id.

    Raises NotFound also where the other is unknown or without a seat, NotAllowed, LinkedToItself, AlreadyLinked, KeyReused; then
    nothing was written.
    """
    with office.open() as books:
        enter(office, books, kind, matter_id, by)

        def make() -> Answer:
            actor, subject = _may_link(office, books, kind, matter_id, by)
            if other == matter_id:
                raise LinkedToItself()
            met = _seated(books, other, by.person)
            first, second = sorted((matter_id, other))
            stands = [row for row in linking.of_matter(books, matter_id) if row.removed_on is None and row.reason == reason]
            if any(row.other(matter_id) == other for row in stands):
                raise AlreadyLinked()
            row = LinkRow(uuid4(), first, second, reason.value, by.person, books.today)
            linking.add(books, row)
            _enter(books, (subject.matter, met), "linked", actor, row.id)
            return {"id": str(row.id)}

        return UUID(once(books, request, make, by=by.person)["id"])


def unlink(
    office: Office, kind: str, matter_id: UUID, link_id: UUID, *, by: DeskPerson, request: Repeatable | None = None
) -> None:
    """Write down that they do not belong together after all; that it was said stays in both histories.

    Raises NotFound, NotAllowed, KeyReused.
    """
    with office.open() as books:
        enter(office, books, kind, matter_id, by)

        def make() -> Answer:
            actor, subject = _may_link(office, books, kind, matter_id, by)
            stands = next((row for row in linking.of_matter(books, matter_id) if row.id == link_id), None)
            if stands is None or not linking.remove(books, link_id, by.person):
                raise NotFound()
            _enter(books, (subject.matter, matters.find(books, stands.other(matter_id))), "unlinked", actor, link_id)
            return {}

        once(books, request, make, by=by.person)


def links_of(office: Office, kind: str, matter_id: UUID, *, by: DeskPerson) -> list[Linked]:
    """What stands, of matters in which the person has a seat too. Raises NotFound."""
    with office.open() as books:
        enter(office, books, kind, matter_id, by)
        return links_in(books, matter_id)


def links_in(books: Books, matter_id: UUID) -> list[Linked]:
    """The same of a matter that whoever asks was found to know of."""
    rows = [row for row in linking.of_matter(books, matter_id) if row.removed_on is None]
    who = people.names(books, [row.made_by for row in rows])
    return [
        Linked(row.id, matters.find(books, row.other(matter_id)), row.reason, Named(row.made_by, who[row.made_by]), row.made_on)
        for row in rows
    ]


def may_link(office: Office, kind: str, matter_id: UUID, *, by: DeskPerson) -> bool:
    """Whether the person could say of this matter that it belongs together with another; False for what they may not know of."""
    try:
        with office.open() as books:
            actor, subject = enter(office, books, kind, matter_id, by)
            return access.may(subject.policy, actor, LINK, subject.matter)
    except NotFound:
        return False


def _may_link(office: Office, books: Books, kind: str, matter_id: UUID, by: DeskPerson) -> tuple[Actor, Subject]:
    actor, subject = hold(office, books, kind, matter_id, by, None)
    access.require(subject.policy, actor, LINK, subject.matter)
    return actor, subject


def _seated(books: Books, matter_id: UUID, person: UUID) -> Matter:
    """The other matter. Raises NotFound alike for one that is not there and one without a seat."""
    if not seats.has_seat(books, matter_id, person):
        raise NotFound()
    return matters.find(books, matter_id)


def _enter(books: Books, both: tuple[Matter, Matter], what: str, actor: Actor, link_id: UUID) -> None:
    """A line in the ledger for each of the two, in the order of their ids; neither names the other."""
    for matter in sorted(both, key=lambda one: one.id):
        told = {"link": str(link_id)}
        store.enter(books, matter, Entry(books.today, f"{matter.kind}.{what}", str(matter.id), str(actor.person), told))
