"""Clocks, their rungs and their pauses."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, bindparam, func, insert, or_, select, update

from records.books import Books
from records.once import once
from records.tables import CLOCK, PAUSE, RUNG_FIRED
from records.there import where_any


@dataclass(frozen=True, slots=True)
class ClockRow:
    """One epoch of one duty."""

    id: UUID
    matter_id: UUID
    name: str
    epoch: int
    started_on: date
    started_at: datetime
    given: Mapping[str, Any] | None
    due_on: date | None
    status: str
    stopped_on: date | None
    next_at: datetime | None
    attempts: int
    dead: bool


@dataclass(frozen=True, slots=True)
class FiredRow:
    """Something of a clock that fires. `round` counts the returns of a rung that repeats."""

    clock_id: UUID
    rung: str
    round: int
    due_at: datetime
    person_id: UUID | None
    outcome: str


_RESCHEDULE = (
    update(CLOCK)
    .where(CLOCK.c.id == bindparam("b_id"))
    .values(due_on=bindparam("b_due"), next_at=bindparam("b_next"), attempts=0, retry_at=None)
)
_IS_DUE = and_(
    CLOCK.c.next_at <= bindparam("at_now"),
    CLOCK.c.next_at.is_not(None),
    ~CLOCK.c.dead,
    or_(CLOCK.c.retry_at.is_(None), CLOCK.c.retry_at <= bindparam("at_wall")),
)
_DUE_MATTERS = select(CLOCK.c.matter_id).where(_IS_DUE).order_by(CLOCK.c.next_at).limit(bindparam("most"))
_OLDEST_DUE = select(func.min(CLOCK.c.next_at)).where(_IS_DUE)
_COLUMNS = tuple(CLOCK.c[name] for name in ClockRow.__dataclass_fields__)
_OF_MATTER = select(*_COLUMNS).where(CLOCK.c.matter_id == bindparam("matter"))
_OF_MATTER = _OF_MATTER.order_by(CLOCK.c.started_at, CLOCK.c.name, CLOCK.c.epoch)
_RUNGS = select(RUNG_FIRED).where(RUNG_FIRED.c.clock_id.in_(bindparam("clocks", expanding=True)))
_RUNGS = _RUNGS.order_by(RUNG_FIRED.c.due_at, RUNG_FIRED.c.fired_at)
_PAUSES = select(PAUSE.c.name, PAUSE.c.from_on, PAUSE.c.until_on).where(PAUSE.c.matter_id == bindparam("matter"))
_PAUSES = _PAUSES.order_by(PAUSE.c.from_on)


@once
def of_matter(books: Books, matter_id: UUID) -> list[ClockRow]:
    """Every epoch of every clock of a matter, in the order they began."""
    return [ClockRow(*row) for row in books.connection.execute(_OF_MATTER, {"matter": matter_id})]


def running(books: Books, matter_ids: Collection[UUID]) -> list[ClockRow]:
    """The running clocks of these matters."""
    query = select(*_COLUMNS).where(CLOCK.c.matter_id.in_(matter_ids), CLOCK.c.status == "running")
    return [ClockRow(*row) for row in books.connection.execute(query.order_by(CLOCK.c.due_on, CLOCK.c.name))]


def due_matters(books: Books, limit: int) -> list[UUID]:
    """Ids of the matters with something due, longest waiting first. One look at a partial index."""
    found = books.connection.execute(_DUE_MATTERS, _instants(books) | {"most": limit})
    return list(dict.fromkeys(found.scalars()))


def oldest_due(books: Books) -> datetime | None:
    """The instant that has waited longest to be fired; None when nothing is due."""
    oldest: datetime | None = books.connection.execute(_OLDEST_DUE, _instants(books)).scalar_one()
    return oldest


def next_due(books: Books) -> datetime | None:
    """The next instant, past or to come, at which any clock fires."""
    following: datetime | None = books.connection.execute(select(func.min(CLOCK.c.next_at)).where(~CLOCK.c.dead)).scalar_one()
    return following


def _instants(books: Books) -> dict[str, datetime]:
    """What `_IS_DUE` compares with."""
    return {"at_now": books.now, "at_wall": books.wall}


def add(books: Books, rows: Iterable[ClockRow]) -> None:
    """Write down clocks that begin."""
    values = [{name: getattr(row, name) for name in ClockRow.__dataclass_fields__} for row in rows]
    if values:
        books.connection.execute(insert(CLOCK), values)


def stop(books: Books, clock_id: UUID, status: str, on: date) -> None:
    """Stop a running clock; nothing of it fires again."""
    books.connection.execute(
        update(CLOCK).where(CLOCK.c.id == clock_id).values(status=status, stopped_on=on, next_at=None, retry_at=None)
    )


def reschedule(books: Books, clock_id: UUID, due_on: date | None, next_at: datetime | None) -> None:
    """Keep what was derived: the due day (None while paused) and the next instant at which it fires."""
    values = {"due_on": due_on, "next_at": next_at, "attempts": 0, "retry_at": None}
    books.connection.execute(update(CLOCK).where(CLOCK.c.id == clock_id).values(**values))


def reschedule_all(books: Books, ahead: Mapping[UUID, tuple[date | None, datetime | None]]) -> None:
    """Keep what was derived for several clocks: due day and next instant, by clock."""
    values = [{"b_id": clock, "b_due": due_on, "b_next": next_at} for clock, (due_on, next_at) in ahead.items()]
    if values:
        books.connection.execute(_RESCHEDULE, values)


def failed(books: Books, matter_id: UUID, *, retry_after: timedelta, most: int) -> int:
    """Count a failed attempt at what is due of a matter; after `most` it is dead. Return how many died."""
    due = and_(CLOCK.c.matter_id == matter_id, _IS_DUE)
    counted = update(CLOCK).where(due).values(attempts=CLOCK.c.attempts + 1, retry_at=books.wall + retry_after)
    books.connection.execute(counted.values(dead=CLOCK.c.attempts + 1 >= most), _instants(books))
    query = select(func.count()).where(CLOCK.c.matter_id == matter_id, CLOCK.c.dead)
    return books.connection.execute(query).scalar_one()


def dead_count(books: Books) -> int:
    """How many clocks were given up after their last attempt: each is an alarm."""
    return books.connection.execute(select(func.count()).where(CLOCK.c.dead)).scalar_one()


def revive(books: Books) -> int:
    """Give dead clocks another round of attempts, by an operator's word; return how many."""
    return books.connection.execute(update(CLOCK).where(CLOCK.c.dead).values(dead=False, attempts=0, retry_at=None)).rowcount


def fired(books: Books, clock_ids: Collection[UUID]) -> dict[UUID, set[tuple[str, int]]]:
    """What has fired of these clocks, as (rung, round)."""
    found: dict[UUID, set[tuple[str, int]]] = {clock_id: set() for clock_id in clock_ids}
    if not found:
        return found
    query = select(RUNG_FIRED.c.clock_id, RUNG_FIRED.c.rung, RUNG_FIRED.c.round)
    for row in books.connection.execute(query.where(RUNG_FIRED.c.clock_id.in_(clock_ids))):
        found[row.clock_id].add((row.rung, row.round))
    return found


def record_all(books: Books, rows: Sequence[FiredRow]) -> None:
    """Write down what fired, in this order. The primary key makes each happen once, whoever else tries."""
    values = [{name: getattr(row, name) for name in FiredRow.__dataclass_fields__} | {"fired_at": books.now} for row in rows]
    if values:
        books.connection.execute(insert(RUNG_FIRED), values)


def rungs(books: Books, clock_ids: Sequence[UUID]) -> list[Row[Any]]:
    """Everything that fired of these clocks, in the order it belonged to."""
    return list(books.connection.execute(_RUNGS, {"clocks": clock_ids})) if clock_ids else []


@once
@where_any("pause", list)
def pauses(books: Books, matter_id: UUID) -> list[tuple[str, date, date | None]]:
    """A matter's pauses as (name, from, until)."""
    return [(row.name, row.from_on, row.until_on) for row in books.connection.execute(_PAUSES, {"matter": matter_id})]


def pauses_of(books: Books, matter_ids: Collection[UUID]) -> dict[UUID, list[tuple[str, date, date | None]]]:
    """The pauses of several matters, as (name, from, until), by matter."""
    found: dict[UUID, list[tuple[str, date, date | None]]] = {matter_id: [] for matter_id in matter_ids}
    if matter_ids:
        query = select(PAUSE.c.matter_id, PAUSE.c.name, PAUSE.c.from_on, PAUSE.c.until_on)
        for row in books.connection.execute(query.where(PAUSE.c.matter_id.in_(matter_ids)).order_by(PAUSE.c.from_on)):
            found[row.matter_id].append((row.name, row.from_on, row.until_on))
    return found


def begin_pause(books: Books, pause_id: UUID, matter_id: UUID, name: str, on: date) -> None:
    """Begin a pause."""
    books.connection.execute(insert(PAUSE).values(id=pause_id, matter_id=matter_id, name=name, from_on=on))


def end_pause(books: Books, matter_id: UUID, name: str, on: date) -> int:
    """End the open pauses of this name; return how many there were."""
    still = and_(PAUSE.c.matter_id == matter_id, PAUSE.c.name == name, PAUSE.c.until_on.is_(None))
    return books.connection.execute(update(PAUSE).where(still).values(until_on=func.greatest(PAUSE.c.from_on, on))).rowcount
