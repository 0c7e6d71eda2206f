"""A file sent from a page of the intake: sealed while it comes, whole or not at all, whatever it is called."""

import os
from collections.abc import Iterator
from html import unescape

import pytest
from httpx import Response
from starlette.testclient import TestClient

from actions.receiving import MOST_BYTES
from api.pages.done import just_done
from tests.api.test_page_bridge import form
from tests.fixtures.coming_back import browser, here
from tests.fixtures.intake_door import IntakeDoor
from tests.fixtures.visitors import Guest, come
from web.messages import Messages

BOUNDARY = "----WebKitFormBoundaryzebraquartz"
MEGABYTE = 1024 * 1024


def field(name: str, value: str) -> bytes:
    return f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()


def file(name: str, content: bytes, called: str = "file") -> bytes:
    told = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{called}"; filename="{name}"\r\n'
    return told.encode() + b"Content-Type: image/jpeg\r\n\r\n" + content + b"\r\n"


END = f"--{BOUNDARY}--\r\n".encode()


def send(client: TestClient, body: bytes | Iterator[bytes], **headers: str) -> Response:
    told = {"content-type": f"multipart/form-data; boundary={BOUNDARY}"} | headers
    return client.post("/here/files", content=body, headers=told)


def csrf(client: TestClient) -> bytes:
    return field("_csrf", form(here(client).text, "/here/files")["_csrf"])


def nothing_is_kept(door: IntakeDoor) -> bool:
    return door.stage.rows("SELECT 1 FROM sealed_file UNION ALL SELECT 1 FROM sealed_chunk") == []


@pytest.fixture
def guest(intake_door: IntakeDoor) -> Guest:
    return come(intake_door.stage)


@pytest.fixture
def client(intake_door: IntakeDoor, guest: Guest) -> TestClient:
    return browser(intake_door, guest.words)


def test_a_file_comes_back_as_it_was_and_is_never_shown_in_the_browser_s09(
    intake_door: IntakeDoor, guest: Guest, client: TestClient
):
    for size in (0, 1, 3 * MEGABYTE + 7):
        content = os.urandom(size) + b"\r\n--" + BOUNDARY[:-1].encode()
        fields = {**form(here(client).text, "/here/files"), "lang": "es"}
        sent = client.post("/here/files", data=fields, files={"file": ("mañana.html", content, "text/html")})
        assert sent.status_code == 303, sent.text
        assert sent.headers["location"] == f"/here?lang=es&done={just_done('here', '/here')}"
        kept = guest.sees().files[-1]
        assert (kept.name, kept.mine) == ("mañana.html", True)
        got = client.get(f"/here/files/{kept.id}")
        assert got.content == content
        assert got.headers["content-type"] == "application/octet-stream"
        assert got.headers["content-disposition"].startswith("attachment; ")
        assert got.headers["content-security-policy"].startswith("sandbox;")
        assert got.headers["x-content-type-options"] == "nosniff"
    assert "mañana.html" in here(client).text
    stored = b"".join(bytes(row[0]) for row in intake_door.stage.rows("SELECT content_sealed FROM sealed_chunk"))
    assert BOUNDARY.encode() not in stored


def test_however_the_bytes_come_the_file_is_the_same(guest: Guest, client: TestClient):
    content = b"\r\n--" + BOUNDARY.encode()[:20] + b"\r\n\r\n" + bytes(range(256)) * 4
    body = csrf(client) + file("a.bin", content) + END
    for step in (1, 7, 64 * 1024):
        sent = send(client, (body[at : at + step] for at in range(0, len(body), step)))
        assert sent.status_code == 303, sent.text
        assert client.get(f"/here/files/{guest.sees().files[-1].id}").content == content


def test_s10_hostile_names_are_plain_names(guest: Guest, client: TestClient):
    names = {
        "../../etc/passwd": "passwd",
        "C:\\\\secret\\\\list.doc": "list.doc",
        "a%22b%0D%0Ac.txt": 'a"bc.txt',
        "re\u202egpj.exe": "regpj.exe",
        "": "file",
        "x" * 3000: "x" * 200,
    }
    for told, kept in names.items():
        sent = send(client, csrf(client) + file(told, b"x") + END)
        assert sent.status_code == 303, (told, sent.text)
        assert guest.sees().files[-1].name == kept


NO_FORMS_OF_OURS = (
    ([file("a", b"x")], 403, "back.problem.csrf_missing"),
    ([field("_csrf", "wrong"), file("a", b"x")], 403, "back.problem.csrf_missing"),
    ([b"CSRF", file("", b"")], 422, "refusal.no_file"),
    ([b"CSRF"], 422, "refusal.no_file"),
    ([b"CSRF", file("a", b"x"), file("b", b"y")], 422, "refusal.one_file_only"),
    ([b"CSRF", field("more", "x" * 5000), file("a", b"x")], 400, "refusal.bad_request"),
    ([*[field(f"f{n}", "x") for n in range(25)], b"CSRF", file("a", b"x")], 400, "refusal.bad_request"),
)


def test_what_is_no_form_of_ours_leaves_nothing_and_the_page_says_why(intake_door: IntakeDoor, client: TestClient):
    own = csrf(client)
    for parts, status, said in NO_FORMS_OF_OURS:
        refused = send(client, b"".join(own if part == b"CSRF" else part for part in parts) + END)
        assert refused.status_code == status, said
        assert Messages("en").say_key(said) in unescape(refused.text)
        assert 'id="f-files"' in refused.text
        assert nothing_is_kept(intake_door)


def test_another_content_type_is_refused(intake_door: IntakeDoor, client: TestClient):
    own = csrf(client)
    for kind in ("application/json", "multipart/form-data", f"multipart/form-data; boundary={'x' * 300}", "text/plain"):
        assert send(client, own + file("a", b"x") + END, **{"content-type": kind}).status_code == 400
    assert nothing_is_kept(intake_door)


def test_a_form_that_breaks_off_leaves_nothing(intake_door: IntakeDoor, client: TestClient):
    whole = csrf(client) + file("a", os.urandom(2 * MEGABYTE)) + END
    for cut in (100, len(whole) // 2, len(whole) - len(END), len(whole) - 5):
        assert send(client, whole[:cut]).status_code in {400, 422}
        assert nothing_is_kept(intake_door)

    def disconnecting() -> Iterator[bytes]:
        yield whole[: len(whole) // 2]
        raise ConnectionResetError

    assert send(client, disconnecting()).status_code == 500
    assert nothing_is_kept(intake_door)


def test_s10_a_byte_too_many_leaves_nothing_and_says_what_to_do(intake_door: IntakeDoor, client: TestClient):
    said = Messages("en").say_key("back.problem.file_too_large")
    own = csrf(client)
    told = send(client, own + file("a", b"x") + END, **{"content-length": str(2 * MOST_BYTES)})
    assert (told.status_code, said in told.text) == (413, True)

    def untold() -> Iterator[bytes]:
        yield own + file("big", b"")[:-2]
        for _ in range(100):
            yield b"\0" * MEGABYTE
        yield b"x\r\n" + END

    streamed = send(client, untold())
    assert (streamed.status_code, said in streamed.text) == (413, True)
    assert nothing_is_kept(intake_door)


def test_where_she_cannot_write_no_file_is_taken(intake_door: IntakeDoor, guest: Guest, client: TestClient):
    own = csrf(client)
    guest.does("withdraw_forget")
    refused = send(client, own + file("a", b"x") + END)
    assert refused.status_code == 409
    assert nothing_is_kept(intake_door)


def test_without_a_visit_the_words_are_asked_for_before_anything_is_read(intake_door: IntakeDoor, client: TestClient):
    own = csrf(client)
    client.cookies.clear()
    asked = send(client, own + file("a", b"x") + END)
    assert asked.status_code == 404
    assert form(asked.text, "/back")["_next"] == "/here"
    assert "_typed" not in form(asked.text, "/back")
    assert nothing_is_kept(intake_door)


def test_s27_a_file_of_another_matter_is_not_found(intake_door: IntakeDoor, guest: Guest, client: TestClient):
    assert send(client, csrf(client) + file("a", b"x") + END).status_code == 303
    other = browser(intake_door, come(intake_door.stage).words)
    for one in (guest.sees().files[0].id, "nonsense"):
        assert other.get(f"/here/files/{one}").status_code == 404
