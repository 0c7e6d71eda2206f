"""Several people, one matter, at the intake's door: as JSON and with a browser; and what the desk sees of them."""

import re

from tests.fixtures.coming_back import PAGE, browser, forms, here
from tests.fixtures.desk_door import DeskDoor
from tests.fixtures.intake_door import STATEMENT, IntakeDoor
from tests.fixtures.visitors import REFERRAL, at_desk, on_rung, opened_by

CODE = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){4}")
KEY = {"Idempotency-Key": "0123456789abcdef0123456789abcdef"}


def looked(door: IntakeDoor, code: str) -> object:
    return door.client.post("/v1/joining/look", json={"code": code})


def test_a_group_by_json_from_the_code_to_leaving(intake_door: IntakeDoor):
    door = intake_door
    filed = door.file(comes="with_others")
    words = " ".join(filed.json()["receipt"])
    assert "each person who comes with you" in " ".join(filed.json()["notice"])
    made = door.post(words, "codes", {}, **KEY)
    assert made.status_code == 201, made.text
    assert made.json()["part"] == "own"
    code = made.json()["code"]
    assert CODE.fullmatch(code)
    assert door.post(words, "codes", {}, **KEY).json()["code"] == code
    found = looked(door, code)
    assert found.status_code == 200, found.text
    assert [line["text"] for line in found.json()["messages"]] == [STATEMENT]
    assert any("only if each of you agrees" in line for line in found.json()["notice"])
    body = {"code": code, "language": "en", "agrees": True, "statement": "Mine, too.", "identity": "Bea"}
    key = {"Idempotency-Key": "abcdef0123456789abcdef0123456789"}
    joined = door.client.post("/v1/joining", json=body, headers=key)
    assert joined.status_code == 201, joined.text
    assert door.client.post("/v1/joining", json=body, headers=key).json() == joined.json()
    theirs = " ".join(joined.json()["receipt"])
    standing = door.get(theirs).json()
    assert standing["together"] == {"number": 2, "part": "own", "people": 2, "codes": []}
    assert [(line["person"], line["mine"]) for line in standing["messages"]] == [(1, False), (2, True)]
    assert words not in str(standing)
    assert "Bea" not in door.get(words).text
    for wrong in (code, "no code", words):
        refused, none = looked(door, wrong), looked(door, "")
        assert (refused.status_code, refused.json()["code"], refused.json()["detail"]) == (
            404,
            "code_unknown",
            none.json()["detail"],
        )
    for trigger in ("join", "invite"):
        refused = door.post(theirs, "moves", {"trigger": trigger})
        assert refused.status_code == 409, refused.text
    left = door.post(theirs, "moves", {"trigger": "leave_group", "payload": {"forget": True}})
    assert left.status_code == 200, left.text
    assert door.get(theirs).status_code == 404
    assert [line["text"] for line in door.get(words).json()["messages"]] == [STATEMENT]
    refused = door.file(track="consultation", comes="with_others")
    assert (refused.status_code, refused.json()["code"]) == (422, "only_alone")


def test_a_group_with_a_browser(intake_door: IntakeDoor):
    door = intake_door
    words = door.words(comes="with_others")
    first = browser(door, words)
    assert 'href="/here/code' in here(first).text
    before = first.get("/here/code")
    assert "Whoever joins reads everything that is shared here" in before.text
    fields = dict(re.findall(r'name="(_[a-z]+)" value="([^"]*)"', before.text))
    made = first.post("/here/code", data=fields)
    assert made.status_code == 201, made.text
    (code,) = CODE.findall(made.text)
    assert code not in here(first).text
    second = browser(door)
    wrong = second.post("/c", data={"lang": "en", "code": "AAAA"})
    assert (wrong.status_code, STATEMENT in wrong.text) == (404, False)
    looking = second.post("/c", data={"lang": "en", "code": code})
    assert looking.status_code == 200, looking.text
    assert STATEMENT in looking.text
    told = dict(re.findall(r'name="(code|key|lang)" value="([^"]*)"', looking.text))
    refused = second.post("/c", data=told | {"go": "join", "statement": "Mine, too."})
    assert refused.status_code == 409, refused.text
    assert "Mine, too." in refused.text
    sheet = second.post("/c", data=told | {"go": "join", "statement": "Mine, too.", "agrees": "true"})
    assert sheet.status_code == 201, sheet.text
    late = second.post("/c", data=told | {"key": "00" * 16, "go": "join", "statement": "Typed in vain?", "agrees": "true"})
    assert (late.status_code, late.text.count('role="alert"')) == (404, 1), "the code was used in between"
    assert "Typed in vain?" in late.text
    theirs = " ".join(re.findall(r"<li>([^<]+)</li>", sheet.text)[:12])
    back = browser(door, theirs)
    page = here(back).text
    assert "Written by the first person" in page
    assert "/here/stop?way=e" in page.replace("lang=en&amp;", "")
    way = back.get("/here/stop", params={"way": "e"})
    assert "Your words lead nowhere from then on" in way.text
    gone = back.post("/act/v1/complaint/moves", data=forms(way.text, "leave_group"))
    assert gone.status_code == 303, gone.text
    assert "You have left" in back.get(gone.headers["location"]).text
    assert back.get("/here").status_code == 404
    assert "Mine, too." in here(first).text


def test_a_browser_says_yes_and_is_told_that_others_are_asked(intake_door: IntakeDoor):
    door = intake_door
    words = door.words()
    code = door.post(words, "codes", {}).json()["code"]
    joined = door.client.post("/v1/joining", json={"code": code, "language": "es", "agrees": True})
    theirs = " ".join(joined.json()["receipt"])
    (matter,) = door.stage.rows("SELECT id FROM matter")[0]
    handler = on_rung(door.stage, matter, 0)
    opened_by(door.stage, handler, matter)
    at_desk(door.stage, handler, matter, "acknowledge")
    at_desk(door.stage, handler, matter, "ask_consent", to="A", text="This.", **REFERRAL)
    first = browser(door, words)
    page = here(first).text
    assert "Nobody learns from us who said no" in page
    sent = first.post("/act/v1/complaint/moves", data=forms(page, "consent"))
    assert sent.status_code == 303, sent.text
    after = here(first).text
    assert "You can still say no" in after
    assert forms(after, "refuse_consent")["payload.consent"]
    (consent,) = door.get(theirs).json()["consents"]
    assert consent["status"] == "asked"
    assert door.post(theirs, "moves", {"trigger": "consent", "payload": {"consent": consent["id"]}}).status_code == 200
    assert [one["status"] for one in door.get(words).json()["consents"]] == ["given"]


def test_at_the_desk_a_number_stands_for_each(intake_door: IntakeDoor, desk_door: DeskDoor):
    door = intake_door
    words = door.words(comes="for_another", identity="A friend")
    code = door.post(words, "codes", {}).json()["code"]
    body = {"code": code, "language": "en", "agrees": True, "identity": "Herself", "statement": "It was so."}
    assert door.client.post("/v1/joining", json=body).status_code == 201
    (matter,) = door.stage.rows("SELECT id FROM matter")[0]
    head = desk_door.client("head")
    opened = head.get(f"/v1/complaints/{matter}").json()
    assert [(one["number"], one["part"], one["here"]) for one in opened["people"]] == [
        (1, "for_another", True),
        (2, "concerned", True),
    ]
    assert "A friend" not in str(opened)
    for number, name in ((1, "A friend"), (2, "Herself"), (3, None)):
        told = head.get(f"/v1/complaints/{matter}/identity", params={"person": number})
        assert told.json() == {"identity": name}
    page = head.get(f"/complaints/{matter}", headers=PAGE).text
    assert "the second person: the person it is about" in page
    assert "Written by the second person" in page
    assert "Herself" not in page
