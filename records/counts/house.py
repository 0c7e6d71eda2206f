"""How many mandates, duties, operations, decisions, waivers: the house's own figures. Nothing here is confidential.

A figure of a period is what is known on the day the figures are taken of what was so on the period's last day.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Literal

from sqlalchemy import Select, and_, case, func, literal, or_, select
from sqlalchemy.dialects.postgresql import distinct_on

from policies.reports import ReportPeriod
from records import structure, structure_reports
from records.books import Books
from records.counts.counted import CountedCell, CountedTable
from records.tables import (
    APPLIED,
    CLOCK,
    DECISION,
    EVENT,
    FAILED,
    FINDING_WAIVER,
    MANDATE,
    MATTER,
    OPERATION,
    WAIVER,
)
from states.mandate import MANDATE as PROCEDURE
from structure.history import History
from structure.organisation import Organisation
from structure.reconciling import expected_under, reconcile
from structure.things import UNKNOWN, Function

KIND: Final = "mandate"
FINAL: Final = tuple(stage.name for stage in PROCEDURE.stages if stage.final)
LIVE: Final = tuple(stage.name for stage in PROCEDURE.stages if not stage.final)
AGES: Final = ((1, "0-1"), (2, "1-2"), (5, "2-5"), (10, "5-10"))
"""Years since adoption, the upper end not counted; then `10+`, then `unknown`."""
AGE_VALUES: Final = (*(band for _, band in AGES), "10+", UNKNOWN)
MOVEMENTS: Final = ("open_start", "received", "ended", "reopened", "open_end")
FIELDS: Final = ("owners", "legal_basis", "origin")
"""What of a function can be unknown."""
COURSES: Final = ("met", "late", "open_late")
DONE: Final = ("done", "done_late", "not_done", "withdrawn")
FOUND: Final = ("matched", "missing", "unplanned", "unknown", "unreadable")


@dataclass(frozen=True, slots=True)
class HouseCounts:
    """What was counted of one period. `taken_on`: the day it is known on."""

    tables: tuple[CountedTable, ...] = field(repr=False)
    taken_on: date


def house_counts(books: Books, period: ReportPeriod) -> HouseCounts:
    """Count a period. Raises what the reading of the record raises where the structure contradicts itself."""
    tables = (
        _status(books, period),
        _age(books, period),
        _flow(books, period),
        _duties(books, period),
        _operations(books, period),
        _decisions(books, period),
        _waivers(books, period),
        _failures(books, period),
        *_structure(books, period),
    )
    return HouseCounts(tables, books.today)


def _table(
    name: str,
    kind: Literal["flow", "stock"],
    rows: Iterable[tuple[tuple[str, ...], int]],
    unsummed: tuple[str, ...] = (),
    **values: tuple[str, ...],
) -> CountedTable:
    """A table of counted rows; rows of one key are added up, and values that no list names come after those it does."""
    counts: dict[tuple[str, ...], int] = {}
    for key, count in rows:
        counts[key] = counts.get(key, 0) + count
    whole = {
        dimension: (*listed, *sorted({key[place] for key in counts} - set(listed)))
        for place, (dimension, listed) in enumerate(values.items())
    }
    cells = tuple(CountedCell(dict(zip(values, key, strict=True)), count) for key, count in sorted(counts.items()) if count)
    dimensions = tuple(values)
    return CountedTable(name, name, kind, dimensions, whole, cells, unsummed, about_heads=False, protected=False)


def _rows(books: Books, query: Select[Any]) -> list[tuple[tuple[str, ...], int]]:
    """The last column counts, the others are the key."""
    return [(tuple(str(value) for value in row[:-1]), int(row[-1])) for row in books.connection.execute(query)]


def _state_on(day: date) -> Any:
    """Each mandate's state at the end of a day: where the last act led that had taken effect."""
    last = (
        select(EVENT.c.matter_id, EVENT.c.dest)
        .ext(distinct_on(EVENT.c.matter_id))
        .join(MATTER, MATTER.c.id == EVENT.c.matter_id)
        .where(MATTER.c.kind == KIND, EVENT.c.effective_on <= day)
        .order_by(EVENT.c.matter_id, EVENT.c.seq.desc())
    )
    return last.subquery()


def _status(books: Books, period: ReportPeriod) -> CountedTable:
    state = _state_on(period.last)
    query = select(state.c.dest, func.count()).group_by(state.c.dest)
    return _table("mandates_by_status", "stock", _rows(books, query), status=PROCEDURE.states)


def _age(books: Books, period: ReportPeriod) -> CountedTable:
    """Of those still in force: by years since the instrument was adopted."""
    state = _state_on(period.last)
    years = func.date_part("year", func.age(literal(period.last), MANDATE.c.adopted_on))
    band = case((MANDATE.c.adopted_on.is_(None), UNKNOWN), *((years < end, name) for end, name in AGES), else_="10+").label(
        "band"
    )
    counted = select(band).join(state, state.c.matter_id == MANDATE.c.matter_id).where(state.c.dest.in_(LIVE)).subquery()
    query = select(counted.c.band, func.count()).group_by(counted.c.band)
    return _table("mandates_by_age", "stock", _rows(books, query), age=AGE_VALUES)


def _flow(books: Books, period: ReportPeriod) -> CountedTable:
    """Open at start, received, ended, open again, open at end. What moves in and out on one day counts as both."""
    acts = (
        select(EVENT.c.trigger, EVENT.c.source, EVENT.c.dest)
        .join(MATTER, MATTER.c.id == EVENT.c.matter_id)
        .where(MATTER.c.kind == KIND, EVENT.c.effective_on.between(period.first, period.last))
        .subquery()
    )
    opening = acts.c.trigger == "open"
    was_final, is_final = acts.c.source.in_(FINAL), acts.c.dest.in_(FINAL)
    sums = select(
        func.count().filter(opening),
        func.count().filter(and_(~opening, ~was_final, is_final)),
        func.count().filter(and_(~opening, was_final, ~is_final)),
    )
    received, ended, reopened = books.connection.execute(sums.select_from(acts)).one()
    state = _state_on(period.last)
    open_end = books.connection.execute(select(func.count()).where(state.c.dest.in_(LIVE))).scalar_one()
    found = {"received": received, "ended": ended, "reopened": reopened, "open_end": open_end}
    found["open_start"] = open_end - received - reopened + ended
    rows = [((movement,), found[movement]) for movement in MOVEMENTS]
    return _table("mandate_flow", "flow", rows, ("mandate_movement",), mandate_movement=MOVEMENTS)


def _duties(books: Books, period: ReportPeriod) -> CountedTable:
    """Duties whose day lay in the period, by what became of them. One that was not met by the period's end is open and late."""
    on_time = and_(CLOCK.c.status == "met", CLOCK.c.stopped_on <= CLOCK.c.due_on)
    late = and_(CLOCK.c.status.in_(("met", "lapsed")), CLOCK.c.stopped_on <= period.last)
    course = case((on_time, "met"), (late, "late"), else_="open_late").label("course")
    counted = (
        select(MATTER.c.kind, CLOCK.c.name, course)
        .join(MATTER, MATTER.c.id == CLOCK.c.matter_id)
        .where(CLOCK.c.due_on.between(period.first, period.last))
        .where(or_(CLOCK.c.status != "ended", CLOCK.c.stopped_on > CLOCK.c.due_on))
        .subquery()
    )
    duty = (counted.c.kind + "." + counted.c.name).label("duty")
    query = select(duty, counted.c.course, func.count()).group_by(duty, counted.c.course)
    return _table("duties", "flow", _rows(books, query), duty=(), duty_course=COURSES)


def _operations(books: Books, period: ReportPeriod) -> CountedTable:
    """Operations on the structure whose date lay in the period: done on it, done later, not done, withdrawn before it."""
    withdrawn = select(OPERATION.c.operation).where(OPERATION.c.act == "withdraws")
    late = func.date(func.timezone(books.calendar().zone.key, APPLIED.c.applied_at)) > APPLIED.c.on_day
    course = case(
        (OPERATION.c.operation.in_(withdrawn), "withdrawn"),
        (APPLIED.c.operation.is_(None), "not_done"),
        (late, "done_late"),
        else_="done",
    )
    counted = (
        select(course.label("course"))
        .outerjoin(APPLIED, APPLIED.c.operation == OPERATION.c.operation)
        .where(OPERATION.c.act == "adds", OPERATION.c.on_day.between(period.first, period.last))
        .subquery()
    )
    query = select(counted.c.course, func.count()).group_by(counted.c.course)
    return _table("operations", "flow", _rows(books, query), operation_course=DONE)


def _decisions(books: Books, period: ReportPeriod) -> CountedTable:
    query = (
        select(DECISION.c.body, DECISION.c.method, func.count())
        .where(DECISION.c.on_day.between(period.first, period.last))
        .group_by(DECISION.c.body, DECISION.c.method)
    )
    return _table("decisions", "flow", _rows(books, query), body=(), method=())


def _waivers(books: Books, period: ReportPeriod) -> CountedTable:
    """Exceptions in force on the last day: of duties' lateness, and of findings on the structure."""
    last, after = period.last, books.calendar().start_of(period.next.first)
    duties = select(WAIVER.c.rule, func.count()).where(WAIVER.c.until_on > last, WAIVER.c.made_at < after)
    findings = select(FINDING_WAIVER.c.rule, func.count()).where(
        FINDING_WAIVER.c.until_on > last, FINDING_WAIVER.c.made_at < after
    )
    rows = [((f"duty.{key[0]}",), count) for key, count in _rows(books, duties.group_by(WAIVER.c.rule))]
    rows += [((f"finding.{key[0]}",), count) for key, count in _rows(books, findings.group_by(FINDING_WAIVER.c.rule))]
    return _table("waivers", "stock", rows, rule=())


def _failures(books: Books, period: ReportPeriod) -> CountedTable:
    """Dates of the structure that could not be applied, by claim: those still so when the figures are taken, and those mended."""
    course = case((FAILED.c.mended_at.is_(None), "not_done"), else_="done_late").label("course")
    counted = select(FAILED.c.claim, course).where(FAILED.c.on_day.between(period.first, period.last)).subquery()
    query = select(counted.c.claim, counted.c.course, func.count()).group_by(counted.c.claim, counted.c.course)
    return _table("dates_not_applied", "flow", _rows(books, query), claim=(), operation_course=("not_done", "done_late"))


def _structure(books: Books, period: ReportPeriod) -> tuple[CountedTable, ...]:
    """Functions with something unknown, and what reports of others show against what was ordered, on the last day."""
    registered = structure.after(books, 0)
    record = History(Organisation(), tuple(one.registration for one in registered))
    timeline = record.fold(books.today).timeline
    live = [function for function in timeline.at(period.last).functions.values() if function.live]
    unknown = [((name,), sum(_is_unknown(function, name) for function in live)) for name in FIELDS]
    shown: dict[str, int] = dict.fromkeys(FOUND, 0)
    for row in structure_reports.standing(books):
        if period.first <= row.on_day <= period.last:
            expected = expected_under(timeline.at(row.on_day), row.unit, functions=row.with_functions)
            found = reconcile(expected, row.shown, is_cut=row.is_cut)
            for name in FOUND:
                shown[name] += len(getattr(found, name))
    compared = [((name,), count) for name, count in shown.items()]
    return (
        _table("functions", "stock", [((), len(live))]),
        _table("functions_unknown", "stock", unknown, ("field",), field=FIELDS),
        _table("plan_against_actual", "flow", compared, found=FOUND),
    )


def _is_unknown(function: Function, name: str) -> bool:
    value = getattr(function, name)
    return value == UNKNOWN or (isinstance(value, tuple) and UNKNOWN in value) or (name == "legal_basis" and not value)
