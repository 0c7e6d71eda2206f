"""A consultation: talk that leaves a tally, and becomes a complaint only by her own act."""

from datetime import date

import pytest

from actions.kernel.actor import NotAllowed
from actions.kernel.settle import settle
from actions.seating import NoReader
from records import matters
from records.matters import NotFound
from states.machine import MoveRefused, NoSuchMove
from tests.fixtures.databases import Database
from tests.fixtures.ombuds_office import OmbudsStage, ombuds_house, roster_of
from tests.fixtures.visitors import STATEMENT, Guest, at_desk, come, on_rung, opened_by, secret, state


def talking(stage: OmbudsStage, **told: object) -> Guest:
    """A consultation that the head has opened and talks in."""
    guest = come(stage, "consultation", understood=True, **told)
    opened_by(stage, "head", guest.matter)
    at_desk(stage, "head", guest.matter, "open_conversation", text="I am listening.")
    return guest


def tally(stage: OmbudsStage) -> list[tuple[object, ...]]:
    return stage.rows("SELECT month, kind, outcome, count FROM tally WHERE kind NOT LIKE '%.%' ORDER BY outcome")


def test_it_leaves_nothing_but_a_tally(ombuds_office: OmbudsStage):
    stage = ombuds_office
    one, other = talking(stage), come(stage, "consultation")
    at_desk(stage, "head", one.matter, "discuss_options", text="You could do this, or nothing.")
    at_desk(stage, "head", one.matter, "end", text="Farewell.")
    other.does("stop")
    assert tally(stage) == [(date(2016, 9, 1), "consultation", "ended", 1), (date(2016, 9, 1), "consultation", "stopped", 1)]
    assert {state(stage, guest.matter) for guest in (one, other)} == {"ended"}
    assert [message.text for message in one.sees().messages][-1] == "Farewell."


def test_silence_after_our_word_ends_it_and_is_counted(ombuds_office: OmbudsStage):
    stage = ombuds_office
    guest = talking(stage)
    stage.to_day(date(2016, 10, 14))
    with pytest.raises(NoSuchMove):
        guest.does("message", text="I am back.")
    assert state(stage, guest.matter) == "in_conversation", "a refused act takes what it settled with it"
    with stage.flows.open() as books:
        settle(stage.flows.kinds, books, matters.lock(books, [guest.matter])[guest.matter])
    assert state(stage, guest.matter) == "ended"
    assert tally(stage) == [(date(2016, 10, 1), "consultation", "ended_by_silence", 1)]


def test_talk_begins_when_she_knows_it_is_not_official(ombuds_office: OmbudsStage):
    stage = ombuds_office
    guest = come(stage, "consultation")
    opened_by(stage, "head", guest.matter)
    with pytest.raises(MoveRefused) as refused:
        at_desk(stage, "head", guest.matter, "open_conversation")
    assert refused.value.unmet == ("not_official_is_understood",)
    assert guest.sees().answers[2][0].key == "plain.asked.understand"
    guest.does("understand")
    assert "understand" not in guest.sees().moves
    assert at_desk(stage, "head", guest.matter, "open_conversation").state == "in_conversation"


def test_she_makes_it_official_and_the_same_words_lead_to_the_complaint(ombuds_office: OmbudsStage):
    stage = ombuds_office
    guest = talking(stage, about=secret("The director of my unit"))
    consultation = guest.matter
    guest.does("make_official")
    assert guest.matter != consultation
    assert (state(stage, consultation), guest.kind) == ("became_formal", "complaint")
    seen = guest.sees()
    assert (seen.matter.state, [message.text for message in seen.messages]) == ("submitted", [STATEMENT])
    assert tally(stage) == [(date(2016, 9, 1), "consultation", "became_formal", 1)]
    guest.does("message", text="Please go on.")
    assert stage.rows("SELECT from_id, to_id, type FROM link") == [
        (guest.matter, consultation, "consultation.make_official")
    ]


def test_whoever_heard_her_does_not_get_the_official_complaint(ombuds_office: OmbudsStage):
    stage = ombuds_office
    guest = talking(stage)
    guest.does("make_official")
    readers = guest.sees().readers
    assert "Head" not in readers
    first = on_rung(stage, guest.matter, 0)
    assert first.startswith("officer")
    with pytest.raises(NotFound):
        at_desk(stage, "head", guest.matter, "acknowledge")
    opened_by(stage, first, guest.matter)
    for trigger in ("acknowledge", "screen", "inquire"):
        moved = at_desk(stage, first, guest.matter, trigger)
    assert moved.state == "inquiry"


def test_unless_she_asks_for_the_same_person(ombuds_office: OmbudsStage):
    stage = ombuds_office
    guest = talking(stage)
    guest.does("make_official", same_person=True, statement="Now officially.")
    assert (guest.sees().readers[0], guest.sees().messages[0].text) == ("Head", "Now officially.")
    opened_by(stage, "head", guest.matter)
    for trigger in ("acknowledge", "screen", "inquire"):
        moved = at_desk(stage, "head", guest.matter, trigger)
    assert moved.state == "inquiry"


def test_whom_she_excluded_before_stays_excluded(ombuds_office: OmbudsStage):
    stage = ombuds_office
    ticked = stage.people["officer_a"]
    guest = come(stage, "consultation", excluded=(ticked,), must_not_see=secret("nor the alternate"))
    guest.does("make_official")
    assert set(guest.sees().readers) <= {"Head", "Officer B"}
    assert stage.rows("SELECT count(*) FROM seat WHERE person_id = :p", p=ticked) == [(0,)]


def test_with_nobody_else_there_it_stays_a_consultation(ombuds: Database):
    with ombuds_house(ombuds, roster_of(1)) as stage:
        guest = talking(stage, excluded=(stage.people["alternate"],))
        consultation = guest.matter
        with pytest.raises(NoReader):
            guest.does("make_official")
        assert (guest.matter, state(stage, consultation)) == (consultation, "in_conversation")
        assert tally(stage) == []
        guest.does("make_official", same_person=True)
        assert guest.sees().readers == ("Head",)


def test_the_office_cannot_make_it_official(ombuds_office: OmbudsStage):
    guest = talking(ombuds_office)
    with pytest.raises(NotAllowed):
        at_desk(ombuds_office, "head", guest.matter, "make_official")
    assert ombuds_office.rows("SELECT count(*) FROM matter") == [(1,)]
