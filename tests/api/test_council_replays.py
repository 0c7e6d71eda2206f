"""A change at the council's door that comes again with its Idempotency-Key: done once, answered as the first time."""

import secrets
from concurrent.futures import ThreadPoolExecutor

import pytest
from httpx import Response

from tests.api.test_council_mandates import M2876, TABLES, opened
from tests.fixtures.doors import CouncilDoor

KEPT = (*TABLES, "absence")
ASSIGN = {"trigger": "assign", "payload": {"unit": "OSG"}}


def everything(door: CouncilDoor) -> list[object]:
    return [door.stage.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in KEPT]


def key(raw: str | None = None) -> dict[str, str]:
    return {"Idempotency-Key": raw or secrets.token_hex(16)}


def told(answer: Response) -> tuple[object, ...]:
    """What can be told apart of an answer."""
    return answer.status_code, answer.content, sorted(answer.headers.items())


def test_s13_one_key_in_fifty_parallel_openings_opens_one_mandate(council_door: CouncilDoor):
    client, headers = council_door.client("planner"), key()
    with ThreadPoolExecutor(50) as crowd:
        answers = list(crowd.map(lambda _: client.post("/v1/mandates", json=M2876, headers=headers), range(50)))
    assert {told(answer)[0] for answer in answers} == {201}, [answer.text for answer in answers]
    assert len({str(told(answer)) for answer in answers}) == 1
    assert answers[0].headers["location"] == f"/v1/mandates/{answers[0].json()['id']}"
    assert council_door.stage.rows("SELECT count(*) FROM matter") == [(1,)]
    assert council_door.stage.rows("SELECT count(*) FROM idempotency") == [(1,)]


def test_every_change_that_comes_again_is_answered_as_the_first_time(council_door: CouncilDoor):
    client, mandate = council_door.client("planner"), opened(council_door)
    draft = {"title": "Adjustments", "proposer": "SG", "source": "assumed"}
    for method, path, body in (
        ("POST", "/v1/proposals", draft),
        ("POST", f"/v1/mandates/{mandate}/moves", ASSIGN),
        ("POST", "/v1/absences", {}),
        ("DELETE", "/v1/absences/current", None),
    ):
        headers = key()
        first = client.request(method, path, json=body, headers=headers)
        assert first.status_code < 300, first.text
        before = everything(council_door)
        assert [told(client.request(method, path, json=body, headers=headers)) for _ in range(2)] == [told(first)] * 2
        assert everything(council_door) == before
    assert council_door.stage.rows("SELECT count(*) FROM absence") == [(1,)]


def test_what_was_done_is_answered_also_after_others_changed_it_and_if_match_grew_old(council_door: CouncilDoor):
    mandate = opened(council_door)
    planner, lawyer = council_door.client("planner"), council_door.client("lawyer")
    path, headers = f"/v1/mandates/{mandate}/moves", key() | {"If-Match": '"1"'}
    first = planner.post(path, json=ASSIGN, headers=headers)
    assert (first.status_code, first.json()["version"]) == (200, 2)
    assert lawyer.post(path, json={"trigger": "start"}).json()["state"] == "in_progress"
    before = everything(council_door)
    again = planner.post(path, json=ASSIGN, headers=headers)
    assert told(again) == told(first)
    assert (again.json()["state"], again.headers["etag"]) == ("assigned", '"2"')
    stale = planner.post(path, json=ASSIGN, headers=key() | {"If-Match": '"1"'})
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")
    assert everything(council_door) == before


def test_a_key_is_for_one_request_of_one_person(council_door: CouncilDoor):
    planner, lawyer, headers = council_door.client("planner"), council_door.client("lawyer"), key()
    first = planner.post("/v1/mandates", json=M2876, headers=headers)
    before = everything(council_door)
    for path, body in (
        ("/v1/mandates", M2876 | {"title": "Another"}),
        (f"/v1/mandates/{first.json()['id']}/moves", ASSIGN),
        ("/v1/absences", {}),
    ):
        other = planner.post(path, json=body, headers=headers)
        assert (other.status_code, other.json()["code"]) == (422, "key_reused")
    gone = planner.delete("/v1/absences/current", headers=headers)
    assert (gone.status_code, gone.json()["code"]) == (422, "key_reused")
    refused = lawyer.post("/v1/mandates", json=M2876, headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (409, "already_registered")  # judged as a request of its own
    assert everything(council_door) == before
    hers = lawyer.post("/v1/mandates", json=M2876 | {"symbol": "AG/RES. 1 (I-O/70)"}, headers=headers)
    assert hers.status_code == 201
    assert hers.json()["id"] != first.json()["id"]


def test_a_refusal_is_not_kept(council_door: CouncilDoor):
    mandate, headers = opened(council_door), key()
    planner, path = council_door.client("planner"), f"/v1/mandates/{mandate}/moves"
    assert planner.post(path, json={"trigger": "start"}, headers=headers).json()["code"] == "no_such_move"
    assert council_door.stage.rows("SELECT count(*) FROM idempotency") == [(0,)]
    assert planner.post(path, json=ASSIGN).status_code == 200
    assert planner.post(path, json={"trigger": "start"}, headers=headers).json()["state"] == "in_progress"


def test_who_left_office_or_signed_out_opens_nothing_that_was_kept(council_door: CouncilDoor):
    planner, headers = council_door.client("planner"), key()
    first = planner.post("/v1/mandates", json=M2876, headers=headers)
    assert first.status_code == 201
    person = council_door.stage.people["planner"]
    with council_door.stage.owner.begin() as connection:
        connection.exec_driver_sql("UPDATE appointment SET role = 'mission' WHERE person_id = %s", (person,))
    refused = planner.post("/v1/mandates", json=M2876, headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    assert planner.delete("/v1/sessions/current").status_code == 204
    assert planner.post("/v1/mandates", json=M2876, headers=headers).status_code == 401


@pytest.mark.parametrize("wrong", ["0123", "0e" * 17, "not a key at all", "é" * 16, "A" * 21])
def test_a_key_that_could_be_guessed_is_refused_and_nothing_is_written(council_door: CouncilDoor, wrong: str):
    client, mandate = council_door.client("planner"), opened(council_door)
    before = everything(council_door)
    headers = {"Idempotency-Key": wrong.encode()}
    for method, path in (("POST", "/v1/mandates"), ("POST", f"/v1/mandates/{mandate}/moves"), ("DELETE", "/v1/absences/current")):
        answer = client.request(method, path, json=ASSIGN if method == "POST" else None, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (400, "bad_idempotency_key")
        assert answer.json()["params"] == {"header": "Idempotency-Key", "bits": 128}
    assert everything(council_door) == before
    assert council_door.stage.rows("SELECT count(*) FROM idempotency") == [(0,)]


def test_an_answer_is_kept_for_an_hour_and_the_next_key_takes_old_ones_away(council_door: CouncilDoor):
    client, mandate = council_door.client("planner"), opened(council_door)
    path, headers = f"/v1/mandates/{mandate}/moves", key()
    assert client.post(path, json=ASSIGN, headers=headers).status_code == 200
    with council_door.stage.owner.begin() as connection:
        connection.exec_driver_sql("UPDATE idempotency SET made_at = made_at - interval '61 minutes'")
    assert client.post(path, json={"trigger": "start"}, headers=key()).status_code == 200
    assert council_door.stage.rows("SELECT count(*) FROM idempotency") == [(1,)]
    assert client.post(path, json=ASSIGN, headers=headers).json()["code"] == "no_such_move"


def takes_no_key(document: dict[str, object]) -> set[tuple[str, str]]:
    """Changes of the document that show no Idempotency-Key."""
    paths = document["paths"]
    assert isinstance(paths, dict)
    return {
        (method, path)
        for path, found in paths.items()
        for method, operation in found.items()
        if method not in {"get", "head"}
        and "Idempotency-Key" not in {one["name"] for one in operation.get("parameters", []) if one["in"] == "header"}
    }


def test_the_document_shows_the_key_at_every_change_but_sessions(council_door: CouncilDoor):
    document = council_door.client().get("/openapi.json").json()
    asked = {("post", "/v1/proposals/{id}/comparison")}  # changes nothing: the text to compare is too long for an address
    own_key = {("post", "/v1/letter-key")}  # proves itself with a code that works once, so what comes again is refused
    assert takes_no_key(document) == {("post", "/v1/sessions"), ("delete", "/v1/sessions/current")} | asked | own_key
    shown = document["paths"]["/v1/mandates"]["post"]["parameters"]
    assert [one["required"] for one in shown if one["name"] == "Idempotency-Key"] == [False]
