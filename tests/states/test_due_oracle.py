"""The engine against a slow oracle, written apart from it: look at one day after the other, nothing else."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from policies.calendars import load as load_file
from policies.limits import POLICIES
from policies.periods import Period
from states.calendars import load
from states.due import Pause, due

OAS = load_file(POLICIES / "oas" / "calendars.toml")
CALENDARS = {code: load(OAS.spec(code)) for code in ("US-DC", "BO", "CO", "none")}
DAY = timedelta(days=1)
FAR = 4_000
"""More days than any case here can need: reaching it means that an open pause holds the clock."""


def paused(day: date, pauses: list[Pause]) -> bool:
    return any(since <= day and (until is None or day < until) for since, until in pauses)


def same_day_of_month(start: date, months: int) -> date:
    year, month = start.year, start.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    for day in range(start.day, 0, -1):
        try:
            return date(year, month, day)
        except ValueError:
            continue
    raise AssertionError


def oracle(rule: Period, start: date, code: str, pauses: list[Pause]) -> date | None:
    calendar = CALENDARS[code]
    off = {start + n * DAY for n in range(FAR + 40) if not calendar.is_working(start + n * DAY)}
    if rule.unit == "months":
        end = same_day_of_month(start, rule.count)
        owed = sum(paused(start + n * DAY, pauses) for n in range(1, (end - start).days + 1))
        while owed:
            end += DAY
            owed += 1 if paused(end, pauses) else 0
            owed -= 1
            if (end - start).days > FAR:
                return None
    else:
        end = start - DAY if rule.first_day == "counted" else start
        counted = 0
        while counted < rule.count:
            end += DAY
            if (end - start).days > FAR:
                return None
            counts = not paused(end, pauses) and not (rule.unit == "working_days" and end in off)
            counted += counts
    while rule.roll == "next_working_day" and end in off:
        end += DAY
    return end


@st.composite
def cases(draw):
    unit = draw(st.sampled_from(["working_days", "calendar_days", "months"]))
    count = draw(st.integers(1, 14 if unit == "months" else 130))
    first = draw(st.sampled_from(["excluded", "counted"])) if unit != "months" else "excluded"
    roll = draw(st.sampled_from(["none", "next_working_day"])) if first == "excluded" else "none"
    start = draw(st.dates(date(2024, 1, 1), date(2032, 12, 31)))
    near = draw(st.lists(st.tuples(st.integers(-40, 200), st.integers(0, 60)), max_size=5))
    pauses = [(start + since * DAY, start + (since + length) * DAY) for since, length in near]
    if draw(st.integers(0, 4)) == 0:
        pauses.append((start + draw(st.integers(-20, 300)) * DAY, None))
    rule = Period(count=count, unit=unit, roll=roll, first_day=first, source="test", verified=False)
    return rule, start, draw(st.sampled_from(sorted(CALENDARS))), pauses


@settings(max_examples=600, deadline=None)
@given(case=cases())
def test_the_engine_agrees_with_looking_at_every_day(case):
    rule, start, code, pauses = case
    assert due(rule, start, CALENDARS[code], pauses).on == oracle(rule, start, code, pauses)
