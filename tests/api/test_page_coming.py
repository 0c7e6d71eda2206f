"""Somebody comes by the pages of the intake: through in any language, nothing lost on the way, nothing kept before she sends."""

import re
from collections.abc import Mapping
from html import unescape
from html.parser import HTMLParser
from itertools import product
from typing import Any, Final

from httpx import Response
from sqlalchemy import text

from api.intake_bodies import Turnstile
from records.tables import METADATA
from tests.api.test_page_bridge import form
from tests.fixtures.apps import intake_app
from tests.fixtures.intake_door import IntakeDoor
from web.messages import LANGUAGES, Messages

PAGE = {"accept": "text/html"}
STATEMENT = 'My head of unit\n\nreads <b>my</b> mail & says "so what".'
EVERYTHING = {
    "must_not_see.words": "whoever shares the head's room",
    "statement": STATEMENT,
    "answers.about": "the head of a unit",
    "identity": "Lucía",
    "urgent": "true",
    "answers.personnel_class": "staff",
    "answers.station": "BO",
    "answers.decision_on": "2016-08-20",
}
CHOICES = {"must_not_see.ids", "answers.personnel_class", "answers.station"}
WAYS = {"consultation": "/a", "complaint": "/b"}


class Filled(HTMLParser):
    """What stands in the fields of a page: texts, ticks and picks, by name."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.told: dict[str, list[str]] = {}
        self._area = self._select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        name = told.get("name", "")
        if tag == "textarea":
            self._area = name
            self.told.setdefault(name, [""])
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in told:
            self.told[self._select] = [told["value"]]
        elif tag == "input" and (told.get("type") not in ("radio", "checkbox") or "checked" in told):
            self.told.setdefault(name, []).append(told.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            before = self.told[self._area][0]
            self.told[self._area] = [before + data.removeprefix("\n") if not before else before + data]


def filled(page: str) -> dict[str, list[str]]:
    """Everything that stands in the fields, but for empty ones and what is no answer of hers."""
    told = Filled(page).told
    if told.get("comes") == ["alone"]:  # picked before she picks anything
        del told["comes"]
    return {name: values for name, values in told.items() if any(values) and name not in ("key", "lang", "track", "")}


def typed_in() -> dict[str, list[str]]:
    return {name: [value] for name, value in EVERYTHING.items()}


def shown(door: IntakeDoor, path: str = "/b", language: str = "en") -> Response:
    found = door.client.get(path, params={"lang": language}, headers=PAGE)
    assert found.status_code == 200, found.text
    return found


def send(
    door: IntakeDoor, told: Mapping[str, Any], path: str = "/b", language: str = "en", go: str = "send", **headers: str
) -> Response:
    """Press a button on the page to write on, with this typed; hidden fields as the page has them unless they are told."""
    fields = {
        name: value for name, value in form(shown(door, path, language).text, "/step").items() if name in ("track", "lang", "key")
    }
    return door.client.post("/step", data=fields | dict(told) | {"go": go}, headers=PAGE | headers)


def kept(door: IntakeDoor) -> dict[str, Any]:
    """How many rows every table has."""
    return {table.name: door.stage.rows(f"SELECT count(*) FROM {table.name}")[0][0] for table in METADATA.sorted_tables}


def words_on(page: str) -> list[str]:
    (listed,) = re.findall(r'<ol class="twelve">(.*?)</ol>', page)
    return [unescape(word) for word in re.findall("<li>(.*?)</li>", listed)]


def test_she_comes_by_the_pages_and_what_she_wrote_is_behind_her_words(intake_door: IntakeDoor):
    for language, track in product(LANGUAGES, WAYS):
        comes(intake_door, language, track)


def comes(intake_door: IntakeDoor, language: str, track: str) -> None:
    start = shown(intake_door, "/", language)
    assert f'href="{WAYS[track]}?lang={language}"' in start.text
    ticked = str(intake_door.stage.people["officer_a"])
    sent = send(intake_door, EVERYTHING | {"must_not_see.ids": ticked}, WAYS[track], language)
    assert sent.status_code == 201, sent.text
    words = words_on(sent.text)
    assert len(words) == 12
    standing = intake_door.get(" ".join(words)).json()
    assert standing["kind"] == track
    assert "Officer A" not in standing["readers"]
    assert sorted(line["text"] for line in standing["messages"] if line["mine"])[0:1] != []
    assert STATEMENT in [line["text"] for line in standing["messages"]]


def test_nothing_is_kept_before_she_sends_whatever_she_does_on_the_way(intake_door: IntakeDoor):
    before = kept(intake_door)
    for path in ("/", "/a", "/b", "/about", "/routes", "/care"):
        shown(intake_door, path)
    for go in ("look", "count", "es", "nonsense"):
        assert send(intake_door, EVERYTHING, go=go).status_code == 200
    told = {name: value for name, value in EVERYTHING.items() if name.startswith("answers.")}
    assert intake_door.client.post("/routes", data=told, headers=PAGE).status_code == 200
    assert kept(intake_door) == before
    assert send(intake_door, EVERYTHING).status_code == 201
    assert kept(intake_door) != before


def test_everything_typed_stays_in_its_fields_through_every_step_and_every_language(intake_door: IntakeDoor):
    ticked = [str(intake_door.stage.people[who]) for who in ("officer_a", "chair")]
    for go in ("look", "count", "fr"):
        again = send(intake_door, EVERYTHING | {"must_not_see.ids": ticked, "not_official_understood": "true"}, "/a", go=go)
        found = filled(again.text)
        assert set(found.pop("must_not_see.ids")) == set(ticked)
        assert found == typed_in() | {"not_official_understood": ["true"]}
        assert len(re.findall(r'class="(?:page|read) here"', again.text)) == 1, "without script, one step is shown"
        assert f'<html lang="{"fr" if go == "fr" else "en"}">' in again.text


WRONG: Final = (
    ({"statement": " \n "}, "p2", "statement"),
    ({"answers.decision_on": "2016-09-02"}, "p3", "answers-decision_on"),
    ({"answers.decision_on": "the other day"}, "p3", "answers-decision_on"),
    ({"answers.personnel_class": "astronaut"}, "p3", "answers-personnel_class"),
    ({"answers.station": "MOON"}, "p3", "answers-station"),
    ({"must_not_see.ids": "everybody"}, "p1", "must_not_see-ids"),
    ({"must_not_see.ids": "00000000-0000-0000-0000-000000000005"}, "p1", "must_not_see-ids"),
    ({"statement": "x" * (1024 * 1024 + 1)}, "p2", "statement"),
)


def test_what_is_wrong_is_said_where_it_can_be_mended_and_nothing_typed_is_lost(intake_door: IntakeDoor):
    before = kept(intake_door)
    for wrong, step, field in WRONG:
        again = send(intake_door, EVERYTHING | wrong)
        assert again.status_code == 422, field
        assert f'<a href="#f-{field}">' in again.text, "the summary leads to the field"
        assert f'id="f-{field}"' in again.text
        (said,) = re.findall(rf'<a href="#f-{field}">(.*?)</a>', again.text)
        assert unescape(said).startswith(Messages("en").say_key(f"come.field.{re.split('[-.]', field)[-1]}")), "by its name"
        assert re.search(rf'class="page here" id="{step}"', again.text)
        assert re.search("<title>Problem: Page 2</title>", again.text)
        found, expected = filled(again.text), {name: [told] for name, told in (EVERYTHING | wrong).items() if told.strip()}
        for name in wrong.keys() & CHOICES:  # what is no choice of ours cannot stand in a choice
            del expected[name]
        assert {name: values for name, values in found.items() if values[0].strip()} == expected
    assert kept(intake_door) == before


def test_where_nobody_is_left_to_read_it_her_text_comes_back_and_nothing_is_kept(intake_door: IntakeDoor):
    before = kept(intake_door)
    everybody = [str(intake_door.stage.people[who]) for who in ("head", "officer_a", "officer_b", "alternate")]
    again = send(intake_door, EVERYTHING | {"must_not_see.ids": everybody})
    assert again.status_code == 503
    found = filled(again.text)
    assert set(found.pop("must_not_see.ids")) == set(everybody)
    assert found == typed_in()
    assert '<a href="#f-must_not_see-ids">' in again.text
    assert kept(intake_door) == before


def test_an_error_nobody_foresaw_gives_her_text_back(intake_door: IntakeDoor):
    before = kept(intake_door)
    with intake_door.stage.owner.begin() as connection:
        connection.execute(text(f"REVOKE INSERT ON sealed_text FROM {intake_door.stage.intake.engine.url.username}"))
    again = send(intake_door, EVERYTHING)
    assert again.status_code == 500
    assert filled(again.text) == typed_in()
    assert kept(intake_door) | {"trouble": 0} == before | {"trouble": 0}


def test_a_door_that_was_started_again_between_two_steps_is_not_noticed(intake_door: IntakeDoor):
    fields = form(shown(intake_door).text, "/step")
    anew = IntakeDoor(intake_door.stage, intake_app(intake_door.stage.intake))
    sent = anew.client.post("/step", data=fields | EVERYTHING | {"go": "send"}, headers=PAGE)
    assert sent.status_code == 201


def test_sent_twice_it_is_one_message_with_the_same_words(intake_door: IntakeDoor):
    fields = form(shown(intake_door).text, "/step") | EVERYTHING | {"go": "send"}
    first, second = (intake_door.client.post("/step", data=fields, headers=PAGE) for _ in range(2))
    assert words_on(first.text) == words_on(second.text)
    assert (first.status_code, second.status_code) == (201, 201)
    assert intake_door.stage.rows("SELECT count(*) FROM matter") == [(1,)]
    assert filled(second.text) == {}


def test_changed_while_it_was_under_way_she_gets_the_words_of_the_first_and_her_change_back(intake_door: IntakeDoor):
    fields = form(shown(intake_door).text, "/step") | EVERYTHING | {"go": "send"}
    first = intake_door.client.post("/step", data=fields, headers=PAGE)
    second = intake_door.client.post("/step", data=fields | {"statement": "And one thing more."}, headers=PAGE)
    assert words_on(first.text) == words_on(second.text)
    assert Messages("en").say_key("come.words.changed") in unescape(second.text)
    assert re.findall(r'<textarea id="changed"[^>]*>\n(.*?)</textarea>', second.text) == ["And one thing more."]
    assert intake_door.stage.rows("SELECT count(*) FROM matter") == [(1,)]


def test_hidden_fields_are_judged_as_typed_ones(intake_door: IntakeDoor):
    for forged in ({"track": "mandate"}, {"track": ""}, {"lang": "tlh"}):
        answer = send(intake_door, EVERYTHING | forged)
        assert answer.status_code == 422
        assert filled(answer.text) == typed_in()
    assert intake_door.stage.rows("SELECT count(*) FROM matter") == [(0,)]
    for harmless in ({"key": "short"}, {"key": "zz" * 16}, {"key": ""}, {"must_not_see.ids": []}):
        assert send(intake_door, EVERYTHING | harmless).status_code == 201


def test_a_megabyte_arrives_and_what_is_more_than_everything_is_refused_before_it_is_read(intake_door: IntakeDoor):
    assert send(intake_door, {"statement": "é" * (512 * 1024)}).status_code == 201
    refused = send(intake_door, {"statement": "é" * (2 * 1024 * 1024)})
    assert refused.status_code == 413
    assert intake_door.stage.rows("SELECT count(*) FROM matter") == [(1,)]


def test_s21_a_form_on_another_site_is_not_read(intake_door: IntakeDoor):
    for path, site in product(("/step", "/routes"), ("cross-site", "same-site")):
        refused = intake_door.client.post(path, data=EVERYTHING | {"go": "send"}, headers=PAGE | {"sec-fetch-site": site})
        assert refused.status_code == 403
        assert STATEMENT not in unescape(refused.text)
    assert intake_door.stage.rows("SELECT count(*) FROM matter") == [(0,)]
    assert send(intake_door, EVERYTHING, **{"sec-fetch-site": "same-origin"}).status_code == 201


def test_when_too_many_send_at_once_loading_the_page_again_sends_it(intake_door: IntakeDoor):
    fields = form(shown(intake_door).text, "/step") | EVERYTHING | {"go": "send"}
    intake_door.app.state.bodies = Turnstile(0)
    busy = intake_door.client.post("/step", data=fields, headers=PAGE)
    assert busy.status_code == 503
    assert "Load this page again in 60 seconds" in busy.text
    intake_door.app.state.bodies = Turnstile(1)
    assert intake_door.client.post("/step", data=fields, headers=PAGE).status_code == 201


def test_the_limits_of_her_class_are_counted_on_the_page_and_for_whoever_only_asks(intake_door: IntakeDoor):
    told = {"answers.personnel_class": "staff", "answers.station": "US-DC", "answers.decision_on": "2016-08-20", "lang": "en"}
    for answer in (
        send(intake_door, told, go="count"),
        intake_door.client.post("/routes", data=told, headers=PAGE),
    ):
        assert answer.status_code == 200
        assert "It may end on Tuesday, 6 September 2016." in answer.text
        assert "Administrative Tribunal, if you work away" not in answer.text.partition('role="status"')[2].partition("</div>")[0]
    wrong = intake_door.client.post("/routes", data=told | {"answers.decision_on": "2017-01-01"}, headers=PAGE)
    assert wrong.status_code == 422
    assert '<a href="#f-answers-decision_on">' in wrong.text


def test_the_address_of_the_steps_leads_to_the_start(intake_door: IntakeDoor):
    answer = intake_door.client.get("/step?lang=pt", headers=PAGE, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/?lang=pt")
