"""What there is to see at the desk."""

from collections.abc import Iterator

from playwright.sync_api import Page
from pydantic import SecretStr

from actions.kinds.times import TakeTime
from actions.offered_times import free_times
from actions.terms import follow_terms
from tests.fixtures.clicking import click
from tests.fixtures.desk_door import DeskDoor, come, she
from tests.fixtures.report_life import open_to_review, said
from tests.fixtures.talking import offer_times
from tests.screens import desk_case, desk_office, letters
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
    yield Screen("times-empty", "/times", head)
    offer_times(door.stage, weeks=3)
    taken = free_times(door.stage.intake)[0].row.id
    she(door.stage, talk, "take_time", TakeTime(time=taken, number=SecretStr("555 0199"), hours=SecretStr("after seven")))
    yield Screen("times", "/times", head)
    yield Screen("earlier", "/earlier", head)
    yield Screen("earlier-found", "/earlier", head, act=search)
    yield Screen("contacts-empty", "/contacts", head)
    noted(door)
    yield Screen("contacts", "/contacts", head)
    yield Screen("record", "/record", head)
    yield from desk_office.screens(door, head)
    yield Screen("people", "/people", head)
    yield from letters.keys(door, head)
    yield Screen("setup", "/setup")
    yield Screen("reports-empty", "/reports", head)
    report = open_to_review(door.stage)
    said(door.stage, report)
    yield Screen("reports", "/reports", head)
    yield Screen("report", f"/reports/{report}", head)
    yield Screen("term-empty", "/term", head)
    ends(door)
    yield Screen("term", "/term", head)
    yield Screen("not-there", "/nothing-here", head, status=404)


def ends(door: DeskDoor) -> None:
    """The head's last day is known and near, and the worker has looked."""
    query = "UPDATE appointment SET until_on = '2016-10-20' WHERE person_id = :p RETURNING 1"
    door.stage.rows(query, p=door.stage.people["head"])
    follow_terms(door.stage.flows)


def noted(door: DeskDoor) -> None:
    """A slip, an entry on independence and a briefing."""
    client = door.client("head")
    slip = {"month": "2016-09", "channel": "phone", "language": "es", "issues": ["2H"], "done": ["referral"], "route": "hearing"}
    entry = {
        "kind": "access_refused",
        "on": "2016-08-01",
        "thing": "documents",
        "unit": "Procurement",
        "refused_on": "2016-08-15",
    }
    line = {"on": "2016-08-30", "sort": "briefing", "region": "caribbean", "language": "en", "people": 14}
    for path, told in (("contacts", slip), ("independence", entry), ("outreach", line)):
        assert client.post(f"/v1/{path}", json=told).status_code == 201


def send_nothing(page: Page) -> None:
    """A message of blanks, which the browser lets through and the desk does not."""
    page.click("details:has(form[action$='/messages']) > summary >> nth=0")
    page.fill("form[action$='/messages'] textarea:visible >> nth=0", "   ")
    click(page, "form[action$='/messages'] button:not([name]):visible >> nth=0")


def search(page: Page) -> None:
    """Earlier matters about somebody."""
    page.fill("[name=about]", "garcía luna")
    click(page, "main form button")
