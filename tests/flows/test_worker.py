"""The worker as its own process, with a real Prefect server and without one."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from actions.kernel.move import open_kind
from actions.kinds.mandate import Register
from cli.supervise.waiting import wait_until
from records import office_clock
from settings import inherited
from tests.fixtures.databases import Database
from tests.fixtures.offices import Stage
from tests.fixtures.prefect import PrefectServer

ROOT = Path(__file__).resolve().parents[2]
MARKER = "Zyxomma-petiolatum-4711"
Work = Callable[[dict[str, str]], subprocess.Popen[bytes]]


@pytest.fixture
def work(house_office: Stage, ombuds: Database, tmp_path: Path) -> Iterator[Work]:
    """Start real workers on both databases; all are ended after the test."""
    engine = create_engine(ombuds.owner_url)
    with engine.begin() as connection:
        office_clock.initialise(connection, "test")
        with house_office.owner.begin() as other:
            office_clock.move(connection, office_clock.read(other)[1])  # the two stand at one instant
    engine.dispose()
    started: list[subprocess.Popen[bytes]] = []

    def start(env: dict[str, str]) -> subprocess.Popen[bytes]:
        files = {"HOUSE": house_office.database.url("house_flows"), "OMBUDS": ombuds.url("ombuds_flows")}
        for name, url in files.items():
            (tmp_path / name).write_text(url)
        own = {f"AMPARO_{name}_URL_FILE": str(tmp_path / name) for name in files}
        everything = inherited() | {"PYTHONPATH": str(ROOT), "AMPARO_ENVIRONMENT": "test"} | own | env
        log = (tmp_path / "worker.log").open("ab")
        process = subprocess.Popen([sys.executable, "-m", "cli.main", "worker"], cwd=ROOT, env=everything, stderr=log, stdout=log)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


def step(house_office: Stage, ombuds: Database, day: date) -> None:
    house_office.to_day(day)
    engine = create_engine(ombuds.owner_url)
    with engine.begin() as connection, house_office.owner.begin() as other:
        office_clock.move(connection, office_clock.read(other)[1])
    engine.dispose()


def register(stage: Stage) -> None:
    payload = Register(symbol="AG/RES. 1 (I-O/71)", title=MARKER, task=MARKER, issued_by="GA", source=MARKER)
    open_kind(stage.office, "mandate", payload, by=stage.people["planner"])


def swept(stage: Stage) -> list[tuple[object, ...]]:
    return stage.rows("SELECT through, fired FROM sweep_run WHERE fired > 0 ORDER BY began_at")


def test_with_prefect_away_the_worker_sweeps_directly(house_office: Stage, ombuds: Database, work: Work, tmp_path: Path) -> None:
    register(house_office)
    away = {"PREFECT_API_URL": "http://127.0.0.1:1/api", "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false"}
    process = work(away | {"PREFECT_HOME": str(tmp_path / "prefect")})
    step(house_office, ombuds, date(2015, 6, 22))
    assert wait_until(lambda: bool(swept(house_office)), seconds=60)
    assert swept(house_office) == [("direct", 1)]
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0


def test_through_prefect_and_nothing_that_people_wrote_reaches_its_database(
    house_office: Stage, ombuds: Database, work: Work, prefect_server: PrefectServer, tmp_path: Path
) -> None:
    register(house_office)
    work(dict(prefect_server.environment) | {"PREFECT_HOME": str(tmp_path / "prefect")})
    step(house_office, ombuds, date(2015, 6, 22))
    assert wait_until(lambda: bool(swept(house_office)), seconds=60)
    assert swept(house_office) == [("prefect", 1)]
    assert MARKER not in everything_in(prefect_server.database.parent)


def test_a_worker_that_is_killed_is_followed_by_another_that_fires_the_rest_once(
    house_office: Stage, ombuds: Database, work: Work, tmp_path: Path
) -> None:
    register(house_office)
    away = {"PREFECT_API_URL": "http://127.0.0.1:1/api", "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false"}
    first = work(away | {"PREFECT_HOME": str(tmp_path / "prefect")})
    step(house_office, ombuds, date(2015, 6, 22))
    assert wait_until(lambda: bool(swept(house_office)), seconds=60)
    os.kill(first.pid, signal.SIGKILL)
    step(house_office, ombuds, date(2015, 7, 2))
    work(away | {"PREFECT_HOME": str(tmp_path / "prefect")})
    assert wait_until(lambda: len(house_office.rows("SELECT 1 FROM rung_fired")) == 3, seconds=60)
    fired = [row[0] for row in house_office.rows("SELECT rung FROM rung_fired ORDER BY due_at")]
    assert fired == ["reminder", "last_day", "late"]


def everything_in(folder: Path) -> str:
    """Every text of every column of every SQLite file under a folder."""
    found = []
    for file in folder.rglob("*.db"):
        with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as database:
            tables = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            for table in tables:
                found.append(repr(database.execute(f'SELECT * FROM "{table}"').fetchall()))
    assert found, "no database was looked at"
    return "\n".join(found)
