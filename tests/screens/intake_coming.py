"""What there is to see for somebody who comes to the intake: from the start to the words, and what stands beside the way."""

from collections.abc import Callable, Iterator

from playwright.sync_api import Page

from tests.fixtures.clicking import click
from tests.screens.camera import Screen

STATEMENT = "The head of my unit reads my mail."


def coming() -> Iterator[Screen]:
    """Every page, in the order in which she comes to it."""
    yield Screen("start", "/")
    yield Screen("about", "/about")
    yield Screen("routes", "/routes", act=_count)
    yield Screen("care", "/care")
    yield Screen("come-1-who", "/b#p1")
    yield Screen("come-2-what", "/a#p2")
    yield Screen("come-3-read", "/a#p4", act=_write)
    yield Screen("come-refused", "/b#p4", act=_everybody)
    yield Screen("words", "/b#p4", act=_sent_to("p1"))
    yield Screen("words-check", "/b#p4", act=_sent_to("p2"))
    yield Screen("words-next", "/a#p4", act=_sent_to("p3"))


def _as_staff(page: Page) -> None:
    page.check("[value=staff]")


def _count(page: Page) -> None:
    _as_staff(page)
    page.fill("[type=date]", "2016-08-20")
    click(page, "[value=count]")


def _write(page: Page) -> None:
    page.fill("#f-statement", STATEMENT)
    _as_staff(page)


def _everybody(page: Page) -> None:
    """Nobody is left to read it."""
    _write(page)
    for box in page.locator("#f-must_not_see-ids input").all():
        box.check()
    click(page, "[value=send]")


def _sent_to(step: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        _write(page)
        click(page, "[value=send]")
        if step != "p1":
            page.click(f"#p1 [href='#{step}']")

    return act
