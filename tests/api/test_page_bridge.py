"""A form of a page becomes the JSON request of its door, and a refusal gives everything typed back on the page it stood on."""

import re
from html.parser import HTMLParser

from starlette.testclient import TestClient

from api.armour import PAGE_POLICY
from api.asking import COOKIE, COOKIES
from api.pages.done import just_done
from tests.fixtures.doors import PASSPHRASE, CouncilDoor

PAGE = {"accept": "text/html"}


class Forms(HTMLParser):
    """The forms of a page as a browser would send them untouched: action, and its fields by name."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, str]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append((told["action"], {}))
        elif tag == "input" and self.forms and told.get("type") not in ("radio", "checkbox"):
            self.forms[-1][1][told.get("name", "")] = told.get("value", "")


def form(page: str, action: str) -> dict[str, str]:
    """The fields of the form that goes to an address."""
    return next(fields for to, fields in Forms(page).forms if to == action)


def browser(door: CouncilDoor, who: str) -> TestClient:
    """Somebody signed in by cookie, as a browser is."""
    client = door.client(who)
    token = client.headers.pop("authorization").partition(" ")[2]
    client.headers.update(PAGE)
    for cookie in COOKIES:
        client.cookies.set(cookie, token)
    return client


def test_what_a_form_asks_is_done_and_the_next_page_says_so(council_door: CouncilDoor):
    client = browser(council_door, "mission")
    page = client.get("/")
    assert page.status_code == 200
    assert page.headers["content-security-policy"] == PAGE_POLICY
    fields = form(page.text, "/act/v1/absences") | {"until": "2016-01-01"}
    done = client.post("/act/v1/absences", data=fields, follow_redirects=False)
    assert (done.status_code, done.headers["location"]) == (303, f"/?done={just_done('absence_recorded', '/')}")
    assert "Your absence is recorded" in client.get(done.headers["location"]).text


def test_no_address_that_somebody_made_has_a_page_say_that_something_was_done(council_door: CouncilDoor):
    """Every sentence below `done.` stood in whatever page was asked for with its name."""
    client, well = browser(council_door, "mission"), just_done("absence_recorded", "/")
    assert "Your absence is recorded" in client.get(f"/?done={well}").text
    for made in ("absence_recorded", f"absence_recorded.{'0' * 18}", well.replace("absence_recorded", "signed_out"), "ñ.ñ"):
        shown = client.get("/", params={"done": made})
        assert (shown.status_code, 'class="done"' in shown.text) == (200, False), made
    elsewhere = client.get(f"/mandates?done={well}")
    assert (elsewhere.status_code, "Your absence is recorded" in elsewhere.text) == (200, False)


def test_what_is_refused_stands_on_its_page_again_with_the_problem_and_all_that_was_typed(council_door: CouncilDoor):
    client = browser(council_door, "mission")
    fields = form(client.get("/").text, "/act/v1/absences") | {"from": "yesterday-ish", "until": "2016-01-01"}
    again = client.post("/act/v1/absences", data=fields)
    assert again.status_code == 422
    kept = form(again.text, "/act/v1/absences")
    assert (kept["from"], kept["until"]) == ("yesterday-ish", "2016-01-01")
    (form_id,) = re.findall(r'href="#(f-post-absences)-from"', again.text)
    assert f'id="{form_id}-from"' in again.text
    assert council_door.stage.rows("SELECT * FROM absence") == []


def test_a_form_without_its_token_changes_nothing(council_door: CouncilDoor):
    client = browser(council_door, "mission")
    fields = form(client.get("/").text, "/act/v1/absences") | {"until": "2016-01-01", "_csrf": "x"}
    refused = client.post("/act/v1/absences", data=fields)
    assert refused.status_code == 403
    assert form(refused.text, "/act/v1/absences")["until"] == "2016-01-01"
    assert council_door.stage.rows("SELECT * FROM absence") == []


def test_a_session_that_ended_loses_nothing(council_door: CouncilDoor):
    client = browser(council_door, "mission")
    fields = form(client.get("/").text, "/act/v1/absences") | {"until": "2016-01-01"}
    client.cookies.clear()
    asked = client.post("/act/v1/absences", data=fields)
    assert asked.status_code == 401
    typed = {"name": "mission", "passphrase": PASSPHRASE, "totp": council_door.code("mission")}
    again = client.post("/sign-in", data=form(asked.text, "/sign-in") | typed, headers={"accept": "text/html"})
    assert again.status_code == 200, again.text
    assert form(again.text, "/act/v1/absences")["until"] == "2016-01-01"
    assert COOKIE in again.headers["set-cookie"]
    assert council_door.stage.rows("SELECT * FROM absence") == []


def test_the_next_page_keeps_every_question_of_its_address_also_those_asked_twice(council_door: CouncilDoor):
    client = browser(council_door, "mission")
    fields = form(client.get("/").text, "/act/v1/absences") | {"until": "2016-01-01"}
    done = client.post(
        "/act/v1/absences", data=fields | {"_next": "/mandates?state=a&state=b&done=x#top"}, follow_redirects=False
    )
    assert done.headers["location"] == f"/mandates?state=a&state=b&done={just_done('absence_recorded', '/mandates')}#top"


def test_a_page_that_is_gone_when_the_session_is_back_says_so_with_the_text(council_door: CouncilDoor):
    client = browser(council_door, "mission")
    fields = form(client.get("/").text, "/act/v1/absences") | {"until": "2016-01-01"}
    client.cookies.clear()
    asked = form(client.post("/act/v1/absences", data=fields).text, "/sign-in") | {"_next": "/nothing-here"}
    typed = {"name": "mission", "passphrase": PASSPHRASE, "totp": council_door.code("mission")}
    gone = client.post("/sign-in", data=asked | typed)
    assert gone.status_code == 404
    assert "no page at this address" in gone.text
    assert "2016-01-01" in gone.text


def test_what_waits_for_signing_in_is_not_handed_to_somebody_else(council_door: CouncilDoor):
    client = browser(council_door, "mission")
    fields = form(client.get("/").text, "/act/v1/absences") | {"until": "2016-01-01"}
    client.cookies.clear()
    asked = form(client.post("/act/v1/absences", data=fields).text, "/sign-in")
    typed = {"name": "planner", "passphrase": PASSPHRASE, "totp": council_door.code("planner")}
    other = client.post("/sign-in", data=asked | typed, follow_redirects=False)
    assert (other.status_code, other.headers["location"]) == (303, "/")


def test_a_form_leads_to_no_other_house(council_door: CouncilDoor):
    client = browser(council_door, "mission")
    for there in ("https://elsewhere.invalid/", "//elsewhere.invalid/", "/\\elsewhere.invalid"):
        fields = form(client.get("/").text, "/act/v1/absences") | {"until": "2016-01-01", "_next": there, "_done": ""}
        assert client.post("/act/v1/absences", data=fields, follow_redirects=False).headers["location"] == "/"


def test_an_address_that_is_none_and_one_for_forms_alone_are_pages_for_a_person(council_door: CouncilDoor):
    client = browser(council_door, "mission")
    expected = (("/nothing-here", 404, "no page at this address"), ("/act/v1/absences", 405, "what a form sends"))
    for address, status, said in expected:
        answer = client.get(address)
        assert (answer.status_code, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")
        assert said in answer.text
        assert "openapi" not in answer.text
