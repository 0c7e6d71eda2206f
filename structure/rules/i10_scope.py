"""I10: operations stay under the units that the mandate lets them change."""

from collections.abc import Iterator
from typing import ClassVar

from policies.structure import StructureRules
from structure.rule import Case, Found, PlanRule, Severity


class OutsideMandate(PlanRule):
    """The operation {operation} acts on {units}, which the mandate does not reach. Leave it out, or get a mandate for it."""

    id: ClassVar[str] = "I10"
    severity: ClassVar[Severity] = Severity.BLOCKS

    def find(self, case: Case, rules: StructureRules) -> Iterator[Found]:
        """A new unit counts where its heads are, a moved one where it was and where it goes. No scope: no limit."""
        scope = case.authority.scope if case.authority is not None else frozenset()
        past: dict[str, Found] = {}
        for step in case.steps:
            units = step.reaches_past(scope)
            if units:
                past.setdefault(step.id, Found(step.subject, step.on, None, {"operation": step.id, "units": ", ".join(units)}))
        yield from past.values()
