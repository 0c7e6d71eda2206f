"""A whole report is measured as the product makes it: its two processes, what was released before, all its forms."""

from pathlib import Path

from bench.ground import Ground
from bench.whole_report import MOST_MB, MOST_SECONDS, WEEKS, Process, Whole, whole
from tests.fixtures.databases import Database, Server
from web.messages import LANGUAGES


def test_a_whole_report_is_made_and_measured(database_server: Server, ombuds: Database, tmp_path: Path):
    made = whole(Ground(tmp_path, database_server.postgres, database_server.passwords), 600, database=ombuds.name)
    assert (made.cases, made.earlier, made.clean) == (600, WEEKS + 1, True)
    drafting, writing = made.processes
    assert set(drafting.took) == {"imports", "counts", "protection and attack", "of which hiding", "of which attack"}
    assert 0 < drafting.took["of which attack"] < drafting.took["protection and attack"] < drafting.seconds
    assert 0 < writing.took["forms"] < writing.seconds
    assert min(drafting.mb, writing.mb) > 10
    assert 0 < made.hidden < made.cells
    (papers,) = (tmp_path / "report" / "releases").glob("ombuds/2025.1")
    assert {path.name for path in papers.glob("report.*.pdf")} == {f"report.{lang}.pdf" for lang in LANGUAGES}
    assert made.files == sum(1 for _ in papers.iterdir())


def test_what_is_asked_for_is_said_to_be_met_only_when_all_of_it_is():
    parts = [Process("draft", MOST_SECONDS - 2, 300.0, {"counts": 1.0}), Process("write", 1.0, 200.0, {"forms": 0.5})]
    held = Whole(1_000, 53, parts, clean=True, cells=40, hidden=3, files=20)
    assert (held.seconds, held.mb) == (MOST_SECONDS - 1, 300.0)
    assert "nothing found; 40 cells, of which 3 hidden, 20 files (asked for: 60 s, 500 MB: met)" in held.said()
    assert "write 1.00 s (forms 0.50), 200 MB" in held.said()
    assert "NOT MET" in Whole(1_000, 53, [*parts, Process("late", 1.0)], clean=True, cells=40, hidden=3, files=20).said()
    assert "NOT MET" in Whole(1_000, 53, [Process("large", 1.0, MOST_MB)], clean=True, cells=40, hidden=3, files=20).said()
    assert "FOUND" in Whole(1_000, 53, parts, clean=False, cells=40, hidden=3, files=20).said()
