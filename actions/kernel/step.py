"""The only way a matter changes: `open_matter` and `step`, inside a transaction. They never commit; `move.py` does."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID, uuid4

from actions.kernel.actor import LINKED, Actor
from actions.kernel.counting import follow_count
from actions.kernel.kind import Act, Kind, Payload
from actions.kernel.watching import Subject, follow_move
from policies.refusal import Refusal
from policies.said import Fact
from records import matters, people
from records.books import Books
from records.ledger import Entry, store
from records.matters import EventRow, Matter
from states.calendars import FIRST_YEAR
from states.clocks import OPEN, Happened
from states.machine import MoveRefused, NoSuchMove

Kinds = Mapping[str, Kind]


class NotYet(Refusal):
    """An act is told of a day that has not come."""

    code: ClassVar[str] = "not_yet"
    status: ClassVar[int] = 422


class BeforeHistory(Refusal):
    """An act is told of a day before there was anything it could be about."""

    code: ClassVar[str] = "before_history"
    status: ClassVar[int] = 422


def open_matter(kinds: Kinds, books: Books, kind: str, payload: Payload, *, by: Actor, tied: Mapping[UUID, str]) -> Matter:
    """Open a matter: its row, its ties, its details, its first clocks.

    Of a matter that is not sealed, the person who opens it is responsible until somebody else is.
    """
    table = kinds[kind].table
    matter = Matter(
        id=uuid4(),
        kind=kind,
        state=table.initial,
        version=0,
        edition=books.pack.edition,
        calendar=books.pack.calendars.office,
        opened_at=books.now,
        rested_on=None,
    )
    act = Act(OPEN, payload, by, _effective(books, matter, payload), books.now)
    matters.add(books, matter)
    for other, what in tied.items():
        matters.link(books, matter.id, other, what)
    if by.person is not None and not table.sealed:
        people.make_responsible(books, uuid4(), matter.id, by.person, at=books.now, why="opened")
    return _write(kinds, books, matter, act, table.initial)


def step(kinds: Kinds, books: Books, matter: Matter, trigger: str, payload: Payload, *, by: Actor) -> Matter:
    """One move of a matter that is locked and settled. Asks the machine; who may was asked before.

    Raises NoSuchMove, MoveRefused, NotYet, BeforeHistory; then nothing was written.
    """
    act = Act(trigger, payload, by, _effective(books, matter, payload), books.now)
    return _advance(kinds, books, matter, act)


def lapse(kinds: Kinds, books: Books, matter: Matter, trigger: str, *, clock: Actor, at: datetime) -> Matter:
    """The move a clock makes by itself. It takes effect at the instant it was due, however late it is written."""
    on = books.calendar(matter.calendar).local_date(at)
    return _advance(kinds, books, matter, Act(trigger, kinds[matter.kind].payload(trigger)(), clock, on, at))


def _advance(kinds: Kinds, books: Books, matter: Matter, act: Act) -> Matter:
    kind = kinds[matter.kind]
    dest = kind.machine.advance(matter.state, act.trigger, kind.facts(books, matter, act))
    return _write(kinds, books, matter, act, dest)


def _write(kinds: Kinds, books: Books, matter: Matter, act: Act, dest: str) -> Matter:
    """Write a move that is allowed: details, history, state, clocks, ledger; then tell the linked matters."""
    kind = kinds[matter.kind]
    facts = kind.apply(books, matter, act)
    event = _event(books, matter, act, dest, facts)
    matters.append(books, matter.id, event)
    # what is done at its end does not move the day it came to its end
    rested = (matter.rested_on or act.effective_on) if kind.table.stage(dest).final else None
    changed = matters.change(books, matter, state=dest, rested_on=rested)
    happened = Happened(act.trigger, matter.state, dest, act.effective_on)
    follow_move(books, subject_of(kinds, books, changed), happened, act.at)
    follow_count(books, kind, matter, changed, act, event.seq, facts)
    _enter(books, changed, act, matter.state)
    _signal(kinds, books, changed, act)
    return changed


def _event(books: Books, matter: Matter, act: Act, dest: str, facts: Mapping[str, Fact]) -> EventRow:
    seq, latest = matters.last_day(books, matter.id)
    return EventRow(
        seq=seq + 1,
        trigger=act.trigger,
        source=matter.state,
        dest=dest,
        recorded_at=act.at,
        effective_on=act.effective_on,
        occurred_on=act.payload.happened_on(),
        irregular=latest is not None and act.effective_on < latest,
        by_person=act.by.person,
        by_clock=act.by.clock,
        facts={name: value.isoformat() if isinstance(value, date) else value for name, value in facts.items()},
    )


def _enter(books: Books, matter: Matter, act: Act, source: str) -> None:
    what = "opened" if act.trigger == OPEN else "lapsed" if act.by.clock else "moved"
    entry = Entry(
        at_day=books.today,
        what=f"{matter.kind}.{what}",
        matter=str(matter.id),
        by=str(act.by.person) if act.by.person else None,
        facts={"trigger": act.trigger, "source": source, "dest": matter.state, "version": matter.version},
    )
    store.enter(books, matter, entry)


def _signal(kinds: Kinds, books: Books, matter: Matter, act: Act) -> None:
    """Tell the matters tied to this one what happened, in the same transaction and in locking order.

    One that listens makes its own move if its table permits it now; if not (it may be final), the fact stands in this matter's
    history alone. A kind that listens with `open` has a new matter opened, tied to this one.
    """
    if act.trigger not in kinds[matter.kind].table.emits:
        return
    heard = f"{matter.kind}.{act.trigger}"
    for other in matters.lock(books, matters.linked(books, matter.id)).values():
        own = dict(kinds[other.kind].table.listens).get(heard)
        if own is None or own == OPEN:
            continue
        try:
            step(kinds, books, other, own, kinds[other.kind].payload(own)(), by=LINKED)
        except (NoSuchMove, MoveRefused):
            continue  # raised before anything of the other matter was written
    for kind in kinds.values():
        if kind.born_of is not None and (heard, OPEN) in kind.table.listens:
            open_matter(kinds, books, kind.name, kind.born_of(books, matter, act), by=act.by, tied={matter.id: heard})


def _effective(books: Books, matter: Matter, payload: Payload) -> date:
    """The day an act takes effect: as told, else today. Told days must lie in history."""
    told = payload.happened_on()
    today = books.calendar(matter.calendar).local_date(books.now)
    if told is None:
        return today
    if told > today:
        raise NotYet(day=told, today=today)
    if told.year < FIRST_YEAR:
        raise BeforeHistory(day=told, first=str(FIRST_YEAR))
    return told


def subject_of(kinds: Kinds, books: Books, matter: Matter) -> Subject:
    """A matter with its kind and the policy it is pinned to."""
    return Subject(matter, kinds[matter.kind], books.edition(matter.edition).kinds[matter.kind])
