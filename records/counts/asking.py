"""What is asked of the database for a report: one pass each over spells, issues, marks, clocks, rungs, waivers and tallies.

Every pass groups as finely as any table needs; the margins are added up in `tables.py`. Nothing here reads anything sealed, who
has a seat, or what happened in a matter beside its marks.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Date,
    String,
    Uuid,
    all_,
    and_,
    any_,
    bindparam,
    case,
    cast,
    func,
    literal,
    not_,
    or_,
    select,
    text,
)
from sqlalchemy.types import NullType

from records.books import Books
from records.facts import CLIMBED
from records.tables import CASE_FACTS, CASE_ISSUE, CASE_MARK, CASE_SPELL, CLOCK, CONTACT_SLIP, RUNG_FIRED, TALLY, WAIVER

Rows = Sequence[Any]
"""Rows with the names of their columns."""
S, F = CASE_SPELL.c, CASE_FACTS.c
_TAG = cast(F.subject, String).label("subject")
"""Read as text, grouped as it is: a hundred thousand tags need not be made into objects."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Which days, and whose matters. `without`: those in which no head of the office ever had a seat, as PostgreSQL writes an
    array: asked for once, and never made into objects."""

    first: date
    last: date
    apart: bool
    without: str = field(repr=False)

    @property
    def whole_years(self) -> bool:
        """Whether it is a year from its first day to its last, or several."""
        return (self.first.month, self.first.day, self.last.month, self.last.day) == (1, 1, 12, 31)

    def mine(self, matter: ColumnElement[Any]) -> ColumnElement[bool]:
        """That a matter is of this side: those without the head's seat, or all the others."""
        # of no type until the database reads it as an array: only a constant one is looked up by hash
        among = cast(bindparam(None, self.without, type_=NullType()), ARRAY(Uuid))
        return matter == any_(among) if self.apart else matter != all_(among)

    def instants(self, books: Books) -> tuple[datetime, datetime]:
        """The first instant of the first day at the office, and the first one after the last day."""
        calendar = books.calendar()
        return calendar.start_of(self.first), calendar.start_of(self.last + timedelta(days=1))


def without_head(books: Books, head: str | None) -> str:
    """The matters in which nobody who held the role `head` had a seat while holding it; None: no role counts, and none is."""
    if head is None:
        return "{}"
    asked = text("SELECT coalesce(array_agg(one), '{}')::text FROM apart_matters(:head, :zone) one")
    return str(books.connection.execute(asked, {"head": head, "zone": books.calendar().zone.key}).scalar_one())


def spells(books: Books, stretch: Stretch, kinds: Iterable[str]) -> Rows:
    """How many stretches touch these days, by everything a table is about; `old`: begun before, `open`: not ended by the last.

    How one ended after the last day is not asked for.
    """
    still = or_(S.until_on.is_(None), S.until_on > stretch.last)
    ended = [case((not_(still), column)).label(name) for name, column in (("outcome", S.outcome), ("ground", S.ground))]
    parts = (S.kind, S.began, *ended, F.station, F.personnel, F.about)
    flags = ((S.from_on < stretch.first).label("old"), still.label("open"))
    touches = and_(S.from_on <= stretch.last, or_(S.until_on.is_(None), S.until_on >= stretch.first))
    query = select(*parts, _TAG, *flags, func.count().label("number")).outerjoin(CASE_FACTS, F.matter_id == S.facts_of)
    asked = query.where(touches, S.kind.in_(list(kinds)), stretch.mine(S.matter_id))
    return books.connection.execute(asked.group_by(*parts, F.subject, *flags)).all()


def issues(books: Books, stretch: Stretch, kinds: Iterable[str]) -> Rows:
    """How many issues the cases closed in these days brought, by code and head. A case closed twice brings them once."""
    closed = select(S.facts_of).where(
        S.until_on.between(stretch.first, stretch.last), S.kind.in_(list(kinds)), stretch.mine(S.matter_id)
    )
    of_whom = (CASE_ISSUE.c.code, F.about)
    query = select(*of_whom, _TAG, func.count().label("number")).outerjoin(CASE_FACTS, F.matter_id == CASE_ISSUE.c.matter_id)
    return books.connection.execute(
        query.where(CASE_ISSUE.c.stands, CASE_ISSUE.c.matter_id.in_(closed)).group_by(*of_whom, F.subject)
    ).all()


def marks(books: Books, stretch: Stretch, kinds: Iterable[str]) -> Rows:
    """How many matters got each mark in these days, by kind and head. A matter that got it twice counts once."""
    mark = CASE_MARK.c
    of_whom = (S.kind, mark.mark, F.about)
    query = select(*of_whom, _TAG, func.count(mark.matter_id.distinct()).label("number"))
    joined = query.join(CASE_SPELL, _opening(mark.matter_id)).outerjoin(CASE_FACTS, F.matter_id == S.facts_of)
    within = and_(mark.on_day.between(stretch.first, stretch.last), S.kind.in_(list(kinds)), stretch.mine(mark.matter_id))
    return books.connection.execute(joined.where(within).group_by(*of_whom, F.subject)).all()


def clocks(books: Books, stretch: Stretch, kinds: Iterable[str], names: Iterable[str]) -> Rows:
    """By kind and clock: how many were met and how many were late, of those that had to be met in these days; and in how many
    days they were met.

    A clock belongs to the day it was due; one that was met while a pause held it, to the day it was met. Late: not met by the
    due day, whatever became of it. One that its matter's end stopped in time is neither.
    """
    c = CLOCK.c
    within = func.coalesce(c.due_on, c.stopped_on).between(stretch.first, stretch.last)
    late = func.coalesce(c.stopped_on, _day(books.today)) > c.due_on
    met = and_(c.status == "met", func.coalesce(not_(late), True))
    days = case((c.status == "met", c.stopped_on - c.started_on))
    query = select(
        S.kind,
        c.name,
        func.count().filter(met).label("met"),
        func.count().filter(late).label("late"),
        func.count(days).label("observed"),
        func.percentile_cont(0.5).within_group(days).label("median"),
        func.percentile_cont(0.9).within_group(days).label("p90"),
    ).join(CASE_SPELL, _opening(c.matter_id))
    asked = query.where(within, c.name.in_(list(names)), S.kind.in_(list(kinds)), stretch.mine(c.matter_id))
    return books.connection.execute(asked.group_by(S.kind, c.name)).all()


def rungs(books: Books, stretch: Stretch, kinds: Iterable[str], names: Iterable[str]) -> Rows:
    """How many rungs late duties climbed in these days, by rung; each return of a rung that repeats counts."""
    start, end = stretch.instants(books)
    r = RUNG_FIRED.c
    query = select(r.rung, func.count().label("number")).join(CLOCK, CLOCK.c.id == r.clock_id)
    joined = query.join(CASE_SPELL, _opening(CLOCK.c.matter_id))
    climbed = and_(r.due_at >= start, r.due_at < end, CLIMBED, CLOCK.c.name.in_(list(names)))
    return books.connection.execute(
        joined.where(climbed, S.kind.in_(list(kinds)), stretch.mine(CLOCK.c.matter_id)).group_by(r.rung)
    ).all()


def waivers(books: Books, stretch: Stretch, kinds: Iterable[str]) -> Rows:
    """How many waivers were written down in these days, by kind and clock."""
    start, end = stretch.instants(books)
    w = WAIVER.c
    query = select(S.kind, w.rule, func.count().label("number")).join(CASE_SPELL, _opening(w.matter_id))
    made = and_(w.made_at >= start, w.made_at < end, S.kind.in_(list(kinds)), stretch.mine(w.matter_id))
    return books.connection.execute(query.where(made).group_by(S.kind, w.rule)).all()


def tallies(books: Books, stretch: Stretch, names: Iterable[str]) -> Rows:
    """By name and outcome: how many were tallied before the first month of these days, and in them."""
    t = TALLY.c
    before, within = t.month < stretch.first, t.month >= stretch.first
    sums = [func.coalesce(func.sum(t.count).filter(when), 0) for when in (before, within)]
    query = select(t.kind, t.outcome, sums[0].label("before"), sums[1].label("within"))
    return books.connection.execute(
        query.where(t.kind.in_(list(names)), t.month <= stretch.last).group_by(t.kind, t.outcome)
    ).all()


def open_visits(books: Books, stretch: Stretch, kinds: Iterable[str]) -> Rows:
    """Of kinds that are tallied at their end: how many are open now, by kind; `old`: begun before these days."""
    old = (S.from_on < stretch.first).label("old")
    query = select(S.kind, old, func.count().label("number")).where(S.until_on.is_(None), S.from_on <= stretch.last)
    return books.connection.execute(query.where(S.kind.in_(list(kinds)), stretch.mine(S.matter_id)).group_by(S.kind, old)).all()


def slips(books: Books, stretch: Stretch) -> Rows:
    """The slips of these days that are kept still, alike ones together: all that is counted of them."""
    c = CONTACT_SLIP.c
    parts = (c.channel, c.region, c.language, c.personnel, c.issues, c.done)
    query = select(*parts, func.count().label("number")).where(c.month.between(stretch.first, stretch.last))
    return books.connection.execute(query.where(c.apart == literal(stretch.apart)).group_by(*parts)).all()


def _opening(matter: ColumnElement[Any]) -> ColumnElement[bool]:
    """The one line of spells that every matter has."""
    return and_(S.matter_id == matter, S.number == 1)


def _day(day: date) -> ColumnElement[date]:
    return literal(day, Date)
