"""I2: what a unit that ends has goes somewhere, once, and is missed from the day on which it does not."""

import pytest

from structure.operations import (
    AbolishPost,
    AssignFunction,
    CreateUnit,
    DiscontinueFunction,
    EliminateUnit,
    MergeFunctions,
    MergeUnits,
    MoveFunction,
    MovePost,
    Part,
    RestoreUnit,
    SplitFunction,
    SplitUnit,
)
from structure.operations.heads import Head
from structure.rule import Severity
from structure.rules.i02_no_orphan import LeftWithEndedUnit
from structure.things import UNKNOWN
from tests.structure.cases import DAY, LATER, case, found, said

END = EliminateUnit(unit="DIA", reason="no longer exists")
F1 = MoveFunction(function="F1", from_unit="DIA", to_unit="DECO")
F2 = MoveFunction(function="F2", from_unit="DIA", to_unit="SPA")
P1 = MovePost(post="P1", to="DECO")


def test_everything_of_a_unit_that_ends_was_transferred():
    assert found(case(END, F1, F2, P1), number="I2") == []


def test_what_is_left_with_an_ended_unit_is_named_from_its_end():
    findings = found(case(END, F1), number="I2")
    assert said(findings) == [("left_with_ended_unit", "F2"), ("left_with_ended_unit", "P1")]
    assert {(finding.since, finding.until, finding.severity) for finding in findings} == {(DAY, None, Severity.BLOCKS)}


def test_a_transfer_that_comes_later_leaves_it_open_until_then():
    late = MoveFunction(function="F2", from_unit="DIA", to_unit="SPA")
    findings = found(case(END, F1, P1, (LATER, late)), number="I2")
    assert [(finding.subject.id, finding.since, finding.until) for finding in findings] == [("F2", DAY, LATER)]


def test_a_unit_that_is_restored_has_lost_nothing():
    assert found(case(END, (LATER, RestoreUnit(unit="DIA"))), number="I2") == []


@pytest.mark.parametrize(
    "whole",
    [
        MergeUnits(units=("DIA",), into="DECO"),
        SplitUnit(unit="DIA", parts=("DECO", "SPA"), primary="SPA", functions={"F1": "SPA", "F2": "DECO"}),
    ],
    ids=["merger", "split"],
)
def test_a_merger_and_a_split_dispose_of_everything(whole):
    assert found(case(whole), number="I2") == []


def test_a_function_may_be_split_into_named_parts_or_absorbed():
    parts = SplitFunction(
        function="F1", into=(Part(function="F1a", name="a", owner="SPA"), Part(function="F1b", name="b", owner="DECO"))
    )
    assert found(case(END, parts, MergeFunctions(functions=("F2",), into="F3"), P1), number="I2") == []


def test_two_operations_that_dispose_of_one_function_are_both_named():
    again = MoveFunction(function="F1", from_unit="DIA", to_unit="SPA")
    findings = found(case(F1, again, F2, P1, END), number="I2")
    assert said(findings) == [("disposed_of_twice", "F1")]
    assert findings[0].message.params == {"unit": "DIA", "thing": "F1", "count": 2, "operations": "OP-1, OP-2"}


def test_a_transfer_onwards_is_no_second_disposition():
    onwards = MoveFunction(function="F1", from_unit="DECO", to_unit="SPA")
    assert found(case(F1, F2, P1, END, (LATER, onwards)), number="I2") == []


def test_what_left_came_back_and_left_again_left_once():
    away = (DAY, MoveFunction(function="F1", from_unit="DIA", to_unit="SPA"))
    back = (LATER, MoveFunction(function="F1", from_unit="SPA", to_unit="DIA"))
    last = LATER.replace(month=2)
    ending = ((last, F1), (last, F2), (last, P1), (last, END))
    assert found(case(away, back, *ending), number="I2") == []


def test_ending_a_function_or_post_with_its_unit_needs_a_known_authority():
    ends = (DiscontinueFunction(function="F1", authority=UNKNOWN), AbolishPost(post="P1"))
    assert said(found(case(END, *ends, F2), number="I2")) == [
        ("ended_without_authority", "F1"),
        ("ended_without_authority", "P1"),
    ]
    named = (DiscontinueFunction(function="F1", authority="AG/RES. 1"), AbolishPost(post="P1", authority="AG/RES. 1"))
    assert found(case(END, *named, F2), number="I2") == []


def test_a_unit_that_the_plan_itself_made_leaves_nothing_behind_either():
    made = CreateUnit(unit="NEW", name="New", type="department", heads=(Head(head="SPA"),))
    given = AssignFunction(function="F3", owners=("NEW",))
    ended = (LATER, EliminateUnit(unit="NEW", reason="sunset"))
    assert said(found(case(made, given, ended), LeftWithEndedUnit)) == [("left_with_ended_unit", "F3")]


def test_what_is_owed_follows_a_function_that_is_moved_absorbed_or_ended_with_authority():
    plan = (F1, MergeFunctions(functions=("F2",), into="F3"))
    assert found(case(*plan, obligations={"T-1": "F1", "T-2": "F2", "T-3": "F3"}), number="I2") == []


def test_what_is_owed_by_a_split_function_needs_the_part_that_owes_it():
    parts = SplitFunction(
        function="F1", into=(Part(function="F1a", name="a", owner="SPA"), Part(function="F1b", name="b", owner="DECO"))
    )
    findings = found(case(parts, obligations={"T-1": "F1", "T-2": "F1b", "T-3": "F-none"}), number="I2")
    assert [(finding.message.params["obligation"], finding.since) for finding in findings] == [("T-1", DAY), ("T-3", None)]


def test_a_case_without_endings_is_not_looked_at_further():
    assert found(case(F1), number="I2") == []
