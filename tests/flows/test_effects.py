"""What was ordered takes effect while nobody looks: by the worker, with Prefect away."""

import signal
from datetime import date

from cli.supervise.waiting import wait_until
from structure.operations import RenameUnit
from tests.fixtures.databases import Database
from tests.fixtures.restructuring import EFFECT, Restructuring
from tests.flows.test_worker import Work, step, work

__all__ = ["work"]  # the fixture that starts workers


def applied(house: Restructuring) -> list[tuple[object, ...]]:
    return house.stage.rows("SELECT on_day FROM structure_applied WHERE operation LIKE 'Exec%'")


def test_with_prefect_away_the_worker_applies_what_is_due(
    restructuring: Restructuring, ombuds: Database, work: Work, tmp_path: object
) -> None:
    restructuring.issued(RenameUnit(unit="DIA", name="Foreign Affairs"))
    away = {"PREFECT_API_URL": "http://127.0.0.1:1/api", "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false"}
    process = work(away | {"PREFECT_HOME": f"{tmp_path}/prefect"})
    step(restructuring.stage, ombuds, date(2015, 12, 10))
    assert wait_until(lambda: restructuring.stage.rows("SELECT 1 FROM structure_applied LIMIT 1") == [(1,)], seconds=60)
    assert applied(restructuring) == []
    step(restructuring.stage, ombuds, EFFECT)
    assert wait_until(lambda: applied(restructuring) == [(EFFECT,)], seconds=60)
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0
