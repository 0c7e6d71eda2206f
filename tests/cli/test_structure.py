"""`amparo structure`, as a secretary and as a program see it."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from cli.main import app
from policies.said import Said
from structure.exchange.tables import write_csv
from structure.exchange.turtle import write_turtle
from structure.operations import OPERATIONS
from structure.reading import read_case
from tests.structure.reading.case_files import REAL, RULES, case, real, unit
from web.messages import LANGUAGES, Messages


def run(*words: str) -> Any:
    result = CliRunner().invoke(app, ["structure", *words])
    assert isinstance(result.exception, SystemExit | None), result.exception
    return result


def ask(*words: str, code: int = 0) -> Any:
    result = run(*words, "--json")
    assert result.exit_code == code, result.output
    return json.loads(result.stdout)


@pytest.fixture
def written(tmp_path: Path) -> Any:
    def write(data: object, name: str = "case.yaml") -> str:
        path = tmp_path / name
        path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
        return str(path)

    return write


def found(answer: Any, rule: str) -> set[str]:
    return {finding["subject"] for finding in answer["findings"] if finding["rule"] == rule}


def test_check_finds_in_the_2015_file_what_is_missing_duplicated_undeclared_and_two_headed():
    answer = ask("check", str(REAL), code=1)
    assert "F-SER-1" in found(answer, "I3"), "missing: nobody has relations with legislative bodies afterwards"
    assert "DIA" in found(answer, "I7"), "the department below the eliminated secretariat is left behind"
    assert {"F-PE-2", "F-PE-3"} & found(answer, "I12") or "F-SI-9" in found(answer, "I12"), "duplicated"
    assert {"OSGA", "AMA", "DLS", "SSD", "DIA", "F-ECO-1"} <= found(answer, "I11"), "undeclared"
    assert found(answer, "I5") == {"SARE", "SSD", "SHA", "SEDI", "SMS", "SAF", "SLA"}, "two-headed"
    assert {"F-SI-1", "SPA", "SSD"} & found(answer, "I16")


def test_check_has_exactly_its_keys_and_its_counts_are_those_of_the_list():
    answer = ask("check", str(REAL), code=1)
    assert list(answer) == ["findings", "counts"]
    for finding in answer["findings"]:
        assert list(finding) == ["rule", "severity", "subject", "from", "to", "message"]
        assert finding["severity"] in {"blocks", "warns", "informs"}
        for day in (finding["from"], finding["to"]):
            assert day is None or date.fromisoformat(day)
    for name, count in answer["counts"].items():
        assert count == sum(name in (finding["rule"], finding["severity"]) for finding in answer["findings"])
    assert {"blocks", "warns", "informs"} <= answer["counts"].keys()


def test_a_sound_file_passes(written: Any):
    answer = ask("check", written(case()))
    assert (answer["findings"], answer["counts"]) == ([], {"blocks": 0, "warns": 0, "informs": 0})


@pytest.mark.parametrize("language", LANGUAGES)
def test_check_speaks_every_language(language: str):
    result = run("check", str(REAL), "--lang", language)
    assert result.exit_code == 1
    assert "F-SER-1" in result.stdout


def test_a_circle_that_only_the_result_shows_is_found(written: Any):
    data = case()
    data["structure_after"]["units"] = [unit("OSG", type="office"), unit("A", "B"), unit("B", "A")]
    assert found(ask("check", written(data), code=1), "I4") == {"A"}


def test_a_circle_that_the_plan_makes_is_found_with_its_date(written: Any):
    operations = [{"id": "OP", "kind": "move", "target": "A", "parents": ["B"], "on": "2016-05-01"}]
    operations += [{"id": "OP2", "kind": "move", "target": "B", "parents": ["A"], "on": "2016-06-01"}]
    answer = ask("check", written(case(operations=operations)), code=1)
    assert [one["from"] for one in answer["findings"] if one["rule"] == "I4"] == ["2016-06-01"]


def test_two_owners_are_found(written: Any):
    data = case()
    data["structure_before"]["functions"][0]["unit"] = ["A", "B"]
    assert found(ask("check", written(data), code=1), "I1") == {"F1"}


def test_a_function_into_an_abolished_unit_is_found(written: Any):
    operations = [
        {"id": "OP-1", "kind": "eliminate", "target": "B", "on": "2016-01-01"},
        {"id": "OP-2", "kind": "move_functions", "functions": ["F1"], "from": "A", "to": "B", "on": "2016-02-01"},
    ]
    path = written(case(operations=operations))
    assert found(ask("check", path, "--lang", "en", code=1), "I11") >= {"OP-2"}
    refused = ask("plan", path, code=1)["refused"]
    assert [(one["id"], one["claim"], one["subject"]) for one in refused] == [("OP-2", "unit_is_live", "B")]


def test_an_operation_before_its_unit_begins_is_found(written: Any):
    data = case()
    data["structure_after"]["units"].append(unit("C", "OSG"))
    data["operations"] = [
        {"id": "OP-1", "kind": "create", "target": "C", "on": "2016-05-01"},
        {"id": "OP-2", "kind": "move", "target": "C", "parents": ["A"], "on": "2016-01-01"},
    ]
    assert [one["id"] for one in ask("plan", written(data), code=1)["refused"]] == ["OP-2"]


def test_every_fault_of_a_file_is_told_and_none_of_its_text(written: Any):
    data = real()
    data["structure_after"]["units"][4]["secret key"] = "secret words"
    data["structure_after"]["units"][5]["parents"] = 7.5
    path = written(data)
    for command in ("check", "diff", "plan", "show"):
        answer = ask(command, path, code=2)
        assert answer["error"]["code"] == "case_file_refused"
        assert {fault["kind"] for fault in answer["error"]["faults"]} == {"unknown_key", "wrong_list"}
        assert all(fault["line"] for fault in answer["error"]["faults"])
    result = run("check", path)
    assert result.exit_code == 2
    assert "secret words" not in result.output
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("check", "nowhere.yaml"), "case_unreadable"),
        (("check", "tests"), "case_unreadable"),
        (("check", "README.md"), "case_of_other_kind"),
        (("plan", "README.md"), "case_of_other_kind"),
        (("check", str(REAL), "--pack", "eu"), "no_structure_rules"),
        (("check", str(REAL), "--pack", "none"), "policy_refused"),
        (("check", str(REAL), "--on", "soon"), "bad_date"),
        (("show", str(REAL), "--as-of", "2015-02-30"), "bad_date"),
        (("check", str(REAL), "--lang", "xx"), "unknown_language"),
    ],
)
def test_a_call_that_cannot_be_answered_is_refused_in_a_sentence(words: tuple[str, ...], code: str):
    assert ask(*words, code=2)["error"]["code"] == code


def test_diff_says_moved_or_renamed_and_not_deleted_and_created():
    answer = ask("diff", str(REAL))
    changes = {(one["id"], one["field"]) for one in answer["differences"]}
    assert {("SC", "name"), ("SHA-SUM", "heads"), ("DLS", "heads"), ("SER", "ended"), ("SARE", "began")} <= changes
    assert not {("SC", "began"), ("SSD", "began"), ("SHA-SUM", "began")} & changes
    assert answer["counts"]["ended"] == sum(field == "ended" for _, field in changes)


def test_diff_of_a_file_with_itself_is_empty():
    assert ask("diff", str(REAL), str(REAL)) == {"differences": [], "counts": {}}


def test_exports_are_read_back_and_compared(tmp_path: Path):
    target = read_case(REAL.read_text(encoding="utf-8"), "yaml", RULES).target
    (tmp_path / "after.ttl").write_text(write_turtle(target), encoding="utf-8")
    tables = tmp_path / "after"
    tables.mkdir()
    for name, table in write_csv(target).items():
        (tables / f"{name.removesuffix('.csv')}.csv").write_text(table, encoding="utf-8", newline="")
    for export in (tmp_path / "after.ttl", tables):
        assert ask("diff", str(REAL), str(export))["differences"] == []
        assert found(ask("check", str(export)), "I5") == {"SARE", "SSD", "SHA", "SEDI", "SMS", "SAF", "SLA"}
        assert len(ask("show", str(export))["units"]) == len(target.units)


def test_diff_by_name_matches_and_asks(written: Any):
    data = case()
    data["structure_after"] = {
        "units": [
            {"id": "1", "name": "Unit OSG", "type": "office", "parents": []},
            {"id": "2", "name": "Unit A", "type": "department", "parents": ["1"]},
            {"id": "3", "name": "The Unit B", "type": "department", "parents": ["1"]},
        ],
        "functions": [],
    }
    answer = ask("diff", written(case(), "known.yaml"), written(data, "other.yaml"), "--by-name")
    assert [(one["id"], one["candidates"]) for one in answer["questions"]] == [("3", ["B"])]
    assert {one["id"] for one in answer["differences"]} == {"3", "B", "F1"}


def test_plan_lists_operations_in_the_order_they_are_done():
    operations = ask("plan", str(REAL))["operations"]
    ids = [operation["id"] for operation in operations]
    assert ids.index("OP-3a:F-SC-6") < ids.index("OP-3a") < ids.index("OP-3")
    assert all(operation["assumed"] and operation["on"] == "2015-12-11" for operation in operations)
    assert {operation["on"] for operation in ask("plan", str(REAL), "--on", "2016-03-01")["operations"]} == {"2016-03-01"}
    assert "OP-3 " in run("plan", str(REAL)).stdout


def test_show_draws_a_day():
    before = ask("show", str(REAL), "--as-of", "2015-12-10")
    after = ask("show", str(REAL), "--as-of", "2015-12-11")
    assert "SER" in {unit["id"] for unit in before["units"]}
    assert "SER" not in {unit["id"] for unit in after["units"]}
    drawn = run("show", str(REAL), "--lang", "en").stdout
    assert "    SARE-CS  Civil Society Relations (department)" in drawn
    assert "SARE (drawn above)" in drawn
    assert "Under nothing that stands:\n  DIA" in drawn


def test_show_draws_a_circle_and_ends(written: Any):
    data = case()
    data["structure_before"]["units"] = [unit("OSG", type="office"), unit("A", "B"), unit("B", "A")]
    drawn = run("show", written(data), "--lang", "en").stdout
    assert [line.split()[0] for line in drawn.splitlines() if "Unit" in line] == ["OSG", "A", "B"]


def test_findings_are_sentences_without_names_of_the_code_in_every_language():
    for language in LANGUAGES:
        said = [finding["message"] for finding in ask("check", str(REAL), "--lang", language, code=1)["findings"]]
        assert not [one for one in said if "coordinates_with" in one or "owners" in one or "_is_" in one]
    assert any("OASG, OSG" in one["message"] for one in ask("check", str(REAL), code=1)["findings"] if one["subject"] == "CML")


def test_nobody_is_blocked_before_the_plan_begins_when_its_decision_is_known():
    before, after = ask("simulate", str(REAL))["dates"]
    assert (before["from"], before["blocks"], before["warns"]) == (None, 0, 0)
    assert after["blocks"] == 3


def test_a_refusal_of_one_of_several_files_says_which(written):
    good, bad = written(case()), written({"schema_version": 1, "colour": "red"}, "their_case.yaml")
    assert ask("merge", good, good, bad, code=2)["error"]["file"] == "their_case.yaml"
    assert run("merge", good, good, bad).stderr.startswith("their_case.yaml: ")
    assert "nowhere.yaml" in run("merge", good, good, "nowhere.yaml").stderr


@pytest.mark.parametrize("command", ["show", "compare"])
def test_an_empty_answer_is_a_sentence(written, command):
    assert run(command, written({"schema_version": 1})).stdout.strip().endswith(".")


def test_every_kind_of_operation_has_words_and_a_plan_is_listed_in_them():
    kinds = [operation.model_fields["kind"].default for operation in OPERATIONS]
    for lang in LANGUAGES:
        messages = Messages(lang)
        assert all(messages.say(Said(f"operation.{kind}")) for kind in kinds)
    told = run("plan", str(REAL), "--lang", "es").output
    assert "crear una unidad" in told
    assert "create_unit" not in told


def test_who_may_not_decide_is_told_the_act_and_not_its_code():
    found = {
        "operation": "OP-1",
        "act": "create",
        "type": "oversight_body",
        "body": "PC",
        "bodies": "GA",
        "on": date(2015, 6, 15),
    }
    said = Said("finding.body_without_power", found)
    assert "(crear: órgano de supervisión)" in Messages("es").say(said)
    assert "(create: think tank)" in Messages("en").say(Said(said.key, found | {"type": "think_tank"}))
