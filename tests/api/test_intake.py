"""The intake door over HTTP: coming, coming back, and everything that can be wrong with what is sent."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from policies.said import Said
from tests.fixtures.intake_door import STATEMENT, IntakeDoor, with_words
from tests.fixtures.visitors import at_desk, opened_by
from web.messages import Messages

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
    assert {one["trigger"] for one in back["moves"]} == {"message", "withdraw_stop", "withdraw_leave", "withdraw_forget"}


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
    at_desk(stage, "head", matter(intake_door), "ask_consent", to="the {director}", text="She {says} «so».")
    consent = intake_door.get(words).json()["consents"][0]
    assert "the {director} exactly this: «She {says} «so».»" in consent["said"]
    assert "15 September 2016" in consent["said"]
    payload = {"consent": consent["id"]}
    assert intake_door.post(words, "moves", {"trigger": "consent", "payload": payload}).status_code == 200
    assert intake_door.get(words).json()["consents"][0]["status"] == "given"


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


BROKEN: list[tuple[str, bytes, int, str]] = [
    ("a NUL", b'{"track":"complaint","language":"es","statement":"a\\u0000b"}', 400, "nul_character"),
    ("half a character", b'{"track":"complaint","language":"es","statement":"a\\ud83d"}', 400, "half_character"),
    ("raw half a character", b'{"statement":"\xed\xa0\x80"}', 400, "half_character"),
    ("deep JSON", b'{"track":"complaint","language":"es","statement":' + b"[" * 40 + b"]" * 40 + b"}", 400, "too_deep"),
    ("very deep JSON", b"[" * 100_000 + b"]" * 100_000, 400, "too_deep"),
    ("no JSON", b"statement=1", 400, "malformed_json"),
    ("no number", b'{"track":"complaint","language":"es","statement":"a","urgent":NaN}', 400, "malformed_json"),
    ("no number as the statement", b'{"track":"complaint","language":"es","statement":-Infinity}', 400, "malformed_json"),
    ("a number beyond all", b'{"track":"complaint","language":"es","statement":"a","urgent":1e999}', 400, "malformed_json"),
    ("a raw control character", b'{"track":"complaint","language":"es","statement":"a\x01b"}', 400, "malformed_json"),
    ("a raw NUL", b'{"track":"complaint","language":"es","statement":"a\x00b"}', 400, "malformed_json"),
    ("an unknown language", b'{"track":"complaint","language":"xx","statement":"a"}', 422, "language_not_spoken"),
    ("an unknown field", b'{"track":"complaint","language":"es","statement":"a","admin":true}', 422, "invalid"),
    ("nothing written", b'{"track":"complaint","language":"es","statement":"  "}', 422, "invalid"),
    ("too much", b'{"track":"complaint","language":"es","statement":"' + b"a" * 1_048_577 + b'"}', 422, "invalid"),
    ("far too much", b'"' + b"a" * (4 * 1024 * 1024) + b'"', 413, "body_too_large"),
    (
        "a date before history",
        b'{"track":"complaint","language":"es","statement":"a","answers":{"decision_on":"1812-06-24"}}',
        422,
        "before_history",
    ),
    (
        "a day that has not come",
        b'{"track":"complaint","language":"es","statement":"a","answers":{"decision_on":"2030-01-01"}}',
        422,
        "not_yet",
    ),
    (
        "a class nobody has",
        b'{"track":"complaint","language":"es","statement":"a","answers":{"personnel_class":"king"}}',
        422,
        "unknown_choice",
    ),
]


@pytest.mark.parametrize(("what", "body", "status", "code"), BROKEN, ids=[row[0] for row in BROKEN])
def test_what_cannot_be_taken_is_named_and_given_back(intake_door: IntakeDoor, what: str, body: bytes, status: int, code: str):
    answer = intake_door.client.post("/v1/complaints", content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert set(kept(intake_door)) == {0}
    if b'"language":"es"' in body and b"[[" not in body:
        assert answer.headers["Content-Language"] == "es"
        assert answer.json()["typed"]["statement"]


def test_a_line_of_a_megabyte_is_kept_whole(intake_door: IntakeDoor):
    line = "ñ" * 500_000
    assert intake_door.get(intake_door.words(statement=line)).json()["messages"][0]["text"] == line


def test_s04_below_the_least_readers_nothing_is_kept_and_the_text_comes_back(intake_door: IntakeDoor):
    readers = intake_door.client.get("/v1/office").json()["readers"]
    answer = intake_door.file(must_not_see={"ids": [one["id"] for one in readers], "words": "all of them"})
    assert (answer.status_code, answer.json()["code"]) == (503, "no_reader")
    assert answer.json()["typed"]["statement"] == STATEMENT
    assert answer.json()["typed"]["must_not_see"]["words"] == "all of them"
    assert set(kept(intake_door)) == {0}


def test_a_ticked_person_is_locked_out_before_anything_is_saved(intake_door: IntakeDoor):
    readers = {one["name"]: one["id"] for one in intake_door.client.get("/v1/office").json()["readers"]}
    name = next(name for name in readers if name.startswith("Officer"))  # which of two equals would read it is not fixed
    filed = intake_door.file(must_not_see={"ids": [readers[name]]}).json()
    assert name not in filed["readers"]
    ticked = str(readers[name])
    for table in ("seat", "responsibility", "read_log", "outbox", "rung_fired"):
        assert intake_door.stage.rows(f"SELECT count(*) FROM {table} WHERE person_id = '{ticked}'") == [(0,)]


def test_a_name_in_free_words_only_adds(intake_door: IntakeDoor):
    filed = intake_door.file(must_not_see={"ids": [], "words": "not the ALTERNATE, please"}).json()
    assert "Alternate" not in filed["readers"]
    assert intake_door.file(must_not_see={"ids": [], "words": "nobody you know"}).json()["readers"][-1] == "Alternate"


def test_s29_an_honest_visitor_gets_through_a_crowd(intake_door: IntakeDoor):
    with ThreadPoolExecutor(40) as crowd:
        noise = [crowd.submit(intake_door.get, f"no such words {n}") for n in range(200)]
        filed = intake_door.file()
        assert {answer.result().status_code for answer in noise} == {404}
    assert filed.status_code == 201


def test_when_too_many_write_at_once_the_next_is_told_to_wait(intake_door: IntakeDoor):
    words = intake_door.words()
    intake_door.app.state.bodies.most = intake_door.app.state.uploads.most = 0
    assert intake_door.file().json()["code"] == "busy"
    assert intake_door.send(words, b"x").json()["code"] == "busy"
    intake_door.app.state.bodies.most = 1
    assert intake_door.file().status_code == 201


def test_no_cookie_no_address_and_nothing_stored_by_the_browser(intake_door: IntakeDoor):
    for answer in (intake_door.file(), intake_door.get("x"), intake_door.client.get("/v1/office")):
        assert "set-cookie" not in answer.headers
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "no-referrer"


def test_the_door_lives_and_tells_what_it_offers(intake_door: IntakeDoor):
    assert intake_door.client.get("/healthz").status_code == 200
    assert intake_door.client.get("/readyz").status_code == 200
    paths = intake_door.client.get("/openapi.json").json()["paths"]
    assert {"/v1/office", "/v1/complaints", "/v1/complaint", "/v1/complaint/moves", "/v1/complaint/files/{id}"} <= set(paths)


def test_ticking_somebody_who_is_nobody_is_refused_and_nothing_is_kept(intake_door: IntakeDoor):
    head = next(one for one in intake_door.client.get("/v1/office").json()["readers"] if one["name"] == "Head")
    ticked = {"ids": [head["id"], str(uuid4())]}
    refused = intake_door.file(must_not_see=ticked)
    assert (refused.status_code, refused.json()["code"]) == (422, "unknown_choice")
    assert refused.json()["params"]["field"] == "must_not_see.ids"
    assert head["id"] in refused.json()["params"]["known"]
    assert "Head, Officer" in refused.json()["detail"], "people are named, not numbered"
    assert refused.json()["typed"]["statement"] == STATEMENT
    assert set(kept(intake_door)) == {0}
    assert "Head" not in intake_door.file(must_not_see={"ids": [head["id"]]}).json()["readers"]


@pytest.mark.parametrize("language", ["en", *OTHER_LANGUAGES])
def test_what_is_the_offices_to_do_is_said_so_to_her(intake_door: IntakeDoor, language: str):
    words = intake_door.words()
    refused = intake_door.client.post(
        "/v1/complaint/moves", params={"lang": language}, json={"trigger": "acknowledge"}, headers=with_words(words)
    )
    messages = Messages(language)
    step = messages.say(Said("move.complaint.acknowledge"))
    assert (refused.status_code, refused.json()["code"]) == (403, "not_hers")
    assert step in refused.json()["detail"]
    assert "ombudsperson" not in refused.text
    assert intake_door.stage.rows("SELECT count(*) FROM event") == [(1,)]


def test_an_unknown_step_is_answered_with_hers_alone_and_one_too_early_with_what_is_possible(intake_door: IntakeDoor):
    words = intake_door.words()
    known = intake_door.post(words, "moves", {"trigger": "nonsense"}).json()["params"]["known"].split(", ")
    assert {"message", "withdraw_forget", "request_review"} <= set(known)
    assert not {"acknowledge", "conclude", "end_watch"} & set(known)
    early = intake_door.post(words, "moves", {"trigger": "request_review"}).json()
    assert early["code"] == "no_such_move"
    assert early["params"]["possible"] == "message, withdraw_stop, withdraw_leave, withdraw_forget"
    assert "withdraw_stop" not in early["detail"]
    assert Messages("en").say(Said("move.complaint.withdraw_stop")) in early["detail"]


def test_what_she_wrote_has_a_label_in_words(intake_door: IntakeDoor):
    words = intake_door.words(language="es")
    (first,) = intake_door.get(words).json()["messages"]
    assert (first["what"], first["label"]) == ("open", "Queja oficial presentada")
