"""Several people, one matter: all must agree, each can leave, and one who comes for another waits for that person."""

import pytest

from actions.coming import OnlyAlone
from actions.desk_reading import identity_of
from actions.joining import look_in
from actions.kinds.times import TimeOfAnother
from records import sealed, seats
from records.matters import NotFound
from records.vault import NotThisRow, Unreadable, open_seat, seat_context
from states.machine import MoveRefused
from tests.fixtures.groups import asked, code_of, joins, said, taken_up, three, unmet
from tests.fixtures.ombuds_office import OmbudsStage
from tests.fixtures.talking import offer_times
from tests.fixtures.visitors import STATEMENT, at_desk, come, secret, state


def test_a_consent_stands_when_each_has_said_yes_and_nobody_learns_who_said_no(ombuds_office: OmbudsStage):
    stage = ombuds_office
    first, second, third = three(stage)
    taken_up(stage, first)
    consent = asked(stage, first)
    first.does("consent", consent=consent)
    assert (said(first, consent), said(second, consent)) == ("agreed", "asked")
    assert first.sees().answers[2][0].key == "group.asked.you_agreed"
    with pytest.raises(MoveRefused) as caught:
        first.does("consent", consent=consent)
    assert unmet(caught) == ("she_has_not_agreed_yet",)
    second.does("consent", consent=consent)
    third.does("refuse_consent", consent=consent)
    for guest in (first, second, third):
        assert said(guest, consent) == "refused"
    assert stage.rows("SELECT count(*) FROM consent_voice") == [(0,)]
    told = stage.rows("SELECT trigger, by_person, facts FROM event WHERE trigger IN ('say_yes', 'refuse_consent') ORDER BY seq")
    assert [(row[0], row[1], sorted(row[2])) for row in told] == [
        ("say_yes", None, ["consent"]),
        ("say_yes", None, ["consent"]),
        ("refuse_consent", None, ["consent"]),
    ]
    again = asked(stage, first)
    for guest in (third, first):
        guest.does("consent", consent=again)
        assert stage.rows("SELECT status FROM consent WHERE id = :c", c=again) == [("asked",)]
    second.does("consent", consent=again)
    assert said(first, again) == "given"
    third.does("take_back_consent", consent=again)
    with pytest.raises(MoveRefused):
        at_desk(stage, "head", first.matter, "refer", consent=again)
    last = asked(stage, first)
    for guest in (first, second, third):
        guest.does("consent", consent=last)
    at_desk(stage, "head", first.matter, "refer", consent=last)
    assert state(stage, first.matter) == "referred"


def test_who_leaves_takes_words_seat_and_name_with_them_and_the_others_go_on(ombuds_office: OmbudsStage):
    stage = ombuds_office
    first, second, third = three(stage)
    taken_up(stage, first)
    consent = asked(stage, first)
    for guest in (first, second, third):
        guest.does("consent", consent=consent)
    second.does("message", text="Hers alone.")
    with pytest.raises(MoveRefused) as caught:
        second.does("withdraw_forget")
    assert unmet(caught) == ("nobody_else_is_in_it",)
    old_pair, old_locator = second.visitor.pair, second.visitor.locator
    second.does("leave_group", forget=True)
    with pytest.raises(NotFound):
        second.sees()
    assert [m.text for m in first.sees().messages] == [STATEMENT]
    assert first.sees().consents[-1].status == "lapsed"
    assert first.sees().together.people == 2
    first.does("message", text="After.")
    assert [m.text for m in third.sees().messages] == [STATEMENT, "After."]
    with stage.as_owner.open() as books:
        assert len(sealed.identities(books, first.matter)) == 1
        assert seats.led_to(books, old_locator) is None
        live = seats.of_matter(books, first.matter)
        newest = seats.epochs(books, first.matter)[0].number
        for seat in live:
            with pytest.raises((Unreadable, NotThisRow)):
                open_seat(old_pair, seat.key_sealed, seat_context(seat.id, first.matter, seat.epoch))
        assert sum(seat.holder == "visitor" and seat.epoch == newest for seat in live) == 2
    gone = "SELECT DISTINCT length(key_sealed) FROM seat s JOIN comer c ON c.id = s.comer_id WHERE NOT c.here"
    assert stage.rows(gone) == [(0,)]
    matter = first.matter
    first.does("leave_group")
    assert [m.text for m in third.sees().messages] == [STATEMENT, "After."], "what she wrote stays if she only leaves"
    with stage.as_owner.open() as books:
        assert sealed.identities(books, matter) == []
    with pytest.raises(MoveRefused) as caught:
        third.does("leave_group")
    assert unmet(caught) == ("others_stay_in_it",)
    third.does("withdraw_stop")
    assert state(stage, third.matter) == "withdrawn"


def test_one_comes_for_another_and_nothing_goes_on_before_that_person_agrees(ombuds_office: OmbudsStage):
    stage = ombuds_office
    rep = come(stage, comes="for_another", identity=secret("A friend"))
    assert rep.sees().answers[1][-2].key == "group.waits_for_person"
    taken_up(stage, rep)
    with pytest.raises(MoveRefused) as caught:
        at_desk(stage, "head", rep.matter, "inquire")
    assert unmet(caught) == ("the_person_concerned_agrees",)
    consent = asked(stage, rep)
    rep.does("consent", consent=consent)
    with pytest.raises(MoveRefused) as caught:
        at_desk(stage, "head", rep.matter, "refer", consent=consent)
    assert "the_person_concerned_agrees" in unmet(caught)
    code = code_of(rep)
    assert look_in(stage.intake, code).part == "concerned"
    with pytest.raises(MoveRefused) as caught:
        code_of(rep)
    assert unmet(caught) == ("there_is_room_for_one_more",)
    hers = joins(stage, code, identity=secret("Herself"))
    assert hers.sees().consents[-1].status == "lapsed", "what another said yes to is asked anew"
    at_desk(stage, "head", rep.matter, "inquire")
    with pytest.raises(MoveRefused) as caught:
        rep.does("withdraw_stop")
    assert unmet(caught) == ("nobody_else_is_in_it",)
    with pytest.raises(MoveRefused) as caught:
        rep.does("take_over")
    assert unmet(caught) == ("somebody_came_for_her",)
    hers.does("take_over")
    with pytest.raises(NotFound):
        rep.sees()
    by = stage.callers["head"]
    names = [identity_of(stage.desk, "complaint", hers.matter, by=by, person=number) for number in (1, 2)]
    assert names == [None, "Herself"]
    hers.does("message", text="I go on.")
    assert hers.sees().messages[-1].text == "I go on."


def test_if_the_person_concerned_stops_it_ends_for_who_came_for_them(ombuds_office: OmbudsStage):
    stage = ombuds_office
    rep = come(stage, comes="for_another")
    taken_up(stage, rep)
    at_desk(stage, "head", rep.matter, "reply", text="We wait for them.")
    hers = joins(stage, code_of(rep))
    hers.does("withdraw_stop")
    assert state(stage, hers.matter) == "withdrawn"
    with pytest.raises(NotFound):
        rep.sees()
    declined = come(stage, comes="for_another")
    taken_up(stage, declined)
    at_desk(stage, "head", declined.matter, "decline", ground="not_properly_made", text="They have to come.")
    assert state(stage, declined.matter) == "declined"


def test_one_act_for_several(ombuds_office: OmbudsStage):
    """What one person's act means for the group: `docs/decisions/0072-several-people.md`."""
    stage = ombuds_office
    first, second, _ = three(stage)
    taken_up(stage, first)
    with pytest.raises(MoveRefused) as caught:
        at_desk(stage, "head", first.matter, "propose_mediation", to="A", text="B")
    assert unmet(caught) == ("she_came_alone",)
    at_desk(stage, "head", first.matter, "ask", text="When?")
    second.does("answer", text="On Monday.")
    with pytest.raises(MoveRefused):
        first.does("answer", text="On Tuesday.")
    at_desk(stage, "head", first.matter, "close", ground="nothing_found", text="We found nothing.")
    with pytest.raises(MoveRefused) as caught:
        first.does("stop_asking")
    assert unmet(caught) == ("nobody_else_is_in_it",)
    second.does("request_review")
    assert state(stage, first.matter) == "review"
    with pytest.raises(OnlyAlone):
        come(stage, "consultation", comes="for_another")


def test_a_time_to_talk_is_of_whoever_took_it_and_goes_back_when_they_leave(ombuds_office: OmbudsStage):
    stage = ombuds_office
    offered, another = (str(one) for one in offer_times(stage))
    first, second, _ = three(stage)
    second.does("take_time", time=offered)
    with pytest.raises(TimeOfAnother):
        first.does("take_time", time=another)
    second.does("leave_group")
    assert stage.rows("SELECT taken FROM offered_time WHERE id = :t", t=offered) == [(False,)]
    with pytest.raises(MoveRefused):  # nothing stands here any more: it may be somebody else's by now
        at_desk(stage, "head", first.matter, "cancel_time", text="No.")
    first.does("take_time", time=offered)
    assert stage.rows("SELECT taken FROM offered_time WHERE id = :t", t=offered) == [(True,)]
