"""Signing in at a door, being recognised, signing out. All by wall time: no duty hangs on it."""

import base64
import re
import stat
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import ClassVar, Final
from uuid import UUID, uuid4

from actions.codes import LONGEST_DELAY, SECRET_BYTES, delay_after, step_of, totp_of
from actions.office import Office
from policies.refusal import Refusal
from records import accounts, passphrases, people
from records.accounts import AccountRow, SessionRow
from records.books import Books
from records.vault.secret import KEY_BYTES, Secret
from records.vault.staff_keys import open_totp, seal_totp, session_locator, totp_context

__all__ = ["Door", "Secret", "SignedIn", "open_door", "read_server_key", "recognise", "sign_in", "sign_out"]

IDLE: Final = timedelta(minutes=30)
"""A session left alone this long is over: a screen forgotten in a meeting room. OWASP ASVS 3.3.2 asks for 30 minutes."""
LONGEST: Final = timedelta(hours=12)
"""A session is over after this long however busy: a working day, and nobody works two of them in a row."""
_NOTED: Final = timedelta(minutes=1)
"""How old `seen_at` may grow before it is written again, so that not every look writes."""
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{43}")  # 32 bytes in base64, without the sign that fills it up


class SignInRefused(Refusal):
    """Name, passphrase and code do not belong together, or came too soon after a try that failed. Which, is not told."""

    code: ClassVar[str] = "sign_in_refused"
    status: ClassVar[int] = 401


class NotSignedIn(Refusal):
    """No session, or one that is over."""

    code: ClassVar[str] = "not_signed_in"
    status: ClassVar[int] = 401


class NoOfficeToday(Refusal):
    """The person is known, but holds no office at this door today."""

    code: ClassVar[str] = "no_office_today"
    status: ClassVar[int] = 403


class ServerKeyUnusable(Refusal):
    """The door's key file is missing, is not 32 bytes, or others can read it."""

    code: ClassVar[str] = "server_key_unusable"
    status: ClassVar[int] = 503


@dataclass(frozen=True, slots=True)
class Door:
    """A door people sign in at: its name in the policy, its office, the key that its TOTP secrets are sealed under.

    `decoy` is an account that nobody has: an unknown name is judged by it, with the same work as a known one (S07).
    """

    name: str
    office: Office
    server_key: Secret
    decoy: AccountRow = field(repr=False)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody who is signed in. `secret` is known to their side alone; it is kept nowhere."""

    person: UUID
    name: str
    language: str
    roles: frozenset[str]
    secret: Secret

    @property
    def token(self) -> str:
        """The secret as the cookie or the header carries it."""
        return base64.urlsafe_b64encode(self.secret.reveal()).rstrip(b"=").decode("ascii")

    @property
    def csrf(self) -> str:
        """What a page must send beside the cookie: only who can read the door's answers knows it."""
        return blake2b(key=self.secret.reveal(), digest_size=KEY_BYTES, person=b"amparo.csrf...1.").hexdigest()


def open_door(office: Office, name: str, server_key: Secret) -> Door:
    """The door called `name` of an office."""
    nobody = uuid4()
    decoy = AccountRow(
        person_id=nobody,
        login="",
        passphrase_hash=passphrases.fits_nothing(),
        totp_sealed=seal_totp(server_key, Secret.random(SECRET_BYTES), totp_context(nobody)),
    )
    return Door(name, office, server_key, decoy)


def read_server_key(file: Path) -> Secret:
    """The key in a door's key file: 32 bytes that only its owner can read. Raises ServerKeyUnusable."""
    try:
        mode, raw = stat.S_IMODE(file.stat().st_mode), file.read_bytes()
    except OSError:
        raise ServerKeyUnusable(file=str(file)) from None
    if len(raw) != KEY_BYTES or mode & 0o077:
        raise ServerKeyUnusable(file=str(file))
    return Secret(raw)


def new_totp(server_key: Secret, person: UUID, login: str) -> tuple[bytes, str]:
    """A new TOTP secret: sealed, to be kept; and as the address an authenticator reads, to be shown once."""
    secret = Secret.random(SECRET_BYTES)
    address = totp_of(secret).provisioning_uri(name=login, issuer_name="Amparo")
    return seal_totp(server_key, secret, totp_context(person)), address


def sign_in(door: Door, *, login: str, passphrase: str, code: str) -> SignedIn:
    """Let a person in, or raise SignInRefused, which says neither which of the three was wrong nor whether the name exists.

    A code works once. Each failure doubles how long the account takes no try at all, up to a minute; a try made too soon is
    refused, even a right one, and does not make it longer. NoOfficeToday, if everything is right but the person holds no
    office here today; PassphraseTooLong and TooManySignIns before anything is looked at.
    """
    with door.office.open() as books:
        account = accounts.by_login(books, login.lower()) or door.decoy
    # Between two transactions: a tenth of a second of hashing must hold neither a connection nor a row.
    fits = passphrases.fits(account.passphrase_hash, passphrase)
    secret = open_totp(door.server_key, account.totp_sealed, totp_context(account.person_id))
    with door.office.open() as books:
        judged = _judge(door, books, account.person_id, fits=fits, step=step_of(secret, code, books.wall))
    if isinstance(judged, Refusal):
        raise judged  # here, not in there: that the try failed, or that the code is used up, must be kept
    return judged


def prove(door: Door, who: SignedIn, passphrase: str, code: str) -> None:
    """Ask somebody signed in for passphrase and a fresh code once more, before something that a stolen session must not do (S12,
    S20). Raises as `sign_in` does, and counts in the same way.
    """
    with door.office.open() as books:
        account = accounts.lock(books, who.person) or door.decoy
    # Between two transactions, as above.
    fits = passphrases.fits(account.passphrase_hash, passphrase)
    secret = open_totp(door.server_key, account.totp_sealed, totp_context(account.person_id))
    with door.office.open() as books:
        refused = _refused(door, books, account.person_id, fits=fits, step=step_of(secret, code, books.wall))
    if refused:
        raise refused  # here, not in there: that the try failed, or that the code is used up, must be kept


def recognise(door: Door, token: str) -> SignedIn:
    """The person whose session this token opens, in the offices held today. Raises NotSignedIn."""
    if not _TOKEN.fullmatch(token):
        raise NotSignedIn()
    secret = Secret(base64.urlsafe_b64decode(token + "="))
    with door.office.open() as books:
        found = accounts.session(books, session_locator(secret), books.today)
        if found is None:
            raise NotSignedIn()
        session, person, held = found
        roles = held & _offices(door, books)
        if _is_over(session, books.wall) or not roles:
            raise NotSignedIn()
        if books.wall - session.seen_at >= _NOTED:
            accounts.seen(books, session.token_hash)
        return SignedIn(person.id, person.name, person.language, roles, secret)


def sign_out(door: Door, who: SignedIn) -> None:
    """End this session; others of the same person go on."""
    with door.office.open() as books:
        accounts.end_session(books, session_locator(who.secret))


def roles_at(door: Door, books: Books, person: UUID) -> frozenset[str]:
    """The offices a person holds today that sign in at this door."""
    return people.roles_of(books, person, books.today) & _offices(door, books)


def _offices(door: Door, books: Books) -> set[str]:
    return {name for name, role in books.pack.house.roles.items() if role.door == door.name}


def _refused(door: Door, books: Books, person_id: UUID, *, fits: bool, step: int | None) -> SignInRefused | None:
    """Judge one try under the account's lock, so that of many at once each is judged after the one before it. None: right."""
    account = accounts.lock(books, person_id)
    kept = account or door.decoy
    waits = kept.not_before is not None and books.wall < kept.not_before
    fresh = step is not None and (kept.last_totp_step is None or step > kept.last_totp_step)
    if account is None or step is None or waits or not (fits and fresh):
        failures = kept.failures if waits else kept.failures + 1
        accounts.failed(books, person_id, failures, kept.not_before if waits else books.wall + delay_after(failures))
        return SignInRefused(seconds=int(LONGEST_DELAY.total_seconds()))
    accounts.succeeded(books, person_id, step)
    return None


def _judge(door: Door, books: Books, person_id: UUID, *, fits: bool, step: int | None) -> SignedIn | Refusal:
    """Begin a session, if the try is right and the person holds an office here today."""
    refused = _refused(door, books, person_id, fits=fits, step=step)
    if refused is not None:
        return refused
    person, roles = people.person(books, person_id), roles_at(door, books, person_id)
    if person is None or not roles:
        return NoOfficeToday()
    who = SignedIn(person.id, person.name, person.language, roles, Secret.random())
    accounts.end_stale(books, person_id, made_before=books.wall - LONGEST, seen_before=books.wall - IDLE)
    accounts.begin_session(books, SessionRow(session_locator(who.secret), uuid4(), person_id, books.wall, books.wall))
    return who


def _is_over(session: SessionRow, wall: datetime) -> bool:
    return wall - session.seen_at >= IDLE or wall - session.made_at >= LONGEST
