"""Every answer of every door wears the same armour (design, section 7): pages, programs' answers, files, errors and redirects.

The headers are typed here again by hand: to weaken one in api/armour.py takes a line here.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from anyio.from_thread import start_blocking_portal
from httpx import Response
from starlette.testclient import TestClient

from api.armour import HEADERS, PAGE_POLICY
from api.asking import COOKIE, DESK_COOKIE
from api.contract import declared
from tests.api.test_council_mandates import opened
from tests.fixtures.desk_door import DeskDoor, come, send_file
from tests.fixtures.doors import PASSPHRASE, CouncilDoor
from tests.fixtures.intake_door import IntakeDoor
from tests.fixtures.keys import now_code
from tests.fixtures.ombuds_office import PASSPHRASE as DESK_PASSPHRASE

pytestmark = pytest.mark.usefixtures("cheap_passphrases")

DOORS = ("council", "desk", "intake")
NOTHING_ELSE = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
OF_A_PAGE = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
ALWAYS = {
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-robots-tag": "noindex",
}
MAY_BE_THERE = {
    *("allow", "clear-site-data", "content-disposition", "content-language", "content-length", "content-security-policy"),
    *("content-type", "etag", "link", "location", "set-cookie", "www-authenticate"),
}
"""What else an answer may say of itself: never a server's name, and never that another site may read it."""
COOKIE_SHAPE = re.compile(r"__Host-[a-z-]+=[^;]*; HttpOnly; Path=/; SameSite=strict; Secure")
"""Gone when the browser is closed: no age, no day."""
FORGOTTEN = re.compile(r'__Host-[a-z-]+="?"?; expires=[^;]+; HttpOnly; Max-Age=0; Path=/; SameSite=strict; Secure')
JSON = "application/problem+json"
STRANGE = ("/none", "/v1/none", "/style.css/", "//", "/%00", "/..%2f..%2fetc/passwd", "/style.css?" + "x" * 3000)
SORTS = ("text/html", "application/json", "*/*", "")
UNUSUAL = ("TRACE", "PATCH", "OPTIONS", "HEAD", "PROPFIND")
ELSEWHERE = {"origin": "https://elsewhere.invalid", "access-control-request-method": "POST"}


@dataclass
class Door:
    """A door, what stands in the braces of its paths, and what somebody who is known brings."""

    app: Any
    objects: dict[str, str]
    known: dict[str, Any]

    def place(self, path: str) -> str:
        return re.sub(r"{([a-z_]+)(:path)?}", lambda found: self.objects.get(found[1], str(uuid4())), path)

    def asked(self, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """A path asked for with nothing and with what opens it; and, where it holds one, for an object that never was."""
        yield self.place(path), {}
        yield self.place(path), self.known
        if "{id}" in path:
            yield self.place(path).replace(self.objects["id"], str(uuid4())), self.known

    def client(self) -> TestClient:
        made = TestClient(self.app, base_url="https://door.invalid", follow_redirects=False, raise_server_exceptions=False)
        made.headers["accept"] = "text/html"
        return made

    @contextmanager
    def asking(self) -> Iterator[TestClient]:
        """A client with one loop for all that it asks: a loop a request takes longer than most answers."""
        with start_blocking_portal() as portal:
            client = self.client()
            client.portal = portal
            yield client


@pytest.fixture
def door_of(request: pytest.FixtureRequest) -> Callable[[str], Door]:
    return lambda name: {"council": _council, "desk": _desk, "intake": _intake}[name](request)


def _council(request: pytest.FixtureRequest) -> Door:
    door: CouncilDoor = request.getfixturevalue("council_door")
    token = door.session(door.stage.people["planner"])
    return Door(door.app, {"id": opened(door), "path": "v1/absences"}, {"Cookie": f"{COOKIE}={token}"})


def _desk(request: pytest.FixtureRequest) -> Door:
    door: DeskDoor = request.getfixturevalue("desk_door")
    came = come(door.stage)
    file = str(send_file(door.stage, came, "note.txt", b"a note"))
    objects = {"id": str(came.id), "fid": file, "form": "reply", "path": "v1/absences"}
    return Door(door.app, objects, {"Cookie": f"{DESK_COOKIE}={door.session('head')}"})


def _intake(request: pytest.FixtureRequest) -> Door:
    door: IntakeDoor = request.getfixturevalue("intake_door")
    words = door.words()
    objects = {"id": door.send(words, b"on paper").json()["id"], "path": "v1/complaint/messages"}
    return Door(door.app, objects, {"Authorization": b"Receipt " + words.encode()})


def policy_of(answer: Response, name: str) -> str:
    """The content security policy that this answer must have. What people sent is sandboxed; at the council files are ours."""
    if "content-disposition" in answer.headers and name != "council":
        return f"sandbox; {NOTHING_ELSE}"
    return OF_A_PAGE if sort_of(answer) == "text/html" else NOTHING_ELSE


def sort_of(answer: Response) -> str:
    return str(answer.headers.get("content-type", "")).partition(";")[0]


def flaws(answer: Response, name: str) -> Iterator[str]:
    """What is missing from an answer's armour, or too much of it."""
    told = dict(answer.headers)
    for header, value in ALWAYS.items():
        if told.get(header) != value:
            yield f"{header} is {told.get(header)}"
    if told.get("content-security-policy") != policy_of(answer, name):
        yield f"its policy is {told.get('content-security-policy')}"
    yield from (f"{header} is too much" for header in told.keys() - ALWAYS.keys() - MAY_BE_THERE)
    for cookie in answer.headers.get_list("set-cookie"):
        if not COOKIE_SHAPE.fullmatch(cookie) and not FORGOTTEN.fullmatch(cookie):
            yield "a cookie that another site, another host or another day could have"
    if answer.status_code >= 400 and "content-language" not in told:
        yield "a refusal in no language"


def test_the_armour_is_what_is_typed_here():
    assert {name.lower(): value for name, value in HEADERS.items()} == ALWAYS | {"content-security-policy": NOTHING_ELSE}
    assert PAGE_POLICY == OF_A_PAGE


@pytest.mark.parametrize("name", DOORS)
def test_every_route_answers_in_full_armour_whoever_asks_and_whatever_there_is(door_of, name: str):
    door = door_of(name)
    found, seen = [], set()
    asked = [(method, *each) for method, path, _, _ in declared(door.app) for each in door.asked(path)]
    with door.asking() as client:
        for method, place, known in asked:
            answer = client.request(method, place, headers=known, **({} if method == "GET" else {"data": {"x": "1"}}))
            client.cookies.clear()
            seen.add((answer.status_code, sort_of(answer)))
            found += [f"{method} {place} {answer.status_code}: {flaw}" for flaw in flaws(answer, name)]
    assert found == []
    assert seen >= {(200, "text/html"), (200, "application/json"), (200, "text/css"), (404, "text/html"), (404, JSON)}, seen


@pytest.mark.parametrize("name", DOORS)
def test_nor_is_it_taken_off_for_what_is_not_there_or_cannot_be_asked(door_of, name: str):
    door = door_of(name)
    found, seen = [], set()
    places = sorted({door.place(path) for _, path, _, _ in declared(door.app)})
    asked = [(method, place, ELSEWHERE) for place in places for method in UNUSUAL]
    asked += [(method, place, {"accept": sort}) for place in STRANGE for method in ("GET", "POST") for sort in SORTS]
    with door.asking() as client:
        for method, place, headers in asked:
            answer = client.request(method, place, headers=headers)
            seen.add(answer.status_code)
            found += [f"{method} {place} {answer.status_code}: {flaw}" for flaw in flaws(answer, name)]
    assert found == []
    assert seen >= {404, 405}


@pytest.mark.parametrize("name", DOORS)
def test_nor_where_the_database_is_gone(door_of, name: str, request: pytest.FixtureRequest):
    door, stage = door_of(name), request.getfixturevalue("house_office" if name == "council" else "ombuds_office")
    with stage.owner.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE office_clock RENAME TO elsewhere")
    found, seen = [], set()
    paths = sorted({path for method, path, _, _ in declared(door.app) if method == "GET"})
    with door.asking() as client:
        for path in paths:
            sort = "application/json" if path.startswith("/v1") else "text/html"
            answer = client.get(door.place(path), headers=door.known | {"accept": sort})
            seen.add((answer.status_code, sort_of(answer)))
            found += [f"{path} {answer.status_code}: {flaw}" for flaw in flaws(answer, name)]
    assert found == []
    assert seen >= {(500, "text/html"), (500, JSON)}, seen


def test_who_signs_in_gets_a_cookie_that_is_this_doors_alone_and_loses_it_signing_out(
    council_door: CouncilDoor, desk_door: DeskDoor
):
    desk = now_code(desk_door.stage.give_passphrase("head"))
    typed = {"name": "planner", "passphrase": PASSPHRASE, "totp": council_door.code("planner")}
    for app, told, name in (
        (council_door.app, typed, COOKIE),
        (desk_door.app, {"name": "head", "passphrase": DESK_PASSPHRASE, "totp": desk}, DESK_COOKIE),
    ):
        client = TestClient(app, base_url="https://door.invalid", follow_redirects=False, headers={"accept": "text/html"})
        answer = client.post("/sign-in", data=told)
        assert answer.status_code == 303, answer.text
        (cookie,) = answer.headers.get_list("set-cookie")
        assert cookie.startswith(f"{name}=")
        assert COOKIE_SHAPE.fullmatch(cookie)
        csrf = re.findall(r'name="_csrf" value="([^"]+)"', client.get("/").text)[0]
        gone = client.post("/sign-out", data={"_csrf": csrf})
        (cookie,) = gone.headers.get_list("set-cookie")
        assert FORGOTTEN.fullmatch(cookie)
        assert gone.headers["clear-site-data"] == '"cache", "cookies", "storage"'
        assert [*flaws(answer, "desk"), *flaws(gone, "desk")] == []
