"""The keys of a case.

Who holds a seat can open what was sealed in its epoch and in all earlier ones; nothing is re-encrypted.

Removing a seat deletes its sealed key; the next writer who holds the epoch starts the next one. Whoever was removed
keeps, at most, what they could read before.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from records.vault.boxes import open_box, open_text, seal_text, seal_to
from records.vault.context import Author, Context, Visibility
from records.vault.derive import Purpose, derive_key
from records.vault.errors import NotThisRow, Unreadable
from records.vault.secret import KEY_BYTES, KeyPair, PublicKey, Secret
from records.vault.slots import EPOCH_OLD_KEY, SEAT_KEY


@dataclass(frozen=True, slots=True)
class Epoch:
    """One generation of a case's keys. `number` starts at 1 and is part of what is sealed."""

    number: int
    seed: Secret

    @property
    def pair(self) -> KeyPair:
        """For those who may add but not read: replies are sealed to `pair.public`, which is stored in clear."""
        return KeyPair.from_seed(self.seed)

    @property
    def content_key(self) -> Secret:
        """What texts and file keys of this epoch are sealed under."""
        return derive_key(self.seed, Purpose.CONTENT_KEY)

    @classmethod
    def numbered(cls, number: int, seed: bytes) -> Self:
        """From opened bytes; Unreadable if they are no seed."""
        if len(seed) != KEY_BYTES:
            raise Unreadable
        return cls(number, Secret(seed))


def new_epoch() -> Epoch:
    """The first epoch of a new case."""
    return Epoch(1, Secret.random())


def seat_context(seat: UUID, matter: UUID, epoch: int) -> Context:
    """What a seat's sealed key is bound to: one row of one matter in one epoch."""
    return Context(SEAT_KEY, seat, matter, epoch, Author.PROGRAM, Visibility.OWN)


def link_context(epoch_row: UUID, matter: UUID, epoch: int) -> Context:
    """What the sealed old seed is bound to: the row of the epoch that opens it; `epoch` is that newer number."""
    return Context(EPOCH_OLD_KEY, epoch_row, matter, epoch, Author.PROGRAM, Visibility.OFFICE)


def next_epoch(old: Epoch, epoch_row: UUID, matter: UUID) -> tuple[Epoch, bytes]:
    """Start the next epoch: the new one, and the old seed sealed under it, to keep in the new epoch's row."""
    new = Epoch(old.number + 1, Secret.random())
    context = link_context(epoch_row, matter, new.number)
    return new, seal_text(new.content_key, old.seed.reveal(), context)


def earlier_epoch(newer: Epoch, sealed: bytes, epoch_row: UUID, matter: UUID) -> Epoch:
    """Open the epoch before `newer`. Raises NotThisRow or Unreadable."""
    seed = open_text(newer.content_key, sealed, link_context(epoch_row, matter, newer.number))
    return Epoch.numbered(newer.number - 1, seed)


def walk_back(newest: Epoch, number: int, links: Mapping[int, tuple[bytes, UUID]], matter: UUID) -> Epoch:
    """Go from the newest epoch back to `number`.

    `links[n]` is epoch n's sealed old seed and row. A missing link: Unreadable.
    """
    epoch = newest
    while epoch.number > number:
        if epoch.number not in links:
            raise Unreadable
        sealed, row = links[epoch.number]
        epoch = earlier_epoch(epoch, sealed, row, matter)
    if epoch.number != number:
        raise NotThisRow
    return epoch


def seat_for(epoch: Epoch, public_key: PublicKey, context: Context) -> bytes:
    """Seal an epoch to one person.

    `context` is `seat_context` of that seat; another epoch's number in it: NotThisRow.
    """
    if context.epoch != epoch.number:
        raise NotThisRow
    return seal_to(public_key, epoch.seed.reveal(), context)


def open_seat(pair: KeyPair, sealed: bytes, context: Context) -> Epoch:
    """Open one's own seat. Raises Unreadable if it was sealed to somebody else, NotThisRow if it is another seat's."""
    return Epoch.numbered(context.epoch, open_box(pair, sealed, context))
