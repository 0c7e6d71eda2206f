"""Everybody can use every page that is listed in tests/screens: on a screen, on a phone, by night, by keyboard alone.

Each page in two languages, which go round, so that each language has its turn at each door; by hand all four on every page:
`PAGES_IN=en,es,pt,fr pytest tests/e2e/browser/test_every_page.py`.
"""

import os
from collections.abc import Iterable

import pytest

from tests.fixtures.axe import axe_problems
from tests.fixtures.browser import Pages
from tests.fixtures.desk_door import DeskDoor
from tests.fixtures.doors import CouncilDoor
from tests.fixtures.intake_door import IntakeDoor
from tests.fixtures.keyboard import keyboard_problems
from tests.fixtures.reflow import reflow_problems
from tests.fixtures.serving import Serve
from tests.screens import council, desk, intake
from tests.screens.camera import Screen, visit
from web.messages import LANGUAGES

ASKED = tuple(filter(None, os.environ.get("PAGES_IN", "").split(",")))
"""The languages in which every page is looked at; none: one a page, which goes round."""


def problems(open_page: Pages, address: str, screen: Screen, number: int) -> list[str]:
    """What is wrong with a page: seen on a screen in one language or all that are asked for, on a phone by night in another."""
    found = []
    for language in ASKED or (LANGUAGES[(number + 2) % len(LANGUAGES)],):
        found += [f"{language}: {flaw}" for flaw in axe_problems(visit(open_page, address, screen, language=language))]
        found += open_page.close()
    language = LANGUAGES[number % len(LANGUAGES)]
    page = visit(open_page, address, screen, language=language, narrow=True, dark=True)
    flaws = [*axe_problems(page), *reflow_problems(page), *keyboard_problems(page), *open_page.close()]
    return [f"{screen.name}: {flaw}" for flaw in (*found, *(f"{language}, narrow, dark: {flaw}" for flaw in flaws))]


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
