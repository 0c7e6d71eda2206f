"""Two plans end the same thing in two ways: somebody chooses, and nothing is lost without a word. Found by random plans."""

from datetime import date

import pytest

from structure.merging import Choice, ConflictKind, Merged, decide, merge
from structure.operation import Operation
from structure.operations import CreateUnit, DiscontinueFunction, EliminateUnit, Head, MergeUnits, Part, RenameUnit, SplitFunction
from structure.organisation import Organisation
from structure.things import Edge, EdgeKind, Function, Unit
from structure.timeline import Planned
from tests.structure.cases import RULES

DAY = date(2015, 1, 1)
HOUSE = Organisation.of(
    [Unit("R0", "Root", "office"), Unit("U0", "Unit", "department", (Edge(EdgeKind.LINE, "R0"),))],
    [Function("F0", "elections", ("R0",))],
    [],
)


def plan(*operations: Operation) -> tuple[Planned, ...]:
    return tuple(Planned(f"OP-{number}", DAY, operation) for number, operation in enumerate(operations))


def new(unit: str, name: str = "elections") -> CreateUnit:
    return CreateUnit(unit=unit, name=name, type="department", heads=(Head(head="R0"),))


def chosen(merged: Merged, side: Choice) -> set[Operation]:
    for _ in range(6):
        if merged.is_whole:
            break
        merged = decide(merged, {conflict.id: side for conflict in merged.conflicts})
    assert merged.is_whole
    return {one.operation for one in merged.planned}


ABOLISH, ABSORB = EliminateUnit(unit="U0", reason="no longer needed"), MergeUnits(units=("U0",), into="R0")
DIVIDE = SplitFunction(
    function="F0", into=(Part(function="F1", name="one", owner="R0"), Part(function="F2", name="two", owner="R0"))
)
DISCONTINUE = DiscontinueFunction(function="F0", authority="decision 7")


@pytest.mark.parametrize(("here", "there"), [(ABOLISH, ABSORB), (DISCONTINUE, DIVIDE)], ids=["unit", "function"])
def test_what_ends_with_and_without_a_successor_is_a_conflict(here: Operation, there: Operation):
    merged = merge(HOUSE, plan(here), plan(there), RULES)
    assert [conflict.kind for conflict in merged.conflicts] == [ConflictKind.NOT_BOTH]
    assert chosen(merged, Choice.OURS) == {here}
    assert chosen(merged, Choice.THEIRS) == {there}


def test_a_conflict_over_a_function_is_seen_though_another_is_open_about_its_owner():
    ours = plan(RenameUnit(unit="R0", name="elections"), DIVIDE)
    merged = merge(HOUSE, ours, plan(DISCONTINUE, new("UN1")), RULES)
    assert {conflict.kind for conflict in merged.conflicts} == {ConflictKind.ONE_NAME, ConflictKind.NOT_BOTH}
    assert chosen(merged, Choice.OURS) == {one.operation for one in ours}


def test_a_unit_that_is_replaced_by_one_that_ends_the_same_day_is_not_merely_abolished():
    replaced = MergeUnits(units=("U0",), into="UN1")
    ours = plan(new("UN1"), replaced, EliminateUnit(unit="UN1", reason="no longer needed"))
    assert replaced in chosen(merge(HOUSE, ours, plan(ABOLISH), RULES), Choice.OURS)


def test_what_is_decided_stays_decided_when_a_second_operation_wants_the_same():
    renamed = RenameUnit(unit="R0", name="elections")
    merged = merge(HOUSE, plan(renamed, renamed), plan(new("UN1")), RULES)
    assert chosen(merged, Choice.THEIRS) == {new("UN1")}
    assert renamed in chosen(merged, Choice.OURS)
