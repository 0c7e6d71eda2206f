"""A complaint that nobody reads, by clicking: it climbs its ladder until somebody does. Time moves by the office's clock."""

from datetime import date, timedelta

from playwright.sync_api import expect

from actions.kernel.sweep import sweep
from tests.fixtures.apps import desk_app, intake_app
from tests.fixtures.browser import Pages
from tests.fixtures.clicking import OFFICIAL, click, comes, comes_back, does, move
from tests.fixtures.databases import Database
from tests.fixtures.desk_door import DeskDoor
from tests.fixtures.ombuds_office import OmbudsStage, ombuds_house, roster_of
from tests.fixtures.serving import Serve

FILED = date(2016, 9, 1)
"""A Thursday; the seventh day after it is the last on which it is read in time."""
STATEMENT = "My supervisor signs my hours as his own."
CLIMBED = [
    "6 Sept 2016A reminder to who answers for ittold (Head)",
    "8 Sept 2016A reminder to who answers for ittold (Head)",
    "9 Sept 2016The day passed: the next duty begins",
    "9 Sept 2016Whoever is above is told that it is latetold (Chair)",
    "12 Sept 2016It passes on, if who answers for it is awaypassed on (Officer A)",
    "15 Sept 2016A person is asked whether somebody else takes it over",
    "22 Sept 2016The chair is told in the weekly notetold (Chair)",
    "6 Oct 2016The chair is told in the weekly noteto come",
]
"""The ladder as a table of the page of the case tells it."""
AWAY, BACK = (f"#absence ~ .columns form >> nth={place}" for place in (0, 1))
ELSEWHERE = "The Inspector General can look at the hours themselves."


def comes_to(stage: OmbudsStage, days: int) -> None:
    """So many days have passed, and the sweep has run."""
    stage.to_day(FILED + timedelta(days=days))
    sweep(stage.flows)


def test_an_unread_complaint_climbs_its_ladder_until_somebody_reads_it(ombuds: Database, serve: Serve, open_page: Pages):
    with ombuds_house(ombuds, roster_of(2)) as stage:
        desk = DeskDoor(stage, desk_app(stage.desk))
        outside, inside = serve(intake_app(stage.intake)), serve(desk.app)
        her = open_page(outside, narrow=True)
        words = comes(her, OFFICIAL, STATEMENT)
        comes_to(stage, 6)
        said = comes_back(her, outside, words)
        assert "Nobody has opened it yet. A person will read it by Thursday, 8 September 2016." in said
        comes_to(stage, 8)
        head = open_page(inside, token=desk.session("head"))
        click(head, "main nav a:has-text('Late (1)')")
        expect(head.locator("main .cards")).to_contain_text("late by 1")
        expect(head.locator("main .cards")).to_contain_text("yours")
        does(head, AWAY)
        comes_to(stage, 11)
        officer = open_page(inside, "/?list=late", token=desk.session("officer_a"))
        expect(officer.locator("main .cards")).to_contain_text("yours")
        comes_to(stage, 21)
        alternate = open_page(inside, "/?list=late", token=desk.session("alternate"))
        expect(alternate.locator("main .cards")).to_contain_text("late by 14")
        expect(alternate.locator("main .cards")).not_to_contain_text("yours")
        officer.reload()
        click(officer, "main .cards a")
        expect(officer.locator(".duty >> nth=0 >> tbody tr")).to_contain_text(CLIMBED)
        move(officer, "acknowledge")
        assert "Officer A opened it, first on Thursday, 22 September 2016." in comes_back(her, outside, words)
        move(officer, "screen")
        move(officer, "decline", ground="better_placed_elsewhere", text=ELSEWHERE)
        assert ELSEWHERE in comes_back(her, outside, words)
        assert stage.rows("SELECT state FROM matter WHERE kind = 'complaint'") == [("declined",)]
        head.goto(inside)
        does(head, BACK)
