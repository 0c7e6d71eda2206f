"""Forms on the page of a matter besides moves: what is typed is never lost, and two people see each other's change."""

import re

from pydantic import SecretStr

from actions.kinds.sealed import Told
from api.pages.done import just_done
from tests.api.test_page_bridge import browser
from tests.fixtures.desk_door import DeskDoor, she
from tests.fixtures.sheets import TEXT, in_page, send, sheet, walked

pytest_plugins = ("tests.fixtures.desk_door",)


def test_what_is_no_move_can_be_done_by_its_form_too(desk_door: DeskDoor):
    stage = desk_door.stage
    _, one = walked(desk_door)
    stage.appoint("late_comer", "case_officer")
    client, page = one.client, one.page
    one.do("acknowledge")

    def do(tail: str, **sent: str) -> None:
        answer = send(client, sheet(client, page, tail, **{name: value for name, value in sent.items() if name == "to"}), **sent)
        assert answer.status_code == 303, (tail, re.sub(r"<[^>]*>", " ", answer.text)[:3000])

    do("/messages", to="her")
    do("/messages", to="office")
    do("/pauses", name="by_decision")
    do("/pauses/by_decision")
    do("/waivers", until="2016-09-30")
    codes = send(client, sheet(client, f"{page}/codes", "/facts"), about="head", issues="2H", another="true")
    assert (codes.status_code, codes.headers["location"]) == (303, f"{page}?done={just_done('case_done', page)}")
    do("/seats", person=str(stage.people["late_comer"]))
    do("/assignment", person=str(stage.people["late_comer"]))
    do("/holds", until="2016-12-31")  # by somebody who does not answer for it
    shown = client.get(page).text
    for said in (
        "Late Comer",
        "by decision: from",
        "excused on",
        "the head of a unit",
        "Kept by Head",
        TEXT.replace("&", "&amp;")[:20],
    ):
        assert said in shown, said
    (held,) = stage.rows("SELECT id FROM hold")
    do(f"/holds/{held[0]}")
    do("/late-conflict", person=str(stage.people["late_comer"]))
    left = send(client, sheet(client, page, "/recusal"))
    assert (left.status_code, left.headers["location"].partition("?")[0]) == (303, "/")
    assert client.get(page).status_code == 404


REFUSED: list[tuple[str, dict[str, str], dict[str, str], int]] = [
    ("/moves", {"trigger": "decline"}, {"payload.ground": "", "payload.text": TEXT}, 409),
    ("/moves", {"trigger": "decline"}, {"payload.ground": "made_up", "payload.text": TEXT}, 422),
    ("/waivers", {}, {"reason": TEXT, "authority": TEXT, "until": "2029-01-01"}, 422),
    ("/pauses", {}, {"name": "by_decision", "reason": " "}, 422),
    ("/messages", {"to": "her"}, {"text": TEXT, "_version": "1"}, 412),
    ("/messages", {"to": "her"}, {"text": TEXT, "_csrf": "x"}, 403),
]


def test_what_is_refused_gives_everything_back(desk_door: DeskDoor):
    _, one = walked(desk_door)
    one.do("acknowledge", "screen")
    before = desk_door.stage.rows("SELECT version FROM matter")
    for tail, sent, typed, status in REFUSED:
        answer = send(one.client, sheet(one.client, one.page, tail, **sent), **typed)
        assert answer.status_code == status, (tail, typed)
        again = in_page(answer.text, tail, **sent)
        for name, value in typed.items():
            if not name.startswith("_") and not again.options.get(name):
                assert again.sent[name].strip() == value.strip(), name
        assert again.sent["_version"] == str(before[0][0])
        assert "cabe" not in answer.text[answer.text.index('role="alert"') :].partition("</div>")[0]
        assert "<details open>" in answer.text
    assert desk_door.stage.rows("SELECT version FROM matter") == before


def test_a_draft_is_kept_fills_its_form_and_goes_when_it_is_sent(desk_door: DeskDoor):
    came, one = walked(desk_door)
    one.do("acknowledge")
    at = f"/v1/complaints/{came.id}/drafts/message"
    form = sheet(one.client, one.page, "/messages", to="her")
    assert form.draft == at
    version = desk_door.stage.rows("SELECT version FROM matter")
    kept = one.client.post(form.action, data=form.sent | {"text": TEXT, "_draft": form.draft}, follow_redirects=False)
    assert kept.status_code == 303
    assert kept.headers["location"] == f"{one.page}?done={just_done('draft_kept', one.page)}#{form.sent['_form']}"
    assert desk_door.stage.rows("SELECT version FROM matter") == version
    page = one.client.get(kept.headers["location"]).text
    assert "Your draft is kept" in page
    assert "This is your draft of 1 September 2016" in page
    again = in_page(page, "/messages", to="her")
    assert again.sent["text"] == TEXT
    assert "cabe" not in browser(desk_door, "alternate").get(one.page).text
    assert send(one.client, again, text="Ya.").status_code == 303
    assert desk_door.stage.rows("SELECT count(*) FROM sealed_draft") == [(0,)]
    assert in_page(one.client.get(one.page).text, "/messages", to="her").sent["text"] == ""
    form = sheet(one.client, one.page, "/messages", to="office")
    one.client.post(form.action, data=form.sent | {"text": TEXT, "_draft": form.draft})
    thrown = send(one.client, sheet(one.client, one.page, "/drafts/note"))
    assert (thrown.status_code, thrown.headers["location"]) == (303, f"{one.page}?done={just_done('draft_dropped', one.page)}")
    assert desk_door.stage.rows("SELECT count(*) FROM sealed_draft") == [(0,)]


def test_a_draft_that_cannot_be_kept_gives_everything_back_and_leads_nowhere_else(desk_door: DeskDoor):
    came, one = walked(desk_door)
    form = sheet(one.client, one.page, "/messages", to="office")
    long = "ñ" * 70_000
    refused = one.client.post(form.action, data=form.sent | {"text": long, "_draft": form.draft})
    assert refused.status_code == 413
    assert in_page(refused.text, "/messages", to="office").sent["text"] == long
    for elsewhere in (f"/v1/complaints/{came.id}/facts", "/sign-out", "https://elsewhere.invalid/drafts/x"):
        other = one.client.post(form.action, data=form.sent | {"text": "x", "_draft": elsewhere})
        assert other.status_code == 404
    assert desk_door.stage.rows("SELECT count(*) FROM sealed_draft") == [(0,)]


def test_the_second_one_sees_what_the_first_one_did_before_going_on(desk_door: DeskDoor):
    came, one = walked(desk_door)
    one.do("acknowledge")
    two = browser(desk_door, "alternate")
    mine = sheet(one.client, one.page, "/messages", to="her")
    theirs = sheet(two, one.page, "/messages", to="office")
    assert send(two, theirs, text="Nota de la alterna.").status_code == 303
    she(desk_door.stage, came, "message", Told(text=SecretStr("¿Qué pasa?")))
    stale = send(one.client, mine, text=TEXT)
    assert stale.status_code == 412
    since = stale.text[stale.text.index('id="since"') :].partition("</div>")[0]
    assert "Since you opened this page" in since
    assert "Alternate kept a note" in since
    assert "Wrote to us" in since
    assert "Nota de la alterna" not in since
    assert "Confirm that you have read it" not in since  # that was there before
    again = in_page(stale.text, "/messages", to="her")
    assert again.sent["text"] == TEXT
    assert send(one.client, again).status_code == 303
    assert TEXT[:20] in one.client.get(one.page).text
    assert one.client.get(f"{one.page}?done={just_done('case_done', one.page)}").text.count('id="since"') == 0
