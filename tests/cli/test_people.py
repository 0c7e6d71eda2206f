"""`amparo people`, as an operator uses it, on a real database."""

import json
from pathlib import Path
from typing import Any

import pyotp
import pytest
from sqlalchemy import create_engine, text
from typer.testing import CliRunner

from actions.sessions import open_door, read_server_key, sign_in
from cli.people import app
from records import office_clock
from tests.fixtures.databases import Database
from tests.fixtures.offices import Stage

WORDS = "four or five words do well"


@pytest.fixture
def installation(house_office: Stage, ombuds: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder that leads to the databases of this test."""
    monkeypatch.setenv("AMPARO_LANG", "en")
    (tmp_path / "environment").write_text("test\n", encoding="ascii")
    secrets = tmp_path / "secrets"
    secrets.mkdir(mode=0o700)
    (secrets / "house-amparo_owner.url").write_text(house_office.database.owner_url, encoding="utf-8")
    (secrets / "ombuds-amparo_owner.url").write_text(ombuds.owner_url, encoding="utf-8")
    (secrets / "council.key").write_bytes(b"k" * 32)
    (secrets / "council.key").chmod(0o600)
    return tmp_path


def run(folder: Path, *words: str, typed: str | None = None) -> Any:
    return CliRunner().invoke(app, [*words, "--data", str(folder)], input=typed)


def add(folder: Path, *more: str, typed: str = f"{WORDS}\n{WORDS}\n") -> Any:
    return run(folder, "add", "Ana Pérez", "--role", "mission", "--login", "ana", *more, typed=typed)


def test_an_operator_adds_a_person_who_then_signs_in(installation: Path, house_office: Stage):
    result = add(installation)
    assert result.exit_code == 0, result.output
    address = result.stdout.splitlines()[-1]
    code = pyotp.parse_uri(address)
    assert isinstance(code, pyotp.TOTP)
    key = read_server_key(installation / "secrets" / "council.key")
    door = open_door(house_office.office, "council", key)
    assert sign_in(door, login="ana", passphrase=WORDS, code=code.now()).name == "Ana Pérez"
    assert WORDS not in result.output


def test_a_passphrase_can_come_from_a_file(installation: Path, tmp_path: Path):
    file = tmp_path / "words"
    file.write_text(f"{WORDS}\nand a second line\n", encoding="utf-8")
    assert add(installation, "--passphrase-file", str(file), typed="").exit_code == 0
    missing = add(installation, "--passphrase-file", str(tmp_path / "missing"), typed="")
    assert missing.exit_code == 2
    assert "We cannot read the file" in missing.stderr


def test_two_different_passphrases_write_nothing(installation: Path, house_office: Stage):
    result = add(installation, typed=f"{WORDS}\nsomething else entirely\n")
    assert result.exit_code == 2
    assert result.stderr.strip().endswith("The two passphrases are not the same. Nothing was written. Try again.")
    assert house_office.rows("SELECT count(*) FROM account") == [(0,)]


def test_the_list_shows_a_whole_career(installation: Path):
    add(installation, "--from", "2015-06-01")
    post = ("appoint", "ana", "--role", "auditor", "--from", "2015-07-01", "--until", "2015-08-01")
    assert run(installation, *post).exit_code == 0
    assert run(installation, "away", "Ana Pérez", "--from", "2015-06-10").exit_code == 0
    lines = run(installation, "list").stdout.splitlines()
    here = lines.index("Ana Pérez, ana (away today)")
    assert lines[here + 1 : here + 3] == ["  mission since 1 June 2015", "  auditor from 1 July 2015 until before 1 August 2015"]
    assert "Planner, no account" in lines
    assert run(installation, "back", "ana").exit_code == 0
    assert run(installation, "end", "ana", "--role", "mission", "--on", "2015-06-15").exit_code == 0
    listed = json.loads(run(installation, "list", "--json").stdout)
    ana = next(each for each in listed if each["login"] == "ana")
    assert ana["away"] is False
    assert ana["offices"][0] == {"role": "mission", "from": "2015-06-01", "until": "2015-06-15"}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("appoint", "Planner", "--role", "admiral"), "There is no such office at the doors of this database."),
        (("appoint", "Nobody", "--role", "mission"), "People found by that login or name: 0."),
        (("away", "Planner", "--from", "2015-07-02", "--until", "2015-07-01"), "must come after the beginning"),
        (("back", "Planner"), "No absence is recorded"),
        (("end", "Planner", "--role", "mission"), "does not hold the office mission"),
        (("away", "Planner", "--from", "tomorrow"), "--from"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(installation: Path, words: tuple[str, ...], says: str):
    result = run(installation, *words)
    assert result.exit_code == 2
    assert says in result.stderr
    assert "Traceback" not in result.output


def test_a_folder_that_is_no_installation_is_said_so(tmp_path: Path):
    result = run(tmp_path / "nowhere", "list")
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_an_operator_sees_who_leaves_and_whether_it_is_done_and_no_number(installation: Path, ombuds: Database):
    engine = create_engine(ombuds.owner_url)
    with engine.begin() as connection:
        office_clock.initialise(connection, "test")
    assert run(installation, "leaving").stdout == "Nobody was told that their time in office ends.\n"
    with engine.begin() as connection:
        person = connection.execute(
            text("INSERT INTO person VALUES (gen_random_uuid(), 'Ana Sol', NULL, 'en', now()) RETURNING id")
        ).scalar_one()
        connection.execute(text("INSERT INTO term_watch VALUES (:p, '2016-12-31', '2016-10-02', NULL, false)"), {"p": person})
    engine.dispose()
    shown = run(installation, "leaving", "--json")
    assert json.loads(shown.stdout) == [{"name": "Ana Sol", "last": "2016-12-31", "done": False}]
    assert "Ana Sol: last day 31 December 2016, not settled yet" in run(installation, "leaving").stdout
