"""Slips and the office's record at the desk's door: by JSON, by form, in four languages, and by nobody who should not."""

import re

from starlette.testclient import TestClient

from api.asking import DESK_COOKIE
from tests.api.test_page_bridge import PAGE, Forms
from tests.fixtures.desk_door import DeskDoor

pytest_plugins = ("tests.fixtures.desk_door",)

SLIP = {"month": "2016-09", "channel": "phone", "language": "es", "issues": ["2H", "8E"], "done": ["listened"]}
PRESSED = {"kind": "interference", "on": "2016-08-20", "text": "We were asked for a <draft>."}
BRIEFED = {"on": "2016-08-30", "sort": "briefing", "region": "caribbean", "language": "en", "people": 14}


def browser(door: DeskDoor, who: str) -> TestClient:
    client = door.client()
    client.headers.update(PAGE)
    client.cookies.set(DESK_COOKIE, door.session(who))
    return client


def form(page: str, action: str, **hidden: str) -> dict[str, str]:
    """The fields of the form that goes to an address with these hidden fields."""
    return next(
        fields
        for to, fields in Forms(page).forms
        if to == action and all(fields.get(name) == told for name, told in hidden.items())
    )


def count(door: DeskDoor, table: str) -> int:
    return int(str(door.stage.rows(f"SELECT count(*) FROM {table}")[0][0]))


def test_a_program_writes_reads_changes_and_throws_away_slips(desk_door: DeskDoor):
    mine, other = desk_door.client("officer_a"), desk_door.client("head")
    assert mine.get("/v1/contacts").json() == {"slips": []}
    can = mine.get("/v1/contact-choices").json()
    assert can["months"] == [{"month": "2016-09", "until": "2016-10-30"}, {"month": "2016-08", "until": "2016-09-30"}]
    assert (len(can["issues"]), can["most_issues"]) == (87, 3)
    key = {"Idempotency-Key": "0" * 32}
    made = [mine.post("/v1/contacts", json=SLIP, headers=key) for _ in range(2)]
    assert [one.status_code for one in made] == [201, 201], made[0].text
    assert made[0].json() == made[1].json()
    at = f"/v1/contacts/{made[0].json()['id']}"
    (seen,) = mine.get("/v1/contacts").json()["slips"]
    assert seen["issues"][0] == {"code": "2H", "label": "Retaliation"}
    assert (seen["month"], seen["personnel"], seen["until"], seen["version"]) == ("2016-09", None, "2016-10-30", 1)
    assert other.get("/v1/contacts").json() == {"slips": []}
    for refused in (other.put(at, json=SLIP), other.delete(at), other.get(at.removeprefix("/v1"))):
        assert refused.status_code == 404
    changed = SLIP | {"channel": "letter"}
    assert mine.put(at, json=changed, headers={"If-Match": '"7"'}).status_code == 412
    assert mine.put(at, json=changed, headers={"If-Match": '"1"'}).status_code == 204
    wrong = mine.post("/v1/contacts", json=SLIP | {"name": "Ana"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "invalid")
    assert "Ana" not in wrong.text
    assert mine.post("/v1/contact-counts", json={"month": "2016-09"}).status_code == 204
    assert mine.delete(at).status_code == 204
    assert (count(desk_door, "contact_slip"), count(desk_door, "tally")) == (0, 2)


def test_a_slip_is_written_and_corrected_by_pages_and_what_was_typed_stays_when_it_is_refused(desk_door: DeskDoor):
    client = browser(desk_door, "officer_a")
    page = client.get("/contacts").text
    assert "No slip of yours is kept" in page
    asked = form(page, "/act/v1/contacts")
    told = asked | {"month": "2016-09", "channel": "walk_in", "language": "fr", "done": ["referral"], "issues": ["2H", "", "8E"]}
    refused = client.post("/act/v1/contacts", data=told)
    assert refused.status_code == 422
    assert "A referral and its way go together" in refused.text
    assert re.findall(r'<option value="([\w-]+)" selected>', refused.text)[:5] == ["2016-09", "walk_in", "fr", "2H", "8E"]
    kept = client.post("/act/v1/contacts", data=told | {"route": "hearing"})
    assert kept.status_code == 303, kept.text
    shown = client.get(kept.headers["location"]).text
    assert "The slip is kept." in shown
    assert "2H Retaliation" in shown
    (at,) = re.findall(r'href="(/contacts/[0-9a-f-]{36})"', shown)
    again = client.get(at).text
    assert re.findall(r'<option value="([\w-]+)" selected>', again)[-2:] == ["2H", "8E"]
    fields = form(again, f"/act/v1{at}")
    changed = {"month": "2016-09", "channel": "phone", "language": "fr", "issues": ["4J"], "done": ["listened"], "route": ""}
    assert client.post(f"/act/v1{at}", data=fields | changed).status_code == 303
    after = client.get("/contacts").text
    assert "4J" in after
    assert "2H Retaliation</p>" not in after
    gone = client.post(f"/act/v1{at}", data=form(after, f"/act/v1{at}", _method="DELETE"))
    assert gone.status_code == 303
    assert count(desk_door, "contact_slip") == 0


def test_only_a_count_is_one_button_and_nothing_at_all_needs_none(desk_door: DeskDoor):
    client = browser(desk_door, "alternate")
    page = client.get("/contacts?lang=es").text
    assert "no se guarda nada" in page
    sent = client.post("/act/v1/contact-counts", data=form(page, "/act/v1/contact-counts") | {"month": "2016-08"})
    assert sent.status_code == 303
    assert desk_door.stage.rows("SELECT month::text, count FROM tally") == [("2016-08-01", 1)] * 2
    assert count(desk_door, "contact_slip") == 0


def test_the_record_is_kept_and_shown_by_program_and_page(desk_door: DeskDoor):
    head, officer = desk_door.client("head"), browser(desk_door, "officer_a")
    empty = officer.get("/record").text
    assert "Nothing is logged yet" in empty
    made = head.post("/v1/independence", json=PRESSED)
    assert made.status_code == 201, made.text
    assert head.post("/v1/outreach", json=BRIEFED).status_code == 201
    (seen,) = head.get("/v1/independence").json()["entries"]
    assert (seen["kind"], seen["text"], seen["closed"]) == ("interference", PRESSED["text"], False)
    page = officer.get("/record").text
    assert "We were asked for a &lt;draft&gt;." in page
    assert "Caribbean" in page
    wrong = head.post("/v1/independence", json=PRESSED | {"currency": "USD"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "entry_incomplete")
    asked = form(page, "/act/v1/independence", kind="budget")
    told = asked | {"on": "2016-03-01", "currency": "USD", "asked_amount": "250000"}
    assert officer.post("/act/v1/independence", data=told).status_code == 303
    (budget,) = [one for one in head.get("/v1/independence").json()["entries"] if one["kind"] == "budget"]
    at = f"/record/independence/{budget['id']}"
    fields = form(officer.get(at).text, f"/act/v1/independence/{budget['id']}")
    assert (fields["asked_amount"], fields["_version"]) == ("250000", "1")
    assert (
        officer.post(
            f"/act/v1/independence/{budget['id']}", data=fields | {"given_amount": "180000", "currency": "USD"}
        ).status_code
        == 303
    )
    assert "180,000 USD" in officer.get("/record").text
    (line,) = re.findall(r'href="/record/outreach/([0-9a-f-]{36})"', officer.get("/record").text)
    page = officer.get(f"/record/outreach/{line}?lang=fr").text
    assert "Exposé" in page
    gone = officer.post(f"/act/v1/outreach/{line}", data=form(page, f"/act/v1/outreach/{line}", _method="DELETE"))
    assert gone.status_code == 303
    assert head.get("/v1/outreach").json() == {"lines": []}


def test_every_page_of_it_speaks_four_languages(desk_door: DeskDoor):
    client = browser(desk_door, "head")
    for language, said in (("en", "Only a count"), ("es", "Solo un número"), ("pt", "Só um número"), ("fr", "Un simple chiffre")):
        page = client.get(f"/contacts?lang={language}")
        assert (page.status_code, f'lang="{language}"' in page.text, said in page.text) == (200, True, True)
        assert client.get(f"/record?lang={language}").status_code == 200
