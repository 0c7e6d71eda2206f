"""The reports chore with its own processes: what they are given, what they leave, and what the worker never sees."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from actions.report_resting import rest
from actions.reporting import Stopped, open_due
from cli.reports_process import DONE, FAILED, NOT_CONFIGURED, main
from cli.supervise.waiting import wait_until
from flows import reports_process
from flows.offices import NotConfigured, office_of
from flows.reports import put_out_reports
from flows.safe import SafeError
from reports.attack.reading import read_release
from reports.form.verify import verify_release
from tests.fixtures.databases import Database
from tests.fixtures.offices import Stage
from tests.fixtures.ombuds_office import OmbudsStage
from tests.fixtures.reporting import KEY
from tests.fixtures.visitors import come
from tests.flows.test_worker import Work, step, work

__all__ = ["work"]  # the fixture that starts workers
ROOT = Path(__file__).resolve().parents[2]
HEAVY = {"scipy", "numpy", "pytauargus", "altair", "vl_convert", "typst"}


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    """What the supervisor gives the worker for reports, beside the addresses of its two roles."""
    key = tmp_path / "ledger-house.key"
    key.touch(mode=0o600)
    key.write_bytes(bytes(KEY))
    return {"AMPARO_HOUSE_LEDGER_KEY_FILE": str(key), "AMPARO_RELEASES": str(tmp_path / "releases")}


@pytest.fixture
def flow(
    ombuds_office: OmbudsStage, files: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[OmbudsStage]:
    """A worker's own process, on the office's database."""
    urls = {"OMBUDS": "ombuds_flows", "REPORTS": "ombuds_reports"}
    for name, role in urls.items():
        (tmp_path / name).write_text(ombuds_office.database.url(role))
    own = {f"AMPARO_{name}_URL_FILE": str(tmp_path / name) for name in urls}
    for name, value in (files | own | {"AMPARO_ENVIRONMENT": "test"}).items():
        monkeypatch.setenv(name, value)
    office_of.cache_clear()
    yield ombuds_office
    office_of("ombuds").engine.dispose()
    office_of.cache_clear()


def test_a_draft_is_made_by_a_process_of_its_own_and_only_counts_come_out(flow: OmbudsStage, tmp_path: Path):
    for _ in range(6):
        come(flow)
    flow.to_day(date(2017, 1, 31))
    flow.rows("UPDATE edition SET made_at = '2017-01-01' RETURNING 1")
    flow.rows("UPDATE matter SET opened_at = '2016-12-30' RETURNING 1")
    office = office_of("ombuds")
    assert open_due(office) == 3
    for (other,) in flow.rows("SELECT matter_id FROM report WHERE edition <> '2016.1' OR series <> 'ombuds'"):
        rest(office, other)  # one is enough here: each takes two seconds
    assert asyncio.run(put_out_reports.fn("ombuds")) == {"opened": 0, "judged": 1, "published": 0, "failed": 0}
    made = flow.rows("SELECT made_by, clean, object::jsonb #>> '{tables,0,name}' IS NULL FROM report_draft")
    assert made == [("reports", True, False)]
    assert flow.rows("SELECT count(*) FROM trouble") == [(0,)]
    assert list(reports_process._MEMORY.glob(f"amparo-report-{os.getpid()}-*")) == []


def test_the_process_is_given_its_own_few_settings_and_nothing_else(flow: OmbudsStage, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(reports_process, "_MODULE", "tests.fixtures.telling_process")
    monkeypatch.setenv("AMPARO_SMTP_HOST", "mail.house.example")
    told = tmp_path / "told"
    reports_process._run([str(told)], {"AMPARO_REPORTS_URL_FILE": "x"}, b"released")
    seen = json.loads(told.read_text(encoding="utf-8"))
    ours = {name for name in seen["env"] if name.startswith(("AMPARO_", "PREFECT_"))}
    assert ours == {"AMPARO_REPORTS_URL_FILE", "AMPARO_ENVIRONMENT", "AMPARO_PACK"}
    assert seen["given"] == "released"
    assert seen["parent"][0] == seen["parent"][1]
    assert seen["env"]["TMPDIR"] == seen["cwd"]
    assert not Path(seen["cwd"]).exists()


def test_the_workers_own_process_loads_nothing_that_counts_or_draws():
    code = "import sys, flows.worker; print(sorted(m for m in sys.modules if m.split('.')[0] in ('reports', *sys.argv[1:])))"
    loaded = subprocess.run([sys.executable, "-c", code, *HEAVY], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    light = {"reports", "reports.shape", "reports.form", "reports.form.placing", "reports.form.verify"}
    light |= {"reports.ombuds", "reports.ombuds.bands", "reports.ombuds.chair_week", "reports.ombuds.her_words"}
    assert set(json.loads(loaded.replace("'", '"'))) == light


def test_what_fails_is_an_exit_code_and_says_nothing(flow: OmbudsStage, monkeypatch, capfd):
    assert main(["draft", "house", "9d1775bc-30ee-41e2-9eef-a6b88b61e60c"]) == NOT_CONFIGURED
    assert main(["draw"]) == NOT_CONFIGURED
    assert main(["draft", "ombuds", "nobody"]) == FAILED
    assert main(["draft", "ombuds", "9d1775bc-30ee-41e2-9eef-a6b88b61e60c"]) == FAILED
    assert flow.rows('SELECT "where", what FROM trouble') == [("drafting", "NoResultFound")]
    assert capfd.readouterr() == ("", "")
    monkeypatch.delenv("AMPARO_REPORTS_URL_FILE")
    with pytest.raises(NotConfigured):
        reports_process.draft("ombuds", flow.people["head"])
    assert DONE == 0


def test_an_error_of_the_flow_leaves_as_a_code(flow: OmbudsStage):
    with flow.owner.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE released_report RENAME TO hidden")
    with pytest.raises(SafeError, match="reports_failed ref=") as failed:
        asyncio.run(put_out_reports.fn("ombuds"))
    assert failed.value.__cause__ is None


def test_a_worker_that_stops_ends_its_processes_and_begins_none(monkeypatch, tmp_path: Path):
    running = reports_process._Running()
    process = running.begin([sys.executable, "-c", "import sys; sys.stdin.read()"], {}, tmp_path)
    running.stop()
    assert process.wait(10) == -9
    with pytest.raises(Stopped):
        running.ended(process)
    with pytest.raises(Stopped):
        running.begin([sys.executable], {}, tmp_path)
    process.communicate()


def test_it_ends_with_the_worker_also_by_kill_9(tmp_path: Path):
    child = "import os, sys, time; from cli.reports_process import _end_with; _end_with(sys.argv[1]); print(os.getpid()); "
    child += "sys.stdout.close(); time.sleep(60)"
    parent = "import os, subprocess, sys, time; "
    parent += "subprocess.Popen([sys.executable, '-c', sys.argv[1], str(os.getpid())]); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", parent, child], cwd=ROOT, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout is not None
        place = Path("/proc", worker.stdout.readline().strip())
        assert place.exists()
        worker.kill()
    assert wait_until(lambda: not place.exists(), seconds=10)


def test_with_prefect_away_the_worker_puts_a_report_out_from_opening_to_signed_papers(
    house_office: Stage, ombuds: Database, work: Work, files: dict[str, str], tmp_path: Path
):
    away = {"PREFECT_API_URL": "http://127.0.0.1:1/api", "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false"}
    work(away | files | {"PREFECT_HOME": str(tmp_path / "prefect")})
    step(house_office, ombuds, date(2015, 7, 30))
    out = "SELECT symbol FROM released_report WHERE published_at IS NOT NULL"
    assert wait_until(lambda: house_office.rows(out) == [("CP/doc.1/15",)], seconds=90)
    folder = tmp_path / "releases" / "mandates" / "2015-H1.1"
    assert verify_release(folder, bytes(KEY.verify_key)).genuine
    assert read_release(folder).symbol == "CP/doc.1/15"
    assert {f"report.{lang}.pdf" for lang in ("en", "es", "pt", "fr")} <= {file.name for file in folder.iterdir()}
    steps = house_office.rows("SELECT language, step FROM document_stamp ORDER BY 1")
    assert steps == [(language, "distributed") for language in ("en", "es", "fr", "pt")]
