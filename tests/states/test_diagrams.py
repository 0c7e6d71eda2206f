"""The pages of docs/states are what the tables say."""

from pathlib import Path

import pytest

from states.diagrams import FOLDER, diagram, page, write
from states.mandate import MANDATE
from states.procedures import PROCEDURES
from states.table import StateTable


@pytest.mark.parametrize("table", PROCEDURES, ids=lambda table: table.kind)
def test_the_page_in_docs_is_the_table_of_today(table: StateTable) -> None:
    kept = (FOLDER / f"{table.kind}.md").read_text(encoding="utf-8")
    assert kept == page(table), "run `make diagrams`"


def test_docs_hold_no_page_of_a_procedure_that_is_gone() -> None:
    assert {file.stem for file in FOLDER.glob("*.md")} == {table.kind for table in PROCEDURES}


@pytest.mark.parametrize("table", PROCEDURES, ids=lambda table: table.kind)
def test_every_way_between_stages_is_drawn_once(table: StateTable) -> None:
    lines = diagram(table).splitlines()
    assert lines[0] == "stateDiagram-v2"
    drawn = {tuple(line.strip().partition(":")[0].split(" --> ")) for line in lines[1:]}
    ways = {(m.source, m.dest) for m in table.moves if m.source != m.dest}
    ends = {(stage.name, "[*]") for stage in table.stages if stage.final}
    assert drawn == ways | ends | {("[*]", table.initial)}
    assert len(lines) == 1 + len(drawn)


@pytest.mark.parametrize("table", PROCEDURES, ids=lambda table: table.kind)
def test_every_act_clock_and_pause_is_listed(table: StateTable) -> None:
    text = page(table)
    names = [*table.triggers, *(clock.name for clock in table.clocks), *(pause.name for pause in table.pauses)]
    assert [name for name in names if f"`{name}`" not in text and f"`{name} (clock)`" not in text] == []


def test_what_time_does_by_itself_is_marked() -> None:
    assert "in_force --> expired: expire (clock)" in diagram(MANDATE)


def test_writing_gives_one_page_a_procedure(tmp_path: Path) -> None:
    written = write(tmp_path / "new" / "folder")
    assert [file.name for file in written] == [f"{table.kind}.md" for table in PROCEDURES]
    assert written[0].read_text(encoding="utf-8").startswith("# Complaint\n")
