"""Figures of every date of a plan that is not yet decided."""

from structure.impact import Obligation
from structure.operations import (
    AssignFunction,
    AssignPost,
    CreatePost,
    CreateUnit,
    EliminateUnit,
    Head,
    MergeUnits,
    MoveUnit,
    SetHeads,
)
from structure.organisation import Organisation
from structure.simulation import Headcount, simulate
from structure.things import UNKNOWN
from tests.structure.cases import DAY, LATER, RULES, house, plan

OWED = (Obligation("RPT-1", "report_owed", "par. 3", "F1"), Obligation("T-1", "mandate_task", "par. 4", "F3"))


def test_every_boundary_has_its_figures():
    approved = plan(AssignPost(post="P1", holder="h1"), CreatePost(post="P3", title="Officer", unit="DECO"))
    made = simulate(house(), approved, plan((LATER, MergeUnits(units=("DIA",), into="DECO"))), RULES, OWED)
    before, first, second = made
    assert [each.since for each in made] == [None, DAY, LATER]
    assert before.headcount == {"regular": Headcount(2, 0)}
    assert first.headcount == {"regular": Headcount(2, 1), UNKNOWN: Headcount(1, 0)}
    assert before.spans == {"OSG": 2, "OASG": 2, "SER": 1, "SPA": 1}
    assert second.spans == {"OSG": 2, "OASG": 2, "SPA": 1}
    assert (before.depth, second.depth) == (3, 3)
    assert (before.functions, second.functions) == ({"DECO": 1, "DIA": 2}, {"DECO": 3})
    assert (first.owed, second.owed) == ({"DECO": 1, "DIA": 1}, {"DECO": 2})
    assert made.at(DAY) == first
    assert made.at(LATER) == second


def test_findings_hold_on_their_dates_only():
    ending = plan(
        AssignFunction(function="F1", owners=("SER",)),
        AssignFunction(function="F2", owners=("SER",)),
        EliminateUnit(unit="DIA", reason="sunset"),
        (LATER, SetHeads(unit="DECO", heads=())),
    )
    before, first, second = simulate(house(), ending, (), RULES)
    named = [
        [found.subject.id for found in each.findings if found.message.key == "finding.unit_without_head"]
        for each in (before, first, second)
    ]
    assert named == [[], [], ["DECO"]]


def test_depth_grows_with_the_longest_way_down_and_a_circle_is_on_no_way():
    deeper = plan(CreateUnit(unit="SUB", name="Radio", type="department", heads=(Head(head="DIA"),)))
    assert simulate(house(), deeper, (), RULES).at(DAY).depth == 4
    circle = plan(
        MoveUnit(unit="DIA", from_head="SER", to_head="DECO"), (LATER, MoveUnit(unit="DECO", from_head="SPA", to_head="DIA"))
    )
    assert simulate(house(), circle, (), RULES).at(LATER).depth == 2
    assert simulate(Organisation(), (), (), RULES).at(DAY).depth == 0


def test_what_cannot_be_done_is_named_and_the_rest_is_simulated():
    made = simulate(house(), (), plan(EliminateUnit(unit="NONE", reason="sunset"), AssignPost(post="P1", holder="h1")), RULES)
    assert [refusal.planned.id for refusal in made.attempt.refused] == ["OP-1"]
    assert made.at(DAY).headcount == {"regular": Headcount(2, 1)}
