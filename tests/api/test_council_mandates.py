"""Mandates and proposals behind the council's door, over HTTP and on a real database."""

from datetime import date
from uuid import uuid4

import pytest

from actions.kernel.sweep import sweep
from tests.fixtures.doors import CouncilDoor

M2876 = {
    "symbol": "AG/RES. 2876 (XLV-O/15)",
    "title": "Modernization and Reorganization of the General Secretariat",
    "task": "Submit adjustments to the Permanent Council",
    "issued_by": "GA",
    "recipient": "PC",
    "on": "2015-06-15",
    "due": {"on": "2015-07-31"},
    "source": "s1",
}
TABLES = ("matter", "event", "clock", "rung_fired", "outbox", "ledger_entry", "mandate", "proposal", "link", "responsibility")


def everything(door: CouncilDoor) -> list[object]:
    return [door.stage.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in TABLES]


def opened(door: CouncilDoor, kind: str = "mandates", **other: object) -> str:
    answer = door.client("planner").post(f"/v1/{kind}", json=M2876 | other)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def test_a_mandate_goes_from_the_register_to_fulfilment_over_http(council_door: CouncilDoor):
    planner, secretary = council_door.client("planner"), council_door.client("secretary")
    answer = planner.post("/v1/mandates", json=M2876)
    assert (answer.status_code, answer.json()["state"], answer.headers["etag"]) == (201, "in_force", '"1"')
    path = answer.headers["location"]

    def move(client, trigger, **payload):
        return client.post(f"{path}/moves", json={"trigger": trigger, "payload": payload})

    person = str(council_door.stage.people["planner"])
    assert move(planner, "assign", unit="OSG", person=person).json()["state"] == "assigned"
    assert planner.post(f"{path}/moves", json={"trigger": "start"}).json()["state"] == "in_progress"
    council_door.stage.to_day(date(2016, 5, 10))
    assert move(planner, "report_done", document="CP/doc.5190/16", on="2016-05-10").json()["state"] == "reported_as_done"
    council_door.stage.to_day(date(2016, 6, 15))
    refused = move(secretary, "note_fulfilled", body="PC", on="2016-06-15")
    assert refused.status_code == 409
    assert refused.json()["unmet"] == [{"claim": "the_mandating_body_took_note", "what": refused.json()["unmet"][0]["what"]}]
    assert move(secretary, "note_fulfilled", body="GA", on="2016-06-15").json()["state"] == "fulfilled"
    history = planner.get(f"{path}/history").json()["events"]
    assert [line["trigger"] for line in history] == ["open", "assign", "start", "report_done", "note_fulfilled"]
    assert history[-1]["by"]["name"] == "Secretary"


def test_one_mandate_shows_its_moves_with_what_they_lack_and_whether_this_person_may(council_door: CouncilDoor):
    matter = opened(council_door)
    seen = council_door.client("mission").get(f"/v1/mandates/{matter}")
    assert seen.headers["etag"] == '"1"'
    body = seen.json()
    assert (body["owner"], body["responsible"]["name"], body["opened_on"]) == ("unit", "Planner", "2015-06-15")
    assert body["detail"]["symbol"] == M2876["symbol"]
    moves = {move["trigger"]: move for move in body["moves"]}
    assert not any(move["allowed"] for move in moves.values())
    assert moves["assign"]["unmet"] == []
    assert [claim["claim"] for claim in moves["supersede"]["unmet"]] == [
        "the_other_mandate_is_registered",
        "the_lineage_has_no_circle",
    ]
    mine = {m["trigger"]: m["allowed"] for m in council_door.client("planner").get(f"/v1/mandates/{matter}").json()["moves"]}
    assert mine["assign"]
    assert not mine["expire"]


def test_clocks_explain_their_dates_in_the_readers_language(council_door: CouncilDoor):
    matter = opened(council_door)
    clocks = council_door.client("mission").get(f"/v1/mandates/{matter}/clocks?lang=es").json()["clocks"]
    due = next(clock for clock in clocks if clock["name"] == "due")
    assert (due["due_on"], due["days"], due["status"]) == ("2015-07-31", 46, "running")
    assignment = next(clock for clock in clocks if clock["name"] == "assignment")
    assert assignment["explanation"][0] == "El 15 de junio de 2015 es el día cero: se cuenta desde el día siguiente."
    assert assignment["source"]
    assert assignment["verified"] is False
    assert assignment["next"]["what"] == "reminder"


def test_what_fired_is_shown_with_whom_it_reached(council_door: CouncilDoor):
    matter = opened(council_door)
    council_door.stage.to_day(date(2015, 6, 23))
    sweep(council_door.stage.flows)
    clocks = council_door.client("chair").get(f"/v1/mandates/{matter}/clocks").json()["clocks"]
    fired = [(clock["name"], once["what"], once["person"]["name"]) for clock in clocks for once in clock["fired"]]
    assert fired == [("assignment", "reminder", "Planner")]


def test_a_proposal_is_tied_to_the_mandate_it_implements(council_door: CouncilDoor):
    mandate = opened(council_door)
    draft = {"title": "Adjustments", "proposer": "SG", "mandate": mandate, "source": "assumed"}
    proposal = council_door.client("planner").post("/v1/proposals", json=draft).json()["id"]
    ties = council_door.client("mission").get(f"/v1/mandates/{mandate}").json()["ties"]
    found = [(tie["id"], tie["kind"], tie["what"], tie["outward"]) for tie in ties]
    assert found == [(proposal, "proposal", "implements", False)]
    council_door.client("planner").post(f"/v1/proposals/{proposal}/moves", json={"trigger": "submit"})
    assert council_door.client("planner").get(f"/v1/proposals/{proposal}").json()["state"] == "submitted"


def test_a_tie_to_what_is_not_there_is_not_found_and_nothing_is_written_s38(council_door: CouncilDoor):
    before = everything(council_door)
    draft = {"title": "Adjustments", "proposer": "SG", "mandate": str(uuid4()), "source": "assumed"}
    assert council_door.client("planner").post("/v1/proposals", json=draft).status_code == 404
    assert everything(council_door) == before


def test_the_register_is_filtered_and_paged(council_door: CouncilDoor):
    first = opened(council_door)
    second = opened(council_door, symbol="AG/RES. 1 (I-O/70)", due=None)
    planner = council_door.client("planner")
    planner.post(f"/v1/mandates/{second}/moves", json={"trigger": "assign", "payload": {"unit": "SAF"}})

    def ids(query: str) -> list[str]:
        answer = planner.get(f"/v1/mandates{query}")
        assert answer.status_code == 200, answer.text
        return [item["id"] for item in answer.json()["items"]]

    assert set(ids("")) == {first, second}
    assert ids("?state=assigned") == [second]
    assert ids("?unit=SAF") == [second]
    assert ids("?search=Res.+i-o+70") == [second]
    assert ids("?search=nowhere") == []
    assert ids("?late=true") == []
    council_door.stage.to_day(date(2015, 8, 3))
    assert ids("?late=true") == [first, second] or set(ids("?late=true")) == {first, second}
    page = planner.get("/v1/mandates?limit=1").json()
    rest = planner.get(f"/v1/mandates?limit=1&after={page['after']}").json()
    assert {page["items"][0]["id"], rest["items"][0]["id"]} == {first, second}
    assert rest["after"] is None


def test_due_late_and_handed_over_are_told_apart_and_nothing_is_written_d11(council_door: CouncilDoor):
    opened(council_door)
    council_door.stage.absent("planner", date(2015, 7, 1))
    council_door.stage.to_day(date(2015, 7, 8))
    sweep(council_door.stage.flows)
    before = everything(council_door)
    found = council_door.client("mission").get("/v1/due").json()
    assert found["today"] == "2015-07-08"
    assert [(each["clock"], each["due_on"], each["days"]) for each in found["due"]] == [("due", "2015-07-31", 23)]
    assert [(each["clock"], each["days"]) for each in found["late"]] == [("assignment", -9)]
    assert [(each["to"]["name"], each["before"]["name"]) for each in found["handed_over"]] == [("Lawyer", "Planner")]
    assert everything(council_door) == before


def test_reading_changes_nothing_d11(council_door: CouncilDoor):
    matter = opened(council_door)
    council_door.stage.to_day(date(2015, 12, 1))  # with much that is due and has not fired
    before = everything(council_door)
    client = council_door.client("planner")
    for path in ("/v1/mandates", f"/v1/mandates/{matter}", f"/v1/mandates/{matter}/clocks", "/v1/due", "/v1/me"):
        assert client.get(path).status_code == 200
    assert everything(council_door) == before


@pytest.mark.parametrize(
    ("who", "body", "if_match", "status", "code"),
    [
        ("planner", {"trigger": "assign", "payload": {"unit": "OSG"}}, '"7"', 412, "stale_version"),
        ("planner", {"trigger": "assign", "payload": {"unit": "OSG"}}, "W/nonsense", 412, "stale_version"),
        ("planner", {"trigger": "report_done"}, None, 409, "no_such_move"),
        ("planner", {"trigger": "assign", "payload": {}}, None, 422, "invalid"),
        ("planner", {"trigger": "assign", "payload": {"unit": "OSG", "on": "2031-01-01"}}, None, 422, "not_yet"),
        ("planner", {"trigger": "assign", "payload": {"unit": "OSG", "on": "1815-01-01"}}, None, 422, "before_history"),
        ("planner", {"trigger": "fly_away"}, None, 422, "unknown_trigger"),
        ("planner", {"trigger": "expire"}, None, 403, "not_allowed"),
        ("planner", {"trigger": "supersede", "payload": {"successor": str(uuid4())}}, None, 403, "not_allowed"),
        ("mission", {"trigger": "assign", "payload": {"unit": "OSG"}}, None, 403, "not_allowed"),
        ("secretary", {"trigger": "supersede", "payload": {"successor": str(uuid4())}}, None, 409, "move_refused"),
    ],
)
def test_a_refused_move_says_why_and_writes_nothing(council_door: CouncilDoor, who, body, if_match, status, code):
    matter = opened(council_door)
    before = everything(council_door)
    headers = {"If-Match": if_match} if if_match else {}
    answer = council_door.client(who).post(f"/v1/mandates/{matter}/moves", json=body, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]
    assert everything(council_door) == before


def test_an_unknown_move_names_those_there_are(council_door: CouncilDoor):
    matter = opened(council_door)
    answer = council_door.client("planner").post(f"/v1/mandates/{matter}/moves", json={"trigger": "fly_away"})
    assert "note_fulfilled" in answer.json()["params"]["known"]
    assert "fly_away" not in answer.text


def test_with_if_match_only_the_first_of_two_changes_counts(council_door: CouncilDoor):
    matter = opened(council_door)
    client = council_door.client("planner")
    tag = client.get(f"/v1/mandates/{matter}").headers["etag"]
    body = {"trigger": "assign", "payload": {"unit": "OSG"}}
    answers = [client.post(f"/v1/mandates/{matter}/moves", json=body, headers={"If-Match": tag}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 412]
    assert answers[0].headers["etag"] != tag


UNKNOWN = ["not-an-id", "0b6a3f0e-6a9c-4b1e-9d5f-2f9f5f7c1a11", "00000000-0000-0000-0000-000000000000", "%00", "ü"]


@pytest.mark.parametrize("unknown", UNKNOWN)
def test_what_is_not_there_is_not_found_before_anything_that_was_sent_is_looked_at(council_door: CouncilDoor, unknown: str):
    client = council_door.client("planner")
    answers = [client.get(f"/v1/mandates/{unknown}{rest}") for rest in ("", "/clocks", "/history")]
    answers += [
        client.post(f"/v1/mandates/{unknown}/moves", content=content, headers={"If-Match": "nonsense"} | headers)
        for content, headers in ((b"{", {"Content-Type": "application/json"}), (b"x" * 300_000, {}), (b"", {}))
    ]
    assert {(answer.status_code, answer.text) for answer in answers} == {(404, answers[0].text)}
    assert answers[0].json()["code"] == "not_found"


def test_a_proposal_is_not_found_among_the_mandates_s38(council_door: CouncilDoor):
    draft = {"title": "Adjustments", "proposer": "SG", "source": "assumed"}
    proposal = council_door.client("planner").post("/v1/proposals", json=draft).json()["id"]
    answers = [council_door.client("planner").get(f"/v1/mandates/{name}") for name in (proposal, uuid4())]
    assert answers[0].status_code == 404
    assert answers[0].text == answers[1].text
    body = {"trigger": "start"}
    assert council_door.client("planner").post(f"/v1/mandates/{proposal}/moves", json=body).status_code == 404


def test_ids_tell_nothing_about_how_many_there_are_s33(council_door: CouncilDoor):
    ids = {opened(council_door, symbol=f"AG/RES. {number}") for number in range(3)}
    assert all(len(one) == 36 and one[14] == "4" for one in ids)


def test_the_same_task_is_registered_once(council_door: CouncilDoor):
    opened(council_door)
    before = everything(council_door)
    answer = council_door.client("planner").post("/v1/mandates", json=M2876)
    assert (answer.status_code, answer.json()["code"]) == (409, "already_registered")
    assert everything(council_door) == before


def test_a_mandate_s_lateness_is_excused_by_who_may_and_shown_with_its_authority(council_door: CouncilDoor):
    stage = council_door.stage
    path, secretary = f"/v1/mandates/{opened(council_door)}", council_door.client("secretary")
    told = {"rule": "due", "authority": "CP/doc.1", "reason": "The Council waits.", "until": "2015-09-30"}
    before = everything(council_door), stage.rows("SELECT * FROM waiver")
    for client, wrong, status, code in (
        (council_door.client("planner"), {}, 403, "not_allowed"),
        (secretary, {"rule": "sunset"}, 422, "not_waivable"),
        (secretary, {"rule": "gardening"}, 422, "unknown_clock"),
        (secretary, {"rule": "review_by"}, 409, "nothing_to_waive"),
        (secretary, {"until": "2016-12-01"}, 422, "waiver_too_long"),
        (secretary, {"until": "2015-07-31"}, 422, "waiver_too_early"),
    ):
        refused = client.post(f"{path}/waivers", json=told | wrong)
        assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert (everything(council_door), stage.rows("SELECT * FROM waiver")) == before
    answer = secretary.post(f"{path}/waivers", json=told)
    assert (answer.status_code, answer.headers["etag"]) == (201, f'"{answer.json()["version"]}"')
    (clock,) = [one for one in secretary.get(f"{path}/clocks").json()["clocks"] if one["name"] == "due"]
    assert (clock["due_on"], clock["next"]["at"][:10], clock["waivable_until"]) == ("2015-07-31", "2015-10-01", "2016-01-27")
    (waiver,) = clock["waivers"]
    assert (waiver["until"], waiver["by"]["name"], waiver["roles"]) == ("2015-09-30", "Secretary", ["council_secretary"])
    assert (waiver["authority"], waiver["reason"], waiver["stands"]) == ("CP/doc.1", "The Council waits.", True)
    assert "Council waits" not in str(stage.rows("SELECT body FROM ledger_entry"))
    stage.to_day(date(2015, 9, 30))
    sweep(stage.flows)
    rungs = "SELECT count(*) FROM rung_fired r JOIN clock c ON c.id = r.clock_id WHERE c.name = 'due'"
    assert stage.rows(rungs) == [(0,)]
    stage.to_day(date(2015, 10, 1))
    sweep(stage.flows)
    assert stage.rows(rungs) == [(7,)], "six rungs, and the last one a second time"
    told_of = "SELECT params->>'rung' FROM outbox WHERE params->>'clock' = 'due' ORDER BY made_at"
    assert 0 < len(stage.rows(told_of)) < 7, "of several for one person only the newest is sent"


def test_a_repeated_waiver_is_written_once(council_door: CouncilDoor):
    path, secretary = f"/v1/mandates/{opened(council_door)}", council_door.client("secretary")
    told = {"rule": "due", "authority": "CP/doc.1", "reason": "The Council waits.", "until": "2015-09-30"}
    key = {"Idempotency-Key": uuid4().hex}
    first, again = (secretary.post(f"{path}/waivers", json=told, headers=key) for _ in range(2))
    assert (first.status_code, first.json()) == (again.status_code, again.json())
    assert council_door.stage.rows("SELECT count(*) FROM waiver") == [(1,)]
