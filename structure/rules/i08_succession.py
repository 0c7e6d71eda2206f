"""I8: why a unit ends says how many successors it has.

The table is that of GOV.UK Whitehall (app/models/organisation.rb: replaced, merged and renamed name one, split at least two);
that a split names its primary successor is DHIS2's (E1510 to E1516).
"""

from collections.abc import Iterator, Mapping
from typing import ClassVar, Final

from policies.said import Fact
from policies.structure import StructureRules
from structure.rule import Case, Found, PlanRule, Severity
from structure.things import UNKNOWN, ChangeEvent, ChangeKind, Ref, Sort

CARDINALITY: Final[Mapping[ChangeKind, tuple[int, int | None]]] = {
    ChangeKind.CREATED: (1, 1),
    ChangeKind.REPLACED: (1, 1),
    ChangeKind.MERGED: (1, 1),
    ChangeKind.RENAMED: (1, 1),
    ChangeKind.SPLIT: (2, None),
    ChangeKind.ABOLISHED: (0, 0),
}
"""Kind of change -> the least and the most different units that may result; None: as many as there are."""


class _Succession(PlanRule):
    id: ClassVar[str] = "I8"
    severity: ClassVar[Severity] = Severity.BLOCKS


class TooFewSuccessors(_Succession):
    """The operation {operation} says that {unit} is {change}: that needs {needed} results or more, and it names {count}."""

    def find(self, case: Case, rules: StructureRules) -> Iterator[Found]:
        """Counts different units."""
        for event in _events(case):
            count, least = len(set(event.results)), CARDINALITY[event.kind][0]
            if count < least:
                yield _found(event, {"change": event.kind.value, "needed": least, "count": count})


class TooManySuccessors(_Succession):
    """The operation {operation} says that {unit} is {change}: that allows {allowed} results, and it names {count}."""

    def find(self, case: Case, rules: StructureRules) -> Iterator[Found]:
        """An abolished unit has none: who leaves a successor is replaced, merged or split."""
        for event in _events(case):
            count, most = len(set(event.results)), CARDINALITY[event.kind][1]
            if most is not None and count > most:
                yield _found(event, {"change": event.kind.value, "allowed": most, "count": count})


class SplitWithoutPrimary(_Succession):
    """The operation {operation} splits {unit} and names none of the results as its legal successor. Name one of them."""

    def find(self, case: Case, rules: StructureRules) -> Iterator[Found]:
        """The primary successor must be one of the results."""
        for event in _events(case):
            if event.kind is ChangeKind.SPLIT and event.primary not in event.results:
                yield _found(event, {})


class SuccessorIsNotThere(_Succession):
    """The operation {operation} names {result} as what becomes of {unit}, but there is no such unit. Create it first."""

    def find(self, case: Case, rules: StructureRules) -> Iterator[Found]:
        """A successor that itself ended later was there."""
        units = case.attempt.timeline.end.units
        for event in _events(case):
            yield from (_found(event, {"result": result}) for result in sorted(set(event.results)) if result not in units)


class AbolishedWithoutReason(_Succession):
    """The operation {operation} abolishes {unit} without a successor and without a reason. Say why, as the instrument does."""

    def find(self, case: Case, rules: StructureRules) -> Iterator[Found]:
        """An unknown or blank reason is none; so is that of a record whose operation is not in the plan."""
        reasons = {step.id: getattr(step.planned.operation, "reason", "") for step in case.steps}
        for event in _events(case):
            if event.kind is ChangeKind.ABOLISHED and reasons.get(event.operation, "").strip() in {"", UNKNOWN}:
                yield _found(event, {})


def _events(case: Case) -> tuple[ChangeEvent, ...]:
    """What the plan adds to the record of succession."""
    return case.attempt.timeline.end.changes[len(case.attempt.timeline.start.changes) :]


def _found(event: ChangeEvent, facts: Mapping[str, Fact]) -> Found:
    unit = next(iter((*event.originals, *event.results)), UNKNOWN)
    return Found(Ref(Sort.UNIT, unit), event.on, None, {"operation": event.operation, "unit": unit, **facts})
