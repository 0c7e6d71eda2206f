"""Identities that a custodian guards: copies of their keys, requests, approvals, and on which days one was opened.

What a door sees of it row-level security decides: a seat shows what is of a matter, an own copy what is of that identity.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from records.books import Books
from records.tables import (
    IDENTITY_OPENING,
    IDENTITY_REQUEST,
    SEALED_IDENTITY_COPY,
    SEALED_IDENTITY_GRANT,
    SEALED_IDENTITY_WORDS,
)
from records.there import where_any

CUSTODIAN, RECOVERY = "custodian", "recovery"
WAITING, APPROVED, REFUSED, LAPSED = "waiting", "approved", "refused", "lapsed"
REASON, ANSWER = "reason", "answer"


@dataclass(frozen=True, slots=True)
class CopyRow:
    """One holder's copy of one identity's key. `key_sealed` None: they may have one, and wait for who holds one."""

    id: UUID
    identity_id: UUID
    matter_id: UUID
    holder: str
    person_id: UUID | None
    epoch: int
    public: bytes
    key_sealed: bytes | None = field(repr=False)
    roster: bytes | None = None


@dataclass(frozen=True, slots=True)
class RequestRow:
    """Somebody with a seat asks to see who a person is. `until_on`: the last day on which the approval opens anything."""

    id: UUID
    identity_id: UUID
    matter_id: UUID
    asked_by: UUID
    asked_on: date
    urgent: bool
    lapses_on: date
    text_id: UUID
    epoch: int
    public: bytes
    in_ledger: bool
    status: str
    answered_by: UUID | None = None
    answered_on: date | None = None
    until_on: date | None = None


@dataclass(frozen=True, slots=True)
class GrantRow:
    """What an approval gave. `key_sealed` None: it is over."""

    request_id: UUID
    identity_id: UUID
    matter_id: UUID
    person_id: UUID
    epoch: int
    until_on: date
    key_sealed: bytes | None = field(repr=False)


_COPY = select(*(SEALED_IDENTITY_COPY.c[name] for name in CopyRow.__dataclass_fields__))
_REQUEST = select(*(IDENTITY_REQUEST.c[name] for name in RequestRow.__dataclass_fields__))
_GRANT = select(*(SEALED_IDENTITY_GRANT.c[name] for name in GrantRow.__dataclass_fields__))


def add_copy(books: Books, row: CopyRow) -> None:
    """Keep a copy, or that somebody may have one."""
    books.connection.execute(insert(SEALED_IDENTITY_COPY).values(_columns(row)))


def copies(books: Books, matter_ids: Collection[UUID]) -> list[CopyRow]:
    """All copies of these matters' identities that may be seen, recovery's among them."""
    asked = _COPY.where(SEALED_IDENTITY_COPY.c.matter_id.in_(matter_ids))
    rows = books.connection.execute(asked.order_by(SEALED_IDENTITY_COPY.c.identity_id, SEALED_IDENTITY_COPY.c.id))
    return [CopyRow(*row) for row in rows]


def of_identities(books: Books, identity_ids: Collection[UUID]) -> list[CopyRow]:
    """All copies of these identities. For the owner of the tables."""
    rows = books.connection.execute(_COPY.where(SEALED_IDENTITY_COPY.c.identity_id.in_(identity_ids)))
    return [CopyRow(*row) for row in rows]


def is_guarded(books: Books, identity_id: UUID) -> bool:
    """Whether no seat holds the key to an identity, because a custodian guards it."""
    there = select(SEALED_IDENTITY_COPY.c.id).where(SEALED_IDENTITY_COPY.c.identity_id == identity_id).limit(1)
    return books.connection.execute(there).one_or_none() is not None


def held_by(books: Books, person_id: UUID | None) -> list[CopyRow]:
    """The copies that a custodian holds, or with None recovery."""
    own = SEALED_IDENTITY_COPY.c
    whose = own.holder == RECOVERY if person_id is None else own.person_id == person_id
    rows = books.connection.execute(_COPY.where(whose, own.key_sealed.is_not(None)).order_by(own.identity_id))
    return [CopyRow(*row) for row in rows]


def waiting_copies(books: Books, identity_ids: Collection[UUID]) -> list[CopyRow]:
    """Those of these identities that somebody may have and does not yet."""
    lacking = and_(SEALED_IDENTITY_COPY.c.identity_id.in_(identity_ids), SEALED_IDENTITY_COPY.c.key_sealed.is_(None))
    return [CopyRow(*row) for row in books.connection.execute(_COPY.where(lacking).order_by(SEALED_IDENTITY_COPY.c.id))]


def fill_copy(books: Books, copy_id: UUID, key_sealed: bytes) -> bool:
    """Give somebody the copy they may have. False: they have it, or it is gone."""
    lacking = and_(SEALED_IDENTITY_COPY.c.id == copy_id, SEALED_IDENTITY_COPY.c.key_sealed.is_(None))
    return books.connection.execute(update(SEALED_IDENTITY_COPY).where(lacking).values(key_sealed=key_sealed)).rowcount == 1


def reseal_copy(books: Books, copy_id: UUID, key_sealed: bytes) -> None:
    """Seal the same copy to another key. For the owner of the tables."""
    books.connection.execute(
        update(SEALED_IDENTITY_COPY).where(SEALED_IDENTITY_COPY.c.id == copy_id).values(key_sealed=key_sealed)
    )


def looked(books: Books, copy_id: UUID, roster: bytes) -> None:
    """Write down, at recovery's copy, for which custodians it was looked at."""
    books.connection.execute(update(SEALED_IDENTITY_COPY).where(SEALED_IDENTITY_COPY.c.id == copy_id).values(roster=roster))


def ask(books: Books, row: RequestRow, reason: bytes) -> None:
    """Keep a request with its reason, sealed."""
    books.connection.execute(insert(IDENTITY_REQUEST).values(_columns(row)))
    add_words(books, row, REASON, reason)


def add_words(books: Books, row: RequestRow, part: str, sealed: bytes) -> None:
    """Keep words of a request: its reason, or a custodian's."""
    told = {"request_id": row.id, "part": part, "identity_id": row.identity_id, "matter_id": row.matter_id, "sealed": sealed}
    books.connection.execute(insert(SEALED_IDENTITY_WORDS).values(**told))


def words(books: Books, request_ids: Collection[UUID], part: str) -> dict[UUID, bytes]:
    """The sealed words of these requests, by request."""
    own = SEALED_IDENTITY_WORDS.c
    rows = books.connection.execute(select(own.request_id, own.sealed).where(own.request_id.in_(request_ids), own.part == part))
    return {row.request_id: row.sealed for row in rows}


@where_any("sealed_identity", list)
def requests_of(books: Books, matter_id: UUID) -> list[RequestRow]:
    """All requests of a matter, oldest first."""
    own = IDENTITY_REQUEST.c
    rows = books.connection.execute(_REQUEST.where(own.matter_id == matter_id).order_by(own.asked_on, own.id))
    return [RequestRow(*row) for row in rows]


def requests_for(books: Books, identity_ids: Collection[UUID]) -> list[RequestRow]:
    """All requests about these identities: urgent ones first, then by day."""
    own = IDENTITY_REQUEST.c
    asked = _REQUEST.where(own.identity_id.in_(identity_ids)).order_by(own.urgent.desc(), own.asked_on, own.id)
    return [RequestRow(*row) for row in books.connection.execute(asked)]


def lock_request(books: Books, request_id: UUID) -> RequestRow | None:
    """One request, held until the transaction ends; None: there is none, or none that may be answered here."""
    row = books.connection.execute(_REQUEST.where(IDENTITY_REQUEST.c.id == request_id).with_for_update()).one_or_none()
    return None if row is None else RequestRow(*row)


def answer(books: Books, request_id: UUID, status: str, person_id: UUID, until_on: date | None = None) -> None:
    """Write down that a request was approved or refused."""
    values = {"status": status, "answered_by": person_id, "answered_on": books.today, "until_on": until_on}
    books.connection.execute(update(IDENTITY_REQUEST).where(IDENTITY_REQUEST.c.id == request_id).values(**values))


def overdue(books: Books) -> list[RequestRow]:
    """Requests that nobody answered by their last day, locked; those that somebody is answering right now are left out."""
    own = IDENTITY_REQUEST.c
    late = _REQUEST.where(own.status == WAITING, own.lapses_on < books.today)
    return [RequestRow(*row) for row in books.connection.execute(late.order_by(own.id).with_for_update(skip_locked=True))]


def lapse(books: Books, request_ids: Collection[UUID]) -> None:
    """Write down that these lapsed."""
    these = IDENTITY_REQUEST.c.id.in_(request_ids)
    books.connection.execute(update(IDENTITY_REQUEST).where(these).values(status=LAPSED, answered_on=books.today))


def grant(books: Books, row: GrantRow) -> None:
    """Keep what an approval gives."""
    books.connection.execute(insert(SEALED_IDENTITY_GRANT).values(_columns(row)))


def live_grants(books: Books, matter_id: UUID, person_id: UUID) -> list[GrantRow]:
    """What a person may open in a matter today, the one that lasts longest first."""
    own = SEALED_IDENTITY_GRANT.c
    mine = and_(own.matter_id == matter_id, own.person_id == person_id, own.key_sealed.is_not(None), own.until_on >= books.today)
    rows = books.connection.execute(_GRANT.where(mine).order_by(own.until_on.desc(), own.request_id))
    return [GrantRow(*row) for row in rows]


def granted_to(books: Books, person_id: UUID) -> list[GrantRow]:
    """Every approval of a person that is not over. For the owner of the tables."""
    own = SEALED_IDENTITY_GRANT.c
    rows = books.connection.execute(_GRANT.where(own.person_id == person_id, own.key_sealed.is_not(None)))
    return [GrantRow(*row) for row in rows]


def reseal_grant(books: Books, request_id: UUID, key_sealed: bytes) -> None:
    """Seal the same approval to another key. For the owner of the tables."""
    this = SEALED_IDENTITY_GRANT.c.request_id == request_id
    books.connection.execute(update(SEALED_IDENTITY_GRANT).where(this).values(key_sealed=key_sealed))


def end_grants(books: Books) -> int:
    """Destroy the keys of approvals that are over. Returns how many."""
    return int(books.connection.execute(select(func.end_identity_grants(books.today))).scalar_one())


def give_up(books: Books, matter_id: UUID, person_id: UUID) -> None:
    """Somebody loses their seat: what they were given of identities there is gone, and what they asked for is not asked."""
    grants, asked = SEALED_IDENTITY_GRANT.c, IDENTITY_REQUEST.c
    theirs = and_(grants.matter_id == matter_id, grants.person_id == person_id, grants.key_sealed.is_not(None))
    books.connection.execute(update(SEALED_IDENTITY_GRANT).where(theirs).values(key_sealed=None))
    waits = and_(asked.matter_id == matter_id, asked.asked_by == person_id, asked.status == WAITING)
    books.connection.execute(update(IDENTITY_REQUEST).where(waits).values(status=LAPSED, answered_on=books.today))


def forget_holder(books: Books, person_id: UUID) -> int:
    """Destroy all copies of a custodian who leaves. Returns how many. For the owner of the tables."""
    return books.connection.execute(delete(SEALED_IDENTITY_COPY).where(SEALED_IDENTITY_COPY.c.person_id == person_id)).rowcount


def opened(books: Books, row: GrantRow) -> None:
    """Write down that an identity was opened today by this approval: one row a request and day."""
    told = {"request_id": row.request_id, "day": books.today, "matter_id": row.matter_id}
    books.connection.execute(upsert(IDENTITY_OPENING).values(**told).on_conflict_do_nothing())


def openings(books: Books, matter_id: UUID) -> Mapping[UUID, list[date]]:
    """On which days identities of a matter were opened, by request."""
    own = IDENTITY_OPENING.c
    found: dict[UUID, list[date]] = {}
    for row in books.connection.execute(select(own.request_id, own.day).where(own.matter_id == matter_id).order_by(own.day)):
        found.setdefault(row.request_id, []).append(row.day)
    return found


def _columns(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in type(row).__dataclass_fields__}
