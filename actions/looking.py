"""Looking at matters: a register, one matter, its clocks, its history. Reading changes nothing (D11)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar, Final
from uuid import UUID

from actions.kernel import access
from actions.kernel.actor import Actor, NotAllowed, as_person
from actions.kernel.kind import Act, Kind, Nothing
from actions.kernel.move import NotOffered
from actions.kernel.step import subject_of
from actions.kernel.watching import Subject, derive
from actions.office import Office
from policies.refusal import Refusal
from policies.rules import KindPolicy
from policies.said import Said
from records import clocks, matters, people, readiness, registers
from records.books import Books
from records.clocks import ClockRow
from records.matters import EventRow, Matter, NotFound
from records.registers import Wanted
from states.clocks import OPEN, Status

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


@dataclass(frozen=True, slots=True)
class Fired:
    """Something of a clock that fired: when it was due to, when it was written, who it reached."""

    what: str
    round: int
    due_at: datetime
    fired_at: datetime
    person: Named | None
    outcome: str


@dataclass(frozen=True, slots=True)
class Watched:
    """A clock with the reasons for its date. `days` until it is due, negative when late; None if it runs no more or is paused."""

    row: ClockRow
    days: int | None
    lines: tuple[Said, ...]
    next_what: str | None
    next_at: datetime | None
    fired: tuple[Fired, ...]
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Paused:
    """A pause in whole days, until (not including) its end; None: it goes on."""

    name: str
    since: date
    until: date | None


def ready(office: Office) -> None:
    """Raise NotReady, NotInitialised or WrongEnvironment if this office cannot work with its database."""
    with office.open() as books:
        if not readiness.at_head(books):
            raise NotReady()


def require_opener(office: Office, kind: str, *, by: UUID) -> None:
    """Raise NotOffered or NotAllowed unless this person may open matters of this kind."""
    with office.open() as books:
        access.require(_policy(books, kind), as_person(books, by), OPEN, None)


def require_visible(office: Office, kind: str, matter_id: UUID, *, by: UUID) -> None:
    """Raise NotFound unless there is such a matter and this person may know of it."""
    with office.open() as books:
        _seen(office, books, kind, matter_id, by)


def page(office: Office, kind: str, wanted: Wanted, *, by: UUID, late: bool | None = None, most: int = MOST) -> Page:
    """A page of the register of a kind. `late` True or False keeps only those that are, or are not.

    Raises NotOffered, NotAllowed, UnknownState.
    """
    states = office.kinds[kind].table.states
    if not set(wanted.states) <= {str(state) for state in states}:
        raise UnknownState(known=", ".join(states))
    with office.open() as books:
        actor = as_person(books, by)
        if not access.may(_policy(books, kind), actor, "read", None):
            raise NotAllowed(trigger="read")
        found = registers.page(books, kind, _dated(wanted, late, books.today), most + 1)
        shown = [matter for matter in found[:most] if may_read(office, books, actor, matter)]
        return Page(_listed(books, kind, shown), found[most - 1].id if len(found) > most else None)


def one(office: Office, kind: str, matter_id: UUID, *, by: UUID) -> Detail:
    """One matter with the moves from where it is. Raises NotFound."""
    with office.open() as books:
        actor, subject = _seen(office, books, kind, matter_id, by)
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


def clocks_of(
    office: Office, kind: str, matter_id: UUID, *, by: UUID
) -> tuple[Sequence[Watched], Sequence[Paused]]:
    """Every clock of a matter, with explanations, and its pauses. Raises NotFound."""
    with office.open() as books:
        _, subject = _seen(office, books, kind, matter_id, by)
        rows = clocks.of_matter(books, matter_id)
        ids = [row.id for row in rows]
        fired, done = _fired(books, ids), clocks.fired(books, ids)
        watched = [_watched(books, subject, row, fired.get(row.id, ()), done[row.id]) for row in rows]
        return watched, [Paused(*pause) for pause in clocks.pauses(books, matter_id)]


def history_of(office: Office, kind: str, matter_id: UUID, *, by: UUID) -> Sequence[tuple[EventRow, Named | None]]:
    """All that happened to a matter, each line with the person who did it. Raises NotFound."""
    with office.open() as books:
        _seen(office, books, kind, matter_id, by)
        events = matters.history(books, matter_id)
        who = people.names(books, [event.by_person for event in events if event.by_person])
        return [(event, _named(who, event.by_person)) for event in events]


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


def _seen(office: Office, books: Books, kind: str, matter_id: UUID, by: UUID) -> tuple[Actor, Subject]:
    actor, matter = as_person(books, by), matters.find(books, matter_id)
    if matter.kind != kind or not may_read(office, books, actor, matter):
        raise NotFound()
    return actor, subject_of(office.kinds, books, matter)


def _dated(wanted: Wanted, late: bool | None, today: date) -> Wanted:
    if late is None:
        return wanted
    day = {"due_before": today} if late else {"not_due_before": today}
    return Wanted(wanted.states, wanted.unit, after=wanted.after, **day)


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


def _watched(
    books: Books, subject: Subject, row: ClockRow, fired: Sequence[Fired], done: set[tuple[str, int]]
) -> Watched:
    runs = row.status == Status.RUNNING
    due, moment = derive(books, subject, row, done)
    rule = subject.policy.clocks[row.name]
    return Watched(
        row=row,
        days=(row.due_on - books.today).days if runs and row.due_on else None,
        lines=due.lines,
        next_what=moment.what if runs and moment else None,
        next_at=moment.at if runs and moment else None,
        fired=tuple(fired),
        source=rule.source,
        verified=rule.verified,
    )


def _fired(books: Books, clock_ids: Sequence[UUID]) -> dict[UUID, list[Fired]]:
    rows = clocks.rungs(books, clock_ids)
    who = people.names(books, [row.person_id for row in rows if row.person_id])
    found: dict[UUID, list[Fired]] = {}
    for row in rows:
        once = Fired(row.rung, row.round, row.due_at, row.fired_at, _named(who, row.person_id), row.outcome)
        found.setdefault(row.clock_id, []).append(once)
    return found


def _named(names: Mapping[UUID, str], person: UUID | None) -> Named | None:
    return None if person is None else Named(person, names[person])


def offered(office: Office) -> Sequence[Kind]:
    """The kinds of matter this product carries that are not sealed: those a door may show in clear."""
    return [kind for kind in office.kinds.values() if not kind.table.sealed]
