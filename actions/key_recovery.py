"""Seats on their way out and back: exported still sealed, re-sealed on another machine with two papers, brought in again.

There is no key on the server that could do it in between. `recover` needs no database: it works on files alone.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, TextIO
from uuid import UUID, uuid4

from actions import office_words
from actions.desk_sessions import DESK, Proven, prove
from actions.kernel.callers import DeskPerson
from actions.kernel.step import Kinds
from actions.key_files import FILE, called, read_keys, written_keys
from actions.keys import enter, find
from actions.kinds.handing_over import asks_her
from actions.office import Office
from actions.sealing import trusted_keys
from policies.refusal import Refusal
from records import filing, matters, people, rosters, sealed, seats, staff
from records.books import Books
from records.matters import Matter
from records.seats import PERSON, SeatRow
from records.vault import (
    RECOVERY,
    Epoch,
    ExportedSeat,
    ExportedText,
    HolderKey,
    IdentityKey,
    NotThisRow,
    PublicKey,
    Unreadable,
    combine,
    grant_context,
    grant_identity,
    open_grant,
    open_seat,
    read_exported,
    require_signed,
    reseal,
    seat_context,
    verify_chain,
    write_seats,
)

_FIRST: Final = 0
"""The rung of somebody who is seated because nobody else is left: they are first in line."""


class SeatsOfAnother(Refusal):
    """The seats in this file open with another key: it was made for somebody else, or before the key was renewed."""

    code: ClassVar[str] = "seats_of_another"
    status: ClassVar[int] = 422


@dataclass(frozen=True, slots=True)
class Recovered:
    """Seats sealed again, how many, for whom: the name, and the start of the public key, to compare by voice.

    `words`: how many texts of the office's own record come with them.
    """

    lines: tuple[str, ...]
    seats: int
    person: UUID
    fingerprint: str
    words: int = 0


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a file: seats that open again, matters in which the person is seated anew, and seats left out.

    `words`: texts of the office's own record that open again.
    """

    restored: int
    seated: int
    left_out: int
    words: int = 0


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody whose key is trusted. `start` is how their public key begins."""

    name: str
    serial: int
    start: str


def holders(office: Office) -> list[Holder]:
    """Everybody whose key is trusted, by name, with the start of their public key. Raises NoCeremony."""
    with office.open() as books:
        trusted = trusted_keys(books)
        names = people.names(books, list(trusted))
        return [
            Holder(names[person], trusted[person].serial, fingerprint(trusted[person].box))
            for person in sorted(names, key=lambda person: (names[person], person))
        ]


def fingerprint(key: PublicKey) -> str:
    """The start of a public key as people compare it: five groups of four signs."""
    start = key.raw.hex()[:20]
    return " ".join(start[at : at + 4] for at in range(0, 20, 4))


def export_seats(office: Office, seats_to: TextIO, keys_to: TextIO, *, person: str | None = None) -> int:
    """Write the live seats of a person, or with None those of recovery, and beside them everybody's signed public keys.

    Still sealed, so nothing in the two files opens without the holder's key; they do tell how many matters there are. With the
    seats of recovery go the words of the office's own record. Returns the number of seats. Raises NobodyCalled.
    """
    with office.open() as books:
        whose = None if person is None else find(books, person)
        found = [
            ExportedSeat(seat.id, seat.matter_id, seat.epoch, seat.key_sealed, seat.identity_key_sealed)
            for seat in staff.held(books, whose)
        ]
        seats_to.writelines(write_seats(found, office_words.exported(books) if whose is None else ()))
        count = len(found)
        write_keys(books, keys_to)
        enter(books, "keys.seats_exported", {"holder": str(whose or RECOVERY), "seats": count})
    return count


def write_keys(books: Books, keys_to: TextIO) -> None:
    """Write everybody's signed public keys, with names and logins, to lie beside what is exported."""
    signed = seats.signed_keys(books)
    names = people.names(books, [key.person for key in signed])
    logins = staff.logins(books, [key.person for key in signed])
    rows = [written_keys(key, names.get(key.person), logins.get(key.person)) for key in signed]
    keys_to.write(json.dumps({"file": FILE, "keys": rows}, ensure_ascii=False, indent=1) + "\n")


def recover(seats_from: Iterable[str], keys_from: str, shares: Sequence[str], to: str) -> Recovered:
    """Open the seats of recovery with two shares and seal them to the person called `to`: a login, or the only such name.

    Needs no database, and is meant for a machine without a network. The person's key comes from the file of public keys and
    counts only if it goes back to the very ceremony whose shares these are. Raises SharesDoNotFit, SeatsFileBroken,
    KeysFileBroken, NobodyCalled, UnsignedKey, SeatsOfAnother.
    """
    ceremony, person, key = reader_in(keys_from, shares, to)
    try:
        found, texts = _parted(seats_from)
        again = list(reseal(found, ceremony, key))
        words = list(office_words.sealed_to(texts, ceremony.box, key))
    except (NotThisRow, Unreadable):
        raise SeatsOfAnother() from None
    return Recovered(tuple(write_seats(again, words)), len(again), person, fingerprint(key), len(words))


def reader_in(keys_from: str, shares: Sequence[str], to: str) -> tuple[HolderKey, UUID, PublicKey]:
    """The ceremony's key that these shares give, and who is called `to`, with a key that goes back to it. Raises as `recover`."""
    ceremony = combine(shares)
    signed, names = read_keys(keys_from)
    person = called(names, to)
    return ceremony, person, require_signed(person, verify_chain(signed, ceremony.verify))


def import_seats(office: Office, login: str, passphrase: str, code: str, seats_from: Iterable[str]) -> Imported:
    """Bring recovered seats in. Only the person they were sealed to can: each is opened before it is written.

    A seat of theirs that their key does not open any more is restored. Where they never had one, they are seated only if
    nobody in office is left who reads the matter, it is in its newest epoch, and they were not in office when it came: who was
    and got no seat may have been locked out, and who lost a seat stays without it. Nobody comes to a talk in this way. The rest
    is left out and counted. With a seat comes the key to who she is, if that seat of recovery held it.

    Raises as `desk_sessions.sign_in`; SeatsFileBroken; SeatsFileTooOld; SeatsOfAnother.
    """
    proven = prove(office, login, passphrase, code)
    with office.open() as books:
        found, texts = _parted(seats_from)
        locked = matters.lock(books, list({seat.matter for seat in found}))
        opened = _opened(books, [seat for seat in found if seat.matter in locked], proven.key)
        restored, elsewhere = _restore(books, proven, opened)
        identities = _identities(proven.key, opened.values())
        seated = _seat_anew(office.kinds, books, proven, elsewhere, locked, identities)
        left_out = len(found) - restored - seated
        counts: dict[str, str | int] = {"restored": restored, "seated": seated, "left_out": left_out}
        words = _words(books, proven, texts)
        enter(books, "keys.seats_imported", counts | {"person": str(proven.person), "words": words})
    return Imported(restored, seated, left_out, words)


def _parted(lines: Iterable[str]) -> tuple[list[ExportedSeat], list[ExportedText]]:
    """The seats and the texts of a file. Raises as `read_exported`."""
    found = list(read_exported(lines))
    return [one for one in found if isinstance(one, ExportedSeat)], [one for one in found if isinstance(one, ExportedText)]


def _words(books: Books, proven: Proven, texts: list[ExportedText]) -> int:
    """Words of the office's record, for whoever may read it today; for anybody else none. Raises SeatsOfAnother."""
    rules = books.pack.office_record
    if rules is None or not people.roles_of(books, proven.person, books.today) & set(rules.independence.by):
        return 0
    try:
        return office_words.bring_in(books, texts, DeskPerson(proven.person, proven.key.box))
    except (NotThisRow, Unreadable):
        raise SeatsOfAnother() from None


def _opened(books: Books, found: Iterable[ExportedSeat], key: HolderKey) -> dict[tuple[UUID, int], ExportedSeat]:
    """The seats by (matter, epoch), each opened and found to be the key of that very epoch. Raises SeatsOfAnother."""
    found = list(found)
    public = staff.epoch_keys(books, {seat.matter for seat in found})
    for seat in found:
        epoch = _epoch(key, seat.sealed, seat.seat, seat.matter, seat.epoch)
        if epoch is None or public.get((seat.matter, seat.epoch)) != epoch.pair.public.raw:
            raise SeatsOfAnother()
    for matter, identity in _identities(key, found).items():
        row = sealed.identity(books, matter)
        if row is not None and row.held != identity.pair.public.raw:  # none: those who said who they are have left
            raise SeatsOfAnother()
    return {(seat.matter, seat.epoch): seat for seat in found}


def _identities(key: HolderKey, found: Iterable[ExportedSeat]) -> dict[UUID, IdentityKey]:
    """The keys to who people are, by matter: any epoch's seat may hold it. Raises SeatsOfAnother."""
    try:
        return {
            seat.matter: open_grant(key.box, seat.identity, grant_context(seat.seat, seat.matter))
            for seat in found
            if seat.identity is not None
        }
    except (NotThisRow, Unreadable):
        raise SeatsOfAnother() from None


def _epoch(key: HolderKey, sealed: bytes, seat: UUID, matter: UUID, number: int) -> Epoch | None:
    try:
        return open_seat(key.box, sealed, seat_context(seat, matter, number))
    except (NotThisRow, Unreadable):
        return None


def _restore(
    books: Books, proven: Proven, opened: Mapping[tuple[UUID, int], ExportedSeat]
) -> tuple[int, dict[UUID, ExportedSeat]]:
    """Restore the person's own seats that their key does not open. Return how many, and the newest seat of each matter in
    which they never had one.
    """
    ever = {matter for matter, _ in staff.ever_held(books, proven.person, {matter for matter, _ in opened})}
    own = {(seat.matter_id, seat.epoch): seat for seat in staff.held(books, proven.person)}
    restored, elsewhere = 0, {}
    for (matter, number), seat in sorted(opened.items()):
        if matter not in ever:
            elsewhere[matter] = seat  # sorted: the newest epoch comes last
            continue
        mine = own.get((matter, number))
        if mine is None or _epoch(proven.key, mine.key_sealed, mine.id, matter, number) is not None:
            continue
        row = SeatRow(seat.seat, matter, PERSON, proven.person, mine.rung, number, seat.sealed, seat.identity, mine.from_at)
        staff.put_back(books, row)
        restored += 1
    return restored, elsewhere


def _seat_anew(
    kinds: Kinds,
    books: Books,
    proven: Proven,
    elsewhere: Mapping[UUID, ExportedSeat],
    locked: Mapping[UUID, Matter],
    identities: Mapping[UUID, IdentityKey],
) -> int:
    """Seat the person in matters that nobody in office reads, and make them responsible; in no talk, which needs her yes."""
    person = proven.person
    roles = {name for name, role in books.pack.house.roles.items() if role.door == DESK and role.handles}
    if not people.roles_of(books, person, books.today) & roles:
        return 0  # a custodian of identities has a seat in no case
    serving = {each.person_id for each in people.serving(books, books.today) if each.role in roles}
    readers = staff.readers(books, list(elsewhere))
    terms = [term for term in rosters.offices(books, [person]).get(person, []) if term.role in roles]
    count = 0
    for matter_id, seat in elsewhere.items():
        matter = locked[matter_id]
        came = books.calendar(matter.calendar).local_date(matter.opened_at)
        was_there = any(term.from_on <= came and (term.until_on is None or came < term.until_on) for term in terms)
        newest = seats.epochs(books, matter_id)[0].number
        if was_there or seat.epoch != newest or readers.get(matter_id, set()) & serving or asks_her(kinds[matter.kind].table):
            continue
        row = SeatRow(seat.seat, matter_id, PERSON, person, _FIRST, seat.epoch, seat.sealed, None, books.now)
        seats.add(books, row)
        if matter_id in identities:
            bound = grant_context(row.id, matter_id)
            filing.grant_identity(books, row.id, grant_identity(identities[matter_id], proven.key.box.public, bound))
        people.make_responsible(books, uuid4(), matter_id, person, at=books.now, why="recovered")
        matters.change(books, matter, state=matter.state, rested_on=matter.rested_on)
        count += 1
    return count
