"""A mandate that ends by itself, by clicking: reviewed and renewed before its day it goes on; not renewed again it expires."""

from datetime import UTC, date, datetime

from playwright.sync_api import expect

from actions.kernel.sweep import sweep
from tests.fixtures.browser import Pages
from tests.fixtures.clicking import click, does, move
from tests.fixtures.doors import CouncilDoor
from tests.fixtures.offices import Stage
from tests.fixtures.serving import Serve

GIVEN = {
    "symbol": "CP/RES. 1051 (2017/15)",
    "title": "An authorisation for 180 days",
    "issued_by": "PC",
    "on": "2015-05-26",
    "source": "CP/doc.5139/15",
    "sunset___which": "1",
    "sunset__start": "2015-05-26",
    "sunset__count": "180",
    "sunset__first_day": "counted",
}
RENEWED = {
    "body": "PC",
    "on": "2015-11-18",
    "instrument": "CP/RES. 1060 (2040/15)",
    "sunset___which": "0",
    "sunset__on": "2016-05-20",
}
"""Through a Friday; the first one ended on a Saturday, 2015-11-21."""
NIGHT = datetime(2015, 11, 22, 6, 0, tzinfo=UTC)
"""An hour after midnight in Washington, on the day after the first end."""


def comes_to(stage: Stage, instant: datetime) -> None:
    """That instant has come, and the sweep has run."""
    stage.move_to(instant)
    sweep(stage.flows)


def test_a_mandate_is_renewed_before_its_last_day_and_expires_on_the_day_after_the_next(
    council_door: CouncilDoor, serve: Serve, open_page: Pages
):
    stage, address = council_door.stage, serve(council_door.app)
    secretary = open_page(address, "/mandates/new", token=council_door.session(stage.people["secretary"]))
    does(secretary, "main form[action$='/v1/mandates']", **GIVEN)
    place = secretary.url.partition("?")[0]
    expect(secretary.locator("main")).to_contain_text("180 calendar days from 26 May 2015")
    comes_to(stage, datetime(2015, 11, 16, 17, tzinfo=UTC))
    secretary.goto(address)
    expect(secretary.locator("main table >> nth=1")).to_contain_text("21 Nov 2015 in 5 days")
    planner = open_page(address, None, token=council_door.session(stage.people["planner"]))
    planner.goto(place)
    move(planner, "open_review")
    expect(planner.locator("#c-sunset-1 + p")).to_contain_text("in 5 days")  # to be looked at does not stop it
    stage.to_day(date(2015, 11, 18))
    click(secretary, "main table >> nth=1 >> a")
    move(secretary, "renew", **RENEWED)
    comes_to(stage, NIGHT)
    secretary.goto(place)
    expect(secretary.locator("main .tag >> nth=0")).to_have_text("Renewed")
    expect(secretary.locator("#c-sunset-2 + p")).to_contain_text("20 May 2016")
    comes_to(stage, datetime(2016, 5, 20, 17, tzinfo=UTC))
    secretary.reload()
    expect(secretary.locator("main .tag >> nth=0")).to_have_text("Renewed")
    comes_to(stage, datetime(2016, 5, 21, 17, tzinfo=UTC))
    secretary.reload()
    expect(secretary.locator("main .tag >> nth=0")).to_have_text("Expired")
    expect(secretary.locator("#history + table tr >> nth=-1")).to_contain_text("time itself")
    assert stage.rows("SELECT state FROM matter") == [("expired",)]
    expect(secretary.locator("main form[method=post]")).to_have_count(0)
