"""I14: an overseer reports to an organ and stands in no line of those it oversees."""

import pytest

from structure.things import UNKNOWN, Edge, EdgeKind, Unit
from tests.structure.rules.states import told


def overseer(*edges: Edge) -> list[Unit]:
    return [Unit("OMB", "Office of the Ombudsperson", "oversight_body", edges)]


TO_COUNCIL = Edge(EdgeKind.BODY, "PC")


def test_an_overseer_that_reports_to_the_council_alone_is_sound():
    assert told("I14", overseer(TO_COUNCIL)) == []


def test_an_overseer_must_report_to_an_organ_that_the_pack_names():
    assert told("I14", overseer()) == [("overseer_without_organ", {"unit": "OMB"})]
    assert told("I14", overseer(Edge(EdgeKind.BODY, "OSG"))) == [("overseer_without_organ", {"unit": "OMB"})]


@pytest.mark.parametrize("kind", [EdgeKind.LINE, EdgeKind.MATRIX])
def test_a_head_over_an_overseer_is_told_beside_its_organ(kind):
    expected = [("overseer_under_whom_it_oversees", {"unit": "OMB", "head": "OSG"})]
    assert told("I14", overseer(Edge(kind, "OSG"), TO_COUNCIL)) == expected


def test_coordination_takes_no_independence_and_an_unknown_head_is_left_to_i16():
    assert told("I14", overseer(Edge(EdgeKind.COORDINATION, "OSG"), Edge(EdgeKind.LINE, UNKNOWN), TO_COUNCIL)) == []


def test_other_units_need_no_organ():
    assert told("I14", [Unit("A", "A", "office", (Edge(EdgeKind.LINE, "OSG"),))]) == []
