"""Setting up one's key over HTTP: the newcomer needs a code and nothing else, and who may not invite learns nothing."""

from datetime import UTC, datetime
from uuid import uuid4

import pyotp
import pytest
from httpx import Response

from actions.codes import totp_of
from tests.fixtures.desk_door import DeskDoor
from tests.fixtures.keys import OTHER
from tests.fixtures.ombuds_office import PASSPHRASE

pytest_plugins = ("tests.fixtures.desk_door",)
pytestmark = pytest.mark.usefixtures("cheap_passphrases")

IRIS = {"name": "Iris Luna", "login": "iris", "roles": ["case_officer"], "language": "es"}


def shows(address: str, step: int = 0) -> str:
    totp = pyotp.parse_uri(address)
    assert isinstance(totp, pyotp.TOTP)
    return totp.at(datetime.now(UTC), counter_offset=step)


def invited(door: DeskDoor) -> dict[str, str]:
    answer = door.client("head").post("/v1/invitations", json=IRIS)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def told(answer: Response) -> tuple[int, str]:
    return answer.status_code, answer.json().get("code", "")


def test_a_newcomer_sets_up_their_key_the_holder_signs_it_and_they_sign_in(desk_door: DeskDoor):
    totp, head, stranger = desk_door.stage.give_passphrase("head"), desk_door.client("head"), desk_door.client()
    made = invited(desk_door)
    begun = stranger.post("/v1/setup/begin", json={"code": made["code"]}).json()
    address = begun.pop("totp_address")
    assert begun == {"name": "Iris Luna", "login": "iris", "language": "es", "roles": ["case_officer"]}
    typed = {"code": made["code"], "passphrase": OTHER, "again": OTHER, "totp": shows(address)}
    done = stranger.post("/v1/setup", json=typed)
    assert done.status_code == 201, done.text
    assert told(stranger.post("/v1/setup", json=typed)) == (403, "setup_refused")
    early = {"name": "iris", "passphrase": OTHER, "totp": shows(address, 1)}
    assert told(stranger.post("/v1/sessions", json=early)) == (401, "sign_in_refused")
    (waits,) = head.get("/v1/invitations").json()["invitations"]
    digits = done.json()["fingerprint"]
    assert (waits["waits"], waits["fingerprint"], waits["invited_by"]) == ("signature", digits, "Head")
    own = {"passphrase": PASSPHRASE, "totp": totp_of(totp).now()}
    at = f"/v1/keys/{made['id']}/signature"
    assert told(head.post(at, json={"fingerprint": digits[::-1], **own})) == (422, "fingerprint_differs")
    later = own | {"totp": totp_of(totp).at(datetime.now(UTC), counter_offset=1)}
    signed = head.post(at, json={"fingerprint": digits, **later})
    assert (signed.status_code, signed.json()["serial"]) == (201, 1)
    came = stranger.post("/v1/sessions", json=early)
    assert (came.status_code, came.json()["roles"]) == (201, ["case_officer"])
    assert head.get("/v1/invitations").json() == {"invitations": [], "offices": ["case_officer"]}


def test_who_may_not_invite_is_told_so_and_finds_no_invitation(desk_door: DeskDoor):
    made = invited(desk_door)
    for who in ("officer_a", "alternate"):
        client = desk_door.client(who)
        assert told(client.post("/v1/invitations", json=IRIS)) == (403, "not_allowed")
        assert told(client.get("/v1/invitations")) == (403, "not_allowed")
        for method, path in (("DELETE", "/v1/invitations/{}"), ("POST", "/v1/keys/{}/signature")):
            there, never = (client.request(method, path.format(one)) for one in (made["id"], uuid4()))
            assert (there.status_code, there.content) == (404, never.content)
    head = desk_door.client("head")
    assert head.delete(f"/v1/invitations/{made['id']}").status_code == 204
    assert told(desk_door.client().post("/v1/setup/begin", json={"code": made["code"]})) == (403, "setup_refused")


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"roles": ["ombudsperson"]}, "office_not_invited_here"),
        ({"roles": []}, "invalid"),
        ({"login": "a b"}, "bad_login"),
        ({"login": "officer_a"}, "login_taken"),
        ({"until": "2016-01-01"}, "dates_backwards"),
        ({"enrols": True}, "invalid"),
        ({"mail": "no address"}, "invalid"),
    ],
)
def test_what_cannot_be_invited_is_named_and_leaves_nothing(desk_door: DeskDoor, changed: dict[str, object], code: str):
    desk_door.stage.give_passphrase("officer_a")
    assert told(desk_door.client("head").post("/v1/invitations", json=IRIS | changed)) == (422, code)
    assert desk_door.stage.rows("SELECT count(*) FROM invitation") == [(0,)]


def test_a_code_that_does_not_work_is_answered_in_the_persons_language_and_not_repeated(desk_door: DeskDoor):
    stranger, made = desk_door.client(), invited(desk_door)
    for language, begins in (
        ("es", "Este código no sirve"),
        ("pt", "Este código não serve"),
        ("fr", "Ce code ne fonctionne pas"),
    ):
        answer = stranger.post("/v1/setup/begin", json={"code": made["code"][1:]}, headers={"Accept-Language": language})
        assert answer.status_code == 403
        assert answer.json()["detail"].startswith(begins)
        assert made["code"][1:] not in answer.text
