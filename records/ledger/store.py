"""The ledger in the database: entries are appended in the transaction of the act, and folded into the tree later.

A folded entry has a position, and keeps it for ever. Which waiting entries may be folded PostgreSQL tells: those of which no
transaction that is still open can add one with a lower number.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar, Final
from uuid import UUID, uuid4

from sqlalchemy import Row as Found
from sqlalchemy import bindparam, func, insert, select, text, update

from policies.refusal import Refusal
from records.books import Books
from records.ledger.entries import (
    Entry,
    Log,
    SaltedEntry,
    canonical,
    entry_bytes,
    leaf_bytes,
    read_canonical,
    read_entry,
    salted,
)
from records.ledger.export import Row
from records.ledger.heads import SignedHead, read_signed_head
from records.ledger.proofs import NotInLedger
from records.ledger.tree import HASH_BYTES, Frontier
from records.matters import Matter
from records.tables import LEDGER_ENTRY, LEDGER_HEAD, MATTER

_LOCK: Final = 0x6C_65_64_67_65_72  # "ledger": one fold, or one erasure, at a time in a database
_PAGE: Final = 2000  # rows read ahead where a whole ledger is read
_ENTRY, _HEAD = LEDGER_ENTRY.c, LEDGER_HEAD.c
_ORDER = (_ENTRY.xid, _ENTRY.made_at, _ENTRY.id)
# Below xmin every transaction has ended. At or above xmax none has even begun here, so such a row was written on another
# server and restored. What this transaction itself appended waits for the next fold.
_SETTLED = text(
    "(xid < pg_snapshot_xmin(pg_current_snapshot()) OR xid >= pg_snapshot_xmax(pg_current_snapshot()))"
    " AND xid IS DISTINCT FROM pg_current_xact_id_if_assigned()"
)


class LedgerDamaged(Refusal):
    """What is kept of the ledger does not fit together: somebody changed it past us, or the disk did. Nothing is signed."""

    code: ClassVar[str] = "ledger_damaged"
    status: ClassVar[int] = 503


@dataclass(frozen=True, slots=True)
class Tip:
    """The newest head, and the tree's right edge under it."""

    signed: SignedHead
    frontier: Frontier


@dataclass(frozen=True, slots=True)
class Kept:
    """One entry as it is kept. `place` is None while it waits; in the house log it has no salt."""

    place: int | None
    recorded: Entry | SaltedEntry = field(repr=False)

    @property
    def entry(self) -> Entry:
        """What was entered."""
        return self.recorded.entry if isinstance(self.recorded, SaltedEntry) else self.recorded


def append(books: Books, entry: Entry, matter_id: UUID | None) -> None:
    """Write an entry that waits to be folded. In the ombuds log it is salted, and body and salt can be erased."""
    recorded: Entry | SaltedEntry = salted(entry) if books.database == Log.OMBUDS else entry
    books.connection.execute(
        insert(LEDGER_ENTRY).values(
            id=uuid4(),
            commitment=leaf_bytes(recorded),
            body=entry_bytes(entry).decode(),
            salt=recorded.salt if isinstance(recorded, SaltedEntry) else None,
            matter_id=matter_id,
        )
    )


def enter(books: Books, matter: Matter, entry: Entry) -> None:
    """Append what was done in a matter, unless nothing is to be kept of such matters: those leave a tally a day, no line each."""
    if keeps(books, matter):
        append(books, entry, matter.id)


def keeps(books: Books, matter: Matter) -> bool:
    """Whether there are lines of such matters."""
    retention = books.edition(matter.edition).kinds[matter.kind].retention
    return retention is None or retention.keep_months > 0


def rested(books: Books, kind: str, on: date) -> int:
    """How many matters of a kind came to rest on a day."""
    query = select(func.count()).where(MATTER.c.kind == kind, MATTER.c.rested_on == on)
    return int(books.connection.execute(query).scalar_one())


def hold(books: Books) -> None:
    """Wait until nobody else folds or erases in this database, and keep others waiting until the transaction ends."""
    books.connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))


def waiting(books: Books) -> int:
    """How many entries are not folded yet."""
    query = select(func.count()).select_from(LEDGER_ENTRY).where(_ENTRY.position.is_(None))
    return int(books.connection.execute(query).scalar_one())


def waiting_at_a_door(books: Books) -> int:
    """How many entries are not folded yet, for a role that may not read them."""
    return int(books.connection.execute(select(func.ledger_waiting())).scalar_one())


def begun_on(books: Books) -> date | None:
    """The office day of the first entry; None where there is none yet. Raises LedgerDamaged if it cannot be read."""
    query = select(_ENTRY.body).where(_ENTRY.body.is_not(None)).order_by(*_ORDER).limit(1)
    body = books.connection.execute(query).scalar_one_or_none()
    try:
        return None if body is None else read_entry(read_canonical(body)).at_day
    except ValueError:
        raise LedgerDamaged() from None


def last_day(books: Books) -> date | None:
    """The day of the newest head; None before the first fold."""
    found: date | None = books.connection.execute(select(func.max(_HEAD.office_date))).scalar_one()
    return found


def tip(books: Books) -> Tip | None:
    """The newest head with its frontier; None before the first fold. Raises LedgerDamaged if the two do not fit."""
    row = books.connection.execute(select(LEDGER_HEAD).order_by(_HEAD.office_date.desc()).limit(1)).one_or_none()
    if row is None:
        return None
    signed, kept = _signed(row), row.frontier
    try:
        frontier = Frontier(row.size, tuple(kept[at : at + HASH_BYTES] for at in range(0, len(kept), HASH_BYTES)))
    except ValueError:
        raise LedgerDamaged(day=row.office_date) from None
    if (frontier.size, frontier.root()) != (signed.head.size, signed.head.root):
        raise LedgerDamaged(day=row.office_date)
    return Tip(signed, frontier)


def _signed(row: Found[Any]) -> SignedHead:
    try:
        signed = read_signed_head(read_canonical(row.canonical.decode()))
    except ValueError:
        raise LedgerDamaged(day=row.office_date) from None
    head = signed.head
    if (head.size, head.root, head.office_date, signed.signature) != (row.size, row.root, row.office_date, row.signature):
        raise LedgerDamaged(day=row.office_date)
    return signed


def number(books: Books, start: int) -> int:
    """Give all settled entries the places from `start` on, in the order in which they came. Return how many."""
    place = func.row_number().over(order_by=_ORDER) - 1 + start
    settled = select(_ENTRY.id, place.label("place")).where(_ENTRY.position.is_(None), _SETTLED).subquery()
    numbered = update(LEDGER_ENTRY).where(_ENTRY.id == settled.c.id).values(position=settled.c.place)
    return int(books.connection.execute(numbered).rowcount)


def oldest(books: Books, most: int) -> list[tuple[UUID, bytes]]:
    """Up to `most` settled entries, longest waiting first: their ids and commitments."""
    query = select(_ENTRY.id, _ENTRY.commitment).where(_ENTRY.position.is_(None), _SETTLED).order_by(*_ORDER).limit(most)
    return [(row.id, row.commitment) for row in books.connection.execute(query)]


def place(books: Books, start: int, batch: Sequence[tuple[UUID | None, bytes]]) -> None:
    """Put a shuffled batch at the places from `start` on; what has no id is new, and stands for nothing.

    When an entry came is overwritten: nothing but body, salt and matter tells it from a filling one, and these can be erased.
    """
    places = list(enumerate(batch, start=start))
    known = [{"row": row, "place": at, "at": books.wall} for at, (row, _) in places if row is not None]
    fresh = [
        {"id": uuid4(), "commitment": leaf, "position": at, "made_at": books.wall} for at, (row, leaf) in places if row is None
    ]
    if known:
        moved = update(LEDGER_ENTRY).where(_ENTRY.id == bindparam("row"))
        moved = moved.values(position=bindparam("place"), made_at=bindparam("at"), xid=text("pg_current_xact_id()"))
        books.connection.execute(moved, known)
    if fresh:
        books.connection.execute(insert(LEDGER_ENTRY), fresh)


def keep_head(books: Books, signed: SignedHead, frontier: Frontier) -> None:
    """Write down a signed head and what is needed to go on from it."""
    head = signed.head
    values = {"office_date": head.office_date, "size": head.size, "root": head.root, "signature": signed.signature}
    kept = {"canonical": canonical(signed.as_plain()), "frontier": b"".join(frontier.nodes)}
    books.connection.execute(insert(LEDGER_HEAD).values(**values, **kept))


def heads(books: Books) -> list[SignedHead]:
    """All heads, oldest first. Raises LedgerDamaged for one that cannot be read, or not as what it is kept as."""
    return [_signed(row) for row in books.connection.execute(select(LEDGER_HEAD).order_by(_HEAD.office_date))]


def rows(books: Books) -> Iterator[Row]:
    """All leaves in order, as an export needs them, read bit by bit; in the house log with their bodies."""
    shown = _ENTRY.body if books.database == Log.HOUSE else text("NULL AS body")
    query = select(_ENTRY.commitment, shown).where(_ENTRY.position.is_not(None)).order_by(_ENTRY.position)
    for row in books.connection.execute(query.execution_options(yield_per=_PAGE)):
        yield Row(row.commitment, None if row.body is None else row.body.encode())


def leaves(books: Books, start: int = 0) -> Iterator[bytes]:
    """The leaves from a place on, in order, read bit by bit."""
    query = select(_ENTRY.commitment).where(_ENTRY.position >= start).order_by(_ENTRY.position)
    yield from books.connection.execute(query.execution_options(yield_per=_PAGE)).scalars()


def find(books: Books, wanted: UUID | int) -> Kept | None:
    """The entry with this id or at this place; None if there is none, or nothing is left of it but its leaf.

    Raises NotInLedger for one that somebody changed.
    """
    where = _ENTRY.position == wanted if isinstance(wanted, int) else _ENTRY.id == wanted
    query = select(_ENTRY.position.label("place"), _ENTRY.body, _ENTRY.salt).where(where, _ENTRY.body.is_not(None))
    row = books.connection.execute(query).one_or_none()
    return None if row is None else kept(row)


def own_opening(books: Books) -> Kept | None:
    """The entry by which the matter of the words at the door was opened; None if there is none, or it was erased.

    Raises NotInLedger for one that somebody changed.
    """
    row = books.connection.execute(text("SELECT place, body, salt FROM own_opening()")).first()
    return None if row is None else kept(row)


def leaves_at_a_door(books: Books, size: int) -> list[bytes]:
    """The first `size` leaves, for a role that must not read the entries themselves."""
    query = text("SELECT leaf FROM ledger_leaves(:size) ORDER BY place")
    return list(books.connection.execute(query, {"size": size}).scalars())


def kept(row: Any) -> Kept:
    """A row of `place`, `body` and `salt` as the entry it holds. Raises NotInLedger for one that somebody changed."""
    try:
        entry = read_entry(read_canonical(row.body))
    except ValueError:
        raise NotInLedger() from None
    return Kept(row.place, entry if row.salt is None else SaltedEntry(entry, row.salt))


def erase(books: Books, matter_id: UUID) -> int:
    """Destroy what the ombuds log says of a matter; its leaves stay, as bytes that stand for nothing. Return how many entries.

    The tree still verifies; no proof can be made any more. Raises ValueError in the house, whose log is read in clear.
    """
    if books.database != Log.OMBUDS:
        raise ValueError("entries of the house log are never erased")
    hold(books)
    gone = update(LEDGER_ENTRY).where(_ENTRY.matter_id == matter_id).values(body=None, salt=None, matter_id=None)
    return int(books.connection.execute(gone).rowcount)
