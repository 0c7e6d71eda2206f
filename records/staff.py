"""The keys of people at the desk: how they sign in, and their seats on the way out and back.

Nothing stands here by which somebody could sign in. Sessions are those of `records/accounts.py`.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, delete, insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert

from records.books import Books
from records.seats import PERSON, RECOVERY, SeatRow
from records.tables import EPOCH, SEAT, SESSION, SIGNED_KEY, STAFF_KEY
from records.tables import PERSON as PEOPLE
from records.vault import SignedKey


@dataclass(frozen=True, slots=True)
class StaffRow:
    """What one person at the desk signs in with. `not_before` is wall time."""

    person_id: UUID
    login: str
    key_wrapped: bytes = field(repr=False)
    totp_sealed: bytes = field(repr=False)
    last_totp_step: int | None = None
    failures: int = 0
    not_before: datetime | None = None


_STAFF = select(*(STAFF_KEY.c[name] for name in StaffRow.__dataclass_fields__))
_SEAT = tuple(SEAT.c[name] for name in SeatRow.__dataclass_fields__)


def add(books: Books, row: StaffRow) -> None:
    """Keep what a person signs in with, instead of whatever they had."""
    values = {name: getattr(row, name) for name in StaffRow.__dataclass_fields__}
    fresh = {name: value for name, value in values.items() if name != "person_id"}
    books.connection.execute(upsert(STAFF_KEY).values(**values).on_conflict_do_update(index_elements=["person_id"], set_=fresh))


def remove(books: Books, person_id: UUID) -> None:
    """Forget how a person signs in, and end their sessions."""
    end_sessions(books, person_id)
    books.connection.execute(delete(STAFF_KEY).where(STAFF_KEY.c.person_id == person_id))


def by_login(books: Books, login: str) -> StaffRow | None:
    """The person who signs in by this login, which is written in small letters; None if nobody does."""
    return _staff(books.connection.execute(_STAFF.where(STAFF_KEY.c.login == login)).one_or_none())


def lock(books: Books, person_id: UUID) -> StaffRow | None:
    """What a person signs in with, held until the transaction ends; None if there is nothing."""
    query = _STAFF.where(STAFF_KEY.c.person_id == person_id).with_for_update()
    return _staff(books.connection.execute(query).one_or_none())


def logins(books: Books, people: Collection[UUID]) -> dict[UUID, str]:
    """Logins by person."""
    query = select(STAFF_KEY.c.person_id, STAFF_KEY.c.login).where(STAFF_KEY.c.person_id.in_(people))
    return {row.person_id: row.login for row in books.connection.execute(query)}


def named(books: Books, name: str) -> list[UUID]:
    """Everybody with this name, in the order they were added."""
    query = select(PEOPLE.c.id).where(PEOPLE.c.name == name).order_by(PEOPLE.c.made_at, PEOPLE.c.id)
    return list(books.connection.execute(query).scalars())


def succeeded(books: Books, person_id: UUID, step: int) -> None:
    """Write down that the code of this step was used: it and those before it are used up."""
    values = {"last_totp_step": step, "failures": 0, "not_before": None}
    books.connection.execute(update(STAFF_KEY).where(STAFF_KEY.c.person_id == person_id).values(**values))


def failed(books: Books, person_id: UUID, failures: int, not_before: datetime | None) -> None:
    """Write down a try that failed, without waiting for the disk: how long the answer takes must not tell that there was
    somebody to write to. A power cut may forget one failure; it cannot forget a success.
    """
    books.connection.execute(text("SET LOCAL synchronous_commit TO off"))
    values = {"failures": failures, "not_before": not_before}
    books.connection.execute(update(STAFF_KEY).where(STAFF_KEY.c.person_id == person_id).values(**values))


def end_sessions(books: Books, person_id: UUID) -> None:
    """Forget every session of a person."""
    books.connection.execute(delete(SESSION).where(SESSION.c.person_id == person_id))


def hold_still(books: Books) -> None:
    """Wait until nobody is sealing to the keys as they are, and let nobody begin before this transaction ends.

    Whoever seals has read the signed keys in the same transaction. So a seat that is on its way to a key about to be replaced
    or taken has arrived when this returns, and the next one finds the new keys. For the owner of the tables only.
    """
    books.connection.execute(text("LOCK TABLE signed_key IN ACCESS EXCLUSIVE MODE"))


def last_serial(books: Books, person_id: UUID) -> int:
    """The highest serial among a person's signed keys; 0 if there is none."""
    query = select(SIGNED_KEY.c.serial).where(SIGNED_KEY.c.person_id == person_id).order_by(SIGNED_KEY.c.serial.desc())
    return books.connection.execute(query.limit(1)).scalar_one_or_none() or 0


def remove_key(books: Books, key: SignedKey) -> None:
    """Take one signed key away."""
    this = and_(SIGNED_KEY.c.person_id == key.person, SIGNED_KEY.c.serial == key.serial)
    books.connection.execute(delete(SIGNED_KEY).where(this))


def held(books: Books, person_id: UUID | None) -> Iterator[SeatRow]:
    """The live seats of a person, or with None those of recovery, of every matter and epoch, a few at a time."""
    whose = SEAT.c.holder == RECOVERY if person_id is None else SEAT.c.person_id == person_id
    query = select(*_SEAT).where(whose, SEAT.c.until_at.is_(None)).order_by(SEAT.c.matter_id, SEAT.c.epoch)
    for row in books.connection.execute(query.execution_options(yield_per=500)):
        yield SeatRow(**row._mapping)


def ever_held(books: Books, person_id: UUID, matter_ids: Collection[UUID]) -> dict[tuple[UUID, int], UUID]:
    """A person's seats in these matters, also those taken away, as id by (matter, epoch)."""
    query = select(SEAT.c.matter_id, SEAT.c.epoch, SEAT.c.id).where(
        SEAT.c.person_id == person_id, SEAT.c.matter_id.in_(matter_ids)
    )
    return {(row.matter_id, row.epoch): row.id for row in books.connection.execute(query)}


def readers(books: Books, matter_ids: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """The people with a live seat, by matter; a matter without any is left out."""
    query = select(SEAT.c.matter_id, SEAT.c.person_id).where(
        SEAT.c.matter_id.in_(matter_ids), SEAT.c.holder == PERSON, SEAT.c.until_at.is_(None)
    )
    found: dict[UUID, set[UUID]] = {}
    for row in books.connection.execute(query):
        found.setdefault(row.matter_id, set()).add(row.person_id)
    return found


def epoch_keys(books: Books, matter_ids: Collection[UUID]) -> dict[tuple[UUID, int], bytes]:
    """The public key of every epoch of these matters, by (matter, epoch)."""
    query = select(EPOCH.c.matter_id, EPOCH.c.number, EPOCH.c.public).where(EPOCH.c.matter_id.in_(matter_ids))
    return {(row.matter_id, row.number): row.public for row in books.connection.execute(query)}


def sealed_again(books: Books, seats: Iterable[tuple[UUID, bytes, bytes | None]]) -> None:
    """Replace the sealed keys of seats, as (seat, key, identity's key), by the same keys sealed to a new one."""
    for seat, key_sealed, identity in seats:
        values = {"key_sealed": key_sealed, "identity_key_sealed": identity}
        books.connection.execute(update(SEAT).where(SEAT.c.id == seat).values(**values))


def put_back(books: Books, row: SeatRow) -> None:
    """Seat a person by a recovered key, in place of a seat of theirs in the same epoch that no key opens any more."""
    mine = and_(SEAT.c.matter_id == row.matter_id, SEAT.c.person_id == row.person_id, SEAT.c.epoch == row.epoch)
    books.connection.execute(delete(SEAT).where(mine))
    books.connection.execute(insert(SEAT).values({name: getattr(row, name) for name in SeatRow.__dataclass_fields__}))


def _staff(row: Row[Any] | None) -> StaffRow | None:
    return None if row is None else StaffRow(**row._mapping)
