"""Asking to see who somebody is, where a custodian guards it; answering, and what comes of it. She reads a row of everything.

Asking takes a seat; answering takes the office of custodian and a copy. An approval is the inner box of that copy, sealed again
in the custodian's session to whoever asked, until a day. A request that nobody answers lapses; an approval that is over has no
key any more. What is urgent is asked in the same way and stands first: there is no way round.
"""

import json
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import ClassVar, Final
from uuid import UUID, uuid4

from pydantic import SecretStr

from actions.choosing import require_among
from actions.custody import NoCustodian, custodians, note_request, rules_of
from actions.desk import write_down
from actions.desk_acting import act
from actions.kernel.actor import Actor
from actions.kernel.callers import DeskPerson
from actions.kernel.watching import Subject
from actions.of_the_office import require_of_the_office
from actions.office import Office
from actions.replays import Answer, Repeatable, once
from actions.sealing import trusted_keys, write_text, writing_epoch
from policies.identity import CustodianRules
from policies.refusal import Refusal
from records import comers, identities, sealed
from records.books import Books
from records.identities import ANSWER, APPROVED, REFUSED, WAITING, CopyRow, GrantRow, RequestRow
from records.ledger import store
from records.matters import Matter, NotFound
from records.sealed import IdentityRow
from records.vault import (
    IDENTITY_REASON,
    Author,
    Custody,
    PublicKey,
    Visibility,
    answer_context,
    approve,
    copy_context,
    custody_grant_context,
    open_copy,
    reason_context,
    require_signed,
    seal_to,
)

READ: Final = "read"
"""Whoever may read a matter by a seat may ask who she is."""
ANSWERING: Final = "answer_identity_request"
"""What a refusal calls the act."""


class IdentityNotGiven(Refusal):
    """She did not say who she is; or of several people of a matter, this is none of them."""

    code: ClassVar[str] = "identity_not_given"


class IdentityNotGuarded(Refusal):
    """No custodian guards it: it was told before there was one, and whoever has a seat opens it."""

    code: ClassVar[str] = "identity_not_guarded"


class IdentityAskedAlready(Refusal):
    """A request of the same person waits. `since`: the day it was made; `until`: the last day on which it can be answered."""

    code: ClassVar[str] = "identity_asked_already"


class IdentityStillOpen(Refusal):
    """An approval for the same person still holds, through the day `until`."""

    code: ClassVar[str] = "identity_still_open"


class RequestAnswered(Refusal):
    """Somebody answered it already, or it was given up. `status` is what came of it."""

    code: ClassVar[str] = "request_answered"


class RequestLapsed(Refusal):
    """Its last day, `day`, has passed. Whoever needs it asks again."""

    code: ClassVar[str] = "request_lapsed"


class CustodianHasSeats(Refusal):
    """Who holds an office that can have seats in cases answers no request while they hold it."""

    code: ClassVar[str] = "custodian_has_seats"
    status: ClassVar[int] = 403


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asks: why, as a code of the pack and in words; of several who came, about the one of this number."""

    why: str
    words: SecretStr = field(repr=False)
    urgent: bool = False
    person: int = 1


def ask(
    office: Office,
    kind: str,
    matter_id: UUID,
    wanted: Wanted,
    *,
    by: DeskPerson,
    version: int | None = None,
    request: Repeatable | None = None,
) -> Matter:
    """Ask to see who she is. Raises NotFound, StaleVersion, NoCustodian, NotInList, IdentityNotGiven, IdentityNotGuarded,
    IdentityAskedAlready, IdentityStillOpen, KeyReused; then nothing was written.
    """

    def do(books: Books, actor: Actor, subject: Subject) -> Matter:
        rules = rules_of(books)
        if rules is None:
            raise NoCustodian()
        require_among("why", wanted.why, rules.reasons)
        copy = _guarded(books, matter_id, wanted.person)
        _require_fresh(books, matter_id, copy.identity_id, by.person)
        row = _asked(books, subject, copy, wanted, actor, rules)
        facts: dict[str, str | int | date] = {"request": str(row.id), "urgent": int(row.urgent), "until": row.lapses_on}
        return write_down(books, subject.matter, "identity_asked", actor, facts)

    return act(office, kind, matter_id, do, may=READ, by=by, version=version, request=request)


def of_number(books: Books, matter_id: UUID, person: int) -> IdentityRow | None:
    """Who somebody is who came, by the number they have in a matter; None: there is no such person, or they did not say."""
    comer = next((one.id for one in comers.of_matter(books, matter_id) if one.number == person), None)
    return next((row for row in sealed.identities(books, matter_id) if row.comer_id == comer), None)


def _guarded(books: Books, matter_id: UUID, person: int) -> CopyRow:
    """A copy of the identity that is meant; any of them says what reasons are sealed to."""
    row = of_number(books, matter_id, person)
    if row is None:
        raise IdentityNotGiven()
    copies = [copy for copy in identities.copies(books, [matter_id]) if copy.identity_id == row.id]
    if not copies:
        raise IdentityNotGuarded()
    return copies[0]


def _require_fresh(books: Books, matter_id: UUID, identity: UUID, person: UUID) -> None:
    """Nothing of theirs waits, and nothing they were given still holds. What waited too long is over first."""
    waits = [row for row in identities.requests_of(books, matter_id) if row.asked_by == person and row.status == WAITING]
    for row in [row for row in waits if row.identity_id == identity]:
        if row.lapses_on >= books.today:
            raise IdentityAskedAlready(since=row.asked_on, until=row.lapses_on)
        identities.lapse(books, [row.id])
        note_request(books, row, "lapsed", None)
    for grant in identities.live_grants(books, matter_id, person):
        if grant.identity_id == identity:
            raise IdentityStillOpen(until=grant.until_on)


def _asked(books: Books, subject: Subject, copy: CopyRow, wanted: Wanted, actor: Actor, rules: CustodianRules) -> RequestRow:
    matter = subject.matter
    epoch, made, person = writing_epoch(books, matter.id, actor), uuid4(), actor.person
    if person is None:
        raise NotFound()
    told = _words(wanted.why, wanted.words)
    text = write_text(
        books, matter.id, epoch, IDENTITY_REASON, told, author=Author.OFFICE, visibility=Visibility.OFFICE, by=person
    )
    row = RequestRow(
        id=made,
        identity_id=copy.identity_id,
        matter_id=matter.id,
        asked_by=person,
        asked_on=books.today,
        urgent=wanted.urgent,
        lapses_on=books.today + timedelta(days=rules.lapses_after),
        text_id=text,
        epoch=epoch.number,
        public=epoch.pair.public.raw,
        in_ledger=store.keeps(books, matter),
        status=WAITING,
    )
    identities.ask(books, row, seal_to(PublicKey(copy.public), told.encode(), reason_context(made, matter.id)))
    return row


def grant(office: Office, request_id: UUID, *, by: DeskPerson, request: Repeatable | None = None) -> date:
    """Let whoever asked see who she is, through the day that is returned.

    Raises NoCustodian, NotAllowed, KeyNotSigned, CustodianHasSeats, NotFound, RequestAnswered, RequestLapsed, UnsignedKey,
    KeyReused; then nothing was written.
    """
    with office.open() as books:
        by.enter(books, None)
        asked = _held(books, request_id)
        rules = require_custodian(books, by)

        def first() -> Answer:
            _require_waiting(books, asked)
            until = books.today + timedelta(days=rules.days)
            reader = require_signed(asked.asked_by, trusted_keys(books))
            copy = _copy(books, asked, by)
            place = custody_grant_context(asked.id, asked.matter_id, copy.epoch)
            box = approve(_custody(copy, by), reader, place)
            given = GrantRow(asked.id, asked.identity_id, asked.matter_id, asked.asked_by, place.epoch, until, box)
            identities.answer(books, asked.id, APPROVED, by.person, until)
            identities.grant(books, given)
            note_request(books, asked, "approved", by.person, {"until": until})
            return {"until": until.isoformat()}

        return date.fromisoformat(once(books, request, first, by=by.person)["until"])


def refuse(
    office: Office, request_id: UUID, why: str, words: SecretStr, *, by: DeskPerson, request: Repeatable | None = None
) -> None:
    """Say no, and why: sealed to the case, which the custodian cannot read. Raises as `grant`, and NotInList."""
    with office.open() as books:
        by.enter(books, None)
        asked = _held(books, request_id)
        rules = require_custodian(books, by)

        def first() -> Answer:
            require_among("why", why, rules.refusals)
            _require_waiting(books, asked)
            place = answer_context(asked.id, asked.matter_id, asked.epoch)
            identities.answer(books, asked.id, REFUSED, by.person)
            identities.add_words(books, asked, ANSWER, seal_to(PublicKey(asked.public), _words(why, words).encode(), place))
            note_request(books, asked, "refused", by.person)
            return {}

        once(books, request, first, by=by.person)


def require_known(office: Office, request_id: UUID, *, by: DeskPerson) -> None:
    """Raise NotFound for a request that this person may not know of, also where a house has no custodian."""
    with office.open() as books:
        by.enter(books, None)
        _held(books, request_id)


def require_custodian(books: Books, by: DeskPerson) -> CustodianRules:
    """Let a custodian of today pass. Raises NoCustodian, NotAllowed, KeyNotSigned, CustodianHasSeats."""
    rules = rules_of(books)
    if rules is None:
        raise NoCustodian()
    require_of_the_office(books, by, (rules.role,), ANSWERING)
    if by.person not in {one.person for one in custodians(books)}:
        raise CustodianHasSeats()
    return rules


def _held(books: Books, request_id: UUID) -> RequestRow:
    row = identities.lock_request(books, request_id)
    if row is None:
        raise NotFound()
    return row


def _require_waiting(books: Books, row: RequestRow) -> None:
    if row.status != WAITING:
        raise RequestAnswered(status=row.status)
    if row.lapses_on < books.today:
        raise RequestLapsed(day=row.lapses_on)


def _copy(books: Books, row: RequestRow, by: DeskPerson) -> CopyRow:
    for copy in identities.held_by(books, by.person):
        if copy.identity_id == row.identity_id:
            return copy
    raise NotFound()


def _custody(copy: CopyRow, by: DeskPerson) -> Custody:
    return open_copy(by.pair, copy.key_sealed or b"", copy_context(copy.id, copy.matter_id, copy.epoch))


def _words(why: str, words: SecretStr) -> str:
    return json.dumps({"why": why, "words": words.get_secret_value()}, ensure_ascii=False)
