"""How actions use the vault: open one's own seat, seal and open the texts of a matter, seat people, begin epochs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar
from uuid import UUID, uuid4

from actions.kernel.actor import Actor
from policies.refusal import Refusal
from records import comers, sealed, seats
from records.books import Books
from records.matters import NotFound
from records.sealed import TextRow
from records.seats import PERSON, RECOVERY, VISITOR, EpochRow, SeatRow
from records.vault import RECOVERY as CEREMONY
from records.vault import (
    Author,
    Context,
    Epoch,
    PublicKey,
    SignedKey,
    Slot,
    Visibility,
    new_epoch,
    next_epoch,
    open_seat,
    open_text,
    require_signed,
    seal_text,
    seat_context,
    seat_for,
    verify_chain,
    walk_back,
)


@dataclass(frozen=True, slots=True)
class Seated:
    """Whom a new matter is sealed to: a person, by a signed key, on a rung."""

    person: UUID
    rung: int
    key: PublicKey


@dataclass(frozen=True, slots=True)
class Opened:
    """A text that was opened for somebody with a seat."""

    row: TextRow = field(repr=False)
    text: str = field(repr=False)


class NoCeremony(Refusal):
    """Nothing can be sealed: this house has held no key ceremony, or this door was not told of it."""

    code: ClassVar[str] = "no_ceremony"
    status: ClassVar[int] = 503


def trusted_keys(books: Books) -> Mapping[UUID, SignedKey]:
    """The keys that may be sealed to: signed, up to the ceremony's. Raises NoCeremony."""
    if books.trust is None:
        raise NoCeremony()
    return verify_chain(seats.signed_keys(books), books.trust.ceremony)


def found_matter(
    books: Books, matter_id: UUID, visitor: PublicKey, people: Sequence[Seated], recovery: PublicKey, *, comer: UUID
) -> Epoch:
    """Begin the first epoch of a new matter and seal it to the visitor, each person and recovery. Return it, to seal texts.

    `comer`: which of those who came the visitor's key is of.
    """
    epoch = new_epoch()
    seats.add_epoch(books, EpochRow(uuid4(), matter_id, epoch.number, epoch.pair.public.raw, False, None))
    seat_comer(books, matter_id, epoch, comer, visitor)
    for seated in people:
        _seat(books, matter_id, epoch, PERSON, seated.person, seated.rung, seated.key)
    _seat(books, matter_id, epoch, RECOVERY, None, 9, recovery)
    return epoch


def seat_person(books: Books, matter_id: UUID, epoch: Epoch, seated: Seated) -> None:
    """Give one more person a seat in a matter whose epoch one holds."""
    _seat(books, matter_id, epoch, PERSON, seated.person, seated.rung, seated.key)


def seat_comer(books: Books, matter_id: UUID, epoch: Epoch, comer: UUID, key: PublicKey) -> None:
    """Give one of those who came a seat, by the key of their own words."""
    _seat(books, matter_id, epoch, VISITOR, None, -1, key, comer)


def _seat(
    books: Books,
    matter_id: UUID,
    epoch: Epoch,
    holder: str,
    person: UUID | None,
    rung: int,
    key: PublicKey,
    comer: UUID | None = None,
) -> None:
    row = uuid4()
    key_sealed = seat_for(epoch, key, seat_context(row, matter_id, epoch.number))
    seats.add(books, SeatRow(row, matter_id, holder, person, rung, epoch.number, key_sealed, None, books.now, comer))


def own_epoch(books: Books, matter_id: UUID, actor: Actor) -> Epoch:
    """The newest epoch this actor holds. Raises NotFound for who has no seat: the answer is the same as for no such matter."""
    seat = seats.own(books, matter_id, actor.person, actor.comer)
    if seat is None or actor.pair is None:
        raise NotFound()
    return open_seat(actor.pair, seat.key_sealed, seat_context(seat.id, matter_id, seat.epoch))


def writing_epoch(books: Books, matter_id: UUID, actor: Actor) -> Epoch:
    """The epoch to write in: one's own, or a new one if a seat was taken away since. Nothing is sealed again."""
    epoch = own_epoch(books, matter_id, actor)
    newest = seats.epochs(books, matter_id)[0]
    if not newest.stale or newest.number != epoch.number:
        return epoch
    return _begin_next(books, matter_id, epoch)


def _begin_next(books: Books, matter_id: UUID, old: Epoch) -> Epoch:
    """Seal a new epoch to everybody who still has a seat, and the old one under it."""
    trusted = trusted_keys(books)
    row = uuid4()
    epoch, old_key_sealed = next_epoch(old, row, matter_id)
    seats.add_epoch(books, EpochRow(row, matter_id, epoch.number, epoch.pair.public.raw, False, old_key_sealed))
    held = {(seat.holder, seat.person_id, seat.comer_id): seat for seat in reversed(seats.of_matter(books, matter_id))}
    for (holder, person, comer), seat in held.items():
        _seat(books, matter_id, epoch, holder, person, seat.rung, _key_of(books, seat, trusted), comer)
    for code in comers.joinings(books, matter_id):  # whoever joins later reads it from the beginning to then
        again = seat_for(epoch, PublicKey(code.public), seat_context(code.id, matter_id, epoch.number))
        comers.reseal_joining(books, code.id, epoch.number, again)
    return epoch


def _key_of(books: Books, seat: SeatRow, trusted: Mapping[UUID, SignedKey]) -> PublicKey:
    if seat.comer_id is not None:
        key = comers.key_of(books, seat.comer_id)
        if key is None:
            raise NotFound()
        return key
    return require_signed(CEREMONY if seat.person_id is None else seat.person_id, trusted)


def write_text(
    books: Books,
    matter_id: UUID,
    epoch: Epoch,
    slot: Slot,
    text: str,
    *,
    author: Author,
    visibility: Visibility,
    by: UUID | None = None,
    comer: UUID | None = None,
) -> UUID:
    """Seal a text into a matter and return its id. It is never kept in any other form.

    `comer`: which of those who came wrote it.
    """
    row = uuid4()
    context = Context(slot, row, matter_id, epoch.number, author, visibility)
    body = seal_text(epoch.content_key, text.encode(), context)
    seq = sealed.next_seq(books, matter_id)
    written = TextRow(row, matter_id, seq, slot.name, epoch.number, author.value, visibility.value, body, books.today, by, comer)
    sealed.add_text(books, written)
    return row


class Reader:
    """Opens the texts of one matter with one actor's seat. Making it opens nothing but the seat."""

    def __init__(self, books: Books, matter_id: UUID, actor: Actor, held: Epoch | None = None) -> None:
        """`held`: an epoch that whoever reads holds otherwise, by a code that somebody gave them."""
        self._matter_id = matter_id
        self._newest = held or own_epoch(books, matter_id, actor)
        rows = seats.epochs(books, matter_id)
        self._links = {row.number: (row.old_key_sealed, row.id) for row in rows if row.old_key_sealed is not None}

    def epoch(self, number: int) -> Epoch:
        """An epoch this seat reaches: its own and all before. Raises NotThisRow for a later one."""
        return walk_back(self._newest, number, self._links, self._matter_id)

    def open(self, row: TextRow, slot: Slot) -> Opened:
        """Open one text. Raises NotThisRow if its bytes were moved to another row, Unreadable if they were damaged."""
        context = Context(slot, row.id, row.matter_id, row.epoch, Author(row.author), Visibility(row.visibility))
        return Opened(row, open_text(self.epoch(row.epoch).content_key, row.sealed, context).decode())
