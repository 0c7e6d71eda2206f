"""What is to be sent: written in the transaction that makes it true, sent later, once."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import and_, func, select, update
from sqlalchemy.dialects.postgresql import insert

from records.books import Books, Notice
from records.tables import OUTBOX


def put(books: Books, notices: Sequence[Notice]) -> None:
    """Put notices into the outbox; one that is already there (same dedup) is not put twice."""
    values = [
        {"id": uuid4(), "dedup": n.dedup, "person_id": n.person, "key": n.key, "params": dict(n.params), "made_at": books.now}
        for n in notices
    ]
    if values:
        books.connection.execute(insert(OUTBOX).on_conflict_do_nothing(index_elements=["dedup"]), values)


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
