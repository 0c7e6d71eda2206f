"""What everybody sees of requests about who somebody is: the custodian, whoever has a seat, and she herself.

The custodian reads an opaque number, a day, who asks and why; nothing of the case. Whoever has a seat reads what was asked in it
and what was answered. She reads on which days her office asked, what came of it, and when it was opened.
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from actions.custody import guardians, rules_of
from actions.desk import enter
from actions.identity_requests import of_number, require_custodian
from actions.kernel.actor import Actor
from actions.kernel.callers import DeskPerson
from actions.looking import Named
from actions.office import Office
from actions.sealing import Reader
from policies.said import Fact, Said
from records import desk, identities, people, sealed
from records.books import Books
from records.identities import ANSWER, LAPSED, REASON, WAITING, RequestRow
from records.sealed import IdentityRow
from records.vault import (
    IDENTITY_REASON,
    IdentityKey,
    answer_context,
    copy_context,
    custody_grant_context,
    grant_context,
    open_approved,
    open_box,
    open_copy,
    open_grant,
    reason_context,
)


@dataclass(frozen=True, slots=True)
class Why:
    """A reason: a code of the pack, and words."""

    code: str
    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request. `status` is as of today; `until`: the last day of an approval; `answer` None: none that this person reads."""

    id: UUID
    by: Named
    on: date
    urgent: bool
    lapses_on: date
    status: str
    reason: Why
    answered_by: Named | None = None
    answered_on: date | None = None
    until: date | None = None
    answer: Why | None = None
    opened_on: tuple[date, ...] = ()

    @property
    def number(self) -> str:
        """What it is called where nothing else of the case may be told."""
        return self.id.hex[:8].upper()


@dataclass(frozen=True, slots=True)
class Guarded:
    """How the identity in one matter stands. `by` None: no custodian guards it; `open_now`: this person can open it today."""

    given: bool
    by: tuple[str, ...] | None
    open_now: bool
    reasons: tuple[str, ...]
    requests: tuple[Asked, ...]

    @property
    def askable(self) -> bool:
        """Whether this person can ask for it."""
        return self.given and self.by is not None and not self.open_now and bool(self.reasons)


@dataclass(frozen=True, slots=True)
class Told:
    """Something of it that she reads, on its day."""

    on: date
    said: Said


def waiting_for(office: Office, *, by: DeskPerson) -> tuple[tuple[Asked, ...], tuple[str, ...]]:
    """All requests about identities that this custodian holds, urgent ones first, and with what one can be refused.

    Raises NoCustodian, NotAllowed, KeyNotSigned, CustodianHasSeats.
    """
    with office.open() as books:
        rules = require_custodian(books, by)
        held = {row.identity_id: row for row in identities.held_by(books, by.person)}
        rows = identities.requests_for(books, held)
        reasons = identities.words(books, [row.id for row in rows], REASON)
        names = _names(books, rows)
        found = []
        for row in rows:
            copy = held[row.identity_id]
            custody = open_copy(by.pair, copy.key_sealed or b"", copy_context(copy.id, copy.matter_id, copy.epoch))
            told = open_box(custody.pair, reasons[row.id], reason_context(row.id, row.matter_id))
            found.append(_asked(books, row, names, _why(told.decode())))
        return tuple(found), rules.refusals


def guarded_in(office: Office, kind: str, matter_id: UUID, *, by: DeskPerson, person: int = 1) -> Guarded:
    """Who guards the identity in a matter, of several who came that of the one of this number, and every request there was.

    Raises NotFound.
    """
    with office.open() as books:
        actor, _ = enter(office, books, kind, matter_id, by)
        rules, identity = rules_of(books), of_number(books, matter_id, person)
        if identity is None:
            return Guarded(given=False, by=None, open_now=False, reasons=(), requests=())
        names = guardians(books, matter_id, [identity.id])
        rows = [row for row in identities.requests_of(books, matter_id) if row.identity_id == identity.id]
        grants = [one for one in identities.live_grants(books, matter_id, by.person) if one.identity_id == identity.id]
        return Guarded(
            given=True,
            by=names,
            open_now=bool(grants) if names is not None else desk.identity_key(books, matter_id, by.person) is not None,
            reasons=rules.reasons if rules else (),
            requests=tuple(_with_words(books, matter_id, rows, actor)) if rows else (),
        )


def key_to(books: Books, row: IdentityRow, actor: Actor) -> IdentityKey | None:
    """The key to who somebody is: the seat's, or by an approval that holds today, and then that it was opened is written down.

    None: this person has none. Raises NotThisRow or Unreadable for bytes that were moved or damaged.
    """
    if actor.person is None or actor.pair is None:
        return None
    if not identities.is_guarded(books, row.id):
        held = desk.identity_key(books, row.matter_id, actor.person)
        return open_grant(actor.pair, held[1], grant_context(held[0], row.matter_id)) if held else None
    for grant in identities.live_grants(books, row.matter_id, actor.person):
        if grant.identity_id == row.id and grant.key_sealed is not None:
            case = Reader(books, row.matter_id, actor).epoch(grant.epoch).pair
            place = custody_grant_context(grant.request_id, row.matter_id, grant.epoch)
            key = open_approved(actor.pair, grant.key_sealed, place, case, row.id, row.matter_id)
            identities.opened(books, grant)
            return key
    return None


def hers(books: Books, matter_id: UUID, comer: UUID | None) -> set[UUID]:
    """The identities in a matter of whoever came, who may be one of several."""
    return {row.id for row in sealed.identities(books, matter_id) if row.comer_id == comer}


def told_to_her(books: Books, matter_id: UUID, reader: Reader, of: Collection[UUID]) -> tuple[Told, ...]:
    """On which days her office asked who she is, why, what came of it, and when it was opened; oldest first."""
    rows = [row for row in identities.requests_of(books, matter_id) if row.identity_id in of]
    if not rows:
        return ()
    whys, names, days = _reasons(books, matter_id, reader), _names(books, rows), identities.openings(books, matter_id)
    told = [one for row in rows for one in _of_request(books, row, names, whys[row.text_id].code, days.get(row.id, ()))]
    return tuple(sorted(told, key=lambda one: one.on))


def requests_told(books: Books, matter_id: UUID) -> Iterator[tuple[date, str, RequestRow, UUID | None]]:
    """What history says of requests: the day, what, which request, and who did it."""
    for row in identities.requests_of(books, matter_id):
        yield row.asked_on, "identity_asked", row, row.asked_by
        status, on = _status(books, row)
        if status != WAITING and on is not None:
            yield on, f"identity_{status}", row, row.answered_by


def _of_request(books: Books, row: RequestRow, names: Mapping[UUID, str], why: str, days: Sequence[date]) -> Iterator[Told]:
    facts: dict[str, Fact] = {"day": row.asked_on, "name": names[row.asked_by], "why": f"identity.reason.{why}"}
    yield Told(row.asked_on, Said("custodian.told.asked", facts))
    status, on = _status(books, row)
    if status == WAITING or on is None:
        yield Told(row.asked_on, Said("custodian.told.waiting", {"until": row.lapses_on}))
        return
    about: dict[str, Fact] = {"day": on}
    if row.answered_by is not None:
        about["name"] = names[row.answered_by]
    if row.until_on is not None:
        about["until"] = row.until_on
    yield Told(on, Said(f"custodian.told.{status}", about))
    for day in days:
        yield Told(day, Said("custodian.told.opened", {"day": day, "name": names[row.asked_by]}))


def _with_words(books: Books, matter_id: UUID, rows: Sequence[RequestRow], actor: Actor) -> Iterator[Asked]:
    reader = Reader(books, matter_id, actor)
    whys, names, days = _reasons(books, matter_id, reader), _names(books, rows), identities.openings(books, matter_id)
    answers = identities.words(books, [row.id for row in rows], ANSWER)
    for row in rows:
        answer = None
        if row.id in answers:
            place = answer_context(row.id, matter_id, row.epoch)
            answer = _why(open_box(reader.epoch(row.epoch).pair, answers[row.id], place).decode())
        yield _asked(books, row, names, whys[row.text_id], answer, tuple(days.get(row.id, ())))


def _reasons(books: Books, matter_id: UUID, reader: Reader) -> dict[UUID, Why]:
    rows = sealed.texts(books, matter_id, [IDENTITY_REASON.name])
    return {row.id: _why(reader.open(row, IDENTITY_REASON).text) for row in rows}


def _names(books: Books, rows: Sequence[RequestRow]) -> dict[UUID, str]:
    everybody = {row.asked_by for row in rows} | {row.answered_by for row in rows if row.answered_by is not None}
    return people.names(books, everybody)


def _asked(
    books: Books,
    row: RequestRow,
    names: Mapping[UUID, str],
    why: Why,
    answer: Why | None = None,
    days: tuple[date, ...] = (),
) -> Asked:
    status, on = _status(books, row)
    return Asked(
        id=row.id,
        by=Named(row.asked_by, names[row.asked_by]),
        on=row.asked_on,
        urgent=row.urgent,
        lapses_on=row.lapses_on,
        status=status,
        reason=why,
        answered_by=Named(row.answered_by, names[row.answered_by]) if row.answered_by else None,
        answered_on=on,
        until=row.until_on,
        answer=answer,
        opened_on=days,
    )


def _status(books: Books, row: RequestRow) -> tuple[str, date | None]:
    """What came of a request as of today, and when: that its last day has passed needs no sweep."""
    if row.status == LAPSED or (row.status == WAITING and row.lapses_on < books.today):
        return LAPSED, min(row.lapses_on, row.answered_on or row.lapses_on)
    return row.status, row.answered_on


def _why(told: str) -> Why:
    read = json.loads(told)
    return Why(read["why"], read["words"])
