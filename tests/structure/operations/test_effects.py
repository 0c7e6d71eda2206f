"""What each operation leaves, thing by thing, typed by hand."""

from datetime import date

import pytest

from structure.diff import Difference, diff
from structure.operation import Operation
from structure.operations import (
    AssignFunction,
    CreateUnit,
    EliminateUnit,
    Head,
    MergeUnits,
    MoveFunction,
    MoveUnit,
    RenameUnit,
    ReplaceUnit,
    SetBodyReport,
    SetHeads,
)
from structure.organisation import Organisation
from structure.things import UNKNOWN, ChangeEvent, ChangeKind, Edge, EdgeKind, Function, Ref, Sort
from tests.structure.operations.house import EXAMPLES, house, line

ON = date(2015, 12, 11)


def unit(id: str, field: str, before: str, after: str) -> Difference:
    return _difference(Sort.UNIT, id, field, before, after)


def function(id: str, field: str, before: str, after: str) -> Difference:
    return _difference(Sort.FUNCTION, id, field, before, after)


def post(id: str, field: str, before: str, after: str) -> Difference:
    return _difference(Sort.POST, id, field, before, after)


def _difference(sort: Sort, id: str, field: str, before: str, after: str) -> Difference:
    def value(text: str) -> tuple[str, ...]:
        return tuple(text.split("|")) if text else ()

    return Difference(Ref(sort, id), field, value(before), value(after))


EFFECTS: dict[str, list[Difference]] = {
    "create_unit": [unit("NEW", "began", "", "New")],
    "eliminate_unit": [unit("DEP", "ended", "Department", "")],
    "restore_unit": [unit("OLD", "began", "", "Old Office")],
    "rename_unit": [unit("DEP", "name", "Department", "Other")],
    "replace_unit": [
        unit("DEP", "ended", "Department", ""),
        unit("NEW", "began", "", "New"),
        unit("SUB", "heads", "line:DEP", "line:NEW"),
        function("F1", "owners", "DEP", "NEW"),
        function("F2", "owners", "DEP", "NEW"),
        function("F3", "contributors", "DEP", "NEW"),
        post("P1", "unit", "DEP", "NEW"),
    ],
    "merge_units": [
        unit("DEP", "ended", "Department", ""),
        unit("SUB", "ended", "Section", ""),
        function("F1", "owners", "DEP", "OFF"),
        function("F1", "contributors", "OFF", ""),
        function("F2", "owners", "DEP", "OFF"),
        function("F3", "contributors", "DEP", "OFF"),
        post("P1", "unit", "DEP", "OFF"),
    ],
    "split_unit": [
        unit("DEP", "ended", "Department", ""),
        unit("SUB", "heads", "line:DEP", "line:TWO"),
        function("F1", "owners", "DEP", "OFF"),
        function("F1", "contributors", "OFF", ""),
        function("F2", "owners", "DEP", "TWO"),
        function("F3", "contributors", "DEP", "TWO"),
        post("P1", "unit", "DEP", "TWO"),
    ],
    "move_unit": [unit("DEP", "heads", "line:SEC", "line:TWO")],
    "set_heads": [unit("DEP", "heads", "line:SEC", "line:TWO (money, policy, staff)")],
    "add_coordination": [unit("DEP", "coordinates_with", "", "Commission of Women")],
    "end_coordination": [unit("SEC", "coordinates_with", "CIM", "")],
    "suspend_unit": [unit("DEP", "state", "active", "suspended_pending_approval")],
    "resume_unit": [unit("SUS", "state", "suspended_pending_approval", "active")],
    "set_rank": [unit("DEP", "rank", "D1", "D2")],
    "set_type": [unit("DEP", "type", "department", "secretariat")],
    "set_body_report": [unit("DEP", "reports_to_body", "PC", "GA|unknown")],
    "create_function": [function("FN", "began", "", "New")],
    "assign_function": [function("F1", "owners", "DEP", "OFF"), function("F1", "contributors", "OFF", "SEC")],
    "move_function": [function("F1", "owners", "DEP", "OFF"), function("F1", "contributors", "OFF", "")],
    "split_function": [
        function("F1", "ended", "Elections", ""),
        function("FA", "began", "", "a"),
        function("FB", "began", "", "b"),
    ],
    "merge_functions": [function("F1", "ended", "Elections", ""), function("F2", "ended", "Dialogue", "")],
    "rename_function": [function("F1", "name", "Elections", "Electoral observation")],
    "discontinue_function": [function("F1", "ended", "Elections", "")],
    "restore_function": [function("FX", "began", "", "Telegrams")],
    "create_post": [post("PN", "began", "", "New")],
    "move_post": [post("P1", "unit", "DEP", "OFF")],
    "assign_post": [post("P1", "holder", "holder-1", "")],
    "abolish_post": [post("P1", "ended", "Chief", "")],
    "restore_post": [post("PX", "began", "", "Telegraphist")],
}


def after(*operations: Operation) -> Organisation:
    org = house()
    for operation in operations:
        org = operation.change(org, "OP", ON)
    return org


@pytest.mark.parametrize("kind", sorted(EXAMPLES))
def test_it_leaves_exactly_this(kind: str):
    assert diff(house(), after(EXAMPLES[kind])) == EFFECTS[kind]


@pytest.mark.parametrize("kind", sorted(EXAMPLES))
def test_it_touches_exactly_what_it_changes(kind: str):
    assert set(after(EXAMPLES[kind]).touched) == {found.subject for found in EFFECTS[kind]}


EVENTS = {
    "create_unit": (ChangeKind.CREATED, (), ("NEW",), None),
    "eliminate_unit": (ChangeKind.ABOLISHED, ("DEP",), (), None),
    "restore_unit": (ChangeKind.CREATED, (), ("OLD",), None),
    "rename_unit": (ChangeKind.RENAMED, ("DEP",), ("DEP",), None),
    "replace_unit": (ChangeKind.REPLACED, ("DEP",), ("NEW",), "NEW"),
    "merge_units": (ChangeKind.MERGED, ("DEP", "SUB"), ("OFF",), "OFF"),
    "split_unit": (ChangeKind.SPLIT, ("DEP",), ("OFF", "TWO"), "OFF"),
}


@pytest.mark.parametrize("kind", sorted(EVENTS))
def test_the_succession_says_who_came_from_whom(kind: str):
    change, originals, results, primary = EVENTS[kind]
    assert after(EXAMPLES[kind]).changes == (ChangeEvent("OP", change, originals, results, ON, primary),)


def test_an_ended_unit_stays_readable_under_its_own_name():
    ended = after(EliminateUnit(unit="DEP", reason="r"))
    assert ended.units["DEP"].name == "Department"
    assert ended.live_unit("DEP") is None


def test_a_rename_keeps_the_earlier_name():
    assert after(RenameUnit(unit="DEP", name="Other")).units["DEP"].formerly == ("Department",)


def test_a_function_may_have_two_owners_so_that_the_fault_can_be_found():
    assert after(AssignFunction(function="F1", owners=("DEP", "OFF"))).functions["F1"].owners == ("DEP", "OFF")


def test_of_two_owners_only_the_one_it_is_moved_from_changes():
    org = after(AssignFunction(function="F1", owners=("DEP", "OFF")), MoveFunction(function="F1", from_unit="DEP", to_unit="SEC"))
    assert org.functions["F1"].owners == ("SEC", "OFF")


def test_what_nobody_placed_can_be_moved_from_unknown():
    org = after(
        MoveUnit(unit="LOST", from_head=UNKNOWN, to_head="SEC"), MoveFunction(function="FU", from_unit=UNKNOWN, to_unit="SEC")
    )
    assert org.units["LOST"].heads == ("SEC",)
    assert org.functions["FU"].owners == ("SEC",)


def test_a_matrix_unit_keeps_its_other_head_and_what_each_decides():
    org = after(MoveUnit(unit="TWO", from_head="OSG", to_head="OFF"))
    assert [(edge.head, edge.matters) for edge in org.units["TWO"].edges] == [("OASG", {"staff"}), ("OFF", {"policy"})]


def test_two_heads_that_become_one_decide_on_what_each_decided():
    org = after(MoveUnit(unit="TWO", from_head="OSG", to_head="OASG"))
    assert [(edge.head, edge.matters) for edge in org.units["TWO"].edges] == [("OASG", {"staff", "policy"})]
    heads = (Head(head="OSG", kind=EdgeKind.MATRIX, matters=frozenset({"staff"})), Head(head="OSG", kind=EdgeKind.MATRIX))
    assert after(SetHeads(unit="TWO", heads=heads)).units["TWO"].edges == (Edge(EdgeKind.MATRIX, "OSG"),)


def test_a_head_named_twice_is_one_head():
    assert after(SetHeads(unit="DEP", heads=(Head(head="TWO"), Head(head="TWO")))).units["DEP"].heads == ("TWO",)


def test_setting_heads_leaves_coordination_and_organs_and_the_reverse():
    kinds = {edge.kind for edge in after(SetHeads(unit="SEC", heads=(Head(head="OSG"),))).units["SEC"].edges}
    assert kinds == {EdgeKind.LINE, EdgeKind.COORDINATION}
    assert after(SetBodyReport(unit="DEP", bodies=())).units["DEP"].edges == (line("SEC"),)


def test_edges_stand_in_one_order_however_they_came():
    first = after(EXAMPLES["set_heads"], EXAMPLES["add_coordination"], EXAMPLES["set_body_report"])
    second = after(EXAMPLES["set_body_report"], EXAMPLES["set_heads"], EXAMPLES["add_coordination"])
    assert first.units["DEP"] == second.units["DEP"]


def test_merging_a_head_into_its_own_unit_leaves_no_unit_above_itself():
    org = after(MergeUnits(units=("DEP",), into="SUB"))
    assert org.units["SUB"].heads == ("DEP",)
    assert list(org.children("SUB")) == []


def test_a_replacement_stands_where_it_is_put_and_has_no_other_claims():
    org = after(ReplaceUnit(unit="SEC", by="NEW", name="New", type="office", heads=(Head(head="OSG"),)))
    assert org.units["NEW"].heads == ("OSG",)
    assert [child.id for child in org.children("NEW")] == ["DEP"]
    assert org.functions["F3"] == Function("F3", "Planning", ("NEW",), ("DEP",))


def test_a_unit_without_heads_is_a_root_and_an_unknown_head_is_kept_unknown():
    assert after(CreateUnit(unit="NEW", name="n", type="office")).units["NEW"].heads == ()
    assert after(CreateUnit(unit="NEW", name="n", type="office", heads=(Head(head=UNKNOWN),))).units["NEW"].heads == (UNKNOWN,)
