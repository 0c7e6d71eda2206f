"""Nothing is kept for ever and nothing goes without warning: announced, swept for days, then destroyed as if it never was."""

import asyncio
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text

from actions.certificates import confirm_backups_gone
from actions.kernel.step import NotYet
from actions.retention import Kept, due_retention, keep_house
from flows.offices import office_of
from flows.retention import retention
from flows.safe import SafeError
from records.matters import NotFound
from tests.fixtures.months import (
    BEGAN,
    DAY,
    counts,
    exists,
    full_complaint,
    late_text,
    mentions,
    seen_at_desk,
    seen_at_intake,
    shred,
    sweep_days,
)
from tests.fixtures.ombuds_office import OmbudsStage
from tests.fixtures.visitors import Guest, at_desk, come, on_rung, opened_by


def test_a_consultation_ends_with_nothing_but_a_tally(ombuds_office: OmbudsStage):
    stage = ombuds_office
    before = counts(stage)
    guest = come(stage, "consultation", understood=True)
    matter = guest.matter
    opened_by(stage, on_rung(stage, matter, 0), matter)
    at_desk(stage, on_rung(stage, matter, 0), matter, "open_conversation")
    guest.does("message", text="I only want to talk.")
    guest.does("stop")
    days = sweep_days(stage, BEGAN, BEGAN + 6 * DAY)
    assert [day.announced for day in days] == [1, 0, 0, 0, 0, 0, 0]
    assert seen_at_intake(stage, guest) == BEGAN + 7 * DAY
    assert exists(stage, matter)
    (last,) = sweep_days(stage, BEGAN + 7 * DAY, BEGAN + 7 * DAY)
    assert (last.destroyed, last.waiting, last.texts) == (1, 0, 5)
    assert mentions(stage, matter) == {}
    after = counts(stage)
    after.pop("ledger_entry", 0)  # leaves, if any were made: of nothing, as the next line says
    assert stage.rows("SELECT count(*) FROM ledger_entry WHERE num_nonnulls(body, salt, matter_id) > 0") == [(0,)]
    assert after == before | {"tally": 4}
    month = date(2016, 9, 1)
    assert set(stage.rows("SELECT * FROM tally")) == {
        (month, "consultation", "stopped", 1),
        (month, "consultation.began", "began", 1),
        (month, "consultation.clocks", "first_answer.met", 1),
        (month, "consultation.ended", "stopped", 1),
    }
    with pytest.raises(NotFound):
        guest.sees()


def test_a_complaint_goes_with_all_that_grew_out_of_it_on_the_day_that_was_told(ombuds_office: OmbudsStage):
    stage = ombuds_office
    guest, recommendation = full_complaint(stage)
    matter, due = guest.matter, date(2018, 9, 1)
    assert seen_at_intake(stage, guest) == seen_at_desk(stage, "head", matter) == due
    assert seen_at_desk(stage, "head", recommendation) == due
    assert sweep_days(stage, due - 31 * DAY, due - 31 * DAY)[0].announced == 0
    days = sweep_days(stage, due - 30 * DAY, due - DAY)
    assert shred(stage, matter, due - DAY) == "too_early"
    assert exists(stage, matter)
    days += sweep_days(stage, due, due)
    assert [day.announced for day in days] == [1] + [0] * 30
    assert [day.destroyed for day in days] == [0] * 30 + [1]
    assert days[-1].files == 1
    assert mentions(stage, matter, recommendation) == {}
    left = {"seat", "epoch", "receipt", "sealed_text", "sealed_file", "sealed_chunk", "sealed_identity", "consent", "read_log"}
    assert left & counts(stage).keys() == set()
    certificate = stage.rows("SELECT kind, rule, destroyed_on, backups_gone_on FROM certificate")
    assert certificate == [("complaint", "complaint.retention", due, None)]
    assert set(stage.rows("SELECT month, kind, outcome, count FROM tally")) == {
        (date(2016, 9, 1), "complaint", "withdrawn", 1),
        (date(2016, 9, 1), "recommendation", "closed", 1),
    }
    assert confirm_backups_gone(stage.as_owner, due) == 0, "a copy of that morning may still hold it"
    with pytest.raises(NotYet):
        confirm_backups_gone(stage.as_owner, due + DAY)
    assert stage.rows("SELECT backups_gone_on FROM certificate") == [(None,)]
    stage.to_day(due + DAY)
    assert confirm_backups_gone(stage.as_owner, due + DAY) == 1
    assert confirm_backups_gone(stage.as_owner, due + DAY) == 0
    assert stage.rows("SELECT backups_gone_on FROM certificate") == [(due + DAY,)]


def test_of_the_ledger_only_leaves_stay(ombuds_office: OmbudsStage):
    stage = ombuds_office
    guest = come(stage)
    guest.does("withdraw_forget")
    matter = guest.matter
    entries = "SELECT commitment, body IS NULL, salt IS NULL FROM ledger_entry WHERE body LIKE :m OR body IS NULL ORDER BY 1"
    before = stage.rows(entries, m=f"%{matter}%")
    assert len(before) >= 2
    sweep_days(stage, BEGAN, BEGAN + 7 * DAY)
    assert [row[1:] for row in stage.rows(entries, m=f"%{matter}%")] == [(True, True)] * len(before)
    assert [row[0] for row in stage.rows(entries, m=f"%{matter}%")] == [row[0] for row in before]
    said = [row[0] for row in stage.rows("SELECT body FROM ledger_entry WHERE body LIKE '%retention.destroyed%'")]
    (certificate,) = stage.rows("SELECT id FROM certificate")
    assert len(said) == 1
    assert str(certificate[0]) in str(said[0])


def test_who_asks_to_be_forgotten_is_forgotten_after_the_shortest_announcement(ombuds_office: OmbudsStage):
    stage = ombuds_office
    forgotten, stopped = come(stage), come(stage)
    forgotten.does("withdraw_forget")
    stopped.does("withdraw_stop")
    gone, stays = forgotten.matter, stopped.matter
    assert seen_at_intake(stage, forgotten) == BEGAN + 7 * DAY
    assert sum(day.destroyed for day in sweep_days(stage, BEGAN, BEGAN + 6 * DAY)) == 0
    assert sweep_days(stage, BEGAN + 7 * DAY, BEGAN + 7 * DAY)[0].destroyed == 1
    assert mentions(stage, gone) == {}
    assert exists(stage, stays)


def test_a_complaint_that_grew_out_of_a_conversation_forgets_it(ombuds_office: OmbudsStage):
    stage = ombuds_office
    guest = come(stage, "consultation", understood=True)
    talk = guest.matter
    guest.does("make_official")
    complaint = guest.matter
    assert complaint != talk
    sweep_days(stage, BEGAN, BEGAN + 7 * DAY)
    assert mentions(stage, talk) == {}
    assert guest.sees().matter.id == complaint
    assert stage.rows("SELECT came_from FROM complaint") == [(None,)]


def test_what_is_under_way_is_never_announced(ombuds_office: OmbudsStage):
    stage = ombuds_office
    guest = come(stage)
    stage.to_day(date(2026, 9, 1))
    assert keep_house(stage.flows).announced == 0
    assert seen_at_intake(stage, guest) is None
    assert shred(stage, guest.matter, date(2026, 9, 1)) == "not_announced"
    assert exists(stage, guest.matter)


def test_a_case_waits_for_the_recommendation_that_grew_out_of_it(ombuds_office: OmbudsStage):
    stage = ombuds_office
    guest, recommendation = full_complaint(stage)
    with stage.owner.begin() as connection:
        connection.execute(text("UPDATE matter SET rested_on = NULL WHERE id = :r"), {"r": recommendation})
    stage.to_day(date(2019, 1, 1))
    assert keep_house(stage.flows).announced == 0
    assert seen_at_desk(stage, "head", guest.matter) is None
    with stage.owner.begin() as connection:
        connection.execute(text("UPDATE matter SET rested_on = '2018-12-24' WHERE id = :r"), {"r": recommendation})
    assert seen_at_desk(stage, "head", guest.matter) == date(2020, 12, 24)


def test_something_that_comes_in_late_postpones_destruction_d14(ombuds_office: OmbudsStage):
    stage = ombuds_office
    guest = come(stage, "consultation", understood=True)
    guest.does("stop")
    matter = guest.matter
    sweep_days(stage, BEGAN, BEGAN + 6 * DAY)
    late_text(stage, matter, BEGAN + 6 * DAY)
    stage.to_day(BEGAN + 7 * DAY)
    assert shred(stage, matter, BEGAN + 7 * DAY) == "late_content"
    (kept,) = sweep_days(stage, BEGAN + 7 * DAY, BEGAN + 7 * DAY)
    assert (kept.withdrawn, kept.announced, kept.destroyed) == (1, 1, 0)
    assert seen_at_intake(stage, guest) == BEGAN + 14 * DAY
    assert sum(day.destroyed for day in sweep_days(stage, BEGAN + 8 * DAY, BEGAN + 13 * DAY)) == 0
    assert sweep_days(stage, BEGAN + 14 * DAY, BEGAN + 14 * DAY)[0].destroyed == 1


def test_a_matter_that_is_taken_up_again_is_no_longer_announced_d14(ombuds_office: OmbudsStage):
    stage = ombuds_office
    guest = come(stage, "consultation", understood=True)
    guest.does("stop")
    sweep_days(stage, BEGAN, BEGAN)
    with stage.owner.begin() as connection:
        connection.execute(text("UPDATE matter SET rested_on = NULL WHERE id = :m"), {"m": guest.matter})
    (kept,) = sweep_days(stage, BEGAN + 1 * DAY, BEGAN + 1 * DAY)
    assert (kept.withdrawn, kept.announced) == (1, 0)
    assert stage.rows("SELECT * FROM shred_announcement") == []


def test_while_a_second_look_is_possible_no_time_runs_and_a_reopened_case_counts_from_its_new_end_d14(ombuds_office: OmbudsStage):
    stage = ombuds_office
    guest = come(stage)
    matter, handler = guest.matter, on_rung(stage, guest.matter, 0)
    opened_by(stage, handler, matter)
    for trigger in ("acknowledge", "screen"):
        at_desk(stage, handler, matter, trigger)
    at_desk(stage, handler, matter, "decline", ground="out_of_remit", text="Not ours.")
    for step in ("", "request_review"):
        if step:
            guest.does(step)
        assert (seen_at_intake(stage, guest), certificate_number(guest)) == (None, None)
    at_desk(stage, on_rung(stage, matter, 1), matter, "reopen")
    stage.to_day(BEGAN + 20 * DAY)
    assert (seen_at_intake(stage, guest), certificate_number(guest)) == (None, None)
    guest.does("withdraw_stop")
    assert seen_at_intake(stage, guest) == date(2018, 9, 21)
    assert certificate_number(guest) is not None


def certificate_number(guest: Guest) -> object:
    """The number that her page names; None where it names none."""
    return next((said.params["number"] for said in guest.sees().answers[1] if said.key == "plain.next.number"), None)


def test_after_a_jump_of_the_clock_nothing_goes_before_seven_more_swept_days(ombuds_office: OmbudsStage):
    stage = ombuds_office
    guest = come(stage, "consultation", understood=True)
    guest.does("stop")
    sweep_days(stage, BEGAN, BEGAN + 5 * DAY)
    far = BEGAN + 400 * DAY
    (kept,) = sweep_days(stage, far, far)
    assert (kept.jumped, kept.destroyed, kept.waiting) == (1, 0, 1)
    assert shred(stage, guest.matter, far) == "clock_jumped"
    assert stage.rows("SELECT what FROM trouble") == [("ClockJumped",)]
    assert keep_house(stage.flows).destroyed == 0
    assert stage.rows("SELECT count(*) FROM trouble") == [(1,)]
    assert sum(day.destroyed for day in sweep_days(stage, far + DAY, far + 6 * DAY)) == 0
    assert sweep_days(stage, far + 7 * DAY, far + 7 * DAY)[0].destroyed == 1


def test_it_is_due_once_an_office_day_and_a_second_look_changes_nothing(ombuds_office: OmbudsStage):
    stage = ombuds_office
    guest = come(stage, "consultation", understood=True)
    guest.does("stop")
    assert due_retention(stage.flows)
    keep_house(stage.flows)
    before = counts(stage)
    assert not due_retention(stage.flows)
    for _ in range(9):
        assert keep_house(stage.flows) == Kept()
    assert counts(stage) == before
    stage.to_day(BEGAN + DAY, hour=3)  # still the day before in Washington
    assert not due_retention(stage.flows)
    stage.to_day(BEGAN + DAY, hour=5)
    assert due_retention(stage.flows)


def test_a_poisoned_matter_does_not_keep_the_others(ombuds_office: OmbudsStage):
    stage = ombuds_office
    one, two = (come(stage, "consultation", understood=True) for _ in range(2))
    for guest in (one, two):
        guest.does("stop")
    poisoned, fine = one.matter, two.matter
    with stage.owner.begin() as connection:  # something of it is tied to what cannot go
        connection.execute(text("CREATE TABLE stray (matter_id uuid REFERENCES matter)"))
        connection.execute(text("INSERT INTO stray VALUES (:m)"), {"m": poisoned})
    days = sweep_days(stage, BEGAN, BEGAN + 7 * DAY)
    assert (days[-1].destroyed, days[-1].failed) == (1, 1)
    assert (exists(stage, poisoned), exists(stage, fine)) == (True, False)
    assert stage.rows("SELECT what FROM trouble WHERE \"where\" = 'retention'") == [("IntegrityError",)]
    assert stage.rows("SELECT count(*) FROM sealed_text WHERE matter_id = :m", m=poisoned) == [(4,)]


def test_the_flow_tells_counts_and_nothing_else(ombuds_office: OmbudsStage, monkeypatch, tmp_path):
    stage = ombuds_office
    come(stage, "consultation", understood=True).does("stop")
    (tmp_path / "url").write_text(stage.database.url("ombuds_flows"))
    monkeypatch.setenv("AMPARO_OMBUDS_URL_FILE", str(tmp_path / "url"))
    monkeypatch.setenv("AMPARO_ENVIRONMENT", "test")
    office_of.cache_clear()
    try:
        told = asyncio.run(retention.fn())
        assert told["announced"] == 1
        assert all(isinstance(value, int) for value in told.values())
        with stage.owner.begin() as connection:
            connection.execute(text("ALTER FUNCTION purge_notes(date) RENAME TO lost"))
        with pytest.raises(SafeError) as failed:
            asyncio.run(retention.fn())
        assert (failed.value.code, failed.value.__cause__) == ("retention_failed", None)
        assert "purge_notes" not in str(failed.value)
    finally:
        office_of("ombuds").engine.dispose()
        office_of.cache_clear()


def test_the_house_has_nothing_to_destroy(house_office):
    assert not due_retention(house_office.flows)
    with pytest.raises(Exception, match="permission denied"), house_office.flows.engine.begin() as connection:
        connection.execute(text("SELECT begin_retention(:d)"), {"d": datetime(2015, 6, 15, tzinfo=UTC).date()})
