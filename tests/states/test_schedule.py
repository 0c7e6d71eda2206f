"""When a clock fires next."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from policies.pack import Pack, load_pack, pack_folder
from policies.rules import PauseRule
from states import calendars
from states.calendars import Calendar
from states.schedule import CAP, LAPSE, PASSED, Held, Moment, Watch, capped, due_of, excused, next_moment

START = date(2026, 3, 2)  # a Monday
CAPS = {
    "a": PauseRule(each=10, total=15, source="test", verified=True),
    "b": PauseRule(each=5, total=5, source="test", verified=True),
}


@cache
def pack() -> Pack:
    return load_pack(pack_folder("oas"))


@cache
def washington() -> Calendar:
    return calendars.load(pack().calendars.spec())


def watch(kind: str = "mandate", clock: str = "assignment", **changes: object) -> Watch:
    rule = pack().kinds[kind].clocks[clock]
    plain = {"started_at": datetime(2026, 3, 2, 15, tzinfo=UTC), "given": None, "lapses": False, "awaited": False}
    return Watch(rule=rule, ladder=pack().ladders[rule.ladder], calendar=washington(), started_on=START, **(plain | changes))


def everything(seen: Watch, until: datetime) -> Iterator[Moment]:
    """What fires one after the other, as a sweep that runs at each instant would see it."""
    fired: set[tuple[str, int]] = set()
    due = due_of(seen, capped((), {}, START)).on
    while (moment := next_moment(seen, capped((), {}, START), due, fired)) is not None and moment.at <= until:
        yield moment
        fired.add((moment.what, moment.round))


def test_a_ladder_fires_in_order_at_opening_hours_and_its_last_rung_comes_again() -> None:
    found = [(moment.what, moment.round, moment.at.date()) for moment in everything(watch(), datetime(2026, 6, 1, tzinfo=UTC))]
    assert found == [
        ("reminder", 0, date(2026, 3, 9)),
        ("last_day", 0, date(2026, 3, 16)),
        ("late", 0, date(2026, 3, 17)),
        ("handover", 0, date(2026, 3, 23)),
        ("ask", 0, date(2026, 3, 30)),
        ("chair", 0, date(2026, 4, 13)),
        ("chair", 1, date(2026, 5, 12)),  # 16 April: Emancipation Day, of Washington alone
    ]


def test_a_lapse_comes_at_the_first_instant_of_the_day_after_and_never_before_what_waits_for_it() -> None:
    seen = watch(lapses=True, awaited=True)
    own = [moment for moment in everything(seen, datetime(2026, 3, 18, tzinfo=UTC)) if moment.what in {LAPSE, PASSED}]
    assert [moment.what for moment in own] == [PASSED, LAPSE]
    assert {moment.at for moment in own} == {datetime(2026, 3, 17, 4, tzinfo=UTC)}


def test_d07_a_reminder_lands_in_working_time_and_one_before_the_beginning_never_comes() -> None:
    saturday = watch(clock="sunset", given={"on": "2026-03-07"}, lapses=True)
    found = [(moment.what, moment.at.date()) for moment in everything(saturday, datetime(2026, 3, 9, tzinfo=UTC))]
    assert found == [("last_day", date(2026, 3, 6)), (LAPSE, date(2026, 3, 8))]


def test_given_periods_count_as_the_instrument_says() -> None:
    given_period = {"start": "2015-05-26", "count": 180, "unit": "calendar_days", "first_day": "counted"}
    assert due_of(watch(clock="sunset", given=given_period), capped((), {}, START)).on == date(2015, 11, 21)


def test_while_paused_there_is_no_date_and_only_the_cap_lies_ahead() -> None:
    held = capped([("a", date(2026, 3, 4), None)], CAPS, date(2026, 3, 5))
    seen = watch()
    due = due_of(seen, held)
    assert due.on is None
    moment = next_moment(seen, held, due.on, set())
    assert moment is not None
    assert (moment.what, moment.at) == (CAP, washington().start_of(date(2026, 3, 14)))


def test_a_pause_past_its_cap_holds_no_longer() -> None:
    held = capped([("a", date(2026, 3, 4), None)], CAPS, date(2026, 3, 14))
    assert held.stretches == ((date(2026, 3, 4), date(2026, 3, 14)),)
    assert held.cap_on is None


def test_all_pauses_of_a_name_together_have_a_cap_too() -> None:
    found = capped(
        [("a", date(2026, 3, 2), date(2026, 3, 12)), ("a", date(2026, 4, 1), date(2026, 4, 11))], CAPS, date(2026, 5, 1)
    )
    assert found.stretches == ((date(2026, 3, 2), date(2026, 3, 12)), (date(2026, 4, 1), date(2026, 4, 6)))


@given(
    cut=st.integers(1, 9),
    length=st.integers(2, 10),
    start=st.integers(0, 20),
)
def test_d01_splitting_a_pause_never_changes_the_date(cut: int, length: int, start: int) -> None:
    begins = date.fromordinal(START.toordinal() + start)
    middle = date.fromordinal(begins.toordinal() + min(cut, length - 1))
    ends = date.fromordinal(begins.toordinal() + length)
    whole = due_of(watch(), capped([("a", begins, ends)], CAPS, date(2026, 12, 1)))
    split = due_of(watch(), capped([("a", begins, middle), ("a", middle, ends)], CAPS, date(2026, 12, 1)))
    assert whole.on == split.on


FREE = capped((), {}, START)


def waived(*last_days: date) -> Held:
    return excused(FREE, last_days)


def fired_under(seen: Watch, held: Held, until: datetime) -> list[Moment]:
    """What fires one after the other while a waiver stands, as a sweep that runs at each instant would see it."""
    found: list[Moment] = []
    due = due_of(seen, held).on
    fired: set[tuple[str, int]] = set()
    while (moment := next_moment(seen, held, due, fired)) is not None and moment.at <= until:
        found.append(moment)
        fired.add((moment.what, moment.round))
    return found


def test_a_waiver_keeps_rungs_back_until_the_day_after_it_and_they_come_then_in_order() -> None:
    found = fired_under(watch(), waived(date(2026, 4, 17)), datetime(2026, 5, 13, tzinfo=UTC))  # a Friday
    assert [(moment.what, moment.round, moment.at.date()) for moment in found] == [
        ("reminder", 0, date(2026, 4, 20)),
        ("last_day", 0, date(2026, 4, 20)),
        ("late", 0, date(2026, 4, 20)),
        ("handover", 0, date(2026, 4, 20)),
        ("ask", 0, date(2026, 4, 20)),
        ("chair", 0, date(2026, 4, 20)),
        ("chair", 1, date(2026, 5, 12)),
    ]
    assert {moment.at for moment in found[:6]} == {washington().opens(date(2026, 4, 20))}


def test_a_waiver_moves_no_due_day_and_of_several_the_newest_counts() -> None:
    assert due_of(watch(), waived(date(2026, 4, 17))) == due_of(watch(), FREE)
    shortened = waived(date(2026, 4, 17), date(2026, 3, 24))
    first = next_moment(watch(), shortened, date(2026, 3, 16), set())
    assert first is not None
    assert first.at.date() == date(2026, 3, 25)


def test_a_waived_lapse_comes_after_the_waiver_and_what_begins_on_the_due_day_still_begins_on_it() -> None:
    found = fired_under(watch(lapses=True, awaited=True), waived(date(2026, 4, 17)), datetime(2026, 4, 18, 12, tzinfo=UTC))
    assert [(moment.what, moment.at) for moment in found] == [
        (PASSED, washington().start_of(date(2026, 3, 17))),
        (LAPSE, washington().start_of(date(2026, 4, 18))),
    ]


@given(length=st.integers(1, 90), lapses=st.booleans())
def test_a_waiver_changes_when_and_never_what_or_in_which_order(length: int, lapses: bool) -> None:
    last = date.fromordinal(date(2026, 3, 16).toordinal() + length)
    end = datetime(2026, 12, 1, tzinfo=UTC)
    plain, late = (fired_under(watch(lapses=lapses), held, end) for held in (FREE, waived(last)))
    rungs = [(moment.what, moment.round) for moment in plain if moment.what != LAPSE]
    assert [(moment.what, moment.round) for moment in late if moment.what != LAPSE] == rungs
    assert [moment.at for moment in late] == sorted(moment.at for moment in late)
    own = {(moment.what, moment.round): moment.at for moment in plain}
    assert all(moment.at >= own[moment.what, moment.round] for moment in late)
    assert all(washington().local_date(moment.at) > last for moment in late)
