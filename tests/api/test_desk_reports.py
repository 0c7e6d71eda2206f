"""Reports at the desk: who sees which, what of a draft and of the words, and who may do what with it."""

from datetime import date
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from tests.fixtures.desk_door import DeskDoor
from tests.fixtures.ombuds_office import OmbudsStage
from tests.fixtures.report_life import CHECKLIST, WORDS, open_to_review, said, swept, wanted, written

LOOKS = ("", "/clocks", "/history")
NOT_THERE = "11111111-1111-4111-8111-111111111111"


def kept(stage: OmbudsStage) -> list[tuple[object, ...]]:
    """Everything that an act on a report would write."""
    return [
        *stage.rows("SELECT state, version FROM matter WHERE kind = 'report' ORDER BY id"),
        *stage.rows("SELECT held_for, words_version, words_read, words_published FROM report ORDER BY edition"),
        *stage.rows("SELECT (SELECT count(*) FROM report_words), (SELECT count(*) FROM report_draft)"),
        *stage.rows("SELECT count(*) FROM ledger_entry"),
    ]


def moves(client: TestClient, report: object) -> set[str]:
    """What the policy gives to this person from where the report is."""
    return {move["trigger"] for move in client.get(f"/v1/reports/{report}").json()["moves"]}


def act(client: TestClient, report: object, trigger: str, **payload: object) -> tuple[int, str]:
    """The status, and the state or the code."""
    answer = client.post(f"/v1/reports/{report}/moves", json={"trigger": trigger, "payload": payload})
    return answer.status_code, answer.json().get("state") or answer.json()["code"]


def test_an_empty_list_says_what_will_appear(desk_door: DeskDoor):
    answer = desk_door.client("head").get("/v1/reports", headers={"Accept-Language": "pt"}).json()
    assert answer["reports"] == []
    assert "aparece aqui por si só" in answer["says"]


def test_the_holder_and_those_who_read_words_see_a_report_and_the_annex_is_the_alternates_alone(desk_door: DeskDoor):
    stage = desk_door.stage
    report, annex = open_to_review(stage), wanted(stage, "annex")
    seen = {
        who: {line["id"] for line in desk_door.client(who).get("/v1/reports").json()["reports"]}
        for who in ("head", "officer_a", "alternate")
    }
    assert seen == {"head": {str(report)}, "officer_a": {str(report)}, "alternate": {str(report), str(annex)}}
    before = kept(stage)
    for who in ("head", "officer_a"):
        client = desk_door.client(who)
        unknown = client.get(f"/v1/reports/{NOT_THERE}")
        assert (unknown.status_code, unknown.json()["code"]) == (404, "not_found")
        for place in LOOKS:
            assert client.get(f"/v1/reports/{annex}{place}").json() == unknown.json()
        answers = [
            client.post(f"/v1/reports/{annex}/moves", json={"trigger": "withdraw"}),
            client.post(f"/v1/reports/{annex}/corrections", json={"because": "rule_wrong"}),
        ]
        assert [answer.json() for answer in answers] == [unknown.json()] * 2
    assert kept(stage) == before


def test_the_holder_sees_the_draft_as_it_would_go_out_and_by_when(desk_door: DeskDoor):
    report = open_to_review(desk_door.stage)
    client = desk_door.client("head")
    seen = client.get(f"/v1/reports/{report}")
    told = seen.json()
    assert seen.headers["etag"] == f'"{told["version"]}"'
    assert (told["state"], told["edition"], told["from_on"], told["to_on"]) == ("in_review", "2015.1", "2015-01-01", "2015-12-31")
    assert (told["draft"]["clean"], told["draft"]["mending"]) == (True, [])
    assert told["draft"]["object"]["period"] == {"from": "2015-01-01", "to": "2015-12-31"}
    assert [item["item"] for item in told["checklist"]] == list(CHECKLIST)
    assert all(item["label"] != item["item"] for item in told["checklist"])
    assert date.fromisoformat(told["next_due"]) > date(2016, 9, 1)
    clocks = {clock["name"]: clock for clock in client.get(f"/v1/reports/{report}/clocks").json()["clocks"]}
    assert clocks["review"]["due_on"] == told["next_due"]
    events = client.get(f"/v1/reports/{report}/history").json()["events"]
    assert [event["name"] for event in events if event["what"] == "moved"] == ["open", "draft_clean"]


def test_of_an_unsafe_draft_it_is_said_what_would_mend_it(desk_door: DeskDoor):
    stage = desk_door.stage
    report = wanted(stage)
    written(stage, report, clean=False)
    mending = '[{"key": "report.mend.coarsen", "params": {"table": "received"}}]'
    stage.rows(f"UPDATE report_draft SET findings = findings || jsonb_build_object('mending', '{mending}'::jsonb) RETURNING 1")
    told = desk_door.client("head").get(f"/v1/reports/{report}?lang=es").json()
    assert (told["state"], told["draft"]["clean"]) == ("unsafe", False)
    (sentence,) = told["draft"]["mending"]
    assert "regiones" in sentence
    assert told["draft"]["found"]["broken"] == [{"table": "received"}]
    client = desk_door.client("head")
    assert moves(client, report) == {"redraft", "merge_with_next", "withdraw"}
    typed = {"trigger": "redraft", "payload": {"choices": [{"act": "drop", "table": "maria_from_lima"}]}}
    before = kept(stage)
    refused = client.post(f"/v1/reports/{report}/moves?lang=fr", json=typed)
    assert (refused.status_code, refused.json()["code"]) == (422, "no_such_table")
    assert ("Tableaux : received." in refused.text, "maria" in refused.text) == (True, False)
    assert kept(stage) == before
    done = act(client, report, "redraft", choices=[{"act": "drop", "table": "received"}])
    assert done == (200, "wanted")


def test_words_are_opened_by_their_readers_read_by_somebody_else_and_published_by_the_holder(desk_door: DeskDoor):
    stage = desk_door.stage
    report = open_to_review(stage)
    head, officer = desk_door.client("head"), desk_door.client("officer_a")
    text = {"en": "On 3 May 2016 somebody said: “never”.", "es": "Algo."}
    done = act(head, report, "annotate", section="systemic_issues", text=text)
    assert done == (200, "in_review")
    for client in (head, officer):
        words = client.get(f"/v1/reports/{report}").json()["words"]
        assert (words["version"], words["read"], words["published"]) == (1, False, False)
        assert words["sections"][0]["text"]["es"] == "Algo."
        assert {mark["weight"] for mark in words["marks"]} >= {"warning"}
    before = kept(stage)
    assert act(head, report, "read_words", version=1, checked=CHECKLIST)[1] == "not_allowed"
    assert act(officer, report, "read_words", version=1, checked=CHECKLIST[1:])[1] == "move_refused"
    assert act(officer, report, "publish_words")[1] == "not_allowed"
    assert act(head, report, "publish_words")[1] == "move_refused"
    assert kept(stage) == before
    assert act(officer, report, "read_words", version=1, checked=CHECKLIST)[0] == 200
    assert act(head, report, "publish_words")[0] == 200
    told = head.get(f"/v1/reports/{report}").json()
    assert (told["words"]["read"], told["words"]["read_by"]["name"], told["words"]["published"]) == (True, "Officer A", True)
    (chapter,) = [each for each in told["draft"]["object"]["chapters"] if each["name"] == "systemic_issues"]
    assert chapter["words"][0]["text"]["es"] == "Algo."


def test_words_stand_nowhere_but_sealed_and_damaged_ones_stop_nothing(desk_door: DeskDoor):
    stage = desk_door.stage
    report = open_to_review(stage)
    said(stage, report)
    assert desk_door.client("head").get(f"/v1/reports/{report}").json()["words"]["sections"][0]["text"] == {"en": WORDS}
    stage.rows("UPDATE report_words SET words_sealed = words_sealed || '\\x00'::bytea RETURNING 1")
    told = desk_door.client("head").get(f"/v1/reports/{report}").json()
    assert told["words"]["sections"] is None
    assert told["draft"]["number"] == 1
    assert stage.rows("SELECT count(*) FROM trouble") == [(1,)]


def test_the_holder_holds_it_with_a_reason_and_lets_it_go(desk_door: DeskDoor):
    stage = desk_door.stage
    report = open_to_review(stage)
    head = desk_door.client("head")
    before = kept(stage)
    refused = [
        act(head, report, "hold"),
        act(head, report, "hold", reason="because I say so"),
        act(desk_door.client("officer_a"), report, "hold", reason="figures_wrong"),
        act(desk_door.client("alternate"), report, "hold", reason="figures_wrong"),
        act(head, report, "release"),
        act(head, report, "draft_clean"),
    ]
    assert [status for status, _ in refused] == [409, 422, 403, 409, 403, 403]
    stale = head.post(
        f"/v1/reports/{report}/moves",
        json={"trigger": "hold", "payload": {"reason": "figures_wrong"}},
        headers={"If-Match": '"1"'},
    )
    assert stale.status_code == 412
    assert kept(stage) == before
    assert act(head, report, "hold", reason="figures_wrong") == (200, "held")
    told = head.get(f"/v1/reports/{report}?lang=fr").json()
    assert (told["held_for"], told["held_for_label"] != "figures_wrong") == ("figures_wrong", True)
    assert act(head, report, "let_go") == (200, "cleared")


def test_an_act_that_comes_again_is_answered_as_the_first_time(desk_door: DeskDoor):
    report = open_to_review(desk_door.stage)
    body = {"trigger": "hold", "payload": {"reason": "figures_wrong"}}
    head, key = desk_door.client("head"), {"Idempotency-Key": uuid4().hex}
    first, again = (head.post(f"/v1/reports/{report}/moves", json=body, headers=key) for _ in range(2))
    assert (first.status_code, again.json()) == (200, first.json())


def test_a_correction_is_opened_of_what_is_out_and_of_nothing_else(desk_door: DeskDoor):
    stage = desk_door.stage
    report = open_to_review(stage)
    head = desk_door.client("head")
    before = kept(stage)
    early = head.post(f"/v1/reports/{report}/corrections", json={"because": "figures_wrong"})
    assert (early.status_code, early.json()["code"]) == (409, "nothing_to_correct")
    assert kept(stage) == before
    swept(stage, date(2016, 9, 20))
    assert head.get(f"/v1/reports/{report}").json()["state"] == "released"
    before = kept(stage)
    refused = desk_door.client("officer_a").post(f"/v1/reports/{report}/corrections", json={"because": "figures_wrong"})
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    assert kept(stage) == before
    opened = head.post(f"/v1/reports/{report}/corrections", json={"because": "figures_wrong"})
    assert (opened.status_code, opened.json()["state"]) == (201, "wanted")
    told = head.get(opened.headers["location"]).json()
    assert (told["edition"], told["corrects"], told["because"], told["draft"]) == ("2015.2", "2015.1", "figures_wrong", None)


@pytest.mark.parametrize("path", ["/v1/reports", f"/v1/reports/{NOT_THERE}", "/v1/reports/not-an-id"])
def test_nobody_reads_without_a_session(desk_door: DeskDoor, path: str):
    assert desk_door.client().get(path).json()["code"] == "not_signed_in"
