"""Making a draft: count, protect, attack, keep. Loads the statisticians' libraries: only the drafting process imports it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date, timedelta
from uuid import UUID

from actions.office import Office
from actions.report_week import origin
from policies.pack import Pack
from policies.reports import ReportPeriod, ReportRules
from policies.said import Said
from records import matters, people, report, report_days
from records.books import Books
from records.counts.counted import CountedTable
from records.counts.house import house_counts
from records.counts.ombuds import ombuds_counts
from records.counts.taken import TOTAL, Balance, Counts
from records.office_record import noted
from records.report import REPORTS, ReportRow
from reports.frame import Frame, Vacancy
from reports.mandates import draft_mandates
from reports.ombuds.annex import draft_annex
from reports.ombuds.contents import COUNTED_AS
from reports.ombuds.draft import draft_ombuds
from reports.protection import Protected
from reports.protection.steps import coarsened, coarser
from reports.shape import Report
from states.report import State

ONE_LOOK = "REPEATABLE READ"
"""All counts of a draft are of one instant: nothing that is written meanwhile is half in it."""


def draft(office: Office, matter_id: UUID) -> int | None:
    """Make the next draft of a report that is wanted and keep it; return its number. None: it is not, or somebody was first.

    Counted is in one look; kept in a transaction of its own, in which nobody else drafts or judges a report of this kind.
    """
    engine = office.engine.execution_options(isolation_level=ONE_LOOK)
    look = Office(engine, database=office.database, environment=office.environment, shelf=office.shelf)
    with look.open() as books:
        row = report.detail(books, matter_id)
        if row.state != State.WANTED:
            return None
        rules = books.edition(matters.find(books, matter_id).edition).reports
        if rules is None:
            raise ValueError("a report is opened by the rules that want it")
        made = protected(books, rules, row)
    with office.open() as books:
        report.hold_kind(books, row.report_kind)
        if not _is_still_wanted(books, row):
            return None
        return report.add_draft(
            books,
            matter_id,
            made.report.written(),
            made_by=REPORTS,
            clean=made.findings.clean,
            findings=made.findings.as_json() | {"mending": _plain(made.mending), "done": _plain(made.done)},
            utility={share: round(part, 2) for share, part in asdict(made.utility).items()},
        )


def protected(books: Books, rules: ReportRules, row: ReportRow) -> Protected:
    """The report that a row of `report` asks for, as it may go out, with everything released before in the attacker's hands."""
    period, frame = ReportPeriod.named(row.period), frame_of(books, rules, row)
    earlier = [Report.read(one.object) for one in report.releases(books)]
    if row.report_kind == "mandates":
        return draft_mandates(house_counts(books, period), rules, frame, earlier)
    apart = row.report_kind == "annex"
    if row.contents == "words":
        return draft_ombuds(None, rules, frame, earlier)
    counts = _chosen(ombuds_counts(books, period, rules, apart=apart, since=row.from_on), rules, row.choices)
    return draft_annex(counts, rules, frame, earlier) if apart else draft_ombuds(counts, rules, frame, earlier)


def frame_of(books: Books, rules: ReportRules, row: ReportRow) -> Frame:
    """Everything of an edition that nobody counted."""
    policy, period = rules.reports[row.report_kind], ReportPeriod.named(row.period)
    return Frame(
        kind=row.report_kind,
        period=period,
        edition=row.edition,
        house=books.pack.code,
        policy=policy,
        contents=row.contents,
        origin=origin(books),
        corrects=row.corrects,
        merged=tuple(ReportPeriod.named(code) for code in row.merged),
        staffing=staffing(books, period.last),
        vacancies=tuple(vacancies(books, row.from_on, period.last)),
        noted=noted(books, row.from_on, period.last) if row.report_kind == "ombuds" else None,
    )


def staffing(books: Books, on: date) -> Mapping[str, int]:
    """How many serve at the desk on a day, by role."""
    return Counter(each.role for each in people.serving(books, on) if each.role in _desk_roles(books.pack))


def vacancies(books: Books, first: date, last: date) -> Iterable[Vacancy]:
    """For how many days of a stretch, as far as the house stood, each office of the desk that must be held was held by nobody."""
    terms = report_days.terms(books)
    begun = report_days.begun_at(books)
    start = first if begun is None else max(first, books.calendar().local_date(begun))
    days = [start + timedelta(days=each) for each in range((last - start).days + 1)]
    for role, rules in books.pack.house.roles.items():
        own = [term for term in terms if term.role == role]
        empty = sum(not any(term.holds(day) for term in own) for day in days)
        if rules.door == "desk" and rules.least and empty:
            yield Vacancy(role, empty)


def _desk_roles(pack: Pack) -> set[str]:
    return {name for name, role in pack.house.roles.items() if role.door == "desk"}


def _is_still_wanted(books: Books, row: ReportRow) -> bool:
    """Nobody made a draft while this one was counted."""
    now = report.detail(books, row.matter_id)
    made = [one.number for one in report.drafts(books, row.matter_id) if one.made_by == REPORTS]
    return now.state == State.WANTED and max(made, default=0) <= (now.draft or 0)


def _chosen(counts: Counts, rules: ReportRules, choices: Sequence[Mapping[str, str]]) -> Counts:
    """What was counted, with those tables marked that the holder left out, and those coarser that she asked to be said so.

    A table that is left out stays: who reads the others knows what they add up to with it.
    """
    for choice in choices:
        name = COUNTED_AS.get(choice["table"], choice["table"])
        if choice["act"] == "drop":
            counts = replace(counts, left_out=counts.left_out | {name})
            continue
        tables = tuple(
            table if table.name != name else _coarser(rules, table, choice.get("dimension")) for table in counts.tables
        )
        counts = replace(counts, tables=tables, balances=tuple(_fitted(each, tables) for each in counts.balances))
    return counts


def _fitted(balance: Balance, tables: Sequence[CountedTable]) -> Balance:
    """A sum in the dimensions that its tables have now; one that tells a value which they have no more stays as it is."""
    has = {table.name: table.dimensions for table in tables}
    terms = []
    for term in balance.terms:
        whole = all(term.key[name] == TOTAL for name in term.key.keys() - set(has.get(term.table, term.key)))
        key = {name: term.key.get(name, TOTAL) for name in has.get(term.table, ())} if whole else term.key
        terms.append(replace(term, key=key or term.key))
    return replace(balance, terms=tuple(terms))


def _coarser(rules: ReportRules, table: CountedTable, dimension: str | None) -> CountedTable:
    """One step coarser in a dimension; as it is where there is no such step."""
    for fine, coarse in coarser(rules, table.dimensions):
        if fine == dimension:
            return coarsened(rules, table, fine, coarse)
    return table


def _plain(said: Iterable[Said]) -> list[dict[str, object]]:
    """Sentences as codes and facts, for the record of a draft."""
    return [
        {"key": one.key, "params": {name: f"{value}" if isinstance(value, date) else value for name, value in one.params.items()}}
        for one in said
    ]
