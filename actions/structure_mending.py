"""What is done to the record of the structure besides orders: withdrawing before effect, undoing after it, correcting.

Nothing is erased: each is one more registration.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any, ClassVar, Final
from uuid import UUID

from pydantic import Field

from actions.kernel.kind import Payload
from actions.kinds.house import Day, Words
from actions.kinds.proposal_shapes import AnyOperation, Given
from actions.office import Office
from actions.ownerless import Ownerless, ownerless
from actions.replays import Repeatable, once
from actions.structure import Done, registered, require
from actions.structure_holders import require_told
from actions.structure_record import Known, known, rules_of
from policies.refusal import Refusal
from records import officers, structure
from records.books import Books
from records.structure import Reason
from states.due import DAY
from structure.checking import check_plan, check_states
from structure.history import Registration, RegistrationRefused, planned
from structure.operation import Reference
from structure.rule import Authority, Case, Finding, Severity
from structure.rules import PLAN_RULES, STATE_RULES
from structure.things import Ref, Sort
from structure.timeline import Planned, attempt
from structure.undoing import inverse_plan

MOST: Final = 2000
"""Operations that one act names."""
AUTHORITY = "I9"
ORPHAN = "I2"
RecordId = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:/~-]{0,159}$")]
"""An operation's id in the record: that of its order and its own."""
Ids = Annotated[tuple[RecordId, ...], Field(min_length=1, max_length=MOST)]


class RecordMadeUnsound(Refusal):
    """It would leave the house with what blocks, or is not for that body to decide. Names how many, the first rule and thing."""

    code: ClassVar[str] = "record_made_unsound"


class OwedByNobody(Refusal):
    """Mandates would rest on a function that stands no more and passed into no other. Names the first one and from when."""

    code: ClassVar[str] = "owed_by_nobody"


class OperationNotOnRecord(Refusal):
    """The record never had one of the operations named. Told by its place in the list: what it is called somebody typed."""

    code: ClassVar[str] = "operation_not_on_record"
    status: ClassVar[int] = 422


class Withdrawal(Payload):
    """Operations that are taken back before they take effect. `source`: where that is written."""

    operations: Ids
    source: Words


class Undoing(Payload):
    """Operations that took effect and are led back from a day on. `decides`: who decided it.

    `delegations`: powers told with it, besides those on the register.
    """

    operations: Ids
    on: Day
    decides: Reference
    delegations: Annotated[tuple[Given, ...], Field(max_length=50)] = ()
    source: Words


class Mended(Payload):
    """An operation as it should always have stood on record, under the id it has."""

    id: RecordId
    on: Day
    operation: AnyOperation
    declared: bool = True
    assumed: bool = False


class Mending(Payload):
    """The record is mended: a wrong name, a wrong day. What was known before stays readable."""

    corrections: Annotated[tuple[Mended, ...], Field(min_length=1, max_length=MOST)]
    source: Words


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction that was made. `faults`: what blocks of the house as it is now known to have been, and did not before."""

    done: Done
    faults: tuple[tuple[str, Ref], ...]


def withdraw(office: Office, told: Withdrawal, *, by: UUID, request: Repeatable | None = None) -> Done:
    """Take back operations that have not taken effect.

    Raises NotAllowed, OperationNotOnRecord, RegistrationRefused, PlanRefused, RecordMadeUnsound, OwedByNobody, KeyReused; then
    nothing is written.
    """
    with office.open() as books:
        require(books, by, "correct")

        def first() -> dict[str, Any]:
            structure.hold(books)
            _require_known(books, told.operations)
            before = known(books).whole(books.today)
            new = Registration(books.today, withdraws=frozenset(told.operations))
            done = registered(books, new, Reason("withdrawal", told.source), by)
            _require_sound(_faults(books, new))
            _require_owned(ownerless(books, before))
            return done

        return Done(**once(books, request, first, by=by))


def undo(office: Office, told: Undoing, *, by: UUID, request: Repeatable | None = None) -> Done:
    """Append, from a day on, what leads back from operations that took effect; these stay on record.

    Raises NotAllowed, OperationNotOnRecord, UndoRefused for what has no effect yet or was built on since, RecordMadeUnsound,
    OwedByNobody, PlanRefused, KeyReused; then nothing is written.
    """
    with office.open() as books:
        require(books, by, "correct")

        def first() -> dict[str, Any]:
            structure.hold(books)
            _require_known(books, told.operations)
            record = known(books)
            whole, number = record.whole(books.today), record.mark.seq + 1
            inverses = inverse_plan(whole.timeline.start, whole.plan, frozenset(told.operations), told.on)
            adds = tuple(replace(one, id=f"undo-{number}/{one.id.removeprefix('undo:')}") for one in inverses)
            _require_sound(_beyond_power(books, record, told, adds))
            new = Registration(books.today, adds)
            done = registered(books, new, Reason("undoing", told.source), by)
            _require_sound(_faults(books, new))
            _require_owned(ownerless(books, whole))
            return done

        return Done(**once(books, request, first, by=by))


def correct(office: Office, told: Mending, *, by: UUID, request: Repeatable | None = None) -> Corrected:
    """Mend the record: from today on each of these stands instead of the one with its id, as if it always had.

    Who asks what was known before today sees the old one. What was so is written down even if it should not have been: faults
    are told, and stop nothing. Raises NotAllowed, OperationNotOnRecord, PlanRefused, HolderHidden, KeyReused, and
    RegistrationRefused (`correction_keeps_the_kind`: another act is no mistake of the record); then nothing is written.
    """
    with office.open() as books:
        require(books, by, "correct")

        def first() -> dict[str, Any]:
            structure.hold(books)
            _require_known(books, [one.id for one in told.corrections])
            require_told((one.id, one.operation) for one in told.corrections)
            corrects = tuple(Planned(one.id, one.on, one.operation, one.declared, one.assumed) for one in told.corrections)
            _require_same_kinds(books, corrects)
            before = known(books).whole(books.today)
            new = Registration(books.today, corrects=corrects)
            done = registered(books, new, Reason("correction", told.source), by)
            orphans = dict.fromkeys((ORPHAN, Sort.FUNCTION, one.function) for one in ownerless(books, before))
            return done | {"faults": [*((found.rule, *found.subject) for found in _faults(books, new)), *orphans]}

        answer = dict(once(books, request, first, by=by))
        faults = tuple((rule, Ref(sort, id)) for rule, sort, id in answer.pop("faults"))
        return Corrected(Done(**answer), faults)


def _require_known(books: Books, ids: Sequence[str]) -> None:
    ever = known(books).origins
    for place, id in enumerate(ids, 1):
        if id not in ever:
            raise OperationNotOnRecord(place=place)


def _require_same_kinds(books: Books, corrects: Sequence[Planned]) -> None:
    standing = {one.id: one.operation.kind for one in known(books).whole(books.today).plan}
    for one in corrects:
        if standing.get(one.id, one.operation.kind) != one.operation.kind:
            raise RegistrationRefused("correction_keeps_the_kind", one.id, books.today)


def _require_sound(faults: Sequence[Finding]) -> None:
    if faults:
        first = faults[0]
        raise RecordMadeUnsound(count=len(faults), rule=first.rule, subject=first.subject.id)


def _require_owned(found: Sequence[Ownerless]) -> None:
    if found:
        first = min(found, key=lambda one: (one.on, one.mandate))
        raise OwedByNobody(count=len(found), mandate=first.mandate, function=first.function, on=first.on)


def _beyond_power(books: Books, record: Known, told: Undoing, adds: Sequence[Planned]) -> list[Finding]:
    """What the body that decided had no power for on the day of the undoing."""
    before = record.whole(books.today).timeline.at(told.on)
    case = Case(
        before,
        attempt(before, adds),
        authority=Authority(told.decides, min(told.on, books.today), "told"),
        delegations=(*(given.delegation() for given in told.delegations), *officers.delegations(books)),
    )
    found = check_plan(case, [rule for rule in PLAN_RULES if rule.id == AUTHORITY], rules_of(books))
    return [one for one in found if one.severity is Severity.BLOCKS]


def _faults(books: Books, new: Registration) -> list[Finding]:
    """What blocks of the house with a registration that was just made, and did not without it."""
    registrations = known(books).history.registrations
    before, after = planned(registrations[:-1]), planned(registrations)
    named = {*new.withdraws, *(one.id for one in (*new.adds, *new.corrects))}
    first = min(one.on for one in (*before, *after) if one.id in named)
    there = _blocking(books, before, first)
    return [found for key, found in _blocking(books, after, first).items() if key not in there]


def _blocking(books: Books, plan: Sequence[Planned], first: date) -> Mapping[tuple[str, Ref, str], Finding]:
    """What blocks from the day before a date on, by rule, thing and message."""
    earlier = known(books).whole(books.today).timeline.at(first - DAY)  # before it, nothing differs
    made = attempt(earlier, [one for one in plan if one.on >= first]).timeline
    found = check_states(made, STATE_RULES, rules_of(books))
    return {(one.rule, one.subject, one.message.key): one for one in found if one.severity is Severity.BLOCKS}
