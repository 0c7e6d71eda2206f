"""What a person answers to a conflict, and what follows; and what is none."""

import pytest

from structure.merging import Choice, ChoiceRefused, ConflictKind, decide, merge
from structure.operations import (
    AddCoordination,
    CreateFunction,
    CreateUnit,
    EliminateUnit,
    Head,
    MergeUnits,
    MoveFunction,
    MoveUnit,
    RenameUnit,
    SetHeads,
    SetRank,
)
from structure.things import UNKNOWN
from structure.timeline import Planned
from tests.structure.cases import DAY, LATER, RULES, house
from tests.structure.merging.test_conflicts import CASES, Dated, end, ending_dia, merged, only, to_spa


def test_a_choice_keeps_one_side_and_leaves_the_other_out():
    made = merged(*CASES["moved to two heads"][:2])
    ours, theirs = (decide(made, {only(made).id: choice}) for choice in (Choice.OURS, Choice.THEIRS))
    assert end(ours).units["DIA"].heads == ("SPA",)
    assert end(theirs).units["DIA"].heads == ("OSG",)
    assert ours.is_whole
    assert theirs.is_whole


def test_what_is_undecided_stays_out():
    made = merged(
        [to_spa(), RenameUnit(unit="SER", name="Relations")],
        [MoveUnit(unit="DIA", from_head="SER", to_head="OSG"), RenameUnit(unit="SER", name="Outreach")],
    )
    heads = next(conflict for conflict in made.conflicts if conflict.kind is ConflictKind.TWO_HEADS)
    half = decide(made, {heads.id: Choice.OURS})
    assert only(half).kind is ConflictKind.TWO_NAMES
    assert [one.id for one in half.planned] == ["O-1"]


def test_the_later_never_wins_by_being_later_but_both_may_hold_if_a_person_says_so():
    made = merged([RenameUnit(unit="DIA", name="Dialogue")], [(LATER, RenameUnit(unit="DIA", name="Diplomacy"))])
    assert made.planned == ()
    assert only(made).both
    both = decide(made, {only(made).id: Choice.BOTH})
    assert both.is_whole
    assert end(both).units["DIA"].name == "Diplomacy"
    assert end(both).units["DIA"].formerly == ("International Affairs", "Dialogue")


def test_two_things_of_one_name_may_both_hold():
    made = merged(*CASES["one name for two units"][:2])
    both = decide(made, {only(made).id: Choice.BOTH})
    assert both.is_whole
    assert len(both.planned) == 2


def test_both_is_refused_where_both_cannot_hold_and_nothing_is_decided():
    made = merged(*CASES["moved to two heads"][:2])
    with pytest.raises(ChoiceRefused) as refused:
        decide(made, {only(made).id: Choice.BOTH})
    assert refused.value.unmet == ("both_can_hold",)
    assert only(made).kind is ConflictKind.TWO_HEADS
    assert made.planned == ()


def test_a_conflict_that_is_not_open_cannot_be_decided():
    with pytest.raises(ChoiceRefused) as refused:
        decide(merged([], []), {"moved_to_two_heads:unit:DIA:heads": Choice.OURS})
    assert refused.value.unmet == ("conflict_is_open",)


def test_choices_that_keep_and_leave_out_one_operation_are_refused():
    made = merged(
        [MergeUnits(units=("DIA",), into="SPA")],
        [
            MoveFunction(function="F1", from_unit="DIA", to_unit="DECO"),
            MoveFunction(function="F2", from_unit="DIA", to_unit="DECO"),
        ],
    )
    first, second = (conflict.id for conflict in made.conflicts)
    with pytest.raises(ChoiceRefused) as refused:
        decide(made, {first: Choice.OURS, second: Choice.THEIRS})
    assert refused.value.unmet == ("choices_agree",)
    assert decide(made, {first: Choice.OURS, second: Choice.OURS}).is_whole


def test_ended_in_both_is_no_conflict():
    made = merged([MergeUnits(units=("DIA",), into="SPA")], [MergeUnits(units=("DIA",), into="SPA")])
    assert made.is_whole
    assert [one.id for one in made.planned] == ["O-1"]


def test_ended_in_both_in_other_words_is_done_once():
    made = merged(ending_dia("SPA"), [*ending_dia("SPA")[:-1], EliminateUnit(unit="DIA", reason="no longer needed")])
    assert made.is_whole
    assert made.waiting == ()
    assert not end(made).units["DIA"].is_live
    assert len(made.planned) == 4


def test_created_the_same_in_both_is_no_conflict_and_new_refers_to_new():
    """netbox-branching 448."""
    new = CreateUnit(unit="NEW", name="Press", type="department", heads=(Head(head="SPA"),))
    under = CreateUnit(unit="SUB", name="Radio", type="department", heads=(Head(head="NEW"),))
    made = merged([new, under], [new, CreateFunction(function="F9", name="Press releases", owner="NEW")])
    assert made.is_whole
    assert end(made).functions["F9"].owners == ("NEW",)
    assert end(made).units["SUB"].heads == ("NEW",)


def test_what_refers_to_something_new_waits_while_the_new_is_undecided():
    ours: list[Dated] = [
        CreateUnit(unit="NEW", name="Press", type="department", heads=(Head(head="SPA"),)),
        CreateFunction(function="F9", name="Releases", owner="NEW"),
    ]
    theirs: list[Dated] = [CreateUnit(unit="NEW", name="Radio", type="department", heads=(Head(head="SPA"),))]
    made = merged(ours, theirs)
    assert only(made).kind is ConflictKind.TWO_CONTENTS
    assert [one.id for one in made.waiting] == ["O-2"]
    assert made.planned == ()
    assert decide(made, {only(made).id: Choice.OURS}).waiting == ()


def test_created_and_ended_on_one_side_alone_is_no_conflict():
    """netbox-branching 343."""
    new = CreateUnit(unit="NEW", name="Press", type="department", heads=(Head(head="SPA"),))
    made = merged([new, (LATER, EliminateUnit(unit="NEW", reason="sunset"))], [RenameUnit(unit="DECO", name="Elections")])
    assert made.is_whole
    assert len(made.planned) == 3


def test_created_by_both_and_ended_by_one_is_asked_about():
    new = CreateUnit(unit="NEW", name="Press", type="department", heads=(Head(head="SPA"),))
    fill = CreateFunction(function="F9", name="Releases", owner="NEW")
    made = merged([new, (LATER, EliminateUnit(unit="NEW", reason="sunset"))], [new, fill])
    assert only(made).kind is ConflictKind.ENDED_AND_FILLED


def test_coordinations_with_different_units_are_no_conflict():
    made = merged([AddCoordination(unit="DIA", with_="CIM")], [AddCoordination(unit="DIA", with_="CIDH")])
    assert made.is_whole
    assert len(made.planned) == 2


def test_the_same_heads_set_in_other_words_are_no_conflict():
    made = merged([to_spa()], [SetHeads(unit="DIA", heads=(Head(head="SPA"),))])
    assert made.is_whole
    assert end(made).units["DIA"].heads == ("SPA",)


def test_ids_that_mean_different_operations_become_two():
    ours = (Planned("OP-1", DAY, RenameUnit(unit="DIA", name="Dialogue")),)
    theirs = (Planned("OP-1", DAY, RenameUnit(unit="DECO", name="Elections")),)
    made = merge(house(), ours, theirs, RULES)
    assert made.is_whole
    assert {one.id for one in made.planned} == {"OP-1~1", "OP-1~2"}


def test_unknown_is_a_value_like_any_other():
    made = merged([SetRank(unit="DIA", rank="D1")], [SetRank(unit="DIA", rank="D1"), (LATER, SetRank(unit="DIA", rank=UNKNOWN))])
    assert made.is_whole
    assert end(made).units["DIA"].rank == UNKNOWN
