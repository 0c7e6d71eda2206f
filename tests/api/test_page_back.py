"""Somebody comes back by the pages of the intake: with her words, for a while, to all that she can do now."""

import re
from html import unescape

import pytest
from httpx import Response
from starlette.testclient import TestClient

from api.intake_asking import VISIT
from tests.api.test_page_bridge import Forms, form
from tests.api.test_page_coming import Filled, words_on
from tests.fixtures.intake_door import IntakeDoor
from tests.fixtures.visitors import Guest, at_desk, come, on_rung, opened_by
from web.messages import LANGUAGES, Messages

PAGE = {"accept": "text/html"}
MOVES = "/act/v1/complaint/moves"
MESSAGES = "/act/v1/complaint/messages"


def browser(door: IntakeDoor, words: str = "", language: str = "en") -> TestClient:
    """Somebody with a browser; with words, on a visit."""
    client = TestClient(door.app, base_url="https://intake.invalid", follow_redirects=False, raise_server_exceptions=False)
    client.headers.update(PAGE | {"accept-language": language})
    if words:
        assert client.post("/back", data={"words": words}).status_code == 303
    return client


def here(client: TestClient) -> Response:
    found = client.get("/here")
    assert found.status_code == 200, found.text
    return found


def forms(page: str, trigger: str) -> dict[str, str]:
    """The fields of the form that makes a move."""
    return next(fields for to, fields in Forms(page).forms if to == MOVES and fields.get("trigger") == trigger)


def done(client: TestClient, action: str, fields: dict[str, str]) -> Response:
    """Send a form that is done, and go to the page that comes next."""
    sent = client.post(action, data=fields)
    assert (sent.status_code, sent.headers["location"]) == (303, "/here?done=here"), sent.text
    return client.get(sent.headers["location"])


def read(door: IntakeDoor, guest: Guest) -> str:
    """Her handler opens it, and confirms that."""
    handler = on_rung(door.stage, guest.matter, 0)
    opened_by(door.stage, handler, guest.matter)
    at_desk(door.stage, handler, guest.matter, "acknowledge")
    return handler


def test_with_her_words_the_four_answers_stand_in_their_order(intake_door: IntakeDoor):
    guest = come(intake_door.stage)
    page = here(browser(intake_door, guest.words)).text
    asked = [Messages("en").say_key(f"intake.asks_{name}") for name in ("read", "next", "asked", "stop")]
    assert [unescape(one) for one in re.findall('<h2 id="a-[a-z]+">(.*?)</h2>', page)] == asked


def test_the_page_speaks_her_language_whatever_else_does_not_matter_about_the_words(intake_door: IntakeDoor):
    for language in LANGUAGES:
        guest = come(intake_door.stage, language=language)
        client = browser(intake_door, guest.words.upper().replace(" ", "  \r\n"))
        page = here(client)
        assert page.headers["content-language"] == language
        assert Messages(language).say_key("back.here.heading") in unescape(page.text)
        assert client.get("/here?lang=en").headers["content-language"] == "en"


def test_s07_wrong_unknown_and_malformed_words_get_one_answer_which_does_not_repeat_them(intake_door: IntakeDoor):
    unknown = come(intake_door.stage).words.split()
    tried = ["", "x", "abandon " * 11 + "about", " ".join(unknown[::-1]), "\u202e<b>zebra-quartz</b>", "a" * 100_000]
    answers = [browser(intake_door).post("/back", data={"words": one}) for one in tried]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    assert "set-cookie" not in answers[0].headers
    assert Messages("en").say_key("back.words.wrong") in unescape(answers[0].text)
    assert Filled(answers[0].text).told["words"] == [""]


def test_no_cookie_is_set_before_the_words_were_right_and_then_one_that_nobody_else_can_use(intake_door: IntakeDoor):
    guest, client = come(intake_door.stage), browser(intake_door)
    for path in ("/", "/back", "/here", "/here/stop?way=a", "/out", "/about"):
        found = client.get(path)
        assert VISIT not in found.headers.get("set-cookie", "").replace('="";', ""), path
    assert not client.cookies
    came = client.post("/back", data={"words": guest.words, "lang": "pt"})
    assert (came.status_code, came.headers["location"]) == (303, "/here?lang=pt")
    for answer in (came, here(client)):
        name, *flags = answer.headers["set-cookie"].split("; ")
        assert name.startswith(f"{VISIT}=")
        assert sorted(flags) == ["HttpOnly", "Path=/", "SameSite=strict", "Secure"], "it ends with the browser"


def test_her_words_stand_on_no_page_and_in_no_address(intake_door: IntakeDoor):
    guest = come(intake_door.stage)
    client = browser(intake_door, guest.words)
    pair = " ".join(guest.words.split()[:2])
    for path in ("/here", "/here/stop?way=a", "/here/stop?way=b", "/here/stop?way=c", "/back"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert pair not in unescape(answer.text) + str(answer.headers)


def test_a_visit_that_is_over_asks_for_the_words_and_goes_on_to_the_page_that_was_asked_for(intake_door: IntakeDoor):
    guest, client = come(intake_door.stage), browser(intake_door)
    asked = client.get("/here/stop?way=b")
    assert asked.status_code == 404
    fields = form(asked.text, "/back")
    back = client.post("/back", data=fields | {"words": guest.words})
    assert (back.status_code, back.headers["location"]) == (303, "/here/stop?way=b")
    assert client.get("/here/stop?way=b").status_code == 200


def test_the_words_lead_to_no_other_page_than_one_they_open(intake_door: IntakeDoor):
    guest = come(intake_door.stage)
    for onward in ("https://elsewhere.invalid/", "//elsewhere.invalid", "/\\elsewhere.invalid", "/care"):
        went = browser(intake_door).post("/back", data={"words": guest.words, "_next": onward, "lang": "en"})
        assert went.headers["location"] == "/here?lang=en"


def test_she_writes_and_it_stands_on_the_page(intake_door: IntakeDoor):
    guest = come(intake_door.stage)
    client = browser(intake_door, guest.words)
    fields = form(here(client).text, MESSAGES)
    page = done(client, MESSAGES, fields | {"text": "He <b>did</b> it again.\r\n\r\nToday."})
    assert "<p>He &lt;b&gt;did&lt;/b&gt; it again.</p><p>Today.</p>" in page.text
    assert Messages("en").say_key("done.here") in page.text
    again = client.post(MESSAGES, data=fields | {"text": "He <b>did</b> it again.\r\n\r\nToday."})
    assert again.status_code == 303, "sent twice it is one message"
    assert len(guest.sees().messages) == 2


def test_what_is_refused_stands_in_its_field_again_and_nothing_is_kept(intake_door: IntakeDoor):
    guest = come(intake_door.stage)
    client = browser(intake_door, guest.words)
    for text in ("  \n ", "x" * (1024 * 1024 + 1)):
        again = client.post(MESSAGES, data=form(here(client).text, MESSAGES) | {"text": text})
        assert again.status_code == 422
        assert Filled(again.text).told["text"] == [text]
        assert f'href="#f-post-complaint-messages-text">{Messages("en").say_key("back.problem.where")}:' in again.text
        assert 'id="f-post-complaint-messages-text"' in again.text
    assert len(guest.sees().messages) == 1


def test_a_long_message_arrives_whole(intake_door: IntakeDoor):
    guest = come(intake_door.stage)
    client = browser(intake_door, guest.words)
    done(client, MESSAGES, form(here(client).text, MESSAGES) | {"text": "é" * (512 * 1024)})
    assert len(guest.sees().messages[-1].text) == 512 * 1024


def test_a_visit_that_ended_while_she_wrote_loses_nothing_even_if_the_words_are_wrong_at_first(intake_door: IntakeDoor):
    guest = come(intake_door.stage)
    client = browser(intake_door, guest.words)
    fields = form(here(client).text, MESSAGES) | {"text": 'Two lines,\r\nand "quotes".'}
    client.cookies.clear()
    asked = client.post(MESSAGES, data=fields)
    assert asked.status_code == 404
    asked = client.post("/back", data=form(asked.text, "/back") | {"words": "wrong"})
    assert asked.status_code == 404
    assert len(guest.sees().messages) == 1
    back = client.post("/back", data=form(asked.text, "/back") | {"words": guest.words})
    assert back.status_code == 200, back.text
    assert Filled(back.text).told["text"] == ['Two lines,\nand "quotes".']
    assert Messages("en").say_key("back.here.again") in unescape(back.text)
    done(client, MESSAGES, form(back.text, MESSAGES) | {"text": Filled(back.text).told["text"][0]})
    assert guest.sees().messages[-1].text == 'Two lines,\nand "quotes".'


def test_s21_what_does_not_come_from_our_page_changes_nothing(intake_door: IntakeDoor):
    guest = come(intake_door.stage)
    client = browser(intake_door, guest.words)
    fields = form(here(client).text, MESSAGES) | {"text": "Mine."}
    refused = client.post(MESSAGES, data=fields | {"_csrf": "x"})
    assert refused.status_code == 403
    assert Filled(refused.text).told["text"] == ["Mine."]
    assert Messages("en").say_key("back.problem.csrf_missing") in unescape(refused.text)
    for path in (MESSAGES, "/back", "/here/words", "/leave"):
        other = client.post(path, data=fields | {"words": guest.words}, headers={"sec-fetch-site": "cross-site"})
        assert other.status_code == 403
        assert "set-cookie" not in other.headers
    assert len(guest.sees().messages) == 1
    assert guest.sees().moves


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
    at_desk(door.stage, handler, guest.matter, "ask_consent", to="Human Resources", text="She asks\n\nfor a transfer.")


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


def test_new_words_are_shown_once_and_the_old_ones_are_dead(intake_door: IntakeDoor):
    guest = come(intake_door.stage)
    client = browser(intake_door, guest.words)
    fields = form(here(client).text, "/here/words")
    before = client.cookies[VISIT]
    sheet = client.post("/here/words", data=fields)
    words = " ".join(words_on(sheet.text))
    assert sheet.status_code == 200
    assert (words != guest.words, len(words.split())) == (True, 12)
    assert here(client).status_code == 200, "the visit goes on with the new words"
    assert browser(intake_door).post("/back", data={"words": guest.words}).status_code == 404
    here(browser(intake_door, words))
    assert words.split()[0] not in re.sub("<[^>]*>", " ", here(client).text).split()
    lost = browser(intake_door)
    lost.cookies.set(VISIT, before)
    assert words_on(lost.post("/here/words", data=fields).text) == words.split(), "an answer that was lost comes again"


def test_leaving_ends_the_visit_and_lets_the_browser_forget(intake_door: IntakeDoor):
    guest = come(intake_door.stage)
    client = browser(intake_door, guest.words)
    left = client.post("/leave", data=form(here(client).text, "/leave"))
    assert (left.status_code, left.headers["location"]) == (303, "/?lang=en")
    assert left.headers["clear-site-data"] == '"cache", "cookies", "storage"'
    assert client.get("/here").status_code == 404


def test_leaving_quickly_ends_the_visit_if_she_asked_for_it_herself(intake_door: IntakeDoor):
    guest = come(intake_door.stage)
    for site, ended in (("same-origin", True), ("cross-site", False), ("none", False)):
        client = browser(intake_door, guest.words)
        assert 'href="/out"' in here(client).text
        left = client.get("/out", headers={"sec-fetch-site": site})
        assert left.headers["location"] == intake_door.stage.intake.shelf.pack.house.elsewhere.address
        assert client.get("/here").status_code == (404 if ended else 200)


def test_a_proof_is_had_from_the_next_day_on_and_until_then_the_page_says_when(intake_door: IntakeDoor):
    guest = come(intake_door.stage)
    client = browser(intake_door, guest.words)
    early = client.get("/here/proof")
    assert early.status_code == 409
    assert early.headers["content-type"].startswith("text/html")
    assert client.get(re.search('href="(/here/proof[^"]*)"', here(client).text)[1].replace("&amp;", "&")).status_code == 409


def test_no_address_no_title_and_no_header_tells_what_it_is_about(intake_door: IntakeDoor):
    guest = come(intake_door.stage)
    client = browser(intake_door, guest.words)
    for path in ("/back", "/here", "/here/stop?way=a"):
        answer = client.get(path)
        assert re.search("<title>(.*?)</title>", answer.text, re.DOTALL)[1].strip().startswith("Page ")
        assert (answer.headers["cache-control"], answer.headers["referrer-policy"]) == ("no-store", "no-referrer")
