"""Somebody on the phone: asked, typed, read back, agreed, dictated; at first return new words before anything else. No e-mail."""

import re
from html import unescape
from typing import Any

from starlette.testclient import TestClient

from api.contract import declared
from tests.api.test_page_bridge import form
from tests.fixtures import coming_back
from tests.fixtures.desk_door import DeskDoor
from tests.fixtures.intake_door import IntakeDoor, with_words
from tests.fixtures.sheets import Sheets, browser
from web.messages import LANGUAGES

pytest_plugins = ("tests.fixtures.desk_door", "tests.fixtures.intake_door")

STATEMENT = "Me gritan <b>cada</b> mañana.\n\nAyer también."
BODY: dict[str, Any] = {"track": "complaint", "language": "es", "statement": STATEMENT, "urgent": True}
EVERY_ACT: tuple[tuple[str, str, dict[str, Any] | None], ...] = (
    ("GET", "/v1/complaint", None),
    ("POST", "/v1/complaint/messages", {"text": "x"}),
    ("POST", "/v1/complaint/moves", {"trigger": "withdraw_forget", "payload": {}}),
    ("POST", "/v1/complaint/files", None),
    ("GET", "/v1/complaint/proof", None),
)


def kept(door: DeskDoor) -> list[Any]:
    return [door.stage.rows(f"SELECT count(*) FROM {table}") for table in ("matter", "sealed_text", "receipt", "idempotency")]


def one(page: str) -> dict[str, str]:
    """What the one form of a step sends untouched."""
    (found,) = (sheet for sheet in Sheets(page).forms if sheet.action == "/phoned")
    return found.sent


def dictated(page: str) -> str:
    return " ".join(unescape(word) for word in re.findall(r"<li>([^ <]+) <span", page))


def typed(door: DeskDoor, client: TestClient, **more: Any) -> tuple[dict[str, str], Any]:
    """The first page filled in, and the answer: what is to be read back."""
    asked = one(client.get("/phoned").text) | {"track": "complaint", "language": "es", "statement": STATEMENT} | more
    return asked, client.post("/phoned", data=asked | {"go": "look"})


def test_by_pages_it_is_read_back_corrected_agreed_and_dictated_and_nothing_is_kept_before(desk_door: DeskDoor):
    client, people = browser(desk_door, "head"), desk_door.stage.people
    before = kept(desk_door)
    asked, back = typed(desk_door, client, **{"must_not_see.ids": str(people["officer_a"]), "urgent": "true"})
    assert back.status_code == 200
    assert "Me gritan &lt;b&gt;cada&lt;/b&gt; mañana." in back.text
    assert "Yo, Head, escribo lo que usted dice." in back.text
    assert "Locked out: Officer A." in back.text
    assert "viernes, 2 de septiembre de 2016" in back.text
    corrected = client.post("/phoned", data=one(back.text) | {"go": "correct"})
    assert one(corrected.text)["statement"] == STATEMENT
    assert one(corrected.text)["key"] != asked["key"]
    refused = client.post("/phoned", data=one(back.text) | {"go": "file"})
    assert (refused.status_code, "You have not said that you read it" in unescape(refused.text)) == (409, True)
    assert kept(desk_door) == before
    agreed = one(refused.text) | {"go": "file", "agreed": "true"}
    words = client.post("/phoned", data=agreed)
    assert words.status_code == 200
    assert len(dictated(words.text).split()) == 12
    assert "Nadie" not in words.text.split("<ol class")[0]
    again = client.post("/phoned", data=agreed)
    assert dictated(again.text) == dictated(words.text)
    assert desk_door.stage.rows("SELECT count(*) FROM matter") == [(1,)]
    assert desk_door.stage.people["officer_a"] not in {row[0] for row in desk_door.stage.rows("SELECT person_id FROM seat")}


def test_who_must_not_see_it_cannot_type_it_and_the_page_forgets_what_was_typed(desk_door: DeskDoor):
    client, before = browser(desk_door, "officer_a"), kept(desk_door)
    me = str(desk_door.stage.people["officer_a"])
    _, stopped = typed(desk_door, client, **{"must_not_see.ids": me})
    assert stopped.status_code == 403
    assert "You must not see this" in stopped.text
    assert "Me gritan" not in stopped.text
    asked = BODY | {"must_not_see": {"ids": [me]}, "agreed_on": "2016-09-01"}
    filed = desk_door.client("officer_a").post("/v1/phoned", json=asked)
    assert (filed.status_code, filed.json()["code"]) == (403, "typist_must_not_see")
    assert "Me gritan" not in filed.text
    assert kept(desk_door) == before


def test_a_program_files_once_however_often_it_asks_and_only_what_was_agreed(desk_door: DeskDoor):
    client = desk_door.client("alternate")
    shown = client.post("/v1/phoned/check", json=BODY).json()
    assert (shown["readers"][0], shown["urgent_by"], shown["today"]) == ("Head", "2016-09-02", "2016-09-01")
    not_agreed = client.post("/v1/phoned", json=BODY)
    assert (not_agreed.status_code, not_agreed.json()["code"]) == (409, "not_agreed")
    assert desk_door.stage.rows("SELECT count(*) FROM matter") == [(0,)]
    key = {"Idempotency-Key": "ab" * 16}
    answers = [client.post("/v1/phoned", json=BODY | {"agreed_on": "2016-08-31"}, headers=key) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert desk_door.stage.rows("SELECT count(*) FROM matter") == [(1,)]
    other = desk_door.client("head").post("/v1/phoned", json=BODY | {"agreed_on": "2016-08-31"}, headers=key)
    assert other.json()["receipt"] != answers[0].json()["receipt"]


def test_dictated_words_open_one_page_and_refuse_every_other_act(desk_door: DeskDoor, intake_door: IntakeDoor):
    filed = desk_door.client("head").post("/v1/phoned", json=BODY | {"agreed_on": "2016-09-01"}).json()
    old = " ".join(filed["receipt"])
    for method, path, body in EVERY_ACT:
        answer = intake_door.client.request(method, path, json=body, headers=with_words(old) | {"X-File-Name": "x"})
        assert (answer.status_code, answer.json()["code"]) == (403, "words_must_change"), path
    client = coming_back.browser(intake_door)
    came = client.post("/back", data={"words": old})
    assert (came.status_code, came.headers["location"]) == (303, "/here/new")
    for page in ("/here", "/here/stop?way=c", "/here/more", "/here/proof"):
        assert client.get(page).headers["location"].startswith("/here/new"), page
    shown = client.get("/here/new")
    assert "Me gritan" not in shown.text
    assert {sheet.action for sheet in Sheets(shown.text).forms} == {"/here/words", "/leave"}
    sheet = client.post("/here/words", data=form(shown.text, "/here/words"))
    new = " ".join(re.findall(r"<li>([^<]+)</li>", sheet.text.split('class="twelve"')[1])[:12])
    assert sheet.status_code == 200
    page = client.get("/here")
    assert page.status_code == 200
    assert "Head escribió esto por usted" in page.text
    assert "Una persona mira si alguien está en peligro" in page.text
    for method, path, body in EVERY_ACT[:3]:
        dead = intake_door.client.request(method, path, json=body, headers=with_words(old))
        assert (dead.status_code, dead.json()["code"]) == (404, "words_unknown")
    assert intake_door.get(unescape(new)).status_code == 200


def test_the_form_asks_what_the_intake_asks_and_only_who_is_signed_in_sees_it(desk_door: DeskDoor, intake_door: IntakeDoor):
    asked = set(one(browser(desk_door, "head").get("/phoned").text)) - {"_csrf", "_page", "_form", "_lang", "key"}
    hers = {name for sheet in Sheets(intake_door.client.get("/b", headers=coming_back.PAGE).text).forms for name in sheet.sent}
    assert {name for name in hers if "." in name or name in ("statement", "identity")} <= asked
    stranger = desk_door.client()
    stranger.headers.update(coming_back.PAGE)
    assert stranger.get("/phoned").status_code == 401
    assert (
        stranger.post("/phoned", data={"go": "look", "track": "complaint", "language": "es", "statement": "x"}).status_code == 401
    )


def test_a_mail_is_answered_by_hand_in_every_language_and_never_taken_in(desk_door: DeskDoor):
    client = browser(desk_door, "officer_a")
    page = client.get("/phoned/mail").text
    assert [sheet for sheet in Sheets(page).forms if "phoned" in sheet.action] == []
    assert [f'id="m-{language}"' in page for language in LANGUAGES] == [True] * 4
    for said in ("E-mail is no safe way", "no es un camino seguro", "não é um caminho seguro", "n&#39;est pas un moyen sûr"):
        assert said in page
    assert [(method, path) for method, path, _, _ in declared(desk_door.app) if "mail" in path] == [("GET", "/phoned/mail")]
