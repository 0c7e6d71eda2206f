"""Asking who somebody is and answering, through the doors: JSON, pages, and what SQL alone would let anybody do."""

import secrets
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import errors
from starlette.testclient import TestClient

from api.asking import DESK_COOKIE
from tests.api.test_page_bridge import PAGE, form
from tests.fixtures.apps import desk_app, intake_app
from tests.fixtures.coming_back import browser as her_browser
from tests.fixtures.coming_back import here
from tests.fixtures.custody import NAME, WORDS
from tests.fixtures.desk_door import DeskDoor, come
from tests.fixtures.intake_door import IntakeDoor
from tests.fixtures.ombuds_office import OmbudsStage
from tests.fixtures.visitors import on_rung

REQUESTS = "/v1/identity-requests"
ASKED = {"why": "conflict_check", "words": WORDS}


def seen_by(door: DeskDoor, who: str) -> TestClient:
    """Somebody signed in by cookie, as a browser is."""
    client = door.client(who)
    token = client.headers.pop("authorization").partition(" ")[2]
    client.headers.update(PAGE)
    client.cookies.set(DESK_COOKIE, token)
    return client


def test_a_request_goes_its_way_and_each_change_that_comes_again_is_one(guarded_office: OmbudsStage):
    stage, door = guarded_office, DeskDoor(guarded_office, desk_app(guarded_office.desk))
    came = come(stage, identity=NAME)
    handler = on_rung(stage, came.id, 0)
    head, keeper = door.client(handler), door.client("keeper")
    shut = head.get(f"{came.path}/identity")
    assert (shut.status_code, shut.json()["code"]) == (403, "identity_not_yours")
    again = {"Idempotency-Key": secrets.token_urlsafe(16)}
    asked = [head.post(f"{came.path}/identity/requests", json=ASKED, headers=again) for _ in range(2)]
    assert [one.status_code for one in asked] == [201, 201], asked[0].text
    assert asked[0].content == asked[1].content
    second = head.post(f"{came.path}/identity/requests", json=ASKED)
    assert (second.status_code, second.json()["code"]) == (409, "identity_asked_already")
    strange = head.post(f"{came.path}/identity/requests", json=ASKED | {"why": "curiosity"})
    assert (strange.status_code, strange.json()["code"]) == (422, "not_in_list")
    told = keeper.get(REQUESTS).json()
    (one,) = told["requests"]
    assert (one["reason"]["words"], one["status"], one["number"]) == (WORDS, "waiting", one["id"][:8].upper())
    assert str(came.id) not in str(told)
    assert (keeper.get("/v1/queue").status_code, keeper.get(came.path).status_code) == (200, 404)
    for method, path, body in (("post", f"{REQUESTS}/{uuid4()}/approval", None), ("post", f"{REQUESTS}/{uuid4()}/refusal", {})):
        assert keeper.request(method, path, json=body).status_code == 404
    again = {"Idempotency-Key": secrets.token_urlsafe(16)}
    agreed = [keeper.post(f"{REQUESTS}/{one['id']}/approval", headers=again) for _ in range(2)]
    assert [(answer.status_code, answer.json()) for answer in agreed] == [(200, {"until": "2016-09-15"})] * 2
    assert head.get(f"{came.path}/identity").json() == {"identity": NAME}
    listed = head.get(f"{came.path}/identity/requests").json()
    assert (listed["open_now"], listed["custodians"], listed["requests"][0]["opened_on"]) == (True, ["Keeper"], ["2016-09-01"])


def test_the_pages_of_both_doors_say_who_can_open_it_and_lead_through_a_request(guarded_office: OmbudsStage):
    stage, door = guarded_office, DeskDoor(guarded_office, desk_app(guarded_office.desk))
    intake = IntakeDoor(stage, intake_app(stage.intake))
    writing = intake.client.get("/b", headers=PAGE).text
    assert "One of these people must agree first, each time, for at most 14 days: Keeper." in writing
    assert str(stage.people["keeper"]) in writing, "she can tick a custodian, too"
    filed = intake.file(identity=NAME)
    assert any("only if one of these people agrees" in line for line in filed.json()["notice"])
    words, (case,) = " ".join(filed.json()["receipt"]), [row[0] for row in stage.rows("SELECT id FROM matter")]
    handler = on_rung(stage, UUID(str(case)), 0)
    page, place = seen_by(door, handler), f"/complaints/{case}/identity"
    shut = page.get(place).text
    assert "Nobody has let you see who this person is." in shut
    assert NAME not in shut
    to = f"/act/v1/complaints/{case}/identity/requests"
    assert page.post(to, data=form(shut, to) | ASKED).status_code == 303
    assert "It can be answered until 11 September 2016." in page.get(place).text
    desk = seen_by(door, "keeper")
    shown = desk.get("/identity").text
    assert WORDS in shown
    assert str(case) not in shown
    assert 'href="/identity"' in desk.get("/").text
    assert 'href="/identity"' not in page.get("/").text
    assert 'href="/contacts"' not in desk.get("/").text
    one = str(stage.rows("SELECT id FROM identity_request")[0][0])
    no = f"/act{REQUESTS}/{one}/refusal"
    blank = desk.post(no, data=form(shown, no) | {"why": "too_wide", "words": " "})
    assert blank.status_code == 422
    assert desk.post(no, data=form(shown, no) | {"why": "too_wide", "words": "Ask her."}).status_code == 303
    assert "Keeper said no on 1 September 2016." in desk.get("/identity").text
    assert "Ask her." in page.get(place).text
    mine = here(her_browser(intake, words)).text
    for line in ("asked to see who you are: to check whether somebody here knows you.", "Keeper said no."):
        assert line in mine
    assert "Ask her." not in mine
    told = intake.get(words).json()
    assert (told["custodians"], len(told["identity"])) == (["Keeper"], 2)


def test_a_house_without_a_custodian_refuses_by_name_at_every_route(desk_door: DeskDoor):
    came = come(desk_door.stage, identity=NAME)
    head = desk_door.client(on_rung(desk_door.stage, came.id, 0))
    for answer in (head.get(REQUESTS), head.post(f"{came.path}/identity/requests", json=ASKED)):
        assert (answer.status_code, answer.json()["code"]) == (409, "no_custodian")
    assert head.post(f"{REQUESTS}/{uuid4()}/approval").status_code == 404
    listed = head.get(f"{came.path}/identity/requests").json()
    assert listed == {"given": True, "custodians": None, "open_now": True, "reasons": [], "requests": []}
    assert head.get(f"{came.path}/identity").json() == {"identity": NAME}
    assert NAME in seen_by(desk_door, on_rung(desk_door.stage, came.id, 0)).get(f"/complaints/{came.id}/identity").text


def test_by_sql_alone_a_seat_answers_nothing_and_a_custodian_reaches_no_case(guarded_office: OmbudsStage):
    stage, door = guarded_office, DeskDoor(guarded_office, desk_app(guarded_office.desk))
    came, apart = come(stage, identity=NAME), come(stage, identity=NAME, excluded=("keeper",))
    handler = on_rung(stage, came.id, 0)
    for one in (came, apart):
        who = on_rung(stage, one.id, 0)
        assert door.client(who).post(f"{one.path}/identity/requests", json=ASKED).status_code == 201
    me, keeper = str(stage.people[handler]), str(stage.people["keeper"])
    with psycopg.connect(stage.database.url("ombuds_desk").replace("+psycopg", "", 1)) as desk:
        desk.execute("SELECT set_config('amparo.person', %s, false)", (keeper,))
        for table in ("matter", "seat", "epoch", "sealed_text", "sealed_identity", "event", "receipt"):
            assert desk.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table  # type: ignore[arg-type]  our own names
        for table in ("identity_request", "sealed_identity_words"):
            assert desk.execute(f"SELECT DISTINCT matter_id FROM {table}").fetchall() == [(came.id,)]  # type: ignore[arg-type]  as above
        desk.commit()
        answering = "UPDATE identity_request SET status = 'approved', until_on = '2030-01-01', answered_by = %s"
        granting = (
            "INSERT INTO sealed_identity_grant SELECT id, identity_id, matter_id, %s, 1, '2030-01-01', '' FROM identity_request"
        )
        admitting = "UPDATE sealed_identity_copy SET key_sealed = '' WHERE holder = 'custodian' AND person_id = %s"
        for person, statement, told in (
            (me, answering, keeper), (me, granting, me), (keeper, granting, keeper), (keeper, answering, me)
        ):  # fmt: skip
            desk.execute("SELECT set_config('amparo.person', %s, true)", (person,))
            with pytest.raises(errors.InsufficientPrivilege, match="row-level security"):
                desk.execute(statement, (told,))
            desk.rollback()
        for person in (me, keeper):
            desk.execute("SELECT set_config('amparo.person', %s, true)", (person,))
            assert desk.execute(admitting, (keeper,)).rowcount == 0
            desk.rollback()
