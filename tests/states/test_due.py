"""Due dates that can be checked by hand."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from policies.calendars import load as load_file
from policies.limits import POLICIES, named_period
from policies.periods import Period
from states.calendars import DayOutOfRange, load
from states.due import (
    HoursNeedAnInstant,
    Pause,
    PauseBackwards,
    add_months,
    business_offset,
    due,
    due_after,
    due_at,
    merge,
)

OAS = load_file(POLICIES / "oas" / "calendars.toml")
DC, BOLIVIA, PLAIN = (load(OAS.spec(code)) for code in ("US-DC", "BO", "none"))
DAY = timedelta(days=1)


def period(count: int, unit: str, **more: str) -> Period:
    return Period.model_validate({"count": count, "unit": unit, "source": "test", "verified": False, **more})


def keys(answer) -> list[str]:
    return [line.key for line in answer.lines]


# Dates by hand --------------------------------------------------------------------------------------------------------


def test_five_working_days_over_easter():
    """The example of style.md: Thursday 2 April 2026, with Good Friday and Easter Monday off, ends on 13 April."""
    easter = load(OAS.spec("none"), [(date(2026, 4, 3), "Good Friday"), (date(2026, 4, 6), "Easter Monday")])
    answer = due(period(5, "working_days"), date(2026, 4, 2), easter)
    assert answer.on == date(2026, 4, 13)
    assert [line.params["name"] for line in answer.lines if line.key == "due.holiday"] == [
        "Good Friday",
        "Easter Monday",
    ]
    assert [line.params["count"] for line in answer.lines if line.key == "due.weekends"] == [4]


@pytest.mark.parametrize(
    ("rule", "start", "expected"),
    [
        # 15 days from Friday 19 June 2026: Saturday 4 July, so Monday 6 July.
        ("staff_rule_112_1_a", date(2026, 6, 19), date(2026, 7, 6)),
        ("staff_rule_112_1_a", date(2026, 6, 1), date(2026, 6, 16)),
        # 20 days from 5 December 2026: Friday 25 December is Christmas, so Monday 28.
        ("staff_rule_112_1_b", date(2026, 12, 5), date(2026, 12, 28)),
        # 3 working days from Wednesday 1 July 2026: Friday 3 is the observed holiday.
        ("staff_rule_112_1_c", date(2026, 7, 1), date(2026, 7, 7)),
        ("staff_rule_112_1_c", date(2026, 7, 6), date(2026, 7, 9)),
        # 23 days of silence from 27 May 2026: Friday 19 June is Juneteenth, so Monday 22.
        ("staff_rule_112_2_silence", date(2026, 5, 27), date(2026, 6, 22)),
        ("staff_rule_112_2_silence", date(2026, 6, 1), date(2026, 6, 24)),
        ("staff_rule_112_2_reconsideration", date(2026, 6, 4), date(2026, 6, 22)),
        # 90 and 120 days, weekends and holidays counted, not moved.
        ("tribunal_headquarters", date(2026, 1, 1), date(2026, 4, 1)),
        ("tribunal_headquarters", date(2026, 1, 4), date(2026, 4, 4)),
        ("tribunal_away", date(2026, 1, 1), date(2026, 5, 1)),
        ("tribunal_no_decision", date(2026, 1, 1), date(2026, 1, 31)),
        ("tribunal_headquarters_after_silence", date(2026, 1, 1), date(2026, 5, 1)),
    ],
)
def test_the_houses_own_limits_fall_on_the_dates_counted_by_hand(rule: str, start: date, expected: date):
    assert due_after(named_period("oas", rule), start, DC).on == expected


def test_the_tribunals_120_days_are_counted_by_the_calendar_of_the_station():
    assert due_after(named_period("oas", "tribunal_away"), date(2026, 1, 1), BOLIVIA).on == date(2026, 5, 1)


def test_180_days_in_force_from_26_may_2015_end_on_saturday_21_november():
    """CP/RES. 1051 (2017/15): the first day is counted and the end is not moved."""
    answer = due(period(180, "calendar_days", first_day="counted"), date(2015, 5, 26), DC)
    assert answer.on == date(2015, 11, 21)
    assert answer.on.weekday() == 5
    assert keys(answer) == ["due.day_one", "due.count_calendar_days", "due.not_moved", "due.in_force"]
    assert answer.lines[-1].params["after"] == date(2015, 11, 22)


def test_the_first_counted_working_day_can_be_the_start_itself():
    monday, saturday = date(2026, 6, 1), date(2026, 6, 6)
    assert due(period(1, "working_days", first_day="counted"), monday, DC).on == monday
    assert due(period(1, "working_days", first_day="counted"), saturday, DC).on == date(2026, 6, 8)


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 10, 31), 1, date(2026, 11, 30)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 2, 28), 1, date(2026, 3, 28)),
    ],
)
def test_d04_months_end_on_the_same_day_or_the_months_last(start: date, months: int, expected: date):
    assert due(period(months, "months"), start, DC).on == expected
    assert add_months(start, months) == expected


def test_d04_three_months_are_not_ninety_days():
    start = date(2026, 1, 1)
    assert due(period(3, "months"), start, DC).on == date(2026, 4, 1)
    assert due(period(90, "calendar_days"), start, DC).on == date(2026, 4, 1)
    assert due(period(3, "months"), date(2026, 7, 1), DC).on == date(2026, 10, 1)
    assert due(period(90, "calendar_days"), date(2026, 7, 1), DC).on == date(2026, 9, 29)


def test_d04_the_change_to_summer_time_takes_no_day():
    assert due(period(2, "calendar_days"), date(2026, 3, 7), DC).on == date(2026, 3, 9)
    assert due(period(2, "working_days"), date(2026, 3, 6), DC).on == date(2026, 3, 10)


def test_the_observed_new_year_of_2028_is_skipped_in_2027():
    assert due(period(1, "working_days"), date(2027, 12, 30), DC).on == date(2028, 1, 3)
    assert due(period(1, "calendar_days", roll="next_working_day"), date(2027, 12, 30), DC).on == date(2028, 1, 3)


def test_three_months_and_seven_days_if_nobody_ever_acknowledged():
    """Directive (EU) 2019/1937: the three months start when the seven days have ended, on 7 February."""
    chain = named_period("eu", "directive_2019_1937_feedback_never_acknowledged")
    answer = due_after(chain, date(2026, 1, 31), DC)
    assert answer.on == date(2026, 5, 7)
    assert keys(answer).count("due.result") == 1
    assert "due.then" in keys(answer)
    assert due(chain[1], due(chain[0], date(2026, 1, 31), DC).on, DC).on == answer.on


# Pauses by hand -------------------------------------------------------------------------------------------------------


JAN_5_TO_8: Pause = (date(2026, 1, 5), date(2026, 1, 9))


@pytest.mark.parametrize(
    ("rule", "start", "pauses", "expected"),
    [
        (period(10, "calendar_days"), date(2026, 1, 2), [JAN_5_TO_8], date(2026, 1, 16)),
        (period(10, "working_days"), date(2026, 1, 2), [JAN_5_TO_8], date(2026, 1, 23)),
        # D05: started on a holiday and paused from it on; day zero needs no counting, the days after it do.
        (period(1, "working_days"), date(2026, 1, 1), [(date(2026, 1, 1), date(2026, 1, 5))], date(2026, 1, 5)),
        # A pause on weekend days takes no working day.
        (period(5, "working_days"), date(2026, 1, 2), [(date(2026, 1, 3), date(2026, 1, 5))], date(2026, 1, 9)),
        # Begun long before the start: only the days after the start are lost.
        (period(10, "calendar_days"), date(2026, 1, 2), [(date(2025, 1, 1), date(2026, 1, 9))], date(2026, 1, 18)),
        # Day zero alone is not counted anyway.
        (period(10, "calendar_days"), date(2026, 1, 2), [(date(2026, 1, 2), date(2026, 1, 3))], date(2026, 1, 12)),
        # Over before the start.
        (period(10, "calendar_days"), date(2026, 1, 2), [(date(2025, 1, 1), date(2026, 1, 2))], date(2026, 1, 12)),
        # Ends exactly on what was the due day: the days before it are lost and that day counts again.
        (period(10, "calendar_days"), date(2026, 1, 2), [(date(2026, 1, 10), date(2026, 1, 12))], date(2026, 1, 14)),
        # Begins on the due day, and the day after it.
        (period(10, "calendar_days"), date(2026, 1, 2), [(date(2026, 1, 12), date(2026, 1, 13))], date(2026, 1, 13)),
        (period(10, "calendar_days"), date(2026, 1, 2), [(date(2026, 1, 13), date(2026, 1, 20))], date(2026, 1, 12)),
        (period(10, "calendar_days"), date(2026, 1, 2), [(date(2026, 1, 13), None)], date(2026, 1, 12)),
        # A second pause is met only because of the first: the days paused on the way count too.
        (
            period(1, "months"),
            date(2026, 1, 2),
            [JAN_5_TO_8, (date(2026, 2, 4), date(2026, 2, 7))],
            date(2026, 2, 9),
        ),
        # Months first, clamped, then the paused days.
        (period(1, "months"), date(2026, 1, 31), [(date(2026, 2, 2), date(2026, 2, 5))], date(2026, 3, 3)),
        # The roll comes after the pause: Saturday 17 January, then past Martin Luther King's day.
        (
            period(11, "calendar_days", roll="next_working_day"),
            date(2026, 1, 2),
            [JAN_5_TO_8],
            date(2026, 1, 20),
        ),
        # In force with its first day paused: that day is not counted.
        (
            period(3, "calendar_days", first_day="counted"),
            date(2026, 1, 2),
            [(date(2026, 1, 2), date(2026, 1, 3))],
            date(2026, 1, 5),
        ),
    ],
)
def test_a_paused_day_is_not_counted(rule: Period, start: date, pauses: list[Pause], expected: date):
    assert due(rule, start, DC, pauses).on == expected


def test_while_an_open_pause_bites_there_is_no_date_and_a_line_says_so():
    answer = due(period(10, "working_days"), date(2026, 1, 2), DC, [JAN_5_TO_8, (date(2026, 1, 14), None)])
    assert answer.on is None
    assert keys(answer)[-3:] == ["due.pause", "due.pause_open", "due.no_date"]
    assert answer.lines[-2].params == {"since": date(2026, 1, 14)}


def test_an_open_pause_holds_every_period_that_follows():
    chain = (period(7, "calendar_days"), period(3, "months"))
    assert due_after(chain, date(2026, 1, 2), DC, [(date(2026, 1, 5), None)]).on is None
    assert due_after(chain, date(2026, 1, 2), DC, [(date(2026, 2, 5), None)]).on is None


def test_a_pause_after_the_last_counted_day_does_not_stop_the_roll():
    saturday_is_last = period(15, "calendar_days", roll="next_working_day")
    assert due(saturday_is_last, date(2026, 6, 19), DC, [(date(2026, 7, 5), None)]).on == date(2026, 7, 6)


def test_every_pause_that_bit_is_explained_and_no_other():
    pauses = [(date(2025, 1, 1), date(2025, 2, 1)), JAN_5_TO_8, (date(2026, 1, 13), date(2026, 1, 14))]
    answer = due(period(10, "calendar_days"), date(2026, 1, 2), DC, [*pauses, (date(2026, 3, 1), date(2026, 4, 1))])
    assert [(line.key, dict(line.params)) for line in answer.lines if "pause" in line.key] == [
        ("due.pause", {"since": date(2026, 1, 5), "last": date(2026, 1, 8)}),
        ("due.pause_day", {"day": date(2026, 1, 13)}),
        ("due.pauses_added", {"count": 5, "day": date(2026, 1, 17)}),
    ]


def test_pauses_that_overlap_or_touch_are_one_and_empty_ones_vanish():
    a, b, c, d = (date(2026, 1, day) for day in (1, 5, 9, 20))
    assert merge([(b, c), (a, b), (d, d)]) == ((a, c),)
    assert merge([(a, c), (b, c)]) == ((a, c),)
    assert merge([(a, c), (b, None), (d, None)]) == ((a, None),)
    assert merge([(a, b), (c, d)]) == ((a, b), (c, d))


def test_a_pause_that_ends_before_it_begins_is_refused():
    with pytest.raises(PauseBackwards):
        due(period(10, "calendar_days"), date(2026, 1, 2), DC, [(date(2026, 1, 9), date(2026, 1, 5))])


# Edges ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "start"),
    [
        (period(1, "calendar_days"), date(1947, 12, 31)),
        (period(1, "calendar_days"), date.max),
        (period(36_500, "calendar_days"), date(2026, 1, 1)),
        (period(36_500, "months"), date(2026, 1, 1)),
        (period(36_500, "working_days"), date(2026, 1, 1)),
        (period(1, "calendar_days", roll="next_working_day"), date(2099, 12, 31)),
    ],
)
def test_a_count_that_leaves_the_known_years_is_refused(rule: Period, start: date):
    with pytest.raises(DayOutOfRange):
        due(rule, start, DC)


def test_hours_run_between_instants_and_do_not_care_about_summer_time():
    start = datetime(2026, 3, 7, 12, tzinfo=ZoneInfo("America/New_York"))
    assert due_at(period(24, "hours"), start) == datetime(2026, 3, 8, 17, tzinfo=UTC)
    with pytest.raises(HoursNeedAnInstant):
        due(period(24, "hours"), start.date(), DC)
    with pytest.raises(ValueError, match="aware"):
        due_at(period(24, "hours"), start.replace(tzinfo=None))


def test_a_chain_without_periods_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        due_after((), date(2026, 1, 1), DC)


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        (date(2026, 7, 6), -1, date(2026, 7, 2)),
        (date(2026, 7, 2), 1, date(2026, 7, 6)),
        (date(2026, 7, 4), -1, date(2026, 7, 2)),
        (date(2026, 7, 4), 1, date(2026, 7, 6)),
        (date(2026, 7, 4), 0, date(2026, 7, 2)),
        (date(2026, 7, 6), 0, date(2026, 7, 6)),
        (date(2026, 7, 20), -10, date(2026, 7, 6)),
    ],
)
def test_d07_so_many_working_days_before_or_after_land_on_a_working_day(day: date, n: int, expected: date):
    assert business_offset(day, n, DC) == expected
