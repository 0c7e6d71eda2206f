"""The pages of reports at the council's door: read in place, with files, receipts, noting and how to verify."""

from pathlib import Path

import pytest

from tests.api.test_page_bridge import Forms, browser, form
from tests.fixtures.apps import council_app
from tests.fixtures.doors import CouncilDoor
from tests.fixtures.offices import ROSTER
from tests.fixtures.released import released, small_report


@pytest.fixture
def releases(council_door: CouncilDoor, tmp_path: Path) -> Path:
    """The folder of releases, in the hands of the door."""
    council_door.app = council_app(council_door.stage.office, council_door.server_key, tmp_path)
    return tmp_path


def test_an_empty_list_says_what_will_appear(council_door: CouncilDoor, releases: Path):
    page = browser(council_door, "mission").get("/reports?lang=es")
    assert page.status_code == 200
    assert "aparecerá aquí por sí solo" in page.text


def test_everybody_reads_it_in_place_in_their_language_and_finds_every_file(council_door: CouncilDoor, releases: Path):
    report = released(council_door.stage, releases)
    for who in ROSTER:
        client = browser(council_door, who)
        assert f'href="/reports/{report}"' in client.get("/reports").text
        page = client.get(f"/reports/{report}?lang=fr")
        assert page.status_code == 200, who
        assert page.text.count("<h1") == 1
        assert 'class="shown">12</td>' in page.text
    told = council_door.client("mission").get(f"/v1/reports/{report}").json()
    names = [one["name"] for one in told["files"]]
    assert len(names) > 15
    assert [name for name in names if f'href="/v1/reports/{report}/files/{name}"' not in page.text] == []
    client = browser(council_door, "mission")
    assert {client.get(f"/v1/reports/{report}/files/{name}").status_code for name in names} == {200}


def test_the_digests_are_those_that_were_signed(council_door: CouncilDoor, releases: Path):
    report = released(council_door.stage, releases)
    page = browser(council_door, "mission").get(f"/reports/{report}").text
    told = browser(council_door, "mission").get(f"/v1/reports/{report}/files/manifest.json").json()["files"]
    assert [digest for digest in told.values() if digest not in page] == []
    assert "amparo report verify" in page


def test_without_files_the_page_is_read_all_the_same_and_says_that_they_come(council_door: CouncilDoor, releases: Path):
    report = released(council_door.stage, releases)
    council_door.app = council_app(council_door.stage.office, council_door.server_key)
    page = browser(council_door, "mission").get(f"/reports/{report}")
    assert page.status_code == 200
    assert 'class="shown">12</td>' in page.text
    assert "They will stand here in a few minutes" in page.text


def test_a_mission_says_for_its_state_that_it_has_it_and_is_asked_no_more(council_door: CouncilDoor, releases: Path):
    report = released(council_door.stage, releases)
    client, to = browser(council_door, "mission"), f"/act/v1/reports/{report}/receipts"
    page = client.get(f"/reports/{report}").text
    assert '<option value="US">' in page
    done = client.post(to, data=form(page, to) | {"state": "US"}, follow_redirects=True)
    assert "Your receipt is written down" in done.text
    assert '<option value="US">' not in done.text
    assert council_door.stage.rows("SELECT receiver FROM report_receipt") == [("US",)]
    again = client.post(to, data=form(done.text, to) | {"state": "US"})
    assert again.status_code == 409
    assert len(council_door.stage.rows("SELECT receiver FROM report_receipt")) == 1


def test_it_is_noted_and_a_late_duty_excused_by_who_may(council_door: CouncilDoor, releases: Path):
    report = released(council_door.stage, releases)
    secretary = browser(council_door, "secretary")
    page = secretary.get(f"/reports/{report}").text
    mine = {action.rpartition("/")[2] for action, _ in Forms(page).forms if str(report) in action}
    assert mine >= {"noting", "waivers"}
    others = {action for action, _ in Forms(browser(council_door, "mission").get(f"/reports/{report}").text).forms}
    assert not [action for action in others if action.endswith(("/noting", "/waivers"))]
    to = f"/act/v1/reports/{report}/noting"
    refused = secretary.post(to, data=form(page, to))
    assert refused.status_code in (409, 422)
    waive = f"/act/v1/reports/{report}/waivers"
    fields = next(fields for action, fields in Forms(page).forms if action == waive and fields["rule"] == "receipt")
    told = {"authority": "CP/RES. 1", "reason": "<b>A recess.</b>", "until": "2015-07-31"}
    done = secretary.post(waive, data=fields | told, follow_redirects=True)
    assert done.status_code == 200, done.text
    assert "&lt;b&gt;A recess.&lt;/b&gt;" in done.text


def test_the_annex_was_never_there_for_anybody_but_the_chair(council_door: CouncilDoor, releases: Path):
    annex = released(council_door.stage, releases, small_report("annex"))
    assert browser(council_door, "chair").get(f"/reports/{annex}").status_code == 200
    for who in set(ROSTER) - {"chair"}:
        client = browser(council_door, who)
        assert str(annex) not in client.get("/reports").text
        assert client.get(f"/reports/{annex}").status_code == 404
