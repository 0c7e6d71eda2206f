"""The intake door over HTTP: coming, and coming back."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest

from tests.fixtures.intake_door import STATEMENT, IntakeDoor, with_words
from tests.fixtures.visitors import REFERRAL, at_desk, opened_by

OTHER_LANGUAGES = ("es", "pt", "fr")


def kept(door: IntakeDoor) -> list[int]:
    tables = ("matter", "receipt", "seat", "sealed_text", "event", "ledger_entry", "idempotency")
    return [int(str(door.stage.rows(f"SELECT count(*) FROM {table}")[0][0])) for table in tables]


def matter(door: IntakeDoor) -> Any:
    (row,) = door.stage.rows("SELECT id FROM matter")
    return row[0]


def test_the_front_names_readers_officials_dates_and_numbers(intake_door: IntakeDoor):
    office = intake_door.client.get("/v1/office").json()
    first, stand_in, last = (one["name"] for one in office["readers"])
    (other,) = (one["name"] for one in office["others"])
    assert (first, {stand_in, other}, last) == ("Head", {"Officer A", "Officer B"}, "Alternate")
    assert [one["name"] for one in office["officials"]] == ["Chair"]
    assert office["read_by"] == "2016-09-08"
    assert office["danger"]["US-DC"] == "911"
    assert office["danger"]["BO"] is None
    assert office["vacancy"] is None
    assert office["limits"] == []
    assert "Head, Officer" in office["notice"][1]
    assert office["notice"][4].count("the emergency number where you are") == 1


def test_the_front_counts_the_limits_of_a_class_from_the_day_of_a_decision(intake_door: IntakeDoor):
    asked = {"personnel_class": "staff", "station": "US-DC", "decision_on": "2016-09-01"}
    office = intake_door.client.get("/v1/office", params=asked).json()
    first = office["limits"][0]
    assert (first["route"], first["limit"], first["on"]) == ("hearing", "staff_rule_112_1_a", "2016-09-16")
    assert first["explanation"]
    assert {one["on"] for one in office["limits"] if one["route"] == "tribunal_headquarters"} == {"2016-11-30"}
    assert [one for one in office["limits"] if one["route"] == "tribunal_field"] == []
    assert "Friday 16 September 2016" in office["notice"][6].replace("Friday, ", "Friday ")


def test_a_vacancy_is_said_before_she_writes(intake_door: IntakeDoor):
    stage = intake_door.stage
    with stage.owner.begin() as connection:
        connection.exec_driver_sql("UPDATE appointment SET until_on = '2016-08-15' WHERE role = 'ombudsperson'")
    vacancy = intake_door.client.get("/v1/office").json()["vacancy"]
    assert (vacancy["role"], vacancy["since"]) == ("ombudsperson", "2016-08-15")
    assert "15 August 2016" in vacancy["said"]
    assert "Alternate" in vacancy["said"]


def test_s03_she_gets_twelve_words_and_reads_everything_with_them(intake_door: IntakeDoor):
    filed = intake_door.file().json()
    assert len(filed["receipt"]) == 12
    assert filed["readers"][0] == "Head"
    assert filed["read_by"] == "2016-09-08"
    back = intake_door.get(" ".join(filed["receipt"]).upper()).json()
    assert [answer["question"] for answer in back["answers"]] == ["read", "next", "asked", "stop"]
    assert "Nobody has opened it yet" in back["answers"][0]["said"][0]
    assert [message["text"] for message in back["messages"]] == [STATEMENT]
    assert (back["state"], back["plain"]) == ("submitted", "Nobody has read it yet.")
    assert back["opened_by"] == []
    stops = {"withdraw_stop", "withdraw_leave", "withdraw_forget"}
    says = {"message", "raise_alarm", "take_time", "name_fear", "it_happened", "invite"}
    assert {one["trigger"] for one in back["moves"]} == stops | says


def test_who_opened_it_and_what_is_late_is_told(intake_door: IntakeDoor):
    words = intake_door.words()
    opened_by(intake_door.stage, "head", matter(intake_door))
    intake_door.stage.to_day(date(2016, 9, 9))
    back = intake_door.get(words).json()
    assert back["opened_by"] == [{"name": "Head", "on": "2016-09-01"}]
    assert [duty["clock"] for duty in back["late"]] == ["acknowledgement"]
    assert all(duty["explanation"] for duty in back["dates"])
    assert "Head opened it" in back["answers"][0]["said"][0]


@pytest.mark.parametrize("language", OTHER_LANGUAGES)
def test_the_words_and_the_sentences_are_in_her_language(intake_door: IntakeDoor, language: str):
    filed = intake_door.file(language=language, statement="Mañana — عربي שלום")
    body = filed.json()
    english = intake_door.file().json()
    assert body["notice"] != english["notice"]
    back = intake_door.get(" ".join(body["receipt"])).json()
    assert back["messages"][0]["text"] == "Mañana — عربي שלום"
    assert back["answers"][0]["asked"] != "Has anybody read it?"


def test_s07_wrong_unknown_and_malformed_words_get_one_answer(intake_door: IntakeDoor):
    intake_door.words()
    unknown = "legal winner thank year wave sausage worth useful legal winner thank yellow"
    tries = [unknown, unknown.replace("yellow", "wave"), "nonsense", "", "\x7f" * 500, "a " * 3000]
    answers = [intake_door.get(words) for words in tries]
    answers.append(intake_door.client.get("/v1/complaint"))
    answers.append(intake_door.client.get("/v1/complaint", headers={"Authorization": "Bearer abc"}))
    answers.append(intake_door.client.get("/v1/complaint", headers={"Authorization": b"Receipt \xe9\xe8"}))
    assert {(answer.status_code, answer.text) for answer in answers} == {(404, answers[0].text)}
    assert answers[0].json()["code"] == "words_unknown"


def test_words_come_before_the_body_and_the_key(intake_door: IntakeDoor):
    answer = intake_door.client.post(
        "/v1/complaint/messages", content=b"{", headers=with_words("no words") | {"Idempotency-Key": "short"}
    )
    assert answer.json()["code"] == "words_unknown"


def test_she_writes_answers_and_stops(intake_door: IntakeDoor):
    words, stage = intake_door.words(), intake_door.stage
    assert intake_door.post(words, "messages", {"text": "One more thing."}).status_code == 201
    opened_by(stage, "head", matter(intake_door))
    at_desk(stage, "head", matter(intake_door), "acknowledge", text="I read it.")
    at_desk(stage, "head", matter(intake_door), "ask", text="When?")
    assert "answer" in {one["trigger"] for one in intake_door.get(words).json()["moves"]}
    done = intake_door.post(words, "moves", {"trigger": "answer", "payload": {"text": "On Monday."}})
    assert done.json() == {"kind": "complaint", "state": "acknowledged", "version": 5}
    again = intake_door.post(words, "moves", {"trigger": "answer", "payload": {"text": "Again."}})
    assert (again.status_code, again.json()["unmet"][0]["claim"]) == (409, "a_question_is_open")
    assert intake_door.post(words, "moves", {"trigger": "withdraw_stop"}).json()["state"] == "withdrawn"
    texts = [message["text"] for message in intake_door.get(words).json()["messages"]]
    assert texts == [STATEMENT, "One more thing.", "I read it.", "When?", "On Monday."]


def test_a_consent_shows_who_gets_exactly_what_and_by_when(intake_door: IntakeDoor):
    words, stage = intake_door.words(), intake_door.stage
    opened_by(stage, "head", matter(intake_door))
    at_desk(stage, "head", matter(intake_door), "acknowledge")
    at_desk(stage, "head", matter(intake_door), "ask_consent", to="the {director}", text="She {says} «so».", **REFERRAL)
    consent = intake_door.get(words).json()["consents"][0]
    assert "the {director} exactly this: «She {says} «so».»" in consent["said"]
    assert "15 September 2016" in consent["said"]
    # what it is for, who would read it, until when a yes is good, and that it can be taken back: before she answers
    assert consent["terms"] == [
        "It is for one thing only: to pass your case on to another office. A yes to it allows nothing else.",
        "Who would read it: human resources.",
        "A yes is good until Wednesday, 30 November 2016. After that day we cannot use it; we would have to ask you again.",
        "Until it is sent you can take a yes back, without a reason.",
    ]
    for language in OTHER_LANGUAGES:
        told = intake_door.get(words, **{"Accept-Language": language}).json()["consents"][0]["terms"]
        assert len(told) == 4
        assert not [one for one in told if one in consent["terms"] or "refer" in one or "human_resources" in one]
    payload = {"consent": consent["id"]}
    assert intake_door.post(words, "moves", {"trigger": "consent", "payload": payload}).status_code == 200
    given = intake_door.get(words).json()["consents"][0]
    assert (given["status"], given["terms"]) == ("given", consent["terms"])
    stage.to_day(date(2016, 12, 1))
    over = intake_door.get(words).json()["consents"][0]
    assert (over["status"], over["until"], over["terms"]) == ("expired", "2016-11-30", consent["terms"][:2])
    assert over["said"] == (
        "You said yes. We did not use it until 30 November 2016, and now it cannot be used any more. Nothing was sent."
    )


def test_what_is_the_offices_to_do_is_not_hers(intake_door: IntakeDoor):
    words = intake_door.words()
    before = kept(intake_door)
    assert intake_door.post(words, "moves", {"trigger": "acknowledge"}).status_code == 403
    assert intake_door.post(words, "moves", {"trigger": "nonsense"}).json()["code"] == "unknown_trigger"
    forged = {"trigger": "message", "payload": {"file": str(matter(intake_door))}}
    assert intake_door.post(words, "moves", forged).status_code == 422
    assert kept(intake_door) == before


def test_a_stale_version_is_refused_and_what_she_typed_comes_back(intake_door: IntakeDoor):
    words = intake_door.words()
    body = {"trigger": "message", "payload": {"text": "Wait."}}
    refused = intake_door.post(words, "moves", body, **{"If-Match": '"0"'})
    assert (refused.status_code, refused.json()["typed"]) == (412, body)
    assert intake_door.post(words, "moves", body, **{"If-Match": '"1"'}).status_code == 200


def test_other_words_kill_the_old_ones(intake_door: IntakeDoor):
    old = intake_door.words()
    key = {"Idempotency-Key": secrets.token_hex(16)}
    changed = intake_door.post(old, "words", {"language": "fr"}, **key)
    new = " ".join(changed.json()["receipt"])
    assert intake_door.get(old).status_code == 404
    assert intake_door.get(new).json()["messages"][0]["text"] == STATEMENT
    assert intake_door.post(old, "words", {"language": "fr"}, **key).json() == changed.json()
    assert intake_door.post(old, "words", {"language": "fr"}).status_code == 404
    assert intake_door.post(new, "messages", {"text": "Still me."}).status_code == 201
    sealed_to_old = "SELECT count(*) FROM seat WHERE holder = 'visitor' AND length(key_sealed) > 0"
    assert intake_door.stage.rows(sealed_to_old) == [(1,)]


def test_s13_one_key_in_fifty_parallel_requests_succeeds_once(intake_door: IntakeDoor):
    key = secrets.token_hex(16)
    with ThreadPoolExecutor(50) as crowd:
        answers = list(crowd.map(lambda _: intake_door.file(key), range(50)))
    assert {answer.status_code for answer in answers} == {201}, [answer.text for answer in answers if answer.status_code != 201]
    assert len({answer.text for answer in answers}) == 1
    assert intake_door.stage.rows("SELECT count(*) FROM matter") == [(1,)]


def test_a_key_is_for_one_request(intake_door: IntakeDoor):
    key = "A" * 22 + "=="  # 16 bytes in base64
    assert intake_door.file(key).status_code == 201
    other = intake_door.file(key, statement="Something else.")
    assert (other.status_code, other.json()["code"]) == (422, "key_reused")
    assert other.json()["typed"]["statement"] == "Something else."
    assert intake_door.file("0123").json()["code"] == "bad_idempotency_key"
    assert intake_door.stage.rows("SELECT count(*) FROM matter") == [(1,)]


def test_a_message_with_a_key_is_kept_once(intake_door: IntakeDoor):
    words, key = intake_door.words(), {"Idempotency-Key": secrets.token_urlsafe(16)}
    answers = [intake_door.post(words, "messages", {"text": "Once."}, **key).json() for _ in range(3)]
    assert answers[0] == answers[1] == answers[2]
    assert len(intake_door.get(words).json()["messages"]) == 2


def test_an_answer_is_kept_for_an_hour(intake_door: IntakeDoor):
    key = secrets.token_hex(16)
    first = intake_door.file(key)
    with intake_door.stage.owner.begin() as connection:
        connection.exec_driver_sql("UPDATE idempotency SET made_at = made_at - interval '61 minutes'")
    assert intake_door.file(key).json()["receipt"] != first.json()["receipt"]
    assert intake_door.stage.rows("SELECT count(*) FROM idempotency") == [(1,)]
