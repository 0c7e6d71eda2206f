"""Signing in at the council's door, what its cookie is worth, and signing out."""

import pytest

from api.asking import COOKIE
from tests.api.test_council_mandates import M2876
from tests.fixtures.doors import PASSPHRASE, CouncilDoor


def test_sign_in_gives_a_cookie_that_no_script_reads_and_no_other_site_sends(council_door: CouncilDoor):
    answer = council_door.sign_in("planner")
    assert answer.status_code == 201
    body = answer.json()
    assert body["person"] == {"id": str(council_door.stage.people["planner"]), "name": "Planner", "language": "en"}
    assert body["roles"] == ["secretariat_officer"]
    cookie = answer.headers["set-cookie"]
    assert cookie == f"{COOKIE}={body['token']}; HttpOnly; Path=/; SameSite=strict; Secure"


def test_a_change_with_the_cookie_needs_the_token_of_our_page_and_reading_does_not_s21(council_door: CouncilDoor):
    client = council_door.client()
    csrf = council_door.sign_in("planner", client=client).json()["csrf"]
    assert client.get("/v1/me").json()["csrf"] == csrf
    for shown in ({}, {"X-CSRF-Token": ""}, {"X-CSRF-Token": csrf[:-1]}, {"X-CSRF-Token": "ü".encode()}):
        refused = client.post("/v1/mandates", json=M2876, headers=shown)
        assert (refused.status_code, refused.json()["code"]) == (403, "csrf_missing")
        assert client.delete("/v1/sessions/current", headers=shown).status_code == 403
    assert council_door.stage.rows("SELECT count(*) FROM matter") == [(0,)]
    assert client.post("/v1/mandates", json=M2876, headers={"X-CSRF-Token": csrf}).status_code == 201


def test_the_csrf_token_of_one_session_is_worth_nothing_in_another(council_door: CouncilDoor):
    one, other = council_door.client(), council_door.client()
    council_door.sign_in("planner", client=one)
    foreign = council_door.sign_in("lawyer", client=other).json()["csrf"]
    assert one.post("/v1/mandates", json=M2876, headers={"X-CSRF-Token": foreign}).status_code == 403


def test_signing_out_ends_the_session_and_takes_the_cookie_back(council_door: CouncilDoor):
    client = council_door.client()
    csrf = council_door.sign_in("planner", client=client).json()["csrf"]
    answer = client.delete("/v1/sessions/current", headers={"X-CSRF-Token": csrf})
    assert answer.status_code == 204
    assert answer.content == b""
    assert "Max-Age=0" in answer.headers["set-cookie"]
    assert answer.headers["set-cookie"].startswith(f'{COOKIE}="";')
    assert council_door.stage.rows("SELECT count(*) FROM session") == [(0,)]


@pytest.mark.parametrize("wrong", [{"name": "nobody"}, {"passphrase": "not this one, surely"}, {"totp": "000000"}])
def test_a_refused_sign_in_tells_nothing_s07(council_door: CouncilDoor, wrong: dict[str, str]):
    answer = council_door.sign_in("planner", **wrong)
    assert answer.status_code == 401
    assert answer.json() == council_door.sign_in("chair", name="nobody at all").json()
    assert "set-cookie" not in answer.headers
    assert all(value not in answer.text for value in (PASSPHRASE, *wrong.values()))
