"""Cold start: from starting a door's process to its first ready answer, beside the barest application there could be."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from bench.ground import Ground
from bench.planting import House
from bench.results import Started
from records.bootstrap import OWNER

ROOT = Path(__file__).resolve().parents[1]
READY_WITHIN = 60.0


def start(ground: Ground, house: House, *, times: int) -> Started:
    """Start the council's door and the bare application in turn. The first of each, which compiles, does not count."""
    ground.empty("bare")
    folder = ground.folder / "door"
    folder.mkdir()
    (folder / "url").write_text(ground.url("house_council", house.name), encoding="utf-8")
    (folder / "key").write_bytes(os.urandom(32))
    (folder / "key").chmod(0o600)
    door = {
        "AMPARO_ENVIRONMENT": "test",
        "AMPARO_HOUSE_URL_FILE": str(folder / "url"),
        "AMPARO_COUNCIL_KEY_FILE": str(folder / "key"),
    }
    bare = {"BARE_URL": ground.url(OWNER, "bare")}
    started = Started()
    for number in range(times + 1):
        port = str(_free_port())
        took = _seconds(["-m", "cli.main", "serve", "council"], door | {"AMPARO_COUNCIL_PORT": port}, int(port))
        port = str(_free_port())
        least = _seconds(["-m", "bench.bare", port], bare, int(port))
        if number:
            started.door.append(took)
            started.bare.append(least)
    return started


def _seconds(program: Sequence[str], told: dict[str, str], port: int) -> float:
    environment = {"PATH": os.environ["PATH"]} | told
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, *program], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        while not _ready(port):
            if process.poll() is not None or time.perf_counter() - began > READY_WITHIN:
                raise RuntimeError(f"{' '.join(program)} did not start")
            time.sleep(0.005)
        return time.perf_counter() - began
    finally:
        process.kill()
        process.wait()


def _ready(port: int) -> bool:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        line.request("GET", "/readyz")
        return line.getresponse().status == http.client.OK
    except OSError:
        return False
    finally:
        line.close()


def _free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])
