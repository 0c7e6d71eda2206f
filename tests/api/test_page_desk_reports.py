"""The pages of reports at the desk: what is due, the draft as it would go out, her words by chapter, each step as a form."""

from datetime import date
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from api.asking import COOKIES
from tests.api.test_page_bridge import PAGE, Forms, form
from tests.fixtures.desk_door import DeskDoor
from tests.fixtures.report_life import CHECKLIST, open_to_review, said, swept, wanted, written

HOSTILE = "<script>alert(1)</script> & {{ 7*7 }}"


def browser(door: DeskDoor, who: str) -> TestClient:
    """Somebody signed in by cookie."""
    client = door.client()
    client.headers.update(PAGE)
    token = door.session(who)
    for cookie in COOKIES:
        client.cookies.set(cookie, token)
    return client


def forms(page: str, report: UUID, **fixed: str) -> dict[str, str]:
    """The fields of the form for a step, told by some of its fields."""
    to = f"/act/v1/reports/{report}/moves"
    return next(fields for action, fields in Forms(page).forms if action == to and fixed.items() <= fields.items())


def send(client: TestClient, report: UUID, fields: dict[str, object]) -> str:
    done = client.post(f"/act/v1/reports/{report}/moves", data=fields, follow_redirects=True)
    assert done.status_code == 200, done.text
    return done.text


def test_an_empty_list_says_what_will_appear(desk_door: DeskDoor):
    page = browser(desk_door, "head").get("/reports?lang=pt")
    assert page.status_code == 200
    assert "aparece aqui por si só" in page.text


def test_the_list_tells_state_and_what_is_due_and_the_annex_is_the_alternates_alone(desk_door: DeskDoor):
    report, annex = open_to_review(desk_door.stage), wanted(desk_door.stage, "annex")
    for who, sees in (("head", {report}), ("officer_a", {report}), ("alternate", {report, annex})):
        client = browser(desk_door, who)
        page = client.get("/reports").text
        assert {one for one in (report, annex) if f'href="/reports/{one}"' in page} == sees
        assert client.get(f"/reports/{annex}").status_code == (200 if annex in sees else 404)


def test_the_draft_stands_there_as_it_would_go_out_with_the_day_on_which_it_goes(desk_door: DeskDoor):
    report = open_to_review(desk_door.stage)
    client = browser(desk_door, "head")
    due = date.fromisoformat(desk_door.client("head").get(f"/v1/reports/{report}").json()["next_due"])
    for language, sentence in (
        ("en", "to: Permanent Council)"),
        ("fr", "Si personne ne le retient"),
    ):
        page = client.get(f"/reports/{report}?lang={language}").text
        assert sentence in page
        assert str(due.day) in page
        assert page.count("<h1") == 1
        assert ">12</td>" in page


def test_words_are_kept_by_chapter_read_by_somebody_else_and_added_by_the_holder(desk_door: DeskDoor):
    report = open_to_review(desk_door.stage)
    head, officer = browser(desk_door, "head"), browser(desk_door, "officer_a")
    fields = forms(head.get(f"/reports/{report}").text, report, **{"payload.section": "systemic_issues"})
    page = send(head, report, fields | {"payload.text.en": HOSTILE, "payload.text.es": "Algo."})
    assert "Your words are kept" in page
    assert HOSTILE not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; {{ 7*7 }}" in page
    kept = desk_door.client("head").get(f"/v1/reports/{report}").json()["words"]
    assert kept["sections"][0]["text"] == {"en": HOSTILE, "es": "Algo."}
    seen = officer.get(f"/reports/{report}").text
    assert "Algo." in seen
    assert 'name="payload.text.en"' not in seen
    reading = forms(seen, report, trigger="read_words")
    page = send(officer, report, reading | {"payload.checked": list(CHECKLIST)})
    assert "read by " in page
    send(head, report, forms(head.get(f"/reports/{report}").text, report, trigger="publish_words"))
    told = desk_door.client("head").get(f"/v1/reports/{report}").json()
    assert told["words"]["published"] is True
    assert "in the draft" in head.get(f"/reports/{report}").text


def test_words_are_taken_back_by_leaving_every_language_empty(desk_door: DeskDoor):
    report = open_to_review(desk_door.stage)
    said(desk_door.stage, report)
    head = browser(desk_door, "head")
    fields = forms(head.get(f"/reports/{report}").text, report, **{"payload.section": "systemic_issues"})
    send(head, report, {name: value for name, value in fields.items() if not name.startswith("payload.text")})
    assert desk_door.client("head").get(f"/v1/reports/{report}").json()["words"]["sections"] == []


def test_an_unticked_item_of_the_checklist_is_refused_and_nothing_is_lost(desk_door: DeskDoor):
    report = open_to_review(desk_door.stage)
    said(desk_door.stage, report)
    officer = browser(desk_door, "officer_a")
    reading = forms(officer.get(f"/reports/{report}").text, report, trigger="read_words")
    refused = officer.post(f"/act/v1/reports/{report}/moves", data=reading | {"payload.checked": list(CHECKLIST[:2])})
    assert refused.status_code == 409
    assert refused.text.count(" checked>") == 2
    assert desk_door.client("head").get(f"/v1/reports/{report}").json()["words"]["read"] is False


def test_it_is_held_with_a_reason_and_let_go(desk_door: DeskDoor):
    report = open_to_review(desk_door.stage)
    head = browser(desk_door, "head")
    hold = forms(head.get(f"/reports/{report}").text, report, trigger="hold")
    refused = head.post(f"/act/v1/reports/{report}/moves", data=hold)
    assert refused.status_code == 409
    page = send(head, report, hold | {"payload.reason": "somebody_at_risk"})
    assert "It is held." in page
    page = send(head, report, forms(page, report, trigger="let_go"))
    assert "It was let go" in page


def test_an_unsafe_draft_is_drafted_again_with_what_its_holder_chose(desk_door: DeskDoor):
    stage = desk_door.stage
    report = wanted(stage)
    written(stage, report, clean=False)
    head = browser(desk_door, "head")
    page = head.get(f"/reports/{report}").text
    assert "somebody could be found in it" in page
    redraft = forms(page, report, trigger="redraft")
    typed = {"payload.choices.0.act": "drop", "payload.choices.0.table": "received"}
    assert "A program takes its figures" in send(head, report, redraft | typed)
    assert desk_door.client("head").get(f"/v1/reports/{report}").json()["state"] == "wanted"


def test_what_is_out_is_corrected_by_its_holder_alone(desk_door: DeskDoor):
    stage = desk_door.stage
    report = open_to_review(stage)
    due = date.fromisoformat(desk_door.client("head").get(f"/v1/reports/{report}").json()["next_due"])
    swept(stage, date.fromordinal(due.toordinal() + 3))
    to = f"/v1/reports/{report}/corrections"
    assert to not in browser(desk_door, "officer_a").get(f"/reports/{report}").text
    head = browser(desk_door, "head")
    fields = form(head.get(f"/reports/{report}").text, f"/act{to}")
    done = head.post(f"/act{to}", data=fields | {"because": "figures_wrong"})
    assert done.status_code == 303
    assert done.headers["location"].startswith("/reports/")
    assert str(report) not in done.headers["location"]
    assert "corrects 2015.1" in head.get(done.headers["location"]).text


@pytest.mark.parametrize("who", ["officer_a", "alternate"])
def test_who_may_not_do_a_step_is_not_offered_it(desk_door: DeskDoor, who: str):
    report = open_to_review(desk_door.stage)
    page = browser(desk_door, who).get(f"/reports/{report}").text
    offered = {fields.get("trigger") for action, fields in Forms(page).forms if action.endswith("/moves")}
    told = desk_door.client(who).get(f"/v1/reports/{report}").json()["moves"]
    assert offered <= {move["trigger"] for move in told}
