"""Over random plans that can be done whole: every function has exactly one owner, none is lost, and what breaks is found."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from structure.checking import check_states
from structure.operation import Operation
from structure.operations import (
    CreateFunction,
    CreateUnit,
    DiscontinueFunction,
    EliminateUnit,
    Head,
    MergeFunctions,
    MergeUnits,
    MoveFunction,
    MovePost,
    Part,
    ReplaceUnit,
    SplitFunction,
    SplitUnit,
)
from structure.organisation import Organisation
from structure.rule import Case, PlanRule
from structure.rules import PLAN_RULES, STATE_RULES
from structure.things import Function, Post, Ref, Sort, Unit
from structure.timeline import Planned, attempt
from tests.structure.cases import RULES, found, said, under

START = date(2020, 1, 1)
ON = Head(head="ROOT")
QUIET = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def houses(draw: st.DrawFn) -> Organisation:
    """Units under one root; each function and post in one of them."""
    units = [f"U{number}" for number in range(draw(st.integers(3, 6)))]
    within = st.sampled_from(units)
    functions = [Function(f"F{n}", f"f {n}", (draw(within),)) for n in range(draw(st.integers(1, 8)))]
    posts = [Post(f"P{n}", "Officer", draw(within), "regular") for n in range(draw(st.integers(0, 4)))]
    return Organisation.of(
        [Unit("ROOT", "Root", "office"), *(Unit(id, id, "office", under("ROOT")) for id in units)], functions, posts
    )


def acts(draw: st.DrawFn, org: Organisation, number: int) -> list[Operation]:
    """One act that can be done on the organisation, as one operation or several; nothing if the drawn one cannot."""
    units = sorted(unit.id for unit in org.units.values() if unit.is_live and unit.id != "ROOT")
    live = sorted(function.id for function in org.functions.values() if function.live)
    if len(units) < 3 or len(live) < 2:
        return [CreateUnit(unit=f"N{number}", name="n", type="office", heads=(ON,))]
    giver, taker, third = draw(st.permutations(units))[:3]
    function, other = draw(st.permutations(live))[:2]
    parts = tuple(Part(function=f"G{number}{side}", name=side, owner=unit) for side, unit in (("a", taker), ("b", third)))
    shared = {each.id: draw(st.sampled_from((taker, third))) for each in org.held_by(giver)}
    handed: list[Operation] = [MoveFunction(function=each.id, from_unit=giver, to_unit=taker) for each in org.owned_by(giver)]
    handed += [MovePost(post=each.id, to=third) for each in org.posts_of(giver)]
    return draw(
        st.sampled_from(
            [
                [CreateFunction(function=f"G{number}", name="new", owner=taker)],
                [MoveFunction(function=function, from_unit=org.functions[function].owners[0], to_unit=taker)],
                [SplitFunction(function=function, into=parts)],
                [MergeFunctions(functions=(other,), into=function)],
                [DiscontinueFunction(function=function, authority="AG/RES. 1 (L-O/20)")],
                [MergeUnits(units=(giver,), into=taker)],
                [SplitUnit(unit=giver, parts=(taker, third), primary=taker, functions=shared)],
                [ReplaceUnit(unit=giver, by=f"N{number}", name="n", type="office", heads=(ON,))],
                [*handed, EliminateUnit(unit=giver, reason="sunset")],
            ]
        )
    )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A plan of several dates that can be done whole."""
    start = org = draw(houses())
    plan: list[Planned] = []
    on = START
    for number in range(draw(st.integers(1, 8))):
        on += timedelta(days=1)
        some = acts(draw, org, number)
        plan += [Planned(f"OP-{number}-{place}", on, operation) for place, operation in enumerate(some)]
        made = attempt(start, plan)
        assert made.refused == ()
        org = made.timeline.end
    return Case(start, attempt(start, plan))


def rules_of(*numbers: str) -> list[type[PlanRule]]:
    return [type(rule) for rule in PLAN_RULES if rule.id in numbers]


@QUIET
@given(cases())
def test_every_live_function_has_exactly_one_live_owner_on_every_date(case):
    for org in case.attempt.timeline.states:
        for function in org.functions.values():
            owners = [owner for owner in function.owners if org.live_unit(owner)]
            assert len(owners) == 1 or not function.live
    assert check_states(case.attempt.timeline, [rule for rule in STATE_RULES if rule.id == "I1"], RULES) == []


@QUIET
@given(cases())
def test_no_orphan_no_loss_and_sound_succession(case):
    assert found(case, *rules_of("I2", "I3", "I8")) == []
    shown = Case(case.before, case.attempt, target=case.attempt.timeline.end)
    assert found(shown, *rules_of("I2", "I3")) == []
    assert {name for name, _ in said(found(shown, *rules_of("I11")))} <= {"operation_without_effect"}


@QUIET
@given(cases())
def test_functions_before_and_created_less_ended_are_those_after(case):
    count: Counter[str] = Counter()
    for planned in case.attempt.done:
        match planned.operation:
            case CreateFunction():
                count["made"] += 1
            case SplitFunction(into=into):
                count["made"] += len(into) - 1
            case MergeFunctions(functions=merged):
                count["made"] -= len(merged)
            case DiscontinueFunction():
                count["made"] -= 1
    before, after = (sum(one.live for one in org.functions.values()) for org in (case.before, case.attempt.timeline.end))
    assert before + count["made"] == after


@QUIET
@given(cases(), st.data())
def test_a_function_that_the_target_leaves_out_is_found_and_only_it(case, data):
    end = case.attempt.timeline.end
    live = sorted(function.id for function in end.functions.values() if function.live)
    if not live:
        return
    lost = data.draw(st.sampled_from(live))
    target = end.with_function(replace(end.functions[lost], live=False))
    assert said(found(Case(case.before, case.attempt, target=target), *rules_of("I3"))) == [("function_lost", lost)]


@QUIET
@given(houses(), st.data())
def test_a_unit_that_ends_with_all_it_has_leaves_exactly_that(org, data):
    unit = data.draw(st.sampled_from(sorted(id for id in org.units if id != "ROOT")))
    case = Case(org, attempt(org, [Planned("OP-1", START, EliminateUnit(unit=unit, reason="sunset"))]))
    left = {Ref(Sort.FUNCTION, one.id) for one in org.owned_by(unit)} | {Ref(Sort.POST, one.id) for one in org.posts_of(unit)}
    findings = found(case, *rules_of("I2"))
    assert {finding.subject for finding in findings} == left
    assert len(findings) == len(left)


@QUIET
@given(cases())
def test_the_steps_of_a_plan_walk_through_every_state_of_its_timeline(case):
    org = case.before
    for step in case.steps:
        assert (step.before.units, step.before.functions, step.before.posts) == (org.units, org.functions, org.posts)
        assert step.evening is case.attempt.timeline.at(step.on)
        assert {found.subject for found in step.changes()} <= set(step.after.touched)
        org = step.after
    assert (org.units, org.functions, org.posts) == (
        case.attempt.timeline.end.units,
        case.attempt.timeline.end.functions,
        case.attempt.timeline.end.posts,
    )
