"""A plan becomes one organisation a date, whatever the order it is written in, or is refused by name and not at all."""

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from structure.diff import diff
from structure.operation import Operation
from structure.operations import (
    AssignFunction,
    CreateFunction,
    CreateUnit,
    EliminateUnit,
    Head,
    MergeFunctions,
    MergeUnits,
    MoveFunction,
    MoveUnit,
    RenameUnit,
    ReplaceUnit,
    RestoreUnit,
    SetHeads,
    SetRank,
    SplitUnit,
)
from structure.organisation import Organisation
from structure.things import UNKNOWN, Ref, Sort
from structure.timeline import PlanCircle, Planned, PlanRefused, attempt, in_order, unfold
from tests.structure.operations.house import house
from tests.structure.plans import FIRST, houses_with, one_a_date, plans, without_conflict

ON = date(2015, 12, 11)
SOME = settings(max_examples=60, deadline=None)
Drawn = tuple[Organisation, tuple[Planned, ...]]


def of_one_date(*operations: Operation) -> tuple[Planned, ...]:
    return tuple(Planned(f"OP-{number}", ON, operation) for number, operation in enumerate(operations, 1))


def after(*operations: Operation) -> Organisation:
    """The house at the end of the date, which must be the same if they are written the other way round."""
    end = unfold(house(), of_one_date(*operations)).end
    assert diff(end, unfold(house(), of_one_date(*operations)[::-1]).end) == []
    return end


def live(org: Organisation) -> dict[Ref, object]:
    """All that lives, by reference."""
    return {
        **{Ref(Sort.UNIT, id): unit for id, unit in org.units.items() if unit.is_live},
        **{Ref(Sort.FUNCTION, id): function for id, function in org.functions.items() if function.live},
        **{Ref(Sort.POST, id): post for id, post in org.posts.items() if post.live},
    }


# --- laws


@SOME
@given(houses_with(one_a_date))
def test_every_function_has_exactly_one_owner_on_every_date_of_a_plan(drawn: Drawn):
    for org in unfold(*drawn).states:
        for function in org.functions.values():
            if function.live:
                assert [owner for owner in function.owners if owner == UNKNOWN or org.live_unit(owner)] == [function.owners[0]]
                assert all(org.live_unit(unit) for unit in function.contributors)


@SOME
@given(houses_with(one_a_date))
def test_nothing_that_lives_hangs_on_an_ended_unit(drawn: Drawn):
    for org in unfold(*drawn).states:
        assert all(org.live_unit(post.unit) for post in org.posts.values() if post.live)
        assert all(org.live_unit(head) for unit in org.units.values() if unit.is_live for head in unit.heads)


@SOME
@given(houses_with(plans))
def test_the_indexes_are_those_of_an_organisation_built_anew(drawn: Drawn):
    for org in unfold(*drawn).states:
        anew = Organisation.of(org.units.values(), org.functions.values(), org.posts.values())
        assert (org.below, org.holding, org.staffing, org.typed) == (anew.below, anew.holding, anew.staffing, anew.typed)


@SOME
@given(houses_with(plans))
def test_touched_names_exactly_what_a_date_changed(drawn: Drawn):
    timeline = unfold(*drawn)
    for before, org in zip((timeline.start, *timeline.states), timeline.states, strict=False):
        everything = {
            *(Ref(Sort.UNIT, id) for id in org.units),
            *(Ref(Sort.FUNCTION, id) for id in org.functions),
            *(Ref(Sort.POST, id) for id in org.posts),
        }
        assert set(org.touched) == {ref for ref in everything if before.thing(ref) != org.thing(ref)}


@SOME
@given(houses_with(without_conflict), st.randoms(use_true_random=False))
def test_the_order_in_which_a_date_is_written_makes_no_difference(drawn: Drawn, random: Random):
    start, plan = drawn
    end = unfold(start, plan).end
    shuffled = list(plan)
    random.shuffle(shuffled)
    other = unfold(start, shuffled).end
    assert live(other) == live(end)
    assert set(other.changes) == set(end.changes)


@SOME
@given(houses_with(plans))
def test_the_dates_of_a_plan_may_be_written_in_any_order(drawn: Drawn):
    start, plan = drawn
    by_date = sorted(plan, key=lambda planned: planned.on, reverse=True)
    assert unfold(start, by_date) == unfold(start, plan)


@SOME
@given(houses_with(one_a_date))
def test_a_plan_undone_date_by_date_leaves_the_organisation_it_began_with(drawn: Drawn):
    start, plan = drawn
    timeline = unfold(start, plan)
    befores = (timeline.start, *timeline.states)
    org = timeline.end
    for planned, before in reversed(list(zip(plan, befores, strict=False))):
        for operation in planned.operation.inverse(before):
            org = operation.change(org, "UNDONE", planned.on)
    assert diff(start, org) == []


@SOME
@given(houses_with(one_a_date))
def test_an_operation_and_its_inverse_on_one_date_leave_everything_as_it_was(drawn: Drawn):
    start, plan = drawn
    timeline = unfold(start, plan)
    for planned, before in zip(plan, (start, *timeline.states), strict=False):
        undone = (Planned(f"UNDO-{number}", ON, back) for number, back in enumerate(planned.operation.inverse(before)))
        assert diff(before, unfold(before, [Planned(planned.id, ON, planned.operation), *undone]).end) == []


@SOME
@given(houses_with(plans), st.integers(-1, 12))
def test_a_date_shows_what_holds_from_it_on(drawn: Drawn, days: int):
    start, plan = drawn
    on = FIRST + timedelta(days=days)
    assert live(unfold(start, plan).at(on)) == live(unfold(start, [planned for planned in plan if planned.on <= on]).end)


# --- one date


def test_what_begins_goes_first_and_what_ends_last():
    end = after(
        EliminateUnit(unit="SUB", reason="r"),
        MoveFunction(function="F2", from_unit="DEP", to_unit="NEW"),
        CreateUnit(unit="NEW", name="New", type="section", heads=(Head(head="DEP"),)),
    )
    assert end.functions["F2"].owners == ("NEW",)


def test_a_chain_of_beginnings_goes_head_before_unit_before_function():
    operations = (
        CreateFunction(function="FN", name="n", owner="C"),
        CreateUnit(unit="C", name="c", type="section", heads=(Head(head="B"),)),
        CreateUnit(unit="B", name="b", type="section", heads=(Head(head="A"),)),
        CreateUnit(unit="A", name="a", type="section", heads=(Head(head="SEC"),)),
    )
    assert [planned.id for planned in in_order(of_one_date(*operations))] == ["OP-4", "OP-3", "OP-2", "OP-1"]


def test_where_nothing_is_demanded_the_order_is_as_written():
    operations = (SetRank(unit="DEP", rank="D2"), SetRank(unit="SUB", rank="D3"), SetRank(unit="DEP", rank="D4"))
    assert [planned.id for planned in in_order(of_one_date(*operations))] == ["OP-1", "OP-2", "OP-3"]


def test_a_function_leaves_before_its_unit_is_split_however_that_is_written():
    split = SplitUnit(unit="DEP", parts=("OFF", "TWO"), primary="OFF", functions={"F2": "OFF", "F3": "TWO"})
    assert after(split, AssignFunction(function="F1", owners=("SEC",))).functions["F1"].owners == ("SEC",)


def test_mergers_in_a_row_carry_everything_to_the_end():
    end = after(MergeUnits(units=("OFF",), into="TWO"), MergeUnits(units=("DEP",), into="OFF"))
    assert end.functions["F1"].owners == ("TWO",)


def test_what_changes_and_changes_back_on_one_date_is_not_touched():
    plan = of_one_date(SetRank(unit="DEP", rank="D2"), SetRank(unit="DEP", rank="D1"), SetRank(unit="SUB", rank="D1"))
    assert set(unfold(house(), plan).end.touched) == {Ref(Sort.UNIT, "SUB")}


def test_an_act_without_effect_touches_nothing():
    assert not unfold(house(), of_one_date(SetRank(unit="DEP", rank="D1"))).end.touched


def test_what_ends_and_is_restored_on_one_date_goes_as_written():
    merged = MergeUnits(units=("DEP",), into="OFF")
    plan = of_one_date(merged, *merged.inverse(house()), RenameUnit(unit="DEP", name="again"))
    assert [(found.field, found.after) for found in diff(house(), unfold(house(), plan).end)] == [("name", ("again",))]
    back_and_gone = of_one_date(RestoreUnit(unit="OLD"), EliminateUnit(unit="OLD", reason="r"))
    assert diff(house(), unfold(house(), back_and_gone).end) == []


# --- circles


def matrix(id: str, *heads: str) -> CreateUnit:
    return CreateUnit(unit=id, name=id, type="section", heads=tuple(Head(head=head) for head in heads))


def test_a_circle_within_one_date_is_cut_and_judged_at_its_end():
    end = after(matrix("A", "B", "SEC"), matrix("B", "C"), matrix("C", "A"))
    assert {id: end.units[id].heads for id in "ABC"} == {"A": ("B", "SEC"), "B": ("C",), "C": ("A",)}


def test_what_waits_for_a_circle_without_being_in_it_is_not_cut():
    plan = of_one_date(matrix("A", "B"), matrix("B", "A"), matrix("D", "A"), MoveUnit(unit="D", from_head="A", to_head="SEC"))
    made = attempt(house(), plan)
    assert made.refused == ()
    assert [planned.id for planned in made.done] == ["OP-1", "OP-2", "OP-3", "OP-4", "OP-1", "OP-2"]
    assert made.timeline.end.units["D"].heads == ("SEC",)


def test_a_circle_through_a_replacement_is_cut_too():
    end = after(
        ReplaceUnit(unit="OFF", by="X", name="x", type="office", heads=(Head(head="Y"),)),
        ReplaceUnit(unit="SUB", by="Y", name="y", type="office", heads=(Head(head="X"),)),
    )
    assert (end.units["X"].heads, end.units["Y"].heads) == (("Y",), ("X",))


def test_a_circle_that_nothing_can_cut_is_refused_with_its_operations():
    plan = of_one_date(
        SetRank(unit="SUB", rank="D1"),
        MergeFunctions(functions=("F1",), into="F2"),
        MergeFunctions(functions=("F2",), into="F1"),
    )
    org = house()
    with pytest.raises(PlanCircle) as refused:
        unfold(org, plan)
    assert refused.value.params == {"operations": "OP-2, OP-3"}
    assert org == house()


def test_of_an_operation_cut_in_two_both_halves_are_done_or_none():
    plan = of_one_date(matrix("A", "OLD", "B"), matrix("B", "A"), SetRank(unit="SUB", rank="D1"))
    made = attempt(house(), plan)
    assert {found.planned.id: found.refusal.subject for found in made.refused} == {"OP-1": "OLD", "OP-2": "A"}
    assert [planned.id for planned in made.done] == ["OP-3"]
    assert not {"A", "B"} & set(made.timeline.end.units)


def test_many_circles_are_cut_at_once():
    pairs = [pair for number in range(400) for pair in (matrix(f"A{number}", f"B{number}"), matrix(f"B{number}", f"A{number}"))]
    assert len(unfold(house(), of_one_date(*pairs)).end.units) == len(house().units) + 800


# --- refusals


def test_a_plan_that_cannot_be_done_names_operation_date_and_claim_and_changes_nothing():
    org = house()
    plan = (
        Planned("OK", ON, RenameUnit(unit="DEP", name="n")),
        Planned("LATE", ON + timedelta(days=2), SetRank(unit="DEP", rank="D2")),
        Planned("BAD", ON + timedelta(days=1), SetHeads(unit="DEP", heads=(Head(head="OLD"),))),
    )
    with pytest.raises(PlanRefused) as refused:
        unfold(org, plan)
    assert refused.value.params == {
        "operation": "BAD",
        "on": ON + timedelta(days=1),
        "claim": "head_is_live",
        "subject": "OLD",
    }
    assert org == house()


def test_an_attempt_does_the_rest_and_says_what_could_not_be_done():
    plan = of_one_date(
        RenameUnit(unit="OLD", name="n"), SetRank(unit="DEP", rank="D2"), MoveUnit(unit="SUB", from_head="SEC", to_head="TWO")
    )
    made = attempt(house(), plan)
    assert [(found.planned.id, found.refusal.claim) for found in made.refused] == [
        ("OP-1", "unit_is_live"),
        ("OP-3", "unit_stands_under_that_head"),
    ]
    assert [found.subject.id for found in diff(house(), made.timeline.end)] == ["DEP"]


def test_a_date_before_the_beginning_of_what_it_uses_is_refused():
    plan = (Planned("MAKE", ON, matrix("NEW", "SEC")), Planned("USE", ON - timedelta(days=1), SetRank(unit="NEW", rank="D1")))
    with pytest.raises(PlanRefused) as refused:
        unfold(house(), plan)
    assert (refused.value.planned.id, refused.value.refusal.claim) == ("USE", "unit_is_live")


def test_an_empty_plan_is_the_organisation_as_it_is():
    timeline = unfold(house(), ())
    assert (timeline.dates, timeline.end) == ((), house())
    assert timeline.at(ON) == house()
