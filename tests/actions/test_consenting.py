"""One yes, one act, until a day: what a consent allows, what it does not, and what she is told of it."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

from actions.choosing import NotInList
from actions.kernel.sweep import sweep
from actions.kinds.consenting import ConsentDay
from actions.plain_texts import Agreeing
from states.consents import Purpose
from states.machine import MoveRefused
from tests.fixtures.ombuds_office import OmbudsStage
from tests.fixtures.visitors import Guest, at_desk, come, opened_by, state

TODAY, LAST, ANSWER_BY = date(2016, 9, 1), date(2016, 11, 30), date(2016, 9, 15)
UNMET = ("consent_to_the_exact_text",)
WRITTEN = "SELECT (SELECT count(*) FROM event), (SELECT count(*) FROM sealed_text), (SELECT count(*) FROM read_log)"
READ = "SELECT count(*) FROM read_log WHERE matter_id = :m AND day = :d"


def taken_up(stage: OmbudsStage) -> Guest:
    """A complaint that was read on the first day, in the middle of the work."""
    guest = come(stage)
    opened_by(stage, "head", guest.matter)
    for trigger in ("acknowledge", "screen", "inquire"):
        at_desk(stage, "head", guest.matter, trigger)
    return guest


def asks(guest: Guest, purpose: str = "refer", **told: object) -> Agreeing:
    shape = {"to": "Legal affairs", "text": "This.", "audience": "legal", "purpose": purpose}
    at_desk(guest.stage, "head", guest.matter, "ask_consent", **(shape | told))
    (asked,) = (one for one in guest.sees().consents if one.status == "asked")
    return asked


def agreed(guest: Guest, purpose: str = "refer", **told: object) -> UUID:
    consent = asks(guest, purpose, **told).id
    guest.does("consent", consent=consent)
    return consent


def of(guest: Guest, consent: UUID) -> Agreeing:
    return next(one for one in guest.sees().consents if one.id == consent)


def refused(guest: Guest, matter: UUID, trigger: str, consent: UUID) -> None:
    """The act is refused by its claim, and nothing is written, not even that a text was looked at."""
    before = guest.stage.rows(WRITTEN)
    with pytest.raises(MoveRefused) as caught:
        at_desk(guest.stage, "head", matter, trigger, consent=consent)
    assert caught.value.unmet == UNMET, trigger
    assert guest.stage.rows(WRITTEN) == before


def grown(stage: OmbudsStage, kind: str) -> UUID:
    return UUID(str(stage.rows("SELECT id FROM matter WHERE kind = :k", k=kind)[0][0]))


def test_a_yes_for_one_act_can_be_used_for_no_other(ombuds_office: OmbudsStage):
    """Each purpose by each act, through the whole of a case and of what grows out of it."""
    stage = ombuds_office
    guest = taken_up(stage)
    yes = {purpose.value: agreed(guest, purpose) for purpose in Purpose}
    asked = {one.id: (one.purpose, one.audience) for one in guest.sees().consents}
    assert {asked[consent] for consent in yes.values()} == {(purpose, "legal") for purpose in Purpose}

    def only_its_own(act: str, matter: UUID, *, done: bool = True) -> None:
        for purpose, consent in yes.items():
            if purpose != act:
                refused(guest, matter, act, consent)
        if done:
            at_desk(stage, "head", matter, act, consent=yes[act])
            assert of(guest, yes[act]).status == "used"

    case = guest.matter
    only_its_own("refer", case, done=False)
    only_its_own("ask_third_party", case)
    at_desk(stage, "head", case, "third_party_answered", text="No.")
    at_desk(stage, "head", case, "draft", text="So it is.")
    only_its_own("serve_draft", case)
    at_desk(stage, "head", case, "draft_answered", text="It is not.", on=TODAY)
    at_desk(stage, "head", case, "conclude", text="It is.")
    only_its_own("serve_findings", case)
    at_desk(stage, "head", case, "recommend", text="Stop it.", to="Legal affairs")
    only_its_own("issue", grown(stage, "recommendation"))
    at_desk(stage, "head", case, "watch_over")
    protection = grown(stage, "protection")
    at_desk(stage, "head", protection, "propose", text="Stop it.")
    only_its_own("ask_measures", protection)
    at_desk(stage, "head", protection, "note_harm", text="It goes on.")
    only_its_own("refer_harm", protection)
    assert {one.purpose for one in guest.sees().consents if one.status == "given"} == {"refer", "deliver"}


def test_a_yes_is_good_until_a_day_and_then_she_may_be_asked_again(ombuds_office: OmbudsStage):
    stage = ombuds_office
    guest = taken_up(stage)
    for wrong in (ANSWER_BY - timedelta(days=1), LAST + timedelta(days=1)):  # less is possible, more never
        before = stage.rows(WRITTEN)
        with pytest.raises(ConsentDay) as caught:
            asks(guest, last_day=wrong)
        assert caught.value.params == {"first": ANSWER_BY, "last": LAST}
        assert stage.rows(WRITTEN) == before
    with pytest.raises(NotInList):
        asks(guest, audience="everybody")
    shorter = date(2016, 9, 20)
    first = agreed(guest, last_day=shorter)
    assert of(guest, first).until == shorter
    stage.to_day(shorter)
    assert of(guest, first).status == "given", "on its last day it can still be used"
    stage.to_day(shorter + timedelta(days=1))
    assert (of(guest, first).status, of(guest, first).answered_on) == ("expired", TODAY)
    assert stage.rows("SELECT status FROM consent") == [("given",)], "that it is over is compared, and written nowhere"
    refused(guest, guest.matter, "refer", first)
    assert "take_back_consent" not in guest.sees().moves
    with pytest.raises(MoveRefused) as caught:
        guest.does("take_back_consent", consent=first)
    assert caught.value.unmet == ("a_consent_stands",)
    again = agreed(guest)
    assert of(guest, again).until == shorter + timedelta(days=91)
    at_desk(stage, "head", guest.matter, "refer", consent=again)
    assert state(stage, guest.matter) == "referred"
    assert (of(guest, again).answered_on, of(guest, again).used_on) == (shorter + timedelta(days=1),) * 2


def test_whoever_passes_it_on_has_opened_it_and_she_sees_that(ombuds_office: OmbudsStage):
    stage = ombuds_office
    guest = taken_up(stage)
    yes, advice = agreed(guest), agreed(guest, "issue")
    at_desk(stage, "head", guest.matter, "draft", text="So it is.")
    at_desk(stage, "head", guest.matter, "conclude_without_names", text="So it is.", names_nobody=True)
    at_desk(stage, "head", guest.matter, "recommend", text="Stop it.", to="Legal affairs")
    other, third = date(2016, 9, 5), date(2016, 9, 6)
    stage.to_day(other)
    refused(guest, grown(stage, "recommendation"), "issue", yes)
    at_desk(stage, "head", grown(stage, "recommendation"), "issue", consent=advice)
    assert stage.rows(READ, m=guest.matter, d=other) == [(1,)], "the text was copied out of her case"
    assert of(guest, advice).used_on == other
    stage.to_day(third)
    at_desk(stage, "head", guest.matter, "serve_findings", consent=agreed(guest, "serve_findings"))
    assert stage.rows(READ, m=guest.matter, d=third) == [(1,)]
    assert [day for _, day in guest.sees().opened_by] == [TODAY, other, third]


def test_a_day_or_a_text_changed_in_the_database_allows_nothing_s35(ombuds_office: OmbudsStage):
    stage = ombuds_office
    guest = taken_up(stage)
    one, two = agreed(guest), agreed(guest, text="That.")
    spoil: dict[UUID, str] = {
        one: "UPDATE consent SET until = until + 1 WHERE id = :c",
        two: "UPDATE consent SET text_id = (SELECT text_id FROM consent WHERE id <> :c) WHERE id = :c",
    }
    for consent, spoilt in spoil.items():
        with stage.owner.begin() as connection:
            connection.execute(text(spoilt), {"c": consent})
        refused(guest, guest.matter, "refer", consent)


def test_a_no_and_no_answer_are_counted_alike_and_held_against_nobody(ombuds_office: OmbudsStage):
    stage = ombuds_office
    told, silent = taken_up(stage), taken_up(stage)
    asked = {guest.matter: asks(guest).id for guest in (told, silent)}
    told.does("refuse_consent", consent=asked[told.matter])
    stage.to_day(date(2016, 9, 20))
    sweep(stage.flows)
    assert [of(guest, asked[guest.matter]).status for guest in (told, silent)] == ["refused", "lapsed"]
    for guest in (told, silent):
        refused(guest, guest.matter, "refer", asked[guest.matter])
        assert stage.rows("SELECT mark FROM case_mark WHERE matter_id = :m", m=guest.matter) == [("consent_refused",)]
    whose = "trigger LIKE 'refuse_consent%' AND (by_person IS NOT NULL OR facts - 'consent' <> '{}')"
    assert stage.rows(f"SELECT count(*) FROM event WHERE {whose}") == [(0,)]
