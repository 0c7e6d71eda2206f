"""Settle first: everything of a matter that is due fires, in the order it was due, before anything else is judged."""

from uuid import UUID, uuid4

from actions.kernel.actor import as_clock
from actions.kernel.step import Kinds, lapse, subject_of
from actions.kernel.watching import Subject, begin, derive, known, refresh
from policies.rules import Act as RungAct
from policies.rules import Rung
from records import clocks, outbox, people, seats
from records.books import Books, Notice
from records.clocks import ClockRow
from records.ledger import Entry, store
from records.matters import Matter
from states.clocks import passed
from states.ladders import Duty, Post, Reached, Roster, Why, addressee
from states.machine import MoveRefused, NoSuchMove
from states.schedule import CAP, LAPSE, PASSED, Moment


def settle(kinds: Kinds, books: Books, matter: Matter) -> Matter:
    """Fire all that is due of a locked matter up to the transaction's instant. Return the matter as it is then.

    Late, twice, or beside another worker: the same rows come out, because each moment is derived from dates, and its primary
    key lets it fire once. Notices are collected in the books; `tell` puts the newest of each person and clock into the outbox.
    """
    while (row := _earliest(books, matter)) is not None:
        subject = subject_of(kinds, books, matter)
        done = clocks.fired(books, [row.id])[row.id]
        due, moment = derive(books, subject, row, done)
        if moment is None or moment.at > books.now:
            clocks.reschedule(books, row.id, due.on, moment.at if moment else None)
            continue
        matter = _fire(kinds, books, subject, row, moment)
    return matter


def tell(books: Books) -> None:
    """Put the collected notices into the outbox, one a person and clock: the newest."""
    outbox.put(books, list(books.notices.values()))
    books.notices.clear()


def _earliest(books: Books, matter: Matter) -> ClockRow | None:
    due = [row for row in clocks.running(books, [matter.id]) if row.next_at is not None and row.next_at <= books.now]
    return min(due, key=lambda row: (row.next_at, row.name), default=None)


def _fire(kinds: Kinds, books: Books, subject: Subject, row: ClockRow, moment: Moment) -> Matter:
    """Fire one moment and look ahead. Only a lapse changes the matter."""
    if moment.what == LAPSE:
        return _fire_lapse(kinds, books, subject, row, moment)
    if moment.what == PASSED:
        _fire_passed(books, subject, row, moment)
    elif moment.what == CAP:
        _record(books, row, moment, Reached(None, Why.NOT_NEEDED), "resumed")
    else:
        _fire_rung(books, subject, row, moment)
    refresh(books, subject, [row])
    return subject.matter


def _fire_passed(books: Books, subject: Subject, row: ClockRow, moment: Moment) -> None:
    """The due day went by with the duty open: clocks that waited for it begin, with that day as day zero."""
    _record(books, row, moment, Reached(None, Why.NOT_NEEDED), "passed")
    rows = clocks.of_matter(books, subject.matter.id)
    if row.due_on is not None:
        begin(books, subject, rows, passed(subject.kind.table, row.name, known(rows), row.due_on), {}, moment.at)


def _fire_lapse(kinds: Kinds, books: Books, subject: Subject, row: ClockRow, moment: Moment) -> Matter:
    trigger = subject.kind.table.clock(row.name).lapse
    if trigger is None:
        raise ValueError("a clock without a lapse has no such moment")
    try:
        matter = lapse(kinds, books, subject.matter, trigger, clock=as_clock(row.name), at=moment.at)
    except (NoSuchMove, MoveRefused):
        # The model check proves that this cannot happen to a table it passed; if one got by, the duty is not lost in silence.
        _record(books, row, moment, Reached(None, Why.NOBODY_ELIGIBLE), "refused")
        refresh(books, subject, [row])
        return subject.matter
    _record(books, row, moment, Reached(None, Why.NOT_NEEDED), "lapsed")
    return matter


def _fire_rung(books: Books, subject: Subject, row: ClockRow, moment: Moment) -> None:
    rung = moment.rung
    if rung is None:
        raise ValueError("only a rung reaches somebody")
    reached = addressee(rung.act, roster_of(books, subject), duty_of(books, subject))
    if reached.person is not None and rung.act is RungAct.HAND_OVER:
        _hand_over(books, subject.matter, reached.person, moment)
    _record(books, row, moment, reached, _outcome(rung, reached))
    if reached.person is not None and not subject.kind.table.sealed:
        _collect(books, subject, row, rung, moment, reached.person)


def _outcome(rung: Rung, reached: Reached) -> str:
    if reached.person is None:
        return str(reached.why.value)
    return "handed_over" if rung.act is RungAct.HAND_OVER else "told"


def _hand_over(books: Books, matter: Matter, person: UUID, moment: Moment) -> None:
    people.make_responsible(books, uuid4(), matter.id, person, at=moment.at, why="handed_over")
    entry = Entry(books.today, f"{matter.kind}.handed_over", str(matter.id), None, {"person": str(person)})
    store.append(books, entry, matter.id)


def _collect(books: Books, subject: Subject, row: ClockRow, rung: Rung, moment: Moment, person: UUID) -> None:
    books.notices[person, row.id] = Notice(
        person=person,
        clock=row.id,
        dedup=f"{row.id}:{rung.name}:{moment.round}",
        key=f"notice.{rung.act.value}",
        params={
            "matter": str(subject.matter.id),
            "kind": subject.matter.kind,
            "clock": row.name,
            "rung": rung.name,
            "due": row.due_on.isoformat() if row.due_on else "",
        },
    )


def _record(books: Books, row: ClockRow, moment: Moment, reached: Reached, outcome: str) -> None:
    clocks.record_fired(books, row.id, moment.what, moment.round, moment.at, person=reached.person, outcome=outcome)


def roster_of(books: Books, subject: Subject) -> Roster:
    """Everybody in office today, with who is away and who must not see this matter.

    Of a sealed matter, whoever works at the desk and has no seat is excluded. Those above the office never read it: a rung
    that tells them only counts in the weekly band.
    """
    roles = books.pack.house.roles
    seated = seats.persons(books, subject.matter.id) if subject.kind.table.sealed else None
    posts = tuple(
        Post(
            each.person_id,
            each.role,
            absent=each.absent,
            excluded=seated is not None and roles[each.role].door == "desk" and each.person_id not in seated,
        )
        for each in people.serving(books, books.today)
        if each.role in roles
    )
    return Roster(posts, roles)


def duty_of(books: Books, subject: Subject) -> Duty:
    """Whose duty the matter's clocks are: the person responsible, in the role by which they handle this kind."""
    person = people.responsible(books, [subject.matter.id]).get(subject.matter.id)
    handling = [name for name, role in books.pack.house.roles.items() if subject.kind.name in role.handles]
    held = people.roles_of(books, person, books.today) if person else frozenset()
    return Duty(subject.kind.name, next((name for name in handling if name in held), handling[0]), person)
