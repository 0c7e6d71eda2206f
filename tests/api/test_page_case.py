"""The page of one matter at the desk: everything on it, for who has a seat, with every word of hers escaped and in its place."""

import re
from datetime import date
from io import BytesIO
from uuid import uuid4

from PIL import Image
from pydantic import SecretStr
from starlette.testclient import TestClient

from actions.kinds.complaint_acts import Consenting
from actions.kinds.sealed import Told
from api.armour import PAGE_POLICY
from tests.api.test_page_bridge import browser, form
from tests.fixtures.desk_door import Came, DeskDoor, come, send_file, she
from tests.fixtures.visitors import REFERRAL
from web.messages import LANGUAGES

pytest_plugins = ("tests.fixtures.desk_door",)

HOSTILE = "<script>alert(1)</script> \"'><img src=x> {{ 7*7 }} \u202edrow"


def page_of(came: Came, kind: str = "complaint") -> str:
    return f"/{kind}s/{came.id}"


def move(client: TestClient, came: Came, trigger: str, **payload: object) -> None:
    done = client.post(f"{came.path}/moves", json={"trigger": trigger, "payload": payload})
    assert done.status_code == 200, done.text


def title_of(page: str) -> str:
    return re.findall(r"<title>(.*?)</title>", page)[0]


def test_everything_about_a_matter_stands_on_one_page(desk_door: DeskDoor):
    stage = desk_door.stage
    came = come(stage, about="María García", identity="Ana", must_not_see="el primo", excluded=("officer_b",))
    head, client = desk_door.client("head"), browser(desk_door, "head")
    head.get(came.path)
    move(head, came, "acknowledge", text="Lo hemos leído.")
    move(head, came, "screen")
    she(stage, came, "message", Told(text=SecretStr("¿Hay alguien?")))
    move(head, came, "ask_consent", to="Recursos Humanos", text="Pedir los horarios.", **REFERRAL)
    file = send_file(stage, came, "acta.txt", b"plain")
    page = client.get(page_of(came))
    assert page.status_code == 200
    assert page.headers["content-security-policy"] == PAGE_POLICY
    for shown in (
        "Being looked at first",  # the stage
        "Deciding whether we take it up",  # a clock, and why that day
        "is day zero",
        "Mi jefe me grita",
        "Lo hemos leído.",
        "¿Hay alguien?",
        "María García",
        "el primo",
        "Officer B",  # whom she locked out
        "Recursos Humanos",
        "Pedir los horarios.",
        "Waiting for a yes or no",
        "acta.txt",
        f"/v1/complaints/{came.id}/files/{file}/cleaned",
        "Alternate",  # who can open it
        "can see it; nothing else changed",
        "waiting for her yes or no",  # a pause
        "It is under way, so nothing of it is destroyed.",
        "Official complaint made",  # its history
    ):
        assert shown in page.text, shown
    assert "Ana" not in page.text
    assert "/identity" in page.text
    assert "garcia" not in title_of(page.text).lower()
    assert stage.rows("SELECT DISTINCT p.name FROM read_log r JOIN person p ON p.id = r.person_id") == [("Head",)]


def test_without_a_seat_every_page_of_it_is_that_of_an_id_that_never_was(desk_door: DeskDoor):
    came = come(desk_door.stage, excluded=("head",), identity="Ana")
    file = send_file(desk_door.stage, came, "acta.txt", b"plain")
    client = browser(desk_door, "head")
    for tail in ("", "/identity", f"/files/{file}"):
        mine, never = client.get(page_of(came) + tail), client.get(f"/complaints/{uuid4()}{tail}")
        assert (mine.status_code, never.status_code) == (404, 404)
        assert mine.text.replace(str(came.id), "") == re.sub(r"/complaints/[0-9a-f-]{36}", "/complaints/", never.text)
    assert client.get("/complaints/no-id").status_code == 404
    assert client.get(f"/consultations/{came.id}").status_code == 404


def test_hostile_words_stay_words_and_stand_in_no_title_and_no_address_s19(desk_door: DeskDoor):
    stage = desk_door.stage
    came, head = come(stage, statement=HOSTILE, about=HOSTILE, must_not_see=HOSTILE, identity=HOSTILE), desk_door.client("head")
    head.get(came.path)
    move(head, came, "acknowledge")
    move(head, came, "ask_consent", to=HOSTILE, text=HOSTILE, **REFERRAL)
    send_file(stage, came, HOSTILE, HOSTILE.encode())
    client = browser(desk_door, "head")
    (file,) = re.findall(rf'href="(/complaints/{came.id}/files/[0-9a-f-]+)"', client.get(page_of(came)).text)
    for address in (page_of(came), f"{page_of(came)}/identity", file):
        page = client.get(address).text
        assert "<script" not in page, address
        assert "<img src=x" not in page, address
        assert "49" not in page or "{{ 7*7 }}" in page
        assert "&lt;script&gt;" in page, address
        assert "alert" not in title_of(page)
        assert "alert" not in "".join(re.findall(r'(?:href|action|src)="([^"]*)"', page))
    (consent,) = head.get(came.path).json()["consents"]
    she(stage, came, "consent", Consenting(consent=consent["id"]))
    shown = client.get(page_of(came)).text
    assert "<script" not in shown  # as a consent to choose from


def test_who_she_is_opens_by_a_page_of_its_own_and_is_written_down_s44(desk_door: DeskDoor):
    came, silent = come(desk_door.stage, identity="Ana Núñez"), come(desk_door.stage)
    client = browser(desk_door, "head")
    assert "the person sees that it was opened" in client.get(page_of(came)).text
    assert "the person sees that it was opened" not in client.get(page_of(silent)).text
    count = "SELECT count(*) FROM ledger_entry WHERE body LIKE '%identity_opened%'"
    assert desk_door.stage.rows(count) == [(0,)]
    assert "Ana Núñez" in client.get(f"{page_of(came)}/identity").text
    assert desk_door.stage.rows(count) == [(1,)]
    assert "did not say who they are" in client.get(f"{page_of(silent)}/identity").text


def test_a_picture_and_a_text_are_looked_at_in_their_place_and_nothing_else_s09(desk_door: DeskDoor):
    came, client = come(desk_door.stage), browser(desk_door, "head")
    drawn = BytesIO()
    Image.new("RGB", (4, 4), "red").save(drawn, "PNG")
    pages = {
        name: client.get(f"{page_of(came)}/files/{send_file(desk_door.stage, came, name, content)}").text
        for name, content in (("a.html", b"<b>bold</b>"), ("b.exe", drawn.getvalue()), ("c.pdf", b"%PDF-1.4\x00\x01"))
    }
    assert re.search(r'<img class="file" src="/v1/complaints/[^"]+/picture"', pages["b.exe"])
    assert "&lt;b&gt;bold&lt;/b&gt;" in pages["a.html"]
    assert "neither a picture nor a plain text" in pages["c.pdf"]


def test_it_is_told_in_the_readers_language_and_her_words_in_hers(desk_door: DeskDoor):
    came, client = come(desk_door.stage), browser(desk_door, "head")
    for lang in LANGUAGES:
        page = client.get(f"{page_of(came)}?lang={lang}").text
        assert f'<html lang="{lang}">' in page
        assert re.search(r'<div class="body" lang="es"><p>Mi jefe', page)
        assert "case." not in re.sub(r"<[^>]*>", " ", page)


def test_earlier_matters_are_searched_from_the_case_and_the_name_stands_in_no_address(desk_door: DeskDoor):
    before, came = (come(desk_door.stage, about="María García") for _ in range(2))
    client = browser(desk_door, "head")
    fields = form(client.get(page_of(came)).text, "/earlier")
    found = client.post("/earlier", data=fields | {"about": "garcia"})
    assert found.status_code == 200
    assert f"/complaints/{before.id}" in found.text
    assert str(found.url) == "https://desk.invalid/earlier"
    assert desk_door.stage.rows("SELECT sum(count) FROM search_log") == [(1,)]


def test_a_damaged_text_is_told_and_stops_nothing(desk_door: DeskDoor):
    came = come(desk_door.stage)
    with desk_door.stage.owner.begin() as connection:
        connection.exec_driver_sql("UPDATE sealed_text SET sealed = sealed || '\\x00'::bytea WHERE slot = 'statement'")
    page = browser(desk_door, "head").get(page_of(came))
    assert page.status_code == 200
    assert "was damaged and cannot be opened" in page.text


def test_what_is_late_is_told_in_words_and_how_it_was_excused(desk_door: DeskDoor):
    came, head = come(desk_door.stage), desk_door.client("head")
    head.get(came.path)
    move(head, came, "acknowledge")
    told = {"rule": "screening", "authority": "art. 4", "reason": "x", "until": "2016-09-30"}
    assert head.post(f"{came.path}/waivers", json=told).status_code == 201
    desk_door.stage.to_day(date(2016, 9, 29))
    page = browser(desk_door, "head").get(page_of(came)).text
    assert re.search(r"late by \d+ days", page)
    assert "excused on 1 September 2016 that it is late, through 30 September 2016" in page


def test_a_talk_and_a_recommendation_have_the_same_page(desk_door: DeskDoor):
    stage = desk_door.stage
    talk, came = come(stage, "consultation"), come(stage)
    head, client = desk_door.client("head"), browser(desk_door, "head")
    handler = next(who for who in stage.callers if desk_door.client(who).get(f"/v1/consultations/{talk.id}").status_code == 200)
    page = browser(desk_door, handler).get(page_of(talk, "consultation"))
    assert page.status_code == 200
    assert "Start talking" in page.text
    assert "has to be told first that this is not an official complaint" in page.text
    head.get(came.path)
    for trigger, payload in (("acknowledge", {}), ("screen", {}), ("inquire", {}), ("draft", {"text": "x"})):
        move(head, came, trigger, **payload)
    move(head, came, "conclude_without_names", text="y", names_nobody=True)
    move(head, came, "recommend", to="SG", text="Rotar los turnos.")
    (tie,) = head.get(came.path).json()["ties"]
    assert f"/recommendations/{tie['id']}" in client.get(page_of(came)).text
    page = client.get(f"/recommendations/{tie['id']}").text
    assert "Rotar los turnos." in page
    assert "To: SG" in page
    assert "has to agree first: to exactly this text" in page
    assert f"/complaints/{came.id}" in page
    assert form(page, f"/act/v1/recommendations/{tie['id']}/moves")["trigger"] == "revise"
