"""The structure in a real browser: days by links, two days side by side, two proposals merged by clicking; usable by all."""

from playwright.sync_api import Page, expect
from starlette.testclient import TestClient

from tests.api.test_council_merging import at_odds
from tests.api.test_council_structure import RENAME, planner
from tests.api.test_pages_council_structure import MOVED, ordered
from tests.fixtures.axe import axe_problems
from tests.fixtures.browser import PAGES_IN, Pages
from tests.fixtures.clicking import click, does
from tests.fixtures.doors import CouncilDoor
from tests.fixtures.keyboard import keyboard_problems
from tests.fixtures.reflow import reflow_problems
from tests.fixtures.serving import Serve

__all__ = ["planner"]  # a fixture

LANGUAGES = ("en", "es", "pt", "fr")
OPEN_ALL = "document.querySelectorAll('details').forEach(one => one.open = true)"


def in_every_language(page: Page, address: str) -> list[str]:
    """What axe finds on a page in four languages, with all that folds open in the last."""
    found = []
    for language in PAGES_IN or LANGUAGES[2:3]:
        page.goto(f"{address}{'&' if '?' in address else '?'}lang={language}")
        found += [f"{language}: {flaw}" for flaw in axe_problems(page)]
    page.evaluate(OPEN_ALL)
    return [*found, *axe_problems(page), *reflow_problems(page)]


def test_everybody_can_use_the_pages_of_the_structure(
    council_door: CouncilDoor, planner: TestClient, serve: Serve, open_page: Pages
):
    ordered(council_door, planner, RENAME, MOVED)
    one, other = (address.removeprefix("/v1") for address in at_odds(planner))
    merge = f"{one}/merge?with={other.rpartition('/')[2]}"
    paths = ("/structure", "/structure/compare?from=2015-01-01&to=2015-12-11", merge)
    address, token = serve(council_door.app), council_door.session(council_door.stage.people["planner"])
    wide = open_page(address, "/structure", token=token)
    found = [flaw for path in paths for flaw in in_every_language(wide, address + path)]
    narrow = open_page(address, "/structure", token=token, narrow=True, dark=True)
    narrow.goto(f"{address}{one}/merge")  # the others are looked at like this in test_every_page
    found += [f"narrow {flaw}" for flaw in (*axe_problems(narrow), *reflow_problems(narrow), *keyboard_problems(narrow))]
    assert found == []


def test_two_proposals_are_merged_by_clicking(council_door: CouncilDoor, planner: TestClient, serve: Serve, open_page: Pages):
    one, _ = (address.removeprefix("/v1") for address in at_odds(planner))
    address = serve(council_door.app)
    page = open_page(address, f"{one}/merge", token=council_door.session(council_door.stage.people["planner"]))
    click(page, ".cards a")
    for _ in range(2):
        page.click("fieldset.conflict label:has-text('The other proposal')")
        click(page, "text=Try these choices")
    expect(page.locator("main")).to_contain_text("Nothing is left to decide")
    expect(page.locator("svg").first).to_be_visible()
    does(page, "form:has([name=author])", label="rev. 2", author="Drafting group")
    expect(page.locator(".done")).to_contain_text("There is a new version")
    assert planner.get(f"/v1{one}/versions").json()["versions"][-1]["merged_from"]["version"] == 1


def test_time_is_walked_by_links(council_door: CouncilDoor, planner: TestClient, serve: Serve, open_page: Pages):
    ordered(council_door, planner, RENAME, MOVED)
    page = open_page(
        serve(council_door.app), "/structure?on=2015-06-15", token=council_door.session(council_door.stage.people["mission"])
    )
    expect(page.locator(".house-tree >> nth=0")).to_contain_text("International Affairs")
    click(page, "a[rel=next]")
    expect(page.locator(".house-tree >> nth=0")).to_contain_text("Foreign Affairs")
    click(page, "text=See what the last change did")
    expect(page.locator("main")).to_contain_text("Foreign Affairs")
    expect(page.locator("main svg >> nth=1")).to_be_attached()
    page.go_back()
    click(page, ".drawing a:has-text('Foreign Affairs')")
    expect(page.locator("h1")).to_have_text("Foreign Affairs")
    assert "on=2015-12-11" in page.url
