"""Every move that the policy gives to people at the desk can be made by the form on the page of its matter."""

import re
from datetime import date

import pytest

from actions.kinds import KINDS
from actions.kinds.complaint_acts import Consenting
from actions.kinds.mediating import AnswerMediation
from actions.kinds.sealed import MayTell
from actions.kinds.times import TakeTime
from tests.api.test_page_bridge import browser
from tests.fixtures.desk_door import Came, DeskDoor, come, she
from tests.fixtures.sheets import Sheets, Walk, sheet, walked
from tests.fixtures.talking import offer_times
from web.messages import Messages

pytest_plugins = ("tests.fixtures.desk_door",)

CASE, SAID = "complaint", Messages("en")


def consented(door: DeskDoor, walk: Walk, came: Came, purpose: str) -> None:
    """A text is put before her by a form, for one act, and she says yes."""
    walk.do("ask_consent", **{"payload.purpose": purpose})
    asked = door.stage.rows("SELECT id FROM consent WHERE matter_id = :m AND status = 'asked'", m=came.id)
    she(door.stage, came, "consent", Consenting(consent=asked[0][0]))


def office_moves(kind: str, door: DeskDoor) -> set[str]:
    """Every move that the pack gives to people at the desk."""
    access = door.stage.desk.shelf.pack.kinds[kind].access
    roles = {name for name, role in door.stage.desk.shelf.pack.house.roles.items() if role.door == "desk"}
    return {one for one in KINDS[kind].table.triggers if any(grant.partition(":")[0] in roles for grant in access.get(one, ()))}


@pytest.fixture
def elsewhere() -> set[str]:
    """Moves whose forms stand with what they are about."""
    return {"reply", "suspend", "resume"}


def test_every_move_of_a_complaint_can_be_made_by_its_form(desk_door: DeskDoor, elsewhere: set[str]):
    came, one = walked(desk_door, urgent=True)
    she(desk_door.stage, came, "take_time", TakeTime(time=offer_times(desk_door.stage)[0]))
    one.do("cancel_time", "acknowledge", "triage", "screen", "ask", "go_on_without_answer", "give_feedback", "inquire")
    consented(desk_door, one, came, "ask_third_party")
    one.do("ask_third_party", "third_party_answered")
    consented(desk_door, one, came, "ask_third_party")
    one.do("ask_third_party", "go_on_without_third_party", "draft", "inquire_further", "draft")
    consented(desk_door, one, came, "serve_draft")
    one.do("serve_draft", "draft_answered", "conclude")
    consented(desk_door, one, came, "serve_findings")
    one.do("serve_findings", "recommend", "follow_up", "check_follow_up", "act_on_danger", "close")
    _, two = walked(desk_door)
    two.do("acknowledge", "watch_over", "extend_feedback", "screen", "inquire", "draft")
    two.do("conclude_without_names", **{"payload.names_nobody": "true"})
    came, three = walked(desk_door)
    three.do("acknowledge", "screen")
    consented(desk_door, three, came, "refer")
    three.do("refer")
    came, four = walked(desk_door)
    four.do("acknowledge", "screen", "propose_mediation", "decline")
    five = reviewed(desk_door, came)
    assert "has to be taken by someone who did not decide the first time" not in five.client.get(five.page).text
    five.do("reopen", "screen", "decline")
    six = reviewed(desk_door, came)
    six.do("uphold")
    made = set().union(*(walk.done for walk in (one, two, three, four, five, six)))
    assert office_moves(CASE, desk_door) - made == elsewhere | {"take_answer"}, "test_page_letters.py makes those of letters"


def reviewed(door: DeskDoor, came: Came) -> Walk:
    """She asks for a second look; whoever has to take it."""
    she(door.stage, came, "request_review", MayTell())
    query = """SELECT p.name FROM responsibility r JOIN person p ON p.id = r.person_id
               WHERE matter_id = :m AND until_at IS NULL"""
    name = str(door.stage.rows(query, m=came.id)[0][0])
    return Walk(door, browser(door, name.lower().replace(" ", "_")), f"/complaints/{came.id}")


def test_every_move_of_a_talk_can_be_made_by_its_form(desk_door: DeskDoor, elsewhere: set[str]):
    talk = come(desk_door.stage, "consultation", understood=True, urgent=True)
    (name,) = desk_door.stage.rows(
        "SELECT p.name FROM responsibility r JOIN person p ON p.id = r.person_id WHERE matter_id = :m", m=talk.id
    )
    client = browser(desk_door, str(name[0]).lower().replace(" ", "_"))
    one = Walk(desk_door, client, f"/consultations/{talk.id}")
    she(desk_door.stage, talk, "take_time", TakeTime(time=offer_times(desk_door.stage)[0]))
    one.do("cancel_time", "triage", "open_conversation", "ask_hand_over", "discuss_options", "act_on_danger", "end")
    assert office_moves("consultation", desk_door) - one.done == elsewhere & {"reply"}


def test_every_move_of_a_recommendation_can_be_made_by_its_form(desk_door: DeskDoor):
    came, case = walked(desk_door)
    case.do("acknowledge", "screen", "inquire", "draft")
    case.do("conclude_without_names", **{"payload.names_nobody": "true"})
    made: set[str] = set()
    for way in (
        ("issue", "accept_in_part", "accept", "start_follow_up", "check_follow_up", "confirm_implemented"),
        ("issue", "reject", "note_not_implemented"),
        ("revise", "close"),
    ):
        if "issue" in way:
            consented(desk_door, case, came, "issue")
        case.do("recommend")
        query = "SELECT id FROM matter WHERE kind = 'recommendation' AND state = 'drafted'"
        one = Walk(desk_door, case.client, f"/recommendations/{desk_door.stage.rows(query)[0][0]}")
        one.do(*way, **{"payload.on": "2016-09-01"})
        made |= one.done
    assert office_moves("recommendation", desk_door) - made == {"find_no_answer"}, "test_page_letters.py makes those of letters"


def test_every_move_of_a_mediation_can_be_made_by_its_form(desk_door: DeskDoor):
    came, case = walked(desk_door)
    case.do("acknowledge", "screen")
    made: set[str] = set()
    for agrees, way in (
        (True, ("agree", "choose_mediator", "hold_session", "settle", "check_settlement", "confirm_kept")),
        (True, ("agree", "choose_mediator", "hold_session", "settle_in_part", "note_not_kept")),
        (True, ("agree", "choose_mediator", "hold_session", "end_unsettled")),
        (True, ("agree", "stop")),
        (True, ("agree", "choose_mediator", "hold_session", "settle", "close")),
        (False, ()),
    ):
        case.do("propose_mediation")
        she(desk_door.stage, came, "answer_mediation", AnswerMediation(agrees=agrees))
        query = "SELECT id FROM matter WHERE kind = 'mediation' AND state = 'answered'"
        one = Walk(desk_door, case.client, f"/mediations/{desk_door.stage.rows(query)[0][0]}")
        page = case.client.get(case.page).text
        assert f'href="{one.page}"' in page, "a case lists its mediations"
        said = "Yes" if agrees else "No"
        assert re.search(rf"Answer to the mediation.*?<div class=\"body\"[^>]*>\s*{said}\s*<", page, re.DOTALL)
        one.do("act_on_answer")
        assert ("It went out exactly like this" in one.client.get(one.page).text) is agrees
        told = {"payload.other_side": "true", "payload.no_conflict": "true", "payload.on": "2016-09-01"}
        told |= {"payload.mediator": "", "payload.outside": "Ms Roe"}
        one.do(*way, **told)
        made |= one.done
        last = one
    assert "The time to answer has to be over first" in last.client.get(last.page).text
    desk_door.stage.to_day(date(2016, 9, 20))
    last.do("note_no_agreement")
    assert office_moves("mediation", desk_door) == made | last.done


def test_what_a_guard_needs_is_asked_for_and_nothing_else(desk_door: DeskDoor):
    _, one = walked(desk_door)
    one.do("acknowledge", "screen")
    must = {
        trigger: sheet(one.client, one.page, "/moves", trigger=trigger).must
        for trigger in ("decline", "ask", "inquire", "ask_consent", "extend_feedback", "act_on_danger")
    }
    assert must == {
        "decline": {"payload.ground"},
        "ask": {"payload.text"},
        "inquire": set(),
        "ask_consent": {"payload.to", "payload.text", "payload.purpose", "payload.audience"},
        "extend_feedback": {"payload.reason"},
        "act_on_danger": {"payload.reason", "payload.to", "payload.text", "payload.beforehand"},
    }


def test_what_cannot_be_done_says_why_and_has_no_form(desk_door: DeskDoor):
    _, one = walked(desk_door)
    one.do("acknowledge", "screen")
    page = one.client.get(one.page).text
    told = re.findall(r"<li><strong>([^<]*)</strong>: ([^<]*)</li>", page)
    assert ("Pass it on, with consent", SAID.say_key("claim.consent_to_the_exact_text")) in told
    assert ("Go on without the answer", "No question is waiting for an answer.") in told
    assert {form.sent.get("trigger") for form in Sheets(page).forms} & {"refer", "go_on_without_answer"} == set()
    someone_else = browser(desk_door, "alternate").get(one.page).text
    assert "Head answers for it." in someone_else
    assert {form.sent["trigger"] for form in Sheets(someone_else).forms if form.sent.get("trigger")} == {"act_on_danger"}
