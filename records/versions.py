"""Versions of a proposal, each kept as it was made, and the waivers of what the rules found in them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID, uuid4

from sqlalchemy import insert, select

from policies.refusal import Refusal
from records.books import Books
from records.tables import FINDING_WAIVER, VERSION
from structure.things import Ref, Sort
from structure.waivers import Waiver


class NoSuchVersion(Refusal):
    """The proposal has no version with this number."""

    code: ClassVar[str] = "no_such_version"
    status: ClassVar[int] = 404


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version as it is kept. `digest` stands for operations, terms and texts together."""

    matter_id: UUID
    number: int
    label: str
    operations: list[dict[str, Any]]
    terms: dict[str, Any]
    texts: dict[str, list[str]]
    hashes: dict[str, str]
    digest: bytes
    base_seq: int
    author: str
    by_person: UUID
    made_at: datetime

    def __repr__(self) -> str:
        """Without the words."""
        return f"VersionRow({self.matter_id}, {self.number})"


_COLUMNS = tuple(VERSION.c[name] for name in VersionRow.__dataclass_fields__)


def add(books: Books, row: VersionRow) -> None:
    """Write down a version."""
    books.connection.execute(insert(VERSION).values({name: getattr(row, name) for name in VersionRow.__dataclass_fields__}))


def of_matter(books: Books, matter_id: UUID) -> list[VersionRow]:
    """All versions of a proposal, the first one first."""
    query = select(*_COLUMNS).where(VERSION.c.matter_id == matter_id).order_by(VERSION.c.number)
    return [VersionRow(**row._mapping) for row in books.connection.execute(query)]


def newest(books: Books, matter_id: UUID) -> VersionRow | None:
    """The newest version; None: there is none."""
    query = select(*_COLUMNS).where(VERSION.c.matter_id == matter_id).order_by(VERSION.c.number.desc()).limit(1)
    row = books.connection.execute(query).one_or_none()
    return None if row is None else VersionRow(**row._mapping)


def one(books: Books, matter_id: UUID, number: int) -> VersionRow:
    """One version. Raises NoSuchVersion."""
    query = select(*_COLUMNS).where(VERSION.c.matter_id == matter_id, VERSION.c.number == number)
    row = books.connection.execute(query).one_or_none()
    if row is None:
        raise NoSuchVersion(number=number)
    return VersionRow(**row._mapping)


def waive(books: Books, matter_id: UUID, waiver: Waiver, by: UUID) -> None:
    """Write down that a warning about a proposal is let pass."""
    told = {"id": uuid4(), "matter_id": matter_id, "rule": waiver.rule, "sort": waiver.subject.sort.value}
    told |= {"subject": waiver.subject.id, "author": waiver.author, "authority": waiver.authority, "reason": waiver.reason}
    books.connection.execute(insert(FINDING_WAIVER).values(**told, until_on=waiver.until, by_person=by, made_at=books.now))


def waivers(books: Books, matter_id: UUID) -> list[Waiver]:
    """Every waiver given for a proposal, in the order they were given."""
    own = FINDING_WAIVER.c
    query = select(FINDING_WAIVER).where(own.matter_id == matter_id).order_by(own.made_at, own.until_on, own.id)
    return [_waiver(row) for row in books.connection.execute(query)]


def _waiver(row: Any) -> Waiver:
    until: date = row.until_on
    return Waiver(row.rule, Ref(Sort(row.sort), row.subject), row.author, row.authority, row.reason, until)
