"""Times to talk: offered at the desk, taken in a case of one's own, and with whom they are stands nowhere in clear."""

import pytest
from starlette.testclient import TestClient

from actions.offered_times import purge_times
from tests.fixtures.desk_door import DeskDoor
from tests.fixtures.intake_door import IntakeDoor

TIMES = "/v1/times"
PLACE, NUMBER, HOURS = "Library, second floor", "555 0199", "after seven"


@pytest.fixture
def hand(desk_door: DeskDoor) -> TestClient:
    return desk_door.client("head")


def told(door: DeskDoor, days: int = 3, **other: object) -> dict[str, object]:
    (today,) = (row[0] for row in door.stage.rows("SELECT (instant AT TIME ZONE 'America/New_York')::date FROM office_clock"))
    return {"day": str(today.fromordinal(today.toordinal() + days)), "at": "14:30", "minutes": 45, "way": "telephone",
            "place": PLACE} | other  # fmt: skip


def offered(door: DeskDoor, client: TestClient, **other: object) -> list[str]:
    made = client.post(TIMES, json=told(door, **other))
    assert made.status_code == 201, made.text
    return made.json()["ids"]


def move(door: IntakeDoor, words: str, trigger: str, **payload: object):
    return door.post(words, "moves", {"trigger": trigger, "payload": payload} if payload else {"trigger": trigger})


def test_she_takes_a_time_when_she_comes_and_only_her_own_case_tells_with_whom(
    intake_door: IntakeDoor, desk_door: DeskDoor, hand: TestClient
):
    first, second = offered(desk_door, hand, weeks=2)
    free = intake_door.client.get(TIMES).json()["times"]
    assert [one["id"] for one in free] == [first, second]
    assert PLACE not in str(free)
    words = intake_door.words(track="consultation", talk={"time": first, "number": NUMBER, "hours": HOURS})
    assert [one["id"] for one in intake_door.client.get(TIMES).json()["times"]] == [second]
    hers = intake_door.get(words).json()
    assert (hers["time"]["place"], hers["time"]["called"], hers["time"]["minutes"]) == (PLACE, True, 45)
    assert hers["time"]["begins"].endswith(("T14:30:00-04:00", "T14:30:00-05:00"))
    (case,) = desk_door.stage.rows("SELECT id FROM matter")[0]
    diary = hand.get(TIMES)
    assert diary.status_code == 200, diary.text
    diary = diary.json()
    assert [(one["id"], one["taken"]) for one in diary["times"]] == [(first, True), (second, False)]
    assert [(one["case"], one["number"], one["hours"]) for one in diary["agreed"]] == [(str(case), NUMBER, HOURS)]
    assert [one["name"] for one in hers["opened_by"]] == []
    assert intake_door.get(words).json()["opened_by"] != [], "that it was opened she sees"
    kept = str([desk_door.stage.rows(f"SELECT * FROM {table}") for table in ("offered_time", "event", "ledger_entry", "clock")])
    assert first not in str(desk_door.stage.rows("SELECT * FROM event"))
    assert NUMBER not in kept
    assert HOURS not in kept


def test_a_time_is_one_persons_and_can_be_given_back_or_changed_and_never_twice(
    intake_door: IntakeDoor, desk_door: DeskDoor, hand: TestClient
):
    first, second = offered(desk_door, hand, weeks=2)
    one, other = intake_door.words(), intake_door.words(track="consultation")
    assert move(intake_door, one, "leave_time").json()["code"] == "move_refused"
    assert move(intake_door, one, "take_time", time=first).status_code == 200
    before = desk_door.stage.rows("SELECT count(*) FROM event")
    gone = move(intake_door, other, "take_time", time=first)
    assert (gone.status_code, gone.json()["code"]) == (409, "time_gone")
    refused = intake_door.file(talk={"time": first})
    assert (refused.status_code, refused.json()["typed"]["talk"]["time"]) == (409, first)
    assert desk_door.stage.rows("SELECT count(*) FROM event") == before
    assert move(intake_door, one, "take_time", time=second).status_code == 200, "another in its place"
    assert move(intake_door, other, "take_time", time=first).status_code == 200, "so the first is free again"
    assert move(intake_door, one, "leave_time").status_code == 200
    assert intake_door.get(one).json()["time"] is None
    assert move(intake_door, one, "take_time", time=second).status_code == 200
    assert [row[0] for row in desk_door.stage.rows("SELECT taken FROM offered_time")] == [True, True]
    assert intake_door.get(other).json()["time"]["begins"] < intake_door.get(one).json()["time"]["begins"]


@pytest.mark.parametrize(
    ("track", "trigger"),
    [
        ("consultation", "stop"),
        ("consultation", "make_official"),
        ("complaint", "withdraw_stop"),
        ("complaint", "withdraw_forget"),
    ],
)
def test_who_stops_does_not_keep_a_time_from_others(
    intake_door: IntakeDoor, desk_door: DeskDoor, hand: TestClient, track: str, trigger: str
):
    (only,) = offered(desk_door, hand)
    words = intake_door.words(track=track, talk={"time": only})
    assert intake_door.client.get(TIMES).json()["times"] == []
    done = move(intake_door, words, trigger)
    assert done.status_code == 200, done.text
    assert [one["id"] for one in intake_door.client.get(TIMES).json()["times"]] == [only]


def test_nobody_is_called_without_a_number_and_hours_that_are_safe(
    intake_door: IntakeDoor, desk_door: DeskDoor, hand: TestClient
):
    (phone,) = offered(desk_door, hand)
    (room,) = offered(desk_door, hand, days=4, way="room")
    words = intake_door.words()
    assert move(intake_door, words, "take_time", time=phone, number=NUMBER).status_code == 422
    assert move(intake_door, words, "take_time", time=room, number=NUMBER, hours=HOURS).json()["code"] == "no_call_there"
    assert [row[0] for row in desk_door.stage.rows("SELECT taken FROM offered_time")] == [False, False]
    assert move(intake_door, words, "take_time", time=phone).status_code == 200
    assert intake_door.get(words).json()["time"]["called"] is False
    assert [one["number"] for one in hand.get(TIMES).json()["agreed"]] == [None]
    assert "Do not call: no safe number was given." in hand.get("/times", headers={"Accept": "text/html"}).text


def test_the_office_cancels_a_time_in_the_case_and_she_is_told(intake_door: IntakeDoor, desk_door: DeskDoor, hand: TestClient):
    (only,) = offered(desk_door, hand)
    words = intake_door.words()
    assert move(intake_door, words, "take_time", time=only).status_code == 200
    taken = hand.delete(f"{TIMES}/{only}")
    assert (taken.status_code, taken.json()["code"]) == (409, "time_taken")
    (case, _) = desk_door.stage.rows("SELECT id, version FROM matter")[0]
    handler = next(
        who
        for who, person in desk_door.stage.people.items()
        if (person,) in desk_door.stage.rows("SELECT person_id FROM responsibility")
    )
    done = desk_door.client(handler).post(
        f"/v1/complaints/{case}/moves", json={"trigger": "cancel_time", "payload": {"text": "I am ill. Take another one."}}
    )
    assert done.status_code == 200, done.text
    hers = intake_door.get(words).json()
    assert hers["time"] is None
    assert "I am ill. Take another one." in [line["text"] for line in hers["messages"]]
    assert desk_door.stage.rows("SELECT 1 FROM offered_time") == []


def test_what_cannot_be_offered_is_said_and_writes_nothing(desk_door: DeskDoor, hand: TestClient):
    for other, code in (
        ({"days": 0}, "time_not_open"),
        ({"days": 400}, "time_not_open"),
        ({"way": "pigeon"}, "not_in_list"),
        ({"minutes": 7}, "not_in_list"),
        ({"weeks": 40}, "not_in_list"),
        ({"at": "25:00"}, "invalid"),
        ({"place": " "}, "invalid"),
    ):
        refused = hand.post(TIMES, json=told(desk_door, **other))
        assert (refused.status_code, refused.json()["code"]) == (422, code), refused.text
    assert desk_door.stage.rows("SELECT 1 FROM offered_time") == []
    (kept,) = offered(desk_door, hand)
    overlaps = hand.post(TIMES, json=told(desk_door, at="15:00"))
    assert (overlaps.status_code, overlaps.json()["code"]) == (409, "times_overlap")
    assert hand.delete(f"{TIMES}/{kept}").status_code == 204
    assert hand.delete(f"{TIMES}/{kept}").status_code == 404


def test_times_that_are_past_are_forgotten_some_days_later(desk_door: DeskDoor, hand: TestClient):
    stage = desk_door.stage
    offered(desk_door, hand, days=1)
    (begins,) = stage.rows("SELECT begins_at FROM offered_time")[0]
    for days, left in ((6, 1), (9, 0)):
        stage.to_day(begins.date().fromordinal(begins.date().toordinal() + days))
        purge_times(stage.flows)
        assert len(stage.rows("SELECT 1 FROM offered_time")) == left


def test_a_time_is_offered_and_taken_by_the_pages(intake_door: IntakeDoor, desk_door: DeskDoor, hand: TestClient):
    assert "No time is free at the moment." in intake_door.client.get("/times").text
    assert "No time is offered." in hand.get("/times", headers={"Accept": "text/html"}).text
    (only,) = offered(desk_door, hand)
    start = intake_door.client.get("/times").text
    assert f"/a?lang=en&amp;time={only}" in start
    writing = intake_door.client.get(f"/a?time={only}").text
    assert f'value="{only}" id="f-talk-time-1" checked' in writing
    missing = intake_door.client.post(
        "/step",
        data={"go": "send", "track": "consultation", "lang": "en", "statement": "I would rather talk.", "talk.number": NUMBER},
    )
    assert missing.status_code == 422
    assert "Pick one of the times that are still free." in missing.text
    assert NUMBER in missing.text
    sent = intake_door.client.post(
        "/step",
        data={"go": "send", "track": "consultation", "lang": "en", "statement": "I would rather talk.", "talk.time": only},
    )
    assert sent.status_code == 201, sent.text
