"""A report of a period as it would be drafted now, for an operator to look at. Nothing of it is kept, and nothing is released.

Loads the statisticians' libraries: only commands import it.
"""

from typing import ClassVar, Final
from uuid import UUID

from actions.kinds.report_opening import FINAL, merged_into
from actions.office import Office
from actions.report_drafting import ONE_LOOK, protected
from actions.report_periods import cut_off
from policies.refusal import Refusal
from policies.reports import NoSuchReport, ReportKind, ReportPeriod, ReportRules
from records import report
from records.books import Books
from records.report import ReportRow
from reports.protection import Protected
from states.report import State

REAL: Final = "real"
NONE = UUID(int=0)
"""The matter of a report that nobody opened."""


class NothingToSeeYet(Refusal):
    """A real house is not looked into before the day on which its figures are taken."""

    code: ClassVar[str] = "report_not_yet_seen"
    status: ClassVar[int] = 422


class PeriodToCome(Refusal):
    """The period has not begun."""

    code: ClassVar[str] = "period_to_come"
    status: ClassVar[int] = 422


def preview(office: Office, kind: ReportKind, code: str) -> tuple[Protected, bool]:
    """The report as it would go out, with everything ever released in the attacker's hands; and whether its days are over.

    Counted in one look at the database. Before the cut-off date only in a demo or a test: two looks a day apart differ by one
    case, and no ledger knows of them. Raises NoSuchReport, PeriodToCome, NothingToSeeYet, DatabaseAway.
    """
    engine = office.engine.execution_options(isolation_level=ONE_LOOK)
    look = Office(engine, database=office.database, environment=office.environment, shelf=office.shelf)
    with look.open() as books:
        rules, period = books.pack.reports, ReportPeriod.named(code)
        if rules is None:
            raise NoSuchReport(kind=kind, period=period.code)
        row = _wanted(books, rules, kind, period)
        day = cut_off(period, rules.cadence(kind, period))
        if office.environment == REAL and books.today < day:
            raise NothingToSeeYet(period=period.code, day=day)
        return protected(books, rules, row), period.last < books.today


def _wanted(books: Books, rules: ReportRules, kind: ReportKind, period: ReportPeriod) -> ReportRow:
    """The edition that is under way; else the line that the flow would write to have the next one drafted."""
    contents, policy = rules.cadence(kind, period).contents, rules.reports[kind]
    if period.first > books.today:
        raise PeriodToCome(period=period.code, day=period.first)
    before = report.by_period(books, kind, period.code)
    if before and before[-1].state not in FINAL:
        return before[-1]
    out = report.released_editions(books, policy.series, [row.edition for row in before])
    released = [row.edition for row in before if row.edition in out]
    merged = before[0].merged if before else merged_into(books, kind, period)
    return ReportRow(
        matter_id=NONE,
        report_kind=kind,
        series=policy.series,
        period=period.code,
        from_on=(ReportPeriod.named(merged[0]) if merged else period).first,
        to_on=period.last,
        edition=f"{period.code}.{len(before) + 1}",
        contents=contents,
        corrects=released[-1] if released else None,
        because=None,
        merged=merged,
        readers=[],
        draft=None,
        held_for=None,
        choices=[],
        words_version=0,
        words_read=None,
        words_read_by=None,
        words_published=None,
        state=State.WANTED,
    )
