"""Nobody goes on with a talk but by her yes: what is asked, answered, and left unanswered; and what ends with a term."""

from datetime import date
from uuid import UUID

import pytest

from actions.choosing import NotInList
from actions.desk_reading import open_matter
from actions.kinds.handing_over import SuccessorGone
from records.matters import NotFound
from tests.fixtures.ombuds_office import OmbudsStage
from tests.fixtures.visitors import Guest, at_desk, come, opened_by


def talking(stage: OmbudsStage, **told: object) -> Guest:
    guest = come(stage, "consultation", understood=True, **told)
    opened_by(stage, "head", guest.matter)
    at_desk(stage, "head", guest.matter, "open_conversation", text="I am listening.")
    return guest


def responsible(stage: OmbudsStage, matter: UUID) -> str:
    (row,) = stage.rows("SELECT person_id FROM responsibility WHERE matter_id = :m AND until_at IS NULL", m=matter)
    return next(who for who, person in stage.people.items() if person == row[0])


def test_her_yes_gives_the_seat_and_only_then_the_talk(ombuds_office: OmbudsStage):
    stage = ombuds_office
    iris = stage.appoint("iris", "case_officer", date(2016, 9, 1))
    guest = talking(stage)
    at_desk(stage, "head", guest.matter, "ask_hand_over", person=iris, text="I leave in December.")
    with pytest.raises(NotFound):
        open_matter(stage.desk, "consultation", guest.matter, by=stage.callers["iris"])
    assert responsible(stage, guest.matter) == "head"
    guest.does("agree_hand_over")
    assert responsible(stage, guest.matter) == "iris"
    assert "Iris" in guest.sees().readers
    opened = open_matter(stage.desk, "consultation", guest.matter, by=stage.callers["iris"])
    assert opened.texts[0].text == "The head of my unit reads my mail."
    at_desk(stage, "iris", guest.matter, "reply", text="I go on.")


def test_a_no_and_silence_leave_it_where_it_is(ombuds_office: OmbudsStage):
    stage = ombuds_office
    iris = stage.appoint("iris", "case_officer", date(2016, 9, 1))
    refused, silent = talking(stage), talking(stage)
    for guest in (refused, silent):
        at_desk(stage, "head", guest.matter, "ask_hand_over", person=iris)
    refused.does("refuse_hand_over")
    stage.to_day(date(2016, 9, 16))
    silent.does("message", text="I was away.")
    assert {responsible(stage, guest.matter) for guest in (refused, silent)} == {"head"}
    assert stage.rows("SELECT count(*) FROM seat WHERE person_id = :p", p=iris) == [(0,)]
    for guest in (refused, silent):
        assert "agree_hand_over" not in guest.sees().moves


def test_s40_whom_she_locked_out_is_never_asked_about(ombuds_office: OmbudsStage):
    stage = ombuds_office
    iris = stage.appoint("iris", "case_officer", date(2016, 9, 1))
    guest = talking(stage, excluded=(iris,))
    before = stage.rows("SELECT version FROM matter")
    with pytest.raises(NotInList):
        at_desk(stage, "head", guest.matter, "ask_hand_over", person=iris)
    assert stage.rows("SELECT version FROM matter") == before


def test_a_yes_to_somebody_who_left_hands_nothing_over(ombuds_office: OmbudsStage):
    stage = ombuds_office
    iris = stage.appoint("iris", "case_officer", date(2016, 9, 1))
    guest = talking(stage)
    at_desk(stage, "head", guest.matter, "ask_hand_over", person=iris)
    stage.rows("UPDATE appointment SET until_on = '2016-09-02' WHERE person_id = :p RETURNING 1", p=iris)
    stage.to_day(date(2016, 9, 2))
    with pytest.raises(SuccessorGone):
        guest.does("agree_hand_over")
    assert stage.rows("SELECT count(*) FROM seat WHERE person_id = :p", p=iris) == [(0,)]
    assert "refuse_hand_over" in guest.sees().moves
