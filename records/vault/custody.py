"""Who she is, behind two locks: the case's own key, and somebody outside the case who can hand the other on.

Where a house has a custodian, the key of an identity is sealed to the case first, and what comes of that to each custodian and to
recovery. A custodian hands on the inner box without being able to open it: that takes a seat. Whoever has a seat cannot reach the
inner box: that takes the custodian. So neither learns a name alone, not even with the whole database in their hands.

With the inner box goes a key for asking: reasons of requests are sealed to its public half, and whoever holds a copy reads them.
"""

from dataclasses import dataclass, field
from uuid import UUID

from records.vault.boxes import open_box, seal_to
from records.vault.context import Author, Context, Visibility
from records.vault.errors import Unreadable
from records.vault.identity import IdentityKey
from records.vault.secret import KEY_BYTES, KeyPair, PublicKey, Secret
from records.vault.slots import IDENTITY_ANSWER, IDENTITY_COPY, IDENTITY_GRANT, IDENTITY_KEY, IDENTITY_REASON


@dataclass(frozen=True, slots=True)
class Custody:
    """What a custodian holds of one identity: the key that reads reasons, and the inner box, which it does not open."""

    asking: Secret
    locked: bytes = field(repr=False)

    @property
    def pair(self) -> KeyPair:
        """What reasons of requests are sealed to."""
        return KeyPair.from_seed(self.asking)


def lock_to_case(key: IdentityKey, case: PublicKey, identity: UUID, matter: UUID, epoch: int) -> Custody:
    """Seal an identity's key to an epoch of its case, and draw the key for asking."""
    return Custody(Secret.random(), seal_to(case, key.seed.reveal(), _inner(identity, matter, epoch)))


def copy_context(row: UUID, matter: UUID, epoch: int) -> Context:
    """What one holder's copy is bound to: its own row."""
    return Context(IDENTITY_COPY, row, matter, epoch, Author.PROGRAM, Visibility.OWN)


def give_copy(custody: Custody, holder: PublicKey, context: Context) -> bytes:
    """Seal a copy to a custodian, or to recovery. `context` is `copy_context` of the row that keeps it."""
    return seal_to(holder, custody.asking.reveal() + custody.locked, context)


def open_copy(pair: KeyPair, sealed: bytes, context: Context) -> Custody:
    """Open one's own copy. Raises Unreadable or NotThisRow."""
    held = open_box(pair, sealed, context)
    if len(held) <= KEY_BYTES:
        raise Unreadable
    return Custody(Secret(held[:KEY_BYTES]), held[KEY_BYTES:])


def custody_grant_context(request: UUID, matter: UUID, epoch: int) -> Context:
    """What an approval is bound to: the one request it answers."""
    return Context(IDENTITY_GRANT, request, matter, epoch, Author.PROGRAM, Visibility.OWN)


def approve(custody: Custody, reader: PublicKey, context: Context) -> bytes:
    """A custodian's approval: the inner box, sealed to who asked. `context` is `custody_grant_context` of the request."""
    return seal_to(reader, custody.locked, context)


def open_approved(reader: KeyPair, sealed: bytes, context: Context, case: KeyPair, identity: UUID, matter: UUID) -> IdentityKey:
    """Open what was approved, with one's own key and then with that of the case's epoch. Raises Unreadable or NotThisRow."""
    return IdentityKey(Secret(_seed(open_box(case, open_box(reader, sealed, context), _inner(identity, matter, context.epoch)))))


def reason_context(request: UUID, matter: UUID) -> Context:
    """What the reason of a request is bound to, as custodians read it."""
    return Context(IDENTITY_REASON, request, matter, 0, Author.OFFICE, Visibility.OFFICE)


def answer_context(request: UUID, matter: UUID, epoch: int) -> Context:
    """What a custodian's words are bound to: sealed to the case, which the custodian cannot read."""
    return Context(IDENTITY_ANSWER, request, matter, epoch, Author.OFFICE, Visibility.OFFICE)


def _inner(identity: UUID, matter: UUID, epoch: int) -> Context:
    return Context(IDENTITY_KEY, identity, matter, epoch, Author.PROGRAM, Visibility.OFFICE)


def _seed(opened: bytes) -> bytes:
    if len(opened) != KEY_BYTES:
        raise Unreadable
    return opened
