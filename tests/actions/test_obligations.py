"""Obligations follow their function: on a merger, a split, a renaming, an abolition and a vacancy no day is without an owner."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from actions.due_list import due_list
from actions.impact import impact_of
from actions.kernel.move import open_kind
from actions.kinds.house import GivenDay
from actions.kinds.mandate import Register
from actions.kinds.proposal import Referral
from actions.kinds.proposal_shapes import ToDo
from actions.looking import one
from actions.obligations import FunctionNotThere, owing
from states.machine import MoveRefused
from structure.operation import Operation
from structure.operations import (
    AssignPost,
    CreateFunction,
    DiscontinueFunction,
    EliminateUnit,
    MergeFunctions,
    MergeUnits,
    MoveFunction,
    MovePost,
    Part,
    RenameFunction,
    RenameUnit,
    SplitFunction,
)
from tests.fixtures.restructuring import EFFECT, Restructuring

DAY = timedelta(days=1)
SPLIT = SplitFunction(
    function="F1",
    into=(Part(function="F1a", name="Member states", owner="DIA"), Part(function="F1b", name="Institutions", owner="DECO")),
)
CHANGES: dict[str, tuple[tuple[Operation, ...], tuple[str, ...]]] = {
    "a merger of units": ((MergeUnits(units=("DIA",), into="DECO"),), ("DECO",)),
    "a merger of functions": ((MergeFunctions(functions=("F1",), into="F3"),), ("DECO",)),
    "a renaming of unit and function": (
        (RenameUnit(unit="DIA", name="Foreign Affairs"), RenameFunction(function="F1", name="Relations")),
        ("DIA",),
    ),
    "an abolition": (
        (
            MoveFunction(function="F1", from_unit="DIA", to_unit="SPA"),
            MoveFunction(function="F2", from_unit="DIA", to_unit="DECO"),
            MovePost(post="P1", to="DECO"),
            EliminateUnit(unit="DIA", reason="austerity"),
        ),
        ("SPA",),
    ),
    "a vacancy": ((AssignPost(post="P1", holder=None),), ("DIA",)),
}


def owed_by(house: Restructuring, function: str = "F1") -> UUID:
    told = Register(
        symbol="AG/RES. 1 (XLV-O/15)",
        title="Relations",
        issued_by="GA",
        function=function,
        due=GivenDay(on=date(2016, 7, 1)),
        source="s",
    )
    return open_kind(house.stage.office, "mandate", told, by=house.by("planner")).id


def units_on(house: Restructuring, mandate: UUID, on: date) -> tuple[str, ...]:
    with house.stage.office.open() as books:
        return owing(books, mandate, {"function": "F1"}, on).units


@pytest.mark.parametrize("name", CHANGES)
def test_no_day_is_without_an_owner(name: str, restructuring: Restructuring):
    mandate, (operations, after) = owed_by(restructuring), CHANGES[name]
    proposal = restructuring.draft()
    restructuring.version(proposal, *operations)
    restructuring.adopted(proposal)
    restructuring.do(proposal, "issue_order", restructuring.order(proposal))
    days = [date(2015, 6, 15) + DAY * n for n in range(0, 240, 3)]
    owners = {day: units_on(restructuring, mandate, day) for day in [*days, EFFECT - DAY, EFFECT]}
    assert all(owners.values())
    assert owners[EFFECT - DAY] == ("DIA",)
    assert owners[EFFECT] == after


@pytest.mark.parametrize(("part", "unit"), [("F1a", "DIA"), ("F1b", "DECO")])
def test_after_a_split_the_part_that_was_chosen_owes_it(part: str, unit: str, restructuring: Restructuring):
    mandate = owed_by(restructuring)
    restructuring.issued(SPLIT, heirs=({"mandate": mandate, "function": part},))
    assert units_on(restructuring, mandate, EFFECT - DAY) == ("DIA",)
    assert units_on(restructuring, mandate, EFFECT) == (unit,)


def test_a_function_cannot_be_ended_from_under_what_is_owed(restructuring: Restructuring):
    owed_by(restructuring)
    proposal = restructuring.draft()
    restructuring.version(proposal, SPLIT)
    before = restructuring.written()
    with pytest.raises(MoveRefused) as refused:
        restructuring.do(proposal, "submit", Referral())
    assert refused.value.unmet == ("the_structure_it_makes_is_sound",)
    assert restructuring.written() == before


def test_what_was_ended_by_authority_is_owed_no_more(restructuring: Restructuring):
    mandate = owed_by(restructuring)
    restructuring.issued(DiscontinueFunction(function="F1", authority="AG/RES. 2"))
    assert units_on(restructuring, mandate, EFFECT - DAY) == ("DIA",)
    assert units_on(restructuring, mandate, EFFECT) == ()


def test_the_door_says_who_answers_today(restructuring: Restructuring):
    mandate = owed_by(restructuring)
    restructuring.issued(MergeUnits(units=("DIA",), into="DECO"))
    for day, units in ((date(2015, 12, 10), ["DIA"]), (EFFECT, ["DECO"])):
        restructuring.stage.to_day(day)
        detail = one(restructuring.stage.office, "mandate", mandate, by=restructuring.by("mission")).detail
        assert (detail["function"], detail["responsible_units"]) == ("F1", units)
        lists = due_list(restructuring.stage.office, by=restructuring.by("mission"))
        owed = [each for each in (*lists.due, *lists.late) if each.matter.id == mandate]
        assert owed
        assert {each.units for each in owed} == {tuple(units)}


def test_the_impact_of_a_plan_names_the_mandates_it_moves(restructuring: Restructuring):
    mandate = owed_by(restructuring)
    proposal = restructuring.draft()
    restructuring.version(proposal, ToDo(id="m", on=EFFECT, operation=MergeUnits(units=("DIA",), into="DECO")))
    lines = impact_of(restructuring.stage.office, proposal, by=restructuring.by("mission"))
    (line,) = [line for line in lines if line.sort == "mandate"]
    assert (line.id, line.today, line.after, line.on, line.needs_action) == (str(mandate), ("DIA",), ("DECO",), EFFECT, False)


def test_the_impact_follows_a_mandate_whose_function_was_absorbed_before(restructuring: Restructuring):
    mandate = owed_by(restructuring)
    absorbed = [
        ToDo(id="new", on=EFFECT, operation=CreateFunction(function="F77", name="All of it", owner="DIA")),
        ToDo(id="absorb", on=EFFECT, operation=MergeFunctions(functions=("F1",), into="F77")),
    ]
    restructuring.issued(*absorbed)
    restructuring.stage.to_day(date(2016, 1, 11))
    proposal = restructuring.draft()
    later = MoveFunction(function="F77", from_unit="DIA", to_unit="DECO")
    restructuring.version(proposal, ToDo(id="m", on=date(2016, 3, 1), operation=later))
    lines = impact_of(restructuring.stage.office, proposal, by=restructuring.by("mission"))
    (line,) = [line for line in lines if line.sort == "mandate"]
    assert (line.id, line.today, line.after, line.on) == (str(mandate), ("DIA",), ("DECO",), date(2016, 3, 1))


def test_a_function_that_is_not_there_is_refused_and_nothing_is_written(restructuring: Restructuring):
    before = restructuring.written()
    with pytest.raises(FunctionNotThere):
        owed_by(restructuring, "F99")
    assert restructuring.written() == before
