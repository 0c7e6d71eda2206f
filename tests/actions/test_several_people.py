"""Several people, one matter: each with words, a seat, an identity of their own; one joins, one leaves, and all must agree."""

import pytest

from actions.coming import OnlyAlone
from actions.desk_reading import identity_of, open_matter
from actions.joining import CodeUnknown, NotAgreedToJoin, invite, look_in
from actions.kinds.times import TimeOfAnother
from actions.replays import KeyReused
from actions.seating import NoReader
from records import sealed, seats
from records.matters import NotFound
from records.vault import NotThisRow, Unreadable, identity_context, open_box, open_seat, seat_context
from states.machine import MoveRefused
from tests.fixtures.groups import a_key, code_of, joins
from tests.fixtures.ombuds_office import OmbudsStage
from tests.fixtures.talking import offer_times
from tests.fixtures.visitors import REFERRAL, STATEMENT, Guest, at_desk, come, opened_by, secret, state

WRITTEN = ("comer", "receipt", "seat", "sealed_text", "sealed_identity", "joining", "event", "epoch", "consent_voice")


def counts(stage: OmbudsStage) -> list[object]:
    return [stage.rows(f"SELECT count(*) FROM {table}")[0][0] for table in WRITTEN]


def unmet(caught: pytest.ExceptionInfo[MoveRefused]) -> tuple[str, ...]:
    return tuple(caught.value.unmet)


def three(stage: OmbudsStage) -> tuple[Guest, Guest, Guest]:
    """Three colleagues; the second says who she is, the third says nothing."""
    first = come(stage, identity=secret("Ana Luz"))
    second = joins(stage, code_of(first), identity=secret("Bea Sol"), statement=secret("Mine, too."))
    return first, second, joins(stage, code_of(first))


def taken_up(stage: OmbudsStage, guest: Guest) -> None:
    opened_by(stage, "head", guest.matter)
    for trigger in ("acknowledge", "screen"):
        at_desk(stage, "head", guest.matter, trigger)


def asked(stage: OmbudsStage, guest: Guest) -> object:
    at_desk(stage, "head", guest.matter, "ask_consent", to="A", text="This.", **REFERRAL)
    return next(one.id for one in guest.sees().consents if one.status == "asked")


def said(guest: Guest, consent: object) -> str:
    return next(one.status for one in guest.sees().consents if one.id == consent)


def test_each_has_words_a_seat_and_an_identity_that_no_other_opens_not_even_in_a_copy(ombuds_office: OmbudsStage):
    stage = ombuds_office
    people = three(stage)
    first, second, third = people
    assert {guest.matter for guest in people} == {first.matter}
    assert len({guest.words for guest in people}) == 3
    assert [(m.text, m.person, m.mine) for m in third.sees().messages] == [(STATEMENT, 1, False), ("Mine, too.", 2, False)]
    assert [m.mine for m in second.sees().messages] == [False, True]
    group = second.sees().together
    assert (group.number, group.people, group.codes) == (2, 3, ())
    with stage.as_owner.open() as books:  # all of the database, and one person's words
        rows, live = sealed.identities(books, first.matter), seats.of_matter(books, first.matter)
    assert len(rows) == 2
    for guest in people:
        opened = []
        for seat in live:
            try:
                opened.append(open_seat(guest.visitor.pair, seat.key_sealed, seat_context(seat.id, first.matter, seat.epoch)))
            except (Unreadable, NotThisRow):
                continue
        assert len(opened) == 1, "one's own seat and no other"
        for row in rows:
            for pair in (guest.visitor.pair, opened[0].pair):
                with pytest.raises(Unreadable):
                    open_box(pair, row.sealed, identity_context(row.id, first.matter))
    by = stage.callers["head"]
    names = [identity_of(stage.desk, "complaint", first.matter, by=by, person=number) for number in (1, 2, 3)]
    assert names == ["Ana Luz", "Bea Sol", None]
    seen = open_matter(stage.desk, "complaint", first.matter, by=by)
    assert [(one.number, one.part, one.here, one.has_identity) for one in seen.people] == [
        (1, "own", True, True),
        (2, "own", True, True),
        (3, "own", True, False),
    ]
    assert [text.person for text in seen.texts if text.slot == "statement"] == [1, 2]
    with stage.intake.open() as books:  # row-level security: one's own receipt, and none of the others'
        second.visitor.enter(books, None)
        assert books.connection.exec_driver_sql("SELECT locator FROM receipt").scalars().all() == [second.visitor.locator]


def test_a_code_works_once_and_not_after_its_day_or_when_it_was_taken_back(ombuds_office: OmbudsStage):
    stage = ombuds_office
    first = come(stage)
    code = code_of(first)
    assert [one.text for one in look_in(stage.intake, code.lower().replace("-", " ")).messages] == [STATEMENT]
    before = counts(stage)
    with pytest.raises(NotAgreedToJoin):
        joins(stage, code, agrees=False)
    assert counts(stage) == before
    second = joins(stage, code)
    for wrong in (code, "nonsense", "", "0000-0000-0000-0000-0000", first.words):
        before = counts(stage)
        for use in (look_in, joins):
            with pytest.raises(CodeUnknown):
                use(*((stage.intake, wrong) if use is look_in else (stage, wrong)))
        assert counts(stage) == before
    with pytest.raises(MoveRefused) as caught:
        code_of(second)
    assert unmet(caught) == ("she_may_bring_others",)
    back, old = code_of(first), code_of(first)
    assert len(first.sees().together.codes) == 2
    assert second.sees().together.codes == ()
    with stage.as_owner.open() as books:
        books.connection.exec_driver_sql(
            "UPDATE joining SET expires_on = '2016-08-01' WHERE id = (SELECT id FROM joining LIMIT 1)"
        )
    assert sum(_leads(stage, one) for one in (back, old)) == 1
    first.does("take_code_back")
    assert [_leads(stage, one) for one in (back, old)] == [False, False]
    assert stage.rows("SELECT count(*) FROM joining") == [(0,)]
    with pytest.raises(MoveRefused) as caught:
        first.does("take_code_back")
    assert unmet(caught) == ("a_code_is_unused",)


def _leads(stage: OmbudsStage, code: str) -> bool:
    try:
        look_in(stage.intake, code)
    except CodeUnknown:
        return False
    return True


def test_as_many_as_the_policy_allows_can_be_in_one_matter(ombuds_office: OmbudsStage):
    stage = ombuds_office
    first = come(stage)
    most = stage.intake.shelf.pack.groups.most_people  # type: ignore[union-attr]  # this pack has rules for it
    for _ in range(int(most) - 1):
        code_of(first)
    before = counts(stage)
    with pytest.raises(MoveRefused) as caught:
        code_of(first)
    assert unmet(caught) == ("there_is_room_for_one_more",)
    assert counts(stage) == before


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


def test_whom_somebody_locks_out_who_joins_loses_the_seat_at_once(ombuds_office: OmbudsStage):
    stage = ombuds_office
    first = come(stage)
    taken_up(stage, first)
    at_desk(stage, "head", first.matter, "watch_over")
    grown = "SELECT count(*) FROM seat s JOIN matter m ON m.id = s.matter_id WHERE m.kind = 'protection' AND s.person_id = :p"
    assert stage.rows(f"{grown} AND until_at IS NULL", p=stage.people["head"]) == [(1,)]
    second = joins(stage, code_of(first), excluded=(stage.people["head"],), statement=secret("Against the head."))
    assert stage.rows(f"{grown} AND (until_at IS NULL OR length(key_sealed) > 0)", p=stage.people["head"]) == [(0,)]
    assert "Head" not in first.sees().readers
    assert first.sees().readers == second.sees().readers
    with pytest.raises(NotFound):
        open_matter(stage.desk, "complaint", first.matter, by=stage.callers["head"])
    opened = open_matter(stage.desk, "complaint", first.matter, by=stage.callers["alternate"])
    assert [text.text for text in opened.texts if text.slot == "statement"] == [STATEMENT, "Against the head."]
    assert opened.yours, "who worked under the head is not left, and the duty went on"
    everybody = tuple(stage.people.values())
    code, before = code_of(first), counts(stage)
    with pytest.raises(NoReader):
        joins(stage, code, excluded=everybody)
    assert counts(stage) == before
    assert _leads(stage, code), "a refusal uses nothing up"


def test_a_request_that_comes_again_brings_the_same_code_and_the_same_words(ombuds_office: OmbudsStage):
    stage = ombuds_office
    first, again = come(stage), a_key()
    code = code_of(first, again)
    assert code_of(first, again) == code
    key = a_key()
    second = joins(stage, code, key)
    before = counts(stage)
    assert joins(stage, code, key).words == second.words
    assert counts(stage) == before
    with pytest.raises(KeyReused):
        invite(stage.intake, first.visitor, request=type(key)(key.key, b"another"), answer=lambda _: {})


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
