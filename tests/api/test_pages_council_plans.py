"""A proposal and the house in a browser: with it and without it, whom it touches, brought together with another by choices."""

import re
from html import unescape
from urllib.parse import quote, urlsplit

from starlette.testclient import TestClient

from tests.api.test_council_merging import ENDED, NAMED, at_odds
from tests.api.test_council_structure import draft, planner, version, written
from tests.fixtures.council_pages import Sent, reader
from tests.fixtures.doors import CouncilDoor

__all__ = ["planner"]  # a fixture


def paths(client: TestClient, **terms: object) -> tuple[str, str]:
    """The pages of two proposals that are at odds, and the id of the other."""
    one, other = at_odds(client, **terms)
    return one.removeprefix("/v1"), other.rpartition("/")[2]


def test_a_proposal_without_changes_to_the_structure_says_what_will_stand_here(council_door: CouncilDoor, planner: TestClient):
    path = draft(planner).removeprefix("/v1")
    mine = reader(council_door, "mission")
    for part in ("structure", "impact", "merge"):
        assert "No version of this proposal changes the structure yet" in mine.page(f"{path}/{part}")


def test_with_it_and_without_it_stand_side_by_side(council_door: CouncilDoor, planner: TestClient):
    path, _ = paths(planner)
    before = written(council_door)
    page = unescape(reader(council_door, "mission").page(f"{path}/structure"))
    figures = re.findall(r'<th scope="row">([^<]+)</th><td class="number">(\d+)</td><td class="number">(\d+)</td>', page)
    assert ("Units", "6", "5") in figures
    assert page.count("<svg") == 2
    assert "goes into another unit" in page
    assert (
        "to another unit, or into another function: <strong>2</strong>" in page
    )  # both functions of the department go where it goes
    assert f'href="{path}/findings?version=1"' in page
    assert written(council_door) == before


def test_impact_is_told_day_by_day_without_saying_who_holds_a_post(council_door: CouncilDoor, planner: TestClient):
    path = draft(planner)
    leaving = {"id": "C1", "on": "2015-12-11", "operation": {"kind": "move_post", "post": "P1", "to": "DECO"}}
    assert planner.post(f"{path}/versions", json=version(leaving)).status_code == 201
    page = reader(council_door, "planner").page(f"{path.removeprefix('/v1')}/impact")
    assert "From 11 December 2015" in page
    assert "Chief" in page
    assert "Electoral Observation" in page
    assert "Somebody who holds a post" in page
    assert "H1" not in page


def test_other_proposals_are_listed_with_their_conflicts(council_door: CouncilDoor, planner: TestClient):
    path, other = paths(planner)
    page = reader(council_door, "mission").page(f"{path}/merge")
    assert f"{path}/merge?with={other}" in page
    assert "one conflict to decide" in page


def test_choices_stand_in_the_address_and_show_what_comes_of_them(council_door: CouncilDoor, planner: TestClient):
    path, other = paths(planner)
    mine = reader(council_door, "planner")
    before = written(council_door)
    first = mine.page(f"{path}/merge?with={other}")
    assert f'name="pick.{ENDED}"' in unescape(first)
    assert "Make this version" not in first
    second = mine.page(f"{path}/merge?with={other}&pick.{quote(ENDED)}=theirs")
    assert f'name="pick.{NAMED}"' in unescape(second)
    assert f'name="choose" value="{ENDED}=theirs"' in unescape(second)
    third = mine.page(f"{path}/merge?with={other}&choose={quote(f'{ENDED}=theirs')}&pick.{quote(NAMED)}=theirs")
    assert "Nothing is left to decide" in third
    assert "Make this version" in third
    assert "<svg" in third
    assert "Make this version" not in reader(council_door, "mission").page(
        f"{path}/merge?with={other}&choose={quote(f'{ENDED}=theirs')}&choose={quote(f'{NAMED}=theirs')}"
    )
    backs = [unescape(one) for one in re.findall(r'<a href="([^"]+)">Take it back', third)]
    assert [urlsplit(one).path for one in backs] == [f"{path}/merge"] * 2
    assert f'name="pick.{ENDED}"' in unescape(mine.page(backs[0]))  # what hung on it is open again too
    assert written(council_door) == before


def test_a_choice_about_nothing_is_left_out_and_one_that_cannot_be_is_said(council_door: CouncilDoor, planner: TestClient):
    path, other = paths(planner)
    mine = reader(council_door, "planner")
    assert f'name="pick.{ENDED}"' in unescape(mine.page(f"{path}/merge?with={other}&choose=none%3Dours&pick.x=ours&pick.y=z"))
    page = mine.page(f"{path}/merge?with={other}&choose={quote(f'{ENDED}=both')}")
    assert "Some choices could not be made" in page
    assert f'name="pick.{ENDED}"' in unescape(page)
    mine.page(f"{path}/merge?with={other}&choose=nonsense", 422)
    mine.page(f"{path}/merge?with={path.rpartition('/')[2]}", 422)
    mine.page(f"{path}/merge?with=00000000-0000-0000-0000-000000000000", 404)


def test_what_was_chosen_becomes_the_next_version_by_a_form(council_door: CouncilDoor, planner: TestClient):
    path, other = paths(planner)
    mine = reader(council_door, "planner")
    place = f"{path}/merge?with={other}&choose={quote(f'{ENDED}=ours')}"
    page = mine.page(place)
    assert "Nothing is left to decide" in page
    after = mine.does(place, f"/v1{path}/merge", label="rev. 2", author="Drafting group")
    assert after == f"{path}/text"
    newest = planner.get(f"/v1{path}/versions").json()["versions"][-1]
    assert newest["merged_from"]["choices"] == [{"conflict": ENDED, "choice": "ours"}]
    assert newest["merged_from"]["other"] == other


def test_terms_that_differ_are_asked_for_once_that_is_known(council_door: CouncilDoor, planner: TestClient):
    path, other = paths(planner, decides="GA")
    mine = reader(council_door, "planner")
    place = f"{path}/merge?with={other}&choose={quote(f'{ENDED}=ours')}"
    assert "terms.decides" not in mine.page(place)
    before = written(council_door)
    action, typed = f"/v1{path}/merge", {"label": "rev. 2", "author": "Drafting group"}
    refused = mine.send(action, mine.fields(place, action), **typed)
    assert refused.status_code == 422
    assert 'name="terms.decides"' in refused.text
    assert 'value="Drafting group"' in refused.text
    assert written(council_door) == before
    asked = next(fields for to, fields in Sent(refused.text).forms if to == f"/act{action}")
    done = mine.send(action, asked, terms__decides="GA")
    assert done.status_code == 303, unescape(done.text)[-2000:]
    assert planner.get(f"/v1{path}/versions").json()["versions"][-1]["terms"]["decides"] == "GA"
