"""`amparo procedures`, as an operator and a program meet it."""

import json
import shutil
from itertools import cycle
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.procedures import app
from policies import pack as packs
from states.procedures import procedure
from web.messages import LANGUAGES

KINDS = [
    *("complaint", "consultation", "recommendation", "mediation", "protection", "upward_feedback", "own_initiative"),
    *("mandate", "proposal", "meeting", "report", "transmittal"),
]


def call(*arguments: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, list(arguments))
    return done.exit_code, done.stdout, done.stderr


def test_the_list_names_the_kinds_of_the_house() -> None:
    code, out, _ = call("list", "--json")
    assert (code, [one["name"] for one in json.loads(out)]) == (0, KINDS)
    code, out, _ = call("list", "--pack", "eu", "--json")
    assert (code, [one["name"] for one in json.loads(out)]) == (0, KINDS[:7])


@pytest.mark.parametrize(("kind", "language"), zip(KINDS, cycle(LANGUAGES), strict=False))
def test_each_procedure_is_shown_and_each_language_has_its_turn(kind: str, language: str) -> None:
    """That every language has every word of every procedure: tests/states/test_squares.py."""
    code, out, err = call("show", kind, "--lang", language)
    assert (code, err) == (0, "")
    assert all(f"│ {stage}" in out for stage in procedure(kind).states)


def test_what_is_shown_to_programs_joins_the_table_and_the_policy() -> None:
    code, out, _ = call("show", "mandate", "--json")
    shown = json.loads(out)
    assert code == 0
    expire = next(move for move in shown["moves"] if move["trigger"] == "expire")
    assert (expire["from"], expire["to"], expire["who"]) == ("in_force", "expired", ["clock:clock"])
    assignment = next(clock for clock in shown["clocks"] if clock["name"] == "assignment")
    assert (assignment["count"], assignment["unit"], assignment["verified"]) == (10, "working_days", False)


def test_a_diagram_is_mermaid() -> None:
    code, out, _ = call("diagram", "proposal")
    assert code == 0
    assert out.startswith("stateDiagram-v2\n    [*] --> draft\n")


@pytest.mark.parametrize("arguments", [("show", "petition"), ("diagram", "petition"), ("show", "mandate", "--pack", "eu")])
def test_an_unknown_kind_is_refused_naming_those_there_are(arguments: tuple[str, ...]) -> None:
    code, out, err = call(*arguments)
    assert (code, out) == (2, "")
    assert "complaint, consultation, recommendation" in err
    code, out, _ = call(*arguments, "--json")
    assert (code, json.loads(out)["error"]["code"]) == (2, "unknown_procedure")


def test_an_unknown_language_and_an_unknown_pack_are_refused() -> None:
    assert call("list", "--lang", "xx")[0] == 2
    code, _, err = call("check", "--pack", "nowhere")
    assert code == 2
    assert "eu, oas" in err


def test_the_check_reports_as_programs_expect_it() -> None:
    code, out, _ = call("check", "--pack", "eu", "--json")
    report = json.loads(out)
    assert code == 0
    assert [(one["name"], one["findings"]) for one in report["procedures"]] == [(kind, []) for kind in KINDS[:7]]
    assert all(one["explored"] > 0 for one in report["procedures"])
    assert report["mutants"]["seeded"] == report["mutants"]["killed"] > 100
    assert set(report) == {"procedures", "mutants"}
    assert set(report["mutants"]) == {"seeded", "killed"}


def test_a_finding_is_said_and_ends_with_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree("policies/eu", tmp_path / "eu")
    rules = tmp_path / "eu" / "complaint.toml"
    rules.write_text(rules.read_text(encoding="utf-8").replace('ladder = "office"', 'ladder = "rope"', 1), encoding="utf-8")
    monkeypatch.setattr(packs, "PACKS", tmp_path)
    code, out, _ = call("check", "--pack", "eu", "--json")
    complaint = json.loads(out)["procedures"][0]
    assert code == 1
    assert [(f["rule"], f["file"]) for f in complaint["findings"]] == [("ladder_unknown", "eu/complaint.toml")]
    assert "rope" in complaint["findings"][0]["message"]
    assert json.loads(out)["mutants"] == {"seeded": 0, "killed": 0}, "only a sound pack can be spoilt"
    code, out, _ = call("check", "--pack", "eu", "--lang", "es")
    assert code == 1
    assert "no hay ninguna escalera llamada rope" in out
