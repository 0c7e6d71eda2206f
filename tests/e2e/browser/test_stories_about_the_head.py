"""A complaint about the head by clicking, in an office of one: the alternate reads it, and for the head it is not there."""

from collections.abc import Iterator
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from tests.fixtures.apps import desk_app, intake_app
from tests.fixtures.browser import Pages
from tests.fixtures.clicking import OFFICIAL, click, comes, comes_back, move
from tests.fixtures.databases import Database
from tests.fixtures.desk_door import DeskDoor
from tests.fixtures.ombuds_office import ombuds_house, roster_of
from tests.fixtures.serving import Serve

STATEMENT = "The head of the office told my unit what I had said."
NOBODY = UUID(int=7)
"""An id that no matter has."""


@pytest.fixture
def small_desk(ombuds: Database) -> Iterator[DeskDoor]:
    """An office of one, with an alternate."""
    with ombuds_house(ombuds, roster_of(1)) as stage:
        yield DeskDoor(stage, desk_app(stage.desk))


def seen_by(head: Page, address: str, matter: object) -> list[str]:
    """All that the head's pages say about the office's work, and about one id."""
    seen = []
    for path in ("/", "/people", f"/complaints/{matter}"):
        answer = head.goto(f"{address}{path}")
        assert answer is not None
        seen.append(f"{answer.status} {head.inner_text('body')}".replace(str(matter), ""))
    click(head, "nav >> text=Earlier matters")
    head.fill("[name=about]", "Ombudsperson")
    click(head, "main form button")
    return [*seen, head.inner_text("main")]


def test_a_complaint_about_the_head_is_read_by_the_alternate_and_is_not_there_for_the_head(
    small_desk: DeskDoor, serve: Serve, open_page: Pages
):
    stage, inside = small_desk.stage, serve(small_desk.app)
    outside = serve(intake_app(stage.intake))
    head = open_page(inside, None, token=small_desk.session("head"))
    before = seen_by(head, inside, NOBODY)
    her = open_page(outside, narrow=True)
    words = comes(her, OFFICIAL, STATEMENT, "Head", answers__about="Ombudsperson")
    alternate = open_page(inside, token=small_desk.session("alternate"))
    click(alternate, "main .cards a")
    matter = urlsplit(alternate.url).path.rpartition("/")[2]
    expect(alternate.locator("main")).to_contain_text(STATEMENT)
    expect(alternate.locator("#people + p")).not_to_contain_text("Head")
    move(alternate, "acknowledge")
    assert seen_by(head, inside, matter) == before
    assert "Alternate opened it" in comes_back(her, outside, words)
    click(her, "a[href*='way=b']")
    click(her, "main button.danger")
    expect(her.locator(".done")).to_be_visible()
    assert stage.rows("SELECT id::text, state FROM matter") == [(matter, "withdrawn")]
    assert seen_by(head, inside, matter) == before
