"""The council's registers in a browser: who sees what, filters in the address, every row once, nothing of a title as markup."""

import re

import pytest

from tests.fixtures.council_pages import HOSTILE, Reader, reader
from tests.fixtures.doors import CouncilDoor

KINDS = ("mandate", "proposal", "meeting")
OPENED = {
    "mandate": {"symbol": "AG/RES. 2876 (XLV-O/15)", "title": HOSTILE, "issued_by": "GA", "source": "assumed"},
    "proposal": {"title": HOSTILE, "proposer": "SG", "source": "assumed"},
    "meeting": {"body": "PC", "number": 2020, "day": "2015-06-24", "sort": "regular", "source": HOSTILE, "place": HOSTILE},
}
MAY_OPEN = {"mandate": {"planner", "secretary"}, "proposal": {"planner", "secretary"}, "meeting": {"secretary"}}


def opened(door: CouncilDoor, kind: str, **more: object) -> str:
    """The address of one that was opened."""
    who = sorted(MAY_OPEN[kind])[0]
    made = door.client(who).post(f"/v1/{kind}s", json=OPENED[kind] | more)
    assert made.status_code == 201, made.text
    return f"/{kind}s/{made.json()['id']}"


@pytest.mark.parametrize("who", ["mission", "chair", "secretary", "planner"])
def test_everybody_of_the_house_reads_the_registers_and_opens_what_the_policy_gives_them(council_door: CouncilDoor, who: str):
    mine = reader(council_door, who)
    for kind in KINDS:
        page = mine.page(f"/{kind}s")
        assert 'class="empty"' in page
        may = who in MAY_OPEN[kind]
        assert (f'href="/{kind}s/new"' in page) is may
        assert ("<form" in mine.page(f"/{kind}s/new", 200 if may else 403).partition("<main")[2]) is may


@pytest.mark.parametrize("kind", KINDS)
def test_what_people_wrote_is_shown_and_never_markup(council_door: CouncilDoor, kind: str):
    path = opened(council_door, kind)
    mine = reader(council_door, "mission")
    for page in (mine.page(f"/{kind}s"), mine.page(path)):
        assert "<b>x</b>" not in page
        assert "alert(1)</script>" not in page
    assert "&lt;script&gt;" in mine.page(path)


def test_what_is_not_there_and_what_is_of_another_kind_is_not_found(council_door: CouncilDoor):
    mine = reader(council_door, "mission")
    path = opened(council_door, "mandate")
    number = path.rpartition("/")[2]
    for kind in KINDS:
        mine.page(f"/{kind}s/00000000-0000-4000-8000-000000000000", 404)
        mine.page(f"/{kind}s/none", 404)
    mine.page(f"/proposals/{number}", 404)
    for part in ("text", "findings", "votes", f"votes/{number}", "comparison?first=1&second=2"):
        mine.page(f"/proposals/{number}/{part}", 404)
    assert "<h1>" in mine.page("/mandates?state=nowhere", 422)


def test_filters_stay_in_the_address_and_in_their_fields(council_door: CouncilDoor):
    opened(council_door, "mandate", due={"on": "2015-06-10"})
    opened(council_door, "mandate", symbol="AG/RES. 1", title="Summits of the Americas")
    mine = reader(council_door, "mission")
    page = mine.page("/mandates?state=in_force&late=true&search=&unit=&lang=es")
    assert page.count('href="/mandates/') == 1
    assert 'class="tag late"' in page
    assert '<option value="in_force" selected>' in page
    assert '<option value="true" selected>' in page
    links = re.findall(r'href="(/mandates\?[^"]*lang=fr[^"]*)"', page)
    assert links
    assert "state=in_force" in links[0]
    assert "late=true" in links[0]
    found = mine.page("/mandates?search=sumMits")
    assert "Summits of the Americas" in found
    assert "2876" not in found
    assert 'value="sumMits"' in found
    assert 'class="empty"' in mine.page("/mandates?search=nothing+like+it")
    assert mine.page("/mandates?unit=SAF").count('href="/mandates/') == 0


def test_the_pages_of_a_register_hold_every_row_once(council_door: CouncilDoor):
    expected = {opened(council_door, "proposal", title=f"Number {number}") for number in range(53)}
    mine = reader(council_door, "mission")
    path, seen = "/proposals?state=draft", list[str]()
    for _ in range(5):
        page = mine.page(path)
        seen += re.findall(r'<a href="(/proposals/[0-9a-f-]{36})"', page)
        following = re.search(r'<a href="([^"]+)" rel="next"', page)
        if following is None:
            break
        path = following[1].replace("&amp;", "&")
        assert "state=draft" in path
    assert len(seen) == 53
    assert set(seen) == expected


def test_the_first_page_leads_to_the_registers_and_says_lateness_in_words(council_door: CouncilDoor):
    path = opened(council_door, "mandate", due={"on": "2015-06-14"})
    mine: Reader = reader(council_door, "planner")
    page = mine.page("/")
    assert all(f'href="/{kind}s"' in page for kind in KINDS)
    assert f'href="{path}"' in page
    assert "late by one day" in page
