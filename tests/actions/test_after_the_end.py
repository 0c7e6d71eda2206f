"""When we have finished she can still tell us, until a day that was told; it is read, answered, and not destroyed before."""

from datetime import date

import pytest
from sqlalchemy import text

from actions import receiving
from actions.desk_queue import LISTS, queue_of
from actions.desk_reading import open_matter
from actions.desk_seats import LastReader, NobodyLeft, recuse
from actions.kernel.sweep import sweep
from policies.said import Said
from states.machine import MoveRefused
from tests.fixtures.months import BEGAN, DAY, exists, seen_at_desk, seen_at_intake, shred, sweep_days
from tests.fixtures.ombuds_office import OmbudsStage
from tests.fixtures.visitors import Guest, at_desk, come, opened_by, secret, state

UNTIL = date(2017, 10, 2)
"""Thirteen months after the first day, a Sunday, rolled to Monday: a month longer than the last day on which she is asked."""


def ended(stage: OmbudsStage) -> Guest:
    """A complaint that was not taken up on the first day, and of which the time for a second look is over."""
    guest = come(stage)
    opened_by(stage, "head", guest.matter)
    for trigger, more in (("acknowledge", {}), ("screen", {}), ("decline", {"ground": "premature", "text": "Not yet."})):
        at_desk(stage, "head", guest.matter, trigger, **more)
    stage.to_day(date(2016, 11, 1))
    sweep(stage.flows)
    assert state(stage, guest.matter) == "ended"
    return guest


def told(guest: Guest) -> dict[str, object]:
    """What she is told of being treated worse: the sentence, and its day."""
    again = "plain.retaliation.again"
    said = [one for one in guest.sees().answers[1] if one.key.startswith("plain.retaliation.") and one.key != again]
    (line,) = said
    return {line.key: line.params.get("day")}


def lists(stage: OmbudsStage, guest: Guest, who: str = "head") -> set[str]:
    queue = queue_of(stage.desk, by=stage.callers[who])
    return {name for name in LISTS if guest.matter in [one.matter.id for one in getattr(queue, name)]}


def owed(stage: OmbudsStage, guest: Guest) -> list[tuple[object, ...]]:
    query = "SELECT due_on, status FROM clock WHERE matter_id = :m AND name = 'reply_owed' ORDER BY epoch DESC LIMIT 1"
    return stage.rows(query, m=guest.matter)


def test_what_she_writes_after_the_end_is_sealed_new_to_read_and_owed_an_answer(ombuds_office: OmbudsStage):
    stage, guest = ombuds_office, ended(ombuds_office)
    assert lists(stage, guest) == set()
    assert told(guest) == {"plain.retaliation.until": UNTIL}
    assert "message" in guest.sees().moves
    guest.does("message", text="He moved my desk to the cellar.")
    assert state(stage, guest.matter) == "ended", "nothing is opened again by itself"
    assert {"new_to_read", "owed_this_week"} - lists(stage, guest) <= {"owed_this_week"}
    assert owed(stage, guest) == [(date(2016, 11, 16), "running")]  # ten working days, Veterans Day left out
    assert stage.rows("SELECT 1 FROM sealed_text WHERE position('cellar' in encode(sealed, 'escape')) > 0") == []
    shown = open_matter(stage.desk, "complaint", guest.matter, by=stage.callers["head"]).texts
    assert shown[-1].text == "He moved my desk to the cellar."
    at_desk(stage, "head", guest.matter, "reply", text="Shall we ask for your protection?")
    assert owed(stage, guest)[0][1] == "met"
    assert lists(stage, guest) == set()
    assert guest.sees().messages[-1].text == "Shall we ask for your protection?"


def test_nobody_reading_it_climbs_the_ladder_up_to_the_chair(ombuds_office: OmbudsStage):
    stage, guest = ombuds_office, ended(ombuds_office)
    guest.does("message", text="He moved my desk.")
    stage.to_day(date(2016, 12, 20))
    sweep(stage.flows)
    query = "SELECT DISTINCT f.rung FROM rung_fired f JOIN clock c ON c.id = f.clock_id WHERE c.name = 'reply_owed'"
    assert {"reminder", "late", "ask", "chair"} <= {row[0] for row in stage.rows(query)}
    assert {"new_to_read", "late"} <= lists(stage, guest)
    assert state(stage, guest.matter) == "ended"


def test_words_that_wait_for_an_answer_when_time_ends_it_still_wait(ombuds_office: OmbudsStage):
    stage, guest = ombuds_office, come(ombuds_office)
    opened_by(stage, "head", guest.matter)
    for trigger, more in (("acknowledge", {}), ("screen", {}), ("decline", {"ground": "premature"})):
        at_desk(stage, "head", guest.matter, trigger, **more)
    stage.to_day(date(2016, 9, 30))
    guest.does("message", text="And now this.")
    stage.to_day(date(2016, 11, 1))
    sweep(stage.flows)
    assert state(stage, guest.matter) == "ended"
    assert owed(stage, guest)[0][1] == "running"
    assert "new_to_read" in lists(stage, guest)


def test_on_the_last_day_she_can_and_on_the_next_a_clear_sentence_says_that_it_is_over(ombuds_office: OmbudsStage):
    stage, guest = ombuds_office, ended(ombuds_office)
    stage.to_day(UNTIL)
    guest.does("message", text="On the last day.")
    stage.to_day(UNTIL + DAY)
    before = stage.rows("SELECT count(*) FROM sealed_text")
    with pytest.raises(MoveRefused) as refused:
        guest.does("message", text="A day late.")
    assert refused.value.unmet == ("we_still_read_here",)
    assert stage.rows("SELECT count(*) FROM sealed_text") == before
    sweep(stage.flows)
    assert told(guest) == {"plain.retaliation.over": None}
    assert "message" not in guest.sees().moves
    at_desk(stage, "head", guest.matter, "reply", text="We read what you wrote on the last day.")


def test_a_file_can_be_sent_as_long_as_a_message(ombuds_office: OmbudsStage):
    stage, guest = ombuds_office, ended(ombuds_office)
    upload = receiving.begin(stage.intake, guest.visitor, "desk.txt")
    upload.take(b"in the cellar")
    upload.finish()
    assert [file.name for file in guest.sees().files] == ["desk.txt"]
    assert "new_to_read" in lists(stage, guest)


def test_a_second_look_begins_the_time_anew(ombuds_office: OmbudsStage):
    stage, guest = ombuds_office, come(ombuds_office)
    opened_by(stage, "head", guest.matter)
    for trigger, more in (("acknowledge", {}), ("screen", {}), ("decline", {"ground": "premature"})):
        at_desk(stage, "head", guest.matter, trigger, **more)
    assert told(guest) == {"plain.retaliation.until": UNTIL}
    guest.does("request_review")
    assert told(guest) == {"plain.retaliation.at_least": UNTIL}
    stage.to_day(date(2016, 9, 20))
    (row,) = stage.rows("SELECT person_id FROM responsibility WHERE matter_id = :m AND until_at IS NULL", m=guest.matter)
    other = next(who for who, person in stage.people.items() if person == row[0])
    at_desk(stage, other, guest.matter, "uphold", text="We stay with it.")
    assert told(guest) == {"plain.retaliation.until": date(2017, 10, 20)}


def test_who_stopped_everything_can_still_tell_us_and_who_asked_to_be_forgotten_cannot(ombuds_office: OmbudsStage):
    stage, stopped, forgotten = ombuds_office, come(ombuds_office), come(ombuds_office)
    stopped.does("withdraw_stop")
    forgotten.does("withdraw_forget")
    assert told(stopped) == {"plain.retaliation.until": UNTIL}
    stopped.does("message", text="Now he shouts more.")
    assert "new_to_read" in lists(stage, stopped)
    assert told(forgotten) == {"plain.retaliation.over": None}
    with pytest.raises(MoveRefused):
        forgotten.does("message", text="Wait.")
    assert state(stage, stopped.matter) == "withdrawn"


def test_somebody_must_be_left_who_can_read_what_she_may_still_write(ombuds_office: OmbudsStage):
    stage, guest = ombuds_office, ended(ombuds_office)
    readers = [who for who, person in stage.people.items() if who in stage.callers]
    left = []
    for who in readers:
        if stage.rows("SELECT 1 FROM seat WHERE matter_id = :m AND person_id = :p", m=guest.matter, p=stage.people[who]):
            left.append(who)
    for who in left[:-1]:
        recuse(stage.desk, "complaint", guest.matter, secret("x"), by=stage.callers[who])
    with pytest.raises((LastReader, NobodyLeft)):
        recuse(stage.desk, "complaint", guest.matter, secret("x"), by=stage.callers[left[-1]])


def test_what_comes_after_the_end_does_not_move_the_day_it_came_to_its_end(ombuds_office: OmbudsStage):
    stage, guest = ombuds_office, ended(ombuds_office)
    before = stage.rows("SELECT rested_on FROM matter")
    assert seen_at_intake(stage, guest) == seen_at_desk(stage, "head", guest.matter) == date(2018, 10, 4)
    stage.to_day(UNTIL + DAY)
    sweep(stage.flows)
    assert stage.rows("SELECT rested_on FROM matter") == before
    assert seen_at_intake(stage, guest) == date(2018, 10, 4)


def test_d14_what_she_writes_after_the_end_is_kept_as_long_as_anything(ombuds_office: OmbudsStage):
    stage, guest = ombuds_office, ended(ombuds_office)
    stage.to_day(date(2017, 1, 10))
    guest.does("message", text="He moved my desk.")
    assert seen_at_intake(stage, guest) == seen_at_desk(stage, "head", guest.matter) == date(2019, 1, 10)


def test_nothing_is_destroyed_before_the_day_she_was_told_nor_while_an_answer_is_owed(ombuds_office: OmbudsStage):
    stage, guest = ombuds_office, ended(ombuds_office)
    matter = guest.matter
    last = BEGAN + 300 * DAY
    with stage.owner.begin() as connection:  # a house that keeps nothing for long: as if it had come to rest long ago
        old = {"m": guest.matter, "d": date(2013, 1, 1)}
        connection.execute(text("UPDATE matter SET rested_on = :d WHERE id = :m"), old)
        connection.execute(text("UPDATE sealed_text SET made_on = :d WHERE matter_id = :m"), old)
    assert seen_at_intake(stage, guest) == UNTIL + DAY
    assert sum(day.announced for day in sweep_days(stage, last, last)) == 0
    stage.to_day(UNTIL - 31 * DAY)
    guest.does("message", text="He moved my desk.")
    with stage.owner.begin() as connection:
        connection.execute(text("UPDATE sealed_text SET made_on = :d WHERE matter_id = :m"), old)
    days = sweep_days(stage, UNTIL - 31 * DAY, UNTIL + 2 * DAY)
    assert sum(day.announced for day in days) == 1
    assert sum(day.destroyed for day in days) == 0
    assert shred(stage, guest.matter, UNTIL + 2 * DAY) == "clock_runs", "she has no answer yet"
    at_desk(stage, "head", guest.matter, "reply", text="We have read it.")
    with stage.owner.begin() as connection:
        connection.execute(text("UPDATE sealed_text SET made_on = :d WHERE matter_id = :m"), old)
    (gone,) = sweep_days(stage, UNTIL + 3 * DAY, UNTIL + 3 * DAY)
    assert gone.destroyed == 1
    assert not exists(stage, matter)


def test_a_conversation_says_that_she_comes_back_with_a_new_message(ombuds_office: OmbudsStage):
    guest = come(ombuds_office, "consultation", understood=True)
    assert told(guest) == {"plain.retaliation.now": None}
    guest.does("stop")
    assert told(guest) == {"plain.retaliation.over": None}


def test_after_the_weakest_way_to_stop_the_strongest_stays_open_once(ombuds_office: OmbudsStage):
    guest = come(ombuds_office)
    guest.does("withdraw_stop")
    assert "withdraw_forget" in guest.sees().moves
    assert Said("plain.stop.withdraw_forget") in guest.sees().answers[3]
    guest.does("withdraw_forget")
    held = "SELECT count(*) FROM seat WHERE matter_id = :m AND holder = 'person' AND until_at IS NULL"
    assert ombuds_office.rows(held, m=guest.matter) == [(0,)]
    running = "SELECT count(*) FROM clock WHERE matter_id = :m AND status = 'running'"
    assert ombuds_office.rows(running, m=guest.matter) == [(0,)], "nothing keeps it from being destroyed early"
    seen = guest.sees()
    told = {said.key for said in seen.answers[1]}
    assert {"plain.next.forgotten", "plain.next.destroyed"} <= told
    assert "withdraw_forget" not in seen.moves
    before = ombuds_office.rows("SELECT * FROM event ORDER BY matter_id, seq")
    with pytest.raises(MoveRefused) as refused:
        guest.does("withdraw_forget")
    assert refused.value.unmet == ("the_office_still_holds_keys",)
    assert ombuds_office.rows("SELECT * FROM event ORDER BY matter_id, seq") == before
