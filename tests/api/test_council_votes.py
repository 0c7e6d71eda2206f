"""Votes on a proposal at the council's door: opened, answered, counted, and what each mistake is called."""

from concurrent.futures import ThreadPoolExecutor

from tests.fixtures.deciding import STATES, Tabled


def test_seventeen_for_and_eleven_abstaining_do_not_adopt_and_the_sheet_says_why(tabled: Tabled):
    vote = tabled.vote()
    tabled.answer(vote, for_=17, abstain=11)
    present = STATES[:28]
    tabled.post(f"{vote}/close", 200, present=present)
    sheet = tabled.sheet(vote)
    assert (sheet["adopted"], sheet["result"], sheet["outcome"]) == (
        False, "Not adopted.", {"needed": 18, "base": "members", "counted": 35},
    )  # fmt: skip
    assert sheet["count"] == {
        "members": 35, "entitled": 34, "parties": 0, "present": 28, "absent": 6,
        "for": 17, "against": 0, "abstain": 11, "spoiled": 0,
    }  # fmt: skip
    assert "Here an abstention or an empty seat weighs as much as a vote against." in sheet["why"]
    assert sheet["suspended"] == ["CU"]
    assert (len(sheet["voters"]), "CU" in sheet["voters"]) == (34, False)
    text = tabled.mission.get(f"{tabled.path}/{vote}?form=text&lang=es")
    assert text.headers["content-type"].startswith("text/plain")
    assert "A favor: AG, AR, BB" in text.text
    assert f"Ausentes: {', '.join(STATES[28:])}" in text.text
    assert sorted(sheet["text_sha256"]) == ["en", "es", "fr", "pt"]


def test_a_vote_that_carried_adopts_and_one_that_failed_rejects(tabled: Tabled):
    vote = tabled.voted(for_=18, against=3)
    assert tabled.sheet(vote)["adopted"] is True
    for trigger, told in (("adopt", {}), ("reject", {"decided": vote.rpartition("/")[2]})):
        tabled.refused("moves", "move_refused", trigger=trigger, payload=DECISION | told)
    tabled.decide("adopt", vote)
    decision = tabled.mission.get(tabled.path).json()["detail"]["decisions"][-1]
    assert (decision["counted"], decision["method"], decision["version"]) == (True, "roll_call", 1)
    assert sorted(decision["texts_sha256"]) == ["en", "es", "fr", "pt"]


DECISION = {"body": "PC", "on": "2015-06-17", "instrument": "CP/RES. 1 (2036/15)"}


def test_a_failed_vote_rejects_and_cannot_adopt_by_any_name(tabled: Tabled):
    vote = tabled.voted(for_=17, against=3)
    rests = {"decided": vote.rpartition("/")[2]}
    tabled.refused("moves", "move_refused", trigger="adopt", payload=DECISION | rests)
    tabled.refused("moves", "move_refused", trigger="adopt", payload=DECISION | {"method": "consensus"})
    tabled.refused("moves", "move_refused", trigger="adopt", payload=DECISION | {"method": "vote", "source": "press"})
    tabled.refused("moves", "decided_by_another_body", trigger="reject", payload=DECISION | rests | {"body": "GA"})
    tabled.refused("moves", "decided_another_way", trigger="reject", payload=DECISION | rests | {"method": "consensus"})
    tabled.refused("moves", "decided_later", trigger="reject", payload=DECISION | rests | {"on": "2015-06-16"})
    assert tabled.decide("reject", vote, method="vote")["state"] == "rejected"


def test_history_told_by_a_source_is_shown_as_told_and_a_vote_without_one_is_not_taken(tabled: Tabled):
    tabled.refused("moves", "move_refused", trigger="adopt", payload=DECISION | {"method": "roll_call"})
    assert tabled.decide("adopt", method="roll_call", source="CP/ACTA 2036/15")["state"] == "adopted"
    decision = tabled.mission.get(tabled.path).json()["detail"]["decisions"][-1]
    assert (decision["counted"], decision["decided"], decision["source"]) == (False, None, "CP/ACTA 2036/15")


def test_a_secret_ballot_keeps_who_handed_in_and_never_which_paper_is_whose(tabled: Tabled):
    vote = tabled.vote(method="secret_ballot")
    for states in (STATES[10:20], STATES[:9], STATES[9:10]):
        tabled.post(f"{vote}/papers", 200, states=states)
    tabled.refused(f"{vote}/close", "papers_do_not_match", papers={"for": 21})
    tabled.refused(f"{vote}/answers", "not_a_roll_call", answers=[{"state": "UY", "choice": "for"}])
    tabled.post(f"{vote}/close", 200, papers={"for": 17, "against": 2, "spoiled": 1})
    sheet = tabled.sheet(vote)
    assert (sheet["adopted"], sheet["count"]["spoiled"]) == (False, 1)
    assert sheet["answers"] == [{"state": state, "choice": None, "at": None} for state in STATES[:20]]
    kept = tabled.door.stage.rows("SELECT choice, at FROM ballot")
    assert kept == [(None, None)] * 20
    lines = tabled.door.stage.rows("SELECT body FROM ledger_entry WHERE body LIKE '%papers_handed_in%'")
    assert len(lines) == 3
    assert not any(f'"{state}"' in str(line) for line in lines for state in STATES)
    explained = {"kind": "explanation_of_vote", "state": "UY", "text": "We said no."}
    tabled.refused(f"{vote}/statements", "no_explanation_here", **explained)


def test_what_cannot_be_answered_is_named_and_none_of_it_is_taken_down(tabled: Tabled):
    vote = tabled.vote(present=STATES[:30])
    place = f"{vote}/answers"
    good = {"state": "UY", "choice": "for"}

    def refused(code: str, *answers: dict[str, str]) -> None:
        tabled.refused(place, code, answers=[{"state": "AR", "choice": "for"}, *answers])

    refused("not_a_member", {"state": "DE", "choice": "for"})
    refused("not_a_voter", {"state": "CU", "choice": "for"})
    refused("voted_already", {"state": "AR", "choice": "against"})
    refused("voted_though_absent", good)
    refused("before_the_vote", good | {"state": "BR", "at": "2015-06-17T16:59:59Z"})
    refused("ahead_of_the_clock", good | {"state": "BR", "at": "2015-06-17T17:00:01Z"})
    refused("invalid", good | {"state": "BR", "choice": "spoiled"})
    tabled.refused(f"{vote}/papers", "not_a_secret_ballot", states=["AR"])
    tabled.refused(f"{vote}/objections", "not_a_silence", state="AR")
    tabled.answer(vote, for_=20)
    tabled.refused(f"{vote}/close", "voted_though_absent", present=STATES[:19])
    tabled.refused(f"{vote}/close", "not_a_voter", present=["CU", *STATES])
    tabled.refused(f"{vote}/close", "not_a_secret_ballot", papers={"for": 1})
    tabled.post(f"{vote}/close", 200)
    tabled.refused(place, "vote_closed", answers=[{"state": "UY", "choice": "for"}])
    tabled.refused(f"{vote}/close", "vote_closed")
    tabled.refused(f"{vote}/void", "vote_closed", reason="It did not please.")


CANNOT = (
    ({"rule": "by_applause"}, "no_such_decision_rule", 422),
    ({"rule": None}, "no_such_decision_rule", 422),
    ({"rule": "election"}, "method_not_used", 422),
    ({"rule": "council_majority", "parties": ["AR"]}, "no_parties_here", 422),
    ({"rule": "peaceful_settlement", "parties": ["DE"]}, "not_a_member", 422),
    ({"rule": "council_majority", "present": ["CU"]}, "not_a_voter", 422),
    ({"rule": "council_majority", "asks": "twelve_hours"}, "another_rule", 422),
    ({"rule": "waive_distribution", "asks": "council_agenda"}, "no_such_wait", 422),
    ({"rule": "reconsideration", "asks": "reconsideration"}, "nothing_to_reconsider", 409),
)


def test_a_vote_that_cannot_be_opened_is_named(tabled: Tabled):
    for told, code, status in CANNOT:
        tabled.refused("votes", code, status, **{"body": "PC", "method": "roll_call"} | told)


def test_two_votes_are_not_open_at_once_and_meanwhile_the_proposal_stays(tabled: Tabled):
    vote = tabled.vote()
    tabled.refused("votes", "another_is_open", body="PC", method="roll_call", rule="majority")
    tabled.refused("consensus", "another_is_open", body="PC")
    tabled.refused("moves", "move_refused", trigger="defer")
    tabled.refused("moves", "move_refused", trigger="adopt", payload=DECISION | {"decided": vote.rpartition("/")[2]})
    tabled.refused("moves", "move_refused", trigger="adopt", payload=DECISION | {"method": "consensus"})
    tabled.post(f"{vote}/void", 200, reason="It was opened by mistake.")
    assert tabled.sheet(vote)["void"] is True
    tabled.refused(f"{vote}/answers", "vote_closed", answers=[{"state": "AR", "choice": "for"}])
    tabled.refused("moves", "move_refused", trigger="adopt", payload=DECISION | {"decided": vote.rpartition("/")[2]})
    assert tabled.move("defer")["state"] == "deferred"


def test_what_was_voted_on_is_voted_on_again_only_after_a_vote_to_reconsider(tabled: Tabled):
    first = tabled.voted(for_=17, against=3)
    tabled.refused("votes", "decided_before", body="PC", method="roll_call", rule="council_majority")
    tabled.refused("consensus", "decided_before", body="PC")
    again = tabled.vote("reconsideration", asks="reconsideration")
    tabled.answer(again, for_=24)
    tabled.post(f"{again}/close", 200)
    second = tabled.voted(for_=19, against=3)
    tabled.refused("moves", "move_refused", trigger="reject", payload=DECISION | {"decided": first.rpartition("/")[2]})
    assert tabled.decide("adopt", second)["state"] == "adopted"


def test_a_decision_that_the_body_voted_to_reconsider_adopts_nothing_until_it_decides_anew(tabled: Tabled):
    first = tabled.voted(for_=18)
    again = tabled.vote("reconsideration", asks="reconsideration")
    tabled.answer(again, for_=24)
    tabled.post(f"{again}/close", 200)
    tabled.refused("moves", "move_refused", trigger="adopt", payload=DECISION | {"decided": first.rpartition("/")[2]})
    tabled.refused("moves", "move_refused", trigger="adopt", payload=DECISION | {"method": "consensus"})
    assert tabled.decide("adopt", tabled.voted(for_=19))["state"] == "adopted"


def test_what_the_body_decided_does_not_leave_it_as_if_it_had_not(tabled: Tabled):
    failed = tabled.voted(for_=17)
    sent = {"body": "PC", "on": "2015-06-17"}
    for trigger in ("defer", "return_with_instructions", "return_to_committee"):
        tabled.refused("moves", "result_not_recorded", 409, trigger=trigger, payload=sent)
    tabled.refused("moves", "result_not_recorded", 409, trigger="take_note", payload=DECISION | {"method": "consensus"})
    assert tabled.decide("reject", failed)["state"] == "rejected"


def test_no_text_is_adopted_by_a_rule_for_elections_advice_or_procedure(tabled: Tabled):
    for rule in ("point_of_order_appeal", "late_admission", "committee", "special_session"):
        answer = tabled.refused("votes", "adopts_no_text", 422, body="PC", method="roll_call", rule=rule)
        assert "council_majority" in answer.json()["detail"]


def test_what_was_adopted_ad_referendum_by_one_body_is_confirmed_by_the_vote_of_another(tabled: Tabled):
    vote = tabled.voted(for_=18)
    assert tabled.decide("adopt_ad_referendum", vote)["state"] == "adopted_ad_referendum"
    rests = DECISION | {"decided": vote.rpartition("/")[2]}
    tabled.refused("moves", "move_refused", trigger="confirm", payload=rests)
    above = str(tabled.post("votes", body="GA", method="roll_call", rule="majority").headers["location"]).rpartition("/")[2]
    tabled.answer(f"decidings/{above}", for_=20)
    tabled.post(f"decidings/{above}/close", 200)
    confirmed = {"body": "GA", "instrument": "AG/RES. 1 (XLV-O/15)", "decided": above}
    assert tabled.move("confirm", **DECISION | confirmed)["state"] == "adopted"
    tabled.refused("votes", "not_before_the_body", body="GA", method="roll_call", rule="majority")


def test_of_two_votes_opened_at_once_one_is(tabled: Tabled):
    told = {"body": "PC", "method": "roll_call", "rule": "council_majority"}
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda _: tabled.secretary.post(f"{tabled.path}/votes", json=told), range(2)))
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    assert tabled.door.stage.rows("SELECT number FROM deciding") == [(1,)]


def test_parties_to_a_dispute_neither_vote_nor_count(tabled: Tabled):
    vote = tabled.vote("peaceful_settlement", parties=["AR", "CL"])
    tabled.refused(f"{vote}/answers", "not_a_voter", answers=[{"state": "AR", "choice": "for"}])
    states = [state for state in STATES if state not in ("AR", "CL")]
    tabled.post(f"{vote}/answers", 200, answers=[{"state": state, "choice": "for"} for state in states[:22]])
    tabled.post(f"{vote}/close", 200)
    sheet = tabled.sheet(vote)
    assert (sheet["adopted"], sheet["outcome"]) == (True, {"needed": 22, "base": "members", "counted": 33})


def test_a_vote_opened_twice_by_one_request_is_opened_once(tabled: Tabled):
    told = {"body": "PC", "method": "roll_call", "rule": "council_majority"}
    key = {"Idempotency-Key": "0f" * 16}
    answers = [tabled.secretary.post(f"{tabled.path}/votes", json=told, headers=key) for _ in range(2)]
    assert [(one.status_code, one.headers["location"]) for one in answers] == [(201, answers[0].headers["location"])] * 2
    assert tabled.mission.get(answers[0].headers["location"]).json()["open"] is True
    assert len(tabled.mission.get(f"{tabled.path}/decidings").json()["decidings"]) == 1
    stale = tabled.secretary.post(f"{tabled.path}/consensus", json={"body": "PC"}, headers={"If-Match": '"1"'})
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")


def test_nobody_but_the_secretary_takes_down_votes_and_an_unknown_one_is_not_found(tabled: Tabled):
    told = {"body": "PC", "method": "roll_call", "rule": "council_majority"}
    before = tabled.written()
    for who in ("mission", "chair", "planner"):
        assert tabled.door.client(who).post(f"{tabled.path}/votes", json=told).status_code == 403
    assert tabled.written() == before
    for place in ("decidings/x", "decidings/00000000-0000-4000-8000-000000000000"):
        answer = tabled.mission.get(f"{tabled.path}/{place}")
        assert (answer.status_code, answer.json()["code"]) == (404, "no_such_deciding")
