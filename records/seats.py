"""Seats: the one list of who can see and read a sealed matter. And the epochs and receipts they hang on."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, delete, func, insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert

from records.books import Books
from records.once import once
from records.tables import EPOCH, LINK, READ_LOG, RECEIPT, SEARCH_LOG, SEAT, SIGNED_KEY
from records.vault import Locator, PublicKey, SignedKey

VISITOR, RECOVERY, PERSON = "visitor", "recovery", "person"
GROWN_OUT_OF = "complaint."
"""How the tie begins of a matter to the case whose own act opened it, and whose seats it shares: the rest names the act."""
KEEPS_ITS_SEATS = "complaint.propose_mediation"
"""The tie of a matter in which nobody gets a seat because they got one in the case later."""


@dataclass(frozen=True, slots=True)
class SeatRow:
    """One holder's key to one epoch of one matter."""

    id: UUID
    matter_id: UUID
    holder: str
    person_id: UUID | None
    rung: int
    epoch: int
    key_sealed: bytes
    identity_key_sealed: bytes | None
    from_at: datetime
    comer_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class EpochRow:
    """One generation of a matter's keys: what everybody may know of it."""

    id: UUID
    matter_id: UUID
    number: int
    public: bytes
    stale: bool
    old_key_sealed: bytes | None


_SEAT = tuple(SEAT.c[name] for name in SeatRow.__dataclass_fields__)
_EPOCH = tuple(EPOCH.c[name] for name in EpochRow.__dataclass_fields__)
_AS_DESK = text("SELECT set_config('amparo.person', :id, true)")
_EPOCHS = select(*_EPOCH).where(EPOCH.c.matter_id == bindparam("matter")).order_by(EPOCH.c.number.desc())
_NEWEST = select(*_SEAT).where(SEAT.c.matter_id == bindparam("matter"), SEAT.c.until_at.is_(None))
_NEWEST = _NEWEST.order_by(SEAT.c.epoch.desc()).limit(1)
_OF_PERSON = _NEWEST.where(SEAT.c.person_id == bindparam("person"))
_OF_COMER = _NEWEST.where(SEAT.c.comer_id == bindparam("comer"))
_READERS = select(READ_LOG.c.person_id, READ_LOG.c.day).where(READ_LOG.c.matter_id == bindparam("matter"))
_READERS = _READERS.order_by(READ_LOG.c.day)
_READ = upsert(READ_LOG).on_conflict_do_nothing()


def as_words(books: Books, locator: Locator) -> None:
    """Tell row-level security, until the transaction ends, which words are at the door."""
    books.connection.execute(text("SELECT set_config('amparo.locator', :hex, true)"), {"hex": locator.hex()})


def as_desk(books: Books, person_id: UUID) -> None:
    """Tell row-level security, until the transaction ends, who is at the desk."""
    books.connection.execute(_AS_DESK, {"id": str(person_id)})


def add_epoch(books: Books, row: EpochRow) -> None:
    """Write down an epoch."""
    books.connection.execute(insert(EPOCH).values({name: getattr(row, name) for name in EpochRow.__dataclass_fields__}))


def epochs(books: Books, matter_id: UUID) -> list[EpochRow]:
    """A matter's epochs, newest first."""
    return [EpochRow(*row) for row in books.connection.execute(_EPOCHS, {"matter": matter_id})]


def mark_stale(books: Books, matter_id: UUID) -> None:
    """A seat was taken away: the next writer who holds the newest epoch begins the next one."""
    books.connection.execute(update(EPOCH).where(EPOCH.c.matter_id == matter_id).values(stale=True))


def looked_for(books: Books, matter_ids: Collection[UUID]) -> dict[UUID, bytes | None]:
    """For which roster the seats of these matters were last looked at, by matter; None: not since the newest epoch began."""
    query = select(EPOCH.c.matter_id, EPOCH.c.roster).where(EPOCH.c.matter_id.in_(matter_ids))
    rows = books.connection.execute(query.order_by(EPOCH.c.number))
    return {row.matter_id: row.roster for row in rows}  # the newest epoch comes last


def looked(books: Books, matter_id: UUID, roster: bytes) -> None:
    """Write down for which roster the seats of a matter were looked at."""
    newest = select(func.max(EPOCH.c.number)).where(EPOCH.c.matter_id == matter_id).scalar_subquery()
    this = and_(EPOCH.c.matter_id == matter_id, EPOCH.c.number == newest)
    books.connection.execute(update(EPOCH).where(this).values(roster=roster))


def cases_of(books: Books, matter_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """The case that each of these matters grew out of, by matter; those that grew out of none are left out."""
    query = select(LINK.c.from_id, LINK.c.to_id).where(LINK.c.from_id.in_(matter_ids), LINK.c.type.startswith(GROWN_OUT_OF))
    return {row.from_id: row.to_id for row in books.connection.execute(query)}


def is_grown(tie: str) -> bool:
    """Whether a tie of this name is that of a matter to the case it grew out of."""
    return tie.startswith(GROWN_OUT_OF)


def keeping_their_seats(books: Books, matter_ids: Collection[UUID]) -> set[UUID]:
    """Those of these matters in which nobody gets a seat because they got one in the case later."""
    query = select(LINK.c.from_id).where(LINK.c.from_id.in_(matter_ids), LINK.c.type == KEEPS_ITS_SEATS)
    return set(books.connection.execute(query).scalars())


def case_of(books: Books, matter_id: UUID) -> UUID:
    """The case that a matter grew out of, else itself."""
    return cases_of(books, [matter_id]).get(matter_id, matter_id)


def add(books: Books, row: SeatRow) -> None:
    """Seat a holder."""
    books.connection.execute(insert(SEAT).values({name: getattr(row, name) for name in SeatRow.__dataclass_fields__}))


def of_matter(books: Books, matter_id: UUID) -> list[SeatRow]:
    """The live seats of a matter, all epochs, first handler first."""
    query = select(*_SEAT).where(SEAT.c.matter_id == matter_id, SEAT.c.until_at.is_(None))
    return [SeatRow(**row._mapping) for row in books.connection.execute(query.order_by(SEAT.c.rung, SEAT.c.epoch.desc()))]


@once
def own(books: Books, matter_id: UUID, person_id: UUID | None, comer_id: UUID | None = None) -> SeatRow | None:
    """The newest live seat of a person, or with None that of one of those who came, in a matter."""
    if person_id is None:
        found = books.connection.execute(_OF_COMER, {"matter": matter_id, "comer": comer_id})
    else:
        found = books.connection.execute(_OF_PERSON, {"matter": matter_id, "person": person_id})
    row = found.one_or_none()
    return None if row is None else SeatRow(*row)


def has_seat(books: Books, matter_id: UUID, person_id: UUID) -> bool:
    """Whether a person has a live seat in a matter."""
    return own(books, matter_id, person_id, None) is not None


def persons(books: Books, matter_id: UUID) -> set[UUID]:
    """Everybody with a live seat in a matter, the visitor and recovery left out."""
    query = select(SEAT.c.person_id).where(SEAT.c.matter_id == matter_id, SEAT.c.holder == PERSON, SEAT.c.until_at.is_(None))
    return set(books.connection.execute(query).scalars())


def persons_of(books: Books, matter_ids: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """Everybody with a live seat, by matter, for several matters."""
    found: dict[UUID, set[UUID]] = {matter_id: set() for matter_id in matter_ids}
    if matter_ids:
        query = select(SEAT.c.matter_id, SEAT.c.person_id).where(SEAT.c.holder == PERSON, SEAT.c.until_at.is_(None))
        for row in books.connection.execute(query.where(SEAT.c.matter_id.in_(matter_ids))):
            found[row.matter_id].add(row.person_id)
    return found


def matters_of(books: Books, person_id: UUID) -> list[UUID]:
    """Every matter in which a person has a live seat."""
    query = select(SEAT.c.matter_id).where(SEAT.c.person_id == person_id, SEAT.c.until_at.is_(None)).distinct()
    return list(books.connection.execute(query.order_by(SEAT.c.matter_id)).scalars())


def unseat(books: Books, matter_id: UUID, person_id: UUID, at: datetime) -> int:
    """Take a person's seats away: the sealed keys are gone at once. Return how many."""
    mine = and_(SEAT.c.matter_id == matter_id, SEAT.c.person_id == person_id, SEAT.c.until_at.is_(None))
    gone = {"until_at": at, "key_sealed": b"", "identity_key_sealed": None}
    return books.connection.execute(update(SEAT).where(mine).values(**gone)).rowcount


def add_receipt(books: Books, locator: Locator, matter_id: UUID, comer_id: UUID, *, dictated: bool = False) -> None:
    """Keep where somebody's words lead. `dictated`: somebody else knows them, so that they lead to new ones alone."""
    row = {"locator": locator, "matter_id": matter_id, "comer_id": comer_id, "dictated": dictated}
    books.connection.execute(insert(RECEIPT).values(**row))


def matter_of(books: Books, locator: Locator) -> UUID | None:
    """The matter of these words, after `as_words`."""
    found = led_to(books, locator)
    return None if found is None else found[0]


def led_to(books: Books, locator: Locator) -> tuple[UUID, UUID] | None:
    """The matter of these words, and whose of those who came with it they are, after `as_words`."""
    query = select(RECEIPT.c.matter_id, RECEIPT.c.comer_id).where(RECEIPT.c.locator == locator)
    row = books.connection.execute(query).one_or_none()
    return None if row is None else (row.matter_id, row.comer_id)


def dictated(books: Books, comer_id: UUID) -> bool:
    """Whether somebody else knows somebody's words, because they were dictated to her and are still the same."""
    told = select(RECEIPT.c.dictated).where(RECEIPT.c.comer_id == comer_id)
    return bool(books.connection.execute(told).scalar_one_or_none())


def change_receipt(books: Books, comer_id: UUID, values: Mapping[str, Any]) -> None:
    """Give somebody's receipt other words, or lead the same words to another matter."""
    books.connection.execute(update(RECEIPT).where(RECEIPT.c.comer_id == comer_id).values(**values))


def signed_keys(books: Books) -> list[SignedKey]:
    """Every signed key there is, trusted or not: `verify_chain` decides."""
    columns = [column for column in SIGNED_KEY.c if column.name not in {"made_at", "person_id"}]
    rows = books.connection.execute(select(SIGNED_KEY.c.person_id.label("person"), *columns))
    return [SignedKey(**(dict(row._mapping) | {"box": PublicKey(row.box)})) for row in rows]


def add_signed_key(books: Books, key: SignedKey) -> None:
    """Keep a signed public key."""
    books.connection.execute(
        insert(SIGNED_KEY).values(
            person_id=key.person,
            serial=key.serial,
            box=key.box.raw,
            verify=key.verify,
            enrols=key.enrols,
            signed_by=key.signed_by,
            signature=key.signature,
            made_at=books.now,
        )
    )


def remove_signed_keys(books: Books, person_id: UUID) -> int:
    """Take a leaver's keys away."""
    return books.connection.execute(delete(SIGNED_KEY).where(SIGNED_KEY.c.person_id == person_id)).rowcount


def log_reading(books: Books, matter_id: UUID, person_id: UUID) -> None:
    """One row a person, matter and day: written before what was opened is shown."""
    books.connection.execute(_READ, {"matter_id": matter_id, "person_id": person_id, "day": books.today})


@once
def readers(books: Books, matter_id: UUID) -> list[tuple[UUID, Any]]:
    """Who opened a matter on which day."""
    return [(row.person_id, row.day) for row in books.connection.execute(_READERS, {"matter": matter_id})]


def log_search(books: Books, person_id: UUID) -> None:
    """A search through one's own seats: counted a person and day."""
    row = upsert(SEARCH_LOG).values(person_id=person_id, day=books.today, count=1)
    again = row.on_conflict_do_update(index_elements=["person_id", "day"], set_={"count": SEARCH_LOG.c.count + 1})
    books.connection.execute(again)
