"""What she sees of a mediation when she came back: what is asked, that it is voluntary and stops no limit, and how to stop it."""

import re
from html import unescape
from uuid import UUID

from tests.api.test_page_bridge import Forms
from tests.fixtures.coming_back import MOVES, browser, done, here, read
from tests.fixtures.intake_door import IntakeDoor
from tests.fixtures.visitors import at_desk, come, state
from web.messages import Messages

TO, TEXT = "The head of unit", "Would you talk with her, with somebody's help?"


def said(key: str) -> str:
    return Messages("en").say_key(key)


def button(page: str, trigger: str, agrees: str = "") -> dict[str, str]:
    """The fields of a form about a mediation."""
    wanted = {"trigger": trigger} | ({"payload.agrees": agrees} if agrees else {})
    return next(told for to, told in Forms(page).forms if to == MOVES and wanted.items() <= told.items())


def test_she_is_asked_answers_otherwise_agrees_and_stops_it(intake_door: IntakeDoor):
    stage, guest = intake_door.stage, come(intake_door.stage)
    client, handler = browser(intake_door, guest.words), read(intake_door, guest)
    assert said("back.mediation.heading") not in here(client).text
    at_desk(stage, handler, guest.matter, "screen")
    at_desk(stage, handler, guest.matter, "propose_mediation", to=TO, text=TEXT)
    mediation = UUID(str(stage.rows("SELECT id FROM matter WHERE kind = 'mediation'")[0][0]))

    page = unescape(here(client).text)
    for key in ("what", "limits", "apart", "erased"):
        assert said(f"back.mediation.{key}") in page, "before she relies on it"
    assert f"If you say yes, we tell {TO} exactly this: «{TEXT}». Nothing else is passed on." in page
    assert "You may say no without a reason. If you do not answer by" in page
    assert "We propose a mediation and ask for your yes or no, by" in page
    assert said("plain.stop.answer_mediation") in page
    why = intake_door.get(guest.words).json()["mediations"][0]["explanation"]
    assert why != []
    assert [line for line in why if line not in page] == [], "a date says why it is this one"
    looks = [
        re.findall(f'name="payload.agrees" value="{one}">.*?<button (.*?)>', here(client).text, re.DOTALL)
        for one in ("true", "false")
    ]
    assert looks[0] == looks[1] != [], "no is as easy as yes"

    page = unescape(done(client, MOVES, button(here(client).text, "answer_mediation", "false")).text)
    assert said("back.mediation.said.no") in page
    assert "ask for your yes or no" not in page, "asked once"
    assert guest.sees().consents == (), "no consent says who said no"
    page = unescape(done(client, MOVES, button(here(client).text, "answer_mediation", "true")).text)
    assert said("back.mediation.said.yes") in page
    assert said("back.mediation.change") in page

    at_desk(stage, handler, mediation, "act_on_answer")
    at_desk(stage, handler, mediation, "agree", other_side=True)
    page = unescape(here(client).text)
    assert said("plain.mediation.agreed") in page
    assert said("back.mediation.stop_about") in page
    assert said("back.mediation.limits") in page
    assert said("plain.stop.stop_mediation") in page
    page = unescape(done(client, MOVES, button(page, "stop_mediation")).text)
    assert state(stage, mediation) == "stopped"
    assert said("plain.mediation.stopped") in page
    assert said("back.mediation.stop_about") not in page
    told = intake_door.get(guest.words).json()["mediations"][0]
    assert (told["state"], told["agrees"], told["said"], told["to"], told["text"]) == ("stopped", None, [], TO, TEXT)
