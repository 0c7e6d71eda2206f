"""What a complaint can come to, by clicking: findings served with her yes, a recommendation, silence, and a late yes."""

from datetime import date

from playwright.sync_api import Page, expect

from actions.kernel.sweep import sweep
from tests.fixtures.browser import Pages
from tests.fixtures.clicking import click, comes_back, move
from tests.fixtures.desk_door import DeskDoor
from tests.fixtures.intake_door import IntakeDoor
from tests.fixtures.serving import Serve
from tests.fixtures.visitors import at_desk, come, on_rung, opened_by, secret

TO, TEXT = "The head of the department", "A person has been kept out of the meetings of her own project since March."
ADVICE = "That everybody takes part in the meetings of their own project."
UNANSWERED = date(2016, 10, 3)
"""A Monday: the 20 working days for a reply, begun on the first of September, were over on Friday."""


def agrees(her: Page, address: str, words: str, text: str) -> None:
    """She comes back and says yes to exactly this text."""
    assert text in comes_back(her, address, words)
    click(her, her.get_by_role("button", name="Yes, you may send exactly this text"))
    expect(her.locator(".done")).to_be_visible()


def agreed(page: Page, trigger: str) -> None:
    """Make a move that rests on the newest yes."""
    page.reload()
    options = page.locator(f"form:has(input[name='trigger'][value='{trigger}']) [name='payload.consent'] option")
    move(page, trigger, consent=str(options.last.get_attribute("value")))


def test_a_recommendation_without_reply_is_accepted_late_and_seen_done(
    intake_door: IntakeDoor, desk_door: DeskDoor, serve: Serve, open_page: Pages
):
    stage, outside, inside = desk_door.stage, serve(intake_door.app), serve(desk_door.app)
    guest = come(stage, about=secret("Procurement"))
    handler = on_rung(stage, guest.matter, 0)
    opened_by(stage, handler, guest.matter)
    for trigger in ("acknowledge", "screen", "inquire"):
        at_desk(stage, handler, guest.matter, trigger)
    her, hers = open_page(outside, None, narrow=True), open_page(inside, token=desk_door.session(handler))
    click(hers, "main .cards a")
    case = hers.url
    move(hers, "draft", text=TEXT)
    move(hers, "ask_consent", to=TO, text=TEXT, purpose="serve_draft", audience="head_of_unit")
    agrees(her, outside, guest.words, TEXT)
    agreed(hers, "serve_draft")
    move(hers, "draft_answered", text="We knew nothing of it.")
    move(hers, "conclude", text=TEXT)
    move(hers, "recommend", to=TO, text=ADVICE)
    move(hers, "ask_consent", to=TO, text=ADVICE, purpose="issue", audience="head_of_unit")
    agrees(her, outside, guest.words, ADVICE)
    click(hers, "#tied + ul a")
    agreed(hers, "issue")
    stage.to_day(UNANSWERED)
    sweep(stage.flows)
    hers.reload()
    expect(hers.locator(".due-first")).to_contain_text("No reply")
    move(hers, "accept", text="We accept it.", on="2016-09-28")
    move(hers, "start_follow_up", text="They will do it.")
    move(hers, "confirm_implemented", text="Done.")
    hers.goto(case)
    move(hers, "follow_up")
    move(hers, "close", ground="followed_up", text="We have finished.")
    assert "You can ask for a second look by Wednesday, 2 November 2016" in comes_back(her, outside, guest.words)
    assert sorted(stage.rows("SELECT kind, state FROM matter")) == [("complaint", "closed"), ("recommendation", "implemented")]
