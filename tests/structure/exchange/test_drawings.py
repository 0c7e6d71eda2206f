"""Drawings and calendars say what is there, and nothing in a name can break out of them."""

from datetime import UTC, date, datetime

from icalendar import Calendar

from structure.exchange.due_dates import DueDate, write_calendar
from structure.exchange.mermaid import draw_flow, draw_tree
from structure.operations import Head, MergeFunctions, MoveFunction, Part, SetHeads, SplitFunction
from structure.organisation import Organisation
from structure.responsible import heirs_in
from structure.things import Edge, EdgeKind, Function, Unit
from structure.timeline import Planned, attempt
from tests.structure.exchange.houses import everything


def test_a_tree_has_every_live_unit_once_and_its_lines():
    org = everything()
    text = draw_tree(org)
    live = [unit for unit in org.units.values() if unit.is_live]
    assert text.count('["') == len(live)
    assert text.count(" --> ") + text.count(" -.-> ") == sum(
        1 for unit in live for head in unit.heads if org.live_unit(head) is not None
    )
    assert "Short-lived" not in text


def test_no_name_can_end_its_quotes_in_a_tree():
    text = draw_tree(Organisation.of([Unit("U", 'x"]; click U href "javascript:alert(1)" <b>', "office")]))
    assert text.count('"') == 2
    assert "<" not in text
    assert ";" not in text.replace("#34;", "").replace("#93;", "").replace("#59;", "").replace("#60;", "").replace("#62;", "")


def test_a_flow_counts_functions_from_unit_to_unit_and_shows_what_nobody_owns():
    before = Organisation.of(
        [Unit("A", "Alpha", "office"), Unit("B", 'Be"ta', "office", (Edge(EdgeKind.LINE, "A"),))],
        [Function("F", "f", ("A",)), Function("G", "g", ("A",)), Function("H", "h", ("A",))],
    )
    after = MoveFunction(function="F", from_unit="A", to_unit="B").change(before, "x", date(2016, 1, 1))
    lost = Organisation.of(after.units.values(), [one for one in after.functions.values() if one.id != "H"])
    assert draw_flow(before, lost, {}, date(2016, 1, 1)).splitlines()[2:] == [
        '"before: Alpha","after: Alpha",1',
        '"before: Alpha","after: Be""ta",1',
        '"before: Alpha","after: no owner",1',
    ]


def test_a_function_that_went_into_others_goes_where_they_are():
    before = Organisation.of(
        [Unit("A", "Alpha", "office"), Unit("B", "Beta", "office"), Unit("C", "Gamma", "office")],
        [Function("F", "f", ("A",)), Function("G", "g", ("A",)), Function("H", "h", ("B",))],
    )
    plan = [
        Planned("1", date(2016, 1, 1), MergeFunctions(functions=("F",), into="H")),
        Planned(
            "2",
            date(2016, 1, 1),
            SplitFunction(
                function="G", into=(Part(function="G1", name="g", owner="B"), Part(function="G2", name="h", owner="C"))
            ),
        ),
    ]
    after = attempt(before, plan).timeline.end
    drawn = draw_flow(before, after, heirs_in(plan), date(2016, 1, 1))
    assert drawn.splitlines()[2:] == [
        '"before: Alpha","after: Beta",2',
        '"before: Alpha","after: Gamma",1',
        '"before: Beta","after: Beta",1',
    ]


def test_a_calendar_has_one_whole_day_a_duty_under_a_stable_name():
    due = [DueDate("b", date(2026, 3, 1), "Report; due, soon"), DueDate("a", date(2026, 2, 28), "Order")]
    at = datetime(2026, 1, 1, tzinfo=UTC)
    text = write_calendar(due, made_at=at, name="House")
    assert text == write_calendar(reversed(due), made_at=at, name="House")
    events = Calendar.from_ical(text).walk("VEVENT")
    assert [(str(event["uid"]), event["dtstart"].dt, event["dtend"].dt) for event in events] == [
        ("a@amparo", date(2026, 2, 28), date(2026, 3, 1)),
        ("b@amparo", date(2026, 3, 1), date(2026, 3, 2)),
    ]
    assert str(events[1]["summary"]) == "Report; due, soon"


def test_a_circle_can_be_drawn():
    org = Organisation.of([Unit("A", "a", "office", (Edge(EdgeKind.LINE, "B"),)), Unit("B", "b", "office")])
    circle = SetHeads(unit="B", heads=(Head(head="A"),)).change(org, "x", date(2016, 1, 1))
    assert draw_tree(circle).count("-->") == 2
