"""The key of somebody to whom letters are served: made by themselves at the council's door, under their passphrase.

The server keeps it wrapped; a session lends it under the secret in the person's cookie, as at the desk. Its public half crosses
to the office with the post and counts only once somebody there has compared its digits with the person and signed it.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final
from uuid import UUID, uuid4

from actions.desk_sessions import turn
from actions.kernel.actor import as_permitted
from actions.keys import enter
from actions.letters import rules_of
from actions.office import Office
from actions.sessions import Door, SignedIn, prove
from policies.refusal import Refusal
from records import accounts, letters, people
from records import addressees as keys
from records.addressees import AddresseeRow, LetterKeyRow
from records.books import Books
from records.letters import PostRow
from records.passphrases import TooManySignIns
from records.vault import (
    MAX_PASSPHRASE,
    HolderKey,
    NotThisRow,
    PassphraseTooLong,
    Unreadable,
    WrongPassphrase,
    new_holder_key,
    session_context,
    session_locator,
    staff_context,
    unwrap_from_session,
    unwrap_with_passphrase,
    wrap_for_session,
    wrap_under_passphrase,
)

LETTERS: Final = "letters"
"""What a refusal calls them."""


class LetterKeyGood(Refusal):
    """The person has a key that counts and that their passphrase opens. A new one would close the letters sealed to it."""

    code: ClassVar[str] = "letter_key_good"


class LetterKeyClosed(Refusal):
    """This session holds no letter key: there is none, it was made after signing in elsewhere, or the passphrase is another."""

    code: ClassVar[str] = "letter_key_closed"


@dataclass(frozen=True, slots=True)
class KeyStanding:
    """One's own key. `digits` None: there is none. `signed_on` None: the office has not told that it signed. `lent`: this session
    opens letters.
    """

    digits: str | None
    made_on: date | None
    signed_on: date | None
    ended_on: date | None
    lent: bool


def is_addressee(office: Office, roles: frozenset[str]) -> bool:
    """Whether one of these roles gets letters."""
    rules = office.shelf.pack.letters
    return rules is not None and rules.addressee in roles


def enter_as_addressee(books: Books, person: UUID) -> None:
    """From here on only what is this person's own is seen. Raises NoLetters, NotAllowed."""
    rules = rules_of(books)
    as_permitted(books, person, LETTERS, "read", [f"{rules.addressee}:any"])
    letters.as_addressee(books, person)


def standing(door: Door, who: SignedIn) -> KeyStanding:
    """How one's own key stands. Raises NoLetters, NotAllowed."""
    with door.office.open() as books:
        enter_as_addressee(books, who.person)
        row, lent = keys.newest(books, who.person), lent_key(books, who) is not None
        if row is None:
            return KeyStanding(None, None, None, None, lent=False)
        return KeyStanding(row.digits, row.made_on, row.signed_on, row.ended_on, lent=lent)


def lend(door: Door, who: SignedIn, passphrase: str) -> None:
    """After signing in: let the session hold the person's letter key, if they have one that this passphrase opens.

    Nobody is kept out by it: without the key everything else at the door works, and the page of letters says what to do.
    """
    if not is_addressee(door.office, who.roles):
        return
    with door.office.open() as books:
        letters.as_addressee(books, who.person)
        row = keys.own(books, who.person)
    try:
        key = None if row is None else _unwrapped(row, passphrase)
    except TooManySignIns:
        return
    if key is not None:
        with door.office.open() as books:
            _lend(books, who, key)


def make_key(door: Door, who: SignedIn, passphrase: str, totp: str) -> str:
    """Make one's letter key under one's own passphrase; return its digits, to be compared with somebody of the office.

    Passphrase and code are those of the account, asked for once more. What was sealed to a key before is closed from now on.
    Raises NoLetters, NotAllowed, PassphraseTooLong, SignInRefused, TooManySignIns, LetterKeyGood.
    """
    if len(passphrase) > MAX_PASSPHRASE:
        raise PassphraseTooLong(limit=MAX_PASSPHRASE)
    with door.office.open() as books:
        enter_as_addressee(books, who.person)
    prove(door, who, passphrase, totp)
    with door.office.open() as books:
        enter_as_addressee(books, who.person)
        own, newest = keys.own(books, who.person), keys.newest(books, who.person)
    if own is not None and newest is not None and newest.ended_on is None and _unwrapped(own, passphrase) is not None:
        raise LetterKeyGood()
    fresh = new_holder_key()
    with turn():
        # Between two transactions: half a second of hashing must hold neither a connection nor a row.
        wrapped = wrap_under_passphrase(fresh, passphrase, staff_context(who.person))
    with door.office.open() as books:
        enter_as_addressee(books, who.person)
        row = _public(books, who, fresh)
        keys.keep_own(books, LetterKeyRow(who.person, row.serial, wrapped))
        keys.add(books, row)
        letters.post(books, PostRow(uuid4(), letters.KEY, who.person, books.today, told=_told(row)))
        _lend(books, who, fresh)
        enter(books, "letters.key_made", {"person": str(who.person), "serial": row.serial})
        return row.digits


def lent_key(books: Books, who: SignedIn) -> HolderKey | None:
    """The key this session holds; None: none, or none that its secret opens."""
    found = accounts.session(books, session_locator(who.secret), books.today)
    if found is None or found[0].key_wrapped is None:
        return None
    try:
        return unwrap_from_session(found[0].key_wrapped, who.secret, session_context(found[0].id))
    except (NotThisRow, Unreadable):
        return None  # the row was tampered with: it lends nobody anything


def require_key(books: Books, who: SignedIn) -> HolderKey:
    """The same. Raises LetterKeyClosed."""
    key = lent_key(books, who)
    if key is None:
        raise LetterKeyClosed()
    return key


def _unwrapped(row: LetterKeyRow, passphrase: str) -> HolderKey | None:
    """The key, or None for another passphrase. Raises TooManySignIns."""
    try:
        with turn():
            return unwrap_with_passphrase(row.key_wrapped, passphrase, staff_context(row.person_id))
    except (WrongPassphrase, Unreadable):
        return None


def _lend(books: Books, who: SignedIn, key: HolderKey) -> None:
    found = accounts.session(books, session_locator(who.secret), books.today)
    if found is not None:
        session = found[0]
        accounts.lend_key(books, session.token_hash, wrap_for_session(key, who.secret, session_context(session.id)))


def _public(books: Books, who: SignedIn, key: HolderKey) -> AddresseeRow:
    newest, rules = keys.newest(books, who.person), rules_of(books)
    held = people.roles_of(books, who.person, books.today)
    offices = [name for name in books.pack.house.roles if name in held and name != rules.addressee]
    return AddresseeRow(
        person_id=who.person,
        serial=1 if newest is None else newest.serial + 1,
        name=who.name,
        office=offices[0] if offices else rules.addressee,
        language=who.language,
        box=key.box.public.raw,
        verify=key.verify,
        made_on=books.today,
    )


def _told(row: AddresseeRow) -> dict[str, str | int]:
    return {
        "serial": row.serial,
        "name": row.name,
        "office": row.office,
        "language": row.language,
        "box": row.box.hex(),
        "verify": row.verify.hex(),
    }
