"""What a case file means: one set of ids, a plan with its dates, who decided, and what is unknown stays unknown."""

import json
from datetime import date

from structure.diff import diff
from structure.operations import CreateFunction, MergeFunctions, MoveFunction, RenameUnit, SplitUnit
from structure.reading import read_case
from structure.things import UNKNOWN, EdgeKind
from tests.structure.reading.case_files import DAY, REAL, RULES, case, read, real, unit

FILE = read_case(REAL.read_text(encoding="utf-8"), "yaml", RULES)


def by_id(file):
    return {planned.id: planned for planned in file.planned}


def test_a_unit_that_stays_itself_has_one_id_throughout():
    assert FILE.same == {"OSASOD": "SC", "SPA": "SSD", "DECO": "SSD-ECO", "DSDSM": "SSD-SDSM", "SUMMITS": "SHA-SUM"}
    assert FILE.before.units["SC"].name == "Office of the Senior Advisor for Strategy and Organizational Development"
    assert FILE.target.units["SC"].formerly == (FILE.before.units["SC"].name,)
    assert FILE.before.units["SSD-ECO"].heads == ("SSD",)
    begun = {one.subject.id for one in diff(FILE.before, FILE.target) if one.field == "began"}
    assert not begun & {"SC", "SSD", "SSD-ECO", "SSD-SDSM", "SHA-SUM"}


def test_a_unit_whose_functions_were_absorbed_is_another_unit():
    assert "DIA" in FILE.before.units
    assert "SC-OC" not in FILE.before.units


def test_a_function_with_a_known_origin_was_with_that_unit():
    assert FILE.before.functions["F-SC-1"].owners == ("SC",)
    assert FILE.before.functions["F-SC-6"].owners == ("SER",)
    assert FILE.before.functions["F-SER-1"].owners == ("DIA",)


def test_a_function_of_unknown_origin_was_with_nobody_known():
    function = FILE.before.functions["F-SI-1"]
    assert (function.owners, function.origin) == ((UNKNOWN,), UNKNOWN)
    assert FILE.before.functions["F-SER-8"].owners == (UNKNOWN,)


def test_a_new_function_was_not_there_and_is_created():
    assert "F-NHI-1" not in FILE.before.functions
    assert isinstance(by_id(FILE)["implied:F-NHI-1"].operation, CreateFunction)


def test_operations_without_a_date_take_effect_on_the_assumed_day():
    assert {planned.on for planned in FILE.planned} == {date(2015, 12, 11)}
    assert all(planned.assumed for planned in FILE.planned)
    assert {planned.on for planned in read(real(), on=DAY).planned} == {DAY}


def test_a_day_the_order_gives_is_not_assumed():
    data = real()
    data["proposal"]["executive_order"]["effective_on"] = date(2015, 12, 1)
    data["operations"][1]["on"] = date(2015, 12, 20)
    file = read(data)
    assert {(planned.on, planned.assumed) for planned in file.planned} == {
        (date(2015, 12, 1), False),
        (date(2015, 12, 20), False),
    }
    assert by_id(file)["implied:SHA-NHI"].on == date(2015, 12, 20)


def test_declared_operations_are_told_from_implied_ones():
    plan = by_id(FILE)
    assert {id for id, planned in plan.items() if planned.declared} == {
        "OP-1", "OP-2", "OP-3", "OP-4", "OP-5", "OP-5:OMB:reports", "OP-8:SSD", "OP-8:SEDI", "OP-8:SMS", "OP-8:SAF", "OP-8:SLA",
    }  # fmt: skip
    assert len(plan) == len(FILE.planned)


def test_functions_go_into_the_one_that_absorbs_them_and_it_goes_along():
    plan = by_id(FILE)
    assert plan["OP-3a:F-SC-6"].operation == MoveFunction(function="F-SC-6", from_unit="SER", to_unit="SC-OC")
    absorbed = ("F-SER-2", "F-SER-3", "F-SER-4", "F-SER-5", "F-SER-6")
    assert plan["OP-3a"].operation == MergeFunctions(functions=absorbed, into="F-SC-6")
    assert plan["OP-3c:F-SC-7"].operation == MoveFunction(function="F-SC-7", from_unit=UNKNOWN, to_unit="SC-OC")


def test_what_stands_under_a_declared_new_unit_is_implied_and_nothing_else_is():
    implied = {id.removeprefix("implied:") for id in by_id(FILE) if id.startswith("implied:")}
    assert {"SARE-SI", "SARE-PE", "SARE-CS", "SHA-EPM", "SHA-SPI", "SHA-NHI", "SC-PE", "SC-OC", "SC-ODS"} <= implied
    assert {"SHA-SUM:heads", "SHA-SUM:name", "SHA-SUM:type", "SC:heads", "F-SI-1", "F-OMB-1"} <= implied
    assert not implied & {"OSGA", "AMA", "DLS:heads", "SSD:name", "SSD-ECO:name", "F-ECO-1", "F-SDSM-1"}


def test_the_plan_can_be_done_whole_and_leads_where_the_file_says_but_for_what_nobody_declared():
    made = FILE.attempt()
    assert made.refused == ()
    apart = {one.subject.id for one in diff(made.timeline.end, FILE.target)}
    assert apart == {
        "AMA", "OSGA", "CML", "COORD", "DCMM", "DIA", "DLS", "SSD", "SSD-ECO", "SSD-SDSM",
        "F-ECO-1", "F-SDSM-1", "F-SDSM-2", "F-SDSM-3", "F-SDSM-4", "F-SER-1",
    }  # fmt: skip


def test_who_decided_and_by_which_power():
    authority = FILE.authority
    assert (authority.body, authority.decided_on, authority.method) == ("PC", date(2015, 9, 30), "assumed: consensus")
    assert authority.scope == {"OSG", "OASG", "OMB"}
    (delegation,) = FILE.delegations
    assert (delegation.giver, delegation.taker, delegation.since) == ("GA", "PC", date(2015, 6, 15))
    assert delegation.classes == {"create_secretariat", "abolish_secretariat"}
    assert (FILE.due_on, FILE.submitted_on, FILE.adopted_on) == (date(2015, 7, 31), None, date(2015, 9, 30))


def test_a_stated_method_and_stated_classes_are_not_assumed():
    data = real()
    data["proposal"]["approval"]["method"] = {"value": "roll_call", "src": "s1"}
    data["mandates"][2]["delegations"] = [
        {"to": "PC", "power": "all of it", "classes": ["create_unit"], "until": date(2015, 12, 31)}
    ]
    file = read(data)
    assert file.authority.method == "roll_call"
    assert [(one.classes, one.until) for one in file.delegations] == [({"create_unit"}, date(2015, 12, 31))]


def test_edges_are_read_by_their_kind():
    sare = FILE.target.units["SARE"]
    assert {edge.head for edge in sare.edges if edge.kind is EdgeKind.MATRIX} == {"OSG", "OASG"}
    assert sum(edge.kind is EdgeKind.COORDINATION for edge in sare.edges) == 3
    assert [edge.head for edge in FILE.target.units["OMB"].edges] == ["PC"]
    assert {edge.head for edge in FILE.target.units["CML"].edges if edge.kind is EdgeKind.COORDINATION} == {"OSG", "OASG"}
    assert FILE.before.units["SSD"].heads == (UNKNOWN,)


def test_a_bare_value_and_one_with_its_source_are_both_read():
    m1051 = next(mandate for mandate in FILE.content.mandates if mandate.id == "M-1051")
    assert m1051.adopted_on.value == date(2015, 5, 20)
    course = FILE.content.training[1]
    assert (course.participants.value, course.participants.qualifier, course.held_on.value) == (300, "more_than", "2025")
    assert course.held_on.precision == "year"


def test_heads_with_matters_are_read():
    parents = [{"head": "A", "kind": "matrix", "matters": ["budget"]}, {"head": "B", "matters": ["work"]}]
    data = case()
    data["structure_after"]["units"].append({"id": "C", "name": "C", "type": "secretariat", "parents": parents})
    data["operations"] = [{"id": "OP", "kind": "create", "target": "C"}]
    end = read(data).attempt().timeline.end
    assert {(edge.kind, edge.head, *edge.matters) for edge in end.units["C"].edges} == {
        (EdgeKind.MATRIX, "A", "budget"), (EdgeKind.MATRIX, "B", "work"),
    }  # fmt: skip


def test_two_owners_are_read_so_that_they_can_be_found():
    data = case()
    data["structure_before"]["functions"][0]["unit"] = ["A", "B"]
    assert read(data).before.functions["F1"].owners == ("A", "B")


def test_a_rename_keeps_the_unit_and_a_replacement_does_not():
    data = case(operations=[{"id": "OP", "kind": "rename", "source": "A", "target": "A2"}])
    data["structure_after"]["units"][1]["id"] = "A2"
    data["structure_after"]["functions"][0]["unit"] = "A2"
    file = read(data)
    assert file.planned[0].operation == RenameUnit(unit="A2", name="Unit A")
    assert diff(file.attempt().timeline.end, file.target) == []
    data["operations"][0]["kind"] = "replace"
    end = read(data).attempt().timeline.end
    assert (end.live_unit("A"), end.functions["F1"].owners) == (None, ("A2",))


def test_a_split_sends_functions_where_the_result_shows_them():
    data = case()
    data["structure_before"]["functions"].append({"id": "F2", "name": "The second", "unit": "A"})
    data["structure_after"]["units"] = [unit("OSG", type="office"), unit("B", "OSG"), unit("C", "OSG")]
    data["structure_after"]["functions"] = [
        {"id": "F1", "name": "The first", "unit": "B"},
        {"id": "F2", "name": "The second", "unit": "C"},
    ]
    data["operations"] = [{"id": "OP", "kind": "split", "source": "A", "targets": ["B", "C"], "primary": "B"}]
    file = read(data)
    assert isinstance(by_id(file)["OP"].operation, SplitUnit)
    assert diff(file.attempt().timeline.end, file.target) == []


def test_units_merge_and_move_and_report():
    data = case()
    data["bodies"] = [{"id": "PC", "name": "Council", "kind": "political_organ"}]
    data["structure_after"]["units"] = [unit("OSG", type="office"), unit("C", "OSG"), unit("D", "C", reports_to=["PC"])]
    data["structure_after"]["functions"][0]["unit"] = "C"
    data["structure_before"]["units"].append(unit("D", "OSG"))
    data["operations"] = [
        {"id": "OP-1", "kind": "merge", "sources": ["A", "B"], "target": "C"},
        {"id": "OP-2", "kind": "move", "target": "D", "parents": ["C"]},
        {"id": "OP-3", "kind": "set_reporting", "targets": ["D"], "reports_to": ["PC"]},
    ]
    file = read(data)
    assert diff(file.attempt().timeline.end, file.target) == []


def test_an_operation_in_our_own_words_is_taken_as_it_is():
    operation = {"id": "OP", "kind": "move_function", "function": "F1", "from_unit": "A", "to_unit": "B", "on": date(2017, 1, 1)}
    (planned,) = read(case(operations=[operation])).planned
    assert planned.operation == MoveFunction(function="F1", from_unit="A", to_unit="B")
    assert (planned.on, planned.assumed, planned.declared) == (date(2017, 1, 1), False, True)


def test_what_cannot_be_done_is_left_out_and_named():
    operations = [
        {"id": "OP-1", "kind": "create", "target": "A"},
        {"id": "OP-2", "kind": "move_unit", "unit": "A", "from_head": "OSG", "to_head": "B"},
    ]
    made = read(case(operations=operations)).attempt()
    assert [(refused.planned.id, refused.refusal.claim) for refused in made.refused] == [("OP-1", "unit_is_new")]
    assert made.timeline.end.units["A"].heads == ("B",)


def test_a_second_version_adds_operations():
    more = read(case(operations=[{"id": "NEW", "kind": "eliminate", "target": "B"}])).planned
    assert read(case()).with_planned(more).attempt().timeline.end.live_unit("B") is None


def test_a_file_is_read_the_same_from_json():
    data = json.dumps(real(), default=str)
    again = read_case(data, "json", RULES)
    assert (again.planned, diff(again.before, FILE.before), again.delegations) == (FILE.planned, [], FILE.delegations)
