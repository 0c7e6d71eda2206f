"""Is anyone in danger now? Whom to call, the honest hours, by when somebody looks; and the word at the desk, not a colour."""

from datetime import UTC, datetime

from tests.fixtures import coming_back
from tests.fixtures.coming_back import done, forms, here
from tests.fixtures.desk_door import DeskDoor
from tests.fixtures.intake_door import IntakeDoor
from tests.fixtures.sheets import browser

pytest_plugins = ("tests.fixtures.desk_door", "tests.fixtures.intake_door")
RECORD = {
    "reason": "He is at her door.",
    "to": "The police of the city",
    "text": "Go there, she is alone.",
    "told_first": False,
    "beforehand": "We had no safe number of hers.",
}


def test_the_page_says_whom_to_call_and_the_hours_as_they_are(intake_door: IntakeDoor):
    client = coming_back.browser(intake_door)
    assert "/danger?lang=en" in client.get("/").text.replace("&amp;", "&")
    page = client.get("/danger").text
    assert "Washington, D.C.: 911." in page
    assert "call the emergency number where you are" in page
    assert "from 09:00 to 17:30" in page
    assert "The next such day is Thursday, 1 September 2016." in page
    intake_door.stage.move_to(datetime(2016, 9, 2, 21, 31, tzinfo=UTC))  # Friday, a minute after closing; Monday is Labor Day
    assert "The next such day is Tuesday, 6 September 2016." in client.get("/danger").text
    told = client.get("/v1/office", headers={"accept": "application/json"}).json()
    assert told["hours"] | {"place": ""} == {
        "place": "",
        "opens": "09:00",
        "closes": "17:30",
        "next_on": "2016-09-06",
        "urgent_by": "2016-09-06",
    }
    assert told["danger"]["US-DC"] == "911"
    assert [code for code, number in told["danger"].items() if number is not None] == ["US-DC"]
    for write in ("/a", "/b"):
        form = client.get(write).text
        assert "Is anyone in danger now?" in form
        assert "can then see that one message is urgent" in form


def test_she_says_so_when_she_comes_or_later_and_it_is_said_at_the_desk_in_words(desk_door: DeskDoor, intake_door: IntakeDoor):
    filed = intake_door.file(urgent=True).json()
    assert filed["urgent_by"] == "2016-09-02"
    assert [line for line in filed["notice"] if "by Friday, 2 September 2016" in line and "harmed" in line]
    words = " ".join(intake_door.file().json()["receipt"])
    head = browser(desk_door, "head")
    page = head.get("/").text
    assert page.index('id="list-urgent"') < page.index('id="list-new_to_read"')
    assert page.count(">Urgent</span>") == 3  # first, new to read, owed this week
    client = coming_back.browser(intake_door, words)
    fields = forms(here(client).text, "raise_alarm")
    shown = done(client, coming_back.MOVES, fields | {"payload.text": "He comes tonight."}).text
    assert "Why somebody may be seriously harmed soon" in shown
    assert "A person looks whether somebody is in danger" in shown
    queue = desk_door.client("head").get("/v1/queue").json()
    assert len(queue["urgent"]) == 2
    assert head.get("/?list=urgent").status_code == 200


def test_what_left_without_her_yes_is_whole_and_she_reads_each_part(desk_door: DeskDoor, intake_door: IntakeDoor):
    words = " ".join(intake_door.file(urgent=True).json()["receipt"])
    head = desk_door.client("head")
    (one,) = head.get("/v1/queue").json()["urgent"]
    address = f"/v1/complaints/{one['id']}/moves"
    for left_out in ("reason", "to", "text", "beforehand"):
        told = {name: value for name, value in RECORD.items() if name != left_out}
        refused = head.post(address, json={"trigger": "act_on_danger", "payload": told})
        assert (refused.status_code, refused.json()["code"]) == (409, "move_refused"), left_out
    assert desk_door.stage.rows("SELECT count(*) FROM event WHERE trigger = 'act_on_danger'") == [(0,)]
    assert head.post(address, json={"trigger": "act_on_danger", "payload": RECORD}).status_code == 200
    assert head.get("/v1/queue").json()["urgent"] == []
    page = here(coming_back.browser(intake_door, words)).text
    for said in (
        "Why we acted without your yes",
        "Whom we told",
        "What we told them",
        "When we told you first, or why we could not",
    ):
        assert said in page
    for name in ("reason", "to", "text", "beforehand"):
        assert str(RECORD[name]) in page
    labels = [line["label"] for line in intake_door.get(words).json()["messages"]]
    assert labels[-4:-2] == ["Why we acted without your yes", "Whom we told"]
