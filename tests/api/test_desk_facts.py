"""What is said of a case in codes: over HTTP on a real database as ombuds_desk."""

import re
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from tests.api.test_page_bridge import browser
from tests.fixtures.counting import cells, counts_of
from tests.fixtures.desk_door import Came, DeskDoor, come

pytest_plugins = ("tests.fixtures.desk_door",)

SAID = {"station": "CR", "personnel": "consultant", "about": "head", "issues": ["2h", "4J", "2H"]}
KEPT = ("case_facts", "case_issue", "case_spell", "matter", "ledger_entry")


def everything(door: DeskDoor) -> list[object]:
    return [door.stage.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in KEPT]


def say(client: TestClient, came: Came, **said: object) -> int:
    answer = client.put(f"{came.path}/facts", json=said)
    assert answer.status_code == 200, answer.text
    return int(answer.json()["version"])


def subject(door: DeskDoor, came: Came) -> object:
    return door.stage.rows("SELECT subject FROM case_facts WHERE matter_id = :m", m=came.id)[0][0]


def test_what_was_said_is_shown_in_the_language_asked_for_and_can_be_said_anew(desk_door: DeskDoor):
    came, head = come(desk_door.stage), desk_door.client("head")
    nothing = head.get(f"{came.path}/facts")
    assert nothing.json() == {
        "station": None, "personnel": None, "about": "unknown", "issues": [], "on": None, "same_head": [],
    }  # fmt: skip
    version = say(head, came, **SAID)
    shown = head.get(f"{came.path}/facts", headers={"Accept-Language": "fr"})
    assert shown.headers["etag"] == f'"{version}"'
    assert [one["code"] for one in shown.json()["issues"]] == ["2H", "4J"]
    assert shown.json()["issues"][0]["label"] == "Représailles"
    assert (shown.json()["station"], shown.json()["on"]) == ("CR", "2016-09-01")
    say(head, came, about="nobody", issues=["9E"])
    again = head.get(f"{came.path}/facts").json()
    assert ([one["code"] for one in again["issues"]], again["station"], again["about"]) == (["9E"], None, "nobody")
    ledger = desk_door.stage.rows("SELECT body FROM ledger_entry WHERE body IS NOT NULL")
    assert sum("complaint.classified" in str(row) for row in ledger) == 2
    assert not any(code in str(ledger) for code in ("consultant", "2H", "9E"))


def test_cases_about_one_head_share_a_tag_that_is_never_shown(desk_door: DeskDoor):
    first, second, third = (come(desk_door.stage) for _ in range(3))
    head = desk_door.client("head")
    say(head, first, about="head")
    tag = subject(desk_door, first)
    say(head, second, about="head", same_as=str(first.id))
    say(head, third, about="head")
    assert subject(desk_door, second) == tag != subject(desk_door, third)
    say(head, first, about="head", station="CR")
    assert subject(desk_door, first) == tag, "what is said anew is about the same head as before"
    shown = head.get(f"{first.path}/facts")
    assert shown.json()["same_head"] == [str(second.id)]
    assert str(tag) not in shown.text
    say(head, first, about="head", another=True)
    assert subject(desk_door, first) not in (tag, None)
    assert head.get(f"{second.path}/facts").json()["same_head"] == []


def test_another_case_counts_only_with_a_seat_in_it(desk_door: DeskDoor):
    hers, closed_to_her = come(desk_door.stage), come(desk_door.stage, excluded=("head",))
    alternate, head = desk_door.client("alternate"), desk_door.client("head")
    say(alternate, closed_to_her, about="head")
    say(alternate, hers, about="head", same_as=str(closed_to_her.id))
    assert head.get(f"{hers.path}/facts").json()["same_head"] == []
    assert len(alternate.get(f"{hers.path}/facts").json()["same_head"]) == 1
    before = everything(desk_door)
    hidden = [head.put(f"{hers.path}/facts", json={"about": "head", "same_as": str(one)}) for one in (closed_to_her.id, uuid4())]
    assert {answer.status_code for answer in hidden} == {404}
    assert hidden[0].content == hidden[1].content
    assert head.put(f"{closed_to_her.path}/facts", json=SAID).status_code == 404
    assert head.get(f"{closed_to_her.path}/facts").status_code == 404
    assert everything(desk_door) == before


@pytest.mark.parametrize(
    ("wrong", "status", "code"),
    [
        ({"station": "XX"}, 422, "unknown_station"),
        ({"personnel": "page"}, 422, "unknown_personnel"),
        ({"issues": ["2H", "2Z"]}, 422, "no_such_issue"),
        ({"about": "nobody", "same_as": "other"}, 422, "head_contradicted"),
        ({"same_as": "other", "another": True}, 422, "head_contradicted"),
        ({"same_as": "other"}, 409, "no_head_there"),
        ({"text": "Her boss."}, 422, "invalid"),
    ],
    ids=lambda one: one if isinstance(one, str) else None,
)
def test_what_no_list_knows_is_refused_and_nothing_is_written(
    desk_door: DeskDoor, wrong: dict[str, object], status: int, code: str
):
    came, other, head = come(desk_door.stage), come(desk_door.stage), desk_door.client("head")
    say(head, other, about="nobody")
    before = everything(desk_door)
    told = SAID | {name: str(other.id) if value == "other" else value for name, value in wrong.items()}
    for language in ("en", "es", "pt", "fr"):
        answer = head.put(f"{came.path}/facts", json=told, headers={"Accept-Language": language})
        assert (answer.status_code, answer.json()["code"]) == (status, code)
        assert answer.headers["content-language"] == language
    assert everything(desk_door) == before


def test_of_two_who_speak_at_once_one_is_told_and_a_repeated_request_says_it_once(desk_door: DeskDoor):
    came, head = come(desk_door.stage), desk_door.client("head")
    version = head.get(f"{came.path}/facts").headers["etag"]
    repeat = {"If-Match": version, "Idempotency-Key": "0123456789abcdef0123456789abcdef"}
    answers = [head.put(f"{came.path}/facts", json=SAID, headers=repeat) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    assert desk_door.stage.rows("SELECT version FROM case_facts") == [(1,)]
    before = everything(desk_door)
    late = desk_door.client("alternate").put(f"{came.path}/facts", json={"about": "nobody"}, headers={"If-Match": version})
    assert (late.status_code, late.json()["code"]) == (412, "stale_version")
    assert everything(desk_door) == before


def test_what_is_still_to_be_said_is_counted_for_each_by_their_own_seats(desk_door: DeskDoor):
    stage = desk_door.stage
    one, two, hidden = come(stage), come(stage), come(stage, excluded=("head",))
    come(stage, "consultation")
    head, alternate = desk_door.client("head"), desk_door.client("alternate")
    assert head.get("/v1/facts/missing").json() == {"count": 2, "cases": sorted([str(one.id), str(two.id)])}
    assert alternate.get("/v1/facts/missing").json()["count"] == 3
    reader = browser(desk_door, "head")
    listed = reader.get("/missing").text
    assert set(re.findall(r'href="(/complaints/[^"]*/codes)"', listed)) == {f"/complaints/{came.id}/codes" for came in (one, two)}
    assert str(hidden.id)[:8] not in listed
    assert 'href="/missing"' in reader.get("/reports").text
    say(head, one, **SAID)
    assert f"/complaints/{one.id}/codes" not in reader.get("/missing").text
    codes, page = (reader.get(f"/complaints/{one.id}{tail}", headers={"Accept-Language": "fr"}).text for tail in ("/codes", ""))
    assert '<option value="CR" selected>Costa Rica</option>' in codes, "a place, not its code"
    assert re.search(r">BB</option>|>US-DC</option>", codes) is None
    assert "<dd>Costa Rica</dd>" in page
    say(head, two, about="nobody")
    assert "Nothing is missing" in reader.get("/missing").text
    say(head, two, about="unknown")
    assert head.get("/v1/facts/missing").json()["cases"] == [str(two.id)]
    assert str(hidden.id) in alternate.get("/v1/facts/missing").json()["cases"]
    choices = head.get("/v1/facts/choices").json()
    assert (len(choices["issues"]), "CR" in choices["stations"], "staff" in choices["personnel"]) == (87, True, True)
    assert cells(counts_of(stage).table("received")) == {("formal",): 2}


def test_of_a_conversation_and_a_recommendation_nothing_can_be_said(desk_door: DeskDoor):
    talk = come(desk_door.stage, "consultation")
    answer = desk_door.client("head").put(f"/v1/consultations/{talk.id}/facts", json=SAID)
    assert answer.status_code == 404
    assert desk_door.stage.rows("SELECT count(*) FROM case_facts") == [(0,)]
