"""A restructuring by clicking: begun, judged by the rules, tabled, adopted, ordered; then the pages of the structure show it.

Only its operations come as JSON, by the program of the secretariat: no page takes them down.
"""

from playwright.sync_api import Page, expect
from starlette.testclient import TestClient

from tests.api.test_council_structure import RENAME, planner, version
from tests.fixtures.browser import Pages
from tests.fixtures.clicking import click, does, move, signs_in
from tests.fixtures.doors import PASSPHRASE, CouncilDoor
from tests.fixtures.serving import Serve

__all__ = ["planner"]  # a fixture


def begun(page: Page) -> str:
    """A proposal that was begun by the form; gives its address."""
    click(page, "text=Proposals")
    click(page, "text=Begin a proposal")
    does(page, "main form[action$='/v1/proposals']", title="Adjustments", proposer="SG", source="assumed")
    return page.url.partition("?")[0]


def test_a_restructuring_is_clicked_from_its_proposal_to_the_structure_that_it_makes(
    council_door: CouncilDoor, planner: TestClient, serve: Serve, open_page: Pages
):
    address = serve(council_door.app)
    mine = open_page(address, "/sign-in")
    signs_in(mine, "planner", council_door.code("planner"), PASSPHRASE)
    path = begun(mine)
    json = path.replace(address, "/v1")
    assert planner.post(f"{json}/versions", json=version(RENAME)).status_code == 201
    mine.reload()
    click(mine, "text=Findings of the rules")
    expect(mine.locator("main")).to_contain_text("Nothing blocks it")
    click(mine, "nav >> text=Structure >> nth=-1")
    expect(mine.locator("main")).to_contain_text("Foreign Affairs")
    mine.goto(path)
    move(mine, "submit")
    secretary = open_page(address, None, token=council_door.session(council_door.stage.people["secretary"]))
    secretary.goto(path)
    move(secretary, "table")
    move(secretary, "adopt", body="PC", on="2015-06-15", instrument="CP/RES. 1 (2036/15)", method="consensus")
    mine.goto(path)
    move(mine, "draft_order")
    digest = planner.get(f"{json}/versions").json()["versions"][-1]["sha256"]
    order = {"symbol": "Executive Order 08-01", "revision": "8", "signed_by": "SG", "text_sha256": digest}
    move(mine, "issue_order", **order)
    reader = open_page(address, "/structure", token=council_door.session(council_door.stage.people["mission"]))
    expect(reader.locator(".house-tree >> nth=0")).to_contain_text("International Affairs")
    click(reader, "a[rel=next]")
    expect(reader.locator(".house-tree >> nth=0")).to_contain_text("Foreign Affairs")
    reader.goto(f"{address}/orders")
    expect(reader.locator("main")).to_contain_text("Executive Order 08-01")
