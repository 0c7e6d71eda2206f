"""What no document can say: broken bytes, strange methods, addresses and headers, at each of the three doors."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from api.armour import HEADERS
from api.contract import declared
from api.problems import MEDIA_TYPE, Problem
from tests.fixtures.desk_door import come
from tests.fixtures.intake_door import IntakeDoor
from web.messages import LANGUAGES

MARK = "zanzibar-marker"
JSON = {"Content-Type": "application/json"}
DOORS = ("council", "desk", "intake")


@dataclass(frozen=True)
class Place:
    """A door, somebody who may change something there, and where."""

    app: FastAPI
    client: TestClient
    change: str
    written: Callable[[], object]


@pytest.fixture
def place(request: pytest.FixtureRequest) -> Place:
    """The door that the test names."""
    made: Place = {"council": at_council, "desk": at_desk, "intake": at_intake}[request.param](request)
    return made


def at_council(request: pytest.FixtureRequest) -> Place:
    door = request.getfixturevalue("council_door")
    return Place(door.app, door.client("planner"), "/v1/mandates", lambda: counts(door.stage))


def at_desk(request: pytest.FixtureRequest) -> Place:
    door = request.getfixturevalue("desk_door")
    return Place(door.app, door.client("head"), f"{come(door.stage).path}/messages", lambda: counts(door.stage))


def at_intake(request: pytest.FixtureRequest) -> Place:
    door: IntakeDoor = request.getfixturevalue("intake_door")
    door.client.headers["Authorization"] = f"Receipt {door.words()}"
    return Place(door.app, door.client, "/v1/complaint/messages", lambda: counts(door.stage))


def counts(stage: Any) -> list[tuple[object, ...]]:
    tables = ("matter", "event", "clock", "ledger_entry", "trouble", "sealed_text", "idempotency")
    return [stage.rows(f"SELECT count(*) FROM {table}")[0] for table in tables]


def is_a_problem(answer: Any) -> str:
    """Its code, if it is a whole problem that repeats nothing."""
    assert answer.headers["content-type"] == MEDIA_TYPE
    assert set(HEADERS) <= {name.title() for name in answer.headers} | set(HEADERS) & set(answer.headers)
    told = answer.json()
    told.pop("typed", None)
    problem = Problem.model_validate(told, extra="forbid")
    assert problem.status == answer.status_code
    assert problem.detail
    assert MARK not in str(told)
    return problem.code


def each_door(test: Callable[..., None]) -> Callable[..., None]:
    marked: Callable[..., None] = pytest.mark.parametrize("place", DOORS, indirect=True)(test)
    return marked


BODIES = {
    "nothing": (b"", {"malformed_json"}),
    "half of it": (b'{"text": "a', {"malformed_json"}),
    "two of it": (b'{"text": "a"}{"text": "a"}', {"malformed_json"}),
    "a comma too many": (b'{"text": "a",}', {"malformed_json"}),
    "not a number": (b'{"text": NaN}', {"malformed_json"}),
    "infinity": (b'{"text": -Infinity}', {"malformed_json"}),
    "a number beyond all": (b'{"text": 1e999}', {"malformed_json", "invalid"}),
    "a number of 5000 digits": (b'{"text": ' + b"9" * 5000 + b"}", {"malformed_json", "invalid"}),
    "UTF-16": (f'{{"text": "{MARK}"}}'.encode("utf-16"), {"malformed_json"}),
    "Latin-1": ('{"text": "ñ"}'.encode("latin-1"), {"malformed_json"}),
    "an overlong NUL": (b'{"text": "\xc0\x80"}', {"malformed_json"}),
    "a NUL": (b'{"text": "a\\u0000b"}', {"malformed_json", "nul_character"}),
    "a NUL in a name": (b'{"a\\u0000b": 1}', {"malformed_json", "nul_character"}),
    "a high surrogate": (b'{"text": "\\ud83d"}', {"malformed_json", "half_character"}),
    "a low surrogate": (b'{"text": "\\udc00x"}', {"malformed_json", "half_character"}),
    "surrogates the wrong way round": (b'{"text": "\\udc00\\ud83d"}', {"malformed_json", "half_character"}),
    "a surrogate in a name": (b'{"\\ud800": 1}', {"malformed_json", "half_character"}),
    "deep lists": (b"[" * 17 + b"]" * 17, {"too_deep"}),
    "deep objects": (b'{"a":' * 17 + b"1" + b"}" * 17, {"too_deep"}),
    "very deep": (b"[" * 100_000 + b"]" * 100_000, {"too_deep", "malformed_json"}),
    **{
        f"{n} levels": (b'{"text":' + b"[" * n + b"]" * n + b"}", {"too_deep", "malformed_json"})
        for n in (150, 250, 800, 990, 4000)
    },
    "a list": (b"[]", {"invalid"}),
    "null": (b"null", {"invalid"}),
    "a word": (b'"' + MARK.encode() + b'"', {"invalid"}),
    "an unknown field": (b'{"' + MARK.encode() + b'": 1}', {"invalid"}),
    "the same field twice": (b'{"text": 1, "text": 2}', {"invalid"}),
    "a prototype": (b'{"__proto__": {"admin": true}}', {"invalid"}),
}


@each_door
def test_a_broken_body_is_a_problem_and_writes_nothing(place: Place):
    before = place.written()
    for what, (body, codes) in BODIES.items():
        answer = place.client.post(place.change, content=body, headers=JSON)
        assert is_a_problem(answer) in codes, what
        assert answer.status_code in {400, 422}, what
    assert place.written() == before


CONTENT_TYPES = (
    "",
    "text/plain",
    "application/json-seq",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "a/b;" * 90,
)


@each_door
def test_another_content_type_is_a_problem_and_writes_nothing(place: Place):
    before = place.written()
    for told in CONTENT_TYPES:
        answer = place.client.post(place.change, content=b'{"text": "a"}', headers={"Content-Type": told})
        assert (answer.status_code, is_a_problem(answer)) == (415, "not_json"), told
    assert place.written() == before


@each_door
def test_a_line_of_a_megabyte_is_taken_whole_or_refused_as_too_large(place: Place):
    before = place.written()
    answer = place.client.post(place.change, content=b'{"text": "' + b"a" * 1_048_577 + b'"}', headers=JSON)
    assert is_a_problem(answer) in {"body_too_large", "invalid"}
    assert place.written() == before


@each_door
def test_a_method_that_is_not_there_is_a_problem_and_names_those_that_are(place: Place):
    before = place.written()
    there = {(method.upper(), path) for method, path, _, _ in declared(place.app)}
    methods = ("HEAD", "OPTIONS", "TRACE", "PUT", "PATCH", "CONNECT", "PROPFIND", "POSTA")
    for number, path in enumerate(sorted({path for _, path in there})):
        for method in (methods * 2)[number % len(methods) :][:3]:  # three a path, which go round
            if (method, path) in there:
                continue
            answer = place.client.request(method, path.replace("{", "").replace("}", ""))
            assert answer.status_code == 405, (method, path)
            assert method == "HEAD" or is_a_problem(answer) == "no_such_method", (method, path)
            assert answer.headers["allow"], (method, path)
    assert place.written() == before


ADDRESSES = (
    "/nothing", "///nothing", "/v1", "/v1/", "/v1/nothing", "/V1/office", "/v1/office/", "/v1/%00", "/v1/%ff%fe",
    "/v1/..%2f..%2fetc%2fpasswd", f"/v1/{MARK}", "/v1/complaints/%ED%A0%80", "/static/x", "/docs", "/redoc",
    "/.git/config", "/" + "a" * 20_000,
)  # fmt: skip


@each_door
def test_an_address_that_leads_nowhere_is_a_problem(place: Place):
    for path in ADDRESSES:
        answer = place.client.get(path)
        assert answer.status_code in {404, 405}, path
        assert is_a_problem(answer) in {"no_such_path", "no_such_method", "not_found"}, path


IDS = ("0", "-1", "null", "%00", "%ff", "%20", "١٢٣", "9" * 40, "g" * 32, "x" * 5000, str(UUID(int=0)), "'; DROP TABLE matter;--")


@pytest.mark.parametrize("place", ["council", "desk"], indirect=True)
def test_an_id_that_cannot_be_is_as_unknown_as_any(place: Place):
    kind = place.change.split("/")[2]
    for told in IDS:
        for path in (f"/v1/{kind}/{told}", f"/v1/{kind}/{told}/clocks", f"/v1/{kind}/{told}/history"):
            answer = place.client.get(path)
            assert answer.status_code == 404, path
            assert is_a_problem(answer) in {"not_found", "no_such_path"}, path
        answer = place.client.post(f"/v1/{kind}/{told}/moves", json={"trigger": MARK})
        assert (answer.status_code, is_a_problem(answer)) == (404, "not_found")


HEADS: tuple[dict[str, str | bytes], ...] = (
    {"If-Match": '"-1"'},
    {"If-Match": '"99999999999999999999"'},
    {"If-Match": 'W/"1", "2"'},
    {"If-Match": b"\xff\x00"},
    {"Idempotency-Key": MARK},
    {"Idempotency-Key": b"\xf0\x9f\x92\xa9" * 8},
    {"Idempotency-Key": "A" * 60_000},
    {"Accept-Language": "xx;q=x, ;;;, " * 500},
    {"Accept-Language": b"\xff\xfe"},
    {"Content-Length": "-5"},
    {"Cookie": "__Host-amparo=" + "x" * 60_000},
    {"X-CSRF-Token": b"\xe9" * 100},
    {"X-Forwarded-For": "127.0.0.1", "X-User": "head", "X-Original-URL": "/v1/queue"},
)


@each_door
def test_a_strange_header_is_refused_or_does_not_matter(place: Place):
    before = place.written()
    for told in HEADS:
        answer = place.client.post(place.change, content=b"{}", headers=JSON | told | {"X-Filler": "y" * 60_000})
        assert is_a_problem(answer) in {"invalid", "stale_version", "bad_idempotency_key"}, list(told)
    assert place.written() == before


@each_door
def test_an_unknown_language_is_answered_in_one_we_speak(place: Place):
    for told in ("xx", "", "%00", "%ff", "en%00", "../../en", "e" * 5000, "es&lang=fr"):
        answer = place.client.get(f"/v1/nothing?lang={told}")
        assert is_a_problem(answer) == "no_such_path", told
        assert answer.headers["content-language"] in LANGUAGES, told


@each_door
def test_every_language_has_its_own_sentence(place: Place):
    told = {
        place.client.post(f"{place.change}?lang={language}", content=b"{", headers=JSON).json()["detail"]
        for language in LANGUAGES
    }
    assert len(told) == len(LANGUAGES)
