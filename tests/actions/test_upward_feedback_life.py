"""Upward feedback, and the incident of 2020 (domain.md 1): what was asked of the office then, and what it answers now."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import psycopg
import pytest
from pydantic import SecretStr

from actions.desk_reading import open_matter
from actions.desk_seats import LockedOut, late_conflict, seat
from actions.kernel.actor import NotAllowed
from actions.kernel.callers import HousePerson
from actions.kernel.move import open_kind
from actions.kernel.sweep import sweep
from actions.kinds.feedback_shapes import FeedbackBegun, FeedbackOnRequest
from actions.sealing import Reader
from records import sealed
from records.matters import NotFound
from records.vault import DRAFT
from states.machine import MoveRefused, NoSuchMove
from tests.fixtures.databases import Database
from tests.fixtures.ombuds_office import OmbudsStage, ombuds_house
from tests.fixtures.visitors import Guest, at_desk, come, on_rung, opened_by, state

TEXT = "In our unit people are shouted at. We ask that this ends."
TO = "The Secretary General"
SENT = f'{{"to": "{TO}", "text": "{TEXT}"}}'


@pytest.fixture
def stage(ombuds: Database) -> Iterator[OmbudsStage]:
    """The office on the day of the summary."""
    with ombuds_house(ombuds, at=datetime(2020, 8, 10, 14, tzinfo=UTC)) as made:
        yield made


def taken_up(stage: OmbudsStage, **told: object) -> Guest:
    """A complaint that somebody read."""
    guest = come(stage, **told)
    opened_by(stage, "head", guest.matter)
    at_desk(stage, "head", guest.matter, "acknowledge")
    return guest


def begin(stage: OmbudsStage, case: UUID, who: str = "head", **told: object) -> UUID:
    shape = {"case": case, "to": TO, "text": TEXT, "unit": "The secretariat of one organ", "people": 61, "nobody_asked": True}
    shape |= {"audience": "head_of_house"}
    return open_kind(stage.desk, "upward_feedback", FeedbackBegun(**(shape | told)), by=stage.callers[who]).id


def include(stage: OmbudsStage, feedback: UUID, *guests: Guest) -> None:
    for guest in guests:
        at_desk(stage, "head", feedback, "include", case=guest.matter, of_unit=True, another_person=True)


def ask(stage: OmbudsStage, feedback: UUID, *guests: Guest) -> None:
    for guest in guests:
        at_desk(stage, "head", feedback, "ask", case=guest.matter)


def answer(how: str, *guests: Guest, text: str = TEXT) -> None:
    """They say this to that text."""
    for guest in guests:
        guest.does(how, consent=next(one.id for one in guest.sees().consents if one.text == text))


def refused(stage: OmbudsStage, feedback: UUID, trigger: str, **told: object) -> Sequence[str]:
    """The claims for which an act was refused; of a refusal nothing is written."""
    count = "SELECT (SELECT count(*) FROM event), (SELECT count(*) FROM sealed_text), (SELECT count(*) FROM link)"
    before = stage.rows(count)
    with pytest.raises(MoveRefused) as caught:
        at_desk(stage, "head", feedback, trigger, **told)
    assert stage.rows(count) == before
    return caught.value.unmet


def served(stage: OmbudsStage, feedback: UUID) -> list[str]:
    """What left the office, opened."""
    with stage.desk.open() as books:
        actor = stage.callers["head"].enter(books, feedback)
        reader = Reader(books, feedback, actor)
        rows = sealed.texts(books, feedback, [DRAFT.name])
        return [reader.open(row, DRAFT).text for row in rows if row.visibility == "served"]


ENOUGH = "enough_people_agreed_to_the_exact_text"


def test_the_incident_of_2020_nothing_leaves_without_five_yeses_and_no_request_opens_anything(stage: OmbudsStage):
    guests = [taken_up(stage) for _ in range(6)]
    feedback = begin(stage, guests[0].matter)
    # 15 August: the Secretary General asks for the complaints, the Inspector General for names
    stage.to_day(date(2020, 8, 17))
    opened = stage.rows("SELECT id, kind, state FROM matter WHERE id <> :m", m=feedback)
    asked = {"head_of_house": date(2020, 8, 15), "inspector": date(2020, 8, 17)}
    for by, on in asked.items():
        at_desk(stage, "head", feedback, "refuse_request", asked_by=by, on=on, note="The sixty-one complaints.")
    kept = "SELECT facts ->> 'asked_by', occurred_on FROM event WHERE matter_id = :m AND trigger = 'refuse_request'"
    assert dict(stage.rows(kept, m=feedback)) == asked
    assert stage.rows("SELECT id, kind, state FROM matter WHERE id <> :m", m=feedback) == opened
    assert state(stage, feedback) == "gathering"
    assert stage.rows("SELECT count(*) FROM consent") == [(0,)]
    # 24 to 26 August: each is asked in their own case, each with an end, and each question is in that history
    include(stage, feedback, *guests)
    for day, two in enumerate((guests[:2], guests[2:4], guests[4:])):
        stage.to_day(date(2020, 8, 24 + day))
        ask(stage, feedback, *two)
    ends = "SELECT due_on FROM clock WHERE name = 'consent_answer' ORDER BY due_on"
    assert [row[0] for row in stage.rows(ends)] == [date(2020, 9, 8)] * 2 + [date(2020, 9, 8)] * 2 + [date(2020, 9, 9)] * 2
    logged = "SELECT count(*) FROM event WHERE trigger = 'ask_consent' AND matter_id <> :m"
    assert stage.rows(logged, m=feedback) == [(6,)]
    assert {(guest.sees().consents[-1].to, guest.sees().consents[-1].text) for guest in guests} == {(TO, TEXT)}
    # four say yes, one says no, one does not answer, which is a no
    answer("consent", *guests[:4])
    answer("refuse_consent", guests[4])
    assert refused(stage, feedback, "find_ready") == (ENOUGH,)
    stage.to_day(date(2020, 9, 15))
    assert refused(stage, feedback, "find_ready") == (ENOUGH,)
    with pytest.raises(NoSuchMove):
        at_desk(stage, "head", feedback, "deliver")
    assert served(stage, feedback) == []
    at_desk(stage, "head", guests[5].matter, "screen")  # whatever is done next settles that it lapsed
    assert guests[5].sees().consents[-1].status == "lapsed"
    # a no is a no, and so is silence: neither is asked again for this text
    for guest in guests[4:]:
        assert refused(stage, feedback, "ask", case=guest.matter) == ("the_text_was_not_put_to_this_person",)
    # a yes to the same words for the same receiver, but for another act, is no yes to this
    fifth, astray = taken_up(stage), taken_up(stage)
    include(stage, feedback, fifth, astray)
    at_desk(stage, "head", astray.matter, "ask_consent", to=TO, text=TEXT, audience="head_of_house", purpose="refer")
    answer("consent", astray)
    assert refused(stage, feedback, "find_ready") == (ENOUGH,)
    ask(stage, feedback, fifth)
    answer("consent", fifth)
    at_desk(stage, "head", feedback, "find_ready")
    at_desk(stage, "head", feedback, "deliver")
    assert served(stage, feedback) == [SENT]
    open_matter(stage.desk, "upward_feedback", feedback, by=stage.callers["head"])
    read = "SELECT DISTINCT day FROM read_log WHERE matter_id = :m"
    days = {day for guest in guests for day in stage.rows(read, m=guest.matter)}
    assert days == {(date(2020, 8, 10),)}, "no case was opened for it"
    with pytest.raises(NoSuchMove):
        at_desk(stage, "head", feedback, "deliver")
    assert [guest.sees().consents[-1].status for guest in (*guests, fifth)] == [*["used"] * 4, "refused", "lapsed", "used"]
    said = "SELECT facts - 'text' FROM event WHERE matter_id = :m AND trigger = 'deliver'"
    assert stage.rows(said, m=feedback) == [({"at_least": 5},)]
    # who was asked, how many, and who said no: not in its history, not in the ledger, not in what is counted of it
    kept = "SELECT facts::text FROM event WHERE matter_id = :m UNION ALL SELECT body FROM ledger_entry WHERE matter_id = :m"
    assert not [guest for guest in (*guests, fifth) if str(guest.matter) in str(stage.rows(kept, m=feedback))]
    marks = "SELECT DISTINCT mark FROM case_mark WHERE matter_id = :m ORDER BY 1"
    assert [row[0] for row in stage.rows(marks, m=feedback)] == ["feedback_delivered", "feedback_request_refused"]
    for role in ("ombuds_intake", "ombuds_flows"):  # nor do other doors see whom it is tied to, or its row at all
        with psycopg.connect(stage.database.url(role).replace("+psycopg", "", 1)) as door:
            seen = door.execute("SELECT count(*) FROM matter WHERE id = %s", (feedback,)).fetchone()
            assert seen == ((0,) if role == "ombuds_intake" else (1,))
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                door.execute(
                    "SELECT count(*) FROM sealed_text" if role == "ombuds_flows" else "SELECT count(*) FROM upward_feedback"
                )


def test_a_text_in_other_words_needs_new_yeses_and_who_takes_theirs_back_or_leaves_is_out(stage: OmbudsStage):
    guests = [taken_up(stage) for _ in range(5)]
    feedback = begin(stage, guests[0].matter)
    include(stage, feedback, *guests)
    ask(stage, feedback, *guests)
    answer("consent", *guests)
    at_desk(stage, "head", feedback, "find_ready")
    other = TEXT + " Soon."
    at_desk(stage, "head", feedback, "revise", to=TO, text=other, audience="head_of_house")
    assert state(stage, feedback) == "gathering"
    ask(stage, feedback, guests[0])
    assert refused(stage, feedback, "find_ready") == (ENOUGH,)  # five yeses stand, all to the text before
    ask(stage, feedback, *guests[1:])
    answer("consent", *guests, text=other)
    at_desk(stage, "head", feedback, "find_ready")
    answer("take_back_consent", guests[0], text=other)
    assert refused(stage, feedback, "deliver") == (ENOUGH,)
    more = [taken_up(stage) for _ in range(2)]
    include(stage, feedback, *more)
    ask(stage, feedback, *more)
    answer("consent", *more, text=other)
    guests[1].does("withdraw_stop")
    guests[2].does("withdraw_forget")
    assert refused(stage, feedback, "find_ready") == (ENOUGH,)
    # the day comes, and with too few nothing ever leaves
    due = stage.rows("SELECT due_on FROM clock WHERE name = 'gathering'")[0][0]
    assert due == date(2020, 10, 9)
    stage.to_day(date(2020, 10, 10))
    sweep(stage.flows)
    assert state(stage, feedback) == "not_enough"
    with pytest.raises(NoSuchMove):
        at_desk(stage, "head", feedback, "deliver")
    assert served(stage, feedback) == []
    assert stage.rows("SELECT count(*) FROM consent WHERE status = 'used'") == [(0,)]


def test_nobody_but_who_answers_for_a_case_begins_it_and_nobody_because_they_were_asked_to(stage: OmbudsStage):
    guest = taken_up(stage)
    other = on_rung(stage, guest.matter, 1)
    (outside,) = {"officer_a", "officer_b"} - {other}
    before = stage.rows("SELECT count(*) FROM matter")
    with pytest.raises(NotAllowed):
        begin(stage, guest.matter, other)
    with pytest.raises(NotFound):
        begin(stage, guest.matter, outside)
    with pytest.raises(NotFound):
        begin(stage, uuid4())
    with pytest.raises(FeedbackOnRequest):
        begin(stage, guest.matter, nobody_asked=False)
    text = {"to": SecretStr(TO), "text": SecretStr(TEXT), "unit": SecretStr("U")}
    told = FeedbackBegun(case=guest.matter, people=61, nobody_asked=True, audience="head_of_house", **text)
    for who in ("chair", "nobody"):
        person = stage.people.get(who, uuid4())
        with pytest.raises(NotAllowed):
            open_kind(stage.as_owner, "upward_feedback", told, by=HousePerson(person))
    with pytest.raises(NotAllowed):
        open_kind(stage.intake, "upward_feedback", told, by=guest.visitor)
    assert stage.rows("SELECT count(*) FROM matter") == before
    roles = {grant.partition(":")[0] for grant in _access(stage)["open"]}
    with stage.as_owner.open() as books:
        assert all(books.pack.house.roles[role].door == "desk" for role in roles)


def _access(stage: OmbudsStage) -> dict[str, tuple[str, ...]]:
    with stage.as_owner.open() as books:
        return books.pack.kinds["upward_feedback"].access


def test_a_small_unit_a_person_of_another_unit_and_the_same_person_twice_are_kept_out(stage: OmbudsStage):
    guest = taken_up(stage)
    feedback = begin(stage, guest.matter, people=9)
    told = {"of_unit": True, "another_person": True}
    assert refused(stage, feedback, "include", case=guest.matter) == (
        "this_person_is_of_the_unit",
        "this_person_is_counted_once",
    )
    at_desk(stage, "head", feedback, "include", case=guest.matter, **told)
    assert refused(stage, feedback, "include", case=guest.matter, **told) == ("the_case_can_join",)
    assert refused(stage, feedback, "ask", case=guest.matter) == ("the_unit_is_large_enough",)
    at_desk(stage, "head", feedback, "revise", to=TO, text=TEXT, audience="head_of_house", people=10)
    talk = come(stage, "consultation")
    assert "the_case_can_join" in refused(stage, feedback, "include", case=talk.matter, **told)
    strange = refused(stage, feedback, "include", case=uuid4(), **told)
    assert strange == ("the_case_can_join", "whoever_reads_this_may_read_the_case")
    assert refused(stage, feedback, "ask", case=talk.matter) == ("the_case_has_joined",)
    ask(stage, feedback, guest)
    assert state(stage, feedback) == "asked"


def test_s05_who_must_not_see_one_of_the_cases_learns_of_none_here(stage: OmbudsStage):
    guest = taken_up(stage)
    officer = on_rung(stage, guest.matter, 1)
    feedback = begin(stage, guest.matter)
    hidden = taken_up(stage, excluded=(stage.people[officer],))
    told = {"case": hidden.matter, "of_unit": True, "another_person": True}
    assert refused(stage, feedback, "include", **told) == ("whoever_reads_this_may_read_the_case",)
    (other,) = {"officer_a", "officer_b"} - {officer}
    include(stage, feedback, guest)
    with pytest.raises(LockedOut):  # has no seat in the case it was begun from
        seat(stage.desk, "upward_feedback", feedback, stage.people[other], by=stage.callers["head"])
    alternate = stage.callers["alternate"]
    apart = taken_up_by_alternate(stage)
    with pytest.raises(MoveRefused) as caught:
        at_desk(stage, "head", feedback, "include", case=apart.matter, of_unit=True, another_person=True)
    assert caught.value.unmet == ("the_case_can_join", "whoever_reads_this_may_read_the_case")
    seated = "SELECT person_id FROM seat WHERE matter_id = :m AND until_at IS NULL"
    assert alternate.person in {row[0] for row in stage.rows(seated, m=feedback)}
    # a conflict that is found later in one of the cases, by somebody who reads this too, takes the seat here as well
    head, cousin = stage.callers["head"], SecretStr("Her cousin.")
    late_conflict(stage.desk, "complaint", guest.matter, stage.people[officer], cousin, by=head)
    assert stage.people[officer] not in {row[0] for row in stage.rows(seated, m=feedback)}
    with pytest.raises(NotFound):
        open_matter(stage.desk, "upward_feedback", feedback, by=stage.callers[officer])


def taken_up_by_alternate(stage: OmbudsStage) -> Guest:
    """A complaint about the head."""
    guest = come(stage, excluded=(stage.people["head"],))
    opened_by(stage, "alternate", guest.matter)
    at_desk(stage, "alternate", guest.matter, "acknowledge")
    return guest
