"""How bodies decide, as it is kept: each vote, consensus or silence with its snapshot of members, ballots and statements.

Of a paper in a secret ballot only the state that handed it in is kept; what papers say comes as numbers when the vote closes.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import func, insert, select, update

from policies.refusal import Refusal
from records.books import Books
from records.tables import BALLOT, DECIDING, DECISION, STATEMENT


class NoSuchDeciding(Refusal):
    """This matter was never put to a body under this id."""

    code: ClassVar[str] = "no_such_deciding"
    status: ClassVar[int] = 404


@dataclass(frozen=True, slots=True)
class DecidingRow:
    """One time that a matter was put to a body, as the table has it."""

    id: UUID
    matter_id: UUID
    number: int
    body: str
    method: str
    rule: str | None
    asks: str
    version: int | None
    edition: str
    day: date
    members: list[str]
    suspended: list[str]
    parties: list[str]
    present: list[str] | None
    opened_at: datetime
    until: datetime | None
    by_person: UUID
    closed_at: datetime | None = None
    tally: dict[str, Any] | None = None
    adopted: bool | None = None
    voided_at: datetime | None = None
    void_reason: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class BallotRow:
    """A state's answer to a roll call; without choice and instant: it handed in a paper."""

    state: str
    choice: str | None
    at: datetime | None


@dataclass(frozen=True, slots=True)
class StatementRow:
    """What a state stated beside a decision."""

    kind: str
    number: int
    state: str
    paragraph: str | None
    at: datetime
    text: str = field(repr=False)


_COLUMNS = tuple(DECIDING.c[name] for name in DecidingRow.__dataclass_fields__)


def add(books: Books, row: DecidingRow) -> None:
    """Write down that something is put to a body."""
    books.connection.execute(insert(DECIDING).values({name: getattr(row, name) for name in DecidingRow.__dataclass_fields__}))


def next_number(books: Books, matter_id: UUID) -> int:
    """The next number of a matter that is locked."""
    query = select(func.coalesce(func.max(DECIDING.c.number), 0)).where(DECIDING.c.matter_id == matter_id)
    return int(books.connection.execute(query).scalar_one()) + 1


def of_matter(books: Books, matter_id: UUID) -> list[DecidingRow]:
    """Every time a matter was put to a body, the first one first."""
    query = select(*_COLUMNS).where(DECIDING.c.matter_id == matter_id).order_by(DECIDING.c.number)
    return [DecidingRow(**row._mapping) for row in books.connection.execute(query)]


def one(books: Books, matter_id: UUID, deciding_id: UUID) -> DecidingRow:
    """One of them. Raises NoSuchDeciding, also where it belongs to another matter."""
    query = select(*_COLUMNS).where(DECIDING.c.id == deciding_id, DECIDING.c.matter_id == matter_id)
    row = books.connection.execute(query).one_or_none()
    if row is None:
        raise NoSuchDeciding()
    return DecidingRow(**row._mapping)


def used(books: Books, matter_id: UUID) -> frozenset[UUID]:
    """Those on which a body's decision on record rests."""
    query = select(DECISION.c.deciding_id).where(DECISION.c.matter_id == matter_id, DECISION.c.deciding_id.is_not(None))
    return frozenset(books.connection.execute(query).scalars())


def close(
    books: Books,
    deciding_id: UUID,
    *,
    tally: Mapping[str, int | None] | None,
    adopted: bool,
    present: Collection[str] | None,
) -> None:
    """Write down what came of it."""
    there = None if present is None else sorted(present)
    told = {"closed_at": books.now, "tally": tally, "adopted": adopted, "present": there}
    books.connection.execute(update(DECIDING).where(DECIDING.c.id == deciding_id).values(told))


def void(books: Books, deciding_id: UUID, reason: str) -> None:
    """Write down that it does not count, and why. All of it stays."""
    told = {"voided_at": books.now, "void_reason": reason}
    books.connection.execute(update(DECIDING).where(DECIDING.c.id == deciding_id).values(told))


def mark(books: Books, deciding_id: UUID, ballot: BallotRow) -> None:
    """Write down a state's answer, or that it handed in a paper."""
    told: dict[str, Any] = {"state": ballot.state, "choice": ballot.choice, "at": ballot.at}
    books.connection.execute(insert(BALLOT).values(deciding_id=deciding_id, **told))


def ballots(books: Books, deciding_id: UUID) -> list[BallotRow]:
    """Who answered what, or handed in a paper, by the letters of the states: the order tells nothing."""
    query = select(BALLOT.c.state, BALLOT.c.choice, BALLOT.c.at).where(BALLOT.c.deciding_id == deciding_id)
    return [BallotRow(**row._mapping) for row in books.connection.execute(query.order_by(BALLOT.c.state))]


def state(books: Books, deciding_id: UUID, row: StatementRow, by: UUID) -> None:
    """Write down a statement."""
    told = {name: getattr(row, name) for name in StatementRow.__dataclass_fields__}
    books.connection.execute(insert(STATEMENT).values(deciding_id=deciding_id, by_person=by, **told))


def statements(books: Books, deciding_id: UUID) -> list[StatementRow]:
    """All statements beside a decision, in the order they were made."""
    columns = [STATEMENT.c[name] for name in StatementRow.__dataclass_fields__]
    query = select(*columns).where(STATEMENT.c.deciding_id == deciding_id)
    ordered = query.order_by(STATEMENT.c.at, STATEMENT.c.kind, STATEMENT.c.number)
    return [StatementRow(**row._mapping) for row in books.connection.execute(ordered)]
