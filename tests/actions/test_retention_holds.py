"""A held case is never destroyed, an unheld one always by its day."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions.held import listed
from actions.holding import AskerUnknown, HoldNeedsAnEnd, HoldNeedsAnother, HoldReason, lift_hold, place_hold
from actions.kernel.actor import NotAllowed
from actions.retention import keep_house
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
from tests.fixtures.visitors import come, on_rung


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
    stage.to_day(until)
    assert shred(stage, matter, until) == "not_swept_today"
    assert exists(stage, matter)
    assert sweep_days(stage, until, until)[0].destroyed == 1
    assert mentions(stage, matter) == {}


def test_a_hold_on_a_recommendation_holds_its_case(ombuds_office: OmbudsStage):
    stage = ombuds_office
    guest, recommendation = full_complaint(stage)
    handler = on_rung(stage, guest.matter, 0)
    others = [who for who in stage.callers if who != handler and _seated(stage, who, recommendation)]
    other = others[0]
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
    own, outside = stage.people[other], stage.people["officer_a"]
    with pytest.raises(HoldNeedsAnother):  # who asks does not approve
        place_hold(stage.desk, matter, reason=HoldReason.APPEAL, until=until, by=stage.callers[other], asked_by=own)
    with pytest.raises(AskerUnknown):  # who has no seat cannot have asked
        place_hold(stage.desk, matter, reason=HoldReason.APPEAL, until=until, by=stage.callers[other], asked_by=outside)
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


def test_holds_of_ones_own_cases_stand_in_one_list_and_to_keep_longer_is_another_hold(ombuds_office: OmbudsStage):
    stage = ombuds_office
    guest = come(stage, excluded=(stage.people["officer_a"],))
    guest.does("withdraw_stop")
    matter = guest.matter
    handler, other = on_rung(stage, matter, 0), on_rung(stage, matter, 1)
    by, asker = stage.callers[other], stage.people[handler]
    short = place_hold(stage.desk, matter, reason=HoldReason.COURT, until=BEGAN + 3 * DAY, by=by, asked_by=asker)
    long = place_hold(stage.desk, matter, reason=HoldReason.COURT, until=date(2020, 1, 1), by=by)
    seen = listed(stage.desk, by=stage.callers[handler])
    assert [(one.row.id, one.live, one.may_hold) for one in seen] == [(short, True, False), (long, True, False)]
    assert {one.approved_by.id for one in seen} == {stage.people[other]}
    assert [one.asked_by and one.asked_by.id for one in seen] == [asker, None]
    assert [one.may_hold for one in listed(stage.desk, by=by)] == [True, True]
    assert listed(stage.desk, by=stage.callers["officer_a"]) == [], "who has no seat learns of none"
    stage.to_day(BEGAN + 3 * DAY)
    ended = listed(stage.desk, by=by)
    assert [(one.row.id, one.live, one.destroyed_on) for one in ended] == [
        (long, True, date(2020, 1, 1)),
        (short, False, date(2020, 1, 1)),
    ]
    lift_hold(stage.desk, matter, long, by=by)
    (first, second) = listed(stage.desk, by=by)
    assert {first.live, second.live} == {False}
    lifted = next(one for one in (first, second) if one.row.id == long)
    assert (lifted.lifted_by and lifted.lifted_by.id, lifted.destroyed_on) == (stage.people[other], date(2018, 9, 1))


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
