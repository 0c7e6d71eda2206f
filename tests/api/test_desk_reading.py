"""Opening a matter at the desk: what is shown to whom, and what a reading leaves behind."""

import json
from datetime import date
from uuid import uuid4

import anyio
import pytest
from pydantic import SecretStr

from actions.kinds.complaint_acts import Consenting
from actions.kinds.sealed import Told
from tests.fixtures.desk_door import STATEMENT, Came, DeskDoor, come, send_file, she
from tests.fixtures.visitors import REFERRAL

pytest_plugins = ("tests.fixtures.desk_door",)

UNTOUCHED = ("matter", "event", "clock", "rung_fired", "pause", "outbox", "sealed_text", "responsibility", "seat", "epoch")


def everything(door: DeskDoor, tables: tuple[str, ...] = UNTOUCHED) -> list[object]:
    return [door.stage.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables]


def readings(door: DeskDoor) -> list[tuple[object, ...]]:
    return door.stage.rows("SELECT p.name, r.day FROM read_log r JOIN person p ON p.id = r.person_id ORDER BY 1")


def text_of(opened: dict[str, object], slot: str) -> str:
    return next(text["text"] for text in opened["texts"] if text["slot"] == slot)


def test_the_handler_opens_it_and_only_a_row_a_day_stays_behind_d11(desk_door: DeskDoor):
    came = come(desk_door.stage, about="María García, Unidad de Compras")
    head = desk_door.client("head")
    before = everything(desk_door)
    assert head.get("/v1/queue").json()["new_to_read"][0]["id"] == str(came.id)
    assert readings(desk_door) == []
    answer = head.get(came.path)
    assert answer.status_code == 200, answer.text
    opened = answer.json()
    assert text_of(opened, "statement") == STATEMENT
    assert text_of(opened, "about") == "María García, Unidad de Compras"
    assert json.loads(text_of(opened, "must_not_see")) == {"ids": [], "words": ""}
    assert (opened["state"], opened["yours"], opened["responsible"]["name"]) == ("submitted", True, "Head")
    assert answer.headers["etag"] == f'"{opened["version"]}"'
    assert [one["by"]["name"] for one in opened["read"]] == ["Head"]
    acknowledge = next(move for move in opened["moves"] if move["trigger"] == "acknowledge")
    assert acknowledge["unmet"] == []
    head.get(came.path)
    assert readings(desk_door) == [("Head", date(2016, 9, 1))]
    assert everything(desk_door) == before
    assert head.get("/v1/queue").json()["new_to_read"][0]["id"] == str(came.id)


def test_nobody_acknowledges_what_nobody_opened(desk_door: DeskDoor):
    came = come(desk_door.stage)
    head = desk_door.client("head")
    before = everything(desk_door)
    refused = head.post(f"{came.path}/moves", json={"trigger": "acknowledge"})
    assert (refused.status_code, refused.json()["unmet"][0]["claim"]) == (409, "a_person_has_read_it")
    assert everything(desk_door) == before
    head.get(came.path)
    moved = head.post(f"{came.path}/moves", json={"trigger": "acknowledge", "payload": {"text": "Lo hemos leído."}})
    assert moved.json()["state"] == "acknowledged"
    opened = head.get(came.path).json()
    assert text_of(opened, "message") == "Lo hemos leído."
    assert [text["by"]["name"] for text in opened["texts"] if text["slot"] == "message"] == ["Head"]
    assert head.get("/v1/queue").json()["new_to_read"] == []


def test_her_words_and_her_consent_are_seen_with_the_exact_text(desk_door: DeskDoor):
    came, head = come(desk_door.stage), desk_door.client("head")
    head.get(came.path)
    head.post(f"{came.path}/moves", json={"trigger": "acknowledge"})
    she(desk_door.stage, came, "message", Told(text=SecretStr("¿Hay alguien?")))
    assert [one["id"] for one in head.get("/v1/queue").json()["new_to_read"]] == [str(came.id)]
    asked = {"trigger": "ask_consent", "payload": {"to": "Recursos Humanos", "text": "Queremos pedir los horarios."} | REFERRAL}
    assert head.post(f"{came.path}/moves", json=asked).status_code == 200
    assert [one["id"] for one in head.get("/v1/queue").json()["waiting_for_her"]] == [str(came.id)]
    (consent,) = head.get(came.path).json()["consents"]
    she(desk_door.stage, came, "consent", Consenting(consent=consent["id"]))
    opened = head.get(came.path).json()
    exact = next(text for text in opened["texts"] if text["id"] == opened["consents"][0]["text"])
    assert json.loads(exact["text"]) == {"to": "Recursos Humanos", "text": "Queremos pedir los horarios."} | REFERRAL
    assert REFERRAL.items() <= opened["consents"][0].items()
    assert (opened["consents"][0]["until"], opened["consents"][0]["used_on"]) == ("2016-11-30", None)
    assert opened["consents"][0]["status"] == "given"


def test_who_she_is_opens_with_its_own_key_alone_and_is_logged_s43_s44(desk_door: DeskDoor):
    came, silent = come(desk_door.stage, identity="Ana Núñez, ext. 4411"), come(desk_door.stage)
    head = desk_door.client("head")
    assert "Núñez" not in head.get(came.path).text
    desk_door.stage.to_day(date(2016, 9, 2))
    answer = head.get(f"{came.path}/identity")
    assert answer.json() == {"identity": "Ana Núñez, ext. 4411"}
    assert ("Head", date(2016, 9, 2)) in readings(desk_door)
    entries = desk_door.stage.rows("SELECT body FROM ledger_entry WHERE body LIKE '%identity_opened%'")
    assert len(entries) == 1
    assert "Núñez" not in str(entries)
    assert head.get(f"{silent.path}/identity").json() == {"identity": None}
    with desk_door.stage.owner.begin() as connection:
        connection.exec_driver_sql("UPDATE seat SET identity_key_sealed = NULL")
    refused = head.get(f"{came.path}/identity")
    assert (refused.status_code, refused.json()["code"]) == (403, "identity_not_yours")


def test_s35_texts_swapped_in_the_database_do_not_open_and_are_noted(desk_door: DeskDoor):
    came = come(desk_door.stage, about="Compras")
    swap = """UPDATE sealed_text t SET sealed = o.sealed FROM sealed_text o WHERE t.matter_id = o.matter_id
              AND ((t.slot, o.slot) = ('statement', 'answers') OR (t.slot, o.slot) = ('answers', 'statement'))"""
    with desk_door.stage.owner.begin() as connection:
        connection.exec_driver_sql(swap)
    opened = desk_door.client("head").get(came.path).json()
    assert (text_of(opened, "statement"), text_of(opened, "answers")) == (None, None)
    assert text_of(opened, "about") == "Compras"
    assert desk_door.stage.rows("SELECT what FROM trouble") == [("NotThisRow",), ("NotThisRow",)]


def test_s19_s30_words_stay_words_whatever_they_look_like(desk_door: DeskDoor):
    nasty = "<script>alert(1)</script> javascript:x http://a.invalid \u202edrow {name} %s"
    came = come(desk_door.stage, statement=nasty)
    answer = desk_door.client("head").get(came.path)
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert answer.headers["cache-control"] == "no-store"
    assert text_of(answer.json(), "statement") == nasty


@pytest.mark.parametrize("size", [0, 1, 65_535, 300_000])
def test_a_file_comes_back_as_it_was_sent_and_runs_nowhere_s09(desk_door: DeskDoor, size: int):
    came, head = come(desk_door.stage), desk_door.client("head")
    content = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    file = send_file(desk_door.stage, came, "../año/acta\u202e.html", content)
    (listed,) = head.get(f"{came.path}/files").json()["files"]
    assert (listed["id"], listed["author"]) == (str(file), "visitor")
    assert listed["name"].endswith("acta.html")
    assert readings(desk_door) == [("Head", date(2016, 9, 1))]
    answer = head.get(f"{came.path}/files/{file}")
    assert answer.content == content
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == "attachment; filename=\"file\"; filename*=UTF-8''acta.html"
    assert answer.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_s18_a_file_of_another_matter_is_as_unknown_as_none(desk_door: DeskDoor):
    came, other, head = come(desk_door.stage), come(desk_door.stage), desk_door.client("head")
    file = send_file(desk_door.stage, other, "a.txt", b"abc")
    answers = [head.get(f"{came.path}/files/{one}") for one in (file, uuid4(), "no-id")]
    assert {(answer.status_code, answer.content) for answer in answers} == {(404, answers[1].content)}


def ends(door: DeskDoor, path: str) -> bool:
    """Whether the answer's last piece says that it was the last: a server cuts the connection of one that does not."""
    said: list[dict[str, object]] = []

    async def receive() -> dict[str, object]:
        await anyio.sleep(5)
        return {"type": "http.disconnect"}

    async def send(message: dict[str, object]) -> None:
        said.append(message)

    headers = [(b"authorization", f"Bearer {door.session('head')}".encode())]
    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": headers, "app": door.app}
    anyio.run(door.app, scope | {"asgi": {"version": "3.0", "spec_version": "2.4"}}, receive, send)
    assert said[0]["status"] == 200
    return not said[-1].get("more_body", False)


def test_a_damaged_file_is_refused_at_once_or_breaks_off(desk_door: DeskDoor):
    came, head = come(desk_door.stage), desk_door.client("head")
    file = send_file(desk_door.stage, came, "a.txt", b"x" * 400_000)
    path = f"{came.path}/files/{file}"
    assert ends(desk_door, path)
    with desk_door.stage.owner.begin() as connection:
        last = "seq = (SELECT max(seq) FROM sealed_chunk)"
        connection.exec_driver_sql(f"DELETE FROM sealed_chunk WHERE {last}")
    assert ends(desk_door, path) is False
    with desk_door.stage.owner.begin() as connection:
        connection.exec_driver_sql("DELETE FROM sealed_chunk")
    refused = head.get(path)
    assert (refused.status_code, refused.json()["code"]) == (409, "file_damaged")


def test_clocks_say_why_that_day_and_which_steps_a_late_duty_climbs(desk_door: DeskDoor):
    came, head = come(desk_door.stage), desk_door.client("head")
    told = head.get(f"{came.path}/clocks?lang=es").json()
    (clock,) = [one for one in told["clocks"] if one["name"] == "acknowledgement"]
    assert (clock["due_on"], clock["days"], clock["status"], clock["paused"]) == ("2016-09-08", 7, "running", False)
    assert clock["explanation"][0] == "El 1 de septiembre de 2016 es el día cero: se cuenta desde el día siguiente."
    assert [rung["act"] for rung in clock["ladder"]] == [
        "remind", "remind", "tell_overseer", "hand_over", "ask_handover", "tell_chair",
    ]  # fmt: skip
    assert "T" not in clock["started_on"]


def test_history_says_who_what_and_on_which_day_and_no_word_of_anybody(desk_door: DeskDoor):
    came, head = come(desk_door.stage), desk_door.client("head")
    head.get(came.path)
    head.post(f"{came.path}/moves", json={"trigger": "acknowledge", "payload": {"text": "MARKER-7"}})
    she(desk_door.stage, came, "message", Told(text=SecretStr("MARKER-7")))
    answer = head.get(f"{came.path}/history")
    assert "MARKER-7" not in answer.text
    lines = [(line["what"], line["name"], (line["by"] or {}).get("name")) for line in answer.json()["events"]]
    assert [line for line in lines if line[0] == "moved"] == [
        ("moved", "open", None),
        ("moved", "acknowledge", "Head"),
        ("moved", "message", None),
    ]
    assert ("responsible", "opened", None) in lines
    assert all("T" not in line["on"] for line in answer.json()["events"])


def test_a_consultation_and_a_recommendation_are_opened_alike(desk_door: DeskDoor):
    talk: Came = come(desk_door.stage, "consultation", understood=True)
    head = desk_door.client("head")
    opened = head.get(f"/v1/consultations/{talk.id}")
    assert text_of(opened.json(), "statement") == STATEMENT
    assert head.get(f"/v1/complaints/{talk.id}").status_code == 404
    assert head.get(f"/v1/recommendations/{talk.id}").status_code == 404
