"""A whole report is measured as the product makes it: its two processes, what was released before, all its forms."""

import json
from datetime import date
from pathlib import Path

import pytest

from bench.counts import plant_cases
from bench.ground import Ground
from bench.whole_report import MOST_MB, MOST_SECONDS, WEEKS, Process, Whole, drafted, written
from reports.ombuds.chair_week import chair_week
from reports.shape import Origin
from tests.fixtures.databases import Database, Server
from tests.fixtures.offices import shelf
from web.messages import LANGUAGES


@pytest.fixture
def ground(database_server: Server, tmp_path: Path) -> Ground:
    return Ground(tmp_path, database_server.postgres, database_server.passwords)


def test_a_report_is_drafted_with_everything_that_was_released_before_it(ground: Ground, ombuds: Database):
    plant_cases(ground, 2_000, shelf(), ombuds.name)
    made = drafted(ground, shelf(), ombuds.name)
    assert (made.earlier, made.draft.clean) == (WEEKS + 1, True)
    took = made.process.took
    assert set(took) == {"imports", "counts", "protection and attack", "of which hiding", "of which attack"}
    assert 0 < took["of which attack"] < took["protection and attack"] < made.process.seconds
    assert made.process.mb > 10
    written = json.loads(made.draft.object)
    assert (written["series"], written["edition"]) == ("ombuds", "2025.1")
    assert any(cell["count"] is None for table in written["tables"] for cell in table["cells"])


def test_a_report_is_written_in_all_its_forms(ground: Ground):
    origin = Origin(taken_on=date(2025, 12, 1), policy_edition="x", unverified=0)
    band = chair_week("some", date(2025, 12, 1), band_from=5, house="oas", origin=origin)
    process, files = written(ground, band.written().encode())
    assert 0 < process.took["forms"] < process.seconds
    assert process.mb > 10
    papers = {path.name for path in files if path.suffix == ".pdf"}
    assert papers == {f"report.{lang}.pdf" for lang in LANGUAGES}


def test_a_process_that_fails_is_no_measurement(ground: Ground):
    with pytest.raises(RuntimeError, match="write ended with 1"):
        written(ground, b"no report")


def test_what_is_asked_for_is_said_to_be_met_only_when_all_of_it_is():
    parts = [Process("draft", MOST_SECONDS - 2, 300.0, {"counts": 1.0}), Process("write", 1.0, 200.0, {"forms": 0.5})]
    held = Whole(1_000, 53, parts, clean=True, cells=40, hidden=3, files=20)
    assert (held.seconds, held.mb) == (MOST_SECONDS - 1, 300.0)
    assert "nothing found; 40 cells, of which 3 hidden, 20 files (asked for: 60 s, 500 MB: met)" in held.said()
    assert "write 1.00 s (forms 0.50), 200 MB" in held.said()
    assert "NOT MET" in Whole(1_000, 53, [*parts, Process("late", 1.0)], clean=True, cells=40, hidden=3, files=20).said()
    assert "NOT MET" in Whole(1_000, 53, [Process("large", 1.0, MOST_MB)], clean=True, cells=40, hidden=3, files=20).said()
    assert "FOUND" in Whole(1_000, 53, parts, clean=False, cells=40, hidden=3, files=20).said()
