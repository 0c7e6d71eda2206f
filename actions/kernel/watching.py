"""A matter's clocks inside a transaction: begun, stopped, paused and scheduled as the pure rules say."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID, uuid4

from actions.kernel.kind import Kind
from policies.rules import GivenClock, KindPolicy
from records import clocks, waivers
from records.books import Books
from records.clocks import ClockRow
from records.matters import Matter
from states.clocks import Begin, Change, Happened, Known, Status, follow, waits_for
from states.due import Due
from states.schedule import Held, Moment, Watch, capped, due_of, excused, next_moment


@dataclass(frozen=True, slots=True)
class Subject:
    """A matter with its kind and the policy it is pinned to."""

    matter: Matter
    kind: Kind
    policy: KindPolicy


def follow_move(books: Books, subject: Subject, happened: Happened, at: datetime) -> None:
    """Let the matter's clocks and pauses follow a move that has just been written and belongs to the instant `at`."""
    paused = _follow_pauses(books, subject, happened)
    rows = clocks.of_matter(books, subject.matter.id)
    given = subject.kind.given(books, subject.matter.id)
    brings = {name: given.get(name) for name, rule in subject.policy.clocks.items() if isinstance(rule, GivenClock)}
    change = follow(subject.kind.table, known(rows), happened, brings)
    _stop(books, rows, change, happened.on)
    begin(books, subject, rows, change.begins, brings, at)
    if paused:
        stopped = {stop.clock for stop in change.stops}
        refresh(books, subject, [row for row in rows if row.status == Status.RUNNING and row.name not in stopped])


def begin(
    books: Books,
    subject: Subject,
    rows: Iterable[ClockRow],
    begins: Iterable[Begin],
    given: Mapping[str, Mapping[str, object] | None],
    at: datetime,
) -> None:
    """Write down clocks that begin at the instant `at`, each with its due day and first instant."""
    epochs = {name: known.epoch for name, known in known(rows).items()}
    fresh = [
        ClockRow(
            id=uuid4(),
            matter_id=subject.matter.id,
            name=start.clock,
            epoch=epochs.get(start.clock, 0) + 1,
            started_on=start.on,
            started_at=at,
            given=given.get(start.clock),
            due_on=None,
            status=Status.RUNNING,
            stopped_on=None,
            next_at=None,
            attempts=0,
            dead=False,
        )
        for start in begins
    ]
    scheduled = []
    for row in fresh:  # nobody can have waived what begins now
        due, moment = _derive(books, subject, row, set(), ())
        scheduled.append(replace(row, due_on=due.on, next_at=moment.at if moment else None))
    clocks.add(books, scheduled)


def refresh(books: Books, subject: Subject, rows: Iterable[ClockRow]) -> list[tuple[ClockRow, date | None]]:
    """Derive again the due day and the next instant of running clocks; return those whose due day changed, with the new one."""
    running = list(rows)
    ids = [row.id for row in running]
    fired, waived = clocks.fired(books, ids), waivers.last_days(books, ids)
    changed = []
    for row in running:
        due, moment = _derive(books, subject, row, fired[row.id], waived.get(row.id, ()))
        clocks.reschedule(books, row.id, due.on, moment.at if moment else None)
        if due.on != row.due_on:
            changed.append((row, due.on))
    return changed


def derive(books: Books, subject: Subject, row: ClockRow, fired: set[tuple[str, int]]) -> tuple[Due, Moment | None]:
    """The due day of a clock with its explanation, and the next moment at which it fires."""
    return _derive(books, subject, row, fired, waivers.last_days(books, [row.id]).get(row.id, ()))


def _derive(
    books: Books, subject: Subject, row: ClockRow, fired: set[tuple[str, int]], waived: Sequence[date]
) -> tuple[Due, Moment | None]:
    watch, held = watch_of(books, subject, row), excused(held_of(books, subject, row.name), waived)
    due = due_of(watch, held)
    return due, next_moment(watch, held, due.on, fired)


def watch_of(books: Books, subject: Subject, row: ClockRow) -> Watch:
    """All that decides when this clock fires."""
    rule = subject.policy.clocks[row.name]
    station = subject.matter.calendar if rule.calendar == "station" else None
    return Watch(
        rule=rule,
        ladder=books.edition(subject.matter.edition).ladders[rule.ladder],
        calendar=books.calendar(station),
        started_on=row.started_on,
        started_at=row.started_at,
        given=row.given,
        lapses=subject.kind.table.clock(row.name).lapse is not None,
        awaited=waits_for(subject.kind.table, row.name),
    )


def held_of(books: Books, subject: Subject, clock: str) -> Held:
    """The pauses that hold this clock."""
    return held_by(books, subject, clock, clocks.pauses(books, subject.matter.id) if subject.kind.table.pauses else ())


def held_by(books: Books, subject: Subject, clock: str, pauses: Sequence[tuple[str, date, date | None]]) -> Held:
    """Of a matter's pauses, those that hold this clock, with their caps."""
    names = {pause.name for pause in subject.kind.table.pauses if clock in pause.holds}
    return capped([pause for pause in pauses if pause[0] in names], subject.policy.pauses, books.today)


def _follow_pauses(books: Books, subject: Subject, happened: Happened) -> bool:
    """Begin and end pauses, each open once; a matter that comes to its end takes its pauses with it. Say whether any changed."""
    if not subject.kind.table.pauses:
        return False
    changed = False
    waiting = {name for name, _, until in clocks.pauses(books, subject.matter.id) if until is None}
    ends = happened.entered and subject.kind.table.stage(happened.dest).final
    for pause in subject.kind.table.pauses:
        if ends or happened.trigger in pause.stops_on:
            changed |= clocks.end_pause(books, subject.matter.id, pause.name, happened.on) > 0
            waiting.discard(pause.name)
        if happened.trigger == pause.starts_on and not ends and pause.name not in waiting:
            clocks.begin_pause(books, uuid4(), subject.matter.id, pause.name, happened.on)
            changed = True
    return changed


def _stop(books: Books, rows: Iterable[ClockRow], change: Change, on: date) -> None:
    newest: dict[str, UUID] = {row.name: row.id for row in rows if row.status == Status.RUNNING}
    for stop in change.stops:
        clocks.stop(books, newest[stop.clock], stop.status, on)


def known(rows: Iterable[ClockRow]) -> dict[str, Known]:
    """The newest epoch of each clock, as the pure rules want it."""
    newest: dict[str, ClockRow] = {}
    for row in rows:
        if row.name not in newest or row.epoch > newest[row.name].epoch:
            newest[row.name] = row
    return {
        name: Known(row.epoch, row.started_on, Status(row.status), dict(row.given) if row.given else None)
        for name, row in newest.items()
    }
