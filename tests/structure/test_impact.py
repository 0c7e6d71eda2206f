"""What hangs on a plan is named, and nothing that is owed is ever without an owner."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from structure.impact import Line, Obligation, impact, without_owner
from structure.operation import Operation
from structure.operations import (
    AbolishPost,
    AddCoordination,
    AssignFunction,
    AssignPost,
    DiscontinueFunction,
    EliminateUnit,
    MergeFunctions,
    MergeUnits,
    MoveFunction,
    MovePost,
    Part,
    RenameUnit,
    SplitFunction,
    SplitUnit,
)
from structure.organisation import Organisation
from structure.responsible import heirs_in, responsible
from structure.rule import Delegation
from structure.things import UNKNOWN
from structure.timeline import Planned, unfold
from tests.structure.cases import DAY, LATER, house, plan
from tests.structure.plans import organisations, plans

REPORT = Obligation("RPT-1", "report_owed", "AG/RES. 1, par. 3", "F1")
TASK = Obligation("T-1", "mandate_task", "AG/RES. 2, par. 4", "F2")
OWED = (REPORT, TASK)
ENDING: list[Operation] = [
    *(MoveFunction(function=id, from_unit="DIA", to_unit="SPA") for id in ("F1", "F2")),
    MovePost(post="P1", to="SPA"),
    EliminateUnit(unit="DIA", reason="sunset"),
]


def lines(*operations: Operation | tuple[date, Operation], delegations: tuple[Delegation, ...] = ()) -> list[Line]:
    planned = plan(*operations)
    return impact(unfold(house(), planned), planned, OWED, delegations)


RESTRUCTURINGS: dict[str, tuple[list[Operation], str]] = {
    "merger": ([MergeUnits(units=("DIA",), into="SPA")], "SPA"),
    "split": ([SplitUnit(unit="DIA", parts=("SER", "SPA"), primary="SPA", functions={"F1": "SER", "F2": "SPA"})], "SER"),
    "renaming": ([RenameUnit(unit="DIA", name="Dialogue")], "DIA"),
    "abolition with a disposition": (ENDING, "SPA"),
    "vacancy": ([AssignPost(post="P1", holder=None)], "DIA"),
    "merger of functions": ([MergeFunctions(functions=("F1",), into="F3")], "DECO"),
}


@pytest.mark.parametrize("name", sorted(RESTRUCTURINGS))
def test_no_obligation_is_without_an_owner_on_any_day(name: str):
    operations, unit = RESTRUCTURINGS[name]
    planned = plan(*operations)
    timeline = unfold(house(), planned)
    assert without_owner(timeline, planned, OWED) == []
    heirs = heirs_in(planned)
    for days in range(-30, 60):
        on = DAY + timedelta(days=days)
        org = timeline.at(on)
        who = responsible(org, heirs, "F1", on)
        assert who.units == (unit if on >= DAY else "DIA",)
        assert org.live_unit(who.units[0]) is not None


def test_after_a_split_of_a_function_the_chosen_part_answers_or_all_of_them():
    parts = (Part(function="F1a", name="a", owner="SPA"), Part(function="F1b", name="b", owner="SER"))
    planned = plan(SplitFunction(function="F1", into=parts))
    timeline = unfold(house(), planned)
    chosen = replace(REPORT, id="RPT-2", parts=frozenset({"F1b"}))
    found = {line.id: line for line in impact(timeline, planned, (REPORT, chosen)) if line.sort == "report_owed"}
    assert (found["RPT-1"].after, found["RPT-1"].needs_action) == (("SPA", "SER"), True)
    assert (found["RPT-2"].after, found["RPT-2"].needs_action) == (("SER",), False)
    assert without_owner(timeline, planned, (REPORT, chosen)) == []


def test_a_unit_that_ends_with_what_it_has_leaves_a_line_that_needs_action_for_each():
    made = lines(AssignPost(post="P1", holder="h1"), AddCoordination(unit="DECO", with_="DIA"), (LATER, ENDING[-1]))
    needs = {(line.sort, line.id, line.on) for line in made if line.needs_action}
    left = [("function", "F1"), ("function", "F2"), ("post", "P1"), ("holder", "h1"), ("unit", "DECO"), ("report_owed", "RPT-1")]
    assert needs == {(*one, LATER) for one in (*left, ("mandate_task", "T-1"))}


def test_an_obligation_left_with_an_ended_unit_is_without_an_owner_until_it_moves():
    planned = plan(ENDING[-1], *((LATER, operation) for operation in ENDING[:2]))
    timeline = unfold(house(), planned)
    assert without_owner(timeline, planned, OWED) == [("RPT-1", DAY), ("T-1", DAY)]
    assert responsible(timeline.at(LATER), heirs_in(planned), "F1", LATER).units == ("SPA",)


def test_a_merger_moves_what_hangs_on_the_unit_and_asks_nobody_to_act():
    made = lines(MergeUnits(units=("DIA",), into="SPA"))
    assert Line("report_owed", "RPT-1", "responsible", ("DIA",), ("SPA",), DAY, needs_action=False) in made
    assert Line("post", "P1", "unit", ("DIA",), ("SPA",), DAY, needs_action=False) in made
    assert Line("function", "F2", "owners", ("DIA",), ("SPA",), DAY, needs_action=False) in made
    assert not any(line.needs_action for line in made)


def test_the_holder_of_a_post_that_ends_needs_action():
    made = lines(AssignPost(post="P1", holder="h1"), (LATER, AbolishPost(post="P1")))
    assert [line for line in made if line.sort == "holder"] == [
        Line("holder", "h1", "ended", ("Chief",), (), LATER, needs_action=True)
    ]


def test_a_delegation_whose_taker_ends_needs_action_while_it_is_in_force():
    power = Delegation("GA", "DIA", frozenset({"move_function"}), date(2015, 1, 1))
    over = replace(power, until=DAY)
    made = [line for line in lines(*ENDING, delegations=(power, over)) if line.sort == "delegation"]
    assert made == [Line("delegation", "GA:DIA", "unit", ("DIA",), (), DAY, needs_action=True)]


def test_an_owner_that_nobody_knows_needs_action_and_a_discontinued_function_owes_nothing():
    unknown = lines(AssignFunction(function="F1", owners=(UNKNOWN,)))
    assert Line("report_owed", "RPT-1", "responsible", ("DIA",), (UNKNOWN,), DAY, needs_action=True) in unknown
    ended = lines(DiscontinueFunction(function="F1", authority="AG/RES. 9"))
    assert Line("report_owed", "RPT-1", "responsible", ("DIA",), (), DAY, needs_action=False) in ended


def known(org: Organisation) -> Organisation:
    functions = (replace(one, owners=("R0",)) if UNKNOWN in one.owners else one for one in org.functions.values())
    return Organisation.of(org.units.values(), functions, org.posts.values())


HOUSES = organisations().map(known).flatmap(lambda org: st.tuples(st.just(org), plans(org)))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(HOUSES)
def test_over_random_plans_nothing_is_without_an_owner_and_every_change_of_owner_has_its_line(
    drawn: tuple[Organisation, tuple[Planned, ...]],
):
    org, planned = drawn
    owed = [Obligation(f"O-{id}", "task", id, id) for id, function in sorted(org.functions.items()) if function.live]
    timeline = unfold(org, planned)
    assert without_owner(timeline, planned, owed) == []
    told = {(line.id, line.on): line.after for line in impact(timeline, planned, owed) if line.field == "responsible"}
    heirs, before = heirs_in(planned), timeline.start
    for on, after in zip(timeline.dates, timeline.states, strict=True):
        for one in owed:
            was, now = (
                responsible(org, heirs, one.function, day).units for org, day in ((before, on - timedelta(1)), (after, on))
            )
            assert told.get((one.id, on), was) == now
        before = after
