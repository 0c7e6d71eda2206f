"""The search for a marker finds what is there to be found, in every form and every place; else finding nothing says nothing."""

import json
import sqlite3
import sys
import zlib
from base64 import b64encode
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen

import psutil
import psycopg
import pytest

from tests.chaos.markers import forms, give_away, in_files, in_processes, in_rows, in_sqlite, new_marker
from tests.fixtures.databases import Database, Server

WORD = new_marker()
CARRIED = {
    "plain": WORD.encode(),
    "hex": WORD.encode().hex().encode(),
    "JSON": json.dumps({"a": [WORD]}).encode(),
    "JSON of JSON": json.dumps({"b": json.dumps({"a": WORD})}).encode(),
    "utf-16, little end first": f"says {WORD} again".encode("utf-16-le"),
    "bytes as Python shows them": repr({"a": f"<{WORD}>".encode()}).encode(),
} | {
    f"{kind}base64 after {shift}": b64encode(bytes(shift + 3) + WORD.encode() + b"and more", altchars)
    for shift in range(3)
    for kind, altchars in (("", b"+/"), ("url-safe ", b"-_"))
}


@pytest.mark.parametrize("form", list(CARRIED))
def test_each_way_to_carry_a_word_gives_it_away(form: str):
    assert form in give_away(WORD, CARRIED[form])
    assert give_away(new_marker(), CARRIED[form]) == []


def test_a_word_is_found_in_files_and_their_names_across_pieces(tmp_path: Path):
    (tmp_path / "deep").mkdir()
    for number, form in enumerate(forms(WORD).values()):
        (tmp_path / "deep" / f"{number}").write_bytes(bytes(16 * 2**20 - 7 if number == 0 else 5) + form + b"\0")
    (tmp_path / f"a {WORD}").touch()
    found = in_files(WORD, [tmp_path])
    for number, name in enumerate(forms(WORD)):
        assert f"{tmp_path}/deep/{number}: {name}" in found
    assert any(one.startswith("name of") for one in found)
    (tmp_path / "packed").write_bytes(zlib.compress(WORD.encode()))
    assert not [one for one in in_files(WORD, [tmp_path]) if "packed" in one], "what is compressed is looked for elsewhere"


def test_a_word_is_found_in_rows_of_any_type_and_size(house: Database, database_server: Server):
    address = database_server.postgres.admin_url.replace("+psycopg", "", 1).replace("/postgres?", f"/{house.name}?")
    with psycopg.connect(address) as connection:
        connection.execute("CREATE TABLE kept (a text, b bytea, c jsonb, d text[])")
        connection.execute("INSERT INTO kept (a) VALUES (repeat('long ', 100000) || %s)", [WORD])
    assert in_rows(WORD, {"house": address}) == ["house.public.kept: plain"]
    for column, value in (("b", WORD.encode()), ("c", json.dumps([WORD])), ("d", [WORD])):
        with psycopg.connect(address) as connection:
            connection.execute("DELETE FROM kept")
            connection.execute(f"INSERT INTO kept ({column}) VALUES (%s)", [value])
        assert in_rows(WORD, {"house": address}) == ["house.public.kept: plain"], column


def test_a_word_is_found_in_sqlite(tmp_path: Path):
    with sqlite3.connect(tmp_path / "a.db") as database:
        database.execute("CREATE TABLE kept (a, b)")
        database.execute("INSERT INTO kept VALUES (1, ?)", [json.dumps({"a": WORD})])
    assert in_sqlite(WORD, tmp_path / "a.db") == ["kept: JSON"]


def test_a_word_is_found_in_a_temporary_file_without_a_name():
    keeps = "import sys, tempfile as t; f = t.TemporaryFile(); f.write(sys.stdin.readline().encode()); f.flush(); print(flush=1)"
    with Popen([sys.executable, "-c", keeps + "; sys.stdin.read()"], stdin=PIPE, stdout=PIPE, stderr=DEVNULL, text=True) as one:
        assert one.stdin is not None
        assert one.stdout is not None
        one.stdin.write(f"{WORD}\n")
        one.stdin.flush()
        one.stdout.readline()
        assert [each.rpartition(": ")[2] for each in in_processes(WORD, [psutil.Process(one.pid)])] == ["plain"]
        one.stdin.close()
