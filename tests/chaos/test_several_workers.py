"""Several workers on one house, killed in the middle of their sweeps: what is due fires exactly once all the same."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import psycopg
from sqlalchemy import create_engine

from actions.kernel.move import open_kind
from actions.kernel.sweep import sweep
from actions.kinds.house import GivenDay
from actions.kinds.mandate import Register
from records import clocks, office_clock
from tests.chaos.stages import BEGINS, assert_sound, copied, life, opened, planted
from tests.chaos.workers import Crew, crew, until
from tests.fixtures.databases import Database, Server
from tests.fixtures.offices import Stage

MANDATES = 150  # two clocks each
STOPS = [datetime(2015, 7, 8, 17, tzinfo=UTC) + timedelta(days=days) for days in (0, 21, 70)]


def plant(stage: Stage) -> None:
    for number in range(MANDATES):
        due = GivenDay(on=date(2015, 7, 1) + timedelta(days=number % 20))
        payload = Register(symbol=f"AG/RES. {number}", title="A title", issued_by="GA", source="test", due=due)
        open_kind(stage.office, "mandate", payload, by=stage.people["planner" if number % 2 else "lawyer"])
    stage.absent("planner", date(2015, 7, 1))


def swept_at_each_instant(stage: Stage, until_then: datetime) -> None:
    """What one diligent worker would have done, who is never late."""
    while True:
        with stage.flows.open() as books:
            following = clocks.next_due(books)
        if following is None or following > until_then:
            break
        stage.move_to(following)
        sweep(stage.flows)
    stage.move_to(until_then)


@contextmanager
def watching(server: Server) -> Iterator[psycopg.Connection]:
    """The superuser's look at who is in the middle of a transaction."""
    with psycopg.connect(server.postgres.admin_url.replace("+psycopg", "", 1), autocommit=True) as connection:
        yield connection


def in_the_middle(connection: psycopg.Connection, house: Database) -> str | None:
    """A worker that has written something and not committed it."""
    row = connection.execute(
        "SELECT application_name FROM pg_stat_activity WHERE datname = %s AND application_name LIKE 'worker-%%' "
        "AND backend_xid IS NOT NULL ORDER BY backend_start LIMIT 1",
        [house.name],
    ).fetchone()
    return row[0] if row else None


def at_work(connection: psycopg.Connection, house: Database) -> set[str]:
    rows = connection.execute(
        "SELECT DISTINCT application_name FROM pg_stat_activity WHERE datname = %s AND application_name LIKE 'worker-%%'",
        [house.name],
    )
    return {row[0] for row in rows}


def move_both(stage: Stage, ombuds: Database, to: datetime) -> None:
    engine = create_engine(ombuds.owner_url)
    with engine.begin() as connection:
        office_clock.initialise(connection, "test")
        office_clock.move(connection, to)
    engine.dispose()
    stage.move_to(to)


def kill_in_the_middle(connection: psycopg.Connection, stage: Stage, hired: Crew, *, seconds: float = 30) -> bool:
    """Kill whoever is found in the middle of a transaction; False if nothing was left to sweep before anybody was."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = in_the_middle(connection, stage.database)
        if found in hired.living:
            hired.kill(found)
            return True
        if not due(stage):
            return False
    raise AssertionError(f"due for {seconds:.0f} s, and nobody sweeps\n{hired.said()}")


def due(stage: Stage) -> bool:
    with stage.flows.open() as books:
        return clocks.oldest_due(books) is not None


def test_three_workers_killed_in_the_middle_of_sweeps_fire_three_hundred_clocks_once_each(
    database_server: Server, ombuds: Database, tmp_path: Path
) -> None:
    with (
        planted(database_server, plant) as house,
        copied(database_server, house) as control,
        opened(house) as stage,
        watching(database_server) as eye,
        crew(house, ombuds, tmp_path) as hired,
    ):
        move_both(stage, ombuds, BEGINS)
        for _ in range(3):
            hired.hire()
        swept_at_each_instant(control, STOPS[-1])
        for stop in STOPS:
            until(lambda: len(at_work(eye, house) & hired.living.keys()) >= 2, "fewer than two at work", hired, seconds=90)
            move_both(stage, ombuds, stop)
            if kill_in_the_middle(eye, stage, hired) and stop != STOPS[-1]:
                hired.hire()
            until(lambda: not due(stage), "something is still due", hired, seconds=60)
            assert_sound(stage, settled=True)
        assert len(hired.killed) >= 2, f"only {hired.killed} met in the middle of a sweep: nothing was tried"
        found, expected = life(stage), life(control)
        assert {name: rows for name, rows in found.items() if rows != expected[name]} == {}
        assert len({row[:3] for row in found["fired"]}) == 2 * MANDATES
        assert stage.rows("SELECT count(*) FROM sweep_run WHERE ended_at IS NULL")[0][0] >= 1
