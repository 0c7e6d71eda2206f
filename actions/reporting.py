"""Reports by themselves: opened on their dates, drafted, judged, passed to the house, numbered, written out, told.

Each step looks at what is there and does what is missing, in a transaction of its own: late, twice, beside another or after a
cut, the same comes out. Nothing here sees a figure of a draft; what does is a process that `Hands` starts.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Final, Protocol
from uuid import UUID
from weakref import WeakKeyDictionary

from actions.kernel.callers import HouseProcess
from actions.kernel.kind import Nothing
from actions.kernel.move import move_in, open_in
from actions.kernel.settle import tell
from actions.kernel.sweep import note_error
from actions.kinds.report_opening import ReportExists, ReportUnderWay, under_way
from actions.kinds.report_shapes import Wanted
from actions.office import Office
from actions.report_periods import Owed, owed
from actions.report_publishing import cross, is_band, keep_band, publish, waiting
from actions.report_resting import is_resting, rest, wake
from records import report
from records.books import Books
from records.report import ReleaseRow, ReportRow
from records.report_days import begun_at
from states.machine import MoveRefused, NoSuchMove
from states.report import JUDGED, State

WHERE: Final = "reports"
"""The name under which troubles are noted."""
_BEGUN: "WeakKeyDictionary[Office, date]" = WeakKeyDictionary()
"""The first day of each database. It moves back only where the director of a demo does."""


class Stopped(Exception):
    """This process is told to stop: what is under way is done by the next one. No trouble."""


class Hands(Protocol):
    """What a flow does for these actions, because it takes a process of its own, or the other database."""

    def draft(self, database: str, matter: UUID) -> None:
        """Have the next draft of a report made. Raises where there is none afterwards; Stopped at the end of this process."""
        ...

    def write(self, series: str, edition: str, written: bytes) -> Mapping[str, bytes]:
        """Have the folder of a release written: see `Write`. Raises where it is not there; Stopped as above."""
        ...

    def write_band(self, written: bytes) -> None:
        """Write the folder of a chair's week. Raises where it is not there."""
        ...

    def house(self) -> Office:
        """The office of the house."""
        ...


@dataclass(frozen=True, slots=True)
class Reported:
    """What one run did. All a flow may pass on."""

    opened: int = 0
    judged: int = 0
    published: int = 0
    failed: int = 0
    """Noted as troubles, and tried again later."""


def due_reports(office: Office) -> bool:
    """Whether a run would find anything to do. For every look: a few small queries, nothing written."""
    with office.open() as books:
        if books.pack.reports is None:
            return False
        wanted = any(not is_resting(office, row.matter_id) for row in report.in_state(books, State.WANTED))
        return wanted or any(not is_resting(office, _name(row)) for row in waiting(books)) or bool(_unopened(office, books))


def make_reports(office: Office, hands: Hands) -> Reported:
    """Do everything about reports that is due in one database. Safe to run late, twice, or beside another.

    What fails is noted, rests, and stops nothing else. Raises Stopped.
    """
    done = Reported(opened=open_due(office))
    with office.open() as books:
        wanted = [row for row in report.in_state(books, State.WANTED) if not is_resting(office, row.matter_id)]
    for row in wanted:
        done = _counted(office, done, row.matter_id, partial(_draft, office, row, hands), "judged")
    with office.open() as books:
        releases = [row for row in waiting(books) if not is_resting(office, _name(row))]
    for one in releases:
        done = _counted(office, done, _name(one), partial(_put_out, office, one, hands), "published")
    return done


def open_due(office: Office) -> int:
    """Open each report whose cut-off date has come and that is not there; return how many. Periods merged into it go along.

    One with tables waits while another of its kind is under way, and comes with the first look after that.
    """
    opened = 0
    with office.open() as books:
        missing = _unopened(office, books)
    for one in missing:
        try:
            with office.open() as books:
                open_in(office, books, "report", Wanted(kind=one.kind, period=one.period.code), by=HouseProcess())
                tell(books)
        except (ReportExists, ReportUnderWay):
            continue  # another worker was first
        opened += 1
    return opened


def judge(office: Office, matter_id: UUID) -> bool:
    """Say of a report's newest draft what was found: the one move that fits. False: there is no draft, or it was judged."""
    with office.open() as books:
        report.hold_kind(books, report.detail(books, matter_id).report_kind)  # no other draft comes meanwhile
        if report.fresh_draft(books, matter_id) is None:
            return False
        for trigger in JUDGED:
            try:
                move_in(office, books, matter_id, trigger, Nothing(), by=HouseProcess())
            except (NoSuchMove, MoveRefused):
                continue
            return True
        return False


def _unopened(office: Office, books: Books) -> list[Owed]:
    if books.pack.reports is None or (begun := _begun(office, books)) is None:
        return []
    rules, rows = books.pack.reports, report.every(books)
    there, busy = {(row.report_kind, row.period) for row in rows}, set(under_way(rows))
    found = []
    for one in owed(rules, office.database, begun, books.today):
        tables = rules.cadence(one.kind, one.period).contents == "tables"
        if (one.kind, one.period.code) in there or (tables and one.kind in busy):
            continue
        if tables:
            busy.add(one.kind)
        found.append(one)
    return found


def _begun(office: Office, books: Books) -> date | None:
    kept = _BEGUN.get(office)
    if kept is None or kept > books.today:  # a demo's director took its time back
        instant = begun_at(books)
        if instant is None:
            return None
        kept = _BEGUN[office] = books.calendar().local_date(instant)
    return kept


def _draft(office: Office, row: ReportRow, hands: Hands) -> bool:
    with office.open() as books:
        there = report.fresh_draft(books, row.matter_id) is not None
    if not there:  # it may be: a worker ended between draft and judgement
        hands.draft(office.database, row.matter_id)
    return judge(office, row.matter_id)


def _put_out(office: Office, row: ReleaseRow, hands: Hands) -> bool:
    if is_band(row):
        keep_band(office, row, hands.write_band)
    elif office.database == "ombuds":
        cross(office, hands.house(), row)
    else:
        publish(office, row, hands.write)
    return True


def _counted(office: Office, done: Reported, what: object, act: Callable[[], bool], counter: str) -> Reported:
    """Do one thing; count it, or note that it failed and let it rest."""
    try:
        moved = act()
    except Stopped:
        raise
    except Exception as error:  # noqa: BLE001  # whatever it was must not stop the others; it is counted, noted and seen
        note_error(office, WHERE, error)
        rest(office, what)
        return replace(done, failed=done.failed + 1)
    wake(office, what)
    return replace(done, **{counter: getattr(done, counter) + moved})


def _name(row: ReleaseRow) -> tuple[str, str]:
    return row.series, row.edition
