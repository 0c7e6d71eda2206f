"""A talk by clicking: one that she makes an official complaint, and one that nobody goes on with, of which nothing is left."""

from datetime import date
from uuid import UUID

from playwright.sync_api import expect

from actions.kernel.sweep import sweep
from tests.fixtures.browser import Pages
from tests.fixtures.clicking import TALK, click, comes, comes_back, move, writes
from tests.fixtures.desk_door import DeskDoor
from tests.fixtures.intake_door import IntakeDoor
from tests.fixtures.months import DAY, sweep_days
from tests.fixtures.serving import Serve
from tests.fixtures.visitors import on_rung

STATEMENT = "I do not know whether what happens to me is normal."
ADVICE = "It is not. You can leave it at that, or make it official."
MORE = "He does it in front of others."
LAST_DAY = date(2016, 10, 13)
"""42 days after our last word: until then she can go on with it."""


def test_a_talk_is_answered_and_made_an_official_complaint_by_clicking(
    intake_door: IntakeDoor, desk_door: DeskDoor, serve: Serve, open_page: Pages
):
    stage, outside, inside = desk_door.stage, serve(intake_door.app), serve(desk_door.app)
    her = open_page(outside, narrow=True)
    words = comes(her, TALK, STATEMENT)
    hers = open_page(inside, token=desk_door.session("head"))
    click(hers, "main .cards a")
    expect(hers.locator("main")).to_contain_text(STATEMENT)
    move(hers, "open_conversation")
    writes(hers, ADVICE)
    assert ADVICE in comes_back(her, outside, words)
    click(her, "a[href^='/here/more']")
    expect(her.locator("main")).to_contain_text("The talk ends with it.")
    move(her, "make_official", statement=MORE)
    assert sorted(stage.rows("SELECT state FROM matter")) == [("became_formal",), ("submitted",)]
    hers.goto(inside)
    expect(hers.locator("main .cards")).to_have_count(0)  # whoever heard her in a talk does not get the complaint
    (made,) = stage.rows("SELECT id FROM matter WHERE kind = 'complaint'")
    officer = on_rung(stage, UUID(str(made[0])), 0)
    theirs = open_page(inside, token=desk_door.session(officer))
    click(theirs, "main .cards a")
    expect(theirs.locator("main")).to_contain_text(MORE)
    expect(theirs.locator("main")).not_to_contain_text(ADVICE)
    move(theirs, "acknowledge")
    read = officer.replace("_", " ").title()
    assert f"{read} opened it" in comes_back(her, outside, words), "the same words lead to the complaint"


def test_a_talk_that_nobody_goes_on_with_ends_and_nothing_of_it_is_left(
    intake_door: IntakeDoor, desk_door: DeskDoor, serve: Serve, open_page: Pages
):
    stage, outside, inside = desk_door.stage, serve(intake_door.app), serve(desk_door.app)
    her = open_page(outside, narrow=True)
    words = comes(her, TALK, STATEMENT)
    hers = open_page(inside, token=desk_door.session("head"))
    click(hers, "main .cards a")
    place = hers.url
    move(hers, "open_conversation", text=ADVICE)
    stage.to_day(LAST_DAY)
    sweep(stage.flows)
    assert "the talk ends by itself: 13 October 2016" in comes_back(her, outside, words)
    stage.to_day(LAST_DAY + DAY)
    sweep(stage.flows)
    assert "Our talk has ended. We destroy our notes" in comes_back(her, outside, words)
    hers.goto(inside)
    expect(hers.locator("main .cards")).to_have_count(0)
    sweep_days(stage, LAST_DAY + DAY, LAST_DAY + 9 * DAY)
    assert stage.rows("SELECT id FROM matter") == []
    assert "These words lead nowhere" in comes_back(her, outside, words)
    assert hers.goto(place).status == 404
