"""Words with a short life, what doors leave behind, and what the role of flows cannot do even in wrong hands."""

import pytest
from sqlalchemy import text

from actions import receiving
from actions.holding import HoldReason, place_hold
from actions.retention import keep_house
from tests.fixtures.months import BEGAN, DAY, exists, shred, sweep_days
from tests.fixtures.ombuds_office import OmbudsStage
from tests.fixtures.visitors import come, on_rung


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


def test_uploads_that_broke_off_are_gone_after_an_hour_s06(ombuds_office: OmbudsStage):
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
        answers = "INSERT INTO idempotency (locator, id, made_at) SELECT '\\x00', id, arrived_at FROM sealed_file WHERE whole"
        connection.execute(text(answers))
    assert keep_house(stage.flows).cut_off == 1
    assert sorted(row[0] for row in stage.rows("SELECT whole FROM sealed_file")) == [False, True]
    assert stage.rows("SELECT count(DISTINCT file_id) FROM sealed_chunk") == [(2,)]
    assert stage.rows("SELECT count(*) FROM idempotency") == [(0,)]
