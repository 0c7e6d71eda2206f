"""An operator mends a report that has no holder: the house's own process acts, and the ledger says that it was asked to.

A report with a holder is corrected by its holder alone, at the desk.
"""

from typing import ClassVar, NamedTuple

from actions.kernel.callers import HouseProcess
from actions.kernel.kind import Nothing, Payload
from actions.kernel.move import move_in, open_in
from actions.kernel.settle import tell
from actions.kinds.report_opening import FINAL, NothingToCorrect
from actions.kinds.report_shapes import Because, Redraft, Wanted
from actions.office import Office
from policies.refusal import Refusal
from policies.reports import NoSuchReport, ReportKind, ReportPeriod
from records import report
from records.books import Books
from records.ledger import Entry, store
from records.report import ReportRow
from states.report import State


class HolderCorrects(Refusal):
    """The pack gives this report a holder, and nobody else corrects it."""

    code: ClassVar[str] = "holder_corrects"


class NoCorrection(Refusal):
    """No correction of this period is under way."""

    code: ClassVar[str] = "no_correction"


class NotUnsafe(Refusal):
    """No draft of this period is one in which somebody could be found."""

    code: ClassVar[str] = "report_not_unsafe"


class Mended(NamedTuple):
    """An edition that an operator had mended, and the one that it corrects; None: it is the first."""

    series: str
    edition: str
    corrects: str | None


def correct_as_process(office: Office, kind: ReportKind, code: str, because: Because) -> Mended:
    """Open the next edition of a period's report that is out; the worker drafts it like any other.

    Raises NoSuchReport, HolderCorrects, NothingToCorrect (nothing of the period is out, or a correction is under way).
    """
    with office.open() as books:
        rows = _without_holder(books, kind, code)
        out = report.released_editions(books, rows[0].series, [row.edition for row in rows]) if rows else set()
        newest = next((row.edition for row in reversed(rows) if row.edition in out), None)
        if newest is None:
            raise NothingToCorrect(edition=ReportPeriod.named(code).code)
        wanted = Wanted(kind=kind, period=rows[0].period, corrects=newest, because=because)
        opened = report.detail(books, open_in(office, books, "report", wanted, by=HouseProcess()).id)
        done = Mended(opened.series, opened.edition, newest)
        _note(books, "report.correct_asked", done, because=because)
        tell(books)
        return done


def redraft_as_process(office: Office, kind: ReportKind, code: str) -> Mended:
    """Have the figures of an unsafe draft taken again. Without choices: what has no holder has no tables to leave out.

    Raises NoSuchReport, HolderCorrects, NotUnsafe, MoveRefused.
    """
    with office.open() as books:
        last = _without_holder(books, kind, code)[-1:]
        if not last or last[0].state != State.UNSAFE:
            raise NotUnsafe(period=ReportPeriod.named(code).code)
        return _moved(office, books, last[0], "redraft", Redraft())


def withdraw_as_process(office: Office, kind: ReportKind, code: str) -> Mended:
    """End a correction that is under way, such as one in which the attacker found somebody. What is out stands.

    Raises NoSuchReport, HolderCorrects, NoCorrection.
    """
    with office.open() as books:
        last = _without_holder(books, kind, code)[-1:]
        if not last or last[0].corrects is None or last[0].state in FINAL:
            raise NoCorrection(period=ReportPeriod.named(code).code)
        return _moved(office, books, last[0], "withdraw", Nothing())


def _moved(office: Office, books: Books, row: ReportRow, trigger: str, payload: Payload) -> Mended:
    move_in(office, books, row.matter_id, trigger, payload, by=HouseProcess())
    done = Mended(row.series, row.edition, row.corrects)
    _note(books, f"report.{trigger}_asked", done)
    return done


def _without_holder(books: Books, kind: ReportKind, code: str) -> list[ReportRow]:
    """The reports of a kind and period, first edition first; nobody opens another one meanwhile."""
    period, policy = ReportPeriod.named(code), books.pack.reports.reports.get(kind) if books.pack.reports else None
    if policy is None:
        raise NoSuchReport(kind=kind, period=period.code)
    if policy.holder is not None:
        raise HolderCorrects(report=kind)
    report.hold_kind(books, kind)
    return report.by_period(books, kind, period.code)


def _note(books: Books, what: str, done: Mended, **more: str) -> None:
    facts = {name: value for name, value in done._asdict().items() if value is not None}
    store.append(books, Entry(books.today, what, facts=facts | more), None)
