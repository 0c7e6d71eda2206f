"""The keys of the people at the desk: the ceremony all trust goes back to, who is enrolled by whom, and who leaves.

Nothing here stays on the server that would open a text: the ceremony's key is on paper, a person's key under their passphrase.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import ClassVar, Final
from uuid import UUID, uuid4

from actions.desk_sessions import LOGIN, prove, server_key
from actions.key_holders import EnrolledAlready, known_as, offices_for, require_login
from actions.office import Office
from actions.people import (
    SHORTEST,
    NobodyCalled,
    PassphraseTooShort,
)
from actions.sealing import NoCeremony, trusted_keys
from actions.sessions import new_totp
from policies.refusal import Refusal
from records import people, seats, staff
from records.books import Books
from records.ledger import Entry, store
from records.people import PersonRow
from records.staff import StaffRow
from records.vault import (
    RECOVERY,
    HolderKey,
    PublicKey,
    Secret,
    Share,
    SignedKey,
    combine,
    new_holder_key,
    sign_key,
    split,
    staff_context,
    vouch_for_recovery,
    wrap_under_passphrase,
)
from records.vault.recovery import NEEDED, SHARES

__all__ = [
    "NEEDED",
    "EnrolledHolder",
    "Newcomer",
    "Share",
    "Signer",
    "by_holder",
    "by_shares",
    "enrol",
    "hold_ceremony",
]
CEREMONY_FILE: Final = "ceremony.pub"
SERVER_SECRETS: Final = ("intake.pepper", "desk.key", "council.key")


class CeremonyHeld(Refusal):
    """This house has held its ceremony. A second one would orphan every key and every seat of recovery."""

    code: ClassVar[str] = "ceremony_held"


class OtherCeremony(Refusal):
    """The shares fit together, but they are not of this house's ceremony."""

    code: ClassVar[str] = "other_ceremony"
    status: ClassVar[int] = 422


class MayNotEnrol(Refusal):
    """Who wants to sign a key is not somebody whose signature is followed."""

    code: ClassVar[str] = "may_not_enrol"
    status: ClassVar[int] = 403


@dataclass(frozen=True, slots=True)
class Signer:
    """Who vouches for a key: a person, or with None the ceremony."""

    person: UUID | None
    key: HolderKey = field(repr=False)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who is to get a key. `enrols`: may sign others, which only the ceremony grants. `renew`: in place of a key they lost.

    `name` may be of somebody who is known here and has no key; their mail and language then stay as they are.
    """

    name: str
    login: str
    passphrase: str = field(repr=False)
    roles: tuple[str, ...] = ()
    mail: str | None = None
    language: str = "en"
    from_on: date | None = None
    until_on: date | None = None
    enrols: bool = False
    renew: bool = False


@dataclass(frozen=True, slots=True)
class EnrolledHolder:
    """Who was enrolled, and the address to show to their authenticator once; it is kept nowhere."""

    person: UUID
    serial: int
    totp_address: str = field(repr=False)


def hold_ceremony(office: Office, secrets: Path, hand_out: Callable[[tuple[Share, ...]], None]) -> bytes:
    """Make the key all trust goes back to, give its three shares to `hand_out`, and keep its public half alone.

    The server's own secrets are made beside it, if missing. If handing out fails, there was no ceremony. Returns the public
    key. Raises CeremonyHeld.
    """
    with office.open() as books:
        staff.hold_still(books)  # of two at once, the second finds the first
        held = any(key.person == RECOVERY for key in seats.signed_keys(books))
        if held or (secrets / CEREMONY_FILE).exists():
            raise CeremonyHeld()
        key = new_holder_key()
        for name in SERVER_SECRETS:
            if not (secrets / name).exists():
                write_secret(secrets / name, Secret.random().reveal())
        seats.add_signed_key(books, vouch_for_recovery(key))
        enter(books, "keys.ceremony_held", {"shares": SHARES, "needed": NEEDED})
        hand_out(split(key))
        write_secret(secrets / CEREMONY_FILE, f"{key.verify.hex()}\n".encode("ascii"))
    return key.verify


def write_secret(file: Path, content: bytes) -> None:
    """Write a new file that only its owner can read, to the disk before this returns. Raises FileExistsError."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(handle, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())


def by_shares(office: Office, shares: Sequence[str]) -> Signer:
    """The ceremony, called back by two of its three shares. Raises SharesDoNotFit, OtherCeremony, NoCeremony."""
    if office.trust is None:
        raise NoCeremony()
    key = combine(shares)
    if key.verify != office.trust.ceremony:
        raise OtherCeremony()
    return Signer(None, key)


def by_holder(office: Office, login: str, passphrase: str, code: str) -> Signer:
    """A person who signs for another. Raises as `desk_sessions.sign_in`; whether they may sign is asked when they do."""
    proven = prove(office, login, passphrase, code)
    return Signer(proven.person, proven.key)


def enrol(office: Office, newcomer: Newcomer, signer: Signer) -> EnrolledHolder:
    """Give a person a key of their own, signed, with their offices: one act.

    Raises MayNotEnrol, EnrolledAlready, NobodyCalled (two people of this name), LoginTaken, BadLogin, PassphraseTooShort,
    PassphraseTooLong, UnknownRole, PostTaken, DatesBackwards, NoCeremony; then nothing was written.
    """
    login, key = newcomer.login.lower(), new_holder_key()
    if len(newcomer.passphrase) < SHORTEST:
        raise PassphraseTooShort(least=SHORTEST)
    with office.open() as books:
        known = known_as(books, newcomer.name, renew=newcomer.renew)
        require_login(books, login, known)
    person = known or uuid4()
    wrapped = wrap_under_passphrase(key, newcomer.passphrase, staff_context(person))
    totp, address = new_totp(server_key(office), person, login)
    with office.open() as books:
        require_login(books, login, person)
        if known_as(books, newcomer.name, renew=newcomer.renew) != known:
            raise EnrolledAlready()
        if known is None:
            people.add_person(books, PersonRow(person, newcomer.name, newcomer.mail, newcomer.language))
        serial = vouch(books, signer, trusted_keys(books), person, key.box.public, key.verify, enrols=newcomer.enrols)
        staff.end_sessions(books, person)
        staff.add(books, StaffRow(person, login, wrapped, totp))
        for name in offices_for(books, person, newcomer.roles, newcomer.from_on or books.today, newcomer.until_on):
            people.appoint(books, uuid4(), person, name, newcomer.from_on or books.today, newcomer.until_on)
        enter(books, "keys.enrolled", {"person": str(person), "serial": serial})
    return EnrolledHolder(person, serial, address)


def vouch(
    books: Books,
    signer: Signer,
    trusted: Mapping[UUID, SignedKey],
    person: UUID,
    box: PublicKey,
    verify: bytes,
    *,
    enrols: bool = False,
) -> int:
    """Sign a person's public keys and keep that, as their newest; return the serial. `trusted` is what counts at this moment.

    Raises MayNotEnrol: for a person whose own key is not trusted, not the newest, or not allowed to sign others, or who holds
    no office today; and for anybody but the ceremony who would make somebody else an enrolling holder.
    """
    key = signed_for(books, signer, trusted, person, box, verify, enrols=enrols)
    seats.add_signed_key(books, key)
    return key.serial


def signed_for(
    books: Books,
    signer: Signer,
    trusted: Mapping[UUID, SignedKey],
    person: UUID,
    box: PublicKey,
    verify: bytes,
    *,
    enrols: bool = False,
) -> SignedKey:
    """A person's public keys, signed as their newest, to be kept. Raises as `vouch`."""
    require_enrolling(books, signer, trusted)
    if enrols and signer.person not in (None, person):
        raise MayNotEnrol()
    return sign_key(signer.key, person, box, verify, enrols=enrols, serial=staff.last_serial(books, person) + 1)


def require_enrolling(books: Books, signer: Signer, trusted: Mapping[UUID, SignedKey]) -> None:
    """Raise MayNotEnrol for a person whose own key is not trusted, not the newest, may not sign, or who holds no office today."""
    if signer.person is None:
        return
    own = trusted.get(signer.person)
    may = own is not None and own.verify == signer.key.verify and own.enrols
    if not may or not people.roles_of(books, signer.person, books.today):
        raise MayNotEnrol()


def find(books: Books, who: str) -> UUID:
    """The person with this login at the desk, else the only one with this name. Raises NobodyCalled."""
    row = staff.by_login(books, who.lower()) if LOGIN.fullmatch(who.lower()) else None
    if row is not None:
        return row.person_id
    named = staff.named(books, who)
    if len(named) != 1:
        raise NobodyCalled(found=len(named))
    return named[0]


def enter(books: Books, what: str, facts: Mapping[str, str | int | date]) -> None:
    """Write into the ledger what was done with keys: ids, days and counts."""
    store.append(books, Entry(books.today, what, None, None, facts), None)
