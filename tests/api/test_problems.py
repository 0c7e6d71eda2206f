"""Bad input, and errors nobody foresaw: each is a problem, in the person's language, without a word of what was sent."""

import json
import logging

import pytest
from sqlalchemy import create_engine
from starlette.testclient import TestClient

from actions.office import Office
from api.bodies import DEEPEST, MOST_BYTES
from api.contract import public
from api.council import make_app
from tests.api.test_council_mandates import M2876, everything
from tests.fixtures.doors import CouncilDoor
from web.messages import LANGUAGES

JSON = {"Content-Type": "application/json"}
MARK = "zanzibar-marker"


def deep(levels: int) -> bytes:
    return b"[" * levels + b"]" * levels


@pytest.mark.parametrize(
    ("content", "headers", "status", "code"),
    [
        (b"", {}, 415, "not_json"),
        (b"a=1", {"Content-Type": "application/x-www-form-urlencoded"}, 415, "not_json"),
        (b"--x\r\n", {"Content-Type": "multipart/form-data; boundary=x"}, 415, "not_json"),
        (b"{}", {"Content-Type": "text/plain"}, 415, "not_json"),
        (b"", JSON, 400, "malformed_json"),
        (b"{", JSON, 400, "malformed_json"),
        (b'{"a": NaN}', JSON, 400, "malformed_json"),
        (b"\xff\xfe{\x00}\x00", JSON, 400, "malformed_json"),
        (b'{"title": "\xff"}', JSON, 400, "malformed_json"),
        (b'{"title": "\\ud800"}', JSON, 400, "malformed_json"),
        (b'{"title": "a\\u0000b"}', JSON, 400, "malformed_json"),
        (b'{"a\\u0000b": 1}', JSON, 400, "malformed_json"),
        (b'{"title": ' + b"1" * 5000 + b"}", JSON, 400, "malformed_json"),
        (deep(DEEPEST + 1), JSON, 400, "too_deep"),
        (deep(100_000), JSON, 400, "malformed_json"),
        (deep(DEEPEST - 1), JSON, 422, "invalid"),
        (b'"' + b"x" * MOST_BYTES + b'"', JSON, 413, "body_too_large"),
        (b"[]", JSON, 422, "invalid"),
        (b"null", JSON, 422, "invalid"),
        (b'"text"', JSON, 422, "invalid"),
        (b"{}", JSON, 422, "invalid"),
        (b"{}", {"Content-Type": "Application/JSON; charset=utf-8"}, 422, "invalid"),
    ],
)
def test_a_body_that_cannot_be_taken_is_a_problem_and_writes_nothing(council_door: CouncilDoor, content, headers, status, code):
    before = everything(council_door)
    answer = council_door.client("planner").post("/v1/mandates", content=content, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert everything(council_door) == before


def test_a_body_is_cut_off_while_it_comes_in_s12(council_door: CouncilDoor):
    sent = 0

    def endless():
        nonlocal sent
        while sent < 100 * MOST_BYTES:
            sent += 65536
            yield b" " * 65536

    answer = council_door.client("planner").post("/v1/mandates", content=endless(), headers=JSON)
    assert (answer.status_code, answer.json()["params"]) == (413, {"most": MOST_BYTES})


@pytest.mark.parametrize(
    ("changed", "path", "code"),
    [
        ({"title": MARK * 100}, "title", "too_long"),
        ({"title": " "}, "title", "too_short"),
        ({"title": 5}, "title", "not_text"),
        ({"title": None}, "title", "not_text"),
        ({MARK: MARK}, "", "unknown_field"),
        ({"on": MARK}, "on", "not_a_date"),
        ({"on": 0}, "on", "not_a_date"),
        ({"on": "2015-06-15T10:00:00"}, "on", "not_a_date"),
        ({"due": {"on": MARK}}, "due.GivenDay.on", "not_a_date"),
        ({"sunset": {"start": "2015-05-26", "count": 0}}, "sunset.GivenPeriod.count", "too_small"),
        ({"sunset": {"start": "2015-05-26", "count": "180"}}, "sunset.GivenPeriod.count", "not_a_number"),
    ],
)
def test_each_flaw_is_named_and_the_input_never_repeated_s23(council_door: CouncilDoor, changed, path, code):
    answer = council_door.client("planner").post("/v1/mandates", json=M2876 | changed)
    assert answer.status_code == 422
    flaws = {(flaw["path"], flaw["code"]) for flaw in answer.json()["errors"]}
    assert (path, code) in flaws
    assert all(flaw["what"] for flaw in answer.json()["errors"])
    assert MARK not in answer.text


def test_a_field_that_is_missing_is_named(council_door: CouncilDoor):
    answer = council_door.client("planner").post("/v1/mandates", json={"symbol": "AG/RES. 1"})
    assert {(flaw["path"], flaw["code"]) for flaw in answer.json()["errors"]} == {
        ("title", "missing"),
        ("issued_by", "missing"),
        ("source", "missing"),
    }


@pytest.mark.parametrize("text", ["\u202eevil\u202c", "e\u0301", "👩‍⚖️", "﷽" * 100, "' OR 1=1; --", "{named} {0.__class__}"])
def test_unusual_text_is_kept_as_it_is(council_door: CouncilDoor, text: str):
    client = council_door.client("planner")
    matter = client.post("/v1/mandates", json=M2876 | {"title": text}).json()["id"]
    assert client.get(f"/v1/mandates/{matter}").json()["detail"]["title"] == text


@pytest.mark.parametrize(
    "query",
    ["?state=flown", "?late=perhaps", "?limit=0", "?limit=1001", "?limit=x", "?after=x", "?unit=%00", f"?unit={'x' * 81}"],
)
def test_a_filter_that_makes_no_sense_is_a_problem(council_door: CouncilDoor, query: str):
    answer = council_door.client("planner").get(f"/v1/mandates{query}")
    assert answer.status_code == 422
    assert answer.json()["code"] in {"invalid", "unknown_state"}


def test_following_a_page_that_never_was_finds_nothing(council_door: CouncilDoor):
    after = "00000000-0000-4000-8000-000000000000"
    assert council_door.client("planner").get(f"/v1/mandates?after={after}").json() == {"items": [], "after": None}


def test_a_problem_speaks_the_language_asked_for(council_door: CouncilDoor):
    details = set()
    for language in LANGUAGES:
        for answer in (
            council_door.client().get("/v1/me", params={"lang": language}),
            council_door.client().get("/v1/me", headers={"Accept-Language": f"{language}-XX, en;q=0.1"}),
        ):
            assert answer.headers["content-language"] == language
            details.add(answer.json()["detail"])
    assert len(details) == len(LANGUAGES)


@pytest.mark.parametrize("asked", [{"lang": "tlh"}, {"lang": ""}, {"lang": "en\0"}, {"lang": "../../en"}])
def test_an_unknown_language_is_answered_in_one_we_speak(council_door: CouncilDoor, asked: dict[str, str]):
    answer = council_door.client().get("/v1/me", params=asked)
    assert (answer.status_code, answer.headers["content-language"]) == (401, "en")


def test_without_a_wish_the_answer_is_in_the_persons_own_language(council_door: CouncilDoor):
    with council_door.stage.owner.begin() as connection:
        connection.exec_driver_sql("UPDATE person SET language = 'fr' WHERE name = 'Planner'")
    answer = council_door.client("planner").post("/v1/mandates", json={})
    assert answer.headers["content-language"] == "fr"


def test_a_problem_has_the_members_of_rfc_9457(council_door: CouncilDoor):
    body = council_door.client().get("/v1/me").json()
    assert body == {
        "type": "urn:amparo:problem:not_signed_in",
        "title": "Please sign in",
        "status": 401,
        "code": "not_signed_in",
        "detail": "You are not signed in, or your session is over. Sign in and try again.",
        "params": {},
    }


def test_an_error_nobody_foresaw_is_a_reference_and_no_text_s23(council_door: CouncilDoor, caplog: pytest.LogCaptureFixture):
    council_door.app = make_app(council_door.stage.office, server_key=council_door.server_key)

    @council_door.app.get("/breaks", **public())
    def breaks() -> None:
        raise RuntimeError(MARK)

    with caplog.at_level(logging.DEBUG):
        answer = council_door.client().get("/breaks")
    assert (answer.status_code, answer.json()["code"]) == (500, "broken")
    assert council_door.stage.rows('SELECT ref::text, "where", what FROM trouble') == [
        (answer.json()["params"]["ref"], "council", "RuntimeError")
    ]
    assert answer.json()["params"]["ref"] in answer.json()["detail"]
    assert MARK not in answer.text + caplog.text
    assert answer.headers["cache-control"] == "no-store"


def test_without_its_database_a_door_says_so_and_tells_nothing_else(council_door: CouncilDoor):
    away = create_engine("postgresql+psycopg://nobody:secret-word@127.0.0.1:1/nothing", connect_args={"connect_timeout": 1})
    office = Office(away, database="house", environment="test", shelf=council_door.stage.office.shelf)
    client = TestClient(make_app(office, server_key=council_door.server_key), base_url="https://council.invalid")
    assert client.get("/healthz").json() == {"status": "ok"}
    for path in ("/readyz", "/v1/me"):
        answer = client.get(path, headers={"Authorization": "Bearer " + "A" * 43})
        assert (answer.status_code, answer.json()["code"]) == (503, "database_away")
        assert "secret-word" not in answer.text


def test_a_door_is_ready_only_on_a_database_of_its_own_version_and_environment(council_door: CouncilDoor):
    assert council_door.client().get("/readyz").status_code == 200
    stage = council_door.stage
    other = Office(stage.office.engine, database="house", environment="real", shelf=stage.office.shelf)
    real = TestClient(make_app(other, server_key=council_door.server_key), base_url="https://council.invalid")
    assert (real.get("/readyz").status_code, real.get("/readyz").json()["code"]) == (503, "wrong_environment")
    with stage.owner.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    assert council_door.client().get("/readyz").json()["code"] == "not_ready"
    with stage.owner.begin() as connection:
        connection.exec_driver_sql("DELETE FROM office_clock")
    assert council_door.client().get("/readyz").json()["code"] == "not_initialised"


def test_params_of_a_problem_are_plain(council_door: CouncilDoor):
    client = council_door.client("planner")
    matter = client.post("/v1/mandates", json=M2876).json()["id"]
    body = {"trigger": "assign", "payload": {"unit": "OSG", "on": "2031-01-01"}}
    answer = client.post(f"/v1/mandates/{matter}/moves", json=body)
    assert answer.json()["params"] == {"day": "2031-01-01", "today": "2015-06-15"}
    assert json.loads(answer.text) == answer.json()
