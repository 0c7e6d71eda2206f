"""Somebody comes back by the pages of the intake: with her words, for a while, to all that she can do now."""

import re
from html import unescape

from api.intake_asking import VISIT
from tests.api.test_page_bridge import form
from tests.api.test_page_coming import Filled, words_on
from tests.fixtures.coming_back import MESSAGES, browser, done, here
from tests.fixtures.intake_door import IntakeDoor
from tests.fixtures.visitors import come
from web.messages import LANGUAGES, Messages


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
