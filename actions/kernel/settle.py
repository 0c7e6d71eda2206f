"""Settle first: everything that is due fires, in the order it was due, before anything else is judged."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from actions.kernel.actor import as_clock
from actions.kernel.plan import Plan, is_told_by_mail, notice_of, plan
from actions.kernel.step import Kinds, lapse, subject_of
from actions.kernel.view import duty_of, look, roster_of
from actions.kernel.watching import Subject, begin, known, refresh
from records import clocks, outbox, people
from records.books import Books
from records.clocks import ClockRow, FiredRow
from records.ledger import Entry, store
from records.matters import Matter
from states.clocks import passed
from states.ladders import Reached
from states.machine import MoveRefused, NoSuchMove
from states.schedule import CAP, LAPSE, PASSED, Moment

__all__ = ["Settled", "duty_of", "roster_of", "settle", "settle_all", "tell"]


@dataclass(slots=True)
class Settled:
    """What settling did: the matters as they are then, and counts."""

    matters: dict[UUID, Matter] = field(default_factory=dict)
    fired: int = 0
    lapsed: int = 0


def settle(kinds: Kinds, books: Books, matter: Matter) -> Matter:
    """Fire all that is due of one locked matter up to the transaction's instant. Return the matter as it is then."""
    return settle_all(kinds, books, [matter]).matters[matter.id]


def settle_all(kinds: Kinds, books: Books, found: Sequence[Matter]) -> Settled:
    """Fire all that is due of several locked matters.

    Late, twice, or beside another worker: the same rows come out, because each moment is derived from dates, and its primary
    key lets it fire once. Rungs are planned and written together; a moment that changes more (a lapse, a hand-over, another
    clock's beginning, the end of a pause) is done by itself, and the matter looked at again. Notices are collected in the
    books; `tell` puts the newest of each person and clock into the outbox.
    """
    settled = Settled({matter.id: matter for matter in found})
    waiting = list(settled.matters)
    while waiting:
        subjects = [subject_of(kinds, books, settled.matters[matter_id]) for matter_id in waiting]
        view = look(books, subjects)
        plans = [plan(books, subject, view) for subject in subjects if view.due[subject.matter.id]]
        _write(books, plans)
        settled.fired += sum(len(each.firings) for each in plans)
        waiting = []
        for each in plans:
            if each.hard is not None:
                settled.matters[each.subject.matter.id] = _do(kinds, books, each.subject, *each.hard, settled)
                waiting.append(each.subject.matter.id)
    return settled


def tell(books: Books) -> None:
    """Put the collected notices into the outbox, one a person and clock: the newest."""
    outbox.put(books, list(books.notices.values()))
    books.notices.clear()


def _write(books: Books, plans: Sequence[Plan]) -> None:
    """Write all planned rungs, earliest first, and where each clock stands then."""
    firings = sorted((firing for each in plans for firing in each.firings), key=lambda firing: firing.moment.at)
    rows = [
        FiredRow(one.row.id, one.moment.what, one.moment.round, one.moment.at, one.reached.person, one.outcome) for one in firings
    ]
    clocks.record_all(books, rows)
    clocks.reschedule_all(books, {clock: ahead for each in plans for clock, ahead in each.ahead.items()})
    for one in firings:
        if one.notice is not None:
            books.notices[one.notice.person, one.notice.clock] = one.notice


def _do(
    kinds: Kinds, books: Books, subject: Subject, row: ClockRow, moment: Moment, reached: Reached | None, settled: Settled
) -> Matter:
    """Do one moment that changes more than a date, and look ahead. Only a lapse changes the matter."""
    settled.fired += 1
    if moment.what == LAPSE:
        return _lapse(kinds, books, subject, row, moment, settled)
    if moment.what == PASSED:
        _pass(books, subject, row, moment)
    elif moment.what == CAP:
        _record(books, row, moment, None, "resumed")
    elif reached is not None and reached.person is not None:
        _hand_over(books, subject, row, moment, reached)
    refresh(books, subject, [row])
    return subject.matter


def _lapse(kinds: Kinds, books: Books, subject: Subject, row: ClockRow, moment: Moment, settled: Settled) -> Matter:
    trigger = subject.kind.table.clock(row.name).lapse
    if trigger is None:
        raise ValueError("a clock without a lapse has no such moment")
    try:
        matter = lapse(kinds, books, subject.matter, trigger, clock=as_clock(row.name), at=moment.at)
    except (NoSuchMove, MoveRefused):
        # The model check proves that this cannot happen to a table it passed; if one got by, the duty is not lost in silence.
        _record(books, row, moment, None, "refused")
        refresh(books, subject, [row])
        return subject.matter
    _record(books, row, moment, None, "lapsed")
    settled.lapsed += 1
    return matter


def _pass(books: Books, subject: Subject, row: ClockRow, moment: Moment) -> None:
    """The due day went by with the duty open: clocks that waited for it begin, with that day as day zero."""
    _record(books, row, moment, None, "passed")
    rows = clocks.of_matter(books, subject.matter.id)
    if row.due_on is not None:
        begin(books, subject, rows, passed(subject.kind.table, row.name, known(rows), row.due_on), {}, moment.at)


def _hand_over(books: Books, subject: Subject, row: ClockRow, moment: Moment, reached: Reached) -> None:
    """Make the next in line responsible. Nobody gets a seat by it: of a sealed matter only who has one is ever reached."""
    if reached.person is None:
        raise ValueError("nobody to hand over to")
    matter = subject.matter
    at = max(moment.at, row.started_at)  # an act told late may begin a clock whose rung lies before whoever answers for it now
    people.make_responsible(books, uuid4(), matter.id, reached.person, at=at, why="handed_over")
    entry = Entry(books.today, f"{matter.kind}.handed_over", str(matter.id), None, {"person": str(reached.person)})
    store.enter(books, matter, entry)
    _record(books, row, moment, reached.person, "handed_over")
    if is_told_by_mail(books, subject):
        books.notices[reached.person, row.id] = notice_of(subject, row, row.due_on, moment, reached)


def _record(books: Books, row: ClockRow, moment: Moment, person: UUID | None, outcome: str) -> None:
    clocks.record_all(books, [FiredRow(row.id, moment.what, moment.round, moment.at, person, outcome)])
