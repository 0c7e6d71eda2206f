"""What the office begins by itself, in a browser: from the form that begins it to every move on its page."""

from uuid import UUID, uuid4

from pydantic import SecretStr

from actions.kinds import KINDS
from actions.kinds.complaint_acts import Consenting
from tests.api.test_page_bridge import browser
from tests.api.test_page_case_moves import office_moves
from tests.fixtures.desk_door import Came, DeskDoor, come, she
from tests.fixtures.sheets import Sheets, Walk, in_page, send, sheet, walked

pytest_plugins = ("tests.fixtures.desk_door",)

TOLD = {"to": "The Secretary General", "text": "Nobody shouts here any more.", "unit": "One organ", "people": "61"}
TOLD |= {"audience": "head_of_house"}
SURE = {"nobody_asked": "true"}
COUNTED = {"payload.of_unit": "true", "payload.another_person": "true"}


def taken_up(door: DeskDoor) -> tuple[Came, Walk]:
    came, walk = walked(door)
    walk.do("acknowledge")
    return came, walk


def say_yes(door: DeskDoor, came: Came) -> None:
    asked = door.stage.rows("SELECT id FROM consent WHERE matter_id = :m AND status = 'asked'", m=came.id)
    she(door.stage, came, "consent", Consenting(consent=asked[0][0]))


def second_in(door: DeskDoor, came: Came) -> str:
    """Who has the second seat: two officers appointed on one day come in any order."""
    query = "SELECT p.name FROM seat s JOIN person p ON p.id = s.person_id WHERE s.matter_id = :m AND rung = 1"
    return str(door.stage.rows(query, m=came.id)[0][0]).lower().replace(" ", "_")


def test_upward_feedback_is_begun_by_a_form_and_every_move_of_it_is_made_by_its_own(desk_door: DeskDoor):
    client = browser(desk_door, "head")
    assert "You answer for no case under way" in client.get("/own").text
    came = [taken_up(desk_door)[0] for _ in range(5)]
    begin = sheet(client, "/own", "/v1/upward_feedbacks")
    assert set(begin.options["case"]) == {str(one.id) for one in came}
    refused = send(client, begin, **TOLD, case=str(came[0].id))
    assert refused.status_code == 422
    assert "never begun because somebody outside the office asked" in refused.text
    assert in_page(refused.text, "/v1/upward_feedbacks").sent["text"] == TOLD["text"]
    done = send(client, begin, **TOLD, **SURE, case=str(came[0].id))
    assert done.status_code == 303, done.text
    page = done.headers["location"].partition("?")[0]
    assert "It is begun, and sealed." in client.get(done.headers["location"]).text
    walk = Walk(desk_door, client, page)
    for one in came:
        case = {"payload.case": str(one.id)}
        walk.do("include", **case, **COUNTED)
        walk.do("ask", **case)
    again = send(client, sheet(client, page, "/moves", trigger="ask"), **{"payload.case": str(came[0].id)})
    assert again.status_code == 409
    assert "Nobody is asked twice" in again.text
    assert "Not enough people have said yes to this very text" in client.get(page).text
    for one in came:
        say_yes(desk_door, one)
    request = {"payload.asked_by": "head_of_house", "payload.on": "2016-09-01"}
    walk.do("refuse_request", **request)
    walk.do("find_ready", "deliver")
    walk.do("acknowledge", **{"payload.on": "2016-09-01"})
    shown = client.get(page).text
    assert all(f'href="/complaints/{one.id}"' in shown for one in came)
    walk.do("close")
    other = send(client, begin, **TOLD, **SURE, case=str(came[1].id), _key=uuid4().hex)
    walk.page = other.headers["location"].partition("?")[0]
    walk.do("revise")
    assert office_moves("upward_feedback", desk_door) == walk.done
    # a colleague with a seat sees it and may note a request; one without finds nothing
    seated = second_in(desk_door, came[0])
    (outside,) = {"officer_a", "officer_b"} - {seated}
    assert [browser(desk_door, who).get(page).status_code for who in (seated, outside)] == [200, 404]
    triggers = "SELECT id FROM matter WHERE kind = 'upward_feedback'"
    assert len(desk_door.stage.rows(triggers)) == 2


def test_at_the_json_door_too_nobody_begins_one_without_answering_for_the_case(desk_door: DeskDoor):
    came, _ = taken_up(desk_door)
    told = {**TOLD, "people": 61, "nobody_asked": True, "case": str(came.id)}
    seated = second_in(desk_door, came)
    (outside,) = {"officer_a", "officer_b"} - {seated}
    before = desk_door.stage.rows("SELECT count(*) FROM matter")
    path = "/v1/upward_feedbacks"
    assert desk_door.client(seated).post(path, json=told).status_code == 403
    answers = [
        desk_door.client(outside).post(path, json=told | {"case": case}).content for case in (str(came.id), str(UUID(int=7)))
    ]
    assert answers[0] == answers[1]  # whoever has no seat learns nothing from it
    assert desk_door.client().post(path, json=told).status_code == 401
    assert desk_door.client("head").post(path, json=told | {"by": "chair"}).status_code == 422
    assert desk_door.stage.rows("SELECT count(*) FROM matter") == before
    head = desk_door.client("head")
    head.headers["Idempotency-Key"] = "ab" * 16
    first, again = (head.post(path, json=told) for _ in range(2))
    assert (first.status_code, first.content) == (201, again.content)
    assert head.get(first.headers["location"]).json()["state"] == "gathering"
    assert KINDS["upward_feedback"].routed
    assert SecretStr(TOLD["text"]).get_secret_value() not in str(desk_door.stage.rows("SELECT facts FROM event"))


def test_a_talk_is_no_case_to_begin_from(desk_door: DeskDoor):
    come(desk_door.stage, "consultation", understood=True)
    assert "You answer for no case under way" in browser(desk_door, "head").get("/own").text


def test_an_inquiry_of_the_office_s_own_is_begun_by_a_form_and_every_move_of_it_is_made_by_its_own(desk_door: DeskDoor):
    client = browser(desk_door, "head")
    begin = sheet(client, "/own", "/v1/own_initiatives")
    told = {"source": "pattern", "about": "Corridor B", "must_not_see": str(desk_door.stage.people["officer_b"])}
    done = send(client, begin, **told)
    assert done.status_code == 303, done.text
    page = done.headers["location"].partition("?")[0]
    walk, second = Walk(desk_door, client, page), Walk(desk_door, browser(desk_door, "officer_a"), page)
    assert browser(desk_door, "officer_b").get(page).status_code == 404
    walk.do("propose_terms")
    assert "Somebody else has to approve: you wrote these terms." in client.get(page).text
    second.do("return_terms")
    walk.do("propose_terms")
    second.do("approve_terms")
    walk.do("inquire", "note_step", "draft")
    second.do("inquire_further")
    walk.do("draft")
    second.do("conclude")
    walk.do("send_findings", **{"payload.names_nobody": "true"})
    walk.do("note_answer", **{"payload.on": "2016-09-01"})
    walk.do("check_follow_up", "close")
    again = send(client, begin, **told, _key=uuid4().hex)
    walk.page = again.headers["location"].partition("?")[0]
    walk.do("not_pursue")
    assert office_moves("own_initiative", desk_door) == walk.done | second.done


def test_earlier_matters_about_the_same_person_are_linked_from_the_search_of_a_case(desk_door: DeskDoor):
    client = browser(desk_door, "head")
    came = [come(desk_door.stage, about="Rosa Luna") for _ in range(2)]
    page = f"/complaints/{came[0].id}"
    search = sheet(client, page, "/earlier")
    found = client.post("/earlier", data=search.sent | {"about": "rosa luna"})
    made = in_page(found.text, f"/complaints/{came[0].id}/links")  # one form: a case is never linked to itself
    assert made.sent["other"] == str(came[1].id)
    done = send(client, made, reason="same_person")
    assert done.status_code == 303, done.text
    shown = client.get(done.headers["location"]).text
    assert "It is recorded in both histories." in shown
    assert f'href="/complaints/{came[1].id}?lang=en"' in shown
    assert "About the same person" in client.get(f"/complaints/{came[1].id}").text
    told = desk_door.client("head").get(f"/v1/complaints/{came[1].id}/links").json()["links"]
    assert [(one["matter"], one["reason"], one["by"]) for one in told] == [(str(came[0].id), "same_person", "Head")]
    away = next(one for one in Sheets(shown).forms if "/links/" in one.action)
    assert send(client, away).status_code == 303
    assert desk_door.client("head").get(f"/v1/complaints/{came[1].id}/links").json() == {"links": []}
    # from no case, or from one that somebody else answers for, nothing is offered
    assert "/links" not in client.post("/earlier", data=search.sent | {"about": "rosa luna", "of": ""}).text
    second = browser(desk_door, second_in(desk_door, came[0]))
    assert "/links" not in second.post("/earlier", data=sheet(second, page, "/earlier").sent | {"about": "rosa luna"}).text
