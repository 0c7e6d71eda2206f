"""What the pages by which somebody comes say, and what they give away: the sentences of words.md, each in its place."""

import re
from datetime import date
from html import unescape

from api.armour import PAGE_POLICY
from api.intake_pages.sheet import fits, two_of
from policies.said import Said
from records.vault import new_receipt
from tests.api.test_page_bridge import Forms
from tests.api.test_page_coming import PAGE, send, shown, words_on
from tests.fixtures.intake_door import IntakeDoor
from web.messages import LANGUAGES, Messages

ALL = ("/", "/a", "/b", "/about", "/routes", "/care")
TELLING = re.compile(
    r"complain|ombud|office|report|harass|whistle|secret|anonym|queja|denunci|oficina|acoso|queixa|den[uú]nci|escrit[oó]rio|ass[eé]dio"
    r"|plainte|bureau|harc|signal|amparo|oas|oea|oea",
    re.IGNORECASE,
)
MOST = 60 * 1024
"""Bytes of a page with its stylesheet, as they come over the wire."""
SAID = {
    "/": ("intake.start", "intake.device", "intake.danger_unknown", "come.leave_cannot"),
    "/a": (
        "intake.who_reads",
        "intake.who_else",
        "intake.secrecy",
        "intake.limits_talk",
        "intake.limits_unknown",
        "intake.details",
    ),
    "/b": (
        "intake.who_reads",
        "intake.who_else",
        "intake.secrecy",
        "intake.limits_formal",
        "intake.limits_unknown",
        "intake.details",
    ),
    "/care": ("intake.device", "come.care.we.address", "come.care.we.before"),
    "/about": ("come.about.cannot.decide", "come.about.cannot.limits"),
    "/routes": ("come.routes.intro", "come.routes.not_kept"),
}
"""Which sentences stand on which page before she writes. Those of words.md are tested for truth in test_promises.py."""


def text_of(page: str) -> str:
    """What is read on a page."""
    return " ".join(unescape(re.sub("<[^>]*>", " ", page)).split())


def test_what_must_be_said_before_she_writes_stands_on_its_page(intake_door: IntakeDoor):
    for language in LANGUAGES:
        office = intake_door.client.get("/v1/office").json()
        names = {
            f"intake.who_{one}": {"names": ", ".join(p["name"] for p in office[told])}
            for one, told in (("reads", "readers"), ("else", "others"))
        }
        for path, keys in SAID.items():
            said = text_of(shown(intake_door, path, language).text)
            for key in keys:
                assert Messages(language).say(Said(key, names.get(key, {}))) in said, (path, key)
            places = [said.find(Messages(language).say(Said(key, names.get(key, {})))) for key in keys]
            assert path not in ("/a", "/b") or places == sorted(places), "who reads, secrecy, limits, details, then the text"


def test_whom_to_call_is_said_before_she_tells_us_where_she_is(intake_door: IntakeDoor):
    assert "Washington, D.C.: 911." in text_of(shown(intake_door, "/").text)
    assert text_of(shown(intake_door, "/", "es").text).count("Washington, D. C.: 911.") == 1


def test_an_empty_post_and_an_office_without_readers_are_said_before_she_writes(intake_door: IntakeDoor):
    stage = intake_door.stage
    with stage.owner.begin() as connection:
        connection.exec_driver_sql("UPDATE appointment SET until_on = '2016-08-01' WHERE role = 'ombudsperson'")
    for path in ("/", "/a", "/b"):
        assert "The post is empty since 1 August 2016: Ombudsperson." in text_of(shown(intake_door, path).text)
    with stage.owner.begin() as connection:
        connection.exec_driver_sql("UPDATE appointment SET until_on = '2016-08-01'")
    for path in ("/", "/a", "/b"):
        assert Messages("en").say_key("intake.nobody_reads") in text_of(shown(intake_door, path).text)


def test_no_address_and_no_title_tells_where_she_was(intake_door: IntakeDoor):
    for language in LANGUAGES:
        pages = [shown(intake_door, path, language).text for path in ALL]
        pages += [send(intake_door, {"statement": one}, language=language).text for one in ("", "text")]
        pages += [intake_door.client.post("/step", data={"go": "send"}, headers=PAGE | {"sec-fetch-site": "cross-site"}).text]
        for page in pages[:-1]:
            (title,) = re.findall("<title>(.*?)</title>", page)
            assert not TELLING.search(title), title
        for page in pages:
            local = [one for one in re.findall(r'(?:href|action)="([^"]*)"', page) if not one.startswith("https://")]
            assert [one for one in local if TELLING.search(one)] == []


def test_no_page_has_cookie_script_or_anything_from_elsewhere_and_all_of_it_is_small(intake_door: IntakeDoor):
    style = len(intake_door.client.get("/style.css").content)
    answers = [shown(intake_door, path) for path in ALL]
    answers += [send(intake_door, {"statement": told}, path) for told in ("", "text") for path in ("/a", "/b")]
    answers.append(intake_door.client.get("/nothing-here", headers=PAGE))
    for answer in answers:
        assert "set-cookie" not in answer.headers
        assert answer.headers["content-security-policy"] == PAGE_POLICY
        assert "no-store" in answer.headers["cache-control"]
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert not re.search(r"<script|<style|<iframe|<img|<object| on[a-z]+=| style=", answer.text)
        assert re.findall(r"<link [^>]*>", answer.text) == ['<link rel="stylesheet" href="/style.css">'], (
            "the one thing to wait for"
        )
        assert len(answer.content) + style < MOST
        (leave,) = [one for one in re.findall(r"<a [^>]*>", answer.text) if "://" in one]
        assert 'href="https://www.wikipedia.org/"' in leave
        assert "noreferrer" in leave


def test_no_line_that_browsers_offer_again_takes_what_she_writes(intake_door: IntakeDoor):
    for path in ("/a", "/routes"):
        lines = re.findall(r'<input [^>]*type="(?:text|date)"[^>]*>', shown(intake_door, path).text)
        assert [one for one in lines if 'autocomplete="off"' not in one] == []
    areas = re.findall(r"<textarea [^>]*>", shown(intake_door, "/b").text)
    assert len(areas) == 4
    assert [one for one in areas if 'spellcheck="false"' not in one] == [], "some browsers ask another house how it is spelt"


def test_after_sending_words_day_and_way_back_are_said(intake_door: IntakeDoor):
    for language in LANGUAGES:
        for path, limits in (("/a", "intake.limits_talk"), ("/b", "intake.limits_formal")):
            sent = send(intake_door, {"statement": "text"}, path, language)
            said, messages = text_of(sent.text), Messages(language)
            read_by = (
                date(2016, 9, 8)
                if path == "/b"
                else date.fromisoformat(intake_door.client.get("/v1/office?track=consultation").json()["read_by"])
            )
            for one in (
                Said("intake.words", {"count": 12}),
                Said("intake.next", {"day": read_by}),
                Said(limits),
                Said("intake.secrecy"),
                Said("intake.newcomers" if path == "/b" else "intake.nobody_later"),
                Said("intake.device"),
                Said("come.next.close"),
            ):
                assert messages.say(one) in said, one.key
            assert "intake.invalid/back" in said


def test_the_sheet_names_neither_us_nor_the_matter_and_asks_two_words_that_her_paper_answers(intake_door: IntakeDoor):
    for language in LANGUAGES:
        sent = send(intake_door, {"statement": "text"}, language=language)
        words = words_on(sent.text)
        names = {
            part.casefold()
            for name in intake_door.stage.intake.shelf.pack.house.name.values()
            for part in re.findall(r"\w{7,}", name)
        }
        assert names & set(text_of(sent.text).casefold().split()) <= {"general", "geral"}, (
            "of the house nothing stands on this page"
        )
        ids = [str(row[0]) for row in intake_door.stage.rows("SELECT id FROM matter")]
        assert [one for one in ids if one in sent.text] == []
        asked = re.findall(r'<label for="w(\d+)">.*?pattern="([^"]*)"', sent.text, re.DOTALL)
        assert len({number for number, _ in asked}) == 2
        for number, pattern in asked:
            word = words[int(number) - 1]
            assert re.fullmatch(unescape(pattern), f" {word.upper()} ")
            assert not re.fullmatch(unescape(pattern), words[int(number) % 12])
        assert Forms(sent.text).forms == [], "nothing leads the words back to us"


def test_a_word_is_known_by_its_letters_not_by_capitals_and_accents():
    for language in LANGUAGES:
        for word in new_receipt(language).words:
            assert re.fullmatch(fits(word), word.upper())
            assert not re.fullmatch(fits(word), word + "s")
    assert re.fullmatch(fits("e\u0301toile"), "etoile")
    assert re.fullmatch(fits("étoile"), "e\u0301toile")
    assert not re.fullmatch(fits("étoile"), "etoilé")
    places = [two_of("abcdefghijkl") for _ in range(200)]
    assert {one for pair in places for one in pair} == set(range(12))
    assert all(one < two for one, two in places)
