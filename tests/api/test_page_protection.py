"""Pages of being watched over: every move at the desk by its form; at the intake the question, and what she can say to it."""

import re
from html import unescape

from actions.front import Answers
from actions.kinds.sealed import MayTell
from tests.api.test_page_case_moves import consented, office_moves
from tests.fixtures.coming_back import MOVES, browser, done, forms, here
from tests.fixtures.desk_door import DeskDoor, come, she
from tests.fixtures.intake_door import IntakeDoor
from tests.fixtures.sheets import Walk, sheet, walked
from tests.fixtures.visitors import at_desk, opened_by
from tests.fixtures.visitors import come as arrive
from web.messages import Messages

pytest_plugins = ("tests.fixtures.desk_door",)
SAY = Messages("en").say_key


def test_every_move_of_a_protection_can_be_made_by_its_form(desk_door: DeskDoor):
    came, case = walked(desk_door, answers=Answers(afraid="yes"))
    first = unescape(case.client.get(case.page).text)
    assert SAY("case.ticked.afraid") in first
    assert SAY("case.clock.complaint.protection_answer") in first
    case.do("acknowledge", "watch_over")
    new = come(desk_door.stage)
    ((matter,),) = desk_door.stage.rows("SELECT id FROM matter WHERE kind = 'protection'")
    one = Walk(desk_door, case.client, f"/protections/{matter}")
    assert f'href="{one.page}"' in case.client.get(case.page).text, "the case lists it"
    one.do("propose")
    consented(desk_door, case, came, "ask_measures")
    one.do("ask_measures", "note_granted", "look_again", "watch_on", "look_again", "propose")
    consented(desk_door, case, came, "ask_measures")
    one.do("ask_measures", "note_refused", "note_harm")
    consented(desk_door, case, came, "refer_harm")
    one.do("refer_harm", "note_harm")
    one.do("note_new_matter", **{"payload.case": str(new.id)})
    she(desk_door.stage, came, "it_happened", MayTell())
    assert SAY("state.protection.harm_told") in case.client.get(one.page).text
    assert new.id not in [str(one) for one in sheet(one.client, one.page, "/moves", trigger="note_new_matter").options]
    one.do("find_unneeded")
    assert office_moves("protection", desk_door) == one.done
    shown = re.sub(r"<[^>]*>", " ", case.client.get(one.page).text)
    assert SAY("state.protection.no_longer_needed") in shown
    assert SAY("move.protection.hear_of_harm") in shown


def test_she_is_asked_on_her_page_and_answers_there(intake_door: IntakeDoor):
    stage, guest = intake_door.stage, arrive(intake_door.stage)
    client = browser(intake_door, guest.words)
    before = here(client).text
    assert "it_happened" in before
    assert "stop_asking" not in before
    opened_by(stage, "head", guest.matter)
    for trigger, more in (("acknowledge", {}), ("screen", {}), ("decline", {"ground": "premature"})):
        at_desk(stage, "head", guest.matter, trigger, **more)
    page = unescape(here(client).text)
    assert SAY("back.worse.heading") in page
    assert "Saturday, October 1, 2016" in page or "1 October 2016" in page, "when she is asked again"
    assert SAY("plain.asked.worse") not in page, "not yet"
    page = done(client, MOVES, forms(here(client).text, "nothing_happened")).text
    page = done(client, MOVES, forms(page, "it_happened") | {"payload.text": "He shouts."}).text
    assert "He shouts." in page
    assert SAY("back.what.it_happened") in unescape(page)
    assert SAY("clock.complaint.protection_answer") in unescape(page)
    page = done(client, MOVES, forms(page, "stop_asking")).text
    assert "stop_asking" not in page
    assert "it_happened" in page
