"""`amparo up` as an operator meets it: a clear sentence for what stands in the way, and nothing left behind."""

import json
import os
import shutil
import signal
import socket
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from tests.fixtures.houses import House, Start, alive, houses


@pytest.fixture(scope="module")
def beside() -> Iterator[Start]:
    """Starts houses in one folder, which is kept until the last test of this file."""
    work = Path(tempfile.mkdtemp(prefix="amparo-work-"))
    with houses(work) as start:
        yield start
    shutil.rmtree(work, ignore_errors=True)


@pytest.fixture(scope="module")
def running(beside: Start) -> House:
    """A house that is up, for tests that leave it so."""
    house = beside()
    house.open_gate()
    house.until_up()
    return house


def test_endpoints_are_written_when_everything_is_ready_and_not_before(house_of):
    house = house_of(environment="demo")
    house.until(lambda: (house.work / "seen").exists() and "tables are ready" in house.said())
    pending = [p for p in (house.data / "endpoints.json", house.data / ".endpoints.json.new") if p.exists()]
    assert pending == []
    house.open_gate()
    house.until_up()
    addresses = json.loads(house.endpoints.read_text(encoding="utf-8"))
    assert list(addresses) == ["council"]
    assert addresses["council"].startswith("http://127.0.0.1:")
    assert f"council: {addresses['council']}" in house.said()
    assert "DEMO" in house.said()
    house.signal(signal.SIGTERM)
    assert house.until_gone() == 0
    assert not house.endpoints.exists()
    assert house.said().rstrip().endswith("Everything has stopped.")


def test_each_child_is_given_its_own_addresses_and_nobody_elses(running):
    house = running
    door = json.loads((house.work / "seen").read_text(encoding="utf-8"))
    worker = json.loads((house.work / "seen_worker").read_text(encoding="utf-8"))
    secrets = house.data / "secrets"
    assert {name: value for name, value in door.items() if name.endswith("_FILE")} == {
        "AMPARO_HOUSE_URL_FILE": str(secrets / "house-house_council.url"),
        "AMPARO_COUNCIL_KEY_FILE": str(secrets / "council.key"),
    }
    assert {name: value for name, value in worker.items() if name.endswith("_FILE")} == {
        "AMPARO_HOUSE_URL_FILE": str(secrets / "house-house_flows.url"),
        "AMPARO_OMBUDS_URL_FILE": str(secrets / "ombuds-ombuds_flows.url"),
        "AMPARO_REPORTS_URL_FILE": str(secrets / "ombuds-ombuds_reports.url"),
        "AMPARO_HOUSE_LEDGER_KEY_FILE": str(secrets / "ledger-house.key"),
        "AMPARO_OMBUDS_LEDGER_KEY_FILE": str(secrets / "ledger-ombuds.key"),
    }
    words = {file.name: file.read_text(encoding="latin-1").strip() for file in secrets.iterdir()}
    shown = [f"{name} in the door" for name, word in words.items() if word in door.values()]
    shown += [f"{name} in the worker" for name, word in words.items() if word in worker.values()]
    assert shown == ["prefect.auth in the worker"]
    assert [name for name, word in words.items() if word in house.said()] == []
    assert {stat.S_IMODE(file.stat().st_mode) for file in secrets.iterdir()} == {0o600}
    assert stat.S_IMODE(secrets.stat().st_mode) == 0o700
    with psycopg.connect(words["house-house_council.url"].replace("+psycopg", "", 1)) as connection:
        assert connection.execute("SELECT current_user").fetchone() == ("house_council",)


def test_a_second_up_on_the_same_folder_is_refused_and_the_first_goes_on(running, beside):
    first, second = running, beside()
    assert second.process.wait(30) == 1
    assert f"already running in {first.data} (process {first.supervisor})" in first.said()
    assert first.process.poll() is None
    assert first.endpoints.exists()


def test_a_taken_port_is_named_with_its_option_before_anything_is_started(house_of):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        house = house_of(port=port)
        assert house.process.wait(30) == 1
    assert f"already uses port {port} of 127.0.0.1" in house.said()
    assert "--council-port" in house.said()
    assert not (house.data / "postgres").exists()
    assert house.seen == set()


def test_nothing_stays_after_kill_9_and_the_next_up_works_on_what_was_left(house_of):
    house = house_of()
    house.open_gate()
    house.until_up()
    assert len(house.family()) > 3
    house.signal(signal.SIGKILL)
    assert house.until_gone() == -signal.SIGKILL
    assert house.endpoints.exists()
    (house.work / "gate").unlink()
    again = house_of()
    again.until(lambda: "tables are ready" in again.said().split("Everything is running", 1)[1])
    assert not again.endpoints.exists()
    again.open_gate()
    again.until_up()
    again.signal(signal.SIGINT)
    assert again.until_gone() == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_it_also_when_a_shell_started_it_in_the_background(house_of, number):
    house = house_of(in_background=True)
    house.open_gate()
    house.until_up()
    house.signal(number)
    house.until_gone()
    assert "Everything has stopped." in house.said()


@pytest.mark.parametrize("so_far", ["Starting PostgreSQL", "PostgreSQL is ready", "tables are ready"])
def test_a_signal_while_it_is_starting_leaves_nothing(house_of, so_far):
    house = house_of()
    house.until(lambda: so_far in house.said())
    house.signal(signal.SIGTERM)
    assert house.until_gone() == 0
    left = [p.pid for p in psutil.process_iter(["cmdline"]) if str(house.data) in " ".join(p.info["cmdline"] or ())]
    assert left == []


def test_a_child_that_ends_is_reported_and_started_again(running):
    house = running
    door = next(p for p in house.family() if "tests.fixtures.small_door" in p.cmdline())
    door.kill()
    house.until(lambda: "council has ended by itself. We start it again in 1 s." in house.said())

    def again() -> bool:
        return any(p != door and alive(p) and "tests.fixtures.small_door" in p.cmdline() for p in house.family())

    house.until(again)
    assert house.endpoints.exists()


def test_a_child_that_never_starts_ends_it_all_with_the_name_of_its_log(house_of):
    house = house_of(broken=True)
    assert house.process.wait(90) == 1
    assert '"council" did not start' in house.said()
    assert str(house.data / "logs" / "council.log") in house.said()
    house.until_gone()


def test_postgres_is_started_again_after_a_kill_and_keeps_what_was_written(house_of):
    house = house_of()
    house.open_gate()
    house.until_up()
    kept_address = (house.data / "secrets" / "house-amparo_owner.url").read_text(encoding="utf-8")
    url = kept_address.strip().replace("+psycopg", "", 1)
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS x")
    postmaster = next(p for p in house.family() if p.ppid() == house.supervisor and p.name() == "postgres")
    postmaster.kill()
    house.until(lambda: "PostgreSQL has ended by itself" in house.said())

    def kept() -> bool:
        try:
            with psycopg.connect(url) as connection:
                return connection.execute("SELECT x FROM kept").fetchone() == (1,)
        except psycopg.OperationalError:
            return False

    house.until(kept)
    house.signal(signal.SIGTERM)
    assert house.until_gone() == 0


def test_the_environment_of_a_folder_never_changes(house_of):
    house = house_of(environment="test")
    house.open_gate()
    house.until_up()
    assert "TEST." in house.said()
    house.signal(signal.SIGTERM)
    assert house.until_gone() == 0
    for wanted in ("demo", "real"):
        other = house_of(environment=wanted)
        assert other.process.wait(30) == 1
        assert f'was made for "test" data and you asked for "{wanted}"' in other.said()
    again = house_of(environment=None)
    again.until_up()
    assert "TEST." in again.said().rsplit("asked for", 1)[1]


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("unshare"), reason="taking the network away needs root")
def test_it_works_without_any_network(house_of):
    without = ("unshare", "--net", "sh", "-c", 'ip link set lo up && exec "$@"', "sh")
    if subprocess.run([*without, "true"], capture_output=True, check=False).returncode != 0:
        pytest.skip("this machine lets nobody take the network away")
    house = house_of(before=without)
    house.open_gate()
    house.until_up()
    house.signal(signal.SIGTERM)
    assert house.until_gone() == 0


def test_data_without_the_password_that_opens_it_is_refused_and_kept(house_of):
    house = house_of()
    house.open_gate()
    house.until_up()
    house.signal(signal.SIGTERM)
    assert house.until_gone() == 0
    word = house.data / "secrets" / "superuser"
    kept = word.read_text(encoding="ascii")
    for times, harm in enumerate((None, "another word\n"), start=1):
        word.unlink() if harm is None else word.write_text(harm, encoding="ascii")
        again = house_of()
        assert again.process.wait(40) == 1
        assert again.said().count('Put the folder "secrets" back from your backup') == times
    word.write_text(kept, encoding="ascii")
    third = house_of()
    third.until_up()
