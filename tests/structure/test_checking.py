"""Asking only what a change can reach finds what asking every rule about everything on every date finds."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from policies.said import Fact, Said
from structure.checking import check_each, check_states, sorted_findings
from structure.operation import Operation
from structure.operations import (
    CreateFunction,
    CreateUnit,
    DiscontinueFunction,
    EliminateUnit,
    Head,
    MergeUnits,
    MoveFunction,
    RenameFunction,
    ReplaceUnit,
    RestoreUnit,
    SetHeads,
    SetRank,
    SetType,
)
from structure.organisation import Organisation
from structure.rule import Finding, StateRule, TimelineRule
from structure.rules import STATE_RULES
from structure.things import UNKNOWN, Edge, EdgeKind, Function, Post, Ref, Sort, Unit, UnitState, in_one_order
from structure.timeline import Planned, Timeline, attempt
from tests.structure.cases import RULES, under

START = date(2020, 1, 1)
UNITS = ("OSG", "A", "B", "C", "D", "E")
FUNCTIONS = ("F1", "F2", "F3", "F4", "F5")
QUIET = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])

heads = st.sampled_from((*UNITS, *UNITS, "NOBODY", UNKNOWN))
matters = st.frozensets(st.sampled_from(("budget", "policy")), max_size=2)
edges = st.lists(st.builds(Edge, st.sampled_from(EdgeKind), heads, matters), max_size=3)
units = st.builds(
    Unit,
    st.sampled_from(UNITS),
    st.just("n"),
    st.sampled_from(("secretariat", "secretariat", "office", "oversight_body")),
    edges.map(in_one_order),
    st.sampled_from((UNKNOWN, "D1", "D2")),
    st.sampled_from((UnitState.ACTIVE, UnitState.ACTIVE, UnitState.SUSPENDED, UnitState.ABOLISHED)),
)
NAMES = (
    "Budget",
    "Budget planning",
    "Planning of the budget",
    "Budget planning and reports",
    "Follow-up of the Social Charter",
    "Projects on the Social Charter",
    "Social Charter",
    UNKNOWN,
)
functions = st.builds(
    Function,
    st.sampled_from(FUNCTIONS),
    st.sampled_from(NAMES),
    st.lists(st.sampled_from(("A", "B", "C", UNKNOWN)), min_size=1, max_size=2, unique=True).map(tuple),
    part_of=st.sampled_from((None, None, *FUNCTIONS)),
    legal_basis=st.sampled_from((frozenset(), frozenset({"Charter, art. 91"}), frozenset({"Social Charter"}))),
    origin=st.sampled_from((None, UNKNOWN)),
    live=st.sampled_from((True, True, False)),
)
posts = st.builds(Post, st.just("P1"), st.just("Officer"), st.sampled_from(UNITS), st.sampled_from((UNKNOWN, "regular")))
Change = Callable[[Organisation], Organisation]
of_units: st.SearchStrategy[Change] = units.map(lambda unit: lambda org: org.with_unit(unit))
of_functions: st.SearchStrategy[Change] = functions.map(lambda function: lambda org: org.with_function(function))
of_posts: st.SearchStrategy[Change] = posts.map(lambda post: lambda org: org.with_post(post))


@st.composite
def timelines(draw: st.DrawFn) -> Timeline:
    """Any organisation, sound or not, and any changes of it, a few a date: of all sorts, or of one."""
    start = Organisation.of(draw(st.lists(units, max_size=6)), draw(st.lists(functions, max_size=5)))
    changes = draw(st.sampled_from((st.one_of(of_units, of_functions, of_posts), of_units, of_functions)))
    return timeline_of(start, draw(st.lists(st.lists(changes, min_size=1, max_size=3), max_size=6)))


def timeline_of(start: Organisation, of_dates: list[list[Change]]) -> Timeline:
    states = [start]
    for of_date in of_dates:
        org = states[-1].settled()
        for change in of_date:
            org = change(org)
        states.append(org.touched_since(states[-1]))
    return Timeline(start, tuple(START + timedelta(days=number) for number in range(len(of_dates))), tuple(states[1:]))


def everything(org: Organisation, rule: StateRule | TimelineRule) -> Iterator[tuple[str, frozenset[tuple[str, Fact]]]]:
    """What a rule says about everything in an organisation, without memory."""
    if isinstance(rule, TimelineRule):
        for finding in check_states(Timeline(org.settled()), [rule], RULES):
            yield finding.subject.id, frozenset(finding.message.params.items())
    else:
        for id in {Sort.UNIT: org.units, Sort.FUNCTION: org.functions, Sort.POST: org.posts}[rule.about]:
            yield from ((id, frozenset(facts.items())) for facts in rule.find(org, id, RULES))


def asked_every_date(timeline: Timeline, rule: StateRule | TimelineRule) -> Iterator[Finding]:
    """Findings of one rule from each date on which they begin to the next on which they do not hold."""
    boundaries = [None, *timeline.dates]
    said = [set(everything(org, rule)) for org in (timeline.start, *timeline.states)]
    for place, (before, now) in enumerate(pairwise((set(), *said))):
        for id, facts in now - before:
            ends = next((later for later in range(place, len(said)) if (id, facts) not in said[later]), None)
            until = boundaries[ends] if ends is not None else None
            message = Said(rule.key(), dict(facts))
            yield Finding(rule.id, rule.severity, Ref(rule.about, id), boundaries[place], until, message)


def parts_of_the_first() -> Timeline:
    """F5 is beside F3, since F1 is its whole; then F3 goes, and the next of that owner counts."""
    alike = [Function(id, "Budget planning", ("A",)) for id in ("F1", "F3", "F4")]
    start = Organisation.of((), [*alike, Function("F5", "Budget planning", ("B",), part_of="F1")])
    return timeline_of(start, [[lambda org: org.with_function(Function("F3", "Library", ("A",)))]])


def begun_and_ended_in_one_date() -> Timeline:
    """B is there now and has ended: what stands under it is told so, though B stood on neither of two dates."""
    start = Organisation.of([Unit("A", "n", "office", under("B", "C")), Unit("C", "n", "office", state=UnitState.ABOLISHED)])
    return timeline_of(start, [[lambda org: org.with_unit(Unit("B", "n", "office", state=UnitState.ABOLISHED))]])


def two_knots() -> Timeline:
    """U stands in two circles; the one that was told is undone, the other stays."""
    knot = Organisation.of([Unit("A", "n", "office", under("B")), Unit("B", "n", "office", under("A", "C")), under_b("C")])
    return timeline_of(knot, [[lambda org: org.with_unit(Unit("A", "n", "office", under("OSG")))]])


def under_b(id: str) -> Unit:
    return Unit(id, "n", "office", under("B"))


@pytest.mark.parametrize("rule", STATE_RULES, ids=lambda rule: type(rule).__name__)
@QUIET
@given(timelines())
@example(two_knots())
@example(begun_and_ended_in_one_date())
@example(parts_of_the_first())
def test_what_changes_reach_is_all_that_can_change(rule, timeline):
    assert check_states(timeline, [rule], RULES) == sorted_findings(asked_every_date(timeline, rule))


@pytest.mark.parametrize("rule", STATE_RULES, ids=lambda rule: type(rule).__name__)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(timelines(), st.lists(st.lists(of_functions | of_units, min_size=1, max_size=3), max_size=4))
def test_timelines_that_begin_alike_are_judged_as_if_each_were_the_only_one(rule, timeline, of_dates):
    other = timeline_of(timeline.start, of_dates)
    each = [sorted_findings(found) for found in check_each([timeline, other, timeline], rule, RULES)]
    assert each == [check_states(one, [rule], RULES) for one in (timeline, other, timeline)]


ON = Head(head="OSG")
operations: st.SearchStrategy[Operation] = st.one_of(
    st.builds(
        SetHeads,
        unit=st.sampled_from(UNITS),
        heads=st.lists(st.builds(Head, head=st.sampled_from(UNITS)), min_size=1, max_size=2).map(tuple),
    ),
    st.builds(SetRank, unit=st.sampled_from(UNITS), rank=st.sampled_from(("D1", "D2"))),
    st.builds(SetType, unit=st.sampled_from(UNITS), type=st.sampled_from(("secretariat", "office"))),
    st.builds(EliminateUnit, unit=st.sampled_from(UNITS), reason=st.just("sunset")),
    st.builds(RestoreUnit, unit=st.sampled_from(UNITS)),
    st.builds(
        CreateUnit, unit=st.sampled_from(("N1", "N2")), name=st.just("n"), type=st.just("secretariat"), heads=st.just((ON,))
    ),
    st.builds(
        ReplaceUnit,
        unit=st.sampled_from(UNITS),
        by=st.just("N3"),
        name=st.just("n"),
        type=st.just("office"),
        heads=st.just((ON,)),
    ),
    st.builds(MergeUnits, units=st.sampled_from(UNITS).map(lambda unit: (unit,)), into=st.sampled_from(UNITS)),
    st.builds(
        CreateFunction, function=st.sampled_from(("G1", "G2")), name=st.sampled_from(NAMES[:-1]), owner=st.sampled_from(UNITS)
    ),
    st.builds(
        MoveFunction, function=st.sampled_from(FUNCTIONS), from_unit=st.sampled_from(UNITS), to_unit=st.sampled_from(UNITS)
    ),
    st.builds(RenameFunction, function=st.sampled_from(FUNCTIONS), name=st.sampled_from(NAMES[:-1])),
    st.builds(DiscontinueFunction, function=st.sampled_from(FUNCTIONS), authority=st.just("AG/RES. 1 (L-O/20)")),
)


@QUIET
@given(st.lists(st.tuples(st.integers(0, 4), operations), max_size=12))
def test_the_same_holds_of_the_operations_of_any_plan(acts):
    house = Organisation.of(
        [Unit("OSG", "n", "office"), *(Unit(id, "n", "secretariat", under("OSG"), "D1") for id in UNITS[1:])],
        [Function(id, name, (unit,)) for id, name, unit in zip(FUNCTIONS, NAMES, UNITS, strict=False)],
    )
    plan = [Planned(f"OP-{number}", START + timedelta(days=day), act) for number, (day, act) in enumerate(acts)]
    timeline = attempt(house, plan).timeline
    expected = [finding for rule in STATE_RULES for finding in asked_every_date(timeline, rule)]
    assert check_states(timeline, STATE_RULES, RULES) == sorted_findings(expected)


def test_a_finding_that_was_there_before_the_record_has_no_first_date_and_one_that_stays_no_last():
    start = Organisation.of([Unit("A", "n", "office")])
    assert [(found.since, found.until) for found in findings_of(start, [])] == [(None, None)]
    ended = timeline_of(start, [[lambda org: org.with_unit(Unit("A", "n", "office", under(UNKNOWN)))]])
    heads = [found for found in check_states(ended, STATE_RULES, RULES) if found.rule == "I5"]
    assert [(found.since, found.until) for found in heads] == [(None, START)]


def findings_of(start: Organisation, of_dates: list[list[Change]]) -> list[Finding]:
    return check_states(timeline_of(start, of_dates), STATE_RULES, RULES)


def test_findings_stand_in_the_order_in_which_people_count():
    org = Organisation.of([Unit("U", "U", "office")], [Function(f"F-{n}", f"Work {n}", (UNKNOWN,)) for n in (10, 8, 9, 1)])
    found = [one.subject.id for one in check_states(Timeline(org), STATE_RULES, RULES) if one.subject.sort is Sort.FUNCTION]
    assert list(dict.fromkeys(found)) == ["F-1", "F-8", "F-9", "F-10"]
