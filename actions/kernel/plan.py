"""Which rungs of a matter fire now, in order, up to the first moment that changes more than a date. Nothing is written here."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from actions.kernel.view import View
from actions.kernel.watching import Subject, held_by, watch_of
from policies.rules import Act as RungAct
from records.books import Books, Notice
from records.clocks import ClockRow
from states.ladders import Reached, addressee
from states.schedule import OWN_MOMENTS, Held, Moment, Watch, due_of, excused, next_moment


@dataclass(frozen=True, slots=True)
class Firing:
    """A rung that fires: of which clock, when it was due, and whom it reaches."""

    row: ClockRow
    moment: Moment
    reached: Reached
    outcome: str
    notice: Notice | None


@dataclass(slots=True)
class Plan:
    """What one matter's due clocks do. `hard` is a moment that must be done by itself before the rest can be planned."""

    subject: Subject
    firings: list[Firing] = field(default_factory=list)
    ahead: dict[UUID, tuple[date | None, datetime | None]] = field(default_factory=dict)
    """By clock: the due day and the next instant, once the firings are written."""
    hard: tuple[ClockRow, Moment, Reached | None] | None = None


@dataclass(slots=True)
class _Running:
    """One due clock while its rungs are climbed in memory."""

    row: ClockRow
    watch: Watch
    held: Held
    due_on: date | None
    fired: set[tuple[str, int]]

    def next(self) -> Moment | None:
        return next_moment(self.watch, self.held, self.due_on, self.fired)


def plan(books: Books, subject: Subject, view: View) -> Plan:
    """Climb the ladders of a matter's due clocks together, earliest rung first."""
    made = Plan(subject)
    due = [_running(books, subject, row, view) for row in view.due[subject.matter.id]]
    while (found := _earliest(books, due)) is not None:
        one, moment = found
        if moment.what in OWN_MOMENTS or moment.rung is None:
            made.hard = (one.row, moment, None)
            break
        on = books.calendar().local_date(moment.at)  # whoever was there then: not whoever is there when it is swept
        reached = addressee(moment.rung.act, view.roster(subject, on), view.duty(subject, on))
        if reached.person is not None and moment.rung.act is RungAct.HAND_OVER:
            made.hard = (one.row, moment, reached)
            break
        made.firings.append(_firing(books, subject, one, moment, reached))
        one.fired.add((moment.what, moment.round))
    for one in due:
        following = one.next()
        made.ahead[one.row.id] = (one.due_on, following.at if following else None)
    return made


def _running(books: Books, subject: Subject, row: ClockRow, view: View) -> _Running:
    watch = watch_of(books, subject, row)
    held = excused(held_by(books, subject, row.name, view.pauses.get(subject.matter.id, ())), view.waived.get(row.id, ()))
    return _Running(row, watch, held, due_of(watch, held).on, set(view.fired[row.id]))


def _earliest(books: Books, due: list[_Running]) -> tuple[_Running, Moment] | None:
    """The earliest moment that is due; of two at one instant, that of the clock whose name comes first."""
    now = [(one, moment) for one in due if (moment := one.next()) is not None and moment.at <= books.now]
    return min(now, key=lambda pair: (pair[1].at, pair[0].row.name), default=None)


def _firing(books: Books, subject: Subject, one: _Running, moment: Moment, reached: Reached) -> Firing:
    told = reached.person is not None
    notice = None
    if told and is_told_by_mail(books, subject):
        notice = notice_of(subject, one.row, one.due_on, moment, reached)
    return Firing(one.row, moment, reached, "told" if told else str(reached.why.value), notice)


def is_told_by_mail(books: Books, subject: Subject) -> bool:
    """In the ombudsperson's office nothing that happens sends a mail, sealed or not: the desk shows it."""
    return books.database == "house" and not subject.kind.table.sealed


def notice_of(subject: Subject, row: ClockRow, due_on: date | None, moment: Moment, reached: Reached) -> Notice:
    """What the person a rung reaches is told: ids, names of rules and a date."""
    if moment.rung is None or reached.person is None:
        raise ValueError("only a rung that reaches somebody has a notice")
    return Notice(
        person=reached.person,
        clock=row.id,
        dedup=f"{row.id}:{moment.what}:{moment.round}",
        key=f"notice.{moment.rung.act.value}",
        params={
            "matter": str(subject.matter.id),
            "kind": subject.matter.kind,
            "clock": row.name,
            "rung": moment.what,
            "due": due_on.isoformat() if due_on else "",
        },
    )
