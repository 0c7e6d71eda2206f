"""When a duty is due: pure arithmetic over dates, a calendar and the history of pauses.

The day on which something starts is day zero; a duty of N days can be met until the end of the N-th counted day after
it, and is late from the next local day on. Nothing here reads a clock, keeps a counter or remembers a call, so a date
can be derived again from history at any time and comes out the same.
"""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import ClassVar

from policies.periods import Period
from policies.refusal import Refusal
from policies.said import Said
from states.calendars import Calendar
from states.explain import Counted, explain

Pause = tuple[date, date | None]
"""Whole days [from, until) on which a clock stands still; until None: still paused."""

DAY = timedelta(days=1)


class PauseBackwards(Refusal):
    """A pause that ends before it begins."""

    code: ClassVar[str] = "pause_backwards"
    status: ClassVar[int] = 422


class HoursNeedAnInstant(Refusal):
    """A period in hours runs from an instant, not from a day."""

    code: ClassVar[str] = "hours_need_an_instant"
    status: ClassVar[int] = 422


@dataclass(frozen=True, slots=True)
class Due:
    """A due date and the lines that explain it. While an open pause holds the clock there is no date: `on` is None."""

    on: date | None
    lines: tuple[Said, ...]


def merge(pauses: Iterable[Pause]) -> tuple[Pause, ...]:
    """Return the same paused days as disjoint stretches in order; touching stretches become one, empty ones vanish.

    Whatever follows the start of an open pause is swallowed by it. Raises PauseBackwards.
    """
    merged: list[Pause] = []
    for since, until in sorted(pauses, key=lambda pause: pause[0]):
        if until is not None and until < since:
            raise PauseBackwards(since=since, until=until)
        if until == since:
            continue
        last = merged[-1] if merged else None
        if last is not None and (last[1] is None or since <= last[1]):
            ends = None if last[1] is None or until is None else max(last[1], until)
            merged[-1] = (last[0], ends)
        else:
            merged.append((since, until))
    return tuple(merged)


def due(period: Period, start: date, calendar: Calendar, pauses: Iterable[Pause] = ()) -> Due:
    """Return the last day on which the duty can still be met, and why.

    `start` is day zero (with `first_day="counted"`, day one). A paused day is not counted, nor, for working days, a day
    the office does not work. Months are added first, clamped to the month's end, and then as many days as were paused,
    counting the days paused on the way. The roll comes last, once, and looks only at the calendar: a pause that begins
    after the last counted day changes nothing. A pause counts from the start on, whenever it began.

    Raises HoursNeedAnInstant, PauseBackwards, and DayOutOfRange beyond the years the calendar knows.
    """
    if period.unit == "hours":
        raise HoursNeedAnInstant(count=period.count)
    calendar.require(start)
    stops = merge(pauses)
    counted = _count(period, start, calendar, stops)
    on = counted.last
    if on is not None and period.roll == "next_working_day":
        on = calendar.next_working(on)
    return Due(on, explain(period, calendar, stops, counted, on))


def due_after(chain: Sequence[Period], start: date, calendar: Calendar, pauses: Iterable[Pause] = ()) -> Due:
    """Return the due date of periods that follow one another: each starts on the due date of the one before.

    A chain that an open pause holds anywhere has no date. Raises ValueError for no period at all, else as `due`.
    """
    if not chain:
        raise ValueError("a chain has at least one period")
    stops = merge(pauses)
    lines: tuple[Said, ...] = ()
    step = due(chain[0], start, calendar, stops)
    for period in chain[1:]:
        if step.on is None:
            break
        lines += (*step.lines[:-1], Said("due.then", {"day": step.on}))
        step = due(period, step.on, calendar, stops)
    return Due(step.on, (*lines, *step.lines))


def due_at(period: Period, start: datetime) -> datetime:
    """Return the instant (UTC) at which a period in hours ends: elapsed hours, whatever local clocks do meanwhile.

    Raises ValueError for a naive start or a period that is not in hours.
    """
    if start.tzinfo is None or period.unit != "hours":
        raise ValueError("due_at takes an aware instant and a period in hours")
    return start.astimezone(UTC) + timedelta(hours=period.count)


def business_offset(day: date, n: int, calendar: Calendar) -> date:
    """Return the working day `n` working days after `day`, before it if `n` is negative.

    With 0, `day` itself if the office works on it, else the working day before: a reminder must not come too late.
    """
    if n == 0:
        return calendar.previous_working(day)
    step = DAY if n > 0 else -DAY
    left = abs(n)
    while left:
        day += step
        left -= calendar.is_working(day)
    return day


def add_months(day: date, months: int) -> date:
    """Return the same day of the month `months` later; where that month is too short, its last day.

    >>> add_months(date(2027, 1, 31), 1)
    datetime.date(2027, 2, 28)
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _count(period: Period, start: date, calendar: Calendar, stops: Sequence[Pause]) -> Counted:
    """Find the last counted day; None when an open pause begins before it is reached."""
    before = start - DAY if period.first_day == "counted" else start
    if period.unit == "working_days":
        return Counted(start, before, _nth_working(before, period.count, calendar, stops))
    nominal = _within(calendar, before, period)
    return Counted(start, before, _nth_day(before, nominal, calendar, stops), nominal)


def _within(calendar: Calendar, before: date, period: Period) -> date:
    """The end without pauses, refused beyond the calendar's years (where `date` itself would overflow first)."""
    days = period.count if period.unit == "calendar_days" else 28 * period.count
    if days > (calendar.last - before).days:
        calendar.require(date.max)
    return before + days * DAY if period.unit == "calendar_days" else add_months(before, period.count)


def _nth_day(before: date, last: date, calendar: Calendar, stops: Sequence[Pause]) -> date | None:
    """Push `last` back by every paused day after `before` up to it, those met on the way included."""
    for since, until in stops:
        if since > last:
            break
        if until is None:
            return None
        last += max((until - max(since, before + DAY)).days, 0) * DAY
    calendar.require(last)
    return last


def _nth_working(before: date, count: int, calendar: Calendar, stops: Sequence[Pause]) -> date | None:
    """Walk day by day over working days that no pause covers."""
    day, left, ahead = before, count, list(reversed(stops))
    while left:
        day += DAY
        while ahead and ahead[-1][1] is not None and ahead[-1][1] <= day:
            ahead.pop()
        if ahead and ahead[-1][0] <= day:
            if ahead[-1][1] is None:
                return None
            continue
        left -= calendar.is_working(day)
    return day
