"""The pages of officers, documents and what is due by month: empty states, forms by role, what people wrote escaped."""

import pytest

from tests.api.test_council_mandates import M2876
from tests.api.test_page_bridge import Forms, browser, form
from tests.fixtures.doors import CouncilDoor
from tests.fixtures.offices import ROSTER

HOSTILE = "<script>alert(1)</script>"


@pytest.mark.parametrize("place", ["/officers", "/documents", "/calendar"])
def test_everybody_of_the_house_reads_it_in_their_language_and_an_empty_one_says_what_will_appear(
    council_door: CouncilDoor, place: str
):
    for who in ROSTER:
        page = browser(council_door, who).get(f"{place}?lang=fr")
        assert page.status_code == 200, who
        assert 'class="empty"' in page.text
        assert page.text.count("<h1") == 1


def test_the_secretary_alone_writes_into_the_register_of_officers(council_door: CouncilDoor):
    secretary = browser(council_door, "secretary")
    to = "/act/v1/officers/accreditations"
    told = {"country": "BR", "name": HOSTILE, "capacity": "permanent_representative", "source": "note"}
    fields = form(secretary.get("/officers").text, to) | told | {"presented_on": "2015-02-01"}
    done = secretary.post(to, data=fields, follow_redirects=True)
    assert done.status_code == 200, done.text[:3000]
    assert "It stands in the register" in done.text
    assert "Brazil" in done.text
    assert (HOSTILE in done.text, "&lt;script&gt;alert(1)" in done.text) == (False, True)
    ending = [action for action, _ in Forms(done.text).forms if action.endswith("/end")]
    assert len(ending) == 1
    ended = secretary.post(ending[0], data=form(done.text, ending[0]) | {"on": "2015-06-15", "source": "note"})
    assert ended.status_code == 303, ended.text[:3000]
    for who in set(ROSTER) - {"secretary"}:
        assert to not in browser(council_door, who).get("/officers").text, who
    assert "2014" in secretary.get("/officers?on=2014-03-01").text


def test_a_document_is_registered_found_stamped_and_made_void_by_who_may(council_door: CouncilDoor):
    secretary, to = browser(council_door, "secretary"), "/act/v1/documents"
    told = {"series": "council_document", "title": HOSTILE, "original": "es", "source": "assumed"}
    done = secretary.post(to, data=form(secretary.get("/documents").text, to) | told)
    assert done.status_code == 303, done.text[:3000]
    place = done.headers["location"].partition("?")[0]
    page = secretary.get(place).text
    assert (HOSTILE in page, "&lt;script&gt;alert(1)" in page) == (False, True)
    assert f'href="{place}"' in secretary.get("/documents?series=council_document&year=2015&missing=fr").text
    assert f'href="{place}"' not in secretary.get("/documents?series=council_minutes").text
    assert secretary.get("/documents?series=&year=&missing=").status_code == 200
    assert {action for action, _ in Forms(browser(council_door, "mission").get(place).text).forms} == {"/sign-out"}
    stamps = next(action for action, _ in Forms(page).forms if action.endswith("/stamps"))
    typed = {"stamps.0.language": "es", "stamps.0.step": "received", "stamps.0.at": "2015-06-15T12:00:00-04:00"}
    stamped = secretary.post(stamps, data=form(page, stamps) | typed, follow_redirects=True)
    assert stamped.status_code == 200, stamped.text[:3000]
    void = stamps.replace("/stamps", "/void")
    gone = secretary.post(void, data=form(stamped.text, void) | {"reason": "Twice."}, follow_redirects=True)
    assert "Twice." in gone.text
    assert void not in gone.text


def test_what_is_due_stands_in_its_month_with_the_file_for_calendars(council_door: CouncilDoor):
    planner = council_door.client("planner")
    matter = planner.post("/v1/mandates", json=M2876).json()["id"]
    page = browser(council_door, "planner").get("/calendar?lang=es").text
    assert "Julio 2015" in page
    assert f'href="/mandates/{matter}?lang=es"' in page
    assert 'href="/v1/due.ics"' in page


def test_the_first_sections_and_the_one_that_is_shown_stand_in_one_line_the_others_behind_it(council_door: CouncilDoor):
    page = browser(council_door, "planner").get("/calendar").text
    line, _, folded = page.partition('<details class="further">')
    folded = folded.partition("</details>")[0]
    assert [f'href="{one}"' in line for one in ("/mandates", "/structure", "/calendar", "/officers")] == [True, True, True, False]
    assert [f'href="{one}"' in folded for one in ("/mandates", "/calendar", "/officers")] == [False, False, True]
