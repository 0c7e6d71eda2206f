"""A complaint from its first word to its end by clicking alone: she writes, somebody reads, asks and closes; she comes back."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.fixtures.browser import Pages
from tests.fixtures.desk_door import DeskDoor
from tests.fixtures.intake_door import IntakeDoor
from tests.fixtures.keys import now_code
from tests.fixtures.ombuds_office import PASSPHRASE
from tests.fixtures.serving import Serve

pytestmark = pytest.mark.usefixtures("cheap_passphrases")

STATEMENT = "The head of my unit reads my mail.\n\nEvery morning."
SETTLED = "We talked with the unit. Your mail is yours alone again."


def form_of(page: Page, trigger: str) -> Locator:
    """The form that makes a move, unfolded."""
    form = page.locator(f"form:has(input[name='trigger'][value='{trigger}'])").first
    if not form.is_visible():
        page.locator("details").filter(has=form).last.locator("> summary").click()
    return form


def move(page: Page, trigger: str, **typed: str) -> None:
    """Make a move by its form, and read that it was done."""
    form = form_of(page, trigger)
    for name, value in typed.items():
        field = form.locator(f"[name='payload.{name}']")
        field.select_option(value) if field.evaluate("one => one.tagName") == "SELECT" else field.fill(value)
    form.locator("button:not([name])").first.click()
    page.wait_for_load_state()
    expect(page.locator(".done")).to_be_visible()


def files(page: Page) -> str:
    """She writes, without a name, and gets her words."""
    page.click("text=Make an official complaint")
    page.click("#p1 >> text=Continue")
    page.fill("#f-statement", STATEMENT)
    page.click("#p2 >> text=Continue")
    page.click("#p3 >> text=Continue")
    page.click("button[value=send]")
    return " ".join(page.locator(".twelve li").all_inner_texts())


def comes_back(page: Page, address: str, words: str) -> str:
    """She comes back by the link on the start page; gives all that the page says."""
    page.goto(address)
    page.click("text=I have words: come back")
    page.fill("#words", words)
    page.click("main button[type=submit]")
    return page.inner_text("main")


def signs_in(page: Page, name: str, code: str) -> None:
    page.fill("[name=name]", name)
    page.fill("[name=passphrase]", PASSPHRASE)
    page.fill("[name=totp]", code)
    page.click("main button")


def test_a_complaint_is_made_read_agreed_to_and_closed_by_clicking(
    intake_door: IntakeDoor, desk_door: DeskDoor, serve: Serve, open_page: Pages
):
    stage, outside, inside = desk_door.stage, serve(intake_door.app), serve(desk_door.app)
    her = open_page(outside, narrow=True)
    words = files(her)
    secret = stage.give_passphrase("head")
    hers = open_page(inside, None)
    hers.goto(inside)
    assert hers.locator("h1").inner_text() == "Sign in"
    open_page.caught()  # a page that asks to sign in is answered with 401
    signs_in(hers, "head", now_code(secret))
    hers.click("main .cards a")
    assert "Every morning." in hers.inner_text("main")
    move(hers, "acknowledge", text="Thank you for writing. I have read it.")
    move(hers, "screen")
    move(hers, "ask_consent", to="The head of the unit", text="Somebody asks that mail stays closed.")
    said = comes_back(her, outside, words)
    assert "I have read it." in said
    assert "Somebody asks that mail stays closed." in said
    her.get_by_role("button", name="Yes, you may send exactly this text").click()
    expect(her.locator(".done")).to_be_visible()
    hers.reload()
    assert "The head of the unit" in hers.inner_text("main")
    move(hers, "close", ground="settled", text=SETTLED)
    assert stage.rows("SELECT state FROM matter") == [("closed",)]
    assert SETTLED in comes_back(her, outside, words)
    hers.click("text=Sign out")
    hers.goto(inside)
    assert hers.locator("h1").inner_text() == "Sign in"
    open_page.caught()
