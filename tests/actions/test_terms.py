"""A time in office ends: told 90 and 30 days before, three ways for each talk, and seats and keys go on the day itself."""

from datetime import date
from uuid import UUID

import pytest

from actions.kernel.sweep import sweep
from actions.newcomers import seat_newcomers
from actions.retention import keep_house
from actions.terms import Followed, due_terms, follow_terms
from policies.pack import load_pack, pack_folder
from policies.rules import TimedClock
from records.matters import NotFound
from tests.fixtures.ombuds_office import OmbudsStage
from tests.fixtures.visitors import Guest, at_desk, come, opened_by, state

LAST = date(2016, 12, 31)
"""The last day in office; the appointment is until (not including) the day after."""


def ends(stage: OmbudsStage, who: str, until: str) -> None:
    stage.rows("UPDATE appointment SET until_on = :u WHERE person_id = :p RETURNING 1", u=until, p=stage.people[who])


def talking(stage: OmbudsStage) -> Guest:
    guest = come(stage, "consultation", understood=True)
    opened_by(stage, "head", guest.matter)
    at_desk(stage, "head", guest.matter, "open_conversation", text="I am listening.")
    return guest


def responsible(stage: OmbudsStage, matter: UUID) -> str:
    (row,) = stage.rows("SELECT person_id FROM responsibility WHERE matter_id = :m AND until_at IS NULL", m=matter)
    return next(who for who, person in stage.people.items() if person == row[0])


def watches(stage: OmbudsStage) -> list[tuple[object, ...]]:
    return stage.rows("SELECT last_on, first_on, again_on, done FROM term_watch")


def day(stage: OmbudsStage, on: date) -> Followed:
    """A day comes: the worker looks for ends, then fires what is due."""
    stage.to_day(on)
    done = follow_terms(stage.flows) if due_terms(stage.flows) else Followed()
    sweep(stage.flows)
    return done


def test_one_is_finished_one_handed_over_one_ends_on_its_day(ombuds_office: OmbudsStage):
    stage = ombuds_office
    ends(stage, "head", "2017-01-01")
    stage.to_day(date(2016, 11, 25))
    finished, handed, left, case = talking(stage), talking(stage), talking(stage), come(stage)
    assert responsible(stage, case.matter) == "head"
    assert day(stage, date(2016, 11, 30)) == Followed(told=1)
    assert watches(stage) == [(LAST, date(2016, 11, 30), None, False)]
    assert day(stage, date(2016, 12, 1)) == Followed(told=1, announced=3)
    assert day(stage, date(2016, 12, 1)) == Followed(), "once a day"
    assert watches(stage) == [(LAST, date(2016, 11, 30), date(2016, 12, 1), False)]
    (told,) = [one for one in left.sees().answers[1] if one.key == "plain.term.ends"]
    assert told.params == {"name": "Head", "day": LAST}
    at_desk(stage, "head", finished.matter, "end", text="Farewell.")
    iris = stage.appoint("iris", "case_officer", date(2016, 12, 1))
    at_desk(stage, "head", handed.matter, "ask_hand_over", person=iris)
    assert "plain.asked.hand_over" in [one.key for one in handed.sees().answers[2]]
    handed.does("agree_hand_over")
    day(stage, date(2016, 12, 31))
    assert state(stage, left.matter) == "in_conversation", "the last day is hers"
    done = day(stage, date(2017, 1, 1))
    assert (done.released, done.passed_on) == (1, 1)
    assert {one: state(stage, guest.matter) for one, guest in (("finished", finished), ("handed", handed), ("left", left))} == {
        "finished": "ended",
        "handed": "in_conversation",
        "left": "ended",
    }
    assert (responsible(stage, handed.matter), responsible(stage, case.matter) != "head") == ("iris", True)
    assert "plain.term.ended" in [one.key for one in left.sees().answers[1]]
    query = "SELECT kind, outcome, count FROM tally WHERE outcome = 'ended_with_term' AND kind = 'consultation'"
    assert stage.rows(query) == [("consultation", "ended_with_term", 1)]
    gone = left.matter
    for one in range(1, 10):
        stage.to_day(date(2017, 1, one))
        keep_house(stage.flows)
    for table, column in (("matter", "id"), ("seat", "matter_id"), ("epoch", "matter_id"), ("sealed_text", "matter_id")):
        assert stage.rows(f"SELECT count(*) FROM {table} WHERE {column} = :m", m=gone) == [(0,)], "its keys go with it"
    with pytest.raises(NotFound):
        left.sees()


def test_d09_seats_sessions_and_keys_go_on_the_day_itself(ombuds_office: OmbudsStage):
    stage, case = ombuds_office, come(ombuds_office)
    head = stage.people["head"]
    stage.give_passphrase("head")
    ends(stage, "head", "2016-10-01")
    day(stage, date(2016, 9, 30))
    live = "SELECT count(*) FROM seat WHERE person_id = :p AND until_at IS NULL"
    assert stage.rows(live, p=head) == [(1,)]
    before = stage.rows("SELECT version FROM matter")[0][0]
    assert day(stage, date(2016, 10, 1)).released == 1
    assert stage.rows(live, p=head) == [(0,)]
    assert stage.rows("SELECT count(*) FROM seat WHERE person_id = :p AND key_sealed <> ''", p=head) == [(0,)]
    assert stage.rows("SELECT count(*) FROM staff_key WHERE person_id = :p", p=head) == [(0,)]
    assert stage.rows("SELECT count(*) FROM signed_key WHERE person_id = :p", p=head) == [(0,)]
    assert stage.rows("SELECT stale FROM epoch WHERE matter_id = :m", m=case.matter) == [(True,)]
    assert stage.rows("SELECT version > :v FROM matter", v=before) == [(True,)]
    assert stage.rows("SELECT count(*) FROM ledger_entry WHERE body LIKE '%keys.taken%'") == [(1,)]
    assert day(stage, date(2016, 10, 2)).released == 0, "once"


def test_nobody_in_office_is_released_whatever_the_process_claims(ombuds_office: OmbudsStage):
    stage = ombuds_office
    come(stage)
    ends(stage, "head", "2016-10-01")
    with stage.flows.open() as books, pytest.raises(Exception, match="not the office day"):
        books.connection.exec_driver_sql("SELECT * FROM release_leavers('2016-10-01')")
    assert day(stage, date(2016, 9, 1)).released == 0


def test_a_key_enrolled_ahead_has_no_seat_before_its_day(ombuds_office: OmbudsStage):
    stage = ombuds_office
    iris = stage.appoint("iris", "ombudsperson", date(2016, 10, 1))
    ends(stage, "head", "2016-10-01")
    case = come(stage)
    seat_newcomers(stage.desk, by=stage.callers["alternate"])
    assert stage.rows("SELECT count(*) FROM seat WHERE person_id = :p", p=iris) == [(0,)]
    day(stage, date(2016, 10, 1))
    assert stage.rows("SELECT count(*) FROM signed_key WHERE person_id = :p", p=iris) == [(1,)]
    seat_newcomers(stage.desk, by=stage.callers["alternate"])
    assert stage.rows("SELECT matter_id FROM seat WHERE person_id = :p", p=iris) == [(case.matter,)]


def test_nobody_appointed_later_gets_a_seat_in_a_talk(ombuds_office: OmbudsStage):
    stage = ombuds_office
    talking(stage)
    iris = stage.appoint("iris", "ombudsperson", date(2016, 9, 1))
    stage.appoint("joan", "alternate", date(2016, 9, 1))
    assert seat_newcomers(stage.desk, by=stage.callers["head"]).matters == 0
    assert stage.rows("SELECT count(*) FROM seat WHERE person_id = :p", p=iris) == [(0,)]


def test_an_end_put_off_or_come_too_late_ends_no_talk(ombuds_office: OmbudsStage):
    stage = ombuds_office
    ends(stage, "head", "2016-10-01")
    stage.to_day(date(2016, 9, 5))
    guest = talking(stage)
    assert day(stage, date(2016, 9, 5)).announced == 1
    head = stage.people["head"]
    stage.rows("INSERT INTO appointment VALUES (gen_random_uuid(), :p, 'ombudsperson', '2016-10-01', NULL) RETURNING 1", p=head)
    assert day(stage, date(2016, 9, 6)).called_off == 1, "a time in office that goes on without a gap does not end"
    assert watches(stage) == []
    stage.rows("UPDATE appointment SET until_on = '2016-10-12' WHERE until_on IS NULL AND person_id = :p RETURNING 1", p=head)
    day(stage, date(2016, 10, 3))
    assert "plain.term.ends" not in [one.key for one in guest.sees().answers[1]], "she was not told two weeks before"
    day(stage, date(2016, 10, 12))
    assert state(stage, guest.matter) == "in_conversation"
    assert responsible(stage, guest.matter) in {"officer_a", "officer_b"}, "somebody whose name she saw before she wrote"


@pytest.mark.parametrize("code", ["oas", "eu"])
def test_the_clock_of_a_talk_counts_as_many_days_as_the_house_says(code: str):
    pack = load_pack(pack_folder(code))
    clock = pack.kinds["consultation"].clocks["term"]
    assert pack.house.terms is not None
    assert isinstance(clock, TimedClock)
    assert (clock.count, clock.unit, clock.roll) == (pack.house.terms.again_days, "calendar_days", "none")
