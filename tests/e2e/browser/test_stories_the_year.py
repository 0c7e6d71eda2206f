"""What a year's report is made of, by clicking: a case that is not taken up, and what two cases are about, told in codes."""

from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.fixtures.browser import Pages
from tests.fixtures.clicking import click, does, move
from tests.fixtures.desk_door import DeskDoor, come
from tests.fixtures.serving import Serve

ENDS = "As we talked."
CODES = {"station": "US-DC", "personnel": "staff", "about": "head", "issues": ("2B", "2M")}


def tells_in_codes(page: Page, **more: str) -> None:
    """What the case is about, on the page of its codes."""
    click(page, "#codes ~ p a")
    does(page, "form[action$='/facts']", **CODES, **more)
    expect(page.locator("#codes + dl")).to_contain_text("2M Performance appraisal, grading")


def test_a_case_is_not_taken_up_and_two_are_told_in_codes_about_one_head(desk_door: DeskDoor, serve: Serve, open_page: Pages):
    stage, address = desk_door.stage, serve(desk_door.app)
    for number in (1, 2):
        come(stage, statement=f"Somebody, number {number}.")
    page = open_page(address, "/", token=desk_door.session("head"))
    click(page, "#list-new_to_read ~ .cards a")
    first = urlsplit(page.url).path.rpartition("/")[2]
    move(page, "acknowledge")
    move(page, "screen")
    move(page, "decline", ground="out_of_remit", text=ENDS)
    tells_in_codes(page)
    page.goto(address)
    expect(page.locator("#list-waiting_for_her ~ .cards")).to_contain_text(first[:8])
    click(page, "#list-new_to_read ~ .cards a")
    tells_in_codes(page, same_as=first)
    click(page, "#codes ~ p a")
    expect(page.locator("main")).to_contain_text(f"Your other cases about the same head: {first[:8]}.")
    assert stage.rows("SELECT state FROM matter WHERE id = :id", id=first) == [("declined",)]
    assert stage.rows("SELECT about, count(*), count(DISTINCT subject) FROM case_facts GROUP BY 1") == [("head", 2, 1)]
