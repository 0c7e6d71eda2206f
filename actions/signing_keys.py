"""Signing a key that somebody set up: the one moment at which a newcomer becomes somebody to seal to.

Whoever signs has heard the digits from the newcomer, by voice or face to face, and types them: so no row that was exchanged
meanwhile is signed.
"""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from actions.desk_sessions import prove
from actions.invitations import require_invitation
from actions.kernel.callers import DeskPerson
from actions.key_holders import EnrolledAlready, known_as, offices_for, require_login
from actions.keys import Signer, enter, signed_for
from actions.office import Office
from actions.people import NobodyCalled
from actions.sealing import trusted_keys
from policies.refusal import Refusal
from records import invitations, staff
from records.books import Books
from records.invitations import InvitationRow
from records.matters import NotFound
from records.vault import key_digits, same_digits


class FingerprintDiffers(Refusal):
    """The digits are not those of the key that waits: misheard, mistyped, or it is another key."""

    code: ClassVar[str] = "fingerprint_differs"
    status: ClassVar[int] = 422


@dataclass(frozen=True, slots=True)
class SignedFor:
    """Whose key was signed, and which of theirs it is."""

    person: UUID
    name: str
    serial: int


def sign(office: Office, invitation: UUID, fingerprint: str, passphrase: str, totp: str, *, by: DeskPerson) -> SignedFor:
    """Sign at the desk; passphrase and code are the signer's own, asked for once more (S20).

    Raises NotFound, as `desk_sessions.prove`, and as `sign_with`.
    """
    with office.open() as books:
        require_invitation(books, invitation, by)
        login = staff.logins(books, [by.person]).get(by.person, "")
    proven = prove(office, login, passphrase, totp)
    with office.open() as books:
        return _admit(books, require_invitation(books, invitation, by), fingerprint, Signer(proven.person, proven.key))


def sign_with(office: Office, login: str, fingerprint: str, signer: Signer) -> SignedFor:
    """Sign the key that was set up for a login, with the papers or as a holder who has just proved who they are.

    Raises NobodyCalled, FingerprintDiffers, MayNotEnrol, EnrolledAlready, LoginTaken, PostTaken, NoCeremony; then nothing was
    written, and nobody is enrolled.
    """
    with office.open() as books:
        found = invitations.find(books, login.lower())
        row = None if found is None else invitations.lock(books, found)
        if row is None or row.box is None:
            raise NobodyCalled(found=0)
        return _admit(books, row, fingerprint, signer)


def _admit(books: Books, row: InvitationRow, fingerprint: str, signer: Signer) -> SignedFor:
    if row.box is None or row.verify is None:
        raise NotFound()
    if not same_digits(fingerprint, key_digits(row.person_id, row.box, row.verify)):
        raise FingerprintDiffers()
    if known_as(books, row.name, renew=row.renew) not in (None, row.person_id):
        raise EnrolledAlready()
    require_login(books, row.login, row.person_id)
    offices_for(books, row.person_id, row.roles, row.from_on, row.until_on)
    key = signed_for(books, signer, trusted_keys(books), row.person_id, row.box, row.verify, enrols=row.enrols)
    invitations.admit(books, row.id, key)
    enter(books, "keys.enrolled", {"person": str(row.person_id), "serial": key.serial})
    return SignedFor(row.person_id, row.name, key.serial)
