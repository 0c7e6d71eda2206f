"""Looking at matters: a register, one matter, its history. Reading changes nothing (D11)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, ClassVar, Final
from uuid import UUID

from actions.kernel import access
from actions.kernel.actor import Actor, as_person
from actions.kernel.kind import Act, Kind, Nothing
from actions.kernel.move import NotOffered
from actions.kernel.step import subject_of
from actions.kernel.watching import Subject
from actions.office import Office
from policies.refusal import Refusal
from policies.rules import KindPolicy
from records import matters, people, readiness, registers
from records.books import Books
from records.matters import EventRow, Matter, NotFound, StaleVersion
from records.registers import Wanted
from states.clocks import OPEN

__all__ = ["EventRow", "Matter", "NotFound", "StaleVersion", "Wanted"]  # what doors need of the records

MOST: Final = 200
"""Rows an answer holds at most."""


class UnknownState(Refusal):
    """Matters of this kind have no such state."""

    code: ClassVar[str] = "unknown_state"
    status: ClassVar[int] = 422


class NotReady(Refusal):
    """The database lacks a migration of this program, or has one it does not know."""

    code: ClassVar[str] = "not_ready"
    status: ClassVar[int] = 503


@dataclass(frozen=True, slots=True)
class Named:
    """A person by name."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A matter in a register. `late` is its earliest running due day compared with today: it is stored nowhere."""

    matter: Matter
    responsible: Named | None
    next_due: date | None
    late: bool
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a register. `after` continues it; None: it is the last."""

    items: tuple[Listed, ...]
    after: UUID | None


@dataclass(frozen=True, slots=True)
class Possible:
    """A move from where the matter is. `allowed`: the policy gives it to the person who looks. `unmet`: claims that do not
    hold before anything is told with the move; some of them, the move itself may show.
    """

    trigger: str
    allowed: bool
    unmet: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie to another matter that the person may see. `outward`: this matter is `what` to the other."""

    other: Matter
    title: str | None
    what: str
    outward: bool


@dataclass(frozen=True, slots=True)
class Detail:
    """One matter. `owner` is who is expected to act next; `opened_on` a day at its place."""

    matter: Matter
    opened_on: date
    owner: str
    responsible: Named | None
    detail: Mapping[str, Any]
    moves: tuple[Possible, ...]
    ties: tuple[Tie, ...]


def ready(office: Office) -> None:
    """Raise NotReady, NotInitialised or WrongEnvironment if this office cannot work with its database."""
    with office.open() as books:
        if not readiness.at_head(books):
            raise NotReady()


def require_opener(office: Office, kind: str, *, by: UUID) -> None:
    """Raise NotOffered or NotAllowed unless this person may open matters of this kind."""
    with office.open() as books:
        access.require(_policy(books, kind), as_person(books, by), OPEN, None, kind=kind)


def require_visible(office: Office, kind: str, matter_id: UUID, *, by: UUID) -> None:
    """Raise NotFound unless there is such a matter and this person may know of it."""
    with office.open() as books:
        seen(office, books, kind, matter_id, by)


def has_unit(kind: str) -> bool:
    """Whether matters of this kind are assigned to a unit."""
    return registers.has_unit(kind)


def has_search(kind: str) -> bool:
    """Whether the register of a kind can be searched by words."""
    return registers.has_search(kind)


def page(office: Office, kind: str, wanted: Wanted, *, by: UUID, late: bool | None = None, most: int = MOST) -> Page:
    """A page of the register of a kind. `late` True or False keeps only those that are, or are not.

    Raises NotOffered, NotAllowed, UnknownState.
    """
    states = office.kinds[kind].table.states
    if not set(wanted.states) <= {str(state) for state in states}:
        raise UnknownState(known=", ".join(states))
    with office.open() as books:
        actor = as_person(books, by)
        access.require(_policy(books, kind), actor, "read", None, kind=kind)
        found = registers.page(books, kind, _dated(wanted, late, books.today), most + 1)
        shown = [matter for matter in found[:most] if may_read(office, books, actor, matter)]
        return Page(_listed(books, kind, shown), found[most - 1].id if len(found) > most else None)


def one(office: Office, kind: str, matter_id: UUID, *, by: UUID) -> Detail:
    """One matter with the moves from where it is. Raises NotFound."""
    with office.open() as books:
        actor, subject = seen(office, books, kind, matter_id, by)
        matter = subject.matter
        calendar = books.calendar(matter.calendar)
        return Detail(
            matter=matter,
            opened_on=calendar.local_date(matter.opened_at),
            owner=str(subject.kind.table.stage(matter.state).owner),
            responsible=responsible(books, [matter.id]).get(matter.id),
            detail=subject.kind.show(books, matter),
            moves=_possible(books, subject, actor),
            ties=_ties(office, books, actor, matter),
        )


def history_of(office: Office, kind: str, matter_id: UUID, *, by: UUID) -> Sequence[tuple[EventRow, Named | None]]:
    """All that happened to a matter, each line with the person who did it. Raises NotFound."""
    with office.open() as books:
        seen(office, books, kind, matter_id, by)
        events = matters.history(books, matter_id)
        who = people.names(books, [event.by_person for event in events if event.by_person])
        return [(event, named(who, event.by_person)) for event in events]


def responsible(books: Books, ids: Sequence[UUID]) -> dict[UUID, Named]:
    """Who is responsible now, by matter."""
    found = people.responsible(books, ids)
    names = people.names(books, list(found.values()))
    return {matter: Named(person, names[person]) for matter, person in found.items()}


def title_of(detail: Mapping[str, Any]) -> str | None:
    """What a matter is called in a list, where its kind gives it a title."""
    return detail.get("title")


def may_read(office: Office, books: Books, actor: Actor, matter: Matter) -> bool:
    """Whether the policy the matter is pinned to lets this actor know of it."""
    return access.may(subject_of(office.kinds, books, matter).policy, actor, "read", matter)


def _policy(books: Books, kind: str) -> KindPolicy:
    if kind not in books.pack.kinds:
        raise NotOffered(kind=kind)
    return books.pack.kinds[kind]


def seen(office: Office, books: Books, kind: str, matter_id: UUID, by: UUID) -> tuple[Actor, Subject]:
    """Who looks, and the matter. Raises NotFound unless it is of this kind and this person may know of it."""
    actor, matter = as_person(books, by, matter_id), matters.find(books, matter_id)
    if matter.kind != kind or not may_read(office, books, actor, matter):
        raise NotFound()
    return actor, subject_of(office.kinds, books, matter)


def _dated(wanted: Wanted, late: bool | None, today: date) -> Wanted:
    if late is None:
        return wanted
    return replace(wanted, due_before=today) if late else replace(wanted, not_due_before=today)


def _listed(books: Books, kind: str, found: Sequence[Matter]) -> tuple[Listed, ...]:
    ids = [matter.id for matter in found]
    who, details, dues = responsible(books, ids), registers.details(books, kind, ids), registers.earliest_due(books, ids)
    return tuple(
        Listed(
            matter=matter,
            responsible=who.get(matter.id),
            next_due=dues.get(matter.id),
            late=matter.id in dues and dues[matter.id] < books.today,
            detail=details[matter.id],
        )
        for matter in found
    )


def _possible(books: Books, subject: Subject, actor: Actor) -> tuple[Possible, ...]:
    kind, matter = subject.kind, subject.matter
    facts = kind.facts(books, matter, Act("", Nothing(), actor, books.today, books.now))
    return tuple(
        Possible(trigger, access.may(subject.policy, actor, trigger, matter), unmet)
        for trigger, unmet in kind.machine.permitted(matter.state, facts).items()
    )


def _ties(office: Office, books: Books, actor: Actor, matter: Matter) -> tuple[Tie, ...]:
    ties = []
    for from_id, to_id, what in matters.links(books, matter.id):
        outward = from_id == matter.id
        other = matters.find(books, to_id if outward else from_id)
        if may_read(office, books, actor, other):
            detail = registers.details(books, other.kind, [other.id])[other.id]
            ties.append(Tie(other, title_of(detail), what, outward))
    return tuple(ties)


def named(names: Mapping[UUID, str], person: UUID | None) -> Named | None:
    """A person by name; None for nobody."""
    return None if person is None else Named(person, names[person])


def offered(office: Office) -> Sequence[Kind]:
    """The kinds of matter this product carries that are not sealed, of which a door makes routes: it may show them in clear."""
    return [kind for kind in office.kinds.values() if kind.routed and not kind.table.sealed]
