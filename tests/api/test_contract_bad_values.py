"""What no document can say: ids, numbers and days that cannot be."""

import secrets

import pytest

from tests.api.test_contract_bad_input import IDS, is_a_problem
from tests.api.test_council_mandates import M2876
from tests.fixtures.desk_door import DeskDoor, come
from tests.fixtures.doors import CouncilDoor
from tests.fixtures.intake_door import IntakeDoor


def test_a_file_id_that_cannot_be_is_as_unknown_as_any(intake_door: IntakeDoor):
    words = intake_door.words()
    for told in IDS:
        answer = intake_door.get(words, f"/v1/complaint/files/{told}")
        assert answer.status_code == 404, told
        assert is_a_problem(answer) in {"not_found", "no_such_path"}, told


def test_a_page_is_of_a_size_we_give(council_door: CouncilDoor):
    planner = council_door.client("planner")
    for limit in ("-1", "0", "1001", "1e3", "0x10", "9" * 400, "NaN", " "):
        answer = planner.get("/v1/mandates", params={"limit": limit})
        assert (answer.status_code, is_a_problem(answer)) == (422, "invalid"), limit


DAYS = (
    "0001-01-01",
    "1000-01-01",
    "1947-12-31",
    "9999-12-31",
    "2100-01-01",
    "2016-02-30",
    "10000-01-01",
    "-0001-01-01",
    "0",
    "2016-9-1",
)


def test_a_day_outside_history_is_refused_at_the_intake(intake_door: IntakeDoor):
    for day in DAYS:
        told = {"decision_on": day, "personnel_class": "staff"}
        for answer in (intake_door.client.get("/v1/office", params=told), intake_door.file(answers=told)):
            assert answer.status_code == 422, day
            assert is_a_problem(answer) in {"invalid", "not_yet", "before_history"}, day
    assert intake_door.stage.rows("SELECT count(*) FROM matter") == [(0,)]


def test_a_day_outside_the_calendars_is_refused_at_the_council(council_door: CouncilDoor):
    planner = council_door.client("planner")
    for day in DAYS:
        for told in ({"on": day}, {"due": {"on": day}}, {"sunset": {"on": day}}, {"review_by": {"start": day, "count": 1}}):
            answer = planner.post("/v1/mandates", json=M2876 | told)
            assert answer.status_code == 422, told
            assert is_a_problem(answer) in {"invalid", "not_yet", "before_history"}, told
    assert council_door.stage.rows("SELECT count(*) FROM matter") == [(0,)]


@pytest.mark.parametrize("day", ["0001-01-01", "1947-12-31", "9999-12-31", "2016-02-30"])
def test_a_day_outside_the_calendars_is_refused_or_harmless_at_the_desk(desk_door: DeskDoor, day: str):
    stage, head = desk_door.stage, desk_door.client("head")
    came = come(stage)
    head.get(came.path)
    assert head.post(f"{came.path}/moves", json={"trigger": "acknowledge"}).status_code == 200
    waiver = {"rule": "screening", "authority": "x", "reason": "x", "until": day}
    answers = [
        head.post("/v1/absences", json={"from": day}),
        head.post("/v1/absences", json={"until": day}),
        head.post("/v1/absences", json={"from": "2016-09-02", "until": day}),
        head.post(f"{came.path}/waivers", json=waiver),
        head.post(f"{came.path}/moves", json={"trigger": "third_party_answered", "payload": {"text": "x", "on": day}}),
    ]
    for answer in answers:
        assert answer.status_code in {201, 204, 409, 422}, answer.text
        if answer.status_code >= 400:
            is_a_problem(answer)
    for path in ("/v1/queue", "/v1/office", came.path, f"{came.path}/clocks", f"{came.path}/history"):
        assert head.get(path).status_code == 200, path


def test_one_key_is_128_bits(intake_door: IntakeDoor):
    for told in ("", secrets.token_hex(15), secrets.token_hex(17), "0" * 31 + "g", "é" * 16):
        answer = intake_door.client.post("/v1/complaints", json={}, headers={"Idempotency-Key": told.encode()})
        assert (answer.status_code, is_a_problem(answer)) == (400, "bad_idempotency_key")
