"""The desk's own pages: people and keys, a newcomer's set-up from code to digits, a search that leaves no name in an address."""

import re
from urllib.parse import unquote

import pyotp
import pytest
from starlette.testclient import TestClient

from api.asking import DESK_COOKIE
from tests.api.test_page_bridge import PAGE, form
from tests.fixtures.desk_door import STATEMENT, DeskDoor, come
from tests.fixtures.keys import OTHER

pytestmark = pytest.mark.usefixtures("cheap_passphrases")


def browser(door: DeskDoor, who: str | None = None) -> TestClient:
    """A browser; of `who`, signed in by cookie."""
    client = door.client()
    client.headers.update(PAGE)
    if who:
        client.cookies.set(DESK_COOKIE, door.session(who))
    return client


def test_a_newcomer_sets_up_a_key_by_pages_from_the_code_to_the_digits(desk_door: DeskDoor):
    head, iris = browser(desk_door, "head"), browser(desk_door)
    asked = form(head.get("/people").text, "/people/invitation")
    told = head.post("/people/invitation", data=asked | {"name": "Iris Luna", "login": "iris", "roles": "case_officer"})
    assert told.status_code == 200
    (code,) = re.findall(r'class="digits">([^<]+)<', told.text)
    second = iris.post("/setup", data=form(iris.get("/setup?lang=fr").text, "/setup") | {"code": code})
    assert second.status_code == 200, second.text
    assert "<svg" in second.text
    fields = form(second.text, "/setup/key")
    totp = pyotp.parse_uri(unquote(fields["totp_address"]))
    assert isinstance(totp, pyotp.TOTP)
    wrong = iris.post("/setup/key", data=fields | {"passphrase": OTHER, "again": "another one", "totp": totp.now()})
    assert wrong.status_code == 422
    assert OTHER not in wrong.text
    fields = form(wrong.text, "/setup/key")
    assert fields["code"] == code
    done = iris.post("/setup/key", data=fields | {"passphrase": OTHER, "again": OTHER, "totp": totp.now()})
    assert done.status_code == 200, done.text
    assert re.search(r'class="digits">(\d{4} ?){6}<', done.text)
    waiting = head.get("/people").text
    assert "Has made a key" in waiting
    assert code not in waiting


def test_a_wrong_code_says_so_and_opens_nothing(desk_door: DeskDoor):
    client = browser(desk_door)
    refused = client.post("/setup", data=form(client.get("/setup").text, "/setup") | {"code": "0000-0000-0000-0000-0000"})
    assert refused.status_code == 403
    assert 'role="alert"' in refused.text


def test_who_may_not_invite_sees_the_office_alone(desk_door: DeskDoor):
    page = browser(desk_door, "alternate").get("/people")
    assert page.status_code == 200
    assert "/people/invitation" not in page.text


def test_a_search_leaves_no_name_in_an_address(desk_door: DeskDoor):
    came = come(desk_door.stage, about="Don Pedro")
    client = browser(desk_door, "head")
    assert client.get("/earlier").status_code == 200
    client.get(f"/complaints/{came.id}")
    found = client.post("/earlier", data={"about": "don pedro"})
    assert found.status_code == 200
    assert f"/complaints/{came.id}" in found.text
    assert "pedro" not in "".join(re.findall(r'(?:href|action)="([^"]*)"', found.text)).lower()
    assert browser(desk_door).post("/earlier", data={"about": "don pedro"}).status_code == 401


def test_the_first_page_says_what_waits_and_keeps_its_filters_in_the_address(desk_door: DeskDoor):
    came = come(desk_door.stage)
    client = browser(desk_door, "head")
    page = client.get("/?kind=&state=&list=new_to_read")
    assert page.status_code == 200, page.text
    assert f"/complaints/{came.id}" in page.text
    assert STATEMENT.split(".", maxsplit=1)[0] not in page.text
    assert "/?list=late" in page.text
    assert f"/complaints/{came.id}" not in client.get("/?kind=consultation").text
    assert "Nothing is late." in client.get("/?list=late").text
    assert client.get("/?kind=nonsense").status_code == 422


def test_an_empty_desk_says_what_will_appear(desk_door: DeskDoor):
    page = browser(desk_door, "head").get("/?lang=fr").text
    assert "Rien de nouveau" in page
