"""The keys of addressees as the office sees them: comparing the digits, signing, ending.

Whoever signs has heard the digits from the addressee, by voice or face to face, and types them. Nothing is sealed to a key before
that, and nothing more from the day it is ended.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar, Final
from uuid import UUID, uuid4

from actions.desk_sessions import prove
from actions.kernel.actor import NotAllowed
from actions.kernel.callers import DeskPerson
from actions.keys import MayNotEnrol, Signer, enter, require_enrolling
from actions.letters import rules_of, signed_addressees
from actions.office import Office
from actions.people import NobodyCalled
from actions.sealing import trusted_keys
from policies.refusal import Refusal
from records import addressees as keys
from records import letters, people, staff
from records.addressees import AddresseeRow
from records.books import Books
from records.letters import PostRow
from records.matters import NotFound
from records.vault import same_digits

SIGN: Final = "sign_addressee"
"""What a refusal calls the act."""


class AddresseeDigitsDiffer(Refusal):
    """The digits are not those of the key: misheard, mistyped, or it is another key."""

    code: ClassVar[str] = "addressee_digits_differ"
    status: ClassVar[int] = 422


class Standing(StrEnum):
    """How a key stands."""

    WAITING = "waiting"
    """Nobody has signed it, or whoever did may sign no more."""
    SIGNED = "signed"
    """Letters are sealed to it."""
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Listed:
    """One key. `fingerprint`: its digits, which the addressee sees at their own door."""

    person: UUID
    serial: int
    name: str
    office: str
    made_on: date
    signed_on: date | None
    ended_on: date | None
    standing: Standing
    fingerprint: str


def listed(office: Office, *, by: DeskPerson) -> tuple[Listed, ...]:
    """Every key, for who may sign them. Raises NoLetters, NotAllowed."""
    with office.open() as books:
        _require_permitted(books, by)
        counting = signed_addressees(books)
        return tuple(_listed(row, counting.get(row.person_id)) for row in keys.everyone(books))


def require_key(office: Office, person: UUID, serial: int, *, by: DeskPerson) -> None:
    """Raise NotFound unless there is this key and this person may sign it; NoLetters."""
    with office.open() as books:
        _locked(books, person, serial, by)


def sign(office: Office, person: UUID, serial: int, fingerprint: str, passphrase: str, totp: str, *, by: DeskPerson) -> None:
    """Sign at the desk; passphrase and code are the signer's own, asked for once more (S20). Keys before this one end.

    Raises NotFound, AddresseeDigitsDiffer, MayNotEnrol, and as `desk_sessions.prove`; then nothing is sealed to it.
    """
    with office.open() as books:
        _locked(books, person, serial, by)
        login = staff.logins(books, [by.person]).get(by.person, "")
    proven = prove(office, login, passphrase, totp)
    with office.open() as books:
        row = _locked(books, person, serial, by)
        if row.ended_on is not None:
            raise NotFound()
        if not same_digits(fingerprint, row.digits):
            raise AddresseeDigitsDiffer()
        _sign(books, row, Signer(proven.person, proven.key))


def sign_with(office: Office, name: str, fingerprint: str, signer: Signer) -> None:
    """Sign the key that waits of the one person of this name, with the papers or as a holder who has just proved who they are.

    Raises NobodyCalled, AddresseeDigitsDiffer, MayNotEnrol, NoCeremony; then nothing was written.
    """
    with office.open() as books:
        rules_of(books)
        waits = {row.person_id: row for row in reversed(keys.everyone(books)) if row.name == name and row.ended_on is None}
        if len(waits) != 1:
            raise NobodyCalled(found=len(waits))
        (row,) = waits.values()
        if not same_digits(fingerprint, row.digits):
            raise AddresseeDigitsDiffer()
        _sign(books, row, signer)


def end(office: Office, person: UUID, serial: int, *, by: DeskPerson) -> None:
    """Seal nothing to this key from today on. What was served before stays served. Raises NotFound, MayNotEnrol."""
    with office.open() as books:
        row = _locked(books, person, serial, by)
        own = trusted_keys(books).get(by.person)
        if own is None or own.box != by.pair.public or not own.enrols:
            raise MayNotEnrol()
        if row.ended_on is None:
            keys.end(books, person, serial, books.today)
            keys.name(books, person)
            _tell(books, letters.ENDED, row)
            enter(books, "letters.key_ended", {"person": str(person), "serial": serial, "by": str(by.person)})


def _sign(books: Books, row: AddresseeRow, signer: Signer) -> None:
    require_enrolling(books, signer, trusted_keys(books))
    person, serial = row.person_id, row.serial
    keys.sign(books, person, serial, signer.key.verify, row.key.signed(signer.key), books.today)
    keys.name(books, person)
    _tell(books, letters.SIGNED, row)
    facts: dict[str, str | int | date] = {"person": str(person), "serial": serial}
    enter(books, "letters.key_signed", facts if signer.person is None else facts | {"by": str(signer.person)})


def _require_permitted(books: Books, by: DeskPerson) -> None:
    rules = rules_of(books)
    if not people.roles_of(books, by.person, books.today) & set(rules.signed_by):
        raise NotAllowed("", SIGN, tuple(f"{role}:any" for role in rules.signed_by))


def _locked(books: Books, person: UUID, serial: int, by: DeskPerson) -> AddresseeRow:
    """The key, locked. Raises NotFound, also for who may not sign: to them none is known."""
    try:
        _require_permitted(books, by)
    except NotAllowed:
        raise NotFound() from None
    row = keys.lock(books, person, serial)
    if row is None:
        raise NotFound()
    return row


def _listed(row: AddresseeRow, counting: AddresseeRow | None) -> Listed:
    standing = Standing.WAITING
    if row.ended_on is not None:
        standing = Standing.ENDED
    elif counting is not None and counting.serial == row.serial:
        standing = Standing.SIGNED
    return Listed(
        person=row.person_id,
        serial=row.serial,
        name=row.name,
        office=row.office,
        made_on=row.made_on,
        signed_on=row.signed_on,
        ended_on=row.ended_on,
        standing=standing,
        fingerprint=row.digits,
    )


def _tell(books: Books, sort: str, row: AddresseeRow) -> None:
    """The addressee learns it with the next post."""
    letters.post(books, PostRow(uuid4(), sort, row.person_id, books.today, told={"serial": row.serial}))
