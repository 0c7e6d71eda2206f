"""Files at the intake door: sealed while they come, whole or not at all, and given back as they were."""

import hashlib
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from actions.receiving import MOST_BYTES
from cli.supervise.waiting import wait_until
from tests.fixtures.databases import Server
from tests.fixtures.intake_door import IntakeDoor

MARKER = "zebra-quartz-7719-marker"
MEGABYTE = 1024 * 1024


def files(door: IntakeDoor) -> list[tuple[object, ...]]:
    return door.stage.rows("SELECT whole FROM sealed_file")


def chunks(door: IntakeDoor) -> int:
    return int(str(door.stage.rows("SELECT count(*) FROM sealed_chunk")[0][0]))


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 3 * MEGABYTE + 7])
def test_a_file_comes_back_as_it_was(intake_door: IntakeDoor, size: int):
    words, content = intake_door.words(), os.urandom(size)
    sent = intake_door.send(words, content, "UTF-8''ma%C3%B1ana%20%E2%80%AEgpj.exe")
    assert (sent.status_code, sent.json()["name"]) == (201, "mañana gpj.exe")
    got = intake_door.get(words, f"/v1/complaint/files/{sent.json()['id']}")
    assert got.content == content
    back = intake_door.get(words).json()
    assert [(one["name"], one["mine"]) for one in back["files"]] == [("mañana gpj.exe", True)]
    assert {duty["clock"] for duty in back["dates"]} >= {"reply_owed"}


def test_s09_a_file_is_never_shown_in_the_browser(intake_door: IntakeDoor):
    words = intake_door.words()
    sent = intake_door.send(words, b"<script>alert(1)</script>", "a.html")
    got = intake_door.get(words, f"/v1/complaint/files/{sent.json()['id']}")
    assert got.headers["content-type"] == "application/octet-stream"
    assert got.headers["content-disposition"] == "attachment; filename=\"file\"; filename*=UTF-8''a.html"
    assert got.headers["x-content-type-options"] == "nosniff"
    assert got.headers["content-security-policy"].startswith("sandbox;")


def test_s27_a_file_of_another_matter_is_not_found(intake_door: IntakeDoor):
    mine, hers = intake_door.words(), intake_door.words()
    sent = intake_door.send(mine, b"x").json()
    for path in (f"/v1/complaint/files/{sent['id']}", "/v1/complaint/files/nonsense"):
        assert intake_door.get(hers, path).status_code == 404
    assert intake_door.send("no such words", b"x").json()["code"] == "words_unknown"


def test_s10_a_byte_too_many_leaves_nothing(intake_door: IntakeDoor):
    words = intake_door.words()
    told = intake_door.send(words, b"x", **{"Content-Length": str(MOST_BYTES + 1)})
    assert told.json()["code"] == "file_too_large"

    def untold() -> Iterator[bytes]:
        for _ in range(100):
            yield b"\0" * MEGABYTE
        yield b"x"

    streamed = intake_door.client.post(
        "/v1/complaint/files", content=untold(), headers={"Authorization": f"Receipt {words}", "X-File-Name": "big"}
    )
    assert (streamed.status_code, streamed.json()["code"]) == (413, "file_too_large")
    assert (files(intake_door), chunks(intake_door)) == ([], 0)
    assert intake_door.get(words).json()["files"] == []


def test_a_hundred_megabytes_are_kept(intake_door: IntakeDoor):
    words, digest = intake_door.words(), hashlib.sha256()

    def content() -> Iterator[bytes]:
        for n in range(100):
            piece = bytes([n]) * MEGABYTE
            digest.update(piece)
            yield piece

    sent = intake_door.client.post(
        "/v1/complaint/files", content=content(), headers={"Authorization": f"Receipt {words}", "X-File-Name": "big"}
    )
    assert sent.status_code == 201, sent.text
    seen = hashlib.sha256()
    address = f"/v1/complaint/files/{sent.json()['id']}"
    with intake_door.client.stream("GET", address, headers={"Authorization": f"Receipt {words}"}) as got:
        for piece in got.iter_bytes():
            seen.update(piece)
    assert seen.digest() == digest.digest()


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "application/x-www-form-urlencoded"])
def test_no_form_is_read(intake_door: IntakeDoor, kind: str):
    words = intake_door.words()
    answer = intake_door.send(words, b"--x--", **{"Content-Type": kind})
    assert (answer.status_code, answer.json()["code"]) == (415, "not_raw")
    assert files(intake_door) == []


def test_a_damaged_file_breaks_off_and_does_not_end(intake_door: IntakeDoor):
    words = intake_door.words()
    sent = intake_door.send(words, b"x" * 200_000).json()
    with intake_door.stage.owner.begin() as connection:
        connection.exec_driver_sql("UPDATE sealed_chunk SET content_sealed = substr(content_sealed, 1, 100000)")
    address = f"/v1/complaint/files/{sent['id']}"
    with intake_door.client.stream("GET", address, headers={"Authorization": f"Receipt {words}"}) as got:
        assert len(got.read()) < 200_000


@pytest.fixture
def served(intake_door: IntakeDoor, work: Path) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """The same door in a process of its own, on a port; and its log."""
    trust = intake_door.stage.intake.trust
    assert trust is not None
    assert trust.pepper is not None
    (work / "keys").write_text(f"{trust.ceremony.hex()}\n{trust.pepper.reveal().hex()}", encoding="ascii")
    url = intake_door.stage.database.url("ombuds_intake")
    argv = [sys.executable, "-m", "tests.fixtures.intake_server", url, str(work / "keys"), str(work / "port")]
    with (work / "log").open("wb") as log:
        process = subprocess.Popen(argv, stdout=log, stderr=log)
    try:
        assert wait_until(lambda: (work / "port").exists() and _answers(int((work / "port").read_text())), seconds=30)
        yield int((work / "port").read_text()), process
    finally:
        process.kill()
        process.wait()


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as line:
            line.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            return b"200" in line.recv(100)
    except OSError:
        return False


def begin_upload(port: int, words: str, sent: bytes) -> socket.socket:
    line = socket.create_connection(("127.0.0.1", port))
    head = f"POST /v1/complaint/files HTTP/1.1\r\nHost: x\r\nX-File-Name: {MARKER}\r\nContent-Length: {40 * MEGABYTE}\r\n"
    line.sendall(head.encode() + b"Authorization: Receipt " + words.encode() + b"\r\n\r\n")
    line.sendall(sent)
    return line


@pytest.mark.parametrize("sent", [0, 1, 100_000, 5 * MEGABYTE])
def test_s06_a_cut_off_upload_leaves_nothing(intake_door: IntakeDoor, served: tuple[int, object], sent: int):
    words = intake_door.words()
    line = begin_upload(served[0], words, MARKER.encode() * (sent // len(MARKER) + 1))
    assert wait_until(lambda: files(intake_door) == [(False,)], seconds=20)
    assert intake_door.get(words).json()["files"] == []
    line.close()
    assert wait_until(lambda: files(intake_door) == [] and chunks(intake_door) == 0, seconds=20)


def test_s01_a_door_killed_while_a_file_comes_leaves_no_word_of_it(
    intake_door: IntakeDoor, served: tuple[int, subprocess.Popen[bytes]], work: Path, database_server: Server
):
    words = intake_door.words()
    line = begin_upload(served[0], words, MARKER.encode() * (6 * MEGABYTE // len(MARKER)))
    assert wait_until(lambda: chunks(intake_door) >= 3, seconds=20)
    served[1].send_signal(signal.SIGKILL)
    served[1].wait()
    line.close()
    assert intake_door.get(words).json()["files"] == []
    assert clear_text_in(intake_door, database_server, work) == []
    with intake_door.stage.owner.begin() as connection:  # as if an hour had gone by
        connection.exec_driver_sql("UPDATE sealed_file SET arrived_at = arrived_at - interval '61 minutes'")
    assert intake_door.send(words, b"the next one").status_code == 201
    assert (files(intake_door), intake_door.get(words).json()["files"][0]["name"]) == ([(True,)], "photo.jpg")


def test_the_door_writes_down_nothing_of_who_asks(intake_door: IntakeDoor, served: tuple[int, object], work: Path):
    words = intake_door.words()
    begin_upload(served[0], words, b"x").close()
    begin_upload(served[0], "no such words", b"x").close()
    assert wait_until(lambda: files(intake_door) == [], seconds=20)
    log = (work / "log").read_text(encoding="utf-8")
    assert [word for word in ("127.0.0.1", "complaint", MARKER, words.split()[0]) if word in log] == []


def test_s01_no_marker_is_found_in_any_table_or_file(intake_door: IntakeDoor, database_server: Server, work: Path):
    said = dict.fromkeys(("statement", "identity"), MARKER)
    told = {"answers": {"about": MARKER}, "must_not_see": {"words": MARKER}}
    filed = intake_door.file("0f" * 16, **said, **told).json()
    words = " ".join(filed["receipt"])
    assert intake_door.post(words, "messages", {"text": MARKER}, **{"Idempotency-Key": "0e" * 16}).status_code == 201
    assert intake_door.send(words, MARKER.encode() * 10_000, MARKER).status_code == 201
    assert intake_door.post(words, "messages", {"text": MARKER, "more": MARKER}).status_code == 422
    found = clear_text_in(intake_door, database_server, work)
    assert found == []
    receipt = re.compile(" ".join(filed["receipt"][:3]))
    assert [row for row in every_row(intake_door) if receipt.search(row)] == []


def every_row(door: IntakeDoor) -> Iterator[str]:
    """Every row of every table as text; bytes are written in hex."""
    named = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    for (table,) in door.stage.rows(named):
        yield from (str(row[0]) for row in door.stage.rows(f'SELECT t::text FROM "{table}" t'))


def clear_text_in(door: IntakeDoor, server: Server, work: Path, marker: str = MARKER) -> list[str]:
    """Where a marker stands in clear: rows, PostgreSQL's own files (WAL among them), its log and the door's."""
    seen = [row[:60] for row in every_row(door) if marker in row or marker.encode().hex() in row]
    engine = create_engine(server.postgres.admin_url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as admin:
        admin.exec_driver_sql("CHECKPOINT")
        cluster = Path(admin.exec_driver_sql("SHOW data_directory").scalar_one())
    folders = (cluster.parent.parent, work)
    for path in (path for folder in folders for path in folder.rglob("*") if path.is_file()):
        if marker.encode() in path.read_bytes():
            seen.append(path.name)
    return seen


def test_what_is_in_clear_would_be_found(intake_door: IntakeDoor, database_server: Server, work: Path):
    control = "control-marker-5521"
    (work / "log").write_text(control, encoding="ascii")
    with intake_door.stage.owner.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO trouble (ref, at, \"where\", what) VALUES (gen_random_uuid(), '2016-09-01', 'test', %s)", (control,)
        )
    found = clear_text_in(intake_door, database_server, work, control)
    assert "log" in found
    assert [one for one in found if re.fullmatch("[0-9A-F]{24}", one)], "the WAL was not looked at"
    assert [one for one in found if one.startswith("(")], "the rows were not looked at"
