"""Setting up one's own key at the desk's door, with the code of an invitation. The passphrase is typed nowhere else.

A code that is wrong, was used or is too old is refused in the same words after the same steps; it has 100 random bits, so there
is nothing to guess. What the newcomer makes here opens nothing until a holder has signed it.
"""

from dataclasses import dataclass, field
from typing import ClassVar
from uuid import UUID

from actions.codes import LONGEST_DELAY, delay_after, step_of
from actions.desk_sessions import server_key, turn
from actions.invitations import lifetime
from actions.keys import enter
from actions.office import Office
from actions.people import SHORTEST, PassphraseTooShort
from actions.sessions import new_totp
from policies.refusal import Refusal
from records import invitations
from records.books import Books
from records.invitations import InvitationRow
from records.vault import (
    MAX_PASSPHRASE,
    PassphraseTooLong,
    Secret,
    code_locator,
    key_digits,
    new_holder_key,
    open_totp,
    staff_context,
    totp_context,
    wrap_under_passphrase,
)


class SetupRefused(Refusal):
    """No invitation has this code: it was mistyped, used, taken back, or is too old. Which, is not told."""

    code: ClassVar[str] = "setup_refused"
    status: ClassVar[int] = 403


class SetupCodeWrong(Refusal):
    """Not the six digits that the authenticator shows now, or too soon after a try that failed."""

    code: ClassVar[str] = "setup_code_wrong"
    status: ClassVar[int] = 422


class SetupPassphrasesDiffer(Refusal):
    """The passphrase was typed in two ways."""

    code: ClassVar[str] = "setup_passphrases_differ"
    status: ClassVar[int] = 422


@dataclass(frozen=True, slots=True)
class Begun:
    """Who is invited, and the address to show to their authenticator; the one shown before is void."""

    name: str
    login: str
    language: str
    roles: tuple[str, ...]
    totp_address: str = field(repr=False)


def begin(office: Office, code: str) -> Begun:
    """Look at an invitation, and make the secret of one's authenticator. Raises SetupRefused, NoCeremony."""
    with office.open() as books:
        row = _invited(office, books, code)
        sealed, address = new_totp(server_key(office), row.person_id, row.login)
        invitations.begin(books, row.id, sealed)
        return Begun(row.name, row.login, row.language, row.roles, address)


def set_up(office: Office, code: str, passphrase: str, totp: str, *, again: str | None = None) -> str:
    """Make one's own key and keep it, wrapped under the passphrase, until it is signed. Return its digits, to be said.

    Raises PassphraseTooShort, PassphraseTooLong, SetupPassphrasesDiffer, SetupRefused, SetupCodeWrong, TooManySignIns,
    NoCeremony; then there is no key, and the code is good as before.
    """
    _require_good(passphrase, again)
    person, invitation, step = _confirmed(office, code, totp)
    fresh = new_holder_key()
    with turn():
        # Between two transactions: half a second of hashing must hold neither a connection nor a row.
        wrapped = wrap_under_passphrase(fresh, passphrase, staff_context(person))
    with office.open() as books:
        if not invitations.keep_key(books, invitation, wrapped, fresh.box.public, fresh.verify, lifetime(books)):
            raise SetupRefused()
        invitations.used(books, invitation, step)
        enter(books, "keys.set_up", {"person": str(person)})
    return key_digits(person, fresh.box.public, fresh.verify)


def _require_good(passphrase: str, again: str | None) -> None:
    if again is not None and again != passphrase:
        raise SetupPassphrasesDiffer()
    if len(passphrase) < SHORTEST:
        raise PassphraseTooShort(least=SHORTEST)
    if len(passphrase) > MAX_PASSPHRASE:
        raise PassphraseTooLong(limit=MAX_PASSPHRASE)


def _invited(office: Office, books: Books, code: str) -> InvitationRow:
    row = invitations.by_code(books, code_locator(code, server_key(office)))
    if row is None:
        raise SetupRefused()
    return row


def _confirmed(office: Office, code: str, totp: str) -> tuple[UUID, UUID, int]:
    """The person, the invitation and the step of the code, if the authenticator shows it. A failure is kept, and delays."""
    with office.open() as books:
        row = _invited(office, books, code)
        step = None if row.totp_sealed is None else step_of(_secret(office, row.person_id, row.totp_sealed), totp, books.wall)
        waits = row.not_before is not None and books.wall < row.not_before
        if step is None and not waits:
            invitations.failed(books, row.id, row.failures + 1, books.wall + delay_after(row.failures + 1))
    if step is None or waits:
        raise SetupCodeWrong(seconds=int(LONGEST_DELAY.total_seconds()))  # here, not in there: that it failed must be kept
    return row.person_id, row.id, step


def _secret(office: Office, person: UUID, sealed: bytes) -> Secret:
    return open_totp(server_key(office), sealed, totp_context(person))
