"""What she can do when she came back: see who read it, answer, agree, stop, ask for a second look, each with its reasons."""

import re
from html import unescape

import pytest

from tests.api.test_page_bridge import form
from tests.api.test_page_coming import Filled
from tests.fixtures.coming_back import MESSAGES, MOVES, browser, done, forms, here, read
from tests.fixtures.intake_door import IntakeDoor
from tests.fixtures.visitors import REFERRAL, Guest, at_desk, come
from web.messages import Messages


def test_who_read_it_and_who_can_is_said(intake_door: IntakeDoor):
    guest = come(intake_door.stage)
    client = browser(intake_door, guest.words)
    assert Messages("en").say_key("back.opened.heading") not in here(client).text
    read(intake_door, guest)
    page = unescape(here(client).text)
    assert Messages("en").say_key("back.opened.heading") in page
    assert all(name in page for name in guest.sees().readers)


def test_every_date_says_why(intake_door: IntakeDoor):
    guest = come(intake_door.stage)
    page = unescape(here(browser(intake_door, guest.words)).text)
    standing = intake_door.get(guest.words).json()
    lines = [line for duty in standing["dates"] for line in duty["explanation"]]
    assert lines
    assert [line for line in lines if line not in page] == []


def test_our_question_has_its_answer_and_the_answer_arrives(intake_door: IntakeDoor):
    guest = come(intake_door.stage)
    handler = read(intake_door, guest)
    client = browser(intake_door, guest.words)
    assert Messages("en").say_key("back.answer.field") not in here(client).text
    at_desk(intake_door.stage, handler, guest.matter, "ask", text="When was it?")
    asked = here(client).text
    assert "When was it?" in asked
    page = done(client, MOVES, forms(asked, "answer") | {"payload.text": "In May."})
    assert "In May." in page.text
    assert Messages("en").say_key("plain.asked.nothing") in page.text


def ask_consent(door: IntakeDoor, guest: Guest) -> None:
    handler = read(door, guest)
    at_desk(
        door.stage, handler, guest.matter, "ask_consent", to="Human Resources", text="She asks\n\nfor a transfer.", **REFERRAL
    )


@pytest.mark.parametrize(("trigger", "status"), [("consent", "given"), ("refuse_consent", "refused")])
def test_she_agrees_or_says_no_to_exactly_the_text_she_sees(intake_door: IntakeDoor, trigger: str, status: str):
    guest = come(intake_door.stage)
    ask_consent(intake_door, guest)
    client = browser(intake_door, guest.words)
    asked = here(client).text
    standing = intake_door.get(guest.words).json()
    assert standing["consents"][0]["said"] in unescape(asked), "who, exactly what, by when, and what silence means"
    looks = [
        re.findall(f'name="trigger" value="{one}">.*?<button (.*?)>', asked, re.DOTALL) for one in ("consent", "refuse_consent")
    ]
    assert looks[0] == looks[1] != [], "no is as easy as yes"
    done(client, MOVES, forms(asked, trigger))
    assert [one.status for one in guest.sees().consents] == [status]


def test_a_yes_can_be_taken_back_while_nothing_was_sent(intake_door: IntakeDoor):
    guest = come(intake_door.stage)
    ask_consent(intake_door, guest)
    client = browser(intake_door, guest.words)
    given = done(client, MOVES, forms(here(client).text, "consent")).text
    page = done(client, MOVES, forms(given, "take_back_consent")).text
    assert Messages("en").say_key("intake.consent_taken_back") in page
    assert [one.status for one in guest.sees().consents] == ["taken_back"]


@pytest.mark.parametrize(
    ("way", "trigger", "state"),
    [("a", "withdraw_leave", "acknowledged"), ("b", "withdraw_stop", "withdrawn"), ("c", "withdraw_forget", "withdrawn")],
)
def test_each_way_to_stop_is_explained_and_happens_only_on_its_own_page(
    intake_door: IntakeDoor, way: str, trigger: str, state: str
):
    guest = come(intake_door.stage)
    read(intake_door, guest)
    client, said = browser(intake_door, guest.words), Messages("en").say_key(f"back.way.{trigger}")
    page = here(client).text
    assert Messages("en").say_key(f"plain.stop.{trigger}") in unescape(page)
    assert f'href="/here/stop?lang=en&amp;way={way}"' in page
    confirm = client.get(f"/here/stop?way={way}").text
    assert said in unescape(confirm)
    reason = {} if trigger == "withdraw_forget" else {"payload.text": "I am afraid."}
    after = done(client, MOVES, forms(confirm, trigger) | reason).text
    assert guest.sees().matter.state == state
    assert Messages("en").say_key(f"back.not.{trigger}") in unescape(after)
    again = client.get(f"/here/stop?way={way}")
    assert again.status_code == 200
    assert Messages("en").say_key(f"back.not.{trigger}") in unescape(again.text)


def test_a_version_she_has_not_read_about_does_not_stop_anything(intake_door: IntakeDoor):
    guest = come(intake_door.stage)
    client = browser(intake_door, guest.words)
    fields = forms(client.get("/here/stop?way=b").text, "withdraw_stop") | {"payload.text": "Because."}
    read(intake_door, guest)
    again = client.post(MOVES, data=fields)
    assert again.status_code == 412
    assert Filled(again.text).told["payload.text"] == ["Because."]
    assert guest.sees().matter.state == "acknowledged"
    done(client, MOVES, forms(again.text, "withdraw_stop"))
    assert guest.sees().matter.state == "withdrawn"


def test_a_decision_can_be_looked_at_a_second_time_once(intake_door: IntakeDoor):
    guest = come(intake_door.stage)
    handler = read(intake_door, guest)
    client = browser(intake_door, guest.words)
    assert Messages("en").say_key("back.not.request_review") in unescape(here(client).text)
    at_desk(intake_door.stage, handler, guest.matter, "screen")
    at_desk(intake_door.stage, handler, guest.matter, "decline", ground="out_of_remit", text="It is not ours.")
    declined = here(client).text
    assert "It is not ours." in declined
    page = done(client, MOVES, forms(declined, "request_review") | {"payload.text": "Please."})
    assert guest.sees().matter.state == "review"
    assert Messages("en").say_key("back.not.request_review") in unescape(page.text)


def test_until_which_day_she_can_tell_us_of_being_treated_worse_is_said_when_we_have_finished(intake_door: IntakeDoor):
    guest = come(intake_door.stage)
    client = browser(intake_door, guest.words)
    done(client, MOVES, forms(client.get("/here/stop?way=b").text, "withdraw_stop"))
    assert "tell us here with the same words, even after we have finished, until" in here(client).text
    done(client, MESSAGES, form(here(client).text, MESSAGES) | {"text": "They moved my desk."})
    done(client, MOVES, forms(client.get("/here/stop?way=c").text, "withdraw_forget"))
    page = unescape(here(client).text)
    assert Messages("en").say_key("back.not.message") in page
    assert MESSAGES not in page


def test_a_talk_is_understood_stopped_or_made_official(intake_door: IntakeDoor):
    guest = come(intake_door.stage, track="consultation")
    client = browser(intake_door, guest.words)
    page = done(client, MOVES, forms(here(client).text, "understand")).text
    assert 'value="understand"' not in page
    assert client.get("/here/stop?way=d").status_code == 200
    more = client.get("/here/more")
    ticked = str(intake_door.stage.people["officer_a"])
    told = {"payload.statement": "All of it.", "payload.excluded": ticked, "payload.identity": "Lucía"}
    official = done(client, MOVES, forms(more.text, "make_official") | told)
    assert guest.kind == "complaint"
    assert "All of it." in official.text
    assert "Officer A" not in guest.sees().readers
    assert Messages("en").say_key("back.not.make_official") in unescape(client.get("/here/more").text)


def test_a_talk_that_she_stops_ends(intake_door: IntakeDoor):
    guest = come(intake_door.stage, track="consultation")
    client = browser(intake_door, guest.words)
    page = done(client, MOVES, forms(client.get("/here/stop?way=d").text, "stop"))
    assert guest.sees().matter.state == "ended"
    for key in ("back.not.stop", "back.not.message", "back.not.make_official"):
        assert Messages("en").say_key(key) in unescape(page.text)
