"""What is to be sent: written in the transaction that makes it true, sent later, once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from records.books import Books, Notice
from records.tables import OUTBOX, PERSON


@dataclass(frozen=True, slots=True)
class Waiting:
    """A notice that waits to be sent, with the address it goes to."""

    id: UUID
    dedup: str
    key: str
    params: dict[str, Any]
    made_at: datetime
    name: str
    mail: str | None
    language: str


def put(books: Books, notices: Sequence[Notice]) -> None:
    """Put notices into the outbox; one that is already there (same dedup) is not put twice."""
    values = [
        {"id": uuid4(), "dedup": n.dedup, "person_id": n.person, "key": n.key, "params": dict(n.params), "made_at": books.now}
        for n in notices
    ]
    if values:
        books.connection.execute(insert(OUTBOX).on_conflict_do_nothing(index_elements=["dedup"]), values)


def take(books: Books, limit: int) -> list[Waiting]:
    """Lock the oldest notices that may be sent now; what another sender holds is left out."""
    retried = or_(OUTBOX.c.retry_at.is_(None), OUTBOX.c.retry_at <= books.wall)
    query = (
        select(OUTBOX.c.id, OUTBOX.c.dedup, OUTBOX.c.key, OUTBOX.c.params, OUTBOX.c.made_at)
        .add_columns(PERSON.c.name, PERSON.c.mail, PERSON.c.language)
        .join(PERSON, PERSON.c.id == OUTBOX.c.person_id)
        .where(OUTBOX.c.sent_at.is_(None), ~OUTBOX.c.stuck, retried)
        .order_by(OUTBOX.c.made_at, OUTBOX.c.dedup)
        .limit(limit)
        .with_for_update(of=OUTBOX, skip_locked=True)
    )
    return [Waiting(**row._mapping) for row in books.connection.execute(query)]


def sent(books: Books, notice_id: UUID) -> None:
    """Write down that a notice was handed over."""
    books.connection.execute(update(OUTBOX).where(OUTBOX.c.id == notice_id).values(sent_at=books.wall))


def not_sent(books: Books, notice_id: UUID, *, retry_after: timedelta, most: int) -> None:
    """Count a failed attempt; after `most` the notice is stuck and seen by the operator."""
    values = {"attempts": OUTBOX.c.attempts + 1, "retry_at": books.wall + retry_after, "stuck": OUTBOX.c.attempts + 1 >= most}
    books.connection.execute(update(OUTBOX).where(OUTBOX.c.id == notice_id).values(**values))


def counts(books: Books) -> tuple[int, int]:
    """How many notices wait, and how many are stuck."""
    waiting = func.count().filter(and_(OUTBOX.c.sent_at.is_(None), ~OUTBOX.c.stuck))
    row = books.connection.execute(select(waiting, func.count().filter(OUTBOX.c.stuck))).one()
    return row[0], row[1]


def kinds_of(books: Books) -> list[tuple[str, dict[str, Any]]]:
    """What was ever put into this outbox, oldest first: the message's key and its facts."""
    query = select(OUTBOX.c.key, OUTBOX.c.params).order_by(OUTBOX.c.made_at, OUTBOX.c.dedup)
    return [(row.key, row.params) for row in books.connection.execute(query)]


def of_person(books: Books, person_id: UUID) -> list[Any]:
    """Every notice made for a person, newest first."""
    query = select(OUTBOX).where(OUTBOX.c.person_id == person_id)
    return list(books.connection.execute(query.order_by(OUTBOX.c.made_at.desc(), OUTBOX.c.dedup)))
