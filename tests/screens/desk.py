"""What there is to see at the desk."""

from collections.abc import Iterator

from playwright.sync_api import Page

from tests.fixtures.desk_door import DeskDoor, come
from tests.fixtures.report_life import open_to_review, said
from tests.screens import desk_case
from tests.screens.camera import Screen


def screens(door: DeskDoor) -> Iterator[Screen]:
    """Every page, in the order in which somebody comes to it."""
    yield Screen("sign-in", "/sign-in")
    head = door.session("head")
    yield Screen("monday-empty", "/", head)
    yield from desk_case.screens(door)
    for about in ("García Luna", "Luis Pérez", "Garcia, Luna"):
        come(door.stage, about=about)
    talk = come(door.stage, "consultation")
    yield Screen("monday", "/", head)
    yield Screen("monday-filtered", "/?list=late&kind=complaint&yours=true", head)
    yield Screen("talk", f"/consultations/{talk.id}", head)
    yield Screen("talk-refused", f"/consultations/{talk.id}", head, act=send_nothing)
    yield Screen("earlier", "/earlier", head)
    yield Screen("earlier-found", "/earlier", head, act=search)
    yield Screen("people", "/people", head)
    yield Screen("setup", "/setup")
    yield Screen("reports-empty", "/reports", head)
    report = open_to_review(door.stage)
    said(door.stage, report)
    yield Screen("reports", "/reports", head)
    yield Screen("report", f"/reports/{report}", head)
    yield Screen("not-there", "/nothing-here", head, status=404)


def send_nothing(page: Page) -> None:
    """A message of blanks, which the browser lets through and the desk does not."""
    page.click("details:has(form[action$='/messages']) > summary >> nth=0")
    page.fill("form[action$='/messages'] textarea:visible >> nth=0", "   ")
    page.click("form[action$='/messages'] button:not([name]):visible >> nth=0")


def search(page: Page) -> None:
    """Earlier matters about somebody."""
    page.fill("[name=about]", "garcía luna")
    page.click("main form button")
