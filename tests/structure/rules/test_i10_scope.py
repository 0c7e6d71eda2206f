"""I10: what reaches past the units of the mandate is found, also by way of a new unit."""

import pytest

from structure.operations import (
    AbolishPost,
    CreateUnit,
    DiscontinueFunction,
    EliminateUnit,
    MoveFunction,
    MovePost,
    RenameUnit,
    SetHeads,
)
from structure.operations.heads import Head
from structure.organisation import Organisation
from structure.rule import Severity
from structure.things import UNKNOWN, Unit
from tests.structure.cases import case, decided, found, house, said, under

INSIDE = decided(scope={"SPA"})


@pytest.mark.parametrize(
    "operation",
    [
        RenameUnit(unit="SPA", name="X"),
        RenameUnit(unit="DECO", name="X"),
        CreateUnit(unit="NEW", name="New", type="department", heads=(Head(head="DECO"),)),
        MoveFunction(function="F3", from_unit="DECO", to_unit="SPA"),
        DiscontinueFunction(function="F3", authority="x"),
        MovePost(post="P2", to="SPA"),
        AbolishPost(post="P2"),
    ],
    ids=lambda operation: operation.kind,
)
def test_what_stands_under_the_mandates_units_may_be_changed(operation):
    assert found(case(operation, authority=INSIDE), number="I10") == []


@pytest.mark.parametrize(
    ("operation", "units"),
    [
        (RenameUnit(unit="SER", name="X"), "SER"),
        (CreateUnit(unit="NEW", name="New", type="department", heads=(Head(head="SER"),)), "NEW, SER"),
        (CreateUnit(unit="NEW", name="New", type="office"), "NEW"),
        (SetHeads(unit="DECO", heads=(Head(head="SER"),)), "DECO, SER"),
        (SetHeads(unit="DIA", heads=(Head(head="SPA"),)), "DIA"),
        (MoveFunction(function="F1", from_unit="DIA", to_unit="DECO"), "DIA"),
        (DiscontinueFunction(function="F1", authority="x"), "DIA"),
        (AbolishPost(post="P1"), "DIA"),
    ],
    ids=["rename", "new under another", "new root", "moved out", "moved in", "function", "ended function", "post"],
)
def test_what_reaches_past_them_is_found_with_the_units(operation, units):
    findings = found(case(operation, authority=INSIDE), number="I10")
    assert said(findings) == [("outside_mandate", "OP-1")]
    assert findings[0].message.params["units"] == units
    assert findings[0].severity is Severity.BLOCKS


def test_a_new_unit_that_gets_its_heads_later_on_its_date_counts_where_they_are():
    bare = CreateUnit(unit="NEW", name="New", type="department")
    assert found(case(bare, SetHeads(unit="NEW", heads=(Head(head="SPA"),)), authority=INSIDE), number="I10") == []
    outside = case(bare, SetHeads(unit="NEW", heads=(Head(head="SER"),)), authority=INSIDE)
    assert said(found(outside, number="I10")) == [("outside_mandate", "OP-1"), ("outside_mandate", "OP-2")]


def test_a_unit_whose_head_ends_still_stands_where_it_stood():
    plan = (EliminateUnit(unit="SPA", reason="closed"), RenameUnit(unit="DECO", name="X"))
    assert found(case(*plan, authority=decided(scope={"OSG"})), number="I10") == []


def test_no_scope_and_no_decision_are_no_limit():
    operation = RenameUnit(unit="SER", name="X")
    assert found(case(operation, authority=decided()), number="I10") == []
    assert found(case(operation), number="I10") == []


def test_a_unit_under_an_unknown_head_is_not_said_to_be_outside():
    org = house()
    lost = Organisation.of([*org.units.values(), Unit("LOST", "Lost", "department", under(UNKNOWN))])
    assert found(case(RenameUnit(unit="LOST", name="X"), before=lost, authority=INSIDE), number="I10") == []


def test_a_circle_above_a_unit_is_walked_once():
    circle = Organisation.of([Unit("A", "A", "office", under("B")), Unit("B", "B", "office", under("A"))])
    findings = found(case(RenameUnit(unit="A", name="X"), before=circle, authority=INSIDE), number="I10")
    assert findings[0].message.params["units"] == "A"
