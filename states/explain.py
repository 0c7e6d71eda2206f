"""Why a date is what it is, line by line, as message keys; `web/` makes the sentences."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from policies.periods import Period
from policies.said import Fact, Said
from states.calendars import Calendar

DAY = timedelta(days=1)
Stretch = tuple[date, date | None]


@dataclass(frozen=True, slots=True)
class Counted:
    """What a count came to.

    Counting began on the day after `before`. `last` is the last counted day, None while an open pause holds it.
    `nominal` is the end as it would be without pauses; None for working days.
    """

    start: date
    before: date
    last: date | None
    nominal: date | None = None


def explain(period: Period, calendar: Calendar, stops: Sequence[Stretch], counted: Counted, on: date | None) -> tuple[Said, ...]:
    """Return the lines in the order a person would count: start, what counts, what was skipped, the roll, the result.

    `stops` are merged pauses. Weekends are summed up in one line; a holiday is named only if it changed the count.
    """
    pauses = _biting(stops, counted)
    return (
        _start(period, counted),
        _what_counts(period, calendar),
        *_months(period, counted),
        *(_skipped(calendar, pauses, counted) if period.unit == "working_days" else ()),
        *_paused(pauses, counted),
        *(_roll(calendar, counted.last, on) if counted.last and on and on != counted.last else ()),
        *_result(period, calendar, on),
    )


def _start(period: Period, counted: Counted) -> Said:
    key = "due.day_one" if period.first_day == "counted" else "due.day_zero"
    return Said(key, {"day": counted.start})


def _what_counts(period: Period, calendar: Calendar) -> Said:
    if period.unit == "working_days":
        return Said("due.count_working_days", {"count": period.count, "calendar": calendar.code})
    return Said(f"due.count_{period.unit}", {"count": period.count})


def _months(period: Period, counted: Counted) -> list[Said]:
    if period.unit != "months" or counted.nominal is None:
        return []
    if counted.nominal.day == counted.start.day:
        return [Said("due.months_added", {"day": counted.nominal})]
    return [Said("due.months_clamped", {"day": counted.nominal, "number": counted.start.day})]


def _biting(stops: Sequence[Stretch], counted: Counted) -> list[Stretch]:
    """The pauses that stopped the count, cut to the days after the start."""
    first = counted.before + DAY
    after_start = [(max(since, first), until) for since, until in stops if until is None or until > first]
    return [(since, until) for since, until in after_start if counted.last is None or since <= counted.last]


def _running(pauses: Sequence[Stretch], counted: Counted) -> Iterator[date]:
    """The days before the last counted one on which the clock ran."""
    day = counted.before + DAY
    for since, until in pauses if counted.last is None else [*pauses, (counted.last, None)]:
        while day < since:
            yield day
            day += DAY
        day = until or day


def _skipped(calendar: Calendar, pauses: Sequence[Stretch], counted: Counted) -> list[Said]:
    """Weekends, summed up, and holidays, by name, that were met while the clock ran."""
    off = [day for day in _running(pauses, counted) if not calendar.is_working(day)]
    weekends = [day for day in off if calendar.is_weekend(day)]
    summed = [Said("due.weekends", {"count": len(weekends)})] if weekends else []
    named = [(day, calendar.closed[day]) for day in off if not calendar.is_weekend(day)]
    return summed + [Said("due.holiday", {"day": day, "name": name}) for day, name in named]


def _paused(pauses: Sequence[Stretch], counted: Counted) -> list[Said]:
    lines = []
    for since, until in pauses:
        if until is None:
            lines.append(Said("due.pause_open", {"since": since}))
        elif until - since == DAY:
            lines.append(Said("due.pause_day", {"day": since}))
        else:
            lines.append(Said("due.pause", {"since": since, "last": until - DAY}))
    if pauses and counted.last and counted.nominal:
        moved: dict[str, Fact] = {"count": (counted.last - counted.nominal).days, "day": counted.last}
        lines.append(Said("due.pauses_added", moved))
    return lines


def _roll(calendar: Calendar, last: date, on: date) -> list[Said]:
    """Why the office does not work on the last counted day, and on the days between it and the next working day."""
    lines = []
    for day in (last + n * DAY for n in range((on - last).days)):
        if not calendar.is_weekend(day):
            lines.append(Said("due.roll_holiday", {"day": day, "name": calendar.closed[day]}))
        elif day == last:
            lines.append(Said("due.roll_weekend", {"day": day}))
    return [*lines, Said("due.roll", {"day": on})]


def _result(period: Period, calendar: Calendar, on: date | None) -> list[Said]:
    if on is None:
        return [Said("due.no_date")]
    stays = [] if calendar.is_working(on) else [Said("due.not_moved", {"day": on})]
    key = "due.in_force" if period.first_day == "counted" else "due.result"
    return [*stays, Said(key, {"day": on, "after": on + DAY})]
