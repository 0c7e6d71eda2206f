"""I4: a circle is told once, from its least unit; every edge to what does not stand is told."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from structure.things import UNKNOWN, Edge, EdgeKind, UnitState
from tests.structure.rules.states import office, told


def test_a_circle_is_told_once_upwards_from_its_least_unit():
    circle = [office("C", "B"), office("B", "A"), office("A", "C")]
    assert told("I4", circle) == [("units_in_a_circle", {"circle": "A > C > B > A"})]


def test_a_unit_that_is_its_own_head_stands_in_a_circle():
    assert told("I4", [office("A", "A")]) == [("units_in_a_circle", {"circle": "A > A"})]


def test_line_and_matrix_edges_together_can_run_in_a_circle():
    mixed = [replace(office("A"), edges=(Edge(EdgeKind.MATRIX, "B"),)), office("B", "A")]
    assert [key for key, _ in told("I4", mixed)] == ["units_in_a_circle"]


def test_coordination_may_run_in_a_circle_and_may_name_somebody_outside():
    beside = (Edge(EdgeKind.COORDINATION, "B"), Edge(EdgeKind.COORDINATION, "World Bank"))
    assert told("I4", [replace(office("A"), edges=beside), office("B", "A")]) == []


def test_two_circles_that_share_no_unit_are_told_each():
    both = [office("A", "B"), office("B", "A"), office("C", "D"), office("D", "C")]
    assert [facts["circle"] for _, facts in told("I4", both)] == ["A > B > A", "C > D > C"]


def test_who_hangs_on_a_circle_is_not_in_it():
    assert len(told("I4", [office("A", "B"), office("B", "A"), office("C", "B")])) == 1


def test_an_abolished_unit_closes_no_circle_but_is_no_head():
    ended = [office("A", "B"), replace(office("B", "A"), state=UnitState.ABOLISHED)]
    assert told("I4", ended) == [("unit_under_none", {"unit": "A", "head": "B"})]


def test_a_head_that_never_was_is_told_beside_one_that_stands():
    assert told("I4", [office("A", "OSG", "NOBODY")]) == [("unit_under_none", {"unit": "A", "head": "NOBODY"})]


def test_an_unknown_head_is_no_fault_of_edges():
    assert told("I4", [office("A", UNKNOWN)]) == []


@given(
    st.permutations([f"U{number}" for number in range(6)]), st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=9)
)
def test_nothing_is_told_exactly_when_the_units_can_be_put_in_an_order(order, drawn):
    downward = [(order[max(pair)], order[min(pair)]) for pair in drawn if pair[0] != pair[1]]
    units = [office(id, *sorted({head for child, head in downward if child == id})) for id in order]
    assert told("I4", units) == []
    top_under_bottom = [replace(unit, edges=office(unit.id, order[-1]).edges) if unit.id == order[0] else unit for unit in units]
    reached = {order[-1]}
    for _ in order:
        reached |= {head for child, head in downward if child in reached}
    circles = [facts["circle"] for _, facts in told("I4", top_under_bottom)]
    assert len(circles) == (order[0] in reached)
    for circle in circles:
        steps = str(circle).split(" > ")
        assert steps[0] == steps[-1] == min(steps)
        assert all(pair in {*downward, (order[0], order[-1])} for pair in pairwise(steps))
