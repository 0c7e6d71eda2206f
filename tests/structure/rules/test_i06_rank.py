"""I6: equals have one rank, and none is below another."""

from dataclasses import replace

from structure.things import UNKNOWN, Unit, UnitState
from tests.structure.cases import under
from tests.structure.rules.states import office, told


def secretariat(id: str, head: str = "OSG", rank: str = UNKNOWN) -> Unit:
    return Unit(id, id, "secretariat", under(head), rank)


def test_each_of_those_whose_ranks_differ_is_told_what_the_others_have():
    found = told("I6", [secretariat("A", rank="D1"), secretariat("B", rank="D2"), secretariat("C", rank="D1")])
    assert [(key, facts["unit"], facts["others"]) for key, facts in found] == [
        ("equals_of_unequal_rank", "A", "D2"),
        ("equals_of_unequal_rank", "B", "D1"),
        ("equals_of_unequal_rank", "C", "D2"),
    ]


def test_an_unknown_rank_is_not_a_different_rank():
    assert told("I6", [secretariat("A", rank="D1"), secretariat("B")]) == []


def test_ranks_of_other_types_and_of_ended_units_do_not_count():
    ended = replace(secretariat("B", rank="D2"), state=UnitState.ABOLISHED)
    other = replace(office("C", "OSG"), rank="D3")
    assert told("I6", [secretariat("A", rank="D1"), ended, other]) == []


def test_an_equal_below_an_equal_is_told_through_any_chain():
    chain = [secretariat("A"), office("M", "A"), office("N", "M"), secretariat("B", "N")]
    assert told("I6", chain) == [("equal_below_equal", {"unit": "B", "other": "A"})]


def test_a_chain_that_runs_through_an_ended_unit_is_no_chain():
    ended = replace(office("M", "A"), state=UnitState.ABOLISHED)
    assert told("I6", [secretariat("A"), ended, secretariat("B", "M")]) == []


def test_equals_in_a_circle_are_below_each_other_and_the_search_ends():
    found = told("I6", [secretariat("A", "B"), secretariat("B", "A")])
    assert [(facts["unit"], facts["other"]) for _, facts in found] == [("A", "B"), ("B", "A")]
