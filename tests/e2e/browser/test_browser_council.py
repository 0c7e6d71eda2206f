"""A mandate clicked from register to end in a real browser; the council's pages in four languages, by keyboard, on a phone."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.fixtures.axe import axe_problems
from tests.fixtures.browser import Pages
from tests.fixtures.clicking import click, does, move
from tests.fixtures.deciding import AFTERNOON, Tabled
from tests.fixtures.doors import CouncilDoor
from tests.fixtures.keyboard import keyboard_problems
from tests.fixtures.meetings import DAY, Council
from tests.fixtures.reflow import reflow_problems
from tests.fixtures.resolutions import text_of
from tests.fixtures.serving import Serve

LANGUAGES = ("en", "es", "pt", "fr")
OPEN_ALL = "document.querySelectorAll('details').forEach(one => one.open = true)"


def signed_in(door: CouncilDoor, who: str) -> str:
    return door.session(door.stage.people[who])


def test_a_mandate_is_clicked_from_the_register_to_fulfilled(council_door: CouncilDoor, serve: Serve, open_page: Pages):
    address = serve(council_door.app)
    page = open_page(address, "/", token=signed_in(council_door, "planner"))
    click(page, "text=Mandates")
    click(page, "text=Register a mandate")
    told = {"symbol": "AG/RES. 2876 (XLV-O/15)", "title": "Trust posts", "issued_by": "GA", "source": "assumed"}
    does(page, "main form[action$='/v1/mandates']", **told)
    path = page.url.partition("?")[0].removeprefix(address)
    move(page, "assign", unit="SAF", person="Lawyer")
    move(page, "start")
    move(page, "report_done", document="CP/doc.5139/15")
    other = open_page(address, "/mandates", token=signed_in(council_door, "secretary"))
    click(other, "text=Trust posts")
    move(other, "note_fulfilled", body="GA", instrument="AG/RES. 1 (L-E/15)", on="2015-06-15")
    assert council_door.stage.rows("SELECT state FROM matter") == [("fulfilled",)]
    assert other.url.partition("?")[0].endswith(path)
    expect(other.locator("main")).to_contain_text("There is nothing for you to do here now")


@pytest.fixture
def places(tabled: Tabled) -> tuple[CouncilDoor, list[str]]:
    """A page of every sort, with something on each."""
    door, proposal = tabled.door, tabled.path.removeprefix("/v1")
    planner = door.client("planner")
    told = {"issued_by": "GA", "source": "assumed", "due": {"on": "2015-06-18"}}
    made = [
        planner.post("/v1/mandates", json=told | {"symbol": f"AG/RES. {n}", "title": "Structure"}).json()["id"] for n in (1, 2)
    ]
    taken = {"trigger": "supersede", "payload": {"successor": made[0]}}
    assert door.client("secretary").post(f"/v1/mandates/{made[1]}/moves", json=taken).status_code == 200
    edit = {"change": "replace", "at": "O1", "texts": {"en": "To approve a part."}}
    tabled.post("amendments", name="AR 1", by="AR", edits=[edit])
    door.stage.move_to(AFTERNOON + timedelta(days=5))
    vote = tabled.vote()
    tabled.answer(vote, for_=2, against=1)
    meeting = Council(door.stage).circulated({"title": "Structure"}, day=DAY)
    sheet = f"{proposal}/votes/{vote.rpartition('/')[2]}"
    pasted = planner.post("/v1/texts", json={"text": text_of("en_task"), "body": "GA", "source": "assumed"}).json()["text"]
    registers = ["/", "/mandates", "/mandates/new", "/meetings/new"]
    texts = ["/texts", f"/texts/{pasted}?place=1", "/owed?year=2016"]
    return door, [
        *registers,
        f"/mandates/{made[0]}",
        proposal,
        f"{proposal}/text",
        f"{proposal}/votes",
        sheet,
        f"/meetings/{meeting}",
        *texts,
    ]


def test_every_page_is_clean_in_four_languages_and_on_a_phone(
    places: tuple[CouncilDoor, list[str]], serve: Serve, open_page: Pages
):
    door, paths = places
    address = serve(door.app)
    found: list[str] = []
    page = open_page(address, "/", token=signed_in(door, "secretary"), narrow=True, dark=True)
    for place, path in enumerate(paths):
        page.goto(f"{address}{path}{'&' if '?' in path else '?'}lang={LANGUAGES[place % 4]}")
        assert re.search(rf'<html lang="{LANGUAGES[place % 4]}"', page.content())
        page.evaluate(OPEN_ALL)
        found += [*axe_problems(page), *reflow_problems(page)]
    wide = open_page(address, "/", token=signed_in(door, "secretary"))
    for language in LANGUAGES:
        for path in paths[4:5]:
            wide.goto(f"{address}{path}?lang={language}")
            wide.evaluate(OPEN_ALL)
            found += axe_problems(wide)
    assert found == []


def test_the_page_of_a_mandate_is_walked_by_keyboard(places: tuple[CouncilDoor, list[str]], serve: Serve, open_page: Pages):
    door, paths = places
    address = serve(door.app)
    page = open_page(address, "/mandates", token=signed_in(door, "secretary"))
    assert keyboard_problems(page) == []
    page.goto(f"{address}{paths[4]}")
    page.evaluate(OPEN_ALL)
    assert keyboard_problems(page) == []
