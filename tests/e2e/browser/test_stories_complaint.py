"""A complaint from its first word to its end by clicking alone: she writes, somebody reads, asks and closes; she comes back."""

import pytest
from playwright.sync_api import expect

from tests.fixtures.browser import Pages
from tests.fixtures.clicking import OFFICIAL, click, comes, comes_back, move, signs_in
from tests.fixtures.desk_door import DeskDoor
from tests.fixtures.intake_door import IntakeDoor
from tests.fixtures.keys import now_code
from tests.fixtures.serving import Serve

pytestmark = pytest.mark.usefixtures("cheap_passphrases")

STATEMENT = "The head of my unit reads my mail.\n\nEvery morning."
SETTLED = "We talked with the unit. Your mail is yours alone again."


def test_a_complaint_is_made_read_agreed_to_and_closed_by_clicking(
    intake_door: IntakeDoor, desk_door: DeskDoor, serve: Serve, open_page: Pages
):
    stage, outside, inside = desk_door.stage, serve(intake_door.app), serve(desk_door.app)
    her = open_page(outside, narrow=True)
    words = comes(her, OFFICIAL, STATEMENT)
    secret = stage.give_passphrase("head")
    hers = open_page(inside, None)
    hers.goto(inside)
    expect(hers.locator("h1")).to_have_text("Sign in")
    open_page.caught()  # a page that asks to sign in is answered with 401
    signs_in(hers, "head", now_code(secret))
    click(hers, "main .cards a")
    expect(hers.locator("main")).to_contain_text("Every morning.")
    move(hers, "acknowledge", text="Thank you for writing. I have read it.")
    move(hers, "screen")
    told = {"to": "The head of the unit", "text": "Somebody asks that mail stays closed."}
    move(hers, "ask_consent", **told, purpose="refer", audience="head_of_unit")
    said = comes_back(her, outside, words)
    assert "I have read it." in said
    assert "Somebody asks that mail stays closed." in said
    click(her, her.get_by_role("button", name="Yes, you may send exactly this text"))
    expect(her.locator(".done")).to_be_visible()
    hers.reload()
    expect(hers.locator("main")).to_contain_text("The head of the unit")
    move(hers, "close", ground="settled", text=SETTLED)
    assert stage.rows("SELECT state FROM matter") == [("closed",)]
    assert SETTLED in comes_back(her, outside, words)
    click(hers, "text=Sign out")
    hers.goto(inside)
    expect(hers.locator("h1")).to_have_text("Sign in")
    open_page.caught()
