"""`amparo structure export` writes what others read, and never over a file that is there."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.main import app
from structure.exchange.tables import read_csv
from structure.exchange.turtle_reading import read_turtle

CASE = Path("cli/demo/data/oas2015.yaml")
runner = CliRunner()


def export(*words: str):
    return runner.invoke(app, ["structure", "export", str(CASE), *words])


def test_turtle_and_tables_say_the_same(tmp_path: Path):
    turtle = export("--format", "turtle")
    tables = export("--format", "csv", "--out", str(tmp_path))
    assert (turtle.exit_code, tables.exit_code) == (0, 0)
    texts = {name: (tmp_path / f"{name}.csv").read_text(encoding="utf-8") for name in ("units", "functions", "posts")}
    one, other = read_turtle(turtle.stdout), read_csv(**texts)
    assert sorted(one.units) == sorted(other.units)
    assert {id: unit.name for id, unit in one.units.items()} == {id: unit.name for id, unit in other.units.items()}
    assert {id: set(function.owners) for id, function in one.functions.items()} == {
        id: set(function.owners) for id, function in other.functions.items()
    }
    assert "SHA" in one.units


def test_a_day_before_everything_shows_the_structure_before():
    early = read_turtle(export("--as-of", "2015-06-16").stdout)
    assert early.live_unit("SER") is not None
    assert early.live_unit("SHA") is None


def test_drawings_come_with_the_flow_of_functions(tmp_path: Path):
    assert export("--format", "mermaid", "--out", str(tmp_path)).exit_code == 0
    assert (tmp_path / "tree.mmd").read_text(encoding="utf-8").startswith("flowchart TB\n")
    assert (tmp_path / "flow.mmd").read_text(encoding="utf-8").startswith("sankey-beta\n")


@pytest.mark.parametrize("place", ["there", "folder"])
def test_a_file_that_is_there_is_never_overwritten_and_a_file_is_no_folder(tmp_path: Path, place: str):
    if place == "there":
        out = tmp_path
        (out / "structure.ttl").write_text("mine", encoding="utf-8")
    else:
        out = tmp_path / "file"
        out.write_text("mine", encoding="utf-8")
    answer = export("--out", str(out))
    assert answer.exit_code == 2
    kept = out / "structure.ttl" if place == "there" else out
    assert kept.read_text(encoding="utf-8") == "mine"
