"""A change at the desk that comes again with its Idempotency-Key: done once, and answered as the first time to who may see it."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from uuid import uuid4

import pytest
from httpx import Response
from pydantic import SecretStr
from starlette.testclient import TestClient

from actions.kinds import KINDS
from actions.kinds.sealed import Told
from tests.api.test_council_replays import takes_no_key
from tests.fixtures.desk_door import Came, DeskDoor, come, she

pytest_plugins = ("tests.fixtures.desk_door",)

MARKER = "Cormorán sobre el muelle"
TABLES = (
    "matter", "event", "clock", "pause", "outbox", "sealed_text", "responsibility", "seat", "epoch", "waiver", "absence", "hold",
    "ledger_entry", "idempotency", "contact_slip", "tally", "independence_entry", "outreach_entry", "offered_time",
)  # fmt: skip


MARKER_OF_THE_OFFICE = "Das haben wir selbst bemerkt."
OF_THE_OFFICE: dict[tuple[str, str], dict[str, object]] = {
    ("post", "/v1/contacts"): {"month": "2016-09", "channel": "phone", "language": "es", "issues": ["2H"], "done": ["listened"]},
    ("post", "/v1/contact-counts"): {"month": "2016-09"},
    ("post", "/v1/independence"): {"kind": "interference", "on": "2016-08-20", "text": MARKER_OF_THE_OFFICE},
    ("post", "/v1/outreach"): {"on": "2016-08-30", "sort": "briefing", "region": "caribbean", "language": "en", "people": 14},
    ("post", "/v1/times"): {"day": "2016-09-08", "at": "14:30", "minutes": 45, "way": "room", "place": "Library"},
    ("post", "/v1/own_initiatives"): {"source": "pattern", "text": MARKER_OF_THE_OFFICE},
    ("post", "/v1/phoned"): {
        "track": "complaint", "language": "es", "statement": MARKER_OF_THE_OFFICE, "agreed_on": "2016-09-01",
    },
}  # fmt: skip
"""What is about no case that is there already."""
SETTING_UP = {("post", "/v1/invitations"), ("post", "/v1/setup/begin"), ("post", "/v1/setup")}
"""An invitation made again is another one, and a code is good once."""


def everything(door: DeskDoor) -> list[object]:
    return [door.stage.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in TABLES]


def key() -> dict[str, str]:
    return {"Idempotency-Key": secrets.token_urlsafe(16)}


def told(answer: Response) -> tuple[object, ...]:
    """What can be told apart of an answer."""
    return answer.status_code, answer.content, sorted(answer.headers.items())


def acknowledged(client: TestClient, came: Came) -> int:
    """Read and acknowledge it, so that she can be written to. Returns its version then."""
    client.get(came.path)
    return int(client.post(f"{came.path}/moves", json={"trigger": "acknowledge"}).json()["version"])


def send(client: TestClient, came: Came, what: str, body: object, headers: dict[str, str], method: str = "post") -> Response:
    path = what if what.startswith("/") else f"{came.path}/{what}"
    return client.request(method.upper(), path, json=body, headers=headers)


def changes_shown(client: TestClient) -> set[tuple[str, str]]:
    """Every change the document shows, of complaints for all kinds, but those of sessions."""
    own, paths = "/v1/complaints/{id}/", client.get("/openapi.json").json()["paths"]
    shown = {(method, path.removeprefix(own)) for path, found in paths.items() for method in found if method != "get"}
    return {(method, what) for method, what in shown if "{id}" not in what and "sessions" not in what}


def test_s13_one_key_in_fifty_parallel_messages_writes_to_her_once(desk_door: DeskDoor):
    came, head, headers = come(desk_door.stage), desk_door.client("head"), key()
    version = acknowledged(head, came)
    with ThreadPoolExecutor(50) as crowd:
        answers = list(crowd.map(lambda _: send(head, came, "messages", {"text": MARKER}, headers), range(50)))
    assert {answer.status_code for answer in answers} == {201}, [answer.text for answer in answers]
    assert len({str(told(answer)) for answer in answers}) == 1
    assert answers[0].json()["version"] == version + 1
    assert desk_door.stage.rows("SELECT count(*) FROM sealed_text WHERE slot = 'message'") == [(1,)]
    assert desk_door.stage.rows("SELECT count(*) FROM event WHERE trigger = 'reply'") == [(1,)]


def test_every_change_that_comes_again_is_answered_as_the_first_time(desk_door: DeskDoor):
    came, head, stage = come(desk_door.stage), desk_door.client("head"), desk_door.stage
    stage.appoint("late_comer", "case_officer")
    new, colleague = str(stage.people["late_comer"]), head.get(came.path).json()["seated"][1]["id"]
    officer = desk_door.client(next(who for who, person in stage.people.items() if str(person) == colleague))
    covered = set()

    def change(client: TestClient, method: str, what: str, body: object = None, **filled: str) -> Response:
        headers, where = key(), what.format(**filled)
        first = send(client, came, where, body, headers, method)
        assert first.status_code < 300, (what, first.text)
        before = everything(desk_door)
        assert told(send(client, came, where, body, headers, method)) == told(first), what
        assert everything(desk_door) == before, what
        covered.add((method, what))
        return first

    change(head, "post", "moves", {"trigger": "acknowledge"})
    change(head, "post", "messages", {"text": MARKER})
    change(head, "put", "facts", {"station": "PE", "about": "head"})
    tied = change(head, "post", "links", {"other": str(come(stage).id), "reason": "same_facts"}).json()["id"]
    change(head, "delete", "links/{lid}", lid=tied)
    change(head, "post", "messages", {"to": "office", "text": MARKER})
    clocks = {one["name"]: one for one in head.get(f"{came.path}/clocks").json()["clocks"]}
    until = str(date.fromisoformat(clocks["screening"]["due_on"]) + timedelta(days=3))
    change(head, "post", "waivers", {"rule": "screening", "authority": MARKER, "reason": MARKER, "until": until})
    change(head, "post", "pauses", {"name": "by_decision", "reason": MARKER})
    change(head, "delete", "pauses/{pause}", pause="by_decision")
    held = change(officer, "post", "holds", {"reason": "appeal", "until": "2030-01-01"}).json()["id"]
    change(officer, "delete", "holds/{hid}", hid=held)
    change(head, "post", "seats", {"person": new})
    change(head, "post", "late-conflict", {"person": new, "reason": MARKER})
    change(head, "post", "assignment", {"person": colleague})
    change(head, "post", "/v1/absences", {})
    change(head, "delete", "/v1/absences/current")
    handler = desk_door.client(responsible(desk_door, came))
    begun = {"case": str(came.id), "unit": "DHR", "people": 61, "to": "SG", "text": MARKER, "nobody_asked": True}
    begun["audience"] = "head_of_unit"
    change(handler, "post", "/v1/upward_feedbacks", begun)
    takes_away = {("post", "recusal")}  # the seat that an answer would need
    drafts = {("put", "drafts/{form}"), ("delete", "drafts/{form}")}
    looking = {("post", "/v1/phoned/check")}  # keeps nothing
    guarded = {("post", "identity/requests")}  # refused in this house: tests/api/test_desk_identity.py
    assert changes_shown(head) - covered == takes_away | drafts | looking | guarded | SETTING_UP | OF_THE_OFFICE.keys()


def responsible(door: DeskDoor, came: Came) -> str:
    """Who answers for a case."""
    (row,) = door.stage.rows("SELECT person_id FROM responsibility WHERE matter_id = :m AND until_at IS NULL", m=came.id)
    return next(who for who, person in door.stage.people.items() if person == row[0])


@pytest.mark.parametrize(("how", "where"), OF_THE_OFFICE)
def test_what_the_office_writes_down_is_written_down_once_however_often_it_comes(desk_door: DeskDoor, how: str, where: str):
    head, headers = desk_door.client("head"), key()
    first = head.request(how, where, json=OF_THE_OFFICE[how, where], headers=headers)
    assert first.status_code < 300, first.text
    before = everything(desk_door)
    assert told(head.request(how, where, json=OF_THE_OFFICE[how, where], headers=headers)) == told(first)
    assert everything(desk_door) == before


def test_s13_what_was_done_is_answered_also_when_if_match_grew_old(desk_door: DeskDoor):
    came, head = come(desk_door.stage), desk_door.client("head")
    for what, body in (("moves", {"trigger": "acknowledge"}), ("messages", {"to": "office", "text": MARKER})):
        tag, headers = head.get(came.path).headers["etag"], key()
        first = send(head, came, what, body, headers | {"If-Match": tag})
        assert first.status_code < 300, first.text
        she(desk_door.stage, came, "message", Told(text=SecretStr("¿Y?")))
        before = everything(desk_door)
        assert told(send(head, came, what, body, headers | {"If-Match": tag})) == told(first)
        stale = send(head, came, what, body, key() | {"If-Match": tag})
        assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")
        assert everything(desk_door) == before


def test_who_lost_the_seat_or_the_session_opens_nothing_that_was_kept(desk_door: DeskDoor):
    came, head, stage = come(desk_door.stage), desk_door.client("head"), desk_door.stage
    seated = head.get(came.path).json()["seated"][1]
    who = next(name for name, person in stage.people.items() if str(person) == seated["id"])
    officer, headers = desk_door.client(who), key()
    assert send(officer, came, "messages", {"to": "office", "text": MARKER}, headers).status_code == 201
    assert send(head, came, "late-conflict", {"person": seated["id"], "reason": "x"}, key()).status_code == 204
    before = everything(desk_door)
    body = {"to": "office", "text": MARKER}
    gone = send(officer, came, "messages", body, headers)
    never = officer.post(f"/v1/complaints/{uuid4()}/messages", json=body, headers=headers)
    assert (gone.status_code, told(gone)) == (404, told(never))
    assert send(officer, came, "messages", {}, headers | {"If-Match": "nonsense"}).content == never.content
    assert send(officer, came, "messages", {}, {"Idempotency-Key": "short"}).content == never.content
    assert officer.delete("/v1/sessions/current").status_code == 204
    assert send(officer, came, "messages", body, headers).status_code == 401
    assert everything(desk_door) == before


def test_stepping_down_again_is_not_found_because_the_seat_is_gone(desk_door: DeskDoor):
    came, head, headers = come(desk_door.stage), desk_door.client("head"), key()
    assert send(head, came, "recusal", {"reason": "x"}, headers).status_code == 204
    before = everything(desk_door)
    assert send(head, came, "recusal", {"reason": "x"}, headers).status_code == 404
    assert everything(desk_door) == before


def test_a_key_is_for_one_request_of_one_person(desk_door: DeskDoor):
    came, head, headers = come(desk_door.stage), desk_door.client("head"), key()
    second = come(desk_door.stage)
    body = {"to": "office", "text": MARKER}
    assert send(head, came, "messages", body, headers).status_code == 201
    before = everything(desk_door)
    for at, what, other in (
        (came, "messages", body | {"text": "Otra cosa"}),
        (second, "messages", body),
        (came, "pauses", {"name": "by_decision", "reason": "x"}),
    ):
        refused = send(head, at, what, other, headers)
        assert (refused.status_code, refused.json()["code"]) == (422, "key_reused")
    short = send(head, came, "messages", body, {"Idempotency-Key": "0123"})
    assert (short.status_code, short.json()["code"]) == (400, "bad_idempotency_key")
    assert everything(desk_door) == before
    seated = head.get(came.path).json()["seated"][1]["id"]
    who = next(name for name, person in desk_door.stage.people.items() if str(person) == seated)
    assert send(desk_door.client(who), came, "messages", body, headers).status_code == 201
    assert desk_door.stage.rows("SELECT count(*) FROM sealed_text WHERE slot = 'note'") == [(2,)]


def test_a_refusal_is_not_kept_and_an_answer_is_kept_for_an_hour(desk_door: DeskDoor):
    came, head, headers = come(desk_door.stage), desk_door.client("head"), key()
    move = {"trigger": "screen"}
    assert send(head, came, "moves", move, headers).status_code == 409
    assert desk_door.stage.rows("SELECT count(*) FROM idempotency") == [(0,)]
    head.get(came.path)
    assert send(head, came, "moves", {"trigger": "acknowledge"}, key()).status_code == 200
    assert send(head, came, "moves", move, headers).status_code == 200
    with desk_door.stage.owner.begin() as connection:
        connection.exec_driver_sql("UPDATE idempotency SET made_at = made_at - interval '61 minutes'")
    assert send(head, came, "moves", move, headers).json()["code"] == "no_such_move"
    assert send(head, came, "messages", {"to": "office", "text": "x"}, headers).status_code == 201
    assert desk_door.stage.rows("SELECT count(*) FROM idempotency") == [(1,)]


def test_nothing_that_was_sent_and_neither_key_nor_person_is_in_what_is_kept(desk_door: DeskDoor):
    came, head, headers = come(desk_door.stage), desk_door.client("head"), {"Idempotency-Key": secrets.token_hex(16)}
    acknowledged(head, came)
    assert send(head, came, "messages", {"text": MARKER}, headers).status_code == 201
    ((locator, row, sealed),) = desk_door.stage.rows("SELECT locator, id, answer_sealed FROM idempotency")
    kept = bytes(locator) + row.bytes + bytes(sealed)
    person, raw = desk_door.stage.people["head"], headers["Idempotency-Key"]
    told_in_clear = (MARKER, raw, str(came.id), str(person), "complaint", "state")
    assert [one for one in told_in_clear if one.encode() in kept] == []
    assert [one for one in (bytes.fromhex(raw), came.id.bytes, person.bytes) if one in kept] == []


def test_the_document_shows_the_key_at_every_change_but_sessions_invitations_and_drafts(desk_door: DeskDoor):
    document = desk_door.client().get("/openapi.json").json()
    signing = {("post", "/v1/sessions"), ("delete", "/v1/sessions/current")}
    by_id = {("delete", "/v1/invitations/{id}"), ("post", "/v1/keys/{id}/signature")}
    by_id |= {("delete", "/v1/addressees/{id}/keys/{serial}"), ("post", "/v1/addressees/{id}/keys/{serial}/signature")}
    kinds = [kind for kind, one in KINDS.items() if one.table.sealed]
    looking = {("post", "/v1/phoned/check")}  # keeps nothing
    drafts = {(how, f"/v1/{kind}s/{{id}}/drafts/{{form}}") for how in ("put", "delete") for kind in kinds}
    assert takes_no_key(document) == signing | SETTING_UP | by_id | looking | drafts
