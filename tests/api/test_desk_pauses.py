"""A pause has one set of rules, whichever door begins it: `/pauses` or the procedure's own move. Over HTTP, as ombuds_desk."""

import re
from datetime import date, timedelta

import pytest

from actions.kernel.sweep import sweep
from policies.said import Said
from tests.api.test_desk_acts import everything, post, read_and_acknowledge
from tests.fixtures.desk_door import DeskDoor, come
from web.messages import LANGUAGES, Messages

pytest_plugins = ("tests.fixtures.desk_door",)

BEGINS = [
    ("by_decision", "suspend", "reason", 2, ("it_is_not_suspended_yet", "time_is_left_to_pause")),
    ("awaiting_complainant", "ask", "text", 3, ("no_question_waits_for_her", "time_is_left_to_wait_for_her")),
]


@pytest.mark.parametrize(("pause", "trigger", "words", "rounds", "claims"), BEGINS, ids=["suspend", "ask"])
def test_a_pause_that_goes_on_or_is_spent_is_not_begun_by_the_move_either(
    desk_door: DeskDoor, pause: str, trigger: str, words: str, rounds: int, claims: tuple[str, str]
):
    came, head = come(desk_door.stage), desk_door.client("head")
    read_and_acknowledge(head, came)
    asked = {"trigger": trigger, "payload": {words: "x"}}

    def refused(claim: str, code: str) -> None:
        before = everything(desk_door)
        moved = post(head, came, "moves", **asked)
        assert (moved.status_code, moved.json()["code"]) == (409, "move_refused")
        assert [one["claim"] for one in moved.json()["unmet"]] == [claim]
        assert post(head, came, "pauses", name=pause, reason="x").json()["code"] == code
        assert everything(desk_door) == before

    for turn in range(1, rounds + 1):
        assert post(head, came, "moves", **asked).status_code == 200
        refused(claims[0], "pause_goes_on")
        desk_door.stage.to_day(date(2016, 9, 1) + turn * timedelta(days=62))
        assert head.delete(f"{came.path}/pauses/{pause}").status_code == 200
    refused(claims[1], "pause_spent")


def test_her_consent_can_be_asked_for_when_that_wait_is_spent_and_then_no_work_waits(desk_door: DeskDoor):
    came, head = come(desk_door.stage), desk_door.client("head")
    read_and_acknowledge(head, came)
    asked = {"trigger": "ask_consent", "payload": {"to": "SG", "text": "x", "purpose": "refer", "audience": "head_of_house"}}
    held, today = [], date(2016, 9, 1)
    for _ in range(5):
        assert post(head, came, "moves", **asked).status_code == 200
        clocks = head.get(f"{came.path}/clocks").json()["clocks"]
        due_on = next(one["due_on"] for one in clocks if one["name"] == "screening")
        held.append(due_on is None)
        asked_on, today = today, today + timedelta(days=17)
        desk_door.stage.to_day(today)
        sweep(desk_door.stage.flows)  # silence is a no, and ends the wait on its day: after four, the 63 days are spent
    assert held == [True, True, True, True, False]
    assert date.fromisoformat(due_on) > asked_on, "it runs, and was not held; it was not late before"


@pytest.mark.parametrize("language", LANGUAGES)
def test_refusals_of_pauses_and_waivers_say_no_name_of_code(desk_door: DeskDoor, language: str):
    came, head = come(desk_door.stage), desk_door.client("head")
    read_and_acknowledge(head, came)
    assert post(head, came, "pauses", name="by_decision", reason="x").status_code == 201
    waiver = {"authority": "art. 4", "reason": "x", "until": "2016-09-30"}
    messages, before = Messages(language), everything(desk_door)
    for what, body, code, said in (
        ("pauses", {"name": "for_ever", "reason": "x"}, "unknown_pause", "pause_called.complaint.awaiting_consent"),
        ("pauses", {"name": "by_decision", "reason": "x"}, "pause_goes_on", "pause_called.complaint.by_decision"),
        ("pauses", {"name": "awaiting_consent", "reason": "x"}, "pause_needs_more", "move.complaint.ask_consent"),
        ("waivers", waiver | {"rule": "gardening"}, "unknown_clock", "clock.complaint.protection_watch"),
        ("waivers", waiver | {"rule": "protection_watch"}, "not_waivable", "clock.complaint.inquiry"),
        ("waivers", waiver | {"rule": "screening"}, "nothing_to_waive", "clock.complaint.screening"),
    ):
        refused = head.post(f"{came.path}/{what}", params={"lang": language}, json=body).json()
        assert refused["code"] == code
        assert messages.say(Said(said)) in refused["detail"]
        assert not re.search(r"[a-z]_[a-z]", refused["detail"]), "no name of code"
    ours = head.delete(f"{came.path}/pauses/awaiting_consent", params={"lang": language}).json()
    assert messages.say(Said("pause_called.complaint.awaiting_consent")) in ours["detail"]
    assert everything(desk_door) == before
