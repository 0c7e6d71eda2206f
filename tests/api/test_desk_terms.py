"""The end of a time in office at the doors: the list of who leaves, one word for the overseer, and what she reads and answers."""

from datetime import date
from html import unescape

import pytest

from actions.terms import follow_terms
from policies.said import Said
from tests.api.test_page_bridge import browser as at_the_desk
from tests.fixtures.coming_back import MOVES, browser, done, forms, here
from tests.fixtures.desk_door import DeskDoor
from tests.fixtures.intake_door import IntakeDoor
from tests.fixtures.visitors import Guest, at_desk, come, on_rung, opened_by
from web.messages import LANGUAGES, Messages

pytest_plugins = ("tests.fixtures.desk_door", "tests.fixtures.intake_door")
LAST = date(2016, 9, 25)


def say(key: str, language: str = "en", **facts: object) -> str:
    return Messages(language).say(Said(key, facts))  # type: ignore[arg-type]  facts of a test


def leaving(door: DeskDoor, who: str, until: str = "2016-09-26") -> None:
    """Somebody's last day is known, and the worker has looked."""
    person = door.stage.people[who]
    door.stage.rows("UPDATE appointment SET until_on = :u WHERE person_id = :p RETURNING 1", u=until, p=person)
    follow_terms(door.stage.flows)


@pytest.fixture
def talk(desk_door: DeskDoor) -> Guest:
    """A talk with the head."""
    guest = come(desk_door.stage, "consultation", understood=True)
    opened_by(desk_door.stage, "head", guest.matter)
    at_desk(desk_door.stage, "head", guest.matter, "open_conversation", text="I am listening.")
    return guest


def test_who_leaves_has_a_list_and_nobody_else_a_number(desk_door: DeskDoor, talk: Guest):
    case = come(desk_door.stage)
    head, other = desk_door.client("head"), desk_door.client("alternate")
    assert head.get("/v1/term").json() == {"own": None, "over": []}
    leaving(desk_door, "head")
    told = head.get("/v1/term").json()
    assert (told["own"]["last_on"], told["own"]["days"]) == ("2016-09-25", 24)
    assert [(one["id"], one["told"], one["asked"]) for one in told["own"]["informal"]] == [(str(talk.matter), True, None)]
    assert [one["id"] for one in told["own"]["formal"]] == [str(case.matter)]
    assert other.get("/v1/term").json() == {"own": None, "over": []}
    assert desk_door.client().get("/v1/term").status_code == 401
    for language in LANGUAGES:
        client = at_the_desk(desk_door, "head")
        assert say("term.monday", language, day=LAST) in unescape(client.get(f"/?lang={language}").text)
        page = unescape(client.get(f"/term?lang={language}").text).replace("\u202f", " ").replace("\u00a0", " ")
        assert say("term.way.leave", language, day=LAST) in page
        assert f'href="/consultations/{talk.matter}' in page
    assert at_the_desk(desk_door, "alternate").get("/").text.count("/term") == 0


def test_the_overseer_reads_done_or_not_and_no_number(desk_door: DeskDoor):
    guest = come(desk_door.stage, "consultation", understood=True)
    officer = on_rung(desk_door.stage, guest.matter, 1)
    desk_door.stage.rows("UPDATE responsibility SET person_id = :p RETURNING 1", p=desk_door.stage.people[officer])
    leaving(desk_door, officer)
    name = officer.replace("_", " ").title()
    client = desk_door.client("head")
    (over,) = client.get("/v1/term").json()["over"]
    assert (over["who"]["name"], over["last_on"], over["done"], set(over)) == (
        name,
        "2016-09-25",
        False,
        {"who", "last_on", "done"},
    )
    assert say("term.over_open", name=name, day=LAST) in at_the_desk(desk_door, "head").get("/").text
    guest.does("stop")
    desk_door.stage.to_day(date(2016, 9, 2))
    follow_terms(desk_door.stage.flows)
    assert client.get("/v1/term").json()["over"][0]["done"] is True
    assert desk_door.client("alternate").get("/v1/term").json()["over"] == []


def test_nobody_is_given_a_seat_or_a_talk_by_hand(desk_door: DeskDoor, talk: Guest):
    officer, client = on_rung(desk_door.stage, talk.matter, 1), desk_door.client("head")
    iris = desk_door.stage.appoint("iris", "case_officer", date(2016, 9, 1))
    version = {"If-Match": client.get(f"/v1/consultations/{talk.matter}").headers["etag"]}
    for tail, person in (("seats", iris), ("assignment", desk_door.stage.people[officer])):
        refused = client.post(f"/v1/consultations/{talk.matter}/{tail}", json={"person": str(person)}, headers=version)
        assert (refused.status_code, refused.json()["code"]) == (409, "needs_her_yes")
    assert desk_door.stage.rows("SELECT count(*) FROM seat WHERE person_id = :p", p=iris) == [(0,)]
    desk_door.stage.absent("head", date(2016, 9, 1))
    version = {"If-Match": client.get(f"/v1/consultations/{talk.matter}").headers["etag"]}
    moved = client.post(
        f"/v1/consultations/{talk.matter}/assignment", json={"person": str(desk_door.stage.people[officer])}, headers=version
    )
    assert moved.status_code < 300, "a recorded absence lets somebody answer whose name she saw before she wrote"


def test_she_reads_who_leaves_and_says_yes_on_her_page(desk_door: DeskDoor, intake_door: IntakeDoor, talk: Guest):
    stage = desk_door.stage
    leaving(desk_door, "head")
    iris = stage.appoint("iris", "case_officer", date(2016, 9, 1))
    at_desk(stage, "head", talk.matter, "ask_hand_over", person=iris, text="I go to another house.")
    client = browser(intake_door, talk.words)
    for language in LANGUAGES:
        stage.rows("UPDATE consultation SET language = :l RETURNING 1", l=language)
        page = unescape(here(client).text)
        assert say("plain.term.ends", language, name="Head", day=LAST) in page
        assert say("plain.asked.hand_over", language, name="Iris", day=date(2016, 9, 15)) in page
        assert say("back.hand_over.about", language) in page
    page = here(client).text
    assert forms(page, "refuse_hand_over")
    after = unescape(done(client, MOVES, forms(page, "agree_hand_over")).text)
    assert "Iris" in after
    assert say("plain.term.ends", LANGUAGES[-1], name="Head", day=LAST) not in after
    assert desk_door.client("iris").get(f"/v1/consultations/{talk.matter}").status_code == 200


def test_before_she_writes_she_reads_who_is_away_and_who_leaves(desk_door: DeskDoor, intake_door: IntakeDoor):
    stage = desk_door.stage
    office = {"params": {"track": "consultation"}}
    assert intake_door.client.get("/v1/office", **office).json()["standing"] == []
    stage.absent("alternate", date(2016, 9, 1), date(2016, 9, 12))
    leaving(desk_door, "head")
    for language in LANGUAGES:
        told = intake_door.client.get("/v1/office", **office, headers={"accept-language": language}).json()
        there = [one["name"] for one in told["readers"] if one["name"] != "Alternate"]
        assert told["standing"] == [
            say("intake.reader_away_until", language, name="Alternate", day=date(2016, 9, 12)),
            say("intake.reads_meanwhile", language, names=", ".join(there)),
            say("intake.reader_leaves_talk", language, name="Head", day=LAST),
        ]
        client = browser(intake_door, language=language)
        for page in ("/", "/a"):
            shown = unescape(client.get(page).text)
            assert all(line in shown for line in told["standing"])
