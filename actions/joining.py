"""Several people, one matter: a code is made by the first of them, shown once, and typed in by one other person at the intake.

The code opens what it leads to as words do, for looking and for joining, and is used up by joining. A wrong, unknown, used or old
code leads to the same nowhere. Nobody's words are ever shown to anybody else, nor who anybody is.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import ClassVar, Final
from uuid import UUID, uuid4

from pydantic import SecretStr

from actions.coming import UnknownLanguage, name_fear, pepper_of, readers_of
from actions.custody import custodians
from actions.front import Answers, check, check_ticked, protected_until
from actions.identities import write_identity
from actions.intake import own_matter
from actions.kernel.actor import as_visitor
from actions.kernel.callers import Visitor
from actions.kernel.move import lock_with_ties, move_in
from actions.kinds.company import INVITE, JOIN, Inviting, Joined, company_of, rules_of
from actions.kinds.fear import YES
from actions.kinds.sealed import must_not_see, words
from actions.office import Office
from actions.replays import Answer, Repeatable, once
from actions.sealing import Reader, own_epoch, seat_comer, writing_epoch
from actions.seating import candidates
from policies.refusal import Refusal
from records import comers, matters, people, sealed, seats
from records.books import Books
from records.comers import CONCERNED, FOR_ANOTHER, OWN, ComerRow, JoiningRow
from records.matters import NotFound
from records.vault import (
    MESSAGE,
    STATEMENT,
    Author,
    Epoch,
    KeyPair,
    Receipt,
    Visibility,
    locate,
    locate_code,
    new_code,
    new_receipt,
    open_seat,
    seat_context,
    seat_for,
)
from states.machine import MoveRefused

CONCERNS_THEM: Final = CONCERNED
"""What somebody comes for in whose matter somebody else came first."""


class CodeUnknown(NotFound):
    """This code leads nowhere: wrong, unknown, used up, taken back, or over. Which, nobody is told."""

    code: ClassVar[str] = "code_unknown"


class NotAgreedToJoin(Refusal):
    """Whoever joins has not said that they read what joining means. Nothing was kept."""

    code: ClassVar[str] = "not_agreed_to_join"


@dataclass(frozen=True, slots=True)
class Code:
    """A code, shown once. `part`: what whoever types it in comes for. `until`: the last day."""

    code: str = field(repr=False)
    part: str
    until: date


@dataclass(frozen=True, slots=True)
class Written:
    """Something that is written in what a code leads to. `person`: the number of who wrote it; None: the office."""

    on: date
    person: int | None
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What somebody sees who was given a code, before they join: everything that is shared, and who could open it until now."""

    kind: str
    language: str
    part: str
    people: int
    until: date
    messages: tuple[Written, ...]
    files: int
    readers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Joining:
    """What somebody brings who joins. `agrees`: they read what joining means. All the rest they may leave out."""

    language: str
    agrees: bool = False
    statement: SecretStr | None = None
    identity: SecretStr | None = None
    must_not_see: SecretStr | None = None
    excluded: tuple[UUID, ...] = ()
    answers: Answers = field(default_factory=Answers)


@dataclass(frozen=True, slots=True)
class Welcomed:
    """What they are told once: their own words, the number that stands for them, who can open it from now on."""

    receipt: Receipt
    number: int
    part: str
    readers: tuple[str, ...]
    protected_until: date | None


def invite(office: Office, visitor: Visitor, *, request: Repeatable | None, answer: Callable[[Code], Answer]) -> Answer:
    """Make a code by which one other person can join. Raises NotFound, MoveRefused, NoSuchMove, KeyReused."""
    with office.open() as books:
        own_matter(books, visitor)
        return once(books, request, lambda: answer(_invite(office, books, visitor)))


def _invite(office: Office, books: Books, visitor: Visitor) -> Code:
    own, actor = own_matter(books, visitor)
    matter = lock_with_ties(office, books, own)
    mine, rules = company_of(books, own, actor).mine, rules_of(books, matter)
    part = CONCERNED if mine is not None and mine.part == FOR_ANOTHER else OWN
    code, until = new_code(), books.today + timedelta(days=rules.code_days if rules else 0)
    locator, pair = locate_code(code, pepper_of(office))
    writing_epoch(books, own, actor)  # whoever joins reads what is written from now on, too
    epoch, row = own_epoch(books, own, actor), uuid4()
    key_sealed = seat_for(epoch, pair.public, seat_context(row, own, epoch.number))
    made = JoiningRow(locator, row, own, part, pair.public.raw, epoch.number, key_sealed, until)
    move_in(office, books, own, INVITE, Inviting(row=made), by=visitor)
    return Code(code, part, until)


def look_in(office: Office, code: str) -> Waiting:
    """What a code leads to. Looking changes nothing, and uses nothing up. Raises CodeUnknown."""
    with office.open() as books:
        row, epoch = _enter(office, books, code)
        matter = matters.find(books, row.matter_id)
        group = comers.of_matter(books, matter.id)
        numbers = {one.id: one.number for one in group}
        reader = Reader(books, matter.id, as_visitor(matter.id, locate_code(code, pepper_of(office))[1]), epoch)
        slots = {slot.name: slot for slot in (STATEMENT, MESSAGE)}
        shared = [one for one in sealed.texts(books, matter.id, list(slots)) if one.visibility == Visibility.SHARED]
        return Waiting(
            kind=matter.kind,
            language=str(office.kinds[matter.kind].show(books, matter)["language"]),
            part=row.part,
            people=sum(one.here for one in group),
            until=row.expires_on,
            messages=tuple(
                Written(
                    one.made_on,
                    numbers.get(one.comer_id) if one.comer_id and one.author == Author.VISITOR else None,
                    reader.open(one, slots[one.slot]).text,
                )
                for one in shared
            ),
            files=sum(one.visibility == Visibility.SHARED for one in sealed.files(books, matter.id)),
            readers=readers_of(books, matter.id),
        )


def join(
    office: Office, code: str, joining: Joining, *, request: Repeatable | None, answer: Callable[[Welcomed], Answer]
) -> Answer:
    """Join what a code leads to, and answer with words of one's own. The code is used up.

    Raises CodeUnknown, NotAgreedToJoin, UnknownLanguage, UnknownChoice, NoReader, MoveRefused, NoSuchMove, KeyReused; then
    nothing was written, and the code can be used again.
    """
    with office.open() as books:
        return once(books, request, lambda: answer(_join(office, books, code, joining)))


def _join(office: Office, books: Books, code: str, joining: Joining) -> Welcomed:
    row, _ = _enter(office, books, code)
    lock_with_ties(office, books, row.matter_id)
    row, epoch = _enter(office, books, code)  # again, now that it is locked: it may have been used or taken back meanwhile
    if not joining.agrees:
        raise NotAgreedToJoin()
    if joining.language not in books.pack.house.languages:
        raise UnknownLanguage(known=", ".join(books.pack.house.languages))
    check(books, joining.answers)
    kind = matters.find(books, row.matter_id).kind
    check_ticked(books, kind, joining.excluded)
    receipt = new_receipt(joining.language)
    locator, pair = locate(receipt.written(), pepper_of(office))
    comer = ComerRow(uuid4(), row.matter_id, comers.next_number(books, row.matter_id), row.part, pair.public.raw)
    comers.add(books, comer)
    seats.as_words(books, locator)
    seats.add_receipt(books, locator, row.matter_id, comer.id)
    comers.drop_joinings(books, row.matter_id, row.locator)
    seat_comer(books, row.matter_id, epoch, comer.id, pair.public)
    move_in(office, books, row.matter_id, JOIN, _told(books, joining), by=Visitor(locator, pair))
    return _welcomed(office, books, joining, receipt, comer, Visitor(locator, pair))


def _welcomed(office: Office, books: Books, joining: Joining, receipt: Receipt, comer: ComerRow, visitor: Visitor) -> Welcomed:
    if words(joining.identity):
        guards = {one.person: one.name for one in custodians(books)}
        out = must_not_see(joining.excluded, joining.must_not_see, None, guards)
        write_identity(books, comer.matter_id, comer.id, words(joining.identity), out)
    if joining.answers.afraid == YES:
        with suppress(MoveRefused):  # somebody watches over them already; raised before anything was written
            name_fear(office, books, matters.find(books, comer.matter_id), visitor.enter(books, comer.matter_id))
    matter = matters.find(books, comer.matter_id)
    until = protected_until(books, books.pack.kinds[matter.kind])
    return Welcomed(receipt, comer.number, comer.part, readers_of(books, matter.id), until)


def _told(books: Books, joining: Joining) -> Joined:
    """What whoever joins says, as it is sealed; whom they lock out is judged as at the beginning."""
    names = people.names(books, [one.person for one in candidates(books)])
    told = joining.answers
    answers = {
        "urgent": False,
        "personnel_class": told.personnel_class,
        "station": told.station,
        "decision_on": told.decision_on.isoformat() if told.decision_on else None,
        "afraid": told.afraid,
    }
    ticked = {"ids": [str(one) for one in joining.excluded], "words": words(joining.must_not_see)}
    return Joined(
        statement=joining.statement if words(joining.statement).strip() else None,
        answers=SecretStr(json.dumps(answers)),
        must_not_see=SecretStr(json.dumps(ticked, ensure_ascii=False)),
        locked_out=tuple(sorted(must_not_see(joining.excluded, joining.must_not_see, None, names))),
    )


def _enter(office: Office, books: Books, code: str) -> tuple[JoiningRow, Epoch]:
    """What a code leads to, and what it opens; row-level security is told of the code. Raises CodeUnknown."""
    locator, pair = locate_code(code, pepper_of(office))
    seats.as_words(books, locator)
    row = comers.joining(books, locator)
    if row is None:
        raise CodeUnknown()
    return row, _opened(row, pair)


def _opened(row: JoiningRow, pair: KeyPair) -> Epoch:
    return open_seat(pair, row.key_sealed, seat_context(row.id, row.matter_id, row.epoch))
