"""Prefect's server: closed, quiet, with its files where ours are."""

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import httpx
import psutil

FLOW = """
import asyncio
from prefect import flow
@flow(name="counting", persist_result=False)
async def counting(n: int) -> int:
    return n + 1
print(asyncio.run(counting(41)))
"""


def ask(url: str, auth: str | None = None) -> int:
    return httpx.get(url, auth=tuple(auth.split(":", 1)) if auth else None, timeout=10).status_code


def test_the_locked_versions_can_import_its_server():
    """prefect 3.8.8 with fastapi 0.155 or later cannot: `Body() got an unexpected keyword argument 'min_items'`."""
    assert version("prefect") == "3.8.8"
    assert tuple(int(part) for part in version("fastapi").split(".")[:2]) <= (0, 154)
    program = "import prefect.server.api.server as s; print(callable(s.create_app))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120, check=False)
    assert (done.stdout.strip(), done.returncode) == ("True", 0), done.stderr


def test_it_is_ready_without_a_word_and_tells_nothing_more_without_one(prefect_server):
    assert ask(f"{prefect_server.api_url}/ready") == 200
    assert ask(f"{prefect_server.api_url}/admin/version") == 401
    assert ask(f"{prefect_server.api_url}/admin/version", "amparo:wrong") == 401
    assert ask(f"{prefect_server.api_url}/admin/version", prefect_server.auth) == 200


def test_it_listens_on_this_machine_alone(prefect_server):
    listening = psutil.Process(prefect_server.kept.pid).net_connections(kind="inet")
    assert {connection.laddr.ip for connection in listening if connection.status == psutil.CONN_LISTEN} == {"127.0.0.1"}


def test_it_is_our_direct_child_and_has_none_of_its_own(prefect_server):
    assert psutil.Process(prefect_server.kept.pid).children() == []


def test_it_tells_nobody_how_it_is_used(prefect_server):
    assert psutil.Process(prefect_server.kept.pid).environ()["DO_NOT_TRACK"] == "1"
    auth = tuple(prefect_server.auth.split(":", 1))
    settings = httpx.get(f"{prefect_server.api_url}/admin/settings", auth=auth, timeout=10).json()
    server = settings["server"]
    assert server["analytics_enabled"] is False
    assert server["ephemeral"]["enabled"] is False
    assert settings["logging"]["to_api"]["enabled"] is False
    assert set(server["services"]["db_vacuum"]["enabled"]) == {"events", "flow_runs"}
    assert Path(settings["home"]) == prefect_server.database.parent


def test_a_flow_of_another_process_runs_through_it(prefect_server, tmp_path):
    env = dict(prefect_server.environment) | {"PATH": "/usr/bin:/bin"}
    argv = [sys.executable, "-c", FLOW]
    done = subprocess.run(argv, env=env, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "42"


def test_a_page_of_another_site_can_post_nothing_even_with_the_word(prefect_server):
    auth = tuple(prefect_server.auth.split(":", 1))
    answer = httpx.post(f"{prefect_server.api_url}/flow_runs/count", json={}, auth=auth, timeout=10)
    assert answer.status_code == 403
    assert "CSRF" in answer.text


def test_its_database_is_its_own_file(prefect_server):
    assert prefect_server.database.is_file()
