"""I11: what the plan declares is what it does, and what the target shows is what somebody declares."""

from collections.abc import Iterator, Mapping
from typing import ClassVar

from policies.said import Fact
from policies.structure import StructureRules
from structure.diff import Difference, Value
from structure.implied import Implied, implied, nobody_knows_whence
from structure.rule import Case, Found, PlanRule, Severity
from structure.steps import Step
from structure.things import UNKNOWN, Ref, Sort
from structure.timeline import Planned

BEGAN, ENDED = "began", "ended"
IDS = frozenset({"type", "rank", "state", "heads", "reports_to_body", "owners", "contributors", "part_of", "unit"})
"""Fields whose values are ids and may be said; a name, a title or a holder may not."""


class _Declared(PlanRule):
    id: ClassVar[str] = "I11"
    severity: ClassVar[Severity] = Severity.WARNS


class UndeclaredBeginning(_Declared):
    """The target shows {thing}, which did not stand before, and no operation creates it. Declare its creation."""

    def find(self, case: Case, rules: StructureRules) -> Iterator[Found]:
        """Not what a declared new unit implies, nor a function of unknown origin."""
        for found in _apart(case):
            if found.field == BEGAN and not _was_there(case, found.subject):
                yield _about(case, found)


class UndeclaredEnd(_Declared):
    """The target no longer shows {thing}, which stood before, and no operation ends it. Declare what becomes of it."""

    def find(self, case: Case, rules: StructureRules) -> Iterator[Found]:
        """Also found of what a unit had that the target no longer shows."""
        for found in _apart(case):
            if found.field == ENDED and _was_there(case, found.subject):
                yield _about(case, found)


class UndeclaredChange(_Declared):
    """In the target {thing} differs ({field:structure.field}: {was} before, {shown} there), and no operation changes it."""

    def find(self, case: Case, rules: StructureRules) -> Iterator[Found]:
        """Found once a field."""
        for found in _apart(case):
            if found.field not in {BEGAN, ENDED} and not _done_by(case, found):
                was, shown = (_said(found.field, value, case) for value in (found.before, found.after))
                yield _about(case, found, {"field": found.field, "was": was, "shown": shown})


class ChangeNotShown(_Declared):
    """The operation {operation} changes {thing} ({field:structure.field}); the target does not show it so. Mend one of them."""

    def find(self, case: Case, rules: StructureRules) -> Iterator[Found]:
        """The last operation that did it is named. The target may show the old, or something else again."""
        for found in _apart(case):
            undone = {BEGAN: ENDED, ENDED: BEGAN}.get(found.field)
            step = _done_by(case, found) if undone is None else case.doers.get((found.subject, undone))
            if step is not None:
                facts = {"operation": step.id, "field": found.field if undone is None else undone}
                yield Found(found.subject, step.on, None, {"thing": found.subject.id, **facts})


class OperationWithoutEffect(_Declared):
    """The operation {operation} is declared and changes nothing. Leave it out, or say what it should change."""

    def find(self, case: Case, rules: StructureRules) -> Iterator[Found]:
        """An operation done in two halves has the effect of both."""
        steps: dict[str, list[Step]] = {}
        for step in case.steps:
            steps.setdefault(step.id, []).append(step)
        for id, halves in steps.items():
            if halves[0].planned.declared and not any(half.changes() for half in halves):
                yield _of_operation(halves[0].planned, {"operation": id})


class OperationNotPossible(_Declared):
    """The operation {operation} cannot be done, because of {subject}. {claim:claim} Mend the operation or leave it out."""

    severity: ClassVar[Severity] = Severity.BLOCKS  # no waiver makes it possible, and no order that carries it could be issued

    def find(self, case: Case, rules: StructureRules) -> Iterator[Found]:
        """Declared or derived: what cannot be done has no effect."""
        for refused in case.attempt.refused:
            facts = {"operation": refused.planned.id, "claim": refused.refusal.claim, "subject": refused.refusal.subject}
            yield _of_operation(refused.planned, facts)


def _apart(case: Case) -> list[Difference]:
    """What differs between where the plan leads and what the target shows, without what is implied."""
    implicit = implied(case.before, case.attempt.timeline.end, case.result)
    return [found for found in case.apart if not _is_implied(case, implicit, found)]


def _is_implied(case: Case, implicit: Implied, found: Difference) -> bool:
    subject = found.subject
    if found.field != BEGAN:
        left_open = found.before in {(), (UNKNOWN,)}
        return left_open and found.field != ENDED and not _was_there(case, subject)
    if subject.sort is Sort.FUNCTION:
        return subject.id in implicit.functions or nobody_knows_whence(case.result.functions.get(subject.id))
    return subject.sort is Sort.UNIT and subject.id in implicit.units


def _done_by(case: Case, found: Difference) -> Step | None:
    return case.doers.get((found.subject, found.field)) or case.doers.get((found.subject, BEGAN))


def _was_there(case: Case, subject: Ref) -> bool:
    match subject.sort:
        case Sort.UNIT:
            return case.before.live_unit(subject.id) is not None
        case Sort.FUNCTION:
            return case.before.live_function(subject.id) is not None
        case _:
            post = case.before.posts.get(subject.id)
            return post is not None and post.live


def _said(field: str, value: Value, case: Case) -> str:
    """What may be said of a value: ids; with whom a unit coordinates can be prose about people outside the house."""
    if field not in IDS | {"coordinates_with"}:
        return "…" if value else "-"
    units = {one for one in value if one in case.before.units or one in case.result.units}
    return ", ".join(one if field in IDS or one in units else "…" for one in value) or "-"


def _about(case: Case, found: Difference, facts: Mapping[str, Fact] | None = None) -> Found:
    return Found(found.subject, case.ends_on, None, {"thing": found.subject.id, **(facts or {})})


def _of_operation(planned: Planned, facts: Mapping[str, Fact]) -> Found:
    return Found(Ref(Sort.OPERATION, planned.id), planned.on, None, facts)
