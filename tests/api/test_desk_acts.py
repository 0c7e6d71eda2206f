"""Who answers, who may read, pauses: over HTTP on a real database as ombuds_desk."""

from datetime import date
from uuid import uuid4

import pytest
from pydantic import SecretStr
from starlette.testclient import TestClient

from actions.kernel.sweep import sweep
from actions.kinds.sealed import Told
from tests.fixtures.desk_door import Came, DeskDoor, come, she

pytest_plugins = ("tests.fixtures.desk_door",)

KEPT = ("matter", "event", "clock", "rung_fired", "pause", "outbox", "sealed_text", "responsibility", "seat", "epoch", "waiver")
REASON = {"reason": "Fuimos a la misma escuela."}


def everything(door: DeskDoor, tables: tuple[str, ...] = (*KEPT, "ledger_entry")) -> list[object]:
    return [door.stage.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables]


def seated(door: DeskDoor, came: Came) -> set[object]:
    query = """SELECT p.name FROM seat s JOIN person p ON p.id = s.person_id WHERE matter_id = :m AND until_at IS NULL
               AND length(key_sealed) > 0"""
    return {row[0] for row in door.stage.rows(query, m=came.id)}


def responsible(door: DeskDoor, came: Came) -> object:
    query = """SELECT p.name, r.why FROM responsibility r JOIN person p ON p.id = r.person_id
               WHERE matter_id = :m AND until_at IS NULL"""
    return door.stage.rows(query, m=came.id)[0]


def read_and_acknowledge(client: TestClient, came: Came) -> None:
    client.get(came.path)
    assert client.post(f"{came.path}/moves", json={"trigger": "acknowledge"}).status_code == 200


def post(client: TestClient, came: Came, what: str, **body: object) -> object:
    return client.post(f"{came.path}/{what}", json=body)


def test_d09_assigning_keeps_clocks_pauses_and_what_is_owed(desk_door: DeskDoor):
    came, head = come(desk_door.stage), desk_door.client("head")
    read_and_acknowledge(head, came)
    assert post(head, came, "pauses", name="by_decision", reason="Esperamos el fin de la licitación.").status_code == 201
    she(desk_door.stage, came, "message", Told(text=SecretStr("¿Qué pasa?")))
    owed = ("clock", "pause", "rung_fired", "event")
    before, version = everything(desk_door, owed), head.get(came.path).json()["version"]
    stand_in = head.get(came.path).json()["seated"][1]
    answer = post(head, came, "assignment", person=stand_in["id"])
    assert answer.status_code == 200, answer.text
    assert (answer.json()["version"], answer.headers["etag"]) == (version + 1, f'"{version + 1}"')
    assert everything(desk_door, owed) == before
    assert responsible(desk_door, came) == (stand_in["name"], "assigned")
    who = next(name for name, person in desk_door.stage.people.items() if str(person) == stand_in["id"])
    assert {one["name"] for one in head.get(f"{came.path}/history").json()["events"] if one["what"] == "responsible"} == {
        "opened",
        "assigned",
    }
    assert post(head, came, "moves", trigger="screen").status_code == 403
    assert post(desk_door.client(who), came, "moves", trigger="screen").status_code == 200


def test_nobody_without_a_seat_or_an_office_that_handles_it_answers_for_it(desk_door: DeskDoor):
    came, head = come(desk_door.stage), desk_door.client("head")
    desk_door.stage.appoint("leaver", "case_officer")
    new = desk_door.stage.people["leaver"]
    before = everything(desk_door)
    for person, code in ((new, "needs_a_seat"), (desk_door.stage.people["chair"], "needs_a_seat"), (uuid4(), "needs_a_seat")):
        refused = post(head, came, "assignment", person=str(person))
        assert (refused.status_code, refused.json()["code"]) == (409, code)
    for person, code in ((desk_door.stage.people["chair"], "not_eligible"), (uuid4(), "not_eligible")):
        refused = post(head, came, "seats", person=str(person))
        assert (refused.status_code, refused.json()["code"]) == (409, code)
    assert everything(desk_door) == before
    assert post(head, came, "seats", person=str(new)).status_code == 201
    assert post(head, came, "seats", person=str(new)).json()["code"] == "already_seated"
    assert desk_door.client("leaver").get(came.path).json()["texts"][0]["text"]
    with desk_door.stage.owner.begin() as connection:
        connection.exec_driver_sql("UPDATE appointment SET until_on = '2016-09-01' WHERE person_id = %s", (new,))
    assert post(head, came, "assignment", person=str(new)).json()["code"] == "not_eligible"


def test_somebody_seated_later_reads_what_was_written_before_and_who_she_is(desk_door: DeskDoor):
    came, head = come(desk_door.stage, identity="Ana"), desk_door.client("head")
    desk_door.stage.appoint("late_comer", "case_officer")
    assert post(head, came, "seats", person=str(desk_door.stage.people["late_comer"])).status_code == 201
    new = desk_door.client("late_comer")
    assert new.get(came.path).json()["texts"][0]["slot"] == "statement"
    assert new.get(f"{came.path}/identity").json() == {"identity": "Ana"}


@pytest.mark.parametrize(
    "told",
    [
        {"excluded": ("officer_x",)},
        {"must_not_see": "not officer xavier please"},
        {"about": "Officer Xavier, who shouts"},
    ],
)
def test_s40_whom_she_locked_out_is_never_seated(desk_door: DeskDoor, told: dict[str, object]):
    desk_door.stage.appoint("officer_x", "case_officer")
    with desk_door.stage.owner.begin() as connection:
        connection.exec_driver_sql("UPDATE person SET name = 'Olga Xavier' WHERE name = 'Officer X'")
    came, head = come(desk_door.stage, **told), desk_door.client("head")
    before = everything(desk_door)
    refused = post(head, came, "seats", person=str(desk_door.stage.people["officer_x"]))
    assert (refused.status_code, refused.json()["code"]) == (409, "locked_out")
    assert everything(desk_door) == before


def test_a_key_that_nobody_signed_gets_no_seat(desk_door: DeskDoor):
    came, head = come(desk_door.stage), desk_door.client("head")
    desk_door.stage.appoint("keyless", "case_officer", key=False)
    before = everything(desk_door)
    refused = post(head, came, "seats", person=str(desk_door.stage.people["keyless"]))
    assert (refused.status_code, refused.json()["code"]) == (409, "unsigned_key")
    assert everything(desk_door) == before


def test_who_steps_down_loses_the_key_at_once_and_somebody_else_answers(desk_door: DeskDoor):
    came, head = come(desk_door.stage, identity="Ana"), desk_door.client("head")
    read_and_acknowledge(head, came)
    owed = everything(desk_door, ("clock", "pause", "event"))
    assert post(head, came, "recusal", **REASON).status_code == 204
    assert everything(desk_door, ("clock", "pause", "event")) == owed
    assert "Head" not in seated(desk_door, came)
    assert desk_door.stage.rows("SELECT count(*) FROM seat s JOIN person p ON p.id = person_id WHERE p.name = 'Head' "
                                "AND (length(key_sealed) > 0 OR identity_key_sealed IS NOT NULL)") == [(0,)]  # fmt: skip
    name, why = responsible(desk_door, came)
    assert (name in seated(desk_door, came), why) == (True, "recused")
    gone, never = head.get(came.path), head.get(f"/v1/complaints/{uuid4()}")
    assert (gone.status_code, gone.content) == (404, never.content)
    assert head.get("/v1/queue").json() == {name: [] for name in head.get("/v1/queue").json()}
    other = desk_door.client(next(who for who in desk_door.stage.callers if who.replace("_", " ").title() == name))
    assert post(other, came, "messages", text="Seguimos nosotros.").status_code == 201
    assert [row[0] for row in desk_door.stage.rows("SELECT number FROM epoch ORDER BY 1")] == [1, 2]
    opened = other.get(came.path)
    assert "Seguimos nosotros." in opened.text
    assert "escuela" not in opened.text
    history = other.get(f"{came.path}/history")
    assert "escuela" not in history.text
    assert [line["person"]["name"] for line in history.json()["events"] if line["what"] == "recused"] == ["Head"]
    refused = post(other, came, "seats", person=str(desk_door.stage.people["head"]))
    assert refused.json()["code"] == "locked_out"


def test_a_colleague_who_steps_down_leaves_the_handler_where_they_are(desk_door: DeskDoor):
    came = come(desk_door.stage)
    assert post(desk_door.client("alternate"), came, "recusal", **REASON).status_code == 204
    assert responsible(desk_door, came) == ("Head", "opened")
    assert "Alternate" not in seated(desk_door, came)


def test_the_last_one_who_can_read_it_cannot_step_down_before_somebody_else_is_seated(desk_door: DeskDoor):
    came = come(desk_door.stage)
    clients = {who: desk_door.client(who) for who in ("head", "officer_a", "officer_b", "alternate")}
    names = {who.replace("_", " ").title(): who for who in clients}
    *first, last = [names[str(name)] for name in sorted(map(str, seated(desk_door, came)))]
    for who in first:
        assert post(clients[who], came, "recusal", **REASON).status_code == 204
    before = everything(desk_door)
    refused = post(clients[last], came, "recusal", **REASON).json()
    free = {str(desk_door.stage.people[who]) for who in clients if who not in (*first, last)}
    assert refused["code"] == "last_reader"
    assert set(refused["params"]["people"].split(", ")) == free
    assert everything(desk_door) == before
    assert post(clients[last], came, "seats", person=free.pop()).status_code == 201
    assert post(clients[last], came, "recusal", **REASON).status_code == 204


def test_a_conflict_found_later_takes_the_seat_away_everywhere_and_she_sees_who_had_opened_it(desk_door: DeskDoor):
    came, head = come(desk_door.stage), desk_door.client("head")
    read_and_acknowledge(head, came)
    for move in ({"trigger": "screen"}, {"trigger": "inquire"}, {"trigger": "draft", "payload": {"text": "x"}}):
        assert post(head, came, "moves", **move).status_code == 200
    named_nobody = {"text": "y", "names_nobody": True}
    assert post(head, came, "moves", trigger="conclude_without_names", payload=named_nobody).status_code == 200
    assert post(head, came, "moves", trigger="recommend", payload={"to": "SG", "text": "Rotar."}).status_code == 200
    (tied,) = head.get(came.path).json()["ties"]
    other = desk_door.client("alternate")
    assert other.get(f"/v1/recommendations/{tied['id']}").status_code == 200
    conflict = {"person": str(desk_door.stage.people["head"])} | REASON
    assert post(other, came, "late-conflict", **conflict).status_code == 204
    assert head.get(came.path).status_code == head.get(f"/v1/recommendations/{tied['id']}").status_code == 404
    assert responsible(desk_door, came)[1] == "recused"
    readers = {one["by"]["name"] for one in other.get(came.path).json()["read"]}
    assert readers == {"Head", "Alternate"}
    assert post(other, came, "late-conflict", **conflict).json()["code"] == "has_no_seat"


def test_a_pause_is_told_with_its_reason_and_ends_and_its_cap_is_named(desk_door: DeskDoor):
    came, head = come(desk_door.stage), desk_door.client("head")
    read_and_acknowledge(head, came)
    assert post(head, came, "pauses", name="by_decision", reason="Licitación.").status_code == 201
    assert post(head, came, "pauses", name="by_decision", reason="Otra.").json()["code"] == "pause_goes_on"
    clock = next(one for one in head.get(f"{came.path}/clocks").json()["clocks"] if one["name"] == "screening")
    assert (clock["paused"], clock["due_on"]) == (True, None)
    assert [text["visibility"] for text in head.get(came.path).json()["texts"] if text["text"] == "Licitación."] == ["shared"]
    desk_door.stage.to_day(date(2016, 10, 15))
    assert head.delete(f"{came.path}/pauses/by_decision").status_code == 200
    assert post(head, came, "pauses", name="by_decision", reason="Más.").status_code == 201
    desk_door.stage.to_day(date(2017, 1, 31))
    sweep(desk_door.stage.flows)
    head.delete(f"{came.path}/pauses/by_decision")
    told = head.get(f"{came.path}/clocks").json()["pauses"]
    assert [(one["name"], one["each"], one["total"]) for one in told] == [("by_decision", 60, 120)] * 2
    third = post(head, came, "pauses", name="by_decision", reason="Y más.")
    assert third.status_code == 201
    desk_door.stage.to_day(date(2017, 6, 1))
    head.delete(f"{came.path}/pauses/by_decision")
    before = everything(desk_door)
    refused = post(head, came, "pauses", name="by_decision", reason="Siempre.")
    assert (refused.json()["code"], refused.json()["params"]) == (
        "pause_spent",
        {"kind": "complaint", "pause": "by_decision", "total": 120, "each": 60, "spent": 120},
    )
    assert everything(desk_door) == before


def test_a_question_to_her_pauses_and_other_pauses_begin_by_their_own_move(desk_door: DeskDoor):
    came, head = come(desk_door.stage), desk_door.client("head")
    read_and_acknowledge(head, came)
    assert post(head, came, "pauses", name="awaiting_complainant", reason="¿Qué día fue?").status_code == 201
    assert [one["id"] for one in head.get("/v1/queue").json()["waiting_for_her"]] == [str(came.id)]
    assert head.delete(f"{came.path}/pauses/awaiting_complainant").status_code == 200
    before = everything(desk_door)
    for name, code in (
        ("awaiting_consent", "pause_needs_more"),
        ("awaiting_third_party", "pause_needs_more"),
        ("for_ever", "unknown_pause"),
    ):
        assert post(head, came, "pauses", name=name, reason="x").json()["code"] == code
    assert head.delete(f"{came.path}/pauses/awaiting_consent").json()["code"] == "pause_not_ours"
    assert head.delete(f"{came.path}/pauses/by_decision").json()["code"] == "move_refused"
    assert post(desk_door.client("alternate"), came, "pauses", name="by_decision", reason="x").status_code == 403
    assert everything(desk_door) == before
