"""`amparo init` makes a house on a PostgreSQL that was there before it, and can be run again."""

import http.client
import shutil
import socket
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
import typer
import yaml
from sqlalchemy.engine import make_url
from typer.testing import CliRunner

from actions.keys import SERVER_SECRETS
from actions.ledger_keys import public_keys
from actions.office import Database, open_office
from actions.status import status_of
from cli.init_house import KEYS, address_of, found_house, init
from cli.supervise.data_folder import DataFolder
from cli.supervise.doors import DOORS
from cli.supervise.postgres import Postgres
from cli.supervise.programs import postgres_installation
from cli.supervise.waiting import wait_until
from records.bootstrap import DATABASES, DIRECTOR, OWNER, drop_database
from records.ledger import Entry, store
from settings import inherited
from tests.laws.tree import ROOT

WORD = "a word for:the superuser/of this server"


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[Postgres]:
    """A PostgreSQL of its own, with nothing in it: as an operator finds one."""
    folder = Path(tempfile.mkdtemp(prefix="amparo-init-"))
    postgres = Postgres(folder / "pg", password=WORD, log=folder / "postgres.log", durable=False)
    try:
        postgres.prepare()
        postgres.start()
        yield postgres
    finally:
        postgres.close()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def superuser(elsewhere: Postgres, tmp_path: Path) -> Path:
    file = tmp_path / "superuser.url"
    file.write_text(elsewhere.admin_url + "\n", encoding="utf-8")
    return file


def run(*words: str) -> Any:
    app = typer.Typer()
    app.command()(init)
    return CliRunner().invoke(app, [*words, "--lang", "en"])


def make(data: Path, superuser: Path, environment: str = "test") -> Any:
    return run("--data", str(data), "--superuser-url-file", str(superuser), "--environment", environment)


def kept(data: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in (data / "secrets").iterdir()}


def address(data: Path, database: str, role: str) -> str:
    return (data / "secrets" / f"{database}-{role}.url").read_text(encoding="utf-8").strip()


def plain(url: str) -> str:
    """An address as psycopg itself reads it."""
    return url.replace("+psycopg", "")


def test_the_house_is_made_and_made_again_without_a_change(superuser: Path, tmp_path: Path):
    data = tmp_path / "house"
    first = make(data, superuser)
    assert first.exit_code == 0, first.output
    secrets = kept(data)
    for database, roles in DATABASES.items():
        for role in (OWNER, *roles):
            with psycopg.connect(plain(address(data, database, role))) as connection:
                assert connection.execute("SELECT current_user, current_database()").fetchone() == (role, database)
    for database, role in (("house", "house_flows"), ("ombuds", "ombuds_flows")):
        office = open_office(address(data, database, role), database=database, environment="test", pack="oas")
        assert status_of(office)["environment"] == "test"
        office.engine.dispose()
    assert make(data, superuser).exit_code == 0
    assert kept(data) == secrets


def test_doors_with_what_docker_compose_gives_them_are_ready(superuser: Path, tmp_path: Path):
    data, ports = tmp_path / "house", {name: free_port() for name in DOORS}
    assert make(data, superuser).exit_code == 0
    doors = [start_door(name, data, port) for name, port in ports.items()]
    try:

        def one_ended() -> bool:
            return any(door.poll() is not None for door in doors)

        assert wait_until(lambda: all(map(is_ready, ports.values())), seconds=60, unless=one_ended)
    finally:
        for door in doors:
            door.terminate()
        for door in doors:
            door.wait(20)


def start_door(name: str, data: Path, port: int) -> "subprocess.Popen[bytes]":
    """A door as its container would start it, but for the folder of secrets, the environment and the port."""
    service = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["services"][name]
    given = {key: value.replace("/run/secrets", str(data / "secrets")) for key, value in service["environment"].items()}
    given |= {"AMPARO_ENVIRONMENT": "test", "AMPARO_PACK": "oas", "AMPARO_LANG": "en"}
    given |= {f"AMPARO_{name.upper()}_HOST": "127.0.0.1", f"AMPARO_{name.upper()}_PORT": str(port)}
    words = [sys.executable, "-m", "cli.main", *service["command"]]
    return subprocess.Popen(words, env=inherited() | given, cwd=ROOT, stdin=subprocess.DEVNULL)


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def is_ready(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=4)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def test_dumps_of_both_databases_and_the_secrets_are_the_house_again(emptied: Postgres, superuser: Path, tmp_path: Path):
    """As docs/operations.md says: the steps of "Back up" and "Restore", one by one."""
    data, secrets = tmp_path / "house", tmp_path / "kept"
    assert make(data, superuser).exit_code == 0
    for name in DATABASES:
        plant(data, name)
    before = {name: entries(data, name) for name in DATABASES}
    for name in DATABASES:
        postgres_tool(emptied, "pg_dump", "--format=custom", f"--file={tmp_path / name}.dump", name)
    shutil.copytree(data, secrets)

    for name in DATABASES:
        drop_database(emptied.admin_url, name)
    shutil.rmtree(data)
    assert make(secrets, superuser).exit_code == 0
    for name in DATABASES:
        drop_database(emptied.admin_url, name)
        postgres_tool(emptied, "createdb", "--template=template0", f"--owner={OWNER}", name)
        postgres_tool(emptied, "pg_restore", "--exit-on-error", f"--dbname={name}", f"{tmp_path / name}.dump")
    assert make(secrets, superuser).exit_code == 0

    assert all(before.values())
    assert {name: entries(secrets, name) for name in DATABASES} == before
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(plain(address(secrets, "house", "house_council")).replace("/house?", "/ombuds?"))
    with (
        psycopg.connect(plain(address(secrets, "ombuds", "ombuds_intake"))) as intake,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        intake.execute("SELECT * FROM pg_stat_activity")


def plant(data: Path, database: Database) -> None:
    """Something to lose: an entry of the ledger, with its salt where it has one."""
    office = open_office(address(data, database, OWNER), database=database, environment="test", pack="oas")
    with office.open() as books:
        store.append(books, Entry(books.today, "house.tried"), None)
    office.engine.dispose()


def entries(data: Path, database: str) -> list[tuple[object, ...]]:
    with psycopg.connect(plain(address(data, database, OWNER))) as connection:
        return connection.execute("SELECT id, commitment, body, salt FROM ledger_entry ORDER BY id").fetchall()


def postgres_tool(postgres: Postgres, *words: str) -> None:
    """One of PostgreSQL's own programs, as the superuser."""
    told = make_url(postgres.admin_url)
    env = {"PGPASSWORD": WORD, "PGUSER": "postgres", "PGHOST": str(told.query["host"]), "PGPORT": str(told.query["port"])}
    subprocess.run([str(postgres_installation() / "bin" / words[0]), *words[1:]], env=env, check=True)


def test_every_secret_is_a_file_that_only_its_owner_reads(superuser: Path, tmp_path: Path):
    data = tmp_path / "house"
    assert make(data, superuser).exit_code == 0
    private = [file for file in (data / "secrets").iterdir() if file.suffix != ".pub"]
    assert {stat.S_IMODE(file.stat().st_mode) for file in private} == {0o600}
    assert {file.stat().st_size for file in private if file.name in KEYS} == {32}
    assert sorted(KEYS) == sorted(SERVER_SECRETS)
    assert len(public_keys(data / "secrets" / "ledger-ombuds.key")) == 1
    shown = b"".join(kept(data).values())
    assert WORD.encode() not in shown
    assert quote(WORD, safe="").encode() not in shown


@pytest.fixture
def emptied(elsewhere: Postgres) -> Iterator[Postgres]:
    """The server without our databases, before the test and after it."""
    for database in DATABASES:
        drop_database(elsewhere.admin_url, database)
    yield elsewhere
    for database in DATABASES:
        drop_database(elsewhere.admin_url, database)


def test_nobody_is_given_a_way_to_move_the_clock_of_real_data(emptied: Postgres, tmp_path: Path):
    (tmp_path / "secrets").mkdir(mode=0o700)
    found_house(DataFolder(tmp_path, "real"), emptied.admin_url, "oas")
    assert not [name for name in kept(tmp_path) if DIRECTOR in name]
    with psycopg.connect(plain(emptied.admin_url)) as connection:
        found = connection.execute("SELECT rolcanlogin FROM pg_roles WHERE rolname = %s", (DIRECTOR,)).fetchone()
    assert found == (False,)


@pytest.mark.parametrize("content", [None, "", "postgres", "mysql://root@db/x", "postgresql://db/postgres"])
def test_a_file_without_an_address_is_refused_before_anything_is_made(tmp_path: Path, content: str | None):
    file = tmp_path / "superuser.url"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    result = make(tmp_path / "house", file)
    assert result.exit_code == 1
    assert "does not hold the address" in result.stderr
    assert not (tmp_path / "house").exists()


def test_a_wrong_password_is_said_and_not_repeated(elsewhere: Postgres, tmp_path: Path):
    file = tmp_path / "superuser.url"
    file.write_text(elsewhere.url("postgres", "mistaken-word", "postgres"), encoding="utf-8")
    result = make(tmp_path / "house", file)
    assert result.exit_code == 1
    assert "does not accept" in result.stderr
    assert "mistaken-word" not in result.output


def test_a_server_that_is_not_there_is_said(tmp_path: Path):
    file = tmp_path / "superuser.url"
    file.write_text(f"postgresql://postgres:word@/postgres?host={tmp_path}", encoding="utf-8")
    result = make(tmp_path / "house", file)
    assert result.exit_code == 1
    assert "cannot be reached" in result.stderr
    assert "Traceback" not in result.output


def test_demo_data_and_a_real_house_never_meet(superuser: Path, tmp_path: Path):
    assert make(tmp_path / "house", superuser).exit_code == 0
    other = make(tmp_path / "other", superuser, "demo")
    assert other.exit_code == 1
    assert make(tmp_path / "house", superuser).exit_code == 0  # gives the roles back the passwords of this folder


def test_real_data_is_not_made_as_root(superuser: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("os.geteuid", lambda: 0)
    result = make(tmp_path / "house", superuser, "real")
    assert result.exit_code == 1
    assert "not run as root" in result.stderr
    assert not (tmp_path / "house").exists()


def test_an_address_keeps_the_server_and_how_it_is_reached():
    url = "postgresql+psycopg://postgres:x@/postgres?host=%2Frun%2Fpg&port=5432"
    assert address_of(url, "house_flows", "p@:/", "house") == (
        "postgresql+psycopg://house_flows:p%40%3A%2F@/house?host=%2Frun%2Fpg&port=5432"
    )
