"""A complaint from the first word to its end, as the roles of intake and desk, under their grants and row-level security."""

from datetime import date

import pytest

from actions.kernel.actor import NotAllowed
from actions.kinds.consenting import ConsentPending
from actions.seating import NoReader
from records.matters import NotFound
from states.machine import MoveRefused, NoSuchMove
from tests.fixtures.databases import Database
from tests.fixtures.ombuds_office import OmbudsStage, ombuds_house, roster_of
from tests.fixtures.visitors import REFERRAL, Guest, at_desk, come, on_rung, opened_by, state


def taken_up(stage: OmbudsStage, who: str = "head", **told: object) -> Guest:
    """A complaint in inquiry."""
    guest = come(stage, **told)
    opened_by(stage, who, guest.matter)
    for trigger in ("acknowledge", "screen", "inquire"):
        at_desk(stage, who, guest.matter, trigger)
    return guest


def agreed(
    stage: OmbudsStage, guest: Guest, text: str = "She says so.", to: str = "The head of unit", purpose: str = "serve_draft"
) -> str:
    """A consent she gave."""
    at_desk(stage, "head", guest.matter, "ask_consent", to=to, text=text, purpose=purpose, audience="head_of_unit")
    consent = guest.sees().consents[-1]
    assert (consent.to, consent.text, consent.status) == (to, text, "asked")
    guest.does("consent", consent=consent.id)
    return str(consent.id)


def events(stage: OmbudsStage, guest: Guest) -> list[object]:
    query = "SELECT trigger FROM event WHERE matter_id = :m ORDER BY seq"
    return [row[0] for row in stage.rows(query, m=guest.matter)]


def test_a_complaint_goes_the_whole_way(ombuds_office: OmbudsStage):
    stage = ombuds_office
    guest = taken_up(stage)
    at_desk(stage, "head", guest.matter, "ask", text="On which day?")
    assert guest.sees().answers[2][0].key == "plain.asked.question"
    guest.does("answer", text="On Monday.")
    at_desk(stage, "head", guest.matter, "draft", text="He did.")
    at_desk(stage, "head", guest.matter, "serve_draft", consent=agreed(stage, guest))
    at_desk(stage, "head", guest.matter, "draft_answered", text="I did not.", on=date(2016, 9, 1))
    at_desk(stage, "head", guest.matter, "conclude", text="He did all the same.")
    at_desk(stage, "head", guest.matter, "give_feedback", text="We found that he did.")
    at_desk(stage, "head", guest.matter, "recommend", text="Stop it.", to="The head of unit")
    at_desk(stage, "head", guest.matter, "follow_up")
    at_desk(stage, "head", guest.matter, "close", ground="followed_up", text="He stopped.")
    seen = guest.sees()
    assert seen.matter.state == "closed"
    assert [message.text for message in seen.messages] == [
        "The head of my unit reads my mail.",
        "On which day?",
        "On Monday.",
        "We found that he did.",
        "He stopped.",
    ]
    assert "He did all the same." not in str([message.text for message in seen.messages])


def test_a_recommendation_goes_out_only_with_the_text_she_agreed_to(ombuds_office: OmbudsStage):
    stage = ombuds_office
    guest = taken_up(stage)
    at_desk(stage, "head", guest.matter, "draft", text="So it is.")
    at_desk(stage, "head", guest.matter, "conclude_without_names", text="So it is.", names_nobody=True)
    at_desk(stage, "head", guest.matter, "recommend", text="A first draft.", to="Human Resources")
    (row,) = stage.rows("SELECT id FROM matter WHERE kind = 'recommendation'")
    recommendation = row[0]
    with pytest.raises(MoveRefused) as refused:
        at_desk(stage, "head", recommendation, "issue")
    assert refused.value.unmet == ("consent_to_the_exact_text",)
    consent = agreed(stage, guest, "Move her desk.", "Human Resources", "issue")
    at_desk(stage, "head", recommendation, "issue", consent=consent)
    assert state(stage, recommendation) == "issued"
    with pytest.raises(MoveRefused):  # used up
        at_desk(stage, "head", guest.matter, "serve_findings", consent=consent)
    with pytest.raises(MoveRefused):
        at_desk(stage, "head", recommendation, "accept", text="Yes.")
    at_desk(stage, "head", recommendation, "accept", text="Yes.", on=date(2016, 9, 1))
    assert state(stage, recommendation) == "accepted"
    seats = "SELECT holder, person_id FROM seat WHERE matter_id = :m"
    office = {row for row in stage.rows(seats, m=guest.matter) if row[0] != "visitor"}
    assert set(stage.rows(seats, m=recommendation)) == office


def test_stopping_everything_ends_her_recommendations_too(ombuds_office: OmbudsStage):
    stage = ombuds_office
    guest = taken_up(stage)
    at_desk(stage, "head", guest.matter, "draft", text="So it is.")
    at_desk(stage, "head", guest.matter, "conclude_without_names", text="So it is.", names_nobody=True)
    at_desk(stage, "head", guest.matter, "recommend", text="Stop it.", to="Human Resources")
    guest.does("withdraw_stop")
    assert state(stage, guest.matter) == "withdrawn"
    assert stage.rows("SELECT state FROM matter WHERE kind = 'recommendation'") == [("closed",)]
    running = "SELECT count(*) FROM clock WHERE status = 'running' AND name <> 'protection_watch' AND name NOT LIKE '%check_in'"
    assert stage.rows(running) == [(0,)]


def test_nobody_acknowledges_what_nobody_read(ombuds_office: OmbudsStage):
    guest = come(ombuds_office)
    with pytest.raises(MoveRefused) as refused:
        at_desk(ombuds_office, "head", guest.matter, "acknowledge")
    assert refused.value.unmet == ("a_person_has_read_it",)
    assert events(ombuds_office, guest) == ["open"]


@pytest.mark.parametrize("answer", ["refuse_consent", "take_back_consent"])
def test_nothing_is_passed_on_after_a_no(ombuds_office: OmbudsStage, answer: str):
    stage = ombuds_office
    guest = taken_up(stage)
    at_desk(stage, "head", guest.matter, "ask_consent", to="The Secretary", text="This.", **REFERRAL)
    consent = guest.sees().consents[0].id
    if answer == "take_back_consent":
        guest.does("consent", consent=consent)
    guest.does(answer, consent=consent)
    with pytest.raises(MoveRefused) as refused:
        at_desk(stage, "head", guest.matter, "refer", consent=consent)
    assert refused.value.unmet == ("consent_to_the_exact_text",)
    assert state(stage, guest.matter) == "inquiry"


def test_a_consent_of_another_matter_is_none(ombuds_office: OmbudsStage):
    stage = ombuds_office
    one, other = taken_up(stage), taken_up(stage)
    consent = agreed(stage, one, purpose="refer")
    with pytest.raises(MoveRefused):
        at_desk(stage, "head", other.matter, "refer", consent=consent)
    with pytest.raises(MoveRefused):
        other.does("take_back_consent", consent=consent)
    assert stage.rows("SELECT status FROM consent") == [("given",)]


def test_silence_is_a_no(ombuds_office: OmbudsStage):
    stage = ombuds_office
    guest = taken_up(stage)
    at_desk(stage, "head", guest.matter, "ask_consent", to="The Secretary", text="This.", **REFERRAL)
    stage.to_day(date(2016, 9, 20))
    with pytest.raises(MoveRefused):
        at_desk(stage, "head", guest.matter, "refer", consent=guest.sees().consents[0].id)
    at_desk(stage, "head", guest.matter, "reply", text="Then not.")
    assert [consent.status for consent in guest.sees().consents] == ["lapsed"]


def test_one_text_at_a_time_is_before_her(ombuds_office: OmbudsStage):
    guest = taken_up(ombuds_office)
    at_desk(ombuds_office, "head", guest.matter, "ask_consent", to="A", text="This.", **REFERRAL)
    with pytest.raises(ConsentPending):
        at_desk(ombuds_office, "head", guest.matter, "ask_consent", to="B", text="That.", **REFERRAL)
    assert len(guest.sees().consents) == 1
    assert len(ombuds_office.rows("SELECT 1 FROM sealed_text WHERE slot = 'draft'")) == 1


def test_who_was_served_is_heard_or_had_the_whole_time(ombuds_office: OmbudsStage):
    stage = ombuds_office
    guest = taken_up(stage)
    at_desk(stage, "head", guest.matter, "draft", text="He did.")
    at_desk(stage, "head", guest.matter, "serve_draft", consent=agreed(stage, guest))
    stage.to_day(date(2016, 9, 29))  # 20 working days from 2016-09-01, Labour Day left out: until 2016-09-30
    with pytest.raises(MoveRefused) as refused:
        at_desk(stage, "head", guest.matter, "conclude", text="So.")
    assert refused.value.unmet == ("those_named_were_heard",)
    stage.to_day(date(2016, 10, 3))
    assert at_desk(stage, "head", guest.matter, "conclude", text="So.").state == "findings"


def test_a_second_look_is_taken_by_somebody_else(ombuds_office: OmbudsStage):
    stage = ombuds_office
    guest = come(stage)
    opened_by(stage, "head", guest.matter)
    at_desk(stage, "head", guest.matter, "acknowledge")
    at_desk(stage, "head", guest.matter, "screen")
    at_desk(stage, "head", guest.matter, "decline", ground="out_of_remit", text="We may not look at this.")
    keys = [said.key for said in guest.sees().answers[1]]
    assert keys[:3] == ["plain.complaint.declined", "plain.next.reason", "plain.next.second_look"]
    guest.does("request_review", text="Please look again.")
    with pytest.raises(NotAllowed):
        at_desk(stage, "head", guest.matter, "uphold")
    other = on_rung(stage, guest.matter, 1)
    moved = at_desk(stage, other, guest.matter, "reopen", text="We look again.")
    assert moved.state == "reopened"


def test_a_decision_without_a_ground_names_what_is_missing(ombuds_office: OmbudsStage):
    stage = ombuds_office
    guest = taken_up(stage)
    with pytest.raises(MoveRefused) as refused:
        at_desk(stage, "head", guest.matter, "close", text="Enough.")
    assert refused.value.unmet == ("a_ground_is_given",)
    with pytest.raises(MoveRefused) as refused:
        at_desk(stage, "head", guest.matter, "suspend")
    assert refused.value.unmet == ("a_reason_is_given",)
    assert stage.rows("SELECT count(*) FROM sealed_text WHERE slot = 'message'") == [(0,)]


def test_danger_is_acted_on_by_a_whole_record_that_she_can_read(ombuds_office: OmbudsStage):
    stage = ombuds_office
    guest = come(stage)
    other = on_rung(stage, guest.matter, 1)
    with pytest.raises(MoveRefused):
        at_desk(stage, other, guest.matter, "act_on_danger")
    told = {"reason": "You wrote of a weapon.", "to": "The police", "text": "Go there.", "beforehand": "We could not reach you."}
    with pytest.raises(MoveRefused) as refused:
        at_desk(stage, other, guest.matter, "act_on_danger", reason="You wrote of a weapon.")
    assert refused.value.unmet == ("what_is_told_to_whom_is_written", "it_is_written_whether_she_was_told_first")
    assert stage.rows("SELECT count(*) FROM sealed_text WHERE slot = 'message'") == [(0,)]
    at_desk(stage, other, guest.matter, "act_on_danger", **told)
    shown = [(one.what, one.text) for one in guest.sees().messages[-4:]]
    assert shown == [
        ("act_on_danger.reason", told["reason"]),
        ("act_on_danger.to", told["to"]),
        ("act_on_danger", told["text"]),
        ("act_on_danger.beforehand", told["beforehand"]),
    ]
    assert stage.rows("SELECT facts ->> 'told_first' FROM event WHERE trigger = 'act_on_danger'") == [("false",)]
    assert stage.rows("SELECT mark FROM case_mark") == [("acted_on_danger",)]


def test_going_on_without_her_asks_her_nothing_more(ombuds_office: OmbudsStage):
    stage = ombuds_office
    guest = taken_up(stage)
    at_desk(stage, "head", guest.matter, "ask_consent", to="A", text="This.", **REFERRAL)
    guest.does("withdraw_leave")
    with pytest.raises(MoveRefused) as refused:
        at_desk(stage, "head", guest.matter, "ask", text="And?")
    assert refused.value.unmet == ("she_still_takes_part",)
    assert [consent.status for consent in guest.sees().consents] == ["lapsed"]


def test_forgetting_takes_the_office_its_keys_at_once(ombuds_office: OmbudsStage):
    stage = ombuds_office
    guest = taken_up(stage)
    guest.does("withdraw_forget")
    with pytest.raises(NotFound):
        at_desk(stage, "head", guest.matter, "reply", text="Wait.")
    kept = "SELECT holder FROM seat WHERE matter_id = :m AND until_at IS NULL ORDER BY 1"
    assert stage.rows(kept, m=guest.matter) == [("recovery",), ("visitor",)]
    gone = "SELECT length(key_sealed), identity_key_sealed FROM seat WHERE holder = 'person'"
    assert set(stage.rows(gone)) == {(0, None)}
    assert guest.sees().matter.state == "withdrawn"


def test_s15_no_seat_is_not_found(ombuds_office: OmbudsStage):
    guest = taken_up(ombuds_office)
    (other,) = {"officer_a", "officer_b"} - {on_rung(ombuds_office, guest.matter, 1)}
    with pytest.raises(NotFound):
        at_desk(ombuds_office, other, guest.matter, "reply", text="Hello.")
    assert events(ombuds_office, guest)[-1] == "inquire"


def test_what_she_cannot_do_is_not_hers(ombuds_office: OmbudsStage):
    guest = taken_up(ombuds_office)
    with pytest.raises(NotAllowed):
        guest.does("close", ground="settled")
    with pytest.raises(NoSuchMove):
        guest.does("request_review")
    assert state(ombuds_office, guest.matter) == "inquiry"


@pytest.mark.parametrize(("size", "handler"), [(1, "head"), (2, "head"), (4, "head")])
def test_who_gets_a_seat_in_offices_of_every_size(ombuds: Database, size: int, handler: str):
    with ombuds_house(ombuds, roster_of(size)) as stage:
        guest = come(stage)
        seated = "SELECT left(p.name, 7), s.rung FROM seat s JOIN person p ON p.id = s.person_id ORDER BY s.rung"
        expected = [("Head", 0), ("Officer", 1), ("Alterna", 2)]
        assert stage.rows(seated) == [one for one in expected if size > 1 or one[0] != "Officer"]
        opened_by(stage, handler, guest.matter)
        assert at_desk(stage, handler, guest.matter, "acknowledge").state == "acknowledged"


@pytest.mark.parametrize("size", [1, 2, 4])
def test_a_complaint_about_the_head_goes_to_the_alternate_alone(ombuds: Database, size: int):
    """S33, S42: nobody who works under the head gets a seat either."""
    with ombuds_house(ombuds, roster_of(size)) as stage:
        guest = come(stage, excluded=(stage.people["head"],))
        assert guest.received.readers == ("Alternate",)
        assert stage.rows("SELECT person_id FROM seat WHERE holder = 'person'") == [(stage.people["alternate"],)]
        assert stage.rows("SELECT person_id FROM responsibility") == [(stage.people["alternate"],)]


def test_whoever_is_there_handles(ombuds_office: OmbudsStage):
    ombuds_office.absent("head", date(2016, 8, 1), date(2016, 12, 1))
    guest = come(ombuds_office)
    assert set(guest.received.readers) == {"Officer A", "Officer B", "Alternate"}
    first = on_rung(ombuds_office, guest.matter, 0)
    assert first.startswith("officer")
    assert ombuds_office.rows("SELECT person_id FROM responsibility") == [(ombuds_office.people[first],)]


def test_s04_with_nobody_left_filing_fails_closed(ombuds_office: OmbudsStage):
    stage = ombuds_office
    everybody = tuple(stage.people[who] for who in ("head", "officer_a", "officer_b", "alternate"))
    with pytest.raises(NoReader):
        come(stage, excluded=everybody)
    for table in ("matter", "receipt", "seat", "sealed_text", "event", "ledger_entry", "responsibility"):
        assert stage.rows(f"SELECT count(*) FROM {table}") == [(0,)], table
