"""Pages of one person's queue, by keyset. A page costs what is on it, however much is under way: see `queue_line`."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ARRAY, Column, Uuid, and_, func, literal, not_, or_, select, tuple_, union_all

from records.books import Books
from records.matters import Matter
from records.tables import CLOCK, MATTER, PAUSE, QUEUE_LINE, RUNG_FIRED, WAIVER

NEVER: Final = date.max
"""The day of what has none: it comes last."""
_LINE = QUEUE_LINE.c
_ALARMED = select(CLOCK.c.matter_id).where(
    CLOCK.c.name == literal("triage", literal_execute=True), CLOCK.c.status == literal("running", literal_execute=True)
)
"""Matters of which somebody said that a person may be in danger, and nobody judged it. Both words stand in the statement itself,
so that the index of these few is found."""
_WAITS = or_(_LINE.new_to_read, _LINE.waiting_for_her, _LINE.waiting_for_them)


@dataclass(frozen=True, slots=True)
class Span:
    """The days a list is made by: what is due before or on `sunday` is owed this week."""

    today: date
    sunday: date


@dataclass(frozen=True, slots=True)
class Kept:
    """Which lines are wanted: of this kind, in this state, only those the person is responsible for. None: any."""

    kind: str | None = None
    state: str | None = None
    yours: bool | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a matter stands in a list. `yours`: the person is responsible for it."""

    due_on: date
    matter_id: UUID
    yours: bool = False


def places(
    books: Books, person_id: UUID, names: Sequence[str], span: Span, kept: Kept, after: Place | None, most: int
) -> dict[str, list[Place]]:
    """Up to `most` places of each of these lists, what is due first on top, those after one place. One look at all of them."""
    pages = []
    for name in names:
        page = select(literal(name).label("list"), _LINE.due_on, _LINE.matter_id, _LINE.yours)
        page = page.where(_in_list(person_id, name, span, kept))
        if after is not None:
            there = tuple_(literal(after.due_on), literal(after.matter_id))
            page = page.where(tuple_(_LINE.due_on, _LINE.matter_id) > there)
        pages.append(select(page.order_by(_LINE.due_on, _LINE.matter_id).limit(most).subquery()))
    found: dict[str, list[Place]] = {name: [] for name in names}
    for row in books.connection.execute(union_all(*pages)):
        found[row.list].append(Place(row.due_on, row.matter_id, row.yours))
    for of_list in found.values():
        of_list.sort(key=lambda place: (place.due_on, place.matter_id))
    return found


def counts(books: Books, person_id: UUID, names: Sequence[str], span: Span, kept: Kept, most: int) -> dict[str, int]:
    """How many stand in each of these lists, counted up to `most`."""
    lists = (select(literal(1)).where(_in_list(person_id, name, span, kept)).limit(most).subquery() for name in names)
    counted = (select(func.count()).select_from(each).scalar_subquery() for each in lists)
    row = books.connection.execute(select(*counted)).one()
    return dict(zip(names, row, strict=True))


def found(books: Books, ids: Collection[UUID]) -> dict[UUID, Matter]:
    """These matters, by id."""
    query = select(*MATTER.c).where(_among(MATTER.c.id, ids))
    return {row.id: Matter(**row._mapping) for row in books.connection.execute(query)}


def running(books: Books, ids: Collection[UUID]) -> list[tuple[UUID, str, date | None]]:
    """The running clocks of these matters as (matter, clock, due day; None while paused)."""
    query = select(CLOCK.c.matter_id, CLOCK.c.name, CLOCK.c.due_on).where(_running(ids))
    rows = books.connection.execute(query.order_by(CLOCK.c.due_on.nulls_last(), CLOCK.c.name))
    return [(row.matter_id, row.name, row.due_on) for row in rows]


def told(books: Books, person_id: UUID, ids: Collection[UUID]) -> dict[tuple[UUID, str], tuple[str, datetime]]:
    """The newest rung that reached this person of each running clock of these, by (matter, clock): which, and when."""
    query = select(CLOCK.c.matter_id, CLOCK.c.name, RUNG_FIRED.c.rung, RUNG_FIRED.c.due_at).join_from(RUNG_FIRED, CLOCK)
    query = query.where(_running(ids), RUNG_FIRED.c.person_id == person_id).order_by(RUNG_FIRED.c.due_at)
    return {(row.matter_id, row.name): (row.rung, row.due_at) for row in books.connection.execute(query)}


def waived(books: Books, ids: Collection[UUID], today: date) -> dict[tuple[UUID, str], date]:
    """The running clocks of these matters whose lateness is excused today, by (matter, clock): through which day."""
    query = select(CLOCK.c.matter_id, CLOCK.c.name, WAIVER.c.until_on).join_from(WAIVER, CLOCK).where(_running(ids))
    rows = books.connection.execute(query.order_by(WAIVER.c.made_at, WAIVER.c.until_on, WAIVER.c.id))
    newest = {(row.matter_id, row.name): row.until_on for row in rows}
    return {clock: until for clock, until in newest.items() if until >= today}


def open_pauses(books: Books, ids: Collection[UUID]) -> list[tuple[UUID, str]]:
    """The pauses of these matters that go on, as (matter, name)."""
    query = select(PAUSE.c.matter_id, PAUSE.c.name).where(_among(PAUSE.c.matter_id, ids), PAUSE.c.until_on.is_(None))
    return [(row.matter_id, row.name) for row in books.connection.execute(query)]


def _running(ids: Collection[UUID]) -> Any:
    return and_(_among(CLOCK.c.matter_id, ids), CLOCK.c.status == "running")


def _among(column: Column[UUID], ids: Collection[UUID]) -> Any:
    """Whether it is one of these: told as one value, however many there are."""
    return column == func.any(literal(list(ids), ARRAY(Uuid)))


def _in_list(person_id: UUID, name: str, span: Span, kept: Kept) -> Any:
    """What makes a line stand in a list; each rule has an index in the order of the page."""
    rules = {
        "urgent": (_LINE.matter_id.in_(_ALARMED),),
        "new_to_read": (_LINE.new_to_read,),
        "owed_this_week": (_LINE.due_on <= span.sunday,),
        "waiting_for_her": (_LINE.waiting_for_her,),
        "waiting_for_them": (_LINE.waiting_for_them,),
        # what is late is due before today: said again, so that the search ends there
        "late": (_LINE.in_time_until < span.today, _LINE.due_on < span.today),
        "later": (not_(_WAITS), _LINE.due_on > span.sunday),
    }
    wanted = {_LINE.kind: kept.kind, _LINE.state: kept.state, _LINE.yours: kept.yours}
    kept_rules = (column == value for column, value in wanted.items() if value is not None)
    return and_(_LINE.person_id == person_id, *rules[name], *kept_rules)
