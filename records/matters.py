"""Matters and what happened to them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Row, bindparam, func, insert, or_, select, update

from policies.refusal import Refusal
from records.books import Books
from records.once import once
from records.tables import EVENT, LINK, MATTER
from records.there import where_any


class NotFound(Refusal):
    """No such thing, or none that this person may know of: the two are answered alike."""

    code: ClassVar[str] = "not_found"
    status: ClassVar[int] = 404


class StaleVersion(Refusal):
    """Somebody changed this while the person was writing."""

    code: ClassVar[str] = "stale_version"
    status: ClassVar[int] = 412


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing under way."""

    id: UUID
    kind: str
    state: str
    version: int
    edition: str
    calendar: str
    opened_at: datetime
    rested_on: date | None


@dataclass(frozen=True, slots=True)
class EventRow:
    """One line of a matter's history."""

    seq: int
    trigger: str
    source: str
    dest: str
    recorded_at: datetime
    effective_on: date
    occurred_on: date | None
    irregular: bool
    by_person: UUID | None
    by_clock: str | None
    facts: Mapping[str, Any]


_MATTER = select(*MATTER.c)
_ONE = _MATTER.where(MATTER.c.id == bindparam("matter"))
_HISTORY = select(*(EVENT.c[name] for name in EventRow.__dataclass_fields__))
_HISTORY = _HISTORY.where(EVENT.c.matter_id == bindparam("matter")).order_by(EVENT.c.seq)
_LINKS = select(LINK.c.from_id, LINK.c.to_id, LINK.c.type).order_by(LINK.c.made_at)
_LINKS = _LINKS.where(or_(LINK.c.from_id == bindparam("matter"), LINK.c.to_id == bindparam("matter")))


def lock(books: Books, ids: Sequence[UUID]) -> dict[UUID, Matter]:
    """Lock these matters in the order of their ids, which is the order everybody locks in. Unknown ids are left out."""
    rows = books.connection.execute(_MATTER.where(MATTER.c.id.in_(ids)).order_by(MATTER.c.id).with_for_update())
    return {row.id: _matter(row) for row in rows}


def lock_free(books: Books, ids: Sequence[UUID]) -> dict[UUID, Matter]:
    """Like `lock`, but leaves out what somebody else holds."""
    query = _MATTER.where(MATTER.c.id.in_(ids)).order_by(MATTER.c.id).with_for_update(skip_locked=True)
    return {row.id: _matter(row) for row in books.connection.execute(query)}


@once
def find(books: Books, matter_id: UUID) -> Matter:
    """The matter with this id. Raises NotFound."""
    row = books.connection.execute(_ONE, {"matter": matter_id}).one_or_none()
    if row is None:
        raise NotFound()
    return _matter(row)


def open_after(books: Books, after: UUID | None, limit: int) -> list[UUID]:
    """Ids of matters that have not come to their end, in the order of ids, after one of them."""
    query = select(MATTER.c.id).where(MATTER.c.rested_on.is_(None))
    if after is not None:
        query = query.where(MATTER.c.id > after)
    return list(books.connection.execute(query.order_by(MATTER.c.id).limit(limit)).scalars())


def add(books: Books, matter: Matter) -> None:
    """Write down a matter that has just been opened."""
    books.connection.execute(insert(MATTER).values(**_columns(matter)))


def change(books: Books, matter: Matter, *, state: str, rested_on: date | None) -> Matter:
    """Put the matter into `state` and bump its version. Raises StaleVersion if somebody was faster (never under `lock`)."""
    changed = replace(matter, state=state, version=matter.version + 1, rested_on=rested_on)
    done = books.connection.execute(
        update(MATTER)
        .where(MATTER.c.id == matter.id, MATTER.c.version == matter.version)
        .values(state=state, version=changed.version, rested_on=rested_on)
    )
    if done.rowcount != 1:
        raise StaleVersion()
    return changed


def append(books: Books, matter_id: UUID, event: EventRow) -> None:
    """Add a line to a matter's history."""
    columns = {name: getattr(event, name) for name in EventRow.__dataclass_fields__} | {"facts": dict(event.facts)}
    books.connection.execute(insert(EVENT).values(matter_id=matter_id, **columns))


@once
def history(books: Books, matter_id: UUID) -> list[EventRow]:
    """Everything that happened to a matter, in the order it was written down."""
    return [EventRow(*row) for row in books.connection.execute(_HISTORY, {"matter": matter_id})]


def last_day(books: Books, matter_id: UUID) -> tuple[int, date | None]:
    """The number of the newest line and the latest day any line took effect; (0, None) before the first."""
    query = select(func.coalesce(func.max(EVENT.c.seq), 0), func.max(EVENT.c.effective_on))
    row = books.connection.execute(query.where(EVENT.c.matter_id == matter_id)).one()
    return row[0], row[1]


def link(books: Books, from_id: UUID, to_id: UUID, kind: str) -> None:
    """Tie two matters together. `kind` says what the first is to the second, e.g. implements."""
    books.connection.execute(insert(LINK).values(from_id=from_id, to_id=to_id, type=kind, made_at=books.now))


@once
@where_any("link", list)
def links(books: Books, matter_id: UUID) -> list[tuple[UUID, UUID, str]]:
    """All ties of a matter, as (from, to, type)."""
    return [(row.from_id, row.to_id, row.type) for row in books.connection.execute(_LINKS, {"matter": matter_id})]


def linked(books: Books, matter_id: UUID) -> list[UUID]:
    """Ids of all matters tied to this one, in locking order."""
    return sorted({other for pair in links(books, matter_id) for other in pair[:2] if other != matter_id})


def tied_to(books: Books, matter_ids: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """The matters that each of several is tied to."""
    found: dict[UUID, set[UUID]] = {matter_id: set() for matter_id in matter_ids}
    query = select(LINK.c.from_id, LINK.c.to_id).where(or_(LINK.c.from_id.in_(matter_ids), LINK.c.to_id.in_(matter_ids)))
    for row in books.connection.execute(query):
        for one, other in ((row.from_id, row.to_id), (row.to_id, row.from_id)):
            if one in found:
                found[one].add(other)
    return found


def leads_to(books: Books, start: UUID, goal: UUID, kinds: Sequence[str]) -> bool:
    """Whether following ties of these kinds from `start` ever reaches `goal`."""
    reached, frontier = {start}, {start}
    while frontier:
        query = select(LINK.c.to_id).where(LINK.c.from_id.in_(frontier), LINK.c.type.in_(kinds))
        frontier = set(books.connection.execute(query).scalars()) - reached
        reached |= frontier
    return goal in reached


def _matter(row: Row[Any]) -> Matter:
    return Matter(**row._mapping)


def _columns(matter: Matter) -> dict[str, Any]:
    return {name: getattr(matter, name) for name in Matter.__dataclass_fields__}
