"""What there is to see at the intake."""

from collections.abc import Iterator
from functools import partial

from playwright.sync_api import Page

from tests.fixtures.clicking import click
from tests.fixtures.intake_door import IntakeDoor
from tests.fixtures.ledgers import nights
from tests.fixtures.months import DAY, sweep_days
from tests.fixtures.talking import offer_times
from tests.fixtures.visitors import come
from tests.screens.camera import Screen
from tests.screens.intake_back import coming_back, coming_to_talk, with_words
from tests.screens.intake_coming import coming


def screens(door: IntakeDoor) -> Iterator[Screen]:
    """Every page, in the order in which somebody comes to it."""
    yield from coming()
    yield Screen("danger", "/danger")
    yield Screen("number", "/number")
    yield Screen("times-empty", "/times")
    yield from coming_back(door)
    (first, *_) = offer_times(door.stage, weeks=4)
    yield Screen("times", "/times")
    yield Screen("come-with-a-time", f"/a?time={first}#p3")
    yield from coming_to_talk(door)
    yield Screen("not-there", "/nothing-here", status=404)
    yield from a_number(door)


def a_number(door: IntakeDoor) -> Iterator[Screen]:
    """A number that is checked: nothing yet, then what it stands for, with its proof. Days pass, so it comes last."""
    guest = come(door.stage)
    guest.does("withdraw_forget")
    number = next(str(said.params["number"]) for said in guest.sees().answers[1] if "number" in said.params)
    yield Screen("here-number", "/back", act=with_words(guest.words))
    yield Screen("number-unknown", "/number", act=partial(_check, number=number))
    with door.stage.intake.open() as books:
        today = books.today
    sweep_days(door.stage, today, today + 7 * DAY)
    nights(door.stage)
    yield Screen("number-found", "/number", act=partial(_check, number=number))


def _check(page: Page, number: str) -> None:
    page.fill("[name=number]", number)
    click(page, "main form button")
