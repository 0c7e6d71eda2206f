"""PostgreSQL as our child: closed to everybody, quiet, and never left behind."""

import os
import secrets
import signal
import stat
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import psutil
import psycopg
import pytest

from cli.supervise.account import Account, open_programs, open_the_way
from cli.supervise.postgres import Postgres
from cli.supervise.programs import postgres_installation
from cli.supervise.troubles import PostgresDidNotStart
from cli.supervise.waiting import wait_until

MARKER = "Quetzalcoatlus-7391"


def made(folder: Path) -> Postgres:
    return Postgres(folder / "pg", password="superuser's word", log=folder / "postgres.log", durable=False)


@pytest.fixture
def postgres(work):
    server = made(work)
    server.prepare()
    server.start()
    yield server
    server.close()


def session(url: str) -> psycopg.Connection:
    return psycopg.connect(url.replace("+psycopg", "", 1), connect_timeout=5)


def test_it_runs_as_our_child_and_never_as_root(postgres):
    process = psutil.Process(postgres.pid)
    assert process.ppid() == os.getpid()
    assert process.uids().real != 0
    assert os.geteuid() == 0 or process.uids().real == os.geteuid()


def test_it_stops_and_leaves_no_process(postgres):
    family = [psutil.Process(postgres.pid), *psutil.Process(postgres.pid).children(recursive=True)]
    assert len(family) > 1
    postgres.close()
    assert postgres.pid is None
    assert [process for process in family if process.is_running()] == []


def test_it_listens_on_no_network_address(postgres):
    assert psutil.Process(postgres.pid).net_connections(kind="inet") == []
    with session(postgres.admin_url) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)


def test_its_socket_stands_in_a_folder_that_only_its_account_enters(postgres, work):
    for folder in (work / "pg" / "run", work / "pg" / "data"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert folder.stat().st_uid == psutil.Process(postgres.pid).uids().real


@pytest.mark.parametrize("password", ["", "another word"])
def test_the_superuser_needs_the_password(postgres, password):
    with pytest.raises(psycopg.OperationalError, match="password"):
        session(postgres.url("postgres", password, "postgres"))


def test_it_sorts_by_its_own_rules_and_keeps_utf8(postgres):
    with session(postgres.admin_url) as connection:
        row = connection.execute(
            "SELECT pg_encoding_to_char(encoding), datlocprovider::text, datlocale FROM pg_database WHERE datname = 'postgres'"
        ).fetchone()
    assert row == ("UTF8", "b", "C.UTF-8")


def test_nothing_that_people_wrote_reaches_its_log(postgres, work):
    with psycopg.connect(postgres.admin_url.replace("+psycopg", "", 1), autocommit=True) as connection:
        connection.execute("CREATE TABLE t (x text UNIQUE, y uuid)")
        connection.execute("INSERT INTO t VALUES (%s)", (MARKER,))
        for act, values in (
            ("INSERT INTO t VALUES (%s)", (MARKER,)),
            (f"SELECT '{MARKER}'::uuid", ()),
            ("INSERT INTO t VALUES ('a', %s::text::uuid)", (MARKER,)),
            (f"SELEKT {MARKER}", ()),
            (f"DO $$ BEGIN RAISE EXCEPTION '{MARKER}'; END $$", ()),
            (f"DO $$ BEGIN RAISE WARNING '{MARKER}'; END $$", ()),
        ):
            with suppress(psycopg.Error):
                connection.execute(act, values)
    postgres.stop()
    log = (work / "postgres.log").read_text(encoding="utf-8")
    assert "ready to accept connections" in log
    assert MARKER not in log
    assert stat.S_IMODE((work / "postgres.log").stat().st_mode) == 0o600


def test_it_writes_no_core_file(postgres):
    limits = Path(f"/proc/{postgres.pid}/limits").read_text(encoding="ascii")
    core = next(line for line in limits.splitlines() if line.startswith("Max core file size"))
    assert core.split()[4:6] == ["0", "0"]


def test_data_is_there_again_after_a_kill_and_a_restart(postgres, work):
    with session(postgres.admin_url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS x")
    backends = psutil.Process(postgres.pid).children(recursive=True)
    os.kill(postgres.pid, signal.SIGKILL)
    assert wait_until(lambda: postgres.pid is None, seconds=10)
    psutil.wait_procs(backends, timeout=10)
    assert (work / "pg" / "data" / "postmaster.pid").exists()
    again = made(work)
    try:
        assert again.prepare().orphan is None
        again.start()
        with session(again.admin_url) as connection:
            assert connection.execute("SELECT x FROM kept").fetchone() == (1,)
    finally:
        again.close()


def test_an_orphan_on_the_same_folder_is_stopped_before_a_new_start(postgres, work):
    orphan = postgres.pid
    again = made(work)
    assert again.prepare().orphan == orphan
    assert postgres.pid is None
    assert not (work / "pg" / "data" / "postmaster.pid").exists()


def test_a_process_that_only_has_the_old_number_is_left_alone(postgres, work):
    postgres.stop()
    bystander = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    try:
        pid_file = work / "pg" / "data" / "postmaster.pid"
        pid_file.write_text(f"{bystander.pid}\n{work}/pg/data\n", encoding="ascii")
        assert made(work).prepare().orphan is None
        assert not pid_file.exists()
        assert bystander.poll() is None
    finally:
        bystander.kill()
        bystander.wait()


def test_a_first_start_that_was_killed_half_way_is_begun_again(work):
    (work / "pg" / "data.unfinished").mkdir(parents=True)
    (work / "pg" / "data.unfinished" / "PG_VERSION").write_text("18\n", encoding="ascii")
    (work / "pg" / "password").write_text("old", encoding="ascii")
    server = made(work)
    try:
        server.prepare()
        server.start()
        assert server.answers()
        assert not (work / "pg" / "password").exists()
    finally:
        server.close()


def test_a_path_too_long_for_a_socket_gets_a_short_closed_folder_that_goes_again(work):
    deep = work / ("d" * 90)
    deep.mkdir()
    server = made(deep)
    try:
        server.prepare()
        server.start()
        short = Path((deep / "pg" / "socket_folder").read_text(encoding="utf-8"))
        assert stat.S_IMODE(short.stat().st_mode) == 0o700
        with session(server.admin_url) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
    finally:
        server.close()
    assert not short.exists()


def test_a_broken_cluster_is_refused_and_no_process_stays(postgres, work):
    postgres.stop()
    (work / "pg" / "data" / "global" / "pg_control").unlink()
    again = made(work)
    again.prepare()
    with pytest.raises(PostgresDidNotStart):
        again.start()
    assert again.pid is None


def test_the_way_is_opened_to_pass_and_never_to_list(work):
    inner = work / "closed" / "inner"
    inner.mkdir(parents=True)
    (work / "closed").chmod(0o700)
    stranger = Account("stranger", 54321, 54321)
    opened = open_the_way(inner, stranger)
    assert work / "closed" in opened
    assert inner not in opened
    assert stat.S_IMODE((work / "closed").stat().st_mode) == 0o701
    assert open_the_way(inner, stranger) == []


def test_the_wheels_own_code_is_never_imported(work):
    program = (
        "import sys; from cli.supervise.postgres import Postgres;"
        "from cli.supervise.programs import postgres_installation as p; assert (p() / 'bin' / 'initdb').is_file();"
        "import cli.supervise.supervisor; print([m for m in sys.modules if m.startswith('pixeltable')])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_programs_are_those_of_postgresql_18():
    program = postgres_installation() / "bin" / "postgres"
    version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    assert version.stdout.startswith("postgres (PostgreSQL) 18.")


def test_a_new_password_each_time_would_not_open_an_old_cluster(postgres, work):
    postgres.stop()
    other = Postgres(work / "pg", password=secrets.token_urlsafe(8), log=work / "postgres.log", durable=False)
    try:
        other.prepare()
        other.start()
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            session(other.admin_url)
    finally:
        other.close()


def test_programs_kept_closed_by_a_strict_umask_are_opened_for_reading(work):
    programs = work / "pginstall18"
    (programs / "bin").mkdir(parents=True)
    (programs / "bin" / "postgres").touch(mode=0o700)
    (programs / "share").touch(mode=0o600)
    for folder in (programs, programs / "bin"):
        folder.chmod(0o700)
    open_programs(programs, Account("stranger", 54321, 54321))
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (programs, *programs.rglob("*"))}
    assert modes == {"pginstall18": 0o705, "bin": 0o705, "postgres": 0o705, "share": 0o604}
