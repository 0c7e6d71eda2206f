"""`amparo structure merge` brings two cases together and leaves to a person what they disagree on."""

import json
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from cli.main import app

CASE = Path("cli/demo/data/oas2015.yaml")
runner = CliRunner()


def merged(*words: str):
    answer = runner.invoke(app, ["structure", "merge", *words, "--json"])
    return answer.exit_code, json.loads(answer.stdout)


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """The same case, but here the ombudsperson's office gets another name."""
    case = yaml.safe_load(CASE.read_text(encoding="utf-8"))
    for unit in case["structure_after"]["units"]:
        if unit["id"] == "OMB":
            unit["name"] = "Office for Fair Treatment"
    path = tmp_path / "other.yaml"
    path.write_text(yaml.safe_dump(case, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def test_a_case_merged_with_itself_is_that_case():
    code, facts = merged(str(CASE), str(CASE), str(CASE))
    plan = json.loads(runner.invoke(app, ["structure", "plan", str(CASE), "--json"]).stdout)
    assert (code, facts["conflicts"], facts["waiting"]) == (0, [], [])
    assert sorted(one["id"] for one in facts["operations"]) == sorted({one["id"] for one in plan["operations"]})


def test_two_names_for_one_unit_are_for_a_person_to_decide(other: Path):
    code, facts = merged(str(CASE), str(CASE), str(other))
    assert code == 1
    assert "OMB" in {conflict["subject"] for conflict in facts["conflicts"]}
    choices = [word for conflict in facts["conflicts"] for word in ("--choose", f"{conflict['id']}=theirs")]
    code, decided = merged(str(CASE), str(CASE), str(other), *choices)
    assert (code, decided["conflicts"]) == (0, [])
    assert "Office for Fair Treatment" in json.dumps(decided["operations"])
    assert "Office of the Ombudsperson" not in json.dumps(decided["operations"])


@pytest.mark.parametrize("choice", ["=ours", "x=neither", "x"])
def test_a_choice_that_is_none_is_a_wrong_call(choice: str):
    answer = runner.invoke(app, ["structure", "merge", str(CASE), str(CASE), str(CASE), "--choose", choice])
    assert answer.exit_code == 2


def test_a_conflict_that_is_not_there_is_refused_by_name():
    answer = runner.invoke(app, ["structure", "merge", str(CASE), str(CASE), str(CASE), "--choose", "x=ours"])
    assert answer.exit_code == 2
    assert "x" in answer.stderr
