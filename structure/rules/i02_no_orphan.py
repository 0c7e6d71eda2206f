"""I2: whatever a unit that ends has goes somewhere, once: it is transferred, ended with authority, or split into named parts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from policies.structure import StructureRules
from structure.organisation import Organisation
from structure.rule import Case, Found, PlanRule, Severity
from structure.steps import Step
from structure.things import UNKNOWN, Ref, Sort
from structure.timeline import Planned


@dataclass(frozen=True, slots=True)
class _Left:
    """A function or post of a unit that ends: since when it needs a disposition, and which operations give it one."""

    thing: Ref
    unit: str
    ended_on: date
    last: Step | None
    """The operation that took it from the unit for good; None: it is with it still."""
    rivals: tuple[str, ...]
    """Operations that could not be done and would have disposed of it too."""


class _NoOrphan(PlanRule):
    id: ClassVar[str] = "I2"
    severity: ClassVar[Severity] = Severity.BLOCKS


class LeftWithEndedUnit(_NoOrphan):
    """The unit {unit} ends, and nothing says what becomes of {thing}. Transfer it, split it, or end it with authority."""

    def find(self, case: Case, rules: StructureRules) -> Iterator[Found]:
        """A disposition that comes later than the unit's end leaves it open until then."""
        for left in _left(case):
            if left.last is None or left.last.on > left.ended_on:
                until = left.last.on if left.last else None
                yield Found(left.thing, left.ended_on, until, {"unit": left.unit, "thing": left.thing.id})


class DisposedOfTwice(_NoOrphan):
    """The unit {unit} ends, and {count} operations say what becomes of {thing}: {operations}. Keep one of them."""

    def find(self, case: Case, rules: StructureRules) -> Iterator[Found]:
        """Only one of them can have been done; the others were refused."""
        for left in _left(case):
            operations = sorted({*left.rivals, *([left.last.id] if left.last else [])})
            if len(operations) > 1:
                facts = {"unit": left.unit, "thing": left.thing.id, "operations": ", ".join(operations)}
                yield Found(left.thing, left.ended_on, None, {**facts, "count": len(operations)})


class EndedWithoutAuthority(_NoOrphan):
    """The unit {unit} ends and {thing} with it, by the operation {operation}, which names no authority. Name it."""

    def find(self, case: Case, rules: StructureRules) -> Iterator[Found]:
        """Asked of operations that can name an authority; a merger or a split of functions loses nothing."""
        for left in _left(case):
            if left.last is not None and _lacks_authority(left.last):
                facts = {"unit": left.unit, "thing": left.thing.id, "operation": left.last.id}
                yield Found(left.thing, left.last.on, None, facts)


class OwedByNone(_NoOrphan):
    """What is owed as {obligation} belongs to the function {function}, which does not stand. Say which function owes it now."""

    def find(self, case: Case, rules: StructureRules) -> Iterator[Found]:
        """An absorbed function hands what it owes to the one that absorbed it, a discontinued one ends it by its authority.

        What a split function owes goes to the part that the case names instead of it; if it names none, it is found.
        """
        handed = {ref.id for step in case.steps for ref in _ended(step) if not _is_split(step)}
        since = {ref.id: step.on for step in case.steps for ref in _ended(step)}
        end = case.attempt.timeline.end
        for obligation, function in sorted(case.obligations.items()):
            if end.live_function(function) is None and function not in handed:
                facts = {"obligation": obligation, "function": function}
                yield Found(Ref(Sort.FUNCTION, function), since.get(function), None, facts)


def _left(case: Case) -> Iterator[_Left]:
    """Everything that any unit had which stood and then ended, by thing."""
    ended = _units_ended(case)
    if not ended:
        return
    rivals = _rivals(case)
    had: dict[tuple[Ref, str], Step | None] = {}
    for unit in ended:
        had.update(dict.fromkeys(((thing, unit) for thing in _has(case.before, unit)), None))
    for step in case.steps:
        for thing in step.after.touched:
            before, after = _with(step.before, thing), _with(step.after, thing)
            had.update(dict.fromkeys(((thing, unit) for unit in before - after if unit in ended), step))
            had.update(dict.fromkeys(((thing, unit) for unit in after - before if unit in ended), None))
    for (thing, unit), last in sorted(had.items(), key=lambda item: item[0]):
        others = tuple(planned.id for planned in rivals.get(thing, ()) if planned.on <= ended[unit])
        yield _Left(thing, unit, ended[unit], last, others)


def _units_ended(case: Case) -> Mapping[str, date]:
    """Units that do not stand at the end of the plan -> the last date on which one of its operations ended them."""
    end = case.attempt.timeline.end
    return {
        ref.id: step.on
        for step in case.steps
        for ref in step.after.touched
        if ref.sort is Sort.UNIT and step.before.live_unit(ref.id) and not step.after.live_unit(ref.id)
        if end.live_unit(ref.id) is None
    }


def _rivals(case: Case) -> Mapping[Ref, list[Planned]]:
    """Functions and posts that operations which were refused speak of."""
    found: dict[Ref, list[Planned]] = {}
    for refusal in case.attempt.refused:
        operation = refusal.planned.operation
        for ref in (operation.uses() | operation.ends()) - operation.makes():
            if ref.sort is not Sort.UNIT:
                found.setdefault(ref, []).append(refusal.planned)
    return found


def _has(org: Organisation, unit: str) -> Iterator[Ref]:
    yield from (Ref(Sort.FUNCTION, function.id) for function in org.owned_by(unit))
    yield from (Ref(Sort.POST, post.id) for post in org.posts_of(unit))


def _with(org: Organisation, thing: Ref) -> frozenset[str]:
    """The units a live function or post is with."""
    if thing.sort is Sort.FUNCTION:
        function = org.live_function(thing.id)
        return frozenset(function.owners if function else ()) - {UNKNOWN}
    post = org.posts.get(thing.id) if thing.sort is Sort.POST else None
    return frozenset({post.unit} if post is not None and post.live else ())


def _lacks_authority(step: Step) -> bool:
    operation = step.planned.operation
    return "authority" in type(operation).model_fields and getattr(operation, "authority", None) in {None, UNKNOWN}


def _ended(step: Step) -> Iterator[Ref]:
    return (ref for ref in sorted(step.planned.operation.ends()) if ref.sort is Sort.FUNCTION)


def _is_split(step: Step) -> bool:
    return any(ref.sort is Sort.FUNCTION for ref in step.planned.operation.makes())
