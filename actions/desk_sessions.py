"""Signing in at the desk: name, passphrase and code together open the person's own key, and a session lends it to them.

The server keeps no key that opens anything: what it keeps of a session is sealed under the secret in the person's cookie.
All by wall time.
"""

import base64
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final, TypeVar
from uuid import UUID, uuid4

from actions.codes import LONGEST_DELAY, SECRET_BYTES, delay_after, step_of
from actions.custody_later import look_after
from actions.kernel.callers import DeskPerson
from actions.newcomers import seat_newcomers
from actions.office import Office
from actions.sealing import NoCeremony
from actions.sessions import IDLE, LONGEST, NoOfficeToday, NotSignedIn, SignedIn, SignInRefused
from policies.refusal import Refusal
from records import accounts, people, staff
from records.accounts import SessionRow
from records.books import Books
from records.passphrases import TooManySignIns
from records.staff import StaffRow
from records.vault import (
    MAX_PASSPHRASE,
    HolderKey,
    NotThisRow,
    PassphraseTooLong,
    Secret,
    Unreadable,
    WrongPassphrase,
    open_totp,
    refuse_unknown,
    seal_totp,
    session_context,
    session_locator,
    staff_context,
    totp_context,
    unwrap_from_session,
    unwrap_with_passphrase,
    wrap_for_session,
)
from records.vault.staff_keys import AT_ONCE

T = TypeVar("T")
DESK: Final = "desk"
IN_LINE: Final = 4 * AT_ONCE
"""Who opens a key or waits to. More are turned away at once, so that people who are signed in still find a free thread."""
_LINE: Final = threading.BoundedSemaphore(IN_LINE)
LOGIN: Final = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")
"""What a login looks like, as in the house. Whatever else was typed is nobody's, and never reaches SQL."""
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{43}")  # 32 bytes in base64, without the sign that fills it up
_NOTED: Final = IDLE / 30  # how old `seen_at` may grow before it is written again, so that not every look writes


@dataclass(frozen=True, slots=True)
class Proven:
    """Somebody who has just shown passphrase and code, with the key these opened and the offices held today."""

    person: UUID
    name: str
    language: str
    roles: frozenset[str]
    key: HolderKey = field(repr=False)


@dataclass(frozen=True, slots=True)
class AtDesk:
    """Somebody whose session was recognised: what a page needs, and the caller that actions take."""

    signed_in: SignedIn
    caller: DeskPerson


def sign_in(office: Office, name: str, passphrase: str, totp: str) -> SignedIn:
    """Begin a session and return it; its token is the person's alone. Whoever came to the office since gets their seats.

    Raises SignInRefused alike, after the same work, for an unknown name, a wrong passphrase, a wrong or used code and a try
    that came too soon. Each failure doubles how long this one account takes no try, up to a minute; a try made too soon is
    refused, even a right one, and does not make it longer. NoOfficeToday, if all is right but the person holds no office at
    the desk today. PassphraseTooLong (S24) and TooManySignIns before any work; NoCeremony for a desk without its key.
    """
    signed_in, proven = _tried(office, name, passphrase, totp, lambda books, proven: (_begin_session(books, proven), proven))
    seat_newcomers(office, by=DeskPerson(proven.person, proven.key.box))
    look_after(office, by=DeskPerson(proven.person, proven.key.box))
    return signed_in


def prove(office: Office, name: str, passphrase: str, totp: str) -> Proven:
    """Ask for passphrase and a fresh code once more, before something that a stolen session must not do (S12, S20).

    Raises as `sign_in` does, and counts in the same way.
    """
    return _tried(office, name, passphrase, totp, lambda _books, proven: proven)


def recognise(office: Office, token: str) -> AtDesk:
    """The person whose session this token opens, with the offices held today. Raises NotSignedIn."""
    if not _TOKEN.fullmatch(token):
        raise NotSignedIn()
    cookie = Secret(base64.urlsafe_b64decode(token + "="))
    with office.open() as books:
        found = accounts.session(books, session_locator(cookie), books.today)
        if found is None:
            raise NotSignedIn()
        session, person, held = found
        over, roles = books.wall - session.seen_at >= IDLE or books.wall - session.made_at >= LONGEST, held & _at_desk(books)
        if over or session.key_wrapped is None or not roles:
            raise NotSignedIn()
        try:
            key = unwrap_from_session(session.key_wrapped, cookie, session_context(session.id))
        except (NotThisRow, Unreadable):
            raise NotSignedIn() from None  # the row was tampered with: it lends nobody anything
        if books.wall - session.seen_at >= _NOTED:
            accounts.seen(books, session.token_hash)
        signed_in = SignedIn(person.id, person.name, person.language, roles, cookie)
        return AtDesk(signed_in, DeskPerson(person.id, key.box))


def who(office: Office, token: str) -> DeskPerson:
    """The caller whose session this token opens. Raises NotSignedIn: unknown, idle for half an hour, or half a day old."""
    return recognise(office, token).caller


def sign_out(office: Office, token: str) -> None:
    """End this session; others of the same person go on. A token that opens none is no error."""
    if not _TOKEN.fullmatch(token):
        return
    with office.open() as books:
        accounts.end_session(books, session_locator(Secret(base64.urlsafe_b64decode(token + "="))))


def roles_at_desk(books: Books, person: UUID) -> frozenset[str]:
    """The offices a person holds today that sign in at the desk."""
    return people.roles_of(books, person, books.today) & _at_desk(books)


def _at_desk(books: Books) -> set[str]:
    return {name for name, role in books.pack.house.roles.items() if role.door == DESK}


def server_key(office: Office) -> Secret:
    """The key that this door's TOTP secrets are sealed under. Raises NoCeremony if the door was not given it."""
    if office.trust is None or office.trust.server_key is None:
        raise NoCeremony()
    return office.trust.server_key


def _tried(office: Office, name: str, passphrase: str, totp: str, then: Callable[[Books, Proven], T]) -> T:
    """One try. `then` runs in the transaction that writes down its success."""
    if len(passphrase) > MAX_PASSPHRASE:
        raise PassphraseTooLong(limit=MAX_PASSPHRASE)
    desk_key = server_key(office)
    with turn():
        with office.open() as books:
            row = staff.by_login(books, name.lower() if LOGIN.fullmatch(name.lower()) else "")
        # Between two transactions: half a second of hashing must hold neither a connection nor a row.
        key = _unwrapped(row, passphrase)
    kept = row or _decoy(desk_key)
    secret = open_totp(desk_key, kept.totp_sealed, totp_context(kept.person_id))
    with office.open() as books:
        step = step_of(secret, totp, books.wall)
        judged = _judge(books, kept, key, step)
        done = judged if isinstance(judged, Refusal) else then(books, judged)
    if isinstance(done, Refusal):
        raise done  # here, not in there: that the try failed, or that the code is used up, must be kept
    return done


def _unwrapped(row: StaffRow | None, passphrase: str) -> HolderKey | None:
    try:
        if row is None:
            refuse_unknown(passphrase)
        return unwrap_with_passphrase(row.key_wrapped, passphrase, staff_context(row.person_id))
    except WrongPassphrase:
        return None


def _judge(books: Books, seen: StaffRow, key: HolderKey | None, step: int | None) -> Proven | Refusal:
    """Judge one try under the row's lock, so that of many at once each is judged after the one before it.

    A key replaced between the two transactions is not the one that was opened: that counts as a failure.
    """
    locked = staff.lock(books, seen.person_id)
    kept = locked or seen
    waits = kept.not_before is not None and books.wall < kept.not_before
    fresh = step is not None and (kept.last_totp_step is None or step > kept.last_totp_step)
    same = locked is not None and locked.key_wrapped == seen.key_wrapped
    if key is None or step is None or not same or waits or not fresh:
        failures = kept.failures if waits else kept.failures + 1
        staff.failed(books, kept.person_id, failures, kept.not_before if waits else books.wall + delay_after(failures))
        return SignInRefused(seconds=int(LONGEST_DELAY.total_seconds()))
    staff.succeeded(books, kept.person_id, step)
    person, roles = people.person(books, kept.person_id), roles_at_desk(books, kept.person_id)
    if person is None or not roles:
        return NoOfficeToday()
    return Proven(person.id, person.name, person.language, roles, key)


def _begin_session(books: Books, proven: Proven) -> SignedIn:
    cookie, session = Secret.random(), uuid4()
    accounts.end_stale(books, proven.person, made_before=books.wall - LONGEST, seen_before=books.wall - IDLE)
    wrapped = wrap_for_session(proven.key, cookie, session_context(session))
    row = SessionRow(session_locator(cookie), session, proven.person, books.wall, books.wall, wrapped)
    accounts.begin_session(books, row)
    return SignedIn(proven.person, proven.name, proven.language, proven.roles, cookie)


def _decoy(desk_key: Secret) -> StaffRow:
    """A row that nobody has: an unknown name is judged by it, with the same work as a known one (S07)."""
    nobody = uuid4()
    sealed = seal_totp(desk_key, Secret.random(SECRET_BYTES), totp_context(nobody))
    return StaffRow(nobody, "", b"", sealed)


@contextmanager
def turn() -> Iterator[None]:
    """A place in the line of those for whom a passphrase is worked on. Raises TooManySignIns."""
    if not _LINE.acquire(blocking=False):
        raise TooManySignIns()
    try:
        yield
    finally:
        _LINE.release()
