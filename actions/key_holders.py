"""Whom a key is for: somebody new or known, by which login, in which offices. Asked when a key is invited, made and signed."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar
from uuid import UUID

from actions.desk_sessions import DESK, LOGIN
from actions.people import BadLogin, DatesBackwards, LoginTaken, NobodyCalled, PostTaken, UnknownRole
from policies.refusal import Refusal
from records import people, rosters, staff
from records.books import Books


class EnrolledAlready(Refusal):
    """The person has a key. A new one for a lost passphrase is asked for as such."""

    code: ClassVar[str] = "enrolled_already"


def known_as(books: Books, name: str, *, renew: bool) -> UUID | None:
    """The person already here whom a new key is for, or None for somebody new. Raises NobodyCalled, EnrolledAlready."""
    named = staff.named(books, name)
    if len(named) > 1:
        raise NobodyCalled(found=len(named))
    if not named:
        if renew:
            raise NobodyCalled(found=0)
        return None
    if staff.lock(books, named[0]) is not None and not renew:
        raise EnrolledAlready()
    return named[0]


def require_login(books: Books, login: str, person: UUID | None) -> None:
    """Raise BadLogin, or LoginTaken if somebody else signs in by it."""
    if not LOGIN.fullmatch(login):
        raise BadLogin()
    owner = staff.by_login(books, login)
    if owner is not None and owner.person_id != person:
        raise LoginTaken()


def offices_for(books: Books, person: UUID, roles: Sequence[str], from_on: date, until_on: date | None) -> list[str]:
    """Of the offices asked for those to be given: one held on the first day already is left as it is.

    Raises DatesBackwards, UnknownRole (also for nobody's: no office asked for and none held), PostTaken.
    """
    if until_on is not None and until_on <= from_on:
        raise DatesBackwards(since=from_on, until=until_on)
    here = {name: role for name, role in books.pack.house.roles.items() if role.door == DESK}
    held = people.roles_of(books, person, from_on)
    if not set(roles) <= set(here) or not (roles or held & set(here)):
        raise UnknownRole(known=", ".join(here))
    wanted = [name for name in dict.fromkeys(roles) if name not in held]
    for name in wanted:
        most = here[name].most
        if most is not None and rosters.holders(books, name, from_on, until_on) >= most:
            raise PostTaken(role=name, most=most)
    return wanted
