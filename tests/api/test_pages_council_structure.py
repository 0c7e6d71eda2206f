"""The structure of the house in a browser: a day, a unit, a function, two days side by side, lists, the record and its forms."""

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from starlette.testclient import TestClient

from structure.creations import creations
from structure.organisation import Organisation
from structure.things import Function, Unit
from tests.api.test_council_structure import LOAD, RENAME, draft, moved, planner, version, written
from tests.fixtures.council_pages import HOSTILE, reader
from tests.fixtures.doors import CouncilDoor
from tests.fixtures.offices import ROSTER

__all__ = ["planner"]  # a fixture

MOVED = {
    "id": "C2",
    "on": "2015-12-11",
    "operation": {"kind": "move_function", "function": "F1", "from_unit": "DIA", "to_unit": "SPA"},
}
PAGES = (
    "/structure",
    "/structure/units/DIA",
    "/structure/functions/F1",
    "/structure/compare",
    "/posts",
    "/obligations",
    "/orders",
    "/structure/record",
    "/structure/record/1",
)


def ordered(door: CouncilDoor, client: TestClient, *operations: dict[str, Any]) -> str:
    """The address of a proposal of these operations that an order carries out."""
    secretary = door.client("secretary")
    proposal = draft(client)
    assert client.post(f"{proposal}/versions", json=version(*operations)).status_code == 201
    digest = client.get(f"{proposal}/versions").json()["versions"][-1]["sha256"]
    moved(client, proposal, "submit")
    moved(secretary, proposal, "table")
    moved(secretary, proposal, "adopt", body="PC", on="2015-06-15", instrument="CP/RES. 1 (2036/15)", method="consensus")
    moved(client, proposal, "draft_order")
    order = {"symbol": "Executive Order 08-01", "revision": 8, "signed_by": "SG", "text_sha256": digest}
    moved(client, proposal, "issue_order", **order)
    return proposal.removeprefix("/v1")


def links(page: str) -> Iterator[str]:
    """Addresses of units and functions on a page, outside and inside its pictures."""
    yield from (unescape(one) for one in re.findall(r'href="(/structure/(?:units|functions)/[^"]*)"', page))


def facts(page: str) -> dict[str, str]:
    """What a page tells label by label, without its links."""
    told = re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", page, re.DOTALL)
    return {label: unescape(re.sub(r"<[^>]+>", "", value)).strip() for label, value in told}


def test_a_house_without_a_structure_says_what_will_stand_here_and_how_it_is_loaded(council_door: CouncilDoor):
    mine = reader(council_door, "planner")
    for path in ("/structure", "/structure/compare", "/structure/record"):
        assert "There is no structure on record yet" in mine.page(path)
    assert "amparo structure load" in mine.page("/structure")
    for path in ("/structure/units/DIA", "/structure/functions/F1", "/structure/record/1"):
        mine.page(path, 404)
    assert "There is no post on record" in mine.page("/posts")
    assert "No order is on record yet" in mine.page("/orders")
    assert "No mandate under way names a function" in mine.page("/obligations")


@pytest.mark.parametrize("who", ["lawyer", "mission", "secretary"])
def test_everybody_of_the_house_reads_every_page_and_only_a_planner_gets_forms(
    council_door: CouncilDoor, planner: TestClient, who: str
):
    mine = reader(council_door, who)
    for path in PAGES:
        page = mine.page(path)
        assert page.count("<h1") == 1
        assert ("/act/v1/structure/" in page) == (path == "/structure/record/1" and ROSTER[who] == "secretariat_officer")


def test_strangers_are_asked_to_sign_in(council_door: CouncilDoor):
    client = council_door.client()
    client.headers["accept"] = "text/html"
    for path in PAGES:
        answer = client.get(path)
        assert answer.status_code == 401, path
        assert "External Relations" not in answer.text


def test_a_day_tells_what_stands_and_what_brought_it(council_door: CouncilDoor, planner: TestClient):
    proposal = ordered(council_door, planner, RENAME, MOVED)
    mine = reader(council_door, "mission")
    before, after = mine.page("/structure?on=2015-12-10"), mine.page("/structure?on=2015-12-11")
    assert "International Affairs" in before
    assert "Foreign Affairs" not in before
    assert "Foreign Affairs" in after
    assert "International Affairs" not in after
    assert "Executive Order 08-01, revision 8" in after
    assert f'href="{proposal}"' in after
    assert 'href="/structure/record/2"' in after
    assert 'href="/structure/record/1"' in before
    assert "has not come yet" in after  # the office's day is in 2015, before it
    assert re.search(r'rel="next">Next change', before)
    assert re.search(r'<a href="/structure\?on=2015-12-11" rel="next"', before)
    assert 'aria-current="date"' in after
    assert "<svg" in after
    assert "house-tree" in after
    assert "/v1/structure/export?format=turtle&amp;as_of=2015-12-11" in after


def test_a_day_before_the_record_begins_says_so(council_door: CouncilDoor, planner: TestClient):
    mine = reader(council_door, "mission")
    page = mine.page("/structure?on=2014-12-31")
    assert "The record begins on 1 January 2015" in page
    assert "International Affairs" not in page
    unit = mine.page("/structure/units/DIA?on=2014-12-31")
    assert "does not stand on 31 December 2014" in unit
    assert "1 Jan 2015" in unit
    assert "does not stand on" in mine.page("/structure/functions/F1?on=2014-12-31")
    compared = mine.page("/structure/compare?from=2014-12-31&to=2015-01-01")
    assert "new: <strong>3</strong>" in compared
    assert "<td>begins</td><td>not there</td>" in compared


def test_empty_fields_of_a_form_ask_for_nothing_and_a_wrong_day_is_said(council_door: CouncilDoor, planner: TestClient):
    mine = reader(council_door, "mission")
    assert "There is no structure on record" not in mine.page("/structure?on=&known=")
    assert "held by somebody" in mine.page("/posts?on=&unit=&fund=&vacant=")
    for path in ("/structure?on=yesterday", "/structure/compare?from=2015-02-30", "/posts?on=0"):
        mine.page(path, 422)


def test_what_was_known_then_is_shown_as_it_was_known(council_door: CouncilDoor, planner: TestClient):
    page = reader(council_door, "mission").page("/structure?known=2015-06-14")
    assert "There is no structure on record yet" in page


def test_a_unit_tells_what_it_does_what_is_above_it_and_its_posts(council_door: CouncilDoor, planner: TestClient):
    ordered(council_door, planner, RENAME, MOVED)
    told = planner.post(
        "/v1/mandates", json={"symbol": "AG/RES. 1", "title": "Relations", "issued_by": "GA", "function": "F1", "source": "x"}
    )
    assert told.status_code == 201
    mine = reader(council_door, "mission")
    before, after = mine.page("/structure/units/DIA?on=2015-12-10"), mine.page("/structure/units/DIA?on=2015-12-11")
    assert facts(before)["Under"] == "External Relations"
    assert "Institutional relations</a>" in before
    assert "AG/RES. 1 – Relations" in before
    assert "AG/RES. 1 – Relations" not in after  # it went with the function, by itself
    assert "AG/RES. 1 – Relations" in mine.page("/structure/units/SPA?on=2015-12-11")
    assert "AG/RES. 1 – Relations" in mine.page("/structure/functions/F1")
    assert facts(after)["Earlier names"] == "International Affairs"
    assert "Through the years" in after
    assert "ordered, to come" in after
    assert "H1" not in before
    assert "held by somebody" in before
    assert "H1" in reader(council_door, "planner").page("/structure/units/DIA?on=2015-12-10")


def test_a_function_that_no_standing_unit_has_is_said_to_be_an_orphan(council_door: CouncilDoor, planner: TestClient):
    client = council_door.client("planner")
    eliminate = {"id": "C1", "on": "2015-12-11", "operation": {"kind": "eliminate_unit", "unit": "DIA", "reason": "over"}}
    proposal = draft(client)
    assert client.post(f"{proposal}/versions", json=version(eliminate)).status_code == 201
    page = reader(council_door, "mission").page(f"{proposal.removeprefix('/v1')}/structure")
    assert "functions without a unit: <strong>2</strong>" in page
    assert page.count('<span class="tag late">no unit has it</span>') == 2
    assert "d-orphan" in page
    assert "d-hatched" in page


def test_two_days_tell_where_each_function_went_and_all_that_differs(council_door: CouncilDoor, planner: TestClient):
    ordered(council_door, planner, RENAME, MOVED)
    mine = reader(council_door, "mission")
    page = unescape(mine.page("/structure/compare?from=2015-12-10&to=2015-12-11"))
    assert "to another unit, or into another function: <strong>1</strong>" in page
    assert "stay where they were: <strong>2</strong>" in page
    rows = [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row)).strip() for row in re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL)]
    assert "Institutional relations International Affairs Political Affairs goes elsewhere" in rows
    assert "Foreign Affairs Unit name International Affairs Foreign Affairs" in rows
    assert "Institutional relations Function owner Foreign Affairs Political Affairs" in rows
    assert page.count("<svg") >= 2
    assert "Nothing differs." in mine.page("/structure/compare?from=2015-03-01&to=2015-03-02")
    plain = mine.page("/structure/compare")
    assert 'name="from" type="date" value="2015-01-01"' in plain


def test_every_link_to_a_unit_or_function_leads_to_its_page(council_door: CouncilDoor, planner: TestClient):
    proposal = ordered(council_door, planner, RENAME, MOVED)
    other = draft(planner).removeprefix("/v1")
    made = {
        "id": "N1",
        "on": "2016-01-01",
        "operation": {"kind": "create_unit", "unit": "NEW", "name": "New", "type": "department"},
    }
    assert planner.post(f"/v1{other}/versions", json=version(made)).status_code == 201
    mine = reader(council_door, "mission")
    pages = (*PAGES, "/structure?on=2015-12-11", "/structure/compare?from=2015-01-01&to=2015-12-11", f"{proposal}/impact")
    found = {link for path in (*pages, f"{other}/structure", f"{other}/impact") for link in links(mine.page(path))}
    assert len(found) > 15
    for link in {link.partition("?")[0]: link for link in found}.values():
        mine.page(link)
    assert not any("/NEW" in link for link in found)  # it is on no record yet


def test_what_people_wrote_is_never_markup(council_door: CouncilDoor):
    client = council_door.client("planner")
    org = Organisation.of(
        [Unit("U/1.a:b-c", HOSTILE, "office", formerly=(HOSTILE,), tags=frozenset({HOSTILE}))],
        [Function("F/1", HOSTILE, ("U/1.a:b-c",), legal_basis=frozenset({HOSTILE}))],
    )
    told = LOAD | {"source": HOSTILE, "operations": [operation.written() for operation in creations(org)]}
    assert client.post("/v1/structure", json=told).status_code == 201
    mine = reader(council_door, "mission")
    page = mine.page("/structure")
    assert HOSTILE in unescape(page)
    assert "<b>x</b>" not in page
    for path in (*links(page), "/structure/record", "/structure/record/1", "/structure/compare", "/structure/functions/F%2F1"):
        assert "<b>x</b>" not in mine.page(path)


def test_posts_can_be_narrowed_to_those_that_are_vacant(council_door: CouncilDoor, planner: TestClient):
    mine = reader(council_door, "mission")
    assert [one in mine.page("/posts") for one in (">P1<", ">P2<")] == [True, True]
    assert [one in mine.page("/posts?vacant=yes") for one in (">P1<", ">P2<")] == [False, True]
    assert [one in mine.page("/posts?unit=DIA") for one in (">P1<", ">P2<")] == [True, False]
    assert 'class="empty"' in mine.page("/posts?fund=none")
    assert "H1" not in mine.page("/posts")


def test_orders_and_the_record_lead_to_each_other(council_door: CouncilDoor, planner: TestClient):
    proposal = ordered(council_door, planner, RENAME)
    mine = reader(council_door, "mission")
    orders = mine.page("/orders")
    assert f'href="{proposal}"' in orders
    assert 'href="/structure/record/2"' in orders
    assert "not yet in force" in orders
    assert "in force" in mine.page("/orders?on=2015-12-11")
    entry = mine.page("/structure/record/2")
    assert "rename a unit" in entry
    assert "waits for its day" in entry
    assert f'href="{proposal}"' in entry
    mine.page("/structure/record/9", 404)


def test_what_waits_for_its_day_is_taken_back_by_a_form(council_door: CouncilDoor, planner: TestClient):
    ordered(council_door, planner, RENAME)
    mine = reader(council_door, "planner")
    page = mine.page("/structure/record/2")
    (name,) = set(re.findall(r'name="operations" value="([^"]+)"', page))
    mine.does("/structure/record/2", "/v1/structure/withdrawals", operations=[unescape(name)], source="CP/RES. 2")
    assert "withdrawn" in mine.page("/structure/record/2")
    assert "Foreign Affairs" not in mine.page("/structure?on=2015-12-11")


def test_a_wrong_name_on_record_is_corrected_and_what_is_refused_stays_typed(council_door: CouncilDoor, planner: TestClient):
    mine = reader(council_door, "planner")
    place = "/structure/record/1?mend=initial%2F1"
    assert "Correct initial/1" in mine.page(place)
    assert "Correct it" not in reader(council_door, "mission").page(place)
    action, kept = "/v1/structure/corrections", mine.fields(place, "/v1/structure/corrections")
    before = written(council_door)
    typed = {"corrections__0__operation": '{"kind": "nothing"}', "source": "Rev. 7, read again"}
    wrong = mine.send(action, kept, **typed)
    assert wrong.status_code == 422
    assert '"nothing"' in unescape(wrong.text)
    assert "Rev. 7, read again" in wrong.text
    assert written(council_door) == before
    operation = json.loads(str(kept["corrections.0.operation"])) | {"name": "Office of the SG"}
    mine.does(place, action, corrections__0__operation=json.dumps(operation), source="Rev. 7")
    assert "Office of the SG" in mine.page("/structure")
    assert "<dd>Electoral Observation</dd>" in mine.page("/structure/record/1")
