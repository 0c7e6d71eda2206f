"""Reports at both doors in a real browser: everybody can use them. How other pages of these doors look: test_every_page."""

from datetime import date
from pathlib import Path

from playwright.sync_api import expect

from reports.shape import Period
from tests.fixtures.apps import council_app
from tests.fixtures.axe import axe_problems
from tests.fixtures.browser import PAGES_IN, Pages
from tests.fixtures.clicking import click
from tests.fixtures.desk_door import DeskDoor
from tests.fixtures.doors import CouncilDoor
from tests.fixtures.keyboard import keyboard_problems
from tests.fixtures.reflow import reflow_problems
from tests.fixtures.released import released
from tests.fixtures.report_life import open_to_review, said
from tests.fixtures.serving import Serve
from tests.reports.form.sample import sample
from web.messages import LANGUAGES

WHOLE = sample().model_copy(
    update={
        "series": "ombuds",
        "edition": "2014.1",
        "period": Period(from_on=date(2014, 1, 1), to_on=date(2014, 12, 31)),
        "symbol": None,
        "corrects": None,
        "merged": (),
    }
)
"""A report with every sort of table, chart and sentence."""


def test_reports_at_the_desk_can_be_read_and_worked_on_by_everybody(desk_door: DeskDoor, serve: Serve, open_page: Pages):
    report = open_to_review(desk_door.stage)
    said(desk_door.stage, report)
    address = serve(desk_door.app)
    page = open_page(address, f"/reports/{report}", token=desk_door.session("head"))
    for language in PAGES_IN or LANGUAGES[1:2]:
        page.goto(f"{address}/reports/{report}?lang={language}")
        assert axe_problems(page) == [], language
    page.goto(f"{address}/reports")
    assert axe_problems(page) == []
    narrow = open_page(address, f"/reports/{report}", token=desk_door.session("head"), narrow=True, dark=True)
    assert [*axe_problems(narrow), *reflow_problems(narrow), *keyboard_problems(narrow)] == []
    narrow.click("summary:has-text('What we see again')")
    narrow.fill("textarea[id$='systemic-issues-payload-text-es']", "Algo más.")
    click(narrow, "details[open] button:has-text('Keep these words')")
    expect(narrow.locator("main")).to_contain_text("Your words are kept")


def test_a_report_that_is_out_can_be_read_by_everybody(council_door: CouncilDoor, serve: Serve, open_page: Pages, tmp_path: Path):
    stage = council_door.stage
    council_door.app = council_app(stage.office, council_door.server_key, tmp_path)
    report = released(stage, tmp_path, WHOLE)
    stage.rows("UPDATE appointment SET role = 'auditor' WHERE person_id = :who RETURNING 1", who=stage.people["lawyer"])
    address, token = serve(council_door.app), council_door.session(stage.people["lawyer"])
    page = open_page(address, f"/reports/{report}", token=token)
    for language in PAGES_IN or LANGUAGES[:1]:
        page.goto(f"{address}/reports/{report}?lang={language}")
        assert axe_problems(page) == [], language
    narrow = open_page(address, f"/reports/{report}", token=token, narrow=True, dark=True)
    assert [*axe_problems(narrow), *reflow_problems(narrow), *keyboard_problems(narrow)] == []
