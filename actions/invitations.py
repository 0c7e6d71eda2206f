"""Inviting somebody to set up their own key: who is invited, to which offices, until when; and what still waits.

Whoever invites says the code to the newcomer; it is kept nowhere. Nothing is sealed to a key before it is signed
(`actions/signing_keys.py`), and nobody is a person of this house before that either.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import ClassVar, Final
from uuid import UUID, uuid4

from actions.desk_sessions import server_key
from actions.kernel.actor import NotAllowed
from actions.kernel.callers import DeskPerson
from actions.key_holders import known_as, offices_for, require_login
from actions.keys import MayNotEnrol, Signer, enter, require_enrolling
from actions.office import Office
from actions.sealing import trusted_keys
from policies.refusal import Refusal
from policies.rules import Invitations
from records import invitations, people
from records.books import Books
from records.invitations import InvitationRow
from records.matters import NotFound
from records.vault import code_locator, key_digits, new_code

INVITE: Final = "invite"
"""What a refusal calls the act."""


class NoInvitations(Refusal):
    """The pack of this house has no rule for inviting: keys are made on the command line."""

    code: ClassVar[str] = "no_invitations"


class OfficeNotInvitedHere(Refusal):
    """Nobody is invited to this office at the desk; it is given on the command line."""

    code: ClassVar[str] = "office_not_invited_here"
    status: ClassVar[int] = 422


@dataclass(frozen=True, slots=True)
class Invited:
    """Who is to set up a key. `from_on` None: today. `enrols`, `renew`: as of `keys.Newcomer`; never at the desk."""

    name: str
    login: str
    roles: tuple[str, ...] = ()
    mail: str | None = None
    language: str = "en"
    from_on: date | None = None
    until_on: date | None = None
    enrols: bool = False
    renew: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """A new invitation. `code` is shown once; `expires` is wall time."""

    id: UUID
    code: str = field(repr=False)
    expires: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """An invitation that is good. `fingerprint` None: nobody has set up a key by it; else its key waits to be signed.

    `invited_by` None: whoever brought the papers.
    """

    id: UUID
    name: str
    login: str
    roles: tuple[str, ...]
    since: date
    until: date | None
    expires: datetime
    invited_by: str | None
    fingerprint: str | None


@dataclass(frozen=True, slots=True)
class Pending:
    """What waits, and the offices that one may be invited to at the desk."""

    invitations: tuple[Waiting, ...]
    offices: tuple[str, ...]


def invite(office: Office, invited: Invited, *, by: DeskPerson) -> Made:
    """Invite somebody at the desk. One for the same login that was not signed is void from now on.

    Raises NoInvitations, NotAllowed, MayNotEnrol, OfficeNotInvitedHere, and as `invite_with`; then nothing was written.
    """
    with office.open() as books:
        rules = require_permitted(books, by)
        own = trusted_keys(books).get(by.person)
        if own is None or own.box != by.pair.public or not own.enrols or invited.enrols or invited.renew:
            raise MayNotEnrol()
        if not set(invited.roles) <= set(rules.offices):
            raise OfficeNotInvitedHere(offices=", ".join(rules.offices))
        return _invite(office, books, invited, by.person)


def invite_with(office: Office, invited: Invited, signer: Signer) -> Made:
    """Invite somebody with the papers, or as a holder who has just proved who they are.

    Raises MayNotEnrol, NoInvitations, EnrolledAlready, NobodyCalled, LoginTaken, BadLogin, UnknownRole, PostTaken,
    DatesBackwards, NoCeremony; then nothing was written.
    """
    with office.open() as books:
        require_enrolling(books, signer, trusted_keys(books))
        if invited.enrols and signer.person is not None:
            raise MayNotEnrol()
        return _invite(office, books, invited, signer.person)


def pending(office: Office, *, by: DeskPerson) -> Pending:
    """What waits, for who may invite. Raises NoInvitations, NotAllowed."""
    with office.open() as books:
        rules = require_permitted(books, by)
        return Pending(_waiting(books), rules.offices)


def waiting(office: Office) -> tuple[Waiting, ...]:
    """What waits, for whoever operates the house."""
    with office.open() as books:
        return _waiting(books)


def withdraw(office: Office, invitation: UUID, *, by: DeskPerson) -> None:
    """Take an invitation back, and with it a key that was not signed. Raises NotFound."""
    with office.open() as books:
        row = require_invitation(books, invitation, by)
        invitations.remove(books, row.id)
        enter(books, "keys.invitation_withdrawn", {"person": str(row.person_id), "by": str(by.person)})


def require_asked(office: Office, invitation: UUID, *, by: DeskPerson) -> None:
    """Raise NotFound unless there is this invitation and this person may invite."""
    with office.open() as books:
        require_invitation(books, invitation, by)


def require_invitation(books: Books, invitation: UUID, by: DeskPerson) -> InvitationRow:
    """The invitation, locked. Raises NotFound, also for who may not invite: to them none is known."""
    try:
        require_permitted(books, by)
    except (NoInvitations, NotAllowed):
        raise NotFound() from None
    row = invitations.lock(books, invitation)
    if row is None:
        raise NotFound()
    return row


def require_permitted(books: Books, by: DeskPerson) -> Invitations:
    """The rule of the house, for somebody who may invite at the desk. Raises NoInvitations, NotAllowed."""
    rules = rule(books)
    if not people.roles_of(books, by.person, books.today) & set(rules.by):
        raise NotAllowed("", INVITE, tuple(f"{role}:any" for role in rules.by))
    return rules


def rule(books: Books) -> Invitations:
    """The rule of the house. Raises NoInvitations."""
    rules = books.pack.house.invitations
    if rules is None:
        raise NoInvitations()
    return rules


def lifetime(books: Books) -> datetime:
    """Until when an invitation made now is good, and a key set up now waits. Wall time."""
    return books.wall + timedelta(days=rule(books).days)


def digits_of(row: InvitationRow) -> str | None:
    """The digits of the key that waits; None: there is none yet."""
    return None if row.box is None or row.verify is None else key_digits(row.person_id, row.box, row.verify)


def _invite(office: Office, books: Books, invited: Invited, by: UUID | None) -> Made:
    known = known_as(books, invited.name, renew=invited.renew)
    person, login, since = known or uuid4(), invited.login.lower(), invited.from_on or books.today
    require_login(books, login, known)
    offices_for(books, person, invited.roles, since, invited.until_on)
    code, expires = new_code(), lifetime(books)
    row = InvitationRow(
        id=uuid4(),
        code_hash=code_locator(code, server_key(office)),
        person_id=person,
        name=invited.name,
        login=login,
        mail=invited.mail,
        language=invited.language,
        roles=tuple(dict.fromkeys(invited.roles)),
        from_on=since,
        until_on=invited.until_on,
        enrols=invited.enrols,
        renew=invited.renew,
        invited_by=by,
        expires_at=expires,
    )
    invitations.add(books, row)
    enter(books, "keys.invited", {"person": str(person)} | _who(by))
    return Made(row.id, code, expires)


def _waiting(books: Books) -> tuple[Waiting, ...]:
    rows = invitations.waiting(books)
    names = people.names(books, [row.invited_by for row in rows if row.invited_by is not None])
    return tuple(_told(row, names) for row in rows)


def _told(row: InvitationRow, names: Mapping[UUID, str]) -> Waiting:
    return Waiting(
        id=row.id,
        name=row.name,
        login=row.login,
        roles=row.roles,
        since=row.from_on,
        until=row.until_on,
        expires=row.expires_at,
        invited_by=None if row.invited_by is None else names[row.invited_by],
        fingerprint=digits_of(row),
    )


def _who(by: UUID | None) -> dict[str, str]:
    return {} if by is None else {"by": str(by)}
