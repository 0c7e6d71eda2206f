"""`amparo structure load`: a structure of any size enters the record of an installation, once, under somebody's name."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from cli.main import app
from structure.exchange.tables import write_csv
from structure.exchange.turtle import write_turtle
from tests.cli.test_people import installation
from tests.fixtures.offices import Stage
from tests.fixtures.restructuring import small_house

__all__ = ["installation"]  # a fixture

CASE = Path("cli/demo/data/oas2015.yaml")


def run(folder: Path, file: Path, *words: str, who: str = "Planner") -> Any:
    told = ["structure", "load", str(file), "--as", who, "--as-of", "2015-01-01", "--source", "Executive Order 08-01 Rev. 7"]
    return CliRunner().invoke(app, [*told, "--data", str(folder), *words])


def loaded(stage: Stage) -> int:
    ((count,),) = stage.rows("SELECT count(*) FROM structure_operation")
    return int(str(count))


@pytest.fixture
def name(house_office: Stage) -> str:
    ((found,),) = house_office.rows("SELECT name FROM person WHERE id = :id", id=house_office.people["planner"])
    return str(found)


def test_a_case_is_loaded_with_what_was_before_and_says_how_far_it_is(installation: Path, house_office: Stage, name: str):
    answer = run(installation, CASE, "--json", who=name)
    assert answer.exit_code == 0, answer.stderr
    assert json.loads(answer.stdout) == {"registration": 1, "operations": loaded(house_office), "as_of": "2015-01-01"}
    assert answer.stderr.startswith("Read: ")
    entry = "SELECT body::json->>'by' FROM ledger_entry WHERE body::json->>'what' = 'structure.registered'"
    assert house_office.rows(entry) == [(str(house_office.people["planner"]),)]
    origins = "SELECT count(*) FROM structure_operation WHERE body->>'origin' = 'unknown'"
    assert house_office.rows(origins) != [(0,)]
    again = run(installation, CASE, who=name)
    assert again.exit_code == 2
    assert "A structure is on record" in again.stderr
    assert house_office.rows("SELECT count(*) FROM structure_registration") == [(1,)]


@pytest.mark.parametrize("kind", ["turtle", "tables"])
def test_an_export_of_another_house_is_loaded(kind: str, installation: Path, house_office: Stage, name: str, tmp_path: Path):
    file = tmp_path / ("house.ttl" if kind == "turtle" else "house")
    if kind == "turtle":
        file.write_text(write_turtle(small_house()), encoding="utf-8")
    else:
        file.mkdir()
        for table, text in write_csv(small_house()).items():
            (file / table).write_text(text, encoding="utf-8")
    answer = run(installation, file, who=name)
    assert answer.exit_code == 0, answer.stderr
    assert "2015" in answer.stdout
    assert loaded(house_office) > 10


def test_who_may_not_load_loads_nothing(installation: Path, house_office: Stage):
    ((mission,),) = house_office.rows("SELECT name FROM person WHERE id = :id", id=house_office.people["mission"])
    for who in (str(mission), "Nobody at all"):
        answer = run(installation, CASE, who=who)
        assert answer.exit_code == 2
        assert answer.stderr.count("\n") >= 1
    assert loaded(house_office) == 0


def test_what_cannot_be_registered_is_named(installation: Path, house_office: Stage, name: str, tmp_path: Path):
    table = tmp_path / "units.csv"
    table.write_text("id,name,type\nOSG,Office,office\nX Y,Press,department\n", encoding="utf-8")
    answer = run(installation, table, who=name)
    assert answer.exit_code == 2
    assert "X Y" in answer.stderr
    table.write_text("id,name,type\n", encoding="utf-8")
    assert run(installation, table, who=name).exit_code == 2
    assert run(installation, tmp_path / "gone.ttl", who=name).exit_code == 2
    assert run(tmp_path / "nowhere", CASE, who=name).exit_code == 2
    assert loaded(house_office) == 0
