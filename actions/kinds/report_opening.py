"""How a report begins: which edition of which period it is, what it covers, who may hold it. Refused before its day."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import ClassVar
from uuid import uuid4

from actions.kernel.actor import HOUSE, NotAllowed
from actions.kernel.kind import Act
from actions.kinds.report_shapes import Wanted
from actions.report_periods import OF_DATABASE, cut_off
from policies.refusal import Refusal
from policies.reports import NoSuchReport, ReportKind, ReportPeriod, ReportPolicy
from policies.said import Fact
from records import people
from records import report as records
from records.books import Books
from records.matters import Matter
from records.report import ReportRow
from states.clocks import OPEN
from states.report import REPORT, State

FINAL = frozenset(stage.name for stage in REPORT.stages if stage.final)


class ReportNotDue(Refusal):
    """The figures of this period are taken on a later day."""

    code: ClassVar[str] = "report_not_due"
    status: ClassVar[int] = 422


class ReportExists(Refusal):
    """This period has its report; what is wrong in it is corrected by a new edition."""

    code: ClassVar[str] = "report_exists"


class ReportUnderWay(Refusal):
    """Figures of this kind are on their way out: what would be drafted now could not be tried against them."""

    code: ClassVar[str] = "report_under_way"


class NothingToCorrect(Refusal):
    """Only the newest edition that is out is corrected, by one correction at a time, with a reason."""

    code: ClassVar[str] = "nothing_to_correct"


def begin(books: Books, matter: Matter, act: Act, wanted: Wanted) -> Mapping[str, Fact]:
    """Write down what a report is about.

    Raises NoSuchReport, ReportNotDue, ReportExists, NothingToCorrect, ReportUnderWay, NotAllowed.
    """
    rules, period = books.pack.reports, ReportPeriod.named(wanted.period)
    if rules is None or wanted.kind not in OF_DATABASE[books.database]:
        raise NoSuchReport(kind=wanted.kind, period=period.code)
    cadence, policy = rules.cadence(wanted.kind, period), rules.reports[wanted.kind]
    day = cut_off(period, cadence)
    if books.today < day:
        raise ReportNotDue(kind=wanted.kind, period=period.code, day=day)
    _require_opener(act, policy, wanted)
    records.hold_kind(books, wanted.kind)
    before = records.by_period(books, wanted.kind, period.code)
    if wanted.corrects is None:
        if before:
            raise ReportExists(kind=wanted.kind, period=period.code)
    elif not _corrects(books, policy, wanted, before):
        raise NothingToCorrect(edition=wanted.corrects)
    if cadence.contents == "tables" and (first := under_way(records.every(books, wanted.kind)).get(wanted.kind)):
        raise ReportUnderWay(edition=first)
    merged = before[0].merged if before else merged_into(books, wanted.kind, period)
    edition = f"{period.code}.{len(before) + 1}"
    records.add(books, matter.id, _columns(policy, wanted, period, edition, merged) | {"contents": cadence.contents})
    _answer_for(books, matter, act, policy)
    return {"report": wanted.kind, "edition": edition}


def under_way(rows: Iterable[ReportRow]) -> dict[ReportKind, str]:
    """Of each kind the edition with tables that is neither out nor given up; a kind without one is not in it.

    A draft is tried against what is out. Two at once would go out without either having been tried against the other.
    """
    return {row.report_kind: row.edition for row in rows if row.contents == "tables" and row.state not in FINAL}


def _require_opener(act: Act, policy: ReportPolicy, wanted: Wanted) -> None:
    """The flow opens; a correction also whoever may hold the report."""
    if act.by.roles == HOUSE or (wanted.corrects is not None and policy.holder in act.by.roles):
        return
    raise NotAllowed(REPORT.kind, OPEN, [f"{policy.holder}:any"] if policy.holder and wanted.corrects else [])


def _corrects(books: Books, policy: ReportPolicy, wanted: Wanted, before: Sequence[ReportRow]) -> bool:
    if wanted.because is None or any(row.state not in FINAL for row in before):
        return False
    out = records.released_editions(books, policy.series, [row.edition for row in before])
    newest = [row.edition for row in before if row.edition in out]
    return newest[-1:] == [wanted.corrects]


def merged_into(books: Books, kind: ReportKind, period: ReportPeriod) -> list[str]:
    """The periods just before that were too small to be reported alone, oldest first."""
    merged = {row.period for row in records.every(books, kind) if row.state == State.MERGED}
    found: list[str] = []
    while (period := _previous(period)).code in merged:
        found.insert(0, period.code)
    return found


def _previous(period: ReportPeriod) -> ReportPeriod:
    """The period before it, of the same length."""
    return ReportPeriod.containing(period.span, period.first - timedelta(days=1))


def _columns(
    policy: ReportPolicy, wanted: Wanted, period: ReportPeriod, edition: str, merged: Sequence[str]
) -> dict[str, object]:
    first = ReportPeriod.named(merged[0]) if merged else period
    return {
        "report_kind": wanted.kind,
        "series": policy.series,
        "period": period.code,
        "from_on": first.first,
        "to_on": period.last,
        "edition": edition,
        "corrects": wanted.corrects,
        "because": wanted.because,
        "merged": list(merged),
        "readers": [policy.holder, *policy.second_reader] if policy.holder else [],
        "choices": [],
        "words_version": 0,
    }


def _answer_for(books: Books, matter: Matter, act: Act, policy: ReportPolicy) -> None:
    """Whoever may hold it answers for it; of what the flow opens, nobody else would."""
    if act.by.person is not None or policy.holder is None:
        return
    holders = [each.person_id for each in people.serving(books, books.today) if each.role == policy.holder]
    if holders:
        people.make_responsible(books, uuid4(), matter.id, holders[0], at=act.at, why="opened")
