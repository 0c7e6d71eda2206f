"""What happened to a matter, and what is owed of it: days, people and names of rules, never a word anybody wrote.

Moves are lines of its history. Who answers for it and who has a seat are kept elsewhere, because no procedure has a move for
them; here they are put into one list, in order. Why somebody stepped down stands in none of it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from actions.desk import enter
from actions.holding import holds_of
from actions.identity_looking import requests_told
from actions.kernel.callers import DeskPerson
from actions.kernel.watching import Subject, held_by, watch_of
from actions.looking import Named, named
from actions.office import Office
from actions.retention import destroyed_on
from actions.waivers import Waived, latest_day, waivers_of
from policies.rules import PauseRule, Rung
from policies.said import Said
from records import clocks, desk, linking, matters, people, retention, waivers
from records.books import Books
from records.clocks import ClockRow
from records.matters import EventRow
from states.calendars import Calendar
from states.clocks import OPEN, Status
from states.schedule import due_of


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `what`: moved, lapsed, signalled (by a matter tied to this), responsible, seated, recused, waived, held (kept
    from being destroyed), hold_lifted, linked (about the same as another) or unlinked; identity_asked, identity_approved,
    identity_refused, identity_lapsed.

    `name` is the trigger, why the person became responsible, the clock waived, why it is held or linked; `by` who did it, None
    for the visitor, a clock or a tied matter; `person` whom it is about.
    """

    on: date
    what: str
    name: str
    by: Named | None = None
    by_clock: str | None = None
    person: Named | None = None
    source: str | None = None
    dest: str | None = None
    irregular: bool = False
    facts: Mapping[str, Any] = field(default_factory=dict)


Dated = tuple[datetime, Line]
"""A line with the instant that puts it in order; the hour is not shown."""


@dataclass(frozen=True, slots=True)
class Fired:
    """Something of a clock that fired, on the day it belongs to, and whom it reached."""

    what: str
    round: int
    due_on: date
    fired_on: date
    person: Named | None
    outcome: str


@dataclass(frozen=True, slots=True)
class Watched:
    """A clock with the reasons for its date. `days` until it is due, negative when late; None if it runs no more or is paused.

    `waivable_until`: the last day through which its lateness may be excused; None: it cannot be waived, or not now.
    """

    row: ClockRow
    days: int | None
    lines: tuple[Said, ...]
    ladder: tuple[Rung, ...]
    fired: tuple[Fired, ...]
    source: str
    verified: bool
    paused: bool
    waivers: tuple[Waived, ...]
    waivable_until: date | None


@dataclass(frozen=True, slots=True)
class Held:
    """A hold in force: until (not including) its end, the matter is not destroyed."""

    id: UUID
    reason: str
    by: Named
    since: date
    until: date
    asked_by: Named | None


@dataclass(frozen=True, slots=True)
class Paused:
    """A pause in whole days, until (not including) its end; None: it goes on. `rule` is what the policy allows."""

    name: str
    since: date
    until: date | None
    rule: PauseRule


@dataclass(frozen=True, slots=True)
class Times:
    """All that is about time in one matter. `destroyed_on`: the first day on which it can be; None while it is under way."""

    clocks: tuple[Watched, ...]
    pauses: tuple[Paused, ...]
    destroyed_on: date | None
    holds: tuple[Held, ...]


def history_of(office: Office, kind: str, matter_id: UUID, *, by: DeskPerson) -> list[Line]:
    """All that happened to a matter, in order. Raises NotFound."""
    with office.open() as books:
        _, subject = enter(office, books, kind, matter_id, by)
        return lines_in(books, subject)


def lines_in(books: Books, subject: Subject) -> list[Line]:
    """The same of a matter that whoever asks was found to know of."""
    matter_id, calendar = subject.matter.id, books.calendar(subject.matter.calendar)
    dated = [
        *_moves(books, subject, calendar),
        *_seats(books, matter_id, calendar),
        *_responsible(books, matter_id, calendar),
        *_waivers(books, matter_id, calendar),
        *_holds(books, matter_id, calendar),
        *_links(books, matter_id, calendar),
        *_identity(books, matter_id, calendar),
    ]
    return [line for _, line in sorted(dated, key=lambda each: each[0])]


def times_of(office: Office, kind: str, matter_id: UUID, *, by: DeskPerson) -> Times:
    """Every clock of a matter with its ladder, what of it fired and its waivers; its pauses; when it goes. Raises NotFound."""
    with office.open() as books:
        _, subject = enter(office, books, kind, matter_id, by)
        return times_in(books, subject)


def times_in(books: Books, subject: Subject) -> Times:
    """The same of a matter that whoever asks was found to know of."""
    rows = clocks.of_matter(books, subject.matter.id)
    fired = _fired(books, subject, rows)
    rules = subject.policy.pauses
    spans = clocks.pauses(books, subject.matter.id)
    pauses = [Paused(name, since, until, rules[name]) for name, since, until in spans]
    waived = waivers_of(books, subject)
    watched = [_watched(books, subject, row, fired.get(row.id, ()), waived.get(row.id, ()), spans) for row in rows]
    gone, held = destroyed_on(books, subject.matter), holds_of(books, subject.matter)
    who = people.names(books, {one for row in held for one in (row.approved_by, row.asked_by) if one})
    holds = [
        Held(h.id, h.reason, Named(h.approved_by, who[h.approved_by]), h.from_on, h.until_on, named(who, h.asked_by))
        for h in held
    ]
    return Times(tuple(watched), tuple(pauses), gone, tuple(holds))


def _moves(books: Books, subject: Subject, calendar: Calendar) -> Iterator[Dated]:
    signals = {own for _, own in subject.kind.table.listens if own != OPEN}
    events = matters.history(books, subject.matter.id)
    who = people.names(books, [event.by_person for event in events if event.by_person])
    for event in events:
        yield (
            event.recorded_at,
            Line(
                on=calendar.local_date(event.recorded_at),
                what=_what(event, signals),
                name=event.trigger,
                by=named(who, event.by_person),
                by_clock=event.by_clock,
                source=event.source,
                dest=event.dest,
                irregular=event.irregular,
                facts=event.facts,
            ),
        )


def _what(event: EventRow, signals: set[str]) -> str:
    if event.by_clock is not None:
        return "lapsed"
    return "signalled" if event.by_person is None and event.trigger in signals else "moved"


def _responsible(books: Books, matter_id: UUID, calendar: Calendar) -> Iterator[Dated]:
    rows = people.responsibilities(books, matter_id)
    who = people.names(books, [row.person_id for row in rows])
    for row in rows:
        yield row.from_at, Line(calendar.local_date(row.from_at), "responsible", row.why, person=named(who, row.person_id))


def _seats(books: Books, matter_id: UUID, calendar: Calendar) -> Iterator[Dated]:
    rows = desk.seatings(books, matter_id)
    who = people.names(books, [row.person_id for row in rows])
    for row in rows:
        person = named(who, row.person_id)
        yield row.from_at, Line(calendar.local_date(row.from_at), "seated", "seated", person=person)
        if row.until_at is not None:
            yield row.until_at, Line(calendar.local_date(row.until_at), "recused", "recused", person=person)


def _identity(books: Books, matter_id: UUID, calendar: Calendar) -> Iterator[Dated]:
    """What was asked of a custodian, and what came of it: days and people."""
    for on, what, row, by in requests_told(books, matter_id):
        who = people.names(books, [by] if by else [])
        yield calendar.start_of(on), Line(on, what, row.id.hex[:8].upper(), by=named(who, by))


def _waivers(books: Books, matter_id: UUID, calendar: Calendar) -> Iterator[Dated]:
    rows = waivers.of_matter(books, matter_id)
    who = people.names(books, [row.by_person for row in rows])
    for row in rows:
        by, until = named(who, row.by_person), row.until_on.isoformat()
        yield row.made_at, Line(calendar.local_date(row.made_at), "waived", row.rule, by=by, facts={"until": until})


def _holds(books: Books, matter_id: UUID, calendar: Calendar) -> Iterator[Dated]:
    rows = retention.holds_of(books, matter_id)
    who = people.names(books, {person for row in rows for person in (row.approved_by, row.lifted_by) if person})
    for row in rows:  # only the days are kept
        by, until = named(who, row.approved_by), row.until_on.isoformat()
        yield calendar.start_of(row.from_on), Line(row.from_on, "held", row.reason, by=by, facts={"until": until})
        if row.lifted_by is not None:
            line = Line(row.until_on, "hold_lifted", row.reason, by=named(who, row.lifted_by))
            yield calendar.start_of(row.until_on), line


def _links(books: Books, matter_id: UUID, calendar: Calendar) -> Iterator[Dated]:
    """Row-level security shows those to matters in which the person has a seat too, and no others."""
    rows = linking.of_matter(books, matter_id)
    who = people.names(books, {person for row in rows for person in (row.made_by, row.removed_by) if person})
    for row in rows:
        told = {"matter": str(row.other(matter_id))}
        yield calendar.start_of(row.made_on), Line(row.made_on, "linked", row.reason, by=named(who, row.made_by), facts=told)
        if row.removed_on is not None:
            line = Line(row.removed_on, "unlinked", row.reason, by=named(who, row.removed_by), facts=told)
            yield calendar.start_of(row.removed_on), line


def _watched(
    books: Books,
    subject: Subject,
    row: ClockRow,
    fired: Sequence[Fired],
    waived: Sequence[Waived],
    pauses: Sequence[tuple[str, date, date | None]],
) -> Watched:
    runs, held = row.status == Status.RUNNING, held_by(books, subject, row.name, pauses)
    due = due_of(watch_of(books, subject, row), held)
    rule = subject.policy.clocks[row.name]
    return Watched(
        row=row,
        days=(row.due_on - books.today).days if runs and row.due_on else None,
        lines=due.lines,
        ladder=books.edition(subject.matter.edition).ladders[rule.ladder].rungs,
        fired=tuple(fired),
        source=rule.source,
        verified=rule.verified,
        paused=runs and held.cap_on is not None,
        waivers=tuple(waived),
        waivable_until=latest_day(subject.policy, row),
    )


def _fired(books: Books, subject: Subject, rows: Sequence[ClockRow]) -> dict[UUID, list[Fired]]:
    found = clocks.rungs(books, [row.id for row in rows])
    who = people.names(books, [row.person_id for row in found if row.person_id])
    local = books.calendar(subject.matter.calendar).local_date
    fired: dict[UUID, list[Fired]] = {}
    for row in found:
        one = Fired(row.rung, row.round, local(row.due_at), local(row.fired_at), named(who, row.person_id), row.outcome)
        fired.setdefault(row.clock_id, []).append(one)
    return fired
