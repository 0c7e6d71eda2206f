"""People, their offices and their absences: what an operator writes down, and what a person may write down at a door."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Final
from uuid import UUID, uuid4

from actions.kernel.actor import NotAllowed
from actions.office import Office
from actions.replays import Answer, Repeatable, once
from actions.sessions import new_totp
from policies.refusal import Refusal
from records import accounts, passphrases, people, rosters
from records.accounts import AccountRow
from records.books import Books
from records.ledger import Entry, store
from records.people import PersonRow
from records.vault.secret import Secret
from states.ladders import Roster

DOORS_OF: Final[Mapping[str, frozenset[str]]] = {
    "house": frozenset({"council"}),
    "ombuds": frozenset({"intake", "desk"}),
}
"""The doors that open each database: a person whose offices are at both has an account in each."""
ABSENCE: Final = ("absent:self", "overseer:any")
"""Who may write down that somebody is away, written as the grants of a policy are."""
_LOGIN: Final = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")
"""Letters that every keyboard has, so that two logins that look alike are alike."""
SHORTEST: Final = 12
"""Characters of a passphrase. NIST SP 800-63B-4 asks for 8 beside a second factor; default of this product."""


class _Wrong(Refusal):
    """What was asked for cannot be written down. Nothing was."""

    status: ClassVar[int] = 422


class UnknownRole(_Wrong):
    """No such office in this house, or none whose door opens this database."""

    code: ClassVar[str] = "unknown_role"


class LoginTaken(_Wrong):
    """Somebody signs in by this name."""

    code: ClassVar[str] = "login_taken"


class BadLogin(_Wrong):
    """Not something one can type at every keyboard."""

    code: ClassVar[str] = "bad_login"


class PassphraseTooShort(_Wrong):
    """Too easily guessed."""

    code: ClassVar[str] = "passphrase_too_short"


class DatesBackwards(_Wrong):
    """The end is not after the beginning."""

    code: ClassVar[str] = "dates_backwards"


class PostTaken(_Wrong):
    """The policy lets only so many people hold this office at once."""

    code: ClassVar[str] = "post_taken"


class NobodyCalled(_Wrong):
    """Nobody has this login or this name, or more than one person has this name."""

    code: ClassVar[str] = "nobody_called"


class NotInThatOffice(_Wrong):
    """The person does not hold this office on that day."""

    code: ClassVar[str] = "not_in_that_office"


class NotAway(_Wrong):
    """There is no absence to end."""

    code: ClassVar[str] = "not_away"


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who is to be added. `login` is what they sign in by; `from_on` None means today."""

    name: str
    roles: tuple[str, ...]
    login: str
    passphrase: str = field(repr=False)
    mail: str | None = None
    language: str = "en"
    from_on: date | None = None


@dataclass(frozen=True, slots=True)
class Enrolled:
    """Who was added, and the address to show to their authenticator once; it is kept nowhere."""

    person: UUID
    totp_address: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Listed:
    """One person as the operator sees them: offices with their days, and whether they are away today."""

    id: UUID
    name: str
    login: str | None
    offices: tuple[rosters.OfficeRow, ...]
    away: bool


def add(office: Office, newcomer: Newcomer, server_key: Secret) -> Enrolled:
    """Add a person with an account and their offices.

    Raises UnknownRole, PostTaken, LoginTaken, BadLogin, PassphraseTooShort, PassphraseTooLong; then nothing was written.
    """
    login = newcomer.login.lower()
    if not _LOGIN.fullmatch(login):
        raise BadLogin()
    if len(newcomer.passphrase) < SHORTEST:
        raise PassphraseTooShort(least=SHORTEST)
    kept = passphrases.keep(newcomer.passphrase)
    person = uuid4()
    sealed, address = new_totp(server_key, person, login)
    with office.open() as books:
        if accounts.by_login(books, login) is not None:
            raise LoginTaken()
        people.add_person(books, PersonRow(person, newcomer.name, newcomer.mail, newcomer.language))
        accounts.add(books, AccountRow(person, login, kept, sealed))
        _enter(books, "person.added", person)
        for role in dict.fromkeys(newcomer.roles):
            _appoint(books, person, role, newcomer.from_on or books.today, None)
    return Enrolled(person, address)


def appoint(office: Office, who: str, role: str, *, from_on: date | None = None, until_on: date | None = None) -> None:
    """Put a person into an office, from today or `from_on` until (not including) a day.

    Raises NobodyCalled, UnknownRole, DatesBackwards, PostTaken.
    """
    with office.open() as books:
        _appoint(books, _find(books, who), role, from_on or books.today, until_on)


def end(office: Office, who: str, role: str, *, on: date | None = None) -> None:
    """End a person's appointment: today, or `on`, is the first day they hold the office no longer.

    Raises NobodyCalled, NotInThatOffice.
    """
    with office.open() as books:
        person, last = _find(books, who), on or books.today
        if not rosters.end_appointment(books, person, role, last):
            raise NotInThatOffice(role=role, day=last)
        _enter(books, "person.released", person, {"role": role, "until": last})


def away(office: Office, who: str, *, from_on: date | None = None, until_on: date | None = None) -> None:
    """Write down that a person is away. Raises NobodyCalled, DatesBackwards."""
    with office.open() as books:
        _absent(books, _find(books, who), from_on or books.today, until_on, by=None)


def back(office: Office, who: str) -> None:
    """Write down that a person is back today. Raises NobodyCalled, NotAway."""
    with office.open() as books:
        _present(books, _find(books, who), by=None)


def record_absence(
    office: Office,
    *,
    by: UUID,
    person: UUID | None = None,
    from_on: date | None = None,
    until_on: date | None = None,
    request: Repeatable | None = None,
) -> None:
    """A person writes down that they, or somebody they oversee, are away; the ladders take it from there.

    With `request`, once however often that comes. Raises DatesBackwards, KeyReused, and NotAllowed for anybody else, also if
    there is no such person.
    """
    with office.open() as books:
        absent = person or by
        if absent != by and not _oversees(books, by, absent):
            raise NotAllowed("", "absence", ABSENCE)

        def first() -> Answer:
            _absent(books, absent, from_on or books.today, until_on, by=by)
            return {}

        once(books, request, first, by=by)


def record_return(office: Office, *, by: UUID, request: Repeatable | None = None) -> None:
    """A person writes down that they are back today; with `request`, once. Raises NotAway, KeyReused."""
    with office.open() as books:

        def first() -> Answer:
            _present(books, by, by=by)
            return {}

        once(books, request, first, by=by)


def everybody(office: Office) -> Sequence[Listed]:
    """Everybody who was ever added, by name."""
    with office.open() as books:
        found = rosters.everybody(books)
        ids = [person.id for person in found]
        logins, offices = accounts.logins(books, ids), rosters.offices(books, ids)
        gone = rosters.away_on(books, books.today)
        return [
            Listed(each.id, each.name, logins.get(each.id), tuple(offices.get(each.id, ())), each.id in gone) for each in found
        ]


def person_called(office: Office, who: str) -> UUID:
    """The person with this login, else the only one with this name. Raises NobodyCalled."""
    with office.open() as books:
        return _find(books, who)


def _find(books: Books, who: str) -> UUID:
    """The person with this login, else the only one with this name."""
    account = accounts.by_login(books, who.lower())
    if account is not None:
        return account.person_id
    named = [person.id for person in rosters.everybody(books) if person.name == who]
    if len(named) != 1:
        raise NobodyCalled(found=len(named))
    return named[0]


def _appoint(books: Books, person: UUID, role: str, from_on: date, until_on: date | None) -> None:
    roles = books.pack.house.roles
    known = sorted(name for name, each in roles.items() if each.door in DOORS_OF[books.database])
    if role not in known:
        raise UnknownRole(known=", ".join(known))
    _in_order(from_on, until_on)
    most = roles[role].most
    if most is not None and rosters.holders(books, role, from_on, until_on) >= most:
        raise PostTaken(role=role, most=most)
    people.appoint(books, uuid4(), person, role, from_on, until_on)
    _enter(books, "person.appointed", person, {"role": role} | _days(from_on, until_on))


def _absent(books: Books, person: UUID, from_on: date, until_on: date | None, *, by: UUID | None) -> None:
    _in_order(from_on, until_on)
    people.record_absence(books, uuid4(), person, from_on, until_on)
    _enter(books, "absence.recorded", person, _days(from_on, until_on), by=by)


def _present(books: Books, person: UUID, *, by: UUID | None) -> None:
    if not people.end_absence(books, person, books.today):
        raise NotAway()
    _enter(books, "absence.ended", person, by=by)


def _oversees(books: Books, over: UUID, person: UUID) -> bool:
    chain = Roster((), books.pack.house.roles)
    mine = people.roles_of(books, over, books.today)
    return any(mine & set(chain.overseers(role)) for role in people.roles_of(books, person, books.today))


def _in_order(from_on: date, until_on: date | None) -> None:
    if until_on is not None and until_on <= from_on:
        raise DatesBackwards(since=from_on, until=until_on)


def _days(from_on: date, until_on: date | None) -> dict[str, str | date]:
    days = {"since": from_on, "until": until_on}
    return {name: day for name, day in days.items() if day is not None}


def _enter(
    books: Books, what: str, person: UUID, facts: Mapping[str, str | date] | None = None, *, by: UUID | None = None
) -> None:
    entry = Entry(books.today, what, None, str(by) if by else None, {"person": str(person), **(facts or {})})
    store.append(books, entry, None)
