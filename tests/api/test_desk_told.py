"""What the desk writes to whom, and what it is told in words: over HTTP on a real database as ombuds_desk."""

import json
import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from policies.said import Said
from tests.api.test_desk_acts import REASON, everything, post, read_and_acknowledge, seated
from tests.fixtures.desk_door import DeskDoor, come
from web.messages import LANGUAGES, Messages


def test_a_note_stays_in_the_office_and_moves_nothing(desk_door: DeskDoor):
    came, head = come(desk_door.stage), desk_door.client("head")
    kept = everything(desk_door, ("clock", "event", "pause"))
    answer = post(head, came, "messages", to="office", text="Preguntar a Luis.")
    assert (answer.status_code, answer.json()["state"]) == (201, "submitted")
    assert everything(desk_door, ("clock", "event", "pause")) == kept
    (note,) = [text for text in head.get(came.path).json()["texts"] if text["slot"] == "note"]
    assert (note["text"], note["visibility"], note["by"]["name"]) == ("Preguntar a Luis.", "office", "Head")


def test_a_conversation_leaves_no_line_in_the_ledger_by_the_desk(desk_door: DeskDoor):
    talk, head = come(desk_door.stage, "consultation", understood=True, identity="Ana"), desk_door.client("head")
    path = f"/v1/consultations/{talk.id}"
    before = everything(desk_door, ("ledger_entry",))
    assert head.get(f"{path}/identity").json() == {"identity": "Ana"}
    assert head.post(f"{path}/messages", json={"to": "office", "text": "Nota."}).status_code == 201
    assert head.post(f"{path}/recusal", json=REASON).status_code == 204
    assert everything(desk_door, ("ledger_entry",)) == before


def test_a_recommendation_has_nobody_to_write_to(desk_door: DeskDoor):
    came, head = come(desk_door.stage), desk_door.client("head")
    read_and_acknowledge(head, came)
    for move in ({"trigger": "screen"}, {"trigger": "inquire"}, {"trigger": "draft", "payload": {"text": "x"}}):
        post(head, came, "moves", **move)
    post(head, came, "moves", trigger="conclude_without_names", payload={"text": "y", "names_nobody": True})
    post(head, came, "moves", trigger="recommend", payload={"to": "SG", "text": "Rotar."})
    (tied,) = head.get(came.path).json()["ties"]
    answer = head.post(f"/v1/recommendations/{tied['id']}/messages", json={"text": "x"})
    assert answer.json()["code"] == "no_such_move"


def test_of_two_handlers_at_once_the_second_is_told_and_nothing_is_lost(desk_door: DeskDoor):
    came, head = come(desk_door.stage), desk_door.client("head")
    read_and_acknowledge(head, came)
    etag = head.get(came.path).headers["etag"]
    clients = [desk_door.client("head") for _ in range(6)]

    def write(at: int) -> int:
        body = {"trigger": "reply", "payload": {"text": f"Respuesta {at}"}}
        return int(clients[at].post(f"{came.path}/moves", json=body, headers={"If-Match": etag}).status_code)

    with ThreadPoolExecutor(6) as pool:
        codes = sorted(pool.map(write, range(6)))
    assert codes == [200, 412, 412, 412, 412, 412]
    assert len([text for text in head.get(came.path).json()["texts"] if text["slot"] == "message"]) == 1
    stale = head.post(f"{came.path}/recusal", json=REASON, headers={"If-Match": etag})
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")
    fresh = head.get(came.path).headers["etag"]
    assert head.post(f"{came.path}/recusal", json=REASON, headers={"If-Match": fresh}).status_code == 204


def test_absences_are_ones_own_or_of_whom_one_oversees_and_end_no_duty(desk_door: DeskDoor):
    come(desk_door.stage)
    head, officer = desk_door.client("head"), desk_door.client("officer_a")
    owed = everything(desk_door, ("clock", "responsibility", "matter"))
    assert officer.post("/v1/absences", json={"from": "2016-09-02", "until": "2016-09-12"}).status_code == 204
    other = str(desk_door.stage.people["officer_b"])
    assert head.post("/v1/absences", json={"person": other}).status_code == 204
    for person in ("head", "alternate", "chair"):
        refused = officer.post("/v1/absences", json={"person": str(desk_door.stage.people[person])})
        assert refused.status_code == 403
    assert everything(desk_door, ("clock", "responsibility", "matter")) == owed
    roster = {one["name"]: one for one in head.get("/v1/office").json()["people"]}
    assert set(roster) == {"Head", "Officer A", "Officer B", "Alternate"}
    assert roster["Officer A"]["absences"] == [{"from": "2016-09-02", "until": "2016-09-12"}]
    assert (roster["Officer A"]["away_today"], roster["Officer B"]["away_today"]) == (False, True)
    assert desk_door.client("officer_b").delete("/v1/absences/current").status_code == 204


def test_what_is_sealed_of_an_act_is_nowhere_in_clear(desk_door: DeskDoor):
    came, head = come(desk_door.stage), desk_door.client("head")
    read_and_acknowledge(head, came)
    post(head, came, "messages", to="office", text="MARKER-9")
    post(head, came, "messages", text="MARKER-9")
    post(head, came, "pauses", name="by_decision", reason="MARKER-9")
    post(head, came, "recusal", reason="MARKER-9")
    tables = [row[0] for row in desk_door.stage.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
    kept = {str(table): desk_door.stage.rows(f'SELECT t::text FROM "{table}" t') for table in tables}
    assert [table for table, rows in kept.items() if "MARKER-9" in json.dumps(rows, default=str)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_may_not_is_told_who_may_in_words(desk_door: DeskDoor, language: str):
    came = come(desk_door.stage)
    officer = desk_door.client("officer_a" if "Officer A" in seated(desk_door, came) else "officer_b")
    assert officer.get(came.path).status_code == 200
    before = everything(desk_door)
    refused = officer.post(f"{came.path}/moves", params={"lang": language}, json={"trigger": "acknowledge"}).json()
    messages = Messages(language)
    roles = ", ".join(messages.say(Said(f"role.{name}")) for name in ("ombudsperson", "case_officer", "alternate"))
    assert refused["code"] == "not_allowed"
    assert messages.say(Said("grant.handler", {"roles": roles})) in refused["detail"]
    assert messages.say(Said("move.complaint.acknowledge")) in refused["detail"]
    assert refused["params"]["may"] == "ombudsperson:handler, case_officer:handler, alternate:handler"
    assert everything(desk_door) == before


def test_what_is_missing_and_what_is_possible_is_said_in_words(desk_door: DeskDoor):
    came, head = come(desk_door.stage), desk_door.client("head")
    unread = post(head, came, "moves", trigger="acknowledge").json()
    assert unread["code"] == "move_refused"
    assert unread["unmet"][0]["what"] in unread["detail"]
    assert not re.search(r"[a-z]_[a-z]", unread["detail"]), "no name of code"
    read_and_acknowledge(head, came)
    early = post(head, came, "moves", trigger="uphold").json()
    assert early["code"] == "no_such_move"
    assert "screen" in early["params"]["possible"].split(", ")
    assert "answer" not in early["params"]["possible"].split(", "), "that is hers"
    assert not re.search(r"[a-z]_[a-z]", early["detail"])


def test_people_are_named_where_a_seat_is_missing_or_refused(desk_door: DeskDoor):
    came, head = come(desk_door.stage, excluded=("officer_b",)), desk_door.client("head")
    refused = post(head, came, "assignment", person=str(desk_door.stage.people["officer_b"])).json()
    assert (refused["code"], refused["params"]["person"]) == ("needs_a_seat", str(desk_door.stage.people["officer_b"]))
    assert "Officer B" in refused["detail"]
    assert str(desk_door.stage.people["officer_b"]) not in refused["detail"]
    locked = post(head, came, "seats", person=str(desk_door.stage.people["officer_b"])).json()
    assert (locked["code"], "Officer B" in locked["detail"]) == ("locked_out", True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_only_reader_of_a_complaint_about_the_head_is_not_sent_to_the_head(desk_door: DeskDoor, language: str):
    came, alternate = come(desk_door.stage, excluded=("head",)), desk_door.client("alternate")
    assert seated(desk_door, came) == {"Alternate"}
    before = everything(desk_door)
    refused = alternate.post(f"{came.path}/recusal", params={"lang": language}, json=REASON)
    assert (refused.status_code, refused.json()["code"]) == (409, "nobody_left")
    messages = Messages(language)
    assert not re.search(r"\b(head|jefatura|jefe|chefia|chef)\b", refused.json()["detail"], re.IGNORECASE)
    assert messages.say(Said("role.chair")).split()[0][:6].lower() in refused.json()["detail"].lower()
    assert everything(desk_door) == before
