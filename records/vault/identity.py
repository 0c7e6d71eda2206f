"""Who she is, under a key of its own: to read the case is not to know her name, and to know her name is not to read
the case.

The key is sealed either to the seats of the case (the default gate: her consent to disclosure) or, where a pack has a custodian,
behind two locks (`custody.py`).
"""

from dataclasses import dataclass
from uuid import UUID

from records.vault.boxes import open_box, seal_to
from records.vault.context import Author, Context, Visibility
from records.vault.errors import Unreadable
from records.vault.secret import KEY_BYTES, KeyPair, PublicKey, Secret
from records.vault.slots import IDENTITY, IDENTITY_KEY


@dataclass(frozen=True, slots=True)
class IdentityKey:
    """The key of one person's identity in one matter. Its public half, stored in clear, is enough to write it."""

    seed: Secret

    @property
    def pair(self) -> KeyPair:
        """What the identity is sealed to."""
        return KeyPair.from_seed(self.seed)


def new_identity_key() -> IdentityKey:
    """A key that has nothing in common with any epoch's."""
    return IdentityKey(Secret.random())


def identity_context(row: UUID, matter: UUID) -> Context:
    """What the identity itself is bound to."""
    return Context(IDENTITY, row, matter, 0, Author.VISITOR, Visibility.OFFICE)


def grant_context(row: UUID, matter: UUID) -> Context:
    """What one grant of the identity key is bound to: the row of the custodian's copy, or of a seat."""
    return Context(IDENTITY_KEY, row, matter, 0, Author.PROGRAM, Visibility.OWN)


def grant_identity(key: IdentityKey, public_key: PublicKey, context: Context) -> bytes:
    """Seal the identity key to one person. `context` is `grant_context` of the row that keeps it."""
    return seal_to(public_key, key.seed.reveal(), context)


def open_grant(pair: KeyPair, sealed: bytes, context: Context) -> IdentityKey:
    """Open one's own grant. Raises Unreadable or NotThisRow."""
    seed = open_box(pair, sealed, context)
    if len(seed) != KEY_BYTES:
        raise Unreadable
    return IdentityKey(Secret(seed))
