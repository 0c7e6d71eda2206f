"""Real workers as processes of their own, which a test may kill at any moment."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from cli.supervise.waiting import wait_until
from settings import inherited
from tests.fixtures.databases import Database

ROOT = Path(__file__).resolve().parents[2]
NO_PREFECT = {"PREFECT_API_URL": "http://127.0.0.1:1/api", "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false"}
"""Nothing answers there, so every worker sweeps directly."""


@dataclass
class Crew:
    """Workers on two databases. Each tells PostgreSQL its name, so that a test sees who is in the middle of something."""

    house: Database
    ombuds: Database
    work: Path
    living: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    killed: list[str] = field(default_factory=list)

    def hire(self) -> str:
        name = f"worker-{len(self.living) + len(self.killed)}"
        urls = {"HOUSE": self.house.url("house_flows"), "OMBUDS": self.ombuds.url("ombuds_flows")}
        for which, url in urls.items():
            (self.work / which).write_text(url)
        own = {f"AMPARO_{which}_URL_FILE": str(self.work / which) for which in urls}
        own |= {"AMPARO_ENVIRONMENT": "test", "PGAPPNAME": name, "PREFECT_HOME": str(self.work / name), "PYTHONPATH": str(ROOT)}
        with (self.work / "workers.log").open("ab") as log:
            argv = [sys.executable, "-m", "cli.main", "worker"]
            env = inherited() | NO_PREFECT | own
            self.living[name] = subprocess.Popen(argv, cwd=ROOT, env=env, stdout=log, stderr=log)
        return name

    def kill(self, name: str) -> None:
        process = self.living.pop(name)
        os.kill(process.pid, signal.SIGKILL)
        process.wait(10)
        self.killed.append(name)

    def said(self) -> str:
        return (self.work / "workers.log").read_text(encoding="utf-8")[-2000:]


@contextmanager
def crew(house: Database, ombuds: Database, work: Path) -> Iterator[Crew]:
    """A crew without anybody; all are ended when the block ends."""
    hired = Crew(house, ombuds, work)
    try:
        yield hired
    finally:
        for process in hired.living.values():
            process.kill()
        for process in hired.living.values():
            process.wait(10)


def until(condition: Callable[[], bool], what: str, crew: Crew, *, seconds: float) -> None:
    """Wait until `condition()` holds; fail with `what` and what the workers said."""
    if not wait_until(condition, seconds=seconds):
        raise AssertionError(f"after {seconds:.0f} s: {what}\n{crew.said()}")
