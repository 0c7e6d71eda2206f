"""Consensus, silence, statements and what a text waits for, at the council's door."""

from datetime import UTC, datetime

from tests.fixtures.deciding import STATES, Tabled, submitted
from tests.fixtures.doors import CouncilDoor

RESERVATION = {"kind": "reservation", "state": "UY", "paragraph": "O2.1", "text": "Uruguay reserves its position."}
FOOTNOTE = {"kind": "footnote", "state": "AR", "text": "Argentina recalls its own text."}
DECISION = {"body": "PC", "on": "2015-06-17", "instrument": "CP/RES. 1 (2036/15)"}


def test_no_objection_so_it_is_decided_with_statements_tied_to_a_paragraph_and_a_state(tabled: Tabled):
    agreed = tabled.opened("consensus", statements=[RESERVATION, FOOTNOTE])
    sheet = tabled.sheet(agreed)
    assert (sheet["adopted"], sheet["rule"], sheet["open"]) == (True, None, False)
    assert sheet["why"] == [
        "Nobody objected, so it is decided by consensus.",
        "Statements kept with the decision: 2. They do not change it.",
    ]
    late = {"kind": "explanation_of_vote", "state": "CL", "text": "Chile joined."}
    tabled.post(f"{agreed}/statements", **late)
    tabled.refused(f"{agreed}/statements", "no_objection_here", kind="objection", state="CL")
    tabled.refused(f"{agreed}/statements", "no_such_paragraph", **RESERVATION | {"paragraph": "O9"})
    tabled.refused(f"{agreed}/statements", "empty_statement", **FOOTNOTE | {"text": " "})
    tabled.refused(f"{agreed}/statements", "not_a_member", **FOOTNOTE | {"state": "DE"})
    made = [(one["kind"], one["number"], one["state"], one["paragraph"]) for one in tabled.sheet(agreed)["statements"]]
    assert sorted(made) == [
        ("explanation_of_vote", 1, "CL", None), ("footnote", 1, "AR", None), ("reservation", 1, "UY", "O2.1"),
    ]  # fmt: skip
    assert "[O2.1] Uruguay reserves its position." in tabled.mission.get(f"{tabled.path}/{agreed}?form=text").text
    ledger = str(tabled.door.stage.rows("SELECT body FROM ledger_entry"))
    assert "reserves" not in ledger
    tabled.refused("moves", "move_refused", trigger="adopt", payload=DECISION | {"method": "consensus"})
    tabled.refused(f"{agreed}/answers", "not_a_vote", answers=[{"state": "AR", "choice": "for"}])
    assert tabled.decide("adopt", agreed)["state"] == "adopted"


def test_an_objection_stops_a_consensus_and_a_vote_may_follow(tabled: Tabled):
    stopped = tabled.opened("consensus", statements=[{"kind": "objection", "state": "VE"}])
    sheet = tabled.sheet(stopped)
    assert (sheet["adopted"], sheet["objecting"]) == (False, ["VE"])
    rests = DECISION | {"decided": stopped.rpartition("/")[2]}
    tabled.refused("moves", "move_refused", trigger="adopt", payload=rests)
    tabled.refused("moves", "move_refused", trigger="reject", payload=rests)
    tabled.refused("consensus", "not_a_voter", body="PC", statements=[{"kind": "objection", "state": "CU"}])
    assert tabled.decide("adopt", tabled.voted(for_=18))["state"] == "adopted"


def test_a_silence_that_nobody_breaks_is_decided_when_its_hour_strikes(tabled: Tabled):
    tabled.refused("silences", "silence_backwards", body="PC", until="2015-06-17T17:00:00Z")
    silence = tabled.opened("silences", until="2015-06-19T17:00:00Z")
    assert (tabled.sheet(silence)["open"], tabled.sheet(silence)["adopted"]) == (True, None)
    tabled.refused("votes", "another_is_open", body="PC", method="roll_call", rule="majority")
    tabled.door.stage.move_to(datetime(2015, 6, 19, 17, tzinfo=UTC))
    sheet = tabled.sheet(silence)
    assert (sheet["open"], sheet["adopted"], sheet["over_at"]) == (False, True, "2015-06-19T17:00:00Z")
    tabled.refused(f"{silence}/objections", "silence_over", state="AR")
    tabled.refused("moves", "decided_later", trigger="adopt", payload=DECISION | {"decided": silence.rpartition("/")[2]})
    assert tabled.decide("adopt", silence, on="2015-06-19")["state"] == "adopted"
    decision = tabled.mission.get(tabled.path).json()["detail"]["decisions"][-1]
    assert (decision["method"], decision["counted"]) == ("silence", True)


def test_one_state_breaks_a_silence_and_others_may_still_be_heard(tabled: Tabled):
    silence = tabled.opened("silences", until="2015-06-19T17:00:00Z")
    tabled.refused(f"{silence}/objections", "not_a_voter", state="CU")
    tabled.post(f"{silence}/objections", 200, state="BO", text="We need more time.")
    tabled.post(f"{silence}/objections", 200, state="EC")
    tabled.refused(f"{silence}/objections", "voted_already", state="BO")
    sheet = tabled.sheet(silence)
    assert (sheet["open"], sheet["adopted"], sheet["objecting"]) == (False, False, ["BO", "EC"])
    tabled.door.stage.move_to(datetime(2015, 6, 20, 17, tzinfo=UTC))
    assert tabled.sheet(silence)["adopted"] is False
    tabled.refused("moves", "move_refused", trigger="adopt", payload=DECISION | {"decided": silence.rpartition("/")[2]})
    assert tabled.move("defer")["state"] == "deferred"


def test_nothing_is_decided_on_a_text_that_is_not_out_and_a_recorded_majority_lifts_the_wait(undistributed: Tabled):
    told = {"body": "PC", "method": "roll_call", "rule": "council_majority"}
    undistributed.refused("votes", "locked", **told)
    undistributed.refused("consensus", "locked", body="PC")
    undistributed.distribute(1)
    undistributed.door.stage.move_to(datetime(2015, 6, 16, 4, 59, 59, tzinfo=UTC))
    refused = undistributed.refused("votes", "locked_until", **told)
    assert refused.json()["params"] == {"opens": "2015-06-16T01:00:00-04:00"}
    steps = undistributed.mission.get(f"{undistributed.path}/waits").json()
    assert (steps["vote"]["allowed"], steps["vote"]["not_before"]) == (False, "2015-06-16T01:00:00-04:00")
    assert sorted(steps["distributed"]) == ["en", "es", "fr", "pt"]
    lifting = undistributed.opened("votes", method="roll_call", asks="twelve_hours")
    undistributed.answer(lifting, for_=23, against=1)
    undistributed.post(f"{lifting}/close", 200)
    assert undistributed.sheet(lifting)["adopted"] is False
    undistributed.refused("votes", "locked_until", **told)
    again = undistributed.opened("votes", method="roll_call", asks="twelve_hours")
    undistributed.answer(again, for_=24)
    undistributed.post(f"{again}/close", 200)
    rests = {"body": "PC", "on": "2015-06-16", "instrument": "CP/RES. 1 (2036/15)", "decided": again.rpartition("/")[2]}
    undistributed.refused("moves", "move_refused", trigger="adopt", payload=rests)
    assert undistributed.mission.get(f"{undistributed.path}/waits").json()["vote"]["allowed"] is True
    assert undistributed.sheet(undistributed.voted(for_=18))["adopted"] is True


def test_the_wait_is_over_at_the_very_hour(undistributed: Tabled):
    undistributed.distribute(1)
    undistributed.door.stage.move_to(datetime(2015, 6, 16, 5, tzinfo=UTC))
    assert undistributed.vote().startswith("decidings/")


def test_a_draft_treaty_that_is_late_for_its_session_is_admitted_by_vote_only(council_door: CouncilDoor):
    treaty = submitted(council_door, text_kind="treaty")
    treaty.distribute(1)
    for session in (None, "2015-07-29"):
        refused = treaty.refused("moves", "move_refused", trigger="table", payload={"session": session})
        assert [one["claim"] for one in refused.json()["unmet"]] == ["it_may_be_admitted"]
    waits = treaty.mission.get(f"{treaty.path}/waits?session=2015-07-29").json()
    assert (waits["admit"]["allowed"], "Two thirds to admit a late text" in waits["admit"]["why"][0]) == (False, True)
    treaty.refused("votes", "not_before_the_body", body="GA", method="roll_call", rule="two_thirds")
    late = str(treaty.post("votes", body="GA", method="roll_call", asks="draft_treaty").headers["location"])
    treaty.answer(late.removeprefix(f"{treaty.path}/"), for_=24)
    treaty.post(f"{late.removeprefix(f'{treaty.path}/')}/close", 200)
    assert treaty.move("table", session="2015-07-29")["state"] == "tabled"


def test_a_draft_treaty_that_is_in_time_is_admitted(council_door: CouncilDoor):
    treaty = submitted(council_door, text_kind="treaty")
    treaty.distribute(1)
    assert treaty.move("table", session="2015-07-30")["state"] == "tabled"


def test_nothing_is_put_to_a_body_that_is_not_before_it_or_has_no_text(council_door: CouncilDoor):
    planner, secretary = council_door.client("planner"), council_door.client("secretary")
    made = planner.post("/v1/proposals", json={"title": "Adjustments", "proposer": "SG", "source": "assumed"})
    empty = Tabled(council_door, f"/v1/proposals/{made.json()['id']}", secretary, planner)
    empty.refused("consensus", "not_before_the_body", body="PC")
    assert planner.post(f"{empty.path}/moves", json={"trigger": "submit"}).status_code == 200
    empty.move("table")
    empty.refused("consensus", "no_text_to_decide", body="PC")
    assert empty.decide("adopt", on="2015-06-15", method="consensus")["state"] == "adopted"
    empty.refused("consensus", "not_before_the_body", body="PC")


def test_the_members_are_those_of_the_day(tabled: Tabled):
    tabled.door.stage.move_to(datetime(2024, 7, 31, 17, tzinfo=UTC))
    vote = tabled.vote()
    tabled.refused(f"{vote}/answers", "not_a_member", answers=[{"state": "NI", "choice": "for"}])
    states = [state for state in STATES if state != "NI"]
    answers = [{"state": state, "choice": "for"} for state in states[:17]]
    answers += [{"state": state, "choice": "abstain"} for state in states[17:28]]
    tabled.post(f"{vote}/answers", 200, answers=answers)
    tabled.post(f"{vote}/close", 200, present=states[:28])
    sheet = tabled.sheet(vote)
    assert (sheet["adopted"], sheet["outcome"]["needed"], sheet["outcome"]["counted"]) == (False, 18, 34)
    assert (sheet["count"]["entitled"], sheet["count"]["absent"]) == (33, 5)
