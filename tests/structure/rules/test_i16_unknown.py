"""I16: each unknown field of a live thing is counted once."""

from structure.things import UNKNOWN, Edge, EdgeKind, Function, Post, Unit, UnitState
from tests.structure.rules.states import office, told


def fields(found: list[tuple[str, dict[str, object]]]) -> list[object]:
    return [facts["field"] for _, facts in found]


def test_of_a_unit_its_heads_coordination_type_and_name():
    edges = (Edge(EdgeKind.LINE, UNKNOWN), Edge(EdgeKind.MATRIX, UNKNOWN), Edge(EdgeKind.COORDINATION, UNKNOWN))
    assert fields(told("I16", [Unit("A", UNKNOWN, UNKNOWN, edges)])) == ["coordination", "head", "name", "type"]


def test_a_rank_is_asked_for_only_where_ranks_must_be_equal():
    assert fields(told("I16", [office("A", "OSG"), office("S", "OSG", type="secretariat")])) == ["rank"]


def test_of_a_function_its_owner_origin_and_name():
    assert fields(told("I16", [], [Function("F1", UNKNOWN, (UNKNOWN,), origin=UNKNOWN)])) == ["name", "origin", "owner"]


def test_a_function_that_began_where_it_is_has_no_unknown_origin():
    assert told("I16", [], [Function("F1", "Budget", ("OSG",))]) == []


def test_of_a_post_its_fund_and_grade():
    assert fields(told("I16", [], [], [Post("P1", "Officer", "OSG")])) == ["fund", "grade"]


def test_what_has_ended_is_not_counted():
    ended = Unit("A", UNKNOWN, UNKNOWN, (), state=UnitState.ABOLISHED)
    assert told("I16", [ended], [Function("F1", UNKNOWN, (UNKNOWN,), live=False)], [Post("P1", "O", "A", live=False)]) == []
