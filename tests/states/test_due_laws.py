"""What holds of due dates for every date, period and history of pauses."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from states.calendars import load
from states.due import business_offset, due
from tests.states.test_due import DAY, DC, OAS, keys, period

AGAIN = load(OAS.spec("US-DC"))
DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))
COUNTS = st.integers(1, 80)
STRETCHES = st.tuples(DAYS, st.integers(0, 40)).map(lambda p: (p[0], p[0] + p[1] * DAY))
NEAR = st.tuples(st.integers(-30, 90), st.integers(0, 30))


@st.composite
def histories(draw, most: int = 4):
    start = draw(DAYS)
    near = draw(st.lists(NEAR, max_size=most))
    return start, [(start + since * DAY, start + (since + length) * DAY) for since, length in near]


UNITS = st.sampled_from(["working_days", "calendar_days", "months"])


@given(history=histories(), count=st.integers(1, 24), unit=UNITS, cut=st.integers(0, 40))
def test_d01_splitting_a_pause_never_changes_the_date(history, count, unit, cut):
    start, pauses = history
    rule = period(count, unit, roll="next_working_day")
    split = []
    for since, until in pauses:
        middle = min(since + cut * DAY, until)
        split += [(since, middle), (middle, until)]
    assert due(rule, start, DC, split).on == due(rule, start, DC, pauses).on
    assert due(rule, start, DC, [*reversed(pauses), *split]) == due(rule, start, DC, pauses)


@given(history=histories(), count=st.integers(1, 24), unit=UNITS)
def test_d01_a_pause_never_brings_a_date_forward(history, count, unit):
    start, pauses = history
    rule = period(count, unit)
    assert due(rule, start, DC, pauses).on >= due(rule, start, DC).on


@given(history=histories(), count=COUNTS, unit=st.sampled_from(["working_days", "calendar_days"]))
def test_one_day_more_is_always_later(history, count, unit):
    start, pauses = history
    assert due(period(count, unit), start, DC, pauses).on < due(period(count + 1, unit), start, DC, pauses).on


@given(history=histories(), count=st.integers(1, 30), unit=UNITS)
def test_d18_the_same_history_gives_the_same_answer_line_by_line(history, count, unit):
    start, pauses = history
    rule = period(count, unit, roll="next_working_day")
    assert due(rule, start, DC, pauses) == due(rule, start, AGAIN, iter(pauses))


@given(history=histories(), count=COUNTS)
def test_a_paused_or_closed_day_is_never_the_last_working_day(history, count):
    start, pauses = history
    on = due(period(count, "working_days"), start, DC, pauses).on
    assert DC.is_working(on)
    assert not any(since <= on < until for since, until in pauses)


@given(start=DAYS, count=COUNTS, unit=st.sampled_from(["calendar_days", "months"]))
def test_d01_the_roll_moves_only_over_days_the_office_does_not_work(start, count, unit):
    stays, rolled = (due(period(count, unit, roll=roll), start, DC).on for roll in ("none", "next_working_day"))
    assert DC.is_working(rolled)
    assert not any(DC.is_working(stays + n * DAY) for n in range((rolled - stays).days))


@given(day=DAYS, n=st.integers(1, 60))
def test_d07_so_many_working_days_back_and_forth_is_the_same_day(day, n):
    working = DC.next_working(day)
    assert business_offset(business_offset(working, n, DC), -n, DC) == working


@given(history=histories(), count=COUNTS)
def test_the_lines_account_for_every_day_between_start_and_end(history, count):
    start, pauses = history
    answer = due(period(count, "working_days"), start, DC, pauses)
    skipped = sum(int(line.params["count"]) for line in answer.lines if line.key == "due.weekends")
    skipped += keys(answer).count("due.holiday") + keys(answer).count("due.pause_day")
    for line in answer.lines:
        if line.key == "due.pause":
            skipped += (line.params["last"] - line.params["since"]).days + 1
    assert (answer.on - start).days == count + skipped
