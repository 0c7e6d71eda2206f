"""A meeting by clicking: called, its order sent out, held by a quorum, one text adopted without a vote, one short of a vote."""

from playwright.sync_api import Page, expect

from tests.fixtures.browser import Pages
from tests.fixtures.clicking import click, does, form_of, move, tick
from tests.fixtures.doors import CouncilDoor
from tests.fixtures.meetings import DAY, MEMBERS, Council
from tests.fixtures.serving import Serve

PRESENT = MEMBERS[:28]
FOR = 17
"""One short of the majority of all members, as on 31 July 2024; the other eleven abstain."""
CALLED = {"body": "PC", "number": "2020", "day": str(DAY), "sort": "regular", "source": "assumed"}


def calls_the_roll(page: Page, proposal: str) -> None:
    """A vote on a proposal: opened, every state asked in its turn, closed."""
    page.goto(proposal)
    click(page, ".tabs a:has-text('Votes')")
    does(page, "form[action$='/votes']", body="PC", method="roll_call", rule="council_majority")
    click(page, "main .cards a")
    tick(page, *(f"a-{code}-{'for' if place < FOR else 'abstain'}" for place, code in enumerate(PRESENT)))
    does(page, "form[action$='/answers']")
    does(page, "form[action$='/close']")


def test_a_meeting_is_clicked_from_its_call_to_a_vote_that_falls_short(council_door: CouncilDoor, serve: Serve, open_page: Pages):
    council, address = Council(council_door.stage), serve(council_door.app)
    agreed, voted = council.tabled(), council.tabled()
    mine = open_page(address, "/", token=council_door.session(council.by("secretary")))
    click(mine, "nav a:has-text('Meetings')")
    click(mine, "main a.button")
    does(mine, "main form[action$='/v1/meetings']", **CALLED)
    place = mine.url.partition("?")[0]
    items = {"items__0__title": "Structure", "items__0__proposal": str(agreed)}
    items |= {"items__1__title": "Reports", "items__1__proposal": str(voted)}
    move(mine, "set_order", **items)
    move(mine, "circulate_order")
    council.stage.to_day(DAY)
    mine.reload()
    form_of(mine, "hold")
    tick(mine, *(f"s-{code}" for code in PRESENT))
    move(mine, "hold")
    expect(mine.locator("main")).to_contain_text("Present: 28 of 35 member states.")
    click(mine, "main .business a:has-text('item 1')")
    move(mine, "dispose", disposition="adopted", method="consensus", instrument="CP/RES. 1055 (2020/15)")
    calls_the_roll(mine, f"{address}/proposals/{voted}")
    expect(mine.locator("main")).to_contain_text("For: 17, against: 0, abstentions: 11.")
    expect(mine.locator("main .tag >> nth=1")).to_have_text("Not adopted.")
    mine.goto(place)
    click(mine, "main .business a:has-text('item 2')")
    (decided,) = council.stage.rows("SELECT id::text FROM deciding WHERE matter_id = :id", id=voted)
    told = {"disposition": "rejected", "method": "vote", "decision": str(decided[0]), "instrument": "CP/ACTA 2020/15"}
    move(mine, "dispose", **told)
    move(mine, "circulate_record")
    assert [council.state(one) for one in (agreed, voted)] == ["adopted", "rejected"]
    mission = open_page(address, "/", token=council_door.session(council.by("mission")))
    click(mission, "nav a:has-text('Meetings')")
    click(mission, "main a:has-text('PC 2020/15')")
    became = mission.locator("main .business > li .tag")
    expect(became).to_have_text(["Adopted.", "Not adopted."])
    expect(mission.locator("main .business")).to_contain_text("Votes needed: 18.")
    click(mission, "main .business a >> nth=1")
    expect(mission.locator("main .tag >> nth=0")).to_have_text("Rejected")
    click(mission, ".tabs a:has-text('Votes')")
    expect(mission.locator("main .cards")).to_contain_text("Not adopted.")
    expect(mission.locator("main form[method=post]")).to_have_count(0)
