"""Looking at a matter's clocks: what is owed by when, why that day, what has fired and what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from actions.kernel.watching import Subject, derive
from actions.looking import Named, named, seen
from actions.office import Office
from actions.waivers import Waived, latest_day, waivers_of
from policies.said import Said
from records import clocks, people
from records.books import Books
from records.clocks import ClockRow
from states.clocks import Status


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
    """A clock with the reasons for its date. `days` until it is due, negative when late; None if it runs no more or is paused.

    `waivable_until`: the last day through which its lateness may be excused; None: it cannot be waived, or not now.
    """

    row: ClockRow
    days: int | None
    lines: tuple[Said, ...]
    next_what: str | None
    next_at: datetime | None
    fired: tuple[Fired, ...]
    waivers: tuple[Waived, ...]
    waivable_until: date | None
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Paused:
    """A pause in whole days, until (not including) its end; None: it goes on."""

    name: str
    since: date
    until: date | None


def clocks_of(office: Office, kind: str, matter_id: UUID, *, by: UUID) -> tuple[Sequence[Watched], Sequence[Paused]]:
    """Every clock of a matter, with explanations, and its pauses. Raises NotFound."""
    with office.open() as books:
        _, subject = seen(office, books, kind, matter_id, by)
        return watched_of(books, subject)


def watched_of(books: Books, subject: Subject) -> tuple[Sequence[Watched], Sequence[Paused]]:
    """The same of a matter that whoever asks was found to know of."""
    rows = clocks.of_matter(books, subject.matter.id)
    ids = [row.id for row in rows]
    fired, done = _fired(books, ids), clocks.fired(books, ids)
    waived = waivers_of(books, subject)
    watched = [_watched(books, subject, row, fired.get(row.id, ()), done[row.id], waived.get(row.id, ())) for row in rows]
    return watched, [Paused(*pause) for pause in clocks.pauses(books, subject.matter.id)]


def _watched(
    books: Books,
    subject: Subject,
    row: ClockRow,
    fired: Sequence[Fired],
    done: set[tuple[str, int]],
    waived: Sequence[Waived],
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
        waivers=tuple(waived),
        waivable_until=latest_day(subject.policy, row),
        source=rule.source,
        verified=rule.verified,
    )


def _fired(books: Books, clock_ids: Sequence[UUID]) -> dict[UUID, list[Fired]]:
    rows = clocks.rungs(books, clock_ids)
    who = people.names(books, [row.person_id for row in rows if row.person_id])
    found: dict[UUID, list[Fired]] = {}
    for row in rows:
        once = Fired(row.rung, row.round, row.due_at, row.fired_at, named(who, row.person_id), row.outcome)
        found.setdefault(row.clock_id, []).append(once)
    return found
