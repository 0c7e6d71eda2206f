"""`amparo structure simulate` and `compare`: what would be, and what a report shows of it."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from cli.main import app
from web.messages import LANGUAGES

CASE = "cli/demo/data/oas2015.yaml"


def run(*words: str) -> Any:
    return CliRunner().invoke(app, ["structure", *words])


def test_every_date_of_a_case_has_its_figures():
    answer = run("simulate", CASE, "--json")
    assert answer.exit_code == 0, answer.stderr
    before, after = json.loads(answer.stdout)["dates"]
    assert (before["from"], after["from"]) == (None, "2015-12-11")
    assert (before["units"], after["units"]) == (18, 29)
    assert sum(after["functions_owned"].values()) >= after["functions"] - 1
    (one,) = json.loads(run("simulate", CASE, "--as-of", "2015-12-10", "--json").stdout)["dates"]
    assert one == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_people_read_a_line_a_date(language: str):
    lines = run("simulate", CASE, "--lang", language).stdout.splitlines()
    assert [line.partition("  ")[0].strip() for line in lines] == ["…", "2015-12-11"]
    assert "29" in lines[1]


def test_the_plan_of_2015_against_the_annual_report():
    told = {one["item"]: one for one in json.loads(run("compare", CASE, "--json").stdout)["comparisons"]}
    assert told["SHA children"]["unplanned"] == ["Department of Strategic Initiatives and Public Diplomacy"]
    assert told["SHA children"]["agrees"] is False
    assert told["SC children"]["missing"] == []
    assert told["SC children"]["unknown"] == ["SC-PE", "SC-OC", "SC-ODS"]
    text = run("compare", CASE, "--lang", "fr").stdout
    assert "SC-PE" in text
    assert text.count("SHA children") == 1


def test_what_is_no_case_is_refused(tmp_path: Path):
    other = tmp_path / "x.ttl"
    other.write_text("", encoding="utf-8")
    for command in ("simulate", "compare"):
        answer = run(command, str(other))
        assert (answer.exit_code, answer.stdout) == (2, "")
