"""`amparo keys` from the ceremony to the way back, on real databases, as an operator types it."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool
from typer.testing import CliRunner

from actions.office import Office
from actions.setting_up import begin, set_up
from actions.trust import trust_in
from cli.keys import app
from records import office_clock
from tests.fixtures.databases import Database
from tests.fixtures.keys import code_of
from tests.fixtures.offices import shelf

pytestmark = pytest.mark.usefixtures("cheap_passphrases")
ROLE = ["--role", "case_officer"]


class Operator:
    """Types commands in a folder that holds an installation."""

    def __init__(self, folder: Path, database: Database) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.database = database

    def types(self, *words: str, typed: str = "", lang: str = "en", data: bool = True) -> Any:
        where = ["--data", str(self.data)] if data else []
        return CliRunner().invoke(app, [*words, *where, "--lang", lang], input=typed)

    def says(self, *words: str, **how: Any) -> str:
        done = self.types(*words, **how)
        assert done.exit_code == 0, done.output
        return str(done.stdout)

    def file(self, name: str, content: str) -> str:
        path = self.folder / name
        path.write_text(content)
        return str(path)

    def rows(self, query: str) -> list[tuple[object, ...]]:
        engine = create_engine(self.database.owner_url, poolclass=NullPool)
        with engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(query))]


@pytest.fixture
def operator(ombuds: Database, house: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Operator]:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data" / "secrets").mkdir(parents=True)
    (tmp_path / "data" / "environment").write_text("test\n")
    for name, database in (("ombuds", ombuds), ("house", house)):
        (tmp_path / "data" / "secrets" / f"{name}-amparo_owner.url").write_text(database.owner_url)
        engine = create_engine(database.owner_url, poolclass=NullPool)
        with engine.begin() as connection:
            office_clock.initialise(connection, "test")
            office_clock.move(connection, datetime(2016, 9, 1, 13, tzinfo=UTC))
    return Operator(tmp_path, ombuds)


@pytest.fixture
def held(operator: Operator) -> Operator:
    """The ceremony was held, its shares in files, and a passphrase lies ready."""
    operator.says("ceremony", "--out", str(operator.folder / "shares"))
    operator.file("passphrase", "seven small boats leave at dawn\nnot this line")
    operator.file("other", "nine grey stones under water")
    return operator


PAPERS = ["--share-file", "shares/share-1.txt", "--share-file", "shares/share-3.txt"]
WORDS = ["--passphrase-file", "passphrase"]


def address(said: str) -> str:
    (found,) = re.findall(r"otpauth://\S+", said)
    return str(found)


def test_the_ceremony_shows_three_papers_once(operator: Operator) -> None:
    said = operator.says("ceremony")
    papers = [line.strip() for line in said.splitlines() if len(line.split()) == 33]
    assert len(papers) == len(set(papers)) == 3
    again = operator.types("ceremony", lang="es")
    assert (again.exit_code, again.stdout) == (2, "")
    assert again.stderr.startswith("La ceremonia de claves de esta casa ya se celebró.")
    first, second = (operator.file(str(place), paper) for place, paper in enumerate(papers[1:]))
    operator.file("passphrase", "seven small boats leave at dawn")
    given = ["--share-file", first, "--share-file", second]
    assert "otpauth://" in operator.says("enrol", "Iris", "--login", "iris", *ROLE, *WORDS, *given)


def test_papers_in_files_are_private_and_none_is_overwritten(operator: Operator) -> None:
    (operator.folder / "shares").mkdir()
    (operator.folder / "shares" / "share-3.txt").write_text("mine")
    refused = operator.types("ceremony", "--out", "shares")
    assert refused.exit_code == 2
    assert [file.name for file in (operator.folder / "shares").iterdir()] == ["share-3.txt"]
    assert operator.rows("SELECT count(*) FROM signed_key") == [(0,)]
    in_the_way = operator.types("ceremony", "--out", "shares/share-3.txt/papers")
    assert (in_the_way.exit_code, in_the_way.stdout) == (2, "")
    assert in_the_way.stderr.startswith("We cannot read or write the file shares/share-3.txt/papers.")
    assert operator.rows("SELECT count(*) FROM signed_key") == [(0,)]
    (operator.folder / "shares" / "share-3.txt").unlink()
    operator.says("ceremony", "--out", "shares")
    assert {file.stat().st_mode & 0o777 for file in (operator.folder / "shares").iterdir()} == {0o600}


def test_somebody_is_enrolled_enrols_another_rotates_and_leaves(held: Operator) -> None:
    said = held.says("enrol", "Iris", "--login", "iris", "--role", "ombudsperson", "--may-enrol", *WORDS, *PAPERS)
    iris = address(said)
    by = ["--by", "iris", "--by-passphrase-file", "passphrase", "--by-code", code_of(iris)]
    typed = "nine grey stones\nnine grey stones\n"
    assert "otpauth://" in held.says("enrol", "Jon", "--login", "jon", *ROLE, *by, typed=typed, lang="fr")
    rotated = held.says("rotate", "--login", "iris", *WORDS, "--code", code_of(iris, 1), "--new-passphrase-file", "other")
    assert rotated.startswith("The new key is number 2.")
    listed = held.says("list")
    assert re.search(r"Iris: key 2, begins with [0-9a-f ]{24}\nJon: key 1, ", listed)
    held.says("leave", "iris", *PAPERS)
    assert held.rows("SELECT count(*) FROM staff_key") == [(1,)]
    assert held.says("list").startswith("Jon: key 2, ")


def test_somebody_is_invited_sets_up_their_key_themselves_and_it_is_signed(held: Operator) -> None:
    said = held.says("invite", "Iris", "--login", "iris", "--role", "ombudsperson", "--may-enrol", *PAPERS)
    (code,) = re.findall(r"\b(?:[0-9A-Z]{4}-){4}[0-9A-Z]{4}\b", said)
    assert "has not set up a key yet" in held.says("invitations")
    secrets = held.data / "secrets"
    trust = trust_in(secrets / "ceremony.pub", server_key=secrets / "desk.key")
    engine = create_engine(held.database.url("ombuds_desk"), poolclass=NullPool)
    desk = Office(engine, database="ombuds", environment="test", shelf=shelf(), trust=trust)
    totp = begin(desk, code).totp_address
    digits = set_up(desk, code, "nine grey stones under water", code_of(totp))
    assert "espera una firma" in held.says("invitations", lang="es")
    wrong = held.types("sign", "iris", *PAPERS, "--digits", digits[::-1])
    assert (wrong.exit_code, wrong.stdout) == (2, "")
    assert held.rows("SELECT count(*) FROM staff_key") == [(0,)]
    assert "Signed. Iris can sign in now." in held.says("sign", "iris", *PAPERS, typed=f"{digits}\n")
    by = ["--by", "iris", "--by-passphrase-file", "other", "--by-code", code_of(totp, 1)]
    assert held.says("invite", "Jon", "--login", "jon", *ROLE, *by, lang="fr").startswith("Dites ce code à Jon")


def test_the_way_back_with_two_papers(held: Operator) -> None:
    held.says("enrol", "Iris", "--login", "iris", *ROLE, *WORDS, *PAPERS)
    held.says("export-seats", "seats", "--recovery")
    fresh = address(held.says("enrol", "Iris", "--login", "iris", "--renew", "--passphrase-file", "other", *PAPERS))
    held.says("export-seats", "again", "--recovery")
    said = held.says("recover", "again", "for-iris", "--to", "iris", *PAPERS, data=False)
    start = re.search(r"begins with ([0-9a-f ]{24})", said)
    assert start is not None
    assert start[1] in held.says("list")
    done = held.says("import-seats", "for-iris", "--login", "iris", "--passphrase-file", "other", "--code", code_of(fresh))
    assert done.startswith("Seats that open again: 0.")
    assert (held.folder / "for-iris").stat().st_mode & 0o777 == 0o600


def test_what_goes_wrong_is_named_in_a_sentence_and_nothing_is_written(held: Operator) -> None:
    languages = cycle(["en", "es", "pt", "fr"])
    held.file("one", "a single word")
    held.says("export-seats", "seats", "--recovery")
    before = held.rows("SELECT md5(string_agg(t::text, '|')) FROM ledger_entry t")
    iris = ["enrol", "Iris", "--login", "iris", *ROLE]
    wrongs = [
        [*iris, *WORDS],
        [*iris, *WORDS, "--share-file", "one", "--share-file", "one"],
        [*iris, *WORDS, "--share-file", "shares/share-1.txt", "--share-file", "missing"],
        [*iris, "--passphrase-file", "missing", *PAPERS],
        ["enrol", "Iris", "--login", "iris", "--role", "chair", *WORDS, *PAPERS],
        ["invite", "Iris", "--login", "iris", *ROLE],
        ["invite", "Iris", "--login", "iris", "--role", "chair", *PAPERS],
        ["sign", "iris", "--digits", "0" * 24],
        ["sign", "iris", "--digits", "0" * 24, *PAPERS],
        ["leave", "Nobody"],
        ["export-seats", "seats", "--recovery"],
        ["export-seats", "fresh", "--person", "Nobody"],
        ["rotate", "--login", "nobody", *WORDS, "--code", "123456", "--new-passphrase-file", "other"],
    ]
    for words in wrongs:
        refused = held.types(*words, lang=next(languages))
        assert (refused.exit_code, refused.stdout) == (2, ""), words
        assert refused.stderr.count("\n") == 1
        assert "Traceback" not in refused.output
    for words in (["recover", "missing", "out", "--to", "x"], ["recover", "seats", "out", "--to", "Nobody"]):
        refused = held.types(*words, *PAPERS, lang=next(languages), data=False)
        assert refused.exit_code == 2
        assert refused.stderr.count("\n") == 1
    assert not (held.folder / "out").exists()
    assert not (held.folder / "fresh").exists()
    assert held.rows("SELECT md5(string_agg(t::text, '|')) FROM ledger_entry t") == before


def test_a_folder_without_an_installation_is_named(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["list", "--data", str(tmp_path), "--lang", "en"])
    assert done.exit_code == 2
    assert str(tmp_path) in done.stderr


def test_the_chair_is_named_and_gets_no_key(held: Operator) -> None:
    held.says("chair", "Ada", "--mail", "ada@house.invalid")
    held.says("chair", "Bea", "--mail", "bea@house.invalid")
    found = held.rows("SELECT p.name, a.until_on IS NULL FROM appointment a JOIN person p ON p.id = a.person_id ORDER BY 1")
    assert found == [("Ada", False), ("Bea", True)]
