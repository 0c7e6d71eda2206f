"""Looking through many matters at once: pages of a register, what is due, what was handed over."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Table, and_, exists, func, literal_column, select, tuple_

from records.books import Books
from records.matters import Matter
from records.tables import CLOCK, MATTER, METADATA, RESPONSIBILITY, SEARCHED

_MATTER = tuple(MATTER.c[name] for name in Matter.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which matters of a kind: in these states (none named: any), of this unit, with a running clock due before a day.

    `search`: words, each of which begins a word of what it is called; case, accents and signs do not matter. `after` is the
    last matter of the page before.
    """

    states: tuple[str, ...] = ()
    unit: str | None = None
    due_before: date | None = None
    not_due_before: date | None = None
    after: UUID | None = None
    search: str | None = None


@dataclass(frozen=True, slots=True)
class DueRow:
    """A running clock with its due day, and the matter it belongs to."""

    matter: Matter
    clock: str
    due_on: date


@dataclass(frozen=True, slots=True)
class HandedRow:
    """A matter that was handed over by itself and is still with whoever took it over."""

    matter: Matter
    person_id: UUID
    at: datetime


def has_unit(kind: str) -> bool:
    """Whether matters of this kind are assigned to a unit."""
    return "unit" in _details_table(kind).c


def has_search(kind: str) -> bool:
    """Whether the register of a kind can be searched by words."""
    return kind in SEARCHED


def page(books: Books, kind: str, wanted: Wanted, most: int) -> list[Matter]:
    """Up to `most` matters, oldest first."""
    query = select(*_MATTER).where(MATTER.c.kind == kind)
    if wanted.states:
        query = query.where(MATTER.c.state.in_(wanted.states))
    table = _details_table(kind)
    if wanted.unit is not None or wanted.search is not None:
        query = query.join(table, table.c.matter_id == MATTER.c.id)
    if wanted.unit is not None:
        query = query.where(table.c.unit == wanted.unit)
    if wanted.search is not None:
        query = query.where(_called(kind, wanted.search))
    if wanted.due_before is not None:
        query = query.where(_has_clock_before(wanted.due_before))
    if wanted.not_due_before is not None:
        query = query.where(~_has_clock_before(wanted.not_due_before))
    query = _following(query, wanted.after).order_by(MATTER.c.opened_at, MATTER.c.id)
    return [Matter(**row._mapping) for row in books.connection.execute(query.limit(most))]


def details(books: Books, kind: str, ids: Collection[UUID]) -> dict[UUID, dict[str, Any]]:
    """What is kept of these matters of a kind beside their state, by id."""
    table = _details_table(kind)
    found = {}
    for row in books.connection.execute(select(table).where(table.c.matter_id.in_(ids))):
        columns = dict(row._mapping)
        found[columns.pop("matter_id")] = columns
    return found


def due(books: Books, kinds: Collection[str], today: date, *, late: bool, most: int) -> list[DueRow]:
    """Running clocks with a due day, either before `today` or not, what is due first on top."""
    when = CLOCK.c.due_on < today if late else CLOCK.c.due_on >= today
    query = (
        select(CLOCK.c.name.label("clock"), CLOCK.c.due_on, *_MATTER)
        .join(MATTER, MATTER.c.id == CLOCK.c.matter_id)
        .where(CLOCK.c.status == "running", MATTER.c.kind.in_(kinds), when)
        .order_by(CLOCK.c.due_on, CLOCK.c.name, CLOCK.c.id)
        .limit(most)
    )
    return [DueRow(_matter(row._mapping), row.clock, row.due_on) for row in books.connection.execute(query)]


def handed_over(books: Books, kinds: Collection[str], most: int) -> list[HandedRow]:
    """Matters that are with whoever they were handed over to, newest first."""
    query = (
        select(RESPONSIBILITY.c.person_id, RESPONSIBILITY.c.from_at, *_MATTER)
        .join(MATTER, MATTER.c.id == RESPONSIBILITY.c.matter_id)
        .where(RESPONSIBILITY.c.until_at.is_(None), RESPONSIBILITY.c.why == "handed_over", MATTER.c.kind.in_(kinds))
        .where(MATTER.c.rested_on.is_(None))
        .order_by(RESPONSIBILITY.c.from_at.desc(), MATTER.c.id)
        .limit(most)
    )
    return [HandedRow(_matter(row._mapping), row.person_id, row.from_at) for row in books.connection.execute(query)]


def handed_from(books: Books, matter_id: UUID, at: datetime) -> UUID | None:
    """Who was responsible for a matter until `at`."""
    query = select(RESPONSIBILITY.c.person_id).where(RESPONSIBILITY.c.matter_id == matter_id, RESPONSIBILITY.c.until_at == at)
    return books.connection.execute(query.limit(1)).scalar_one_or_none()


def earliest_due(books: Books, ids: Collection[UUID]) -> dict[UUID, date]:
    """The earliest due day among the running clocks of each matter; one without is left out."""
    query = (
        select(CLOCK.c.matter_id, func.min(CLOCK.c.due_on).label("on"))
        .where(CLOCK.c.matter_id.in_(ids), CLOCK.c.status == "running", CLOCK.c.due_on.is_not(None))
        .group_by(CLOCK.c.matter_id)
    )
    return {row.matter_id: row.on for row in books.connection.execute(query)}


def _details_table(kind: str) -> Table:
    """The table of a kind's details bears the kind's name."""
    return METADATA.tables[kind]


def _called(kind: str, search: str) -> Any:
    """Whether every word of `search` begins a word of what a matter is called. Without any word, nothing is found."""
    plain = "".join(each for each in unicodedata.normalize("NFD", search) if not unicodedata.combining(each)).lower()
    wanted = " & ".join(f"{word}:*" for word in re.findall(r"[^\W_]+", plain))
    return func.words_of(literal_column(SEARCHED[kind])).bool_op("@@")(func.to_tsquery("simple", wanted))


def _has_clock_before(day: date) -> Any:
    mine = and_(CLOCK.c.matter_id == MATTER.c.id, CLOCK.c.status == "running", CLOCK.c.due_on < day)
    return exists().where(mine)


def _following(query: Select[Any], after: UUID | None) -> Select[Any]:
    """What comes after the matter `after`; nothing does if there is no such matter."""
    if after is None:
        return query
    place = select(MATTER.c.opened_at, MATTER.c.id).where(MATTER.c.id == after).subquery()
    return query.join(place, tuple_(MATTER.c.opened_at, MATTER.c.id) > tuple_(place.c.opened_at, place.c.id))


def _matter(columns: Any) -> Matter:
    return Matter(**{name: columns[name] for name in Matter.__dataclass_fields__})
