"""I5: a head; two only in a matrix; one head for a matter."""

from dataclasses import replace

import pytest

from structure.things import UNKNOWN, Edge, EdgeKind, Unit, UnitState
from tests.structure.rules.states import office, told


def secretariat(*heads: tuple[str, ...]) -> Unit:
    """A secretariat under heads, each with the matters it decides on."""
    edges = tuple(Edge(EdgeKind.MATRIX, head, frozenset(matters)) for head, *matters in heads)
    return Unit("S", "S", "secretariat", edges)


def test_who_stands_under_nobody_is_told_unless_the_pack_names_it_a_root():
    assert told("I5", [office("A")]) == [("unit_without_head", {"unit": "A"})]


def test_an_unknown_head_is_left_to_i16():
    assert told("I5", [office("A", UNKNOWN)]) == []


def test_an_overseer_that_reports_to_an_organ_needs_no_head():
    assert told("I5", [Unit("OMB2", "O", "oversight_body", (Edge(EdgeKind.BODY, "PC"),))]) == []


def test_reporting_to_an_organ_is_no_head_for_anybody_else():
    assert told("I5", [Unit("A", "A", "office", (Edge(EdgeKind.BODY, "PC"),))]) == [("unit_without_head", {"unit": "A"})]


def test_two_heads_are_for_types_that_may_have_a_matrix():
    facts = {"unit": "A", "count": 2, "heads": "OASG, OSG", "type": "office"}
    assert told("I5", [office("A", "OSG", "OASG")]) == [("two_heads_not_allowed", facts)]


def test_an_ended_unit_needs_no_head():
    assert told("I5", [replace(office("A"), state=UnitState.ABOLISHED)]) == []


@pytest.mark.parametrize(
    ("heads", "expected"),
    [
        ((("OSG",), ("OASG",)), [("two_heads_undivided", {"unit": "S", "heads": "OASG, OSG"})]),
        ((("OSG", "policy"), ("OASG",)), [("two_heads_undivided", {"unit": "S", "heads": "OASG, OSG"})]),
        ((("OSG", "policy"), ("OASG", "budget")), []),
        (
            (("OSG", "policy", "budget"), ("OASG", "budget")),
            [("matter_under_two_heads", {"unit": "S", "heads": "OASG, OSG", "count": 1})],
        ),
        ((("OSG",), (UNKNOWN,)), []),
        ((("OSG",), ("OSG",)), []),
    ],
    ids=["undivided", "one_decides_on_everything", "divided", "one_matter_twice", "other_unknown", "one_head_twice"],
)
def test_what_two_heads_decide_on_must_be_divided(heads, expected):
    assert told("I5", [secretariat(*heads)]) == expected
