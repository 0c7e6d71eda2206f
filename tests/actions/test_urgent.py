"""Somebody may be in danger: one working day, a ladder of its own, first at the desk, until a person has judged it."""

from datetime import date

import pytest

from actions.desk_queue import queue_of
from actions.kernel.sweep import sweep
from states.machine import MoveRefused
from tests.fixtures.ombuds_office import OmbudsStage
from tests.fixtures.visitors import Guest, at_desk, come, on_rung, opened_by

TRIAGE = "SELECT status, started_on, due_on FROM clock WHERE matter_id = :m AND name = 'triage'"


def triage(stage: OmbudsStage, guest: Guest) -> list[tuple[object, ...]]:
    return stage.rows(TRIAGE, m=guest.matter)


def first(stage: OmbudsStage, who: str) -> list[object]:
    """What stands in the first list of somebody's queue, and that it is counted there."""
    queue = queue_of(stage.desk, by=stage.callers[who])
    assert queue.extent["urgent"].count == len(queue.urgent)
    return [one.matter.id for one in queue.urgent]


@pytest.mark.parametrize("track", ["complaint", "consultation"])
def test_what_is_urgent_has_one_working_day_and_stands_first_until_a_person_judged_it(ombuds_office: OmbudsStage, track: str):
    stage = ombuds_office
    quiet, guest = come(stage, track), come(stage, track, urgent=True)
    handler = on_rung(stage, guest.matter, 0)
    assert triage(stage, quiet) == []
    assert triage(stage, guest) == [("running", date(2016, 9, 1), date(2016, 9, 2))]
    assert guest.received.urgent_by == date(2016, 9, 2)
    assert "triage" in [one.clock for one in guest.sees().dates]
    assert first(stage, handler) == [guest.matter]
    with pytest.raises(MoveRefused) as refused:
        at_desk(stage, handler, guest.matter, "triage", note="x")
    assert refused.value.unmet == ("a_person_has_read_it",)
    opened_by(stage, handler, guest.matter)
    at_desk(stage, handler, guest.matter, "triage", note="She is at her mother's, and safe tonight.")
    assert [row[0] for row in triage(stage, guest)] == ["met"]
    assert first(stage, handler) == []
    assert stage.rows("SELECT visibility FROM sealed_text WHERE slot = 'note'") == [("office",)]
    with pytest.raises(MoveRefused) as refused:
        at_desk(stage, handler, guest.matter, "triage")
    assert refused.value.unmet == ("an_alarm_is_open",)
    guest.does("raise_alarm", text="He stands at her door.")
    assert [row[0] for row in triage(stage, guest)] == ["met", "running"]
    assert guest.sees().messages[-1].what == "raise_alarm"
    told = {"reason": "He is at her door.", "to": "The police", "text": "Go there.", "beforehand": "By phone, at noon."}
    at_desk(stage, handler, guest.matter, "act_on_danger", told_first=True, **told)
    assert first(stage, handler) == []
    tallied = stage.rows("SELECT count FROM tally WHERE kind = 'consultation.disclosed' AND outcome = 'act_on_danger'")
    assert tallied == ([(1,)] if track == "consultation" else [])


def test_nobody_judged_it_and_every_day_somebody_higher_is_told(ombuds_office: OmbudsStage):
    stage = ombuds_office
    guest = come(stage, urgent=True)
    for day in (1, 2, 6, 7, 8, 9):  # Labor Day is the fifth
        stage.to_day(date(2016, 9, day), hour=20)
        sweep(stage.flows)
    fired = "SELECT r.rung, r.due_at::date FROM rung_fired r JOIN clock c ON c.id = r.clock_id WHERE c.name = 'triage' ORDER BY 2"
    assert stage.rows(fired) == [
        ("reminder", date(2016, 9, 1)),
        ("handover", date(2016, 9, 2)),
        ("late", date(2016, 9, 6)),
        ("ask", date(2016, 9, 7)),
        ("chair", date(2016, 9, 8)),
    ]
    assert triage(stage, guest)[0][0] == "running"


def test_who_is_away_does_not_keep_what_is_urgent(ombuds_office: OmbudsStage):
    stage = ombuds_office
    guest = come(stage, urgent=True)
    who = on_rung(stage, guest.matter, 0)
    stage.absent(who, date(2016, 9, 2), date(2016, 9, 30))
    stage.to_day(date(2016, 9, 2))
    sweep(stage.flows)
    query = "SELECT person_id FROM responsibility WHERE matter_id = :m AND until_at IS NULL"
    assert stage.rows(query, m=guest.matter) != [(stage.people[who],)]


def test_an_alarm_goes_on_where_a_talk_becomes_official(ombuds_office: OmbudsStage):
    stage = ombuds_office
    guest = come(stage, "consultation", urgent=True)
    talk = guest.matter
    guest.does("make_official")
    assert guest.matter != talk
    assert triage(stage, guest) == [("running", date(2016, 9, 1), date(2016, 9, 2))]
    judged = come(stage, "consultation", urgent=True)
    handler = on_rung(stage, judged.matter, 0)
    opened_by(stage, handler, judged.matter)
    at_desk(stage, handler, judged.matter, "triage")
    judged.does("make_official")
    assert triage(stage, judged) == []
