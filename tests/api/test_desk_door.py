"""Signing in and out at the desk's door, and searching earlier matters."""

from datetime import UTC, datetime

import pyotp
import pytest
from pydantic import SecretStr
from starlette.testclient import TestClient

from actions.codes import totp_of
from actions.kernel.kind import Nothing
from actions.kernel.sweep import sweep
from actions.kinds.sealed import Told
from tests.fixtures.desk_door import DeskDoor, come, she
from tests.fixtures.ombuds_office import PASSPHRASE

pytest_plugins = ("tests.fixtures.desk_door",)


def signed_in(door: DeskDoor, client: TestClient, totp: pyotp.TOTP, **other: str) -> object:
    typed = {"name": "head", "passphrase": PASSPHRASE, "totp": totp.at(datetime.now(UTC))} | other
    return client.post("/v1/sessions", json=typed)


def test_name_passphrase_and_code_open_a_session_that_opens_what_is_sealed(desk_door: DeskDoor):
    came = come(desk_door.stage)
    totp, client = totp_of(desk_door.stage.give_passphrase("head")), desk_door.client()
    refused = [signed_in(desk_door, client, totp, **wrong) for wrong in ({"passphrase": "x" * 20}, {"name": "nobody"})]
    assert {(answer.status_code, answer.content) for answer in refused} == {(401, refused[0].content)}
    with desk_door.stage.owner.begin() as connection:
        connection.exec_driver_sql("UPDATE staff_key SET not_before = NULL")
    answer = signed_in(desk_door, client, totp)
    assert answer.status_code == 201, answer.text
    body, cookie = answer.json(), answer.headers["set-cookie"]
    assert (body["person"]["name"], body["roles"]) == ("Head", ["ombudsperson"])
    assert cookie.startswith("__Host-amparo-desk=")
    assert {"Path=/", "Secure", "HttpOnly", "SameSite=strict"} <= set(cookie.split("; "))
    assert client.get(came.path).json()["texts"][0]["slot"] == "statement"
    assert client.get("/v1/me").json()["csrf"] == body["csrf"]
    move = {"trigger": "acknowledge"}
    assert client.post(f"{came.path}/moves", json=move).json()["code"] == "csrf_missing"
    assert client.post(f"{came.path}/moves", json=move, headers={"X-CSRF-Token": "x"}).status_code == 403
    assert client.post(f"{came.path}/moves", json=move, headers={"X-CSRF-Token": body["csrf"]}).status_code == 200
    assert client.delete("/v1/sessions/current").status_code == 403
    assert client.delete("/v1/sessions/current", headers={"X-CSRF-Token": body["csrf"]}).status_code == 204
    bearer = desk_door.client()
    bearer.headers["Authorization"] = f"Bearer {body['token']}"
    assert bearer.get("/v1/me").status_code == 401


def test_a_search_finds_by_name_within_own_seats_and_is_counted_but_is_no_reading(desk_door: DeskDoor):
    stage = desk_door.stage
    first = come(stage, about="María GARCÍA Luna, Compras")
    second = come(stage, about="Garcia luna", excluded=("alternate",))
    come(stage, about="Luis Pérez")
    come(stage, "consultation", about="garcía, Luna", excluded=("head",))
    head, alternate = desk_door.client("head"), desk_door.client("alternate")
    for about in ("garcía luna", "LUNA garcia", "Garci\u0301a, Luna."):
        found = head.get("/v1/earlier", params={"about": about}).json()["matters"]
        assert {one["id"] for one in found} == {str(first.id), str(second.id)}
        assert set(found[0]) == {"id", "kind", "state", "opened_on"}
    assert {one["kind"] for one in alternate.get("/v1/earlier?about=Luna").json()["matters"]} == {"complaint", "consultation"}
    assert head.get("/v1/earlier?about=compras").json()["matters"][0]["id"] == str(first.id)
    assert head.get("/v1/earlier?about=garcia+perez").json()["matters"] == []
    assert stage.rows("SELECT count(*) FROM read_log") == [(0,)]
    assert sorted(row[0] for row in stage.rows("SELECT count FROM search_log")) == [1, 5]


@pytest.mark.parametrize("about", ["", "ga", "  g a ", "..", "\u0301\u0301\u0301"])
def test_too_short_a_search_opens_nothing_and_is_not_counted(desk_door: DeskDoor, about: str):
    refused = desk_door.client("head").get("/v1/earlier", params={"about": about})
    assert (refused.status_code, refused.json()["code"]) == (422, "search_too_short")
    assert desk_door.stage.rows("SELECT count(*) FROM search_log") == [(0,)]


def test_the_queue_moves_with_the_work(desk_door: DeskDoor):
    came, head = come(desk_door.stage), desk_door.client("head")

    def lists() -> set[str]:
        return {name for name, found in head.get("/v1/queue").json().items() if found}

    assert lists() == {"new_to_read"}
    head.get(came.path)
    head.post(f"{came.path}/moves", json={"trigger": "acknowledge"})
    assert lists() == {"later"}
    she(desk_door.stage, came, "message", Told(text=SecretStr("x")))
    assert lists() == {"new_to_read"}
    head.post(f"{came.path}/moves", json={"trigger": "ask", "payload": {"text": "¿Cuándo?"}})
    assert lists() == {"waiting_for_her"}
    head.post(f"{came.path}/moves", json={"trigger": "go_on_without_answer"})
    desk_door.stage.move_to(datetime(2016, 10, 31, 13, tzinfo=UTC))
    assert lists() == {"owed_this_week", "late"}
    head.post(f"{came.path}/moves", json={"trigger": "screen"})
    decline = {"trigger": "decline", "payload": {"ground": "premature", "text": "Todavía no."}}
    assert head.post(f"{came.path}/moves", json=decline).status_code == 200
    assert "waiting_for_her" in lists()
    she(desk_door.stage, came, "withdraw_forget", Nothing())
    assert lists() == set()
    assert head.get(came.path).status_code == 404


def test_a_step_of_the_ladder_is_told_to_whom_it_reached_and_only_the_newest(desk_door: DeskDoor):
    come(desk_door.stage)
    desk_door.stage.move_to(datetime(2016, 9, 9, 17, tzinfo=UTC))
    sweep(desk_door.stage.flows)

    def told(who: str) -> list[tuple[object, ...]]:
        found = desk_door.client(who).get("/v1/queue").json()["late"]
        return [(owed["clock"], owed["told"], owed["told_on"]) for one in found for owed in one["owed"] if owed["late"]]

    assert told("head") == [("acknowledgement", "last_day", "2016-09-08")]
    assert told("alternate") == [("acknowledgement", None, None)]
