"""Nothing is kept for ever and nothing goes without warning: announced, swept for days, then destroyed as if it never was."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from actions import receiving
from actions.kernel.actor import NotAllowed
from actions.retention import (
    HoldNeedsAnEnd,
    HoldNeedsAnother,
    HoldReason,
    Kept,
    confirm_backups_gone,
    destroyed_on,
    due_retention,
    keep_house,
    lift_hold,
    place_hold,
)
from flows.offices import office_of
from flows.retention import retention
from flows.safe import SafeError
from records import matters
from records.matters import NotFound
from records.tables import METADATA
from tests.fixtures.ombuds_office import OmbudsStage
from tests.fixtures.visitors import Guest, at_desk, come, on_rung, opened_by, secret, state

BEGAN = date(2016, 9, 1)
DAY = timedelta(days=1)
HOUSEKEEPING = {"swept_day", "trouble"}


def mentions(stage: OmbudsStage, *ids: UUID) -> dict[str, int]:
    """Tables in which any row holds one of these ids, in whatever column."""
    found = {}
    for table in METADATA.sorted_tables:
        for one in ids:
            ((count,),) = stage.rows(f"SELECT count(*) FROM {table.name} t WHERE t::text LIKE :id", id=f"%{one}%")
            if count:
                found[table.name] = int(str(count)) + found.get(table.name, 0)
    return found


def counts(stage: OmbudsStage) -> dict[str, int]:
    """Rows by table, where there are any."""
    found = {table.name: stage.rows(f"SELECT count(*) FROM {table.name}")[0][0] for table in METADATA.sorted_tables}
    return {name: int(str(count)) for name, count in found.items() if count and name not in HOUSEKEEPING}


def exists(stage: OmbudsStage, matter: UUID) -> bool:
    return bool(stage.rows("SELECT 1 FROM matter WHERE id = :m", m=matter))


def sweep_days(stage: OmbudsStage, first: date, last: date) -> list[Kept]:
    """Look at destruction on each day."""
    found = []
    for number in range((last - first).days + 1):
        stage.to_day(first + number * DAY)
        found.append(keep_house(stage.flows))
    return found


def seen_at_desk(stage: OmbudsStage, who: str, matter: UUID) -> date | None:
    with stage.desk.open() as books:
        stage.callers[who].enter(books, matter)
        return destroyed_on(books, matters.find(books, matter))


def seen_at_intake(stage: OmbudsStage, guest: Guest) -> date | None:
    with stage.intake.open() as books:
        own = guest.visitor.enter(books, None).own
        assert own is not None
        return destroyed_on(books, matters.find(books, own))


def shred(stage: OmbudsStage, matter: UUID, day: date) -> str:
    """Ask for it as the role of flows, past every action."""
    with stage.flows.engine.begin() as connection:
        return str(connection.execute(text("SELECT outcome FROM shred(:m, :d)"), {"m": matter, "d": day}).scalar_one())


def full_complaint(stage: OmbudsStage) -> tuple[Guest, UUID]:
    """A complaint with identity, file, consent, recommendation and reader; withdrawn on the first day."""
    guest = come(stage, identity=secret("Rosa Luna"))
    upload = receiving.begin(stage.intake, guest.visitor, "a.txt")
    upload.take(b"what was written on the wall")
    upload.finish()
    who = on_rung(stage, guest.matter, 0)
    opened_by(stage, who, guest.matter)
    for trigger in ("acknowledge", "screen", "inquire"):
        at_desk(stage, who, guest.matter, trigger)
    at_desk(stage, who, guest.matter, "draft", text="So it is.")
    at_desk(stage, who, guest.matter, "ask_consent", to="Human Resources", text="Move her desk.")
    guest.does("consent", consent=guest.sees().consents[-1].id)
    at_desk(stage, who, guest.matter, "conclude_without_names", text="So it is.", names_nobody=True)
    at_desk(stage, who, guest.matter, "recommend", text="Move her desk.", to="Human Resources")
    recommendation = UUID(str(stage.rows("SELECT id FROM matter WHERE kind = 'recommendation'")[0][0]))
    at_desk(stage, who, recommendation, "issue", consent=guest.sees().consents[-1].id)
    guest.does("withdraw_stop")
    assert state(stage, recommendation) == "closed"
    return guest, recommendation


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
    assert (last.destroyed, last.waiting) == (1, 0)
    assert last.texts == 5
    assert mentions(stage, matter) == {}
    after = counts(stage)
    after.pop("ledger_entry", 0)  # leaves, if any were made: of nothing, as the next line says
    assert stage.rows("SELECT count(*) FROM ledger_entry WHERE num_nonnulls(body, salt, matter_id) > 0") == [(0,)]
    assert after == before | {"tally": 1}
    assert stage.rows("SELECT * FROM tally") == [(date(2016, 9, 1), "consultation", "stopped", 1)]
    with pytest.raises(NotFound):
        guest.sees()


def test_a_complaint_goes_with_all_that_grew_out_of_it_on_the_day_that_was_told(ombuds_office: OmbudsStage):
    stage = ombuds_office
    guest, recommendation = full_complaint(stage)
    matter, due = guest.matter, date(2018, 9, 1)
    assert seen_at_intake(stage, guest) == seen_at_desk(stage, "head", matter) == due
    assert seen_at_desk(stage, "head", recommendation) == due
    assert sweep_days(stage, due - 31 * DAY, due - 31 * DAY)[0].announced == 0
    days = sweep_days(stage, due - 30 * DAY, due)
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
    assert confirm_backups_gone(stage.as_owner, due) == 1
    assert stage.rows("SELECT backups_gone_on FROM certificate") == [(due,)]


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


def late_text(stage: OmbudsStage, matter: UUID, day: date) -> None:
    """Something of hers came in, as a protection watch would let it."""
    with stage.owner.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO sealed_text (id, matter_id, seq, slot, epoch, author, visibility, sealed, made_on) SELECT :id, :m,"
                " coalesce(max(seq), 0) + 1, 'message', 1, 'visitor', 'shared', '\\x00', :d FROM sealed_text WHERE matter_id = :m"
            ),
            {"id": uuid4(), "m": matter, "d": day},
        )


def test_D14_something_that_comes_in_late_postpones_destruction(ombuds_office: OmbudsStage):
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


def test_D14_a_matter_that_is_taken_up_again_is_no_longer_announced(ombuds_office: OmbudsStage):
    stage = ombuds_office
    guest = come(stage, "consultation", understood=True)
    guest.does("stop")
    sweep_days(stage, BEGAN, BEGAN)
    with stage.owner.begin() as connection:
        connection.execute(text("UPDATE matter SET rested_on = NULL WHERE id = :m"), {"m": guest.matter})
    (kept,) = sweep_days(stage, BEGAN + 1 * DAY, BEGAN + 1 * DAY)
    assert (kept.withdrawn, kept.announced) == (1, 0)
    assert stage.rows("SELECT * FROM shred_announcement") == []


def test_a_held_case_is_not_destroyed_until_the_hold_ends(ombuds_office: OmbudsStage):
    stage = ombuds_office
    guest = come(stage, "consultation", understood=True)
    guest.does("stop")
    matter, until = guest.matter, BEGAN + 20 * DAY
    approver = stage.callers[on_rung(stage, matter, 1)]
    place_hold(stage.desk, matter, reason=HoldReason.COURT, until=until, by=approver)
    assert seen_at_intake(stage, guest) == until
    days = sweep_days(stage, BEGAN, until - DAY)
    assert [day.held for day in days] == [0] * 7 + [1] * 13
    assert shred(stage, matter, until - DAY) == "held"
    assert exists(stage, matter)
    assert sweep_days(stage, until, until)[0].destroyed == 1
    assert mentions(stage, matter) == {}


def test_a_hold_on_a_recommendation_holds_its_case(ombuds_office: OmbudsStage):
    stage = ombuds_office
    guest, recommendation = full_complaint(stage)
    handler = on_rung(stage, guest.matter, 0)
    other = next(who for who in ("officer_a", "officer_b", "alternate", "head") if who != handler and _seated(stage, who, recommendation))
    place_hold(stage.desk, recommendation, reason=HoldReason.COURT, until=date(2018, 10, 1), by=stage.callers[other])
    assert seen_at_desk(stage, handler, guest.matter) == date(2018, 10, 1)
    sweep_days(stage, date(2018, 8, 2), date(2018, 9, 3))
    assert exists(stage, guest.matter)
    assert shred(stage, guest.matter, date(2018, 9, 3)) == "held"


def _seated(stage: OmbudsStage, who: str, matter: UUID) -> bool:
    query = "SELECT 1 FROM seat WHERE matter_id = :m AND person_id = :p"
    return bool(stage.rows(query, m=matter, p=stage.people[who]))


def test_a_hold_needs_somebody_else_with_a_seat_and_an_end(ombuds_office: OmbudsStage):
    stage = ombuds_office
    guest = come(stage, excluded=(stage.people["officer_a"],))
    matter, before = guest.matter, counts(stage)
    handler, other = on_rung(stage, matter, 0), on_rung(stage, matter, 1)
    until = BEGAN + 30 * DAY
    with pytest.raises(HoldNeedsAnother):
        place_hold(stage.desk, matter, reason=HoldReason.APPEAL, until=until, by=stage.callers[handler])
    with pytest.raises(HoldNeedsAnEnd):
        place_hold(stage.desk, matter, reason=HoldReason.APPEAL, until=BEGAN, by=stage.callers[other])
    with pytest.raises(NotFound):
        place_hold(stage.desk, matter, reason=HoldReason.APPEAL, until=until, by=stage.callers["officer_a"])
    with pytest.raises(NotFound):
        place_hold(stage.desk, uuid4(), reason=HoldReason.APPEAL, until=until, by=stage.callers[other])
    with pytest.raises(NotAllowed):
        place_hold(stage.intake, matter, reason=HoldReason.APPEAL, until=until, by=guest.visitor)
    assert counts(stage) == before


def test_a_lifted_hold_holds_no_more_and_both_acts_are_in_the_ledger(ombuds_office: OmbudsStage):
    stage = ombuds_office
    guest = come(stage)
    guest.does("withdraw_stop")
    matter = guest.matter
    handler, other = on_rung(stage, matter, 0), on_rung(stage, matter, 1)
    held = place_hold(stage.desk, matter, reason=HoldReason.REVIEW, until=date(2020, 1, 1), by=stage.callers[other])
    assert seen_at_desk(stage, handler, matter) == date(2020, 1, 1)
    with pytest.raises(HoldNeedsAnother):
        lift_hold(stage.desk, matter, held, by=stage.callers[handler])
    with pytest.raises(NotFound):
        lift_hold(stage.desk, matter, uuid4(), by=stage.callers[other])
    lift_hold(stage.desk, matter, held, by=stage.callers[other])
    with pytest.raises(NotFound):
        lift_hold(stage.desk, matter, held, by=stage.callers[other])
    assert seen_at_desk(stage, handler, matter) == date(2018, 9, 1)
    said = [str(row[0]) for row in stage.rows("SELECT body FROM ledger_entry WHERE matter_id = :m", m=matter)]
    assert sum("complaint.held" in body for body in said) == 1
    assert sum("complaint.hold_lifted" in body for body in said) == 1


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


def test_the_role_of_flows_cannot_hurry_anything(ombuds_office: OmbudsStage):
    """In wrong hands it rewrites what it may: rules, rests, days. Nothing goes before seven swept days all the same."""
    stage = ombuds_office
    guest = come(stage)
    matter = guest.matter
    keep_house(stage.flows)
    with stage.flows.engine.begin() as connection:
        content = str(stage.rows("SELECT content FROM edition")[0][0])
        for old, new in (("keep_months", 0), ("announce_days", 1), ("least_swept_days", 1)):
            content = content.replace(f'"{old}":', f'"{old}":{new},"was":')
        insert = "INSERT INTO edition (hash, pack, content, made_at) VALUES ('forged', 'oas', :c, '2016-01-01')"
        connection.execute(text(insert), {"c": content})
        forge = "UPDATE matter SET edition = 'forged', rested_on = '2001-01-01', state = 'ended' WHERE id = :m"
        connection.execute(text(forge), {"m": matter})
    for lie in (BEGAN + 60 * DAY, BEGAN - 60 * DAY):
        with pytest.raises(Exception, match="not the office day"), stage.flows.engine.begin() as connection:
            connection.execute(text("SELECT begin_retention(:d)"), {"d": lie})
        with pytest.raises(Exception, match="not the office day"):
            shred(stage, matter, lie)
    for write in (
        "INSERT INTO swept_day (day) VALUES ('2016-09-02')",
        "INSERT INTO shred_announcement VALUES (:m, '2001-01-01', '2001-01-01', '2001-01-01')",
        "UPDATE shred_announcement SET due_on = '2001-01-01'",
        "DELETE FROM hold",
        "DELETE FROM matter WHERE id = :m",
        "SELECT attest_shred(:m, ARRAY[]::uuid[], '2016-09-01')",
        "UPDATE office_clock SET instant = '2030-01-01'",
    ):
        with pytest.raises(Exception, match="permission denied"), stage.flows.engine.begin() as connection:
            connection.execute(text(write), {"m": matter})
    assert sum(day.destroyed for day in sweep_days(stage, BEGAN, BEGAN + 6 * DAY)) == 0
    assert exists(stage, matter)


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


def test_notes_of_an_open_conversation_have_a_short_life_and_what_she_came_with_stays(ombuds_office: OmbudsStage):
    stage = ombuds_office
    talk, case = come(stage, "consultation", understood=True), come(stage)
    for guest in (talk, case):
        guest.does("message", text="By the way.")
    day = BEGAN + 30 * DAY
    for number in range(1, 31):  # looked at on most days, so that no jump is suspected
        if number % 5 == 0:
            sweep_days(stage, BEGAN + number * DAY, BEGAN + number * DAY)
    assert len(talk.sees().messages) == 2
    talk.does("message", text="Still here.")
    (kept,) = sweep_days(stage, day + DAY, day + DAY)
    assert kept.texts == 1
    assert [message.text for message in talk.sees().messages] == ["The head of my unit reads my mail.", "Still here."]
    assert len(case.sees().messages) == 2
    talk.does("make_official")  # what it takes is still there
    assert talk.kind == "complaint"


def test_a_hold_keeps_notes_too_and_so_does_a_jump_of_the_clock(ombuds_office: OmbudsStage):
    stage = ombuds_office
    held, free = (come(stage, "consultation", understood=True) for _ in range(2))
    for guest in (held, free):
        guest.does("message", text="By the way.")
    approver = stage.callers[on_rung(stage, held.matter, 1)]
    place_hold(stage.desk, held.matter, reason=HoldReason.PROTECTION, until=BEGAN + 300 * DAY, by=approver)
    keep_house(stage.flows)
    far = BEGAN + 90 * DAY
    days = sweep_days(stage, far, far + 7 * DAY)
    assert [day.texts for day in days] == [0] * 7 + [1]
    assert len(held.sees().messages) == 2
    assert len(free.sees().messages) == 1


def test_S06_uploads_that_broke_off_are_gone_after_an_hour(ombuds_office: OmbudsStage):
    stage = ombuds_office
    guest = come(stage)
    whole = receiving.begin(stage.intake, guest.visitor, "whole.txt")
    whole.take(b"all of it")
    whole.finish()
    for name in ("old.txt", "new.txt"):
        receiving.begin(stage.intake, guest.visitor, name).take(b"x" * 300_000)
    with stage.owner.begin() as connection:
        old = "UPDATE sealed_file SET arrived_at = arrived_at - interval '61 minutes'"
        connection.execute(text(f"{old} WHERE whole OR id = (SELECT id FROM sealed_file WHERE NOT whole LIMIT 1)"))
        answers = "INSERT INTO idempotency (locator, id, made_at) SELECT decode(:h, 'hex'), :i, arrived_at FROM sealed_file WHERE {}"
        connection.execute(text(answers.format("whole")), {"h": "00", "i": uuid4()})
    assert keep_house(stage.flows).cut_off == 1
    assert sorted(row[0] for row in stage.rows("SELECT whole FROM sealed_file")) == [False, True]
    assert stage.rows("SELECT count(DISTINCT file_id) FROM sealed_chunk") == [(2,)]
    assert stage.rows("SELECT count(*) FROM idempotency") == [(0,)]


STEPS = st.lists(
    st.tuples(st.sampled_from(["", "", "", "hold", "text"]), st.sampled_from([1, 1, 1, 2, 3, 9]), st.integers(1, 9)),
    min_size=4,
    max_size=22,
)


def expected(steps: Sequence[tuple[str, int, int]], start: date, swept: list[date]) -> date | None:
    """The day a consultation that ended on `start` goes, told by the rules and day by day; None: not yet at the end."""
    day, last, held_until = start, start, start
    announced: date | None = None
    counted_from = start
    for what, on, number in steps:
        if what == "text":
            last = day
        elif what == "hold":
            held_until = max(held_until, day + number * DAY)
        day += on * DAY
        if swept and (day - swept[-1]).days > 7:
            counted_from = day
        swept.append(day)
        if announced is None or last > start:
            announced, start = day, last
            counted_from = max(counted_from, day)
        enough = sum(one > counted_from for one in swept) >= 7
        if enough and day >= announced + 7 * DAY and day >= held_until:
            return day
    return None


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_a_held_case_is_never_destroyed_and_an_unheld_one_always_by_its_day(
    ombuds_office: OmbudsStage, steps: list[tuple[str, int, int]]
):
    stage = ombuds_office
    ((newest,),) = stage.rows("SELECT max(day) FROM swept_day")
    day = BEGAN if newest is None else date.fromisoformat(str(newest)) + DAY
    stage.to_day(day)
    guest = come(stage, "consultation", understood=True)
    guest.does("stop")
    matter, approver = guest.matter, stage.callers[on_rung(stage, guest.matter, 1)]
    swept = [date.fromisoformat(str(row[0])) for row in stage.rows("SELECT day FROM swept_day ORDER BY day")]
    goes, held_until = expected(steps, day, swept), day
    for what, on, number in steps:
        if what == "text":
            late_text(stage, matter, day)
        elif what == "hold":
            held_until = max(held_until, day + number * DAY)
            place_hold(stage.desk, matter, reason=HoldReason.COURT, until=day + number * DAY, by=approver)
        day += on * DAY
        stage.to_day(day)
        kept = keep_house(stage.flows)
        assert exists(stage, matter) or held_until <= day
        assert exists(stage, matter) == (goes is None or day < goes)
        if day == goes:
            assert kept.destroyed >= 1
            assert mentions(stage, matter) == {}
            return
    assert goes is None


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
