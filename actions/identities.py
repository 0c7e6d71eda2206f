"""Who somebody is who came: sealed under a key of its own, which the seats of the office hold and no seat of those who came.

The first to say so has the key that the seats hold (the ring). Of whoever joins later the key is sealed to the ring's public
half: their identity is written at the intake, which holds nobody's key, and opened at the desk in two steps.
"""

from collections.abc import Collection
from uuid import UUID, uuid4

from actions.custody import rules_of, take_into_custody
from actions.sealing import trusted_keys
from actions.seating import recovery_key
from records import filing, sealed, seats
from records.books import Books
from records.sealed import IdentityRow
from records.seats import VISITOR
from records.vault import (
    IdentityKey,
    PublicKey,
    grant_context,
    grant_identity,
    identity_context,
    new_identity_key,
    open_box,
    open_grant,
    require_signed,
    seal_to,
)


def write_identity(books: Books, matter_id: UUID, comer: UUID, identity: str, out: Collection[UUID] = ()) -> None:
    """Keep who somebody is, under a key of its own; the case's key does not open it, nor anybody else's who came.

    Where a house has custodians, no seat gets that key: `out` are those of them whom this person locked out.
    """
    key, row = new_identity_key(), uuid4()
    body = seal_to(key.pair.public, identity.encode(), identity_context(row, matter_id))
    if rules_of(books) is not None:
        sealed.add_identity(books, IdentityRow(row, matter_id, key.pair.public.raw, body, None, comer))
        take_into_custody(books, row, matter_id, key, out, recovery_key(trusted_keys(books)))
        return
    before = sealed.identity(books, matter_id)
    if before is None:
        _grant(books, matter_id, key)
        sealed.add_identity(books, IdentityRow(row, matter_id, key.pair.public.raw, body, None, comer))
        return
    ring = PublicKey(before.held)
    to_ring = grant_identity(key, ring, grant_context(row, matter_id))
    sealed.add_identity(books, IdentityRow(row, matter_id, key.pair.public.raw, body, None, comer, ring.raw, to_ring))


def open_identity(row: IdentityRow, held: IdentityKey) -> str:
    """Who somebody is, with the key that a seat holds. Raises Unreadable, NotThisRow."""
    key = held
    if row.ring_sealed is not None:
        key = open_grant(held.pair, row.ring_sealed, grant_context(row.id, row.matter_id))
    return open_box(key.pair, row.sealed, identity_context(row.id, row.matter_id)).decode()


def _grant(books: Books, matter_id: UUID, key: IdentityKey) -> None:
    """Give the key to each newest seat of the office, and to recovery."""
    trusted = trusted_keys(books)
    newest = {(seat.holder, seat.person_id): seat for seat in reversed(seats.of_matter(books, matter_id))}
    for seat in newest.values():
        if seat.holder != VISITOR:
            public = recovery_key(trusted) if seat.person_id is None else require_signed(seat.person_id, trusted)
            filing.grant_identity(books, seat.id, grant_identity(key, public, grant_context(seat.id, matter_id)))
