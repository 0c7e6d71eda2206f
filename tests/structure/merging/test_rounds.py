"""Choices are used round by round: deciding one conflict may show another, and one list decides them all."""

import pytest

from structure.merging import Choice, ChoiceRefused, decided, merge
from structure.merging.accounts import attempt_all
from structure.operations import EliminateUnit, MergeUnits, MoveFunction, MoveUnit, RenameUnit
from structure.timeline import Planned
from tests.structure.cases import DAY, RULES, house


def plan(name: str, *operations: object) -> tuple[Planned, ...]:
    return tuple(Planned(f"{name}-{number}", DAY, operation) for number, operation in enumerate(operations, 1))


def test_without_choices_it_is_the_merge():
    made = merge(house(), plan("O", RenameUnit(unit="DIA", name="A")), plan("T", RenameUnit(unit="DIA", name="B")), RULES)
    assert decided(made, []) == made


def test_one_list_decides_what_is_open_and_what_that_shows():
    ours = plan("O", RenameUnit(unit="DIA", name="A"), MergeUnits(units=("DIA",), into="DECO"))
    theirs = plan("T", RenameUnit(unit="DIA", name="B"), MoveUnit(unit="DIA", from_head="SER", to_head="SPA"))
    made = merge(house(), ours, theirs, RULES)
    ended, named = "ended_and_changed:unit:DIA:", "two_names_for_one:unit:DIA:name"
    assert [one.id for one in made.conflicts] == [ended]
    assert [one.id for one in decided(made, [(ended, Choice.THEIRS)]).conflicts] == [named]
    whole = decided(made, [(named, Choice.THEIRS), (ended, Choice.THEIRS)])
    assert whole.is_whole
    assert [one.id for one in whole.planned] == ["T-1", "T-2"]
    assert attempt_all(house(), whole.planned).refused == ()


def test_the_order_of_the_list_makes_no_difference():
    ours = plan("O", RenameUnit(unit="DIA", name="A"), MoveFunction(function="F1", from_unit="DIA", to_unit="DECO"))
    theirs = plan("T", RenameUnit(unit="DIA", name="B"), MoveFunction(function="F1", from_unit="DIA", to_unit="SER"))
    made = merge(house(), ours, theirs, RULES)
    choices = [(one.id, Choice.OURS) for one in made.conflicts]
    assert len(choices) == 2
    assert decided(made, choices).planned == decided(made, choices[::-1]).planned


@pytest.mark.parametrize(
    "choices", [[("ended_and_changed:unit:NONE:", Choice.OURS)], [("two_names_for_one:unit:DIA:name", Choice.OURS)] * 2]
)
def test_a_choice_about_what_no_round_shows_is_refused(choices: list[tuple[str, Choice]]):
    made = merge(house(), plan("O", RenameUnit(unit="DIA", name="A")), plan("T", RenameUnit(unit="DIA", name="B")), RULES)
    with pytest.raises(ChoiceRefused) as refused:
        decided(made, choices)
    assert refused.value.unmet == ("conflict_is_open",)


def test_what_a_choice_ends_is_not_asked_about_again():
    ours = plan("O", EliminateUnit(unit="DECO", reason="sunset"))
    theirs = plan("T", RenameUnit(unit="DECO", name="Elections"))
    made = merge(house(), ours, theirs, RULES)
    first = made.conflicts[0]
    assert all(one.id != first.id for one in decided(made, [(first.id, Choice.THEIRS)]).conflicts)
