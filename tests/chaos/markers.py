"""Looking for a word wherever a running house may have left it, in every form in which bytes usually carry a word."""

import json
import os
import secrets
import sqlite3
import stat
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from unicodedata import normalize
from urllib.parse import quote

import psutil
import psycopg
from psycopg import sql

_LETTERS = "bcdfghjkmpqrstvwxz"
_OURS = "SELECT schemaname, tablename FROM pg_tables WHERE schemaname <> 'pg_catalog' ORDER BY 1, 2"
_CATALOG = "SELECT schemaname, tablename FROM pg_tables WHERE schemaname = 'pg_catalog' ORDER BY 1, 2"
_PIECE = 16 * 2**20  # bytes read at a time


def new_marker() -> str:
    """A word nobody wrote before. It has letters that are not ASCII all along it, so that escaped it looks different."""
    return "ñ".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(6))


def forms(word: str) -> dict[str, bytes]:
    """The byte strings that give `word` away, by name: none of them holds another, so that each is looked for."""
    plain = word.encode()
    found = {
        "plain": plain,
        "upper case": word.upper().encode(),
        "decomposed": normalize("NFD", word).encode(),
        "without accents": normalize("NFD", word).encode("ascii", "ignore"),
        "latin-1": word.encode("latin-1"),
        "utf-16, little end first": word.encode("utf-16-le"),
        "utf-16, big end first": word.encode("utf-16-be"),
        "hex": plain.hex().encode(),
        "upper hex": plain.hex().upper().encode(),
        "url-encoded": quote(word, safe="").encode(),
        "url-encoded, lower case": quote(word, safe="").replace("%C3%B1", "%c3%b1").encode(),
        "JSON": json.dumps(word)[1:-1].encode(),
        "JSON of JSON": json.dumps(json.dumps(word))[3:-3].encode(),
        "bytes as Python shows them": repr(plain)[2:-1].encode(),
    }
    for shift in range(3):
        found[f"base64 after {shift}"] = _inside_base64(b64encode(bytes(shift) + plain), shift, len(plain))
        found[f"url-safe base64 after {shift}"] = _inside_base64(urlsafe_b64encode(bytes(shift) + plain), shift, len(plain))
    return found


def _inside_base64(encoded: bytes, shift: int, length: int) -> bytes:
    """The signs that depend on the word alone, not on what stands before or after it."""
    return encoded[-(-shift * 8 // 6) : (shift + length) * 8 // 6]


def give_away(word: str, content: bytes) -> list[str]:
    """The forms in which `content` gives `word` away."""
    return [name for name, form in forms(word).items() if form in content]


def in_files(word: str, folders: Iterable[Path]) -> list[str]:
    """Files under `folders` that hold `word`, or have it in their name."""
    found = []
    for path in sorted(path for folder in folders for path in folder.rglob("*")):
        found += [f"name of {path}: {form}" for form in give_away(word, os.fsencode(path))]
        with suppress(FileNotFoundError):  # what a running house took away meanwhile
            if stat.S_ISREG(path.lstat().st_mode):
                found += [f"{path}: {form}" for form in _in_file(word, path)]
    return found


def _in_file(word: str, path: Path) -> list[str]:
    looked, found = forms(word), dict[str, None]()
    overlap, tail = max(map(len, looked.values())), b""
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            whole = tail + piece
            found |= dict.fromkeys(name for name, form in looked.items() if form in whole)
            tail = whole[-overlap:]
    return list(found)


def in_rows(word: str, addresses: Mapping[str, str]) -> list[str]:
    """Tables, catalogs among them, and statements under way that hold `word`; `addresses` are the superuser's, by database."""
    found = []
    for database, address in addresses.items():
        with psycopg.connect(address) as connection:
            for place, content in (*_tables(connection, _OURS, "BINARY"), *_tables(connection, _CATALOG, "TEXT")):
                found += [f"{database}.{place}: {form}" for form in give_away(word, content)]
            for (query,) in connection.execute("SELECT query FROM pg_stat_activity"):
                found += [f"{database}, a statement: {form}" for form in give_away(word, (query or "").encode())]
    return found


def _tables(connection: psycopg.Connection, named: str, way: str) -> Iterator[tuple[str, bytes]]:
    """All columns of all rows, as they are: what is stored compressed or in pieces is whole here."""
    for schema, table in connection.execute(named).fetchall():
        copy = sql.SQL("COPY (SELECT * FROM {}) TO STDOUT (FORMAT {})").format(sql.Identifier(schema, table), sql.SQL(way))
        with connection.cursor() as cursor, cursor.copy(copy) as rows:
            yield f"{schema}.{table}", b"".join(bytes(piece) for piece in rows)


def in_sqlite(word: str, file: Path) -> list[str]:
    """Columns of an SQLite file that hold `word`."""
    found = []
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as database:
        for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            for row in database.execute(f'SELECT * FROM "{table}"'):
                kept = b"\0".join(value if isinstance(value, bytes) else str(value).encode() for value in row)
                found += [f"{table}: {form}" for form in give_away(word, kept)]
    return sorted(set(found))


def in_processes(word: str, processes: Iterable[psutil.Process]) -> list[str]:
    """What processes show to others, and files they hold open: also those whose name is gone, as temporary files' often is."""
    found = []
    for process in processes:
        place = Path("/proc") / str(process.pid)
        for name in ("cmdline", "environ"):
            with suppress(OSError):
                found += [f"{name} of {process.pid}: {form}" for form in give_away(word, (place / name).read_bytes())]
        with suppress(OSError):
            for held in (place / "fd").iterdir():
                with suppress(OSError):
                    if stat.S_ISREG(held.stat().st_mode):
                        found += [f"{held.readlink()}: {form}" for form in _in_file(word, held)]
    return found
