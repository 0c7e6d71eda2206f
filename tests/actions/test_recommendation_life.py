"""A recommendation: from its case's findings to what became of it."""

from datetime import date
from uuid import UUID

import pytest

from actions.sealing import Reader
from records import sealed, seats
from records.matters import NotFound
from records.vault import DRAFT
from states.machine import MoveRefused
from tests.fixtures.ombuds_office import OmbudsStage
from tests.fixtures.visitors import Guest, at_desk, come, on_rung, opened_by, state


@pytest.fixture
def guest(ombuds_office: OmbudsStage) -> Guest:
    """A complaint with findings and a recommendation in draft."""
    stage, guest = ombuds_office, come(ombuds_office)
    opened_by(stage, "head", guest.matter)
    for trigger in ("acknowledge", "screen", "inquire"):
        at_desk(stage, "head", guest.matter, trigger)
    at_desk(stage, "head", guest.matter, "draft", text="So it is.")
    at_desk(stage, "head", guest.matter, "conclude_without_names", text="So it is.", names_nobody=True)
    at_desk(stage, "head", guest.matter, "recommend", text="A draft.")
    return guest


def recommendation(stage: OmbudsStage) -> UUID:
    ((found,),) = stage.rows("SELECT id FROM matter WHERE kind = 'recommendation'")
    return UUID(str(found))


def issued(guest: Guest) -> UUID:
    """The recommendation, after she agreed to its text and it went out."""
    stage, matter = guest.stage, recommendation(guest.stage)
    for_it = {"purpose": "issue", "audience": "head_of_house"}
    at_desk(stage, "head", guest.matter, "ask_consent", to="The Secretary", text="Move her desk.", **for_it)
    consent = guest.sees().consents[0].id
    guest.does("consent", consent=consent)
    at_desk(stage, "head", matter, "issue", consent=consent)
    return matter


def texts(stage: OmbudsStage, who: str, matter: UUID) -> list[tuple[str, str]]:
    """What somebody at the desk can open of a recommendation: visibility and text."""
    with stage.desk.open() as books:
        actor = stage.callers[who].enter(books, matter)
        reader = Reader(books, matter, actor)
        return [(row.visibility, reader.open(row, DRAFT).text) for row in sealed.texts(books, matter, ["draft"])]


def test_what_goes_out_is_the_text_she_agreed_to_whatever_the_draft_says(guest: Guest):
    matter = issued(guest)
    assert texts(guest.stage, "head", matter) == [
        ("office", '{"to": "", "text": "A draft."}'),
        ("served", '{"to": "The Secretary", "text": "Move her desk."}'),
    ]
    assert guest.sees().consents[0].status == "used"
    with pytest.raises(MoveRefused) as refused:
        guest.does("take_back_consent", consent=guest.sees().consents[0].id)
    assert refused.value.unmet == ("a_consent_stands",)


def test_without_an_addressee_and_a_yes_it_does_not_go_out(guest: Guest):
    stage, matter = guest.stage, recommendation(guest.stage)
    with pytest.raises(MoveRefused) as refused:
        at_desk(stage, "head", matter, "issue")
    assert refused.value.unmet == ("an_addressee_is_named", "consent_to_the_exact_text")
    at_desk(stage, "head", matter, "revise", text="Another.", to="The Secretary")
    with pytest.raises(MoveRefused) as refused:
        at_desk(stage, "head", matter, "issue")
    assert refused.value.unmet == ("consent_to_the_exact_text",)
    assert state(stage, matter) == "drafted"


def test_silence_is_no_reply_and_a_late_yes_is_still_a_yes(guest: Guest):
    stage, matter = guest.stage, issued(guest)
    stage.to_day(date(2016, 10, 3))
    at_desk(stage, "head", matter, "accept", text="Yes.", on=date(2016, 10, 3))
    triggers = "SELECT trigger FROM event WHERE matter_id = :m ORDER BY seq"
    assert [row[0] for row in stage.rows(triggers, m=matter)] == ["open", "issue", "pass_without_reply", "accept"]
    assert stage.rows("SELECT reply_on FROM recommendation") == [(date(2016, 10, 3),)]
    with pytest.raises(MoveRefused) as refused:
        at_desk(stage, "head", matter, "start_follow_up", by=date(2016, 12, 1))
    assert refused.value.unmet == ("what_they_promised_is_written",)
    at_desk(stage, "head", matter, "start_follow_up", text="They will move it.", by=date(2016, 12, 1))
    assert stage.rows("SELECT promised_by FROM recommendation") == [(date(2016, 12, 1),)]
    with pytest.raises(MoveRefused) as refused:
        at_desk(stage, "head", matter, "confirm_implemented")
    assert refused.value.unmet == ("the_outcome_is_on_file",)
    assert at_desk(stage, "head", matter, "confirm_implemented", text="It was done.").state == "implemented"


def test_the_case_s_people_have_the_seats_and_she_has_none(guest: Guest):
    stage, matter = guest.stage, recommendation(guest.stage)
    other = on_rung(stage, guest.matter, 1)
    assert texts(stage, other, matter)[0][1] == '{"to": "", "text": "A draft."}'
    with stage.as_owner.open() as books:
        assert seats.own(books, matter, None) is None
    assert stage.rows("SELECT 1 FROM receipt WHERE matter_id = :m", m=matter) == []
    (outside,) = {"officer_a", "officer_b"} - {other}
    with pytest.raises(NotFound):
        at_desk(stage, outside, matter, "close", reason="No.")


def test_closing_needs_a_reason(guest: Guest):
    stage, matter = guest.stage, recommendation(guest.stage)
    with pytest.raises(MoveRefused) as refused:
        at_desk(stage, "head", matter, "close")
    assert refused.value.unmet == ("a_ground_is_given",)
    assert at_desk(stage, "head", matter, "close", reason="Overtaken.").state == "closed"


@pytest.mark.parametrize("way", ["withdraw_stop", "withdraw_forget"])
def test_it_ends_with_its_case(guest: Guest, way: str):
    matter = issued(guest)
    guest.does(way)
    assert state(guest.stage, matter) == "closed"
