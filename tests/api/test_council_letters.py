"""Letters over HTTP and in a browser: a key is made, compared and signed; nobody else learns that there is a letter."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pyotp
import pytest
from starlette.testclient import TestClient

from actions.codes import totp_of
from actions.sessions import new_totp
from api.asking import COOKIE
from records import accounts
from records.accounts import AccountRow
from tests.api.test_page_bridge import PAGE, form
from tests.fixtures.apps import desk_app
from tests.fixtures.desk_door import DeskDoor
from tests.fixtures.doors import PASSPHRASE, kept_passphrase
from tests.fixtures.letter_post import LetterPost
from tests.fixtures.ombuds_office import PASSPHRASE as OWN
from tests.fixtures.visitors import come

pytestmark = pytest.mark.usefixtures("cheap_passphrases")
WHO = "chief"


@pytest.fixture
def account(letter_post: LetterPost) -> LetterPost:
    """Somebody with the role and an account, and no key yet."""
    person = letter_post.add(WHO, key=False)
    sealed, address = new_totp(letter_post.house.server_key, person, WHO)
    with letter_post.house.owner.open() as books:
        accounts.add(books, AccountRow(person, WHO, kept_passphrase(), sealed))
    parsed = pyotp.parse_uri(address)
    assert isinstance(parsed, pyotp.TOTP)
    letter_post.house.codes[WHO] = parsed
    return letter_post


def signed_in(post: LetterPost, step: int) -> TestClient:
    client = post.house.client()
    answer: Any = post.house.sign_in(WHO, client=client, step=step)
    assert answer.status_code == 201, answer.text
    client.headers["Authorization"] = f"Bearer {answer.json()['token']}"
    return client


def told(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json().get("code", "")


def test_a_key_is_made_crosses_is_compared_and_signed_and_then_opens_at_every_sign_in(account: LetterPost):
    post, desk = account, DeskDoor(account.ombuds, desk_app(account.ombuds.desk))
    client = signed_in(post, -1)
    asked = {"passphrase": PASSPHRASE, "totp": post.house.code(WHO)}
    assert client.get("/v1/letter-key").json()["fingerprint"] is None
    assert told(client.post("/v1/letter-key", json=asked | {"passphrase": "another"})) == (401, "sign_in_refused")
    with post.house.owner.open() as books:
        accounts.succeeded(books, post.house.stage.people[WHO], 0)
    digits = client.post("/v1/letter-key", json=asked).json()["fingerprint"]
    assert client.get("/v1/letter-key").json() == {
        "fingerprint": digits,
        "made_on": "2016-09-01",
        "signed_on": None,
        "ended_on": None,
        "lent": True,
    }
    post.to_day(date(2016, 9, 2))
    post.carry()
    head, person = desk.client("head"), post.house.stage.people[WHO]
    (waits,) = [one for one in head.get("/v1/addressees").json()["keys"] if one["standing"] == "waiting"]
    assert (waits["name"], waits["office"], waits["fingerprint"]) == (WHO.title(), "head_of_unit", digits)
    assert digits not in head.get("/people/addressees", headers=PAGE).text, "whoever signs types what they heard"
    totp, at = post.ombuds.give_passphrase("head"), f"/v1/addressees/{person}/keys/1/signature"
    own = {"passphrase": OWN, "totp": totp_of(totp).now()}
    assert told(head.post(at, json={"fingerprint": digits[::-1], **own})) == (422, "addressee_digits_differ")
    assert told(desk.client("officer_a").post(at, json={"fingerprint": digits, **own})) == (404, "not_found")
    assert post.ombuds.rows("SELECT signed_on FROM addressee WHERE person_id = :p", p=person) == [(None,)]
    later = own | {"totp": totp_of(totp).at(datetime.now(UTC), counter_offset=1)}
    assert head.post(at, json={"fingerprint": digits, **later}).status_code == 204
    letter = post.serve(come(post.ombuds).matter, WHO)
    post.to_day(date(2016, 9, 6))
    post.carry()
    with post.house.owner.open() as books:
        accounts.succeeded(books, person, 0)
    again = signed_in(post, 1)
    assert again.get("/v1/letter-key").json()["signed_on"] == "2016-09-02"
    assert again.get(f"/v1/letters/{letter}").json()["text"] == "What do you say?"
    assert head.delete(f"/v1/addressees/{person}/keys/1").status_code == 204
    assert [one["standing"] for one in head.get("/v1/addressees").json()["keys"] if one["person"] == str(person)] == ["ended"]
    entries = post.house.stage.rows("SELECT body::text FROM ledger_entry WHERE body::text LIKE '%letter%'")
    assert len(entries) == 1, "of keys alone: the house's ledger tells nobody who got a letter"


def test_whoever_is_no_addressee_or_another_one_learns_nothing(letter_post: LetterPost):
    post = letter_post
    post.add("head_of_unit")
    letter = post.serve(come(post.ombuds).matter, "secretary_general")
    post.to_day(date(2016, 9, 2))
    post.carry()
    other, planner = post.client("head_of_unit"), post.house.client("planner")
    assert other.get("/v1/letters").json() == {"letters": []}
    here, nowhere = (f"/v1/letters/{one}" for one in (letter, uuid4()))
    body = {"text": "Mine."}
    for client, status in ((other, 404), (planner, 403)):
        for method, end in (("GET", ""), ("POST", "/answer")):
            found = [client.request(method, one + end, json=body if end else None) for one in (here, nowhere)]
            assert {answer.status_code for answer in found} == {status}
            assert found[0].content.replace(str(letter).encode(), b"") == found[1].content.replace(nowhere[-36:].encode(), b"")
    assert planner.get("/v1/letters").status_code == planner.get("/v1/letter-key").status_code == 403
    assert "/letters" not in planner.get("/", headers=PAGE).text
    assert "/letters" in other.get("/", headers=PAGE).text
    assert post.house.stage.rows("SELECT 1 FROM post_out") == []
    closed = post.client("secretary_general", lent=False)
    assert told(closed.get(f"/v1/letters/{letter}")) == (409, "letter_key_closed")
    (line,) = closed.get("/v1/letters").json()["letters"]
    assert (line["closed"], line["answer_by"], line["came_on"]) == (True, None, "2016-09-02")


def test_the_pages_show_the_letter_and_take_the_one_answer(letter_post: LetterPost):
    post = letter_post
    words = "Please say <b>when</b>."
    letter = post.serve(come(post.ombuds).matter, "secretary_general", words, until=date(2016, 9, 2))
    post.to_day(date(2016, 9, 6))
    post.carry()
    client = post.client("secretary_general")
    token = client.headers.pop("authorization").partition(" ")[2]
    client.headers.update(PAGE)
    client.cookies.set(COOKIE, token)
    listed = client.get("/letters").text
    assert f'href="/letters/{letter}"' in listed
    assert "late" in listed
    page = client.get(f"/letters/{letter}").text
    assert "Please say &lt;b&gt;when&lt;/b&gt;." in page
    assert "That day is past. You can still answer." in page
    action = f"/act/v1/letters/{letter}/answer"
    empty = client.post(action, data=form(page, action) | {"text": " "})
    assert empty.status_code == 422
    sent = client.post(action, data=form(page, action) | {"text": "Yesterday."}, follow_redirects=False)
    assert (sent.status_code, sent.headers["location"].partition("?")[0]) == (303, "/letters")
    after = client.get(f"/letters/{letter}").text
    assert ("Yesterday." in after, action in after) == (False, False)
    for language, said in (("es", "Usted respondió"), ("pt", "Você respondeu"), ("fr", "Vous avez répondu")):
        assert said in client.get(f"/letters/{letter}?lang={language}").text
    assert client.get("/letters/" + str(uuid4())).status_code == 404
