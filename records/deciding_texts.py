"""What is proposed about a text before a body decides: amendments to a version, and what committees advise."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from policies.refusal import Refusal
from records.books import Books
from records.tables import ADVICE, AMENDMENT


class AmendmentThereAlready(Refusal):
    """Two amendments to one version with one name."""

    code: ClassVar[str] = "amendment_there_already"


class NoSuchAmendment(Refusal):
    """The version has no amendment with this name."""

    code: ClassVar[str] = "no_such_amendment"
    status: ClassVar[int] = 422


@dataclass(frozen=True, slots=True)
class AmendmentRow:
    """An amendment as it is kept. `edits` hold words by language."""

    matter_id: UUID
    version: int
    name: str
    by_state: str
    edits: list[dict[str, Any]] = field(repr=False)
    made_at: datetime
    by_person: UUID
    carried_into: int | None = None


@dataclass(frozen=True, slots=True)
class AdviceRow:
    """A committee's advice as it is kept."""

    id: UUID
    matter_id: UUID
    version: int | None
    body: str
    on_day: date
    verdict: str
    parts: dict[str, str]
    document: str | None
    recorded_at: datetime
    by_person: UUID


def amend(books: Books, row: AmendmentRow) -> None:
    """Write down an amendment. Raises AmendmentThereAlready."""
    told = {name: getattr(row, name) for name in AmendmentRow.__dataclass_fields__}
    once = upsert(AMENDMENT).values(told).on_conflict_do_nothing().returning(AMENDMENT.c.name)
    if books.connection.execute(once).one_or_none() is None:
        raise AmendmentThereAlready(version=row.version)


def amendments(books: Books, matter_id: UUID) -> list[AmendmentRow]:
    """All amendments to a proposal, by version, in the order they were made."""
    columns = [AMENDMENT.c[name] for name in AmendmentRow.__dataclass_fields__]
    query = select(*columns).where(AMENDMENT.c.matter_id == matter_id)
    ordered = query.order_by(AMENDMENT.c.version, AMENDMENT.c.made_at, AMENDMENT.c.name)
    return [AmendmentRow(**row._mapping) for row in books.connection.execute(ordered)]


def carry(books: Books, matter_id: UUID, version: int, names: Collection[str], into: int) -> None:
    """Write down that these amendments led to the version `into`."""
    own = AMENDMENT.c
    these = update(AMENDMENT).where(own.matter_id == matter_id, own.version == version, own.name.in_(names))
    books.connection.execute(these.values(carried_into=into))


def advise(books: Books, row: AdviceRow) -> None:
    """Write down what a committee advises."""
    books.connection.execute(insert(ADVICE).values({name: getattr(row, name) for name in AdviceRow.__dataclass_fields__}))


def advice(books: Books, matter_id: UUID) -> list[AdviceRow]:
    """All advice on a proposal, by day."""
    columns = [ADVICE.c[name] for name in AdviceRow.__dataclass_fields__]
    query = select(*columns).where(ADVICE.c.matter_id == matter_id)
    return [AdviceRow(**row._mapping) for row in books.connection.execute(query.order_by(ADVICE.c.on_day, ADVICE.c.recorded_at))]
