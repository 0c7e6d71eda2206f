"""The intake door over HTTP: everything that can be wrong with what is sent, and what she is told then."""

import re
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from policies.said import Said
from tests.api.test_intake import OTHER_LANGUAGES, kept
from tests.fixtures.intake_door import STATEMENT, IntakeDoor, with_words
from web.messages import Messages

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
    unknown = intake_door.post(words, "moves", {"trigger": "nonsense"}).json()
    known = unknown["params"]["known"].split(", ")
    assert {"message", "withdraw_forget", "request_review"} <= set(known)
    assert not {"acknowledge", "conclude", "end_watch"} & set(known)
    assert not re.search(r"\b[a-z]+_[a-z]+\b", unknown["detail"])
    assert all(Messages("en").say(Said(f"move.complaint.{one}")) in unknown["detail"] for one in known)
    early = intake_door.post(words, "moves", {"trigger": "request_review"}).json()
    assert early["code"] == "no_such_move"
    hers = "message name_fear it_happened take_time leave_time raise_alarm withdraw_stop withdraw_leave withdraw_forget"
    hers += " invite take_code_back join leave_group take_over"
    assert early["params"]["possible"] == ", ".join(hers.split())
    assert "withdraw_stop" not in early["detail"]
    assert Messages("en").say(Said("move.complaint.withdraw_stop")) in early["detail"]


def test_what_she_wrote_has_a_label_in_words(intake_door: IntakeDoor):
    words = intake_door.words(language="es")
    (first,) = intake_door.get(words).json()["messages"]
    assert (first["what"], first["label"]) == ("open", "Queja oficial presentada")
