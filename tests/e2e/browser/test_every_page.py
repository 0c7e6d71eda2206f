"""Everybody can use every page that is listed in tests/screens: on a screen, on a phone, by night, by keyboard alone. No page
says a name of ours that people have another word for.

Each page in one language, which goes round, so that each language has its turn at each door; by hand all four on every page:
`PAGES_IN=en,es,pt,fr pytest tests/e2e/browser/test_every_page.py`.
"""

from collections.abc import Iterable

import pytest
from playwright.sync_api import Page

from tests.fixtures.axe import axe_problems
from tests.fixtures.browser import NARROW, PAGES_IN, Pages
from tests.fixtures.desk_door import DeskDoor
from tests.fixtures.doors import CouncilDoor
from tests.fixtures.intake_door import IntakeDoor
from tests.fixtures.keyboard import keyboard_problems
from tests.fixtures.raw_names import raw_names
from tests.fixtures.reflow import reflow_problems
from tests.fixtures.serving import Serve
from tests.screens import council, desk, intake
from tests.screens.camera import Screen, visit
from web.messages import LANGUAGES

OF_ITS_LOOK = ("color-contrast", "target-size", "link-in-text-block", "scrollable-region-focusable", "css-orientation-lock")
"""What axe may find otherwise on a phone by night than on a screen."""


def problems(open_page: Pages, address: str, screen: Screen, number: int) -> list[str]:
    """What is wrong with a page: on a screen, then, as it stands, on a phone by night."""
    found = []
    for language in PAGES_IN or (LANGUAGES[number % len(LANGUAGES)],):
        page = visit(open_page, address, screen, language=language)
        flaws = [*axe_problems(page), *raw_names(page)]
        on_a_phone_by_night(page)
        flaws += [*axe_problems(page, rules=OF_ITS_LOOK), *reflow_problems(page), *keyboard_problems(page), *open_page.close()]
        found += [f"{screen.name}, {language}: {flaw}" for flaw in flaws]
    return found


def on_a_phone_by_night(page: Page) -> None:
    """The same page, narrow and dark."""
    width, height = NARROW
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme="dark")


@pytest.fixture
def all_problems(serve: Serve, open_page: Pages):
    """What is wrong with all pages of a door."""

    def look(app: object, screens: Iterable[Screen]) -> list[str]:
        address = serve(app)
        return [flaw for number, screen in enumerate(screens) for flaw in problems(open_page, address, screen, number)]

    return look


def test_nothing_is_wrong_with_any_page_of_the_intake(intake_door: IntakeDoor, all_problems):
    assert all_problems(intake_door.app, intake.screens(intake_door)) == []


def test_nothing_is_wrong_with_any_page_of_the_desk(desk_door: DeskDoor, all_problems):
    assert all_problems(desk_door.app, desk.screens(desk_door)) == []


def test_nothing_is_wrong_with_any_page_of_the_councils_door(council_door: CouncilDoor, all_problems):
    assert all_problems(council_door.app, council.screens(council_door)) == []
