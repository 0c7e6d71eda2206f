"""What doors write beside matters: who may open an identity, other words, seats given up, answers kept for an hour."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from records.books import Books
from records.tables import COMER, IDEMPOTENCY, RECEIPT, SEALED_FILE, SEAT
from records.vault import Locator, PublicKey


@dataclass(frozen=True, slots=True)
class KeptRow:
    """The answer to a request that may come again."""

    id: UUID
    answer_sealed: bytes | None


def grant_identity(books: Books, seat_id: UUID, key_sealed: bytes) -> None:
    """Give a seat the key to who she is."""
    books.connection.execute(update(SEAT).where(SEAT.c.id == seat_id).values(identity_key_sealed=key_sealed))


def reseal(books: Books, seat_id: UUID, key_sealed: bytes) -> None:
    """Seal the same seat to another key."""
    books.connection.execute(update(SEAT).where(SEAT.c.id == seat_id).values(key_sealed=key_sealed))


def give_up(
    books: Books, matter_id: UUID, holder: str, *, at: datetime, but: UUID | None = None, comer: UUID | None = None
) -> int:
    """Take the seats of a sort of holder away, all but one; their keys are gone at once. Return how many.

    `comer`: only those of this one of the people who came.
    """
    held = (SEAT.c.matter_id == matter_id) & (SEAT.c.holder == holder) & SEAT.c.until_at.is_(None)
    if comer is not None:
        held &= SEAT.c.comer_id == comer
    if but is not None:
        held &= SEAT.c.id != but
    gone = {"until_at": at, "key_sealed": b"", "identity_key_sealed": None}
    return books.connection.execute(update(SEAT).where(held).values(**gone)).rowcount


def change_words(books: Books, comer_id: UUID, locator: Locator, public: PublicKey) -> None:
    """Other words lead here from now on, which she alone knows; the old ones lead nowhere."""
    books.connection.execute(update(COMER).where(COMER.c.id == comer_id).values(public=public.raw))
    values: Mapping[str, object] = {"locator": locator, "dictated": False}
    books.connection.execute(update(RECEIPT).where(RECEIPT.c.comer_id == comer_id).values(**values))


def drop_cut_off(books: Books, matter_id: UUID, before: datetime) -> int:
    """Take away what began to arrive before an instant (wall time) and never became whole. Return how many files."""
    left = (SEALED_FILE.c.matter_id == matter_id) & ~SEALED_FILE.c.whole & (SEALED_FILE.c.arrived_at < before)
    return books.connection.execute(delete(SEALED_FILE).where(left)).rowcount


def claim(books: Books, locator: bytes, row_id: UUID, *, keep: timedelta) -> KeptRow | None:
    """Claim a repeated request, or return what was kept when it came first.

    Whoever comes second waits here until the first has committed or given up. What is older than `keep` is forgotten, and what
    somebody else is just forgetting is left to them.
    """
    old = select(IDEMPOTENCY.c.locator).where(IDEMPOTENCY.c.made_at < books.wall - keep).with_for_update(skip_locked=True)
    books.connection.execute(delete(IDEMPOTENCY).where(IDEMPOTENCY.c.locator.in_(old)))
    row = upsert(IDEMPOTENCY).values(locator=locator, id=row_id, made_at=books.wall)
    # An update that changes nothing holds the row until we are done: nobody forgets it between finding and reading it.
    held = row.on_conflict_do_update(index_elements=[IDEMPOTENCY.c.locator], set_={"locator": locator})
    kept = KeptRow(**books.connection.execute(held.returning(IDEMPOTENCY.c.id, IDEMPOTENCY.c.answer_sealed)).one()._mapping)
    return None if kept.id == row_id else kept


def keep_answer(books: Books, locator: bytes, answer_sealed: bytes) -> None:
    """Keep the answer to a request that was claimed."""
    kept = update(IDEMPOTENCY).where(IDEMPOTENCY.c.locator == locator)
    books.connection.execute(kept.values(answer_sealed=answer_sealed))
