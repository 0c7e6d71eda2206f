"""The register of officers: what is written into it, what is ended or taken back, and what it says of a day."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar
from uuid import UUID, uuid4

from actions.kernel.actor import as_permitted
from actions.looking import NotFound
from actions.office import Office
from actions.officers_shapes import LineEnding, NewAccreditation, NewActing, NewHolder
from actions.replays import Repeatable, once
from policies.officers import CHAIR, VICE_CHAIR, Act, Chairing, OfficerRules
from policies.refusal import Refusal
from records import accounts, officers, people
from records.books import Books
from records.ledger import Entry, store
from states.officers.accrediting import Accreditation, require_accreditation
from states.officers.assignment import Assignment, Purpose, Standing, on_day
from states.officers.granting import EndsBeforeBegin, require_giver, require_holder
from states.officers.presiding import Presiding, presiding
from states.officers.rota import Term, Told, term_on, terms

Facts = Mapping[str, str | int | date]


class OfficersNotKept(Refusal):
    """This house's rules say nothing of its officers: the product keeps no register of them."""

    code: ClassVar[str] = "officers_not_kept"
    status: ClassVar[int] = 404


class _Wrong(Refusal):
    """What was asked for cannot be written down. Nothing was."""

    status: ClassVar[int] = 422


class WhoUnclear(_Wrong):
    """It is not said who holds the office or acts for it, or it is said in two ways."""

    code: ClassVar[str] = "who_unclear"


class ClassesUnclear(_Wrong):
    """A power over the structure is given to an office or a body, by classes of operations; nothing else has classes."""

    code: ClassVar[str] = "classes_unclear"


class NoSuchLogin(_Wrong):
    """Nobody of this house signs in by this name, or nobody was named whom a ladder could reach."""

    code: ClassVar[str] = "no_such_login"


class NotInTheOrder(_Wrong):
    """The state has no place in the order by which the chair goes round."""

    code: ClassVar[str] = "not_in_the_order"


class EndedBefore(_Wrong):
    """The line has an end by then. An end that is on record is not moved."""

    code: ClassVar[str] = "ended_before"


class RevokedBackwards(_Wrong):
    """What was done under a delegation stands: it is taken back from today on, not from before."""

    code: ClassVar[str] = "revoked_backwards"


@dataclass(frozen=True, slots=True)
class OnDay:
    """What the register says of a day. `term` and `presiding` are None in a house whose chair goes by no order that is known."""

    on: date
    lines: Sequence[Assignment]
    accredited: Sequence[Accreditation]
    term: Term | None = field(default=None)
    presiding: Presiding | None = field(default=None)


def require(books: Books, by: UUID, act: Act) -> OfficerRules:
    """The rules, if the pack gives this person the act. Raises NotAllowed, OfficersNotKept."""
    rules = books.pack.officers
    if rules is None:
        raise OfficersNotKept()
    as_permitted(books, by, "officers", act, rules.access.get(act, ()))
    return rules


def allowed(office: Office, act: Act, *, by: UUID) -> None:
    """Raise NotAllowed or OfficersNotKept unless this person may do this."""
    with office.open() as books:
        require(books, by, act)


def accredit(office: Office, told: NewAccreditation, *, by: UUID, request: Repeatable | None = None) -> UUID:
    """Write down whom a state has sent, and return the line's id.

    Raises UnknownCapacity, EndsBeforeBegin, NotAMember, TwoHeads, NotAllowed, KeyReused; then nothing is written.
    """

    def first(books: Books, rules: OfficerRules) -> UUID:
        new = Accreditation(uuid4(), told.country, told.name, told.capacity, told.presented_on, told.until, told.source)
        require_accreditation(new, officers.accreditations(books, told.country), rules, books.pack.members)
        officers.accredit(books, new, by)
        facts: Facts = {"country": new.state, "capacity": new.capacity, "since": new.since}
        return _entered(books, "officer.accredited", new.id, by, facts)

    return _once(office, first, by, request)


def hold_office(office: Office, told: NewHolder, *, by: UUID, request: Repeatable | None = None) -> UUID:
    """Write down who holds an office: a person by name, or a state where the office goes round; there it overrides the order.

    Raises UnknownOffice, WhoUnclear, NotInTheOrder, EndsBeforeBegin, TwoHolders, NotAllowed, KeyReused.
    """

    def first(books: Books, rules: OfficerRules) -> UUID:
        rota = rules.rota if told.office in {CHAIR, VICE_CHAIR} else None
        until = rota.term_of(told.since)[1] if rota is not None and told.until is None else told.until
        new = told.line(uuid4(), until)
        require_holder(new, officers.assignments(books), rules)
        if (told.country is None, told.name is None) != (rota is None, rota is not None) or (told.sets_order and rota is None):
            raise WhoUnclear()
        if rota is not None and told.country not in rota.names.of:
            raise NotInTheOrder(country=told.country or "")
        officers.assign(books, new, by)
        return _entered(books, "officer.named", new.id, by, _days(told.office, told.since, until))

    return _once(office, first, by, request)


def let_act(office: Office, told: NewActing, *, by: UUID, request: Repeatable | None = None) -> UUID:
    """Write down who acts for an office, for which purposes, from when to when.

    Raises UnknownOffice, WhoUnclear, NoSuchLogin, ClassesUnclear, EndsBeforeBegin, DelegatedToItself, PowerNotHeld, DelegatedOn,
    NotAllowed, KeyReused; then nothing is written.
    """

    def first(books: Books, rules: OfficerRules) -> UUID:
        new = _acting(books, told)
        require_giver(new, officers.assignments(books), rules, books.pack.structure)
        officers.assign(books, new, by)
        facts = _days(told.office, told.since, told.until) | {"purposes": len(new.purposes), "classes": len(new.classes)}
        return _entered(books, "officer.acting", new.id, by, facts)

    return _once(office, first, by, request)


def end_line(office: Office, line: UUID, told: LineEnding, *, by: UUID, request: Repeatable | None = None) -> UUID:
    """Write down that a line ended or will end; `told.on` is the first day it holds no more.

    Raises NotFound, EndsBeforeBegin, EndedBefore, NotAllowed, KeyReused.
    """

    def first(books: Books, _rules: OfficerRules) -> UUID:
        since, until, _ = _line(books, line)
        _require_open(books, line, until, told.on)
        if told.on <= since:
            raise EndsBeforeBegin(since=since, until=told.on)
        officers.end(books, line, told.on, told.source, by)
        return _entered(books, "officer.ended", line, by, {"on": told.on})

    return _once(office, first, by, request)


def revoke(office: Office, line: UUID, told: LineEnding, *, by: UUID, request: Repeatable | None = None) -> UUID:
    """Take back what somebody was to act in, from a day on that has not passed; before its first day it never holds.

    Raises NotFound (also for what is no line about acting), RevokedBackwards, EndedBefore, NotAllowed, KeyReused.
    """

    def first(books: Books, _rules: OfficerRules) -> UUID:
        _, until, acting = _line(books, line)
        if not acting:
            raise NotFound()
        if told.on < books.today:
            raise RevokedBackwards(day=told.on, today=books.today)
        _require_open(books, line, until, told.on)
        officers.end(books, line, told.on, told.source, by, revoked=True)
        return _entered(books, "officer.revoked", line, by, {"on": told.on})

    return _once(office, first, by, request)


def officers_on(office: Office, on: date | None, *, by: UUID) -> OnDay:
    """Who holds which office, who acts, who is accredited, who presides, on a day (left out: today). Raises NotAllowed."""
    with office.open() as books:
        rules = require(books, by, "read")
        day = on or books.today
        accredited = officers.accreditations(books)
        lines, present = on_day(officers.assignments(books), day), [one for one in accredited if one.holds(day)]
        if rules.rota is None or books.pack.members is None:
            return OnDay(day, lines, present)
        term = term_on(rules.rota, books.pack.members, day, turns_told(books))
        return OnDay(day, lines, present, term, presiding(term, accredited, day, rules))


def year_of_chairs(office: Office, year: int, *, by: UUID) -> Sequence[Term]:
    """The terms of a year, with what the register tells of each; none in a house without an order. Raises NotAllowed."""
    with office.open() as books:
        rules = require(books, by, "read")
        if rules.rota is None or books.pack.members is None:
            return ()
        return tuple(terms(rules.rota, books.pack.members, date(year, 1, 1), date(year, 12, 31), turns_told(books)))


def turns_told(books: Books) -> Sequence[Told]:
    """What the register tells of the offices that go round."""
    chairing: Sequence[Chairing] = (CHAIR, VICE_CHAIR)
    return [
        Told(office, one.state, one.since, one.until, one.source, one.sets_order)
        for one in officers.assignments(books)
        for office in chairing
        if one.office == office and one.standing is Standing.HOLDER and one.state is not None
    ]


def _acting(books: Books, told: NewActing) -> Assignment:
    """The line as it is to be written. Raises WhoUnclear, NoSuchLogin, ClassesUnclear."""
    if sum(one is not None for one in (told.taker, told.name, told.login)) != 1:
        raise WhoUnclear()
    structural = Purpose.STRUCTURE in told.purposes
    if structural != bool(told.classes) or (structural and told.taker is None) or (told.scope and not structural):
        raise ClassesUnclear()
    account = accounts.by_login(books, told.login.lower()) if told.login is not None else None
    if account is None and (told.login is not None or Purpose.LADDER in told.purposes):
        raise NoSuchLogin()
    person = people.person(books, account.person_id) if account is not None else None
    return told.line(uuid4(), person.name if person is not None else told.name, person.id if person is not None else None)


def _line(books: Books, line: UUID) -> tuple[date, date | None, bool]:
    """From when to when a line holds, and whether somebody acts in it. Raises NotFound."""
    for acting in officers.assignments(books):
        if acting.id == line:
            return acting.since, acting.until, acting.standing is Standing.ACTING
    for sent in officers.accreditations(books):
        if sent.id == line:
            return sent.since, sent.until, False
    raise NotFound()


def _require_open(books: Books, line: UUID, until: date | None, on: date) -> None:
    if until is not None and (until <= on or officers.has_ended(books, line)):
        raise EndedBefore(day=until)


def _once(office: Office, first: Callable[[Books, OfficerRules], UUID], by: UUID, request: Repeatable | None) -> UUID:
    with office.open() as books:

        def make() -> Mapping[str, str]:
            rules = require(books, by, "record")
            officers.hold(books)
            return {"id": str(first(books, rules))}

        return UUID(once(books, request, make, by=by)["id"])


def _entered(books: Books, what: str, line: UUID, by: UUID, facts: Facts) -> UUID:
    store.append(books, Entry(books.today, what, None, str(by), {"line": str(line), **facts}), None)
    return line


def _days(office: str, since: date, until: date | None) -> dict[str, str | int | date]:
    facts: dict[str, str | int | date] = {"office": office, "since": since}
    return facts if until is None else facts | {"until": until}
