"""I9: who decided may decide it: the organ the pack names for the class of act, or one to which it was delegated on that day.

Authority is a rule, not a role (General Standards, art. 4). A political organ that has not the power may decide ad referendum:
that is in force at once and awaits the organ that has it.
"""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar, Final, NamedTuple

from policies.structure import StructureRules
from structure.composite import Composite
from structure.rule import Authority, Case, Delegation, Found, PlanRule, Severity
from structure.steps import Step
from structure.things import UNKNOWN, Ref, Sort

AD_REFERENDUM: Final = "ad_referendum"
"""The method of deciding, as `Authority.method` names it."""


class _Beyond(NamedTuple):
    """An act that is not in the power of who decided it, and who may decide it."""

    step: Step
    act: str
    body: str
    on: date
    bodies: frozenset[str]


class _WhoDecides(PlanRule):
    id: ClassVar[str] = "I9"
    severity: ClassVar[Severity] = Severity.BLOCKS


class DecisionUnknown(_WhoDecides):
    """Nobody knows who decided on this plan, or on which day. Name the organ and the day of its decision."""

    def find(self, case: Case, rules: StructureRules) -> Iterator[Found]:
        """Found once a plan; without organ and day nothing else of I9 can be asked."""
        if case.steps and _decision(case) is None:
            yield Found(Ref(Sort.PLAN, "authority"), None, None, {})


class BodyWithoutPower(_WhoDecides):
    """{operation} ({act:act}: {type:thing.raw}) is for {bodies}; {body} had no power for it on {on}. Get their decision."""

    def find(self, case: Case, rules: StructureRules) -> Iterator[Found]:
        """Once for each operation and class of act."""
        yield from () if _may_await(case, rules) else (_found(beyond) for beyond in _beyond(case, rules))


class AwaitsConfirmation(_WhoDecides):
    """On {on}, {body} decided {operation} ({act:act}: {type:thing.raw}) ad referendum. It is in force and awaits {bodies}."""

    severity: ClassVar[Severity] = Severity.INFORMS

    def find(self, case: Case, rules: StructureRules) -> Iterator[Found]:
        """Only of what is not in its power: the rest needs no confirmation."""
        yield from (_found(beyond) for beyond in _beyond(case, rules)) if _may_await(case, rules) else ()


def may_decide(body: str, act: str, on: date, step: Step, delegations: tuple[Delegation, ...], rules: StructureRules) -> bool:
    """Whether the body may decide this class of act on this day, of itself or by a delegation from one that may of itself.

    A delegated power cannot be delegated again. A delegation with a scope covers only acts on units under it.
    """
    bodies = rules.bodies_for(act)
    return body in bodies or any(
        delegation.taker == body
        and delegation.giver in bodies
        and act in delegation.classes
        and delegation.since <= on
        and (delegation.until is None or on < delegation.until)
        and not step.reaches_past(delegation.scope)
        for delegation in delegations
    )


def acts_of(step: Step) -> tuple[str, ...]:
    """The classes of act that an operation is: its own, and that of every unit it begins or ends on the way."""
    operation = step.planned.operation
    found = {operation.authority_class(step.before): None}
    for part in operation.parts(step.before) if isinstance(operation, Composite) else ():
        if any(ref.sort is Sort.UNIT for ref in part.makes() | part.ends()):
            found[part.authority_class(step.before)] = None
    return tuple(found)


def _decision(case: Case) -> tuple[Authority, date] | None:
    authority = case.authority
    if authority is None or authority.body == UNKNOWN or authority.decided_on is None:
        return None
    return authority, authority.decided_on


def _may_await(case: Case, rules: StructureRules) -> bool:
    """Only a political organ can decide ad referendum."""
    authority = case.authority
    if authority is None or authority.body not in rules.organs.names:
        return False
    return case.decided_ad_referendum or authority.method == AD_REFERENDUM


def _beyond(case: Case, rules: StructureRules) -> Iterator[_Beyond]:
    """Each operation and class of act once, though a circle was cut and the operation done in two halves."""
    decision = _decision(case)
    if decision is None:
        return
    body, on = decision[0].body, decision[1]
    found: dict[tuple[str, str], _Beyond] = {}
    for step in case.steps:
        for act in acts_of(step):
            if not may_decide(body, act, on, step, case.delegations, rules):
                found.setdefault((step.id, act), _Beyond(step, act, body, on, rules.bodies_for(act)))
    yield from found.values()


def _found(beyond: _Beyond) -> Found:
    act, _, of = beyond.act.partition("_")
    facts = {"operation": beyond.step.id, "act": act, "type": of, "body": beyond.body, "bodies": ", ".join(sorted(beyond.bodies))}
    return Found(beyond.step.subject, beyond.step.on, None, facts | {"on": beyond.on})
