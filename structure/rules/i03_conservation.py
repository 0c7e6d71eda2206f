"""I3: the functions before, with those created and without those ended, are the functions of the result."""

from collections.abc import Iterator
from typing import ClassVar

from policies.structure import StructureRules
from structure.implied import implied, nobody_knows_whence
from structure.rule import Case, Found, PlanRule, Severity
from structure.things import Ref, Sort


class _Conservation(PlanRule):
    id: ClassVar[str] = "I3"
    severity: ClassVar[Severity] = Severity.BLOCKS


class FunctionLost(_Conservation):
    """The result does not show the function {function}, and nothing ends it. Say what becomes of it, or show it."""

    def find(self, case: Case, rules: StructureRules) -> Iterator[Found]:
        """It stood before, or an operation creates it."""
        expected = _expected(case)
        for function in sorted(expected):
            if case.result.live_function(function) is None:
                yield Found(Ref(Sort.FUNCTION, function), case.ends_on, None, {"function": function})


class FunctionFromNowhere(_Conservation):
    """The result shows the function {function}, and nothing brings it there. Create it, or say where it was before."""

    def find(self, case: Case, rules: StructureRules) -> Iterator[Found]:
        """It did not stand before, or an operation ends it. A function of unknown origin is left to I16."""
        expected = _expected(case)
        implicit = implied(case.before, case.attempt.timeline.end, case.result).functions
        for id, function in sorted(case.result.functions.items()):
            if function.live and id not in expected and id not in implicit and not nobody_knows_whence(function):
                yield Found(Ref(Sort.FUNCTION, id), case.ends_on, None, {"function": id})


def _expected(case: Case) -> frozenset[str]:
    """Functions before + created - ended, by what the operations say of themselves; a merger ends, a split does both."""
    expected = {id for id, function in case.before.functions.items() if function.live}
    for step in case.steps:
        operation = step.planned.operation
        expected -= {ref.id for ref in operation.ends() if ref.sort is Sort.FUNCTION}
        expected |= {ref.id for ref in operation.makes() if ref.sort is Sort.FUNCTION}
    return frozenset(expected)
