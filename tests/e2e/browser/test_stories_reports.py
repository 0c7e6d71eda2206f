"""A year is reported by clicking: words written and read, held, let go, out by itself; then received, read and saved.

What programs do in it - drafts, files, the way from the office to the house - is done by `reporting`, day by day.
"""

from datetime import date

from playwright.sync_api import expect

from tests.fixtures.apps import council_app
from tests.fixtures.browser import Pages
from tests.fixtures.clicking import click, does, move
from tests.fixtures.desk_door import DeskDoor
from tests.fixtures.doors import CouncilDoor
from tests.fixtures.released import Files
from tests.fixtures.report_life import CHECKLIST, WORDS
from tests.fixtures.reporting import Reporting
from tests.fixtures.serving import Serve

CUT_OFF, LET_GO, OUT = date(2017, 2, 1), date(2017, 2, 20), date(2017, 2, 24)


def comes_to(reporting: Reporting, day: date) -> None:
    """That day has come, and the worker has done what there was to do."""
    reporting.to_day(day)
    for _ in range(2):
        reporting.tick()


def test_a_report_is_written_held_let_go_and_received_by_clicking(
    desk_door: DeskDoor, council_door: CouncilDoor, reporting: Reporting, serve: Serve, open_page: Pages
):
    reporting.write = Files(reporting.releases).write  # type: ignore[method-assign]  # all files, light ones
    council = council_app(council_door.stage.office, council_door.server_key, reporting.releases)
    inside, house = serve(desk_door.app), serve(council)
    comes_to(reporting, CUT_OFF)
    head, alternate = (open_page(inside, "/", token=desk_door.session(who)) for who in ("head", "alternate"))
    for page in (head, alternate):
        click(page, "nav a:has-text('Reports')")
        click(page, "main tr:has-text('2016.1') a")
    expect(head.locator("main .then")).to_contain_text("it goes out on Wednesday, 15 February 2017")
    does(head, "form:has([name='payload.section'][value='systemic_issues'])", payload__text__en=WORDS)
    alternate.reload()
    expect(alternate.locator("main")).to_contain_text(WORDS)
    move(alternate, "read_words", checked=CHECKLIST)
    head.reload()
    move(head, "publish_words")
    move(head, "hold", reason="words_not_ready")
    expect(head.locator("main .then")).to_contain_text("It is held.")
    comes_to(reporting, LET_GO)
    mission = open_page(house, "/reports", token=council_door.session(council_door.stage.people["mission"]))
    expect(mission.locator("main")).not_to_contain_text("2016.1")
    move(head, "let_go")
    comes_to(reporting, OUT)
    click(mission, "nav a:has-text('Reports')")
    click(mission, "main a:has-text('Ombudsperson')")
    expect(mission.get_by_role("table", name="Cases that came in")).to_contain_text("12")
    expect(mission.locator("main")).to_contain_text(WORDS)
    with mission.expect_download() as saved:
        mission.click("a[href$='report.fr.pdf']")
    assert saved.value.path().read_bytes().startswith(b"%PDF")
    does(mission, "form[action$='/receipts']", state="PE")
    expect(mission.locator("#receipts + ul")).to_contain_text("Peru")
    click(head, "main a:has-text('Reports') >> nth=0")
    expect(head.locator("main tr:has-text('2016.1')")).to_contain_text("Released")
