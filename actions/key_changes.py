"""What changes of a person's keys later: a new one in place of the old, and none any more."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar
from uuid import UUID

from actions.custody import seal_again as seal_copies_again
from actions.desk_drafts import seal_again as seal_drafts_again
from actions.desk_sessions import DESK, Proven, prove
from actions.keys import Signer, enter, find, vouch
from actions.office import Office
from actions.office_words import forget as forget_words
from actions.office_words import seal_again as seal_words_again
from actions.people import SHORTEST, PassphraseTooShort
from actions.sealing import trusted_keys
from policies.refusal import Refusal
from records import addressees, identities, matters, rosters, seats, staff
from records.books import Books
from records.matters import Matter
from records.seats import SeatRow
from records.vault import (
    HolderKey,
    NotThisRow,
    SignedKey,
    Unreadable,
    UnsignedKey,
    grant_context,
    grant_identity,
    new_holder_key,
    open_grant,
    open_seat,
    seat_context,
    seat_for,
    staff_context,
    verify_chain,
    wrap_under_passphrase,
)


class VouchesForOthers(Refusal):
    """Taking these keys would leave `people` others without a trusted one. Somebody has to sign for them in the same act."""

    code: ClassVar[str] = "vouches_for_others"


class LeavesLater(Refusal):
    """Keys are taken on the day itself, not before."""

    code: ClassVar[str] = "leaves_later"
    status: ClassVar[int] = 422


class NotAtTheDesk(Refusal):
    """The person has no office at the desk and no key: there is nothing to end."""

    code: ClassVar[str] = "not_at_the_desk"


@dataclass(frozen=True, slots=True)
class Left:
    """What a leaver had, and in how many matters nobody but recovery is left who can open anything."""

    person: UUID
    seats: int
    unread: int


@dataclass(frozen=True, slots=True)
class Rotated:
    """A person's new key: its serial, how many seats it opens, and how many no key of theirs opened before."""

    person: UUID
    serial: int
    seats: int
    closed: int


def leave(office: Office, who: str, *, on: date | None = None, signer: Signer | None = None) -> Left:
    """End a person's offices at the desk on a day (default: today) and take their keys and seats now.

    Each matter gets its next epoch from whoever writes in it next; what the leaver could read before, they have read. Those
    for whom only the leaver vouched are signed by `signer`. Raises NobodyCalled, LeavesLater, NotAtTheDesk, VouchesForOthers
    (without a signer), MayNotEnrol; then nothing was written.
    """
    with office.open() as books:
        person, day = find(books, who), on or books.today
        if day > books.today:
            raise LeavesLater(day=day, today=books.today)
        locked = _hold(books, person)
        trusted = trusted_keys(books)
        ended = sum(rosters.end_appointment(books, person, role, day) for role in _desk_roles(books))
        keys = seats.remove_signed_keys(books, person)
        if not ended and not keys:
            raise NotAtTheDesk()
        _sign_for_the_lost(books, {other: key for other, key in trusted.items() if other != person}, signer)
        staff.remove(books, person)
        forget_words(books, person)
        identities.forget_holder(books, person)
        for matter in locked.values():
            identities.give_up(books, matter.id, person)
            seats.unseat(books, matter.id, person, books.now)
            seats.mark_stale(books, matter.id)
            matters.change(books, matter, state=matter.state, rested_on=matter.rested_on)
        enter(books, "keys.taken", {"person": str(person), "seats": len(locked), "until": day})
        return Left(person, len(locked), len(locked.keys() - staff.readers(books, list(locked)).keys()))


def rotate(
    office: Office, login: str, passphrase: str, code: str, new_passphrase: str, *, signer: Signer | None = None
) -> Rotated:
    """Give a person a new key and passphrase; they themselves seal their seats and drafts to it, at this moment.

    Without a `signer` they sign their own new key, which only an enrolling holder can. All their sessions end. What the old
    key does not open (`closed`) is for recovery. Raises as `desk_sessions.sign_in`; PassphraseTooShort, PassphraseTooLong,
    MayNotEnrol, and UnsignedKey if the key that the passphrase opens is not their trusted one.
    """
    if len(new_passphrase) < SHORTEST:
        raise PassphraseTooShort(least=SHORTEST)
    proven, fresh = prove(office, login, passphrase, code), new_holder_key()
    wrapped = wrap_under_passphrase(fresh, new_passphrase, staff_context(proven.person))
    with office.open() as books:
        _hold(books, proven.person)
        trusted, row = trusted_keys(books), staff.lock(books, proven.person)
        own = trusted.get(proven.person)
        if row is None or own is None or own.verify != proven.key.verify:
            raise UnsignedKey(person=str(proven.person))
        by = signer or Signer(proven.person, proven.key)
        keeps = own.enrols and by.person in (None, proven.person)  # no other holder can grant the right to enrol
        serial = vouch(books, by, trusted, proven.person, fresh.box.public, fresh.verify, enrols=keeps)
        _prune(books, proven.person, serial)
        held, closed = _seal_again(books, proven, fresh)
        seal_drafts_again(books, proven.person, proven.key.box, fresh.box.public)
        seal_words_again(books, proven.person, proven.key.box, fresh.box.public)
        seal_copies_again(books, proven.person, proven.key.box, fresh.box.public)
        staff.add(books, replace(row, key_wrapped=wrapped))
        staff.end_sessions(books, proven.person)
        enter(books, "keys.rotated", {"person": str(proven.person), "serial": serial, "seats": held, "closed": closed})
    return Rotated(proven.person, serial, held, closed)


def _hold(books: Books, person: UUID) -> dict[UUID, Matter]:
    """Lock a person's matters, and let nobody seal anything to anybody until this transaction ends.

    Matters come first, as everywhere; those that were on their way to the person are found by the second look.
    """
    matters.lock(books, seats.matters_of(books, person))
    staff.hold_still(books)
    return matters.lock(books, seats.matters_of(books, person))


def _desk_roles(books: Books) -> list[str]:
    return [name for name, role in books.pack.house.roles.items() if role.door == DESK]


def _sign_for_the_lost(books: Books, before: Mapping[UUID, SignedKey], signer: Signer | None) -> None:
    """Sign again, as they are, the keys that counted `before` and do not any more."""
    after = trusted_keys(books)
    lost = [key for person, key in before.items() if after.get(person) != key]
    if not lost:
        return
    if signer is None:
        raise VouchesForOthers(people=len(lost))
    for key in lost:
        vouch(books, signer, after, key.person, key.box, key.verify, enrols=key.enrols and signer.person is None)


def _prune(books: Books, person: UUID, serial: int) -> None:
    """Take away a person's older keys, unless somebody's trust hangs on one, a colleague's or an addressee's: then all stay."""
    if books.trust is None:
        return
    every = seats.signed_keys(books)
    older = [key for key in every if key.person == person and key.serial < serial]
    if any(addressees.vouched_by(books, key.verify) for key in older):
        return
    rest = [key for key in every if key not in older]
    if verify_chain(rest, books.trust.ceremony) == verify_chain(every, books.trust.ceremony):
        for key in older:
            staff.remove_key(books, key)


def _seal_again(books: Books, proven: Proven, fresh: HolderKey) -> tuple[int, int]:
    """Seal a person's seats to their new key. Return how many there were that the old one opened, and that it did not."""
    sealed, closed = [], 0
    for seat in staff.held(books, proven.person):
        try:
            sealed.append(_sealed_to(seat, proven.key, fresh))
        except (NotThisRow, Unreadable):
            closed += 1
    staff.sealed_again(books, sealed)
    return len(sealed), closed


def _sealed_to(seat: SeatRow, old: HolderKey, new: HolderKey) -> tuple[UUID, bytes, bytes | None]:
    context = seat_context(seat.id, seat.matter_id, seat.epoch)
    key = seat_for(open_seat(old.box, seat.key_sealed, context), new.box.public, context)
    if seat.identity_key_sealed is None:
        return seat.id, key, None
    grant = grant_context(seat.id, seat.matter_id)
    return seat.id, key, grant_identity(open_grant(old.box, seat.identity_key_sealed, grant), new.box.public, grant)
