"""Somebody comes by a browser without script, on a phone: the whole way by clicking, and nothing of it lost by Back."""

import pytest
from playwright.sync_api import Page, expect

from tests.fixtures.browser import Pages
from tests.fixtures.clicking import click
from tests.fixtures.intake_door import IntakeDoor
from tests.fixtures.serving import Serve

STATEMENT = "My head of unit\n\nreads my mail."
STEPS = ("p1", "p2", "p3", "p4")


@pytest.fixture
def begin(intake_door: IntakeDoor, serve: Serve, open_page: Pages):
    """Opens a page of the intake, on a phone unless `narrow` says otherwise."""
    address = serve(intake_door.app)
    return lambda path="/", language="en", narrow=True: open_page(address, path, language=language, narrow=narrow)


def sees(page: Page, *shown: str) -> None:
    """These steps come to be shown, and no other; a click returns before the page it leads to is drawn."""
    for step in STEPS:
        expect(page.locator(f"#{step}")).to_be_visible(visible=step in shown)


def on(page: Page, step: str, button: str = "Continue") -> None:
    page.click(f"#{step} >> text={button}")


def write(page: Page) -> None:
    """From the start to the last step, by clicking."""
    click(page, "text=Make an official complaint")
    page.get_by_label("Officer A").check()
    on(page, "p1")
    page.fill("#f-statement", STATEMENT)
    on(page, "p2")
    page.fill("#f-identity", "Lucía")
    on(page, "p3")


def test_the_whole_way_by_clicking_on_a_phone_without_script(begin, intake_door: IntakeDoor):
    page = begin()
    click(page, "text=Make an official complaint")
    sees(page, "p1")
    page.get_by_label("Officer A").check()
    on(page, "p1")
    sees(page, "p2")
    page.fill("#f-statement", STATEMENT)
    on(page, "p2")
    expect(page.locator("#f-answers-decision_on")).not_to_be_visible()  # asked only of whoever has limits
    page.get_by_label("Staff member").check()
    page.fill("#f-answers-decision_on", "2016-08-20")
    click(page, "text=Show me the time limits")
    sees(page, "p3")
    expect(page.locator("text=It may end on Tuesday, 6 September 2016.")).to_have_count(2)
    on(page, "p3")
    sees(page, *STEPS)  # all of it is read over
    assert page.input_value("#f-statement") == STATEMENT
    assert page.get_by_label("Officer A").is_checked()
    click(page, "button[value=send]")
    words = page.locator(".twelve li").all_inner_texts()
    on(page, "p1", "Check what I wrote")
    asked = page.locator("#p2 input").evaluate_all("all => all.map(one => Number(one.id.slice(1)))")
    page.fill(f"#w{asked[0]}", "another")
    page.fill(f"#w{asked[1]}", words[asked[1] - 1].upper())
    page.press(f"#w{asked[1]}", "Tab")
    expect(page.locator(f"#w{asked[0]}-wrong")).to_be_visible()
    expect(page.locator(f"#w{asked[1]}-right")).to_be_visible()
    expect(page.locator("#p2 .through")).not_to_be_visible()
    on(page, "p2", "See the words again")
    assert page.locator(".twelve li").all_inner_texts() == words
    page.go_back()
    page.fill(f"#w{asked[0]}", words[asked[0] - 1])
    page.click("#p2 .through")
    expect(page.locator("text=A person will read this by Thursday, 8 September 2016.")).to_be_visible()
    assert STATEMENT in [line["text"] for line in intake_door.get(" ".join(words)).json()["messages"]]


def test_back_and_forward_lose_nothing_at_any_step(begin):
    page = begin()
    write(page)
    for step in ("p3", "p2", "p1"):
        page.go_back()
        sees(page, step)
        assert page.input_value("#f-statement") == STATEMENT
        assert page.input_value("#f-identity") == "Lucía"
        assert page.get_by_label("Officer A").is_checked()
    for step in ("p2", "p3"):
        page.go_forward()
        sees(page, step)
    assert page.input_value("#f-identity") == "Lucía"


def test_nothing_written_is_not_sent_and_what_is_refused_is_on_its_page_again(begin, intake_door: IntakeDoor):
    page = begin()
    write(page)
    page.fill("#f-statement", "")
    page.click("button[value=send]")
    assert page.url.endswith("#p4"), "the browser itself asks for the text, and leads to it"
    page.fill("#f-statement", STATEMENT)
    for name in ("Head", "Alternate", "Officer B"):
        page.get_by_label(name).check()
    click(page, "button[value=send]")
    expect(page.locator("#problem")).to_be_visible()
    sees(page, "p1")
    page.click("#problem a")
    page.get_by_label("Officer B").uncheck()
    on(page, "p1")
    assert page.input_value("#f-statement") == STATEMENT
    page.go_back()
    page.go_back()
    page.go_back()
    assert page.url.endswith("#p4"), "before it was sent"
    assert page.input_value("#f-statement") == STATEMENT, "the browser kept it in its memory"
    assert intake_door.stage.rows("SELECT count(*) FROM matter") == [(0,)]


def test_a_second_press_on_send_and_a_second_loading_bring_the_same_words(begin, intake_door: IntakeDoor):
    page = begin()
    write(page)
    page.dblclick("button[value=send]")
    page.locator(".twelve").wait_for()
    page.wait_for_load_state("networkidle")
    words = page.locator(".twelve li").all_inner_texts()
    page.reload()
    assert page.locator(".twelve li").all_inner_texts() == words
    assert intake_door.stage.rows("SELECT count(*) FROM matter") == [(1,)]


def test_the_enter_key_sends_nothing(begin, intake_door: IntakeDoor):
    page = begin("/b")
    page.get_by_label("Officer A").press("Enter")
    sees(page, *STEPS)  # all of it to read over, as it would be sent
    assert intake_door.stage.rows("SELECT count(*) FROM matter") == [(0,)]


def test_another_language_keeps_the_text_and_shows_all_of_it(begin):
    page = begin("/b")
    click(page, "button[value=fr]")
    sees(page, "p1")  # nothing is written yet
    page.get_by_label("Officer A").check()
    page.goto(f"{page.url}#p2")
    page.fill("#f-statement", STATEMENT)
    click(page, "button[value=es]")
    expect(page.locator("h1")).to_have_text("Presentar una queja oficial")
    sees(page, *STEPS)
    assert page.input_value("#f-statement") == STATEMENT
    assert page.get_by_label("Officer A").is_checked()


def test_printed_there_is_nothing_but_the_words(begin):
    page = begin()
    write(page)
    click(page, "button[value=send]")
    for step in ("p1", "p3"):
        page.emulate_media(media="print")
        seen = page.locator("body *").evaluate_all(
            "all => all.filter(one => one.checkVisibility() && !one.children.length && one.innerText).map(one => one.innerText)"
        )
        assert seen == page.locator(".twelve li").all_inner_texts()
        assert len(seen) == 12
        page.emulate_media(media="screen")
        page.goto(f"{page.url.partition('#')[0]}#{step}")
