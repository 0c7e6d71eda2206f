"""Houses whose processes a test may kill. All are ended after it, with whatever they left running."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.fixtures.houses import ROOT, House, alive

Begin = Callable[..., House]


@pytest.fixture
def killable_house(work: Path) -> Iterator[Begin]:
    """Start one: `killable_house("council", workers=3, prefect=False, env={})`. Its doors are up when this returns."""
    begun: list[House] = []

    def begin(*doors: str, workers: int, prefect: bool = False, env: dict[str, str] | None = None) -> House:
        told = json.dumps({"data": str(work / "data"), "doors": doors, "workers": workers, "prefect": prefect})
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("AMPARO_", "PREFECT_"))}
        with (work / "said").open("a", encoding="utf-8") as said:
            argv = [sys.executable, "-m", "tests.chaos.killable_house", told]
            around = clean | (env or {})
            process = subprocess.Popen(argv, cwd=ROOT, stdout=said, stderr=said, text=True, env=around)
        house = House(work, process, process.pid)
        begun.append(house)
        house.until(house.endpoints.exists, seconds=300)  # the supervisor itself gives up earlier, and says why
        house.family()
        return house

    yield begin
    for house in begun:
        end(house)


def end(house: House) -> None:
    """Ask it to stop, as an operator does, and see that nothing of it is left."""
    house.family()
    if house.process.poll() is None:
        house.process.send_signal(signal.SIGTERM)
    try:
        house.process.wait(90)
    finally:
        for each in filter(alive, house.seen):
            each.kill()
