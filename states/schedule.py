"""When a clock fires: its due day from history, and the instants of its ladder, its lapse and its caps. Pure.

An instant is derived each time from dates, the calendar and what has fired, so that a late, second or parallel sweep comes to
the same one. Only the earliest is kept beside the clock, as an index into this derivation.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache

from policies.periods import Period
from policies.rules import ClockRule, GivenClock, Ladder, PauseRule, Rung, TimedClock
from policies.said import Said
from states.calendars import Calendar
from states.due import DAY, Due, Pause, business_offset, due

LAPSE, PASSED, CAP = "lapse", "passed", "cap"
"""Moments that are no rungs: the clock moves the matter; another clock begins; a pause has reached its longest length."""
OWN_MOMENTS = (PASSED, LAPSE, CAP)


@dataclass(frozen=True, slots=True)
class Held:
    """What holds one clock: pauses, shortened to what the policy allows, and a waiver.

    `cap_on` is the day an open pause stops holding. `excused_until` is the last day on which a waiver excuses lateness: it moves
    no due day, but nothing that lateness brings comes before the day after it.
    """

    stretches: tuple[Pause, ...]
    cap_on: date | None
    excused_until: date | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """Something of a clock fires at `at`. `round` counts the returns of a rung that repeats."""

    at: datetime
    what: str
    round: int = 0
    rung: Rung | None = None


@dataclass(frozen=True, slots=True)
class Watch:
    """All that decides when a clock fires next."""

    rule: ClockRule
    ladder: Ladder
    calendar: Calendar
    started_on: date
    started_at: datetime
    given: Mapping[str, object] | None
    lapses: bool
    awaited: bool
    """Another clock begins when this one's due day passes."""


def capped(pauses: Sequence[tuple[str, date, date | None]], rules: Mapping[str, PauseRule], today: date) -> Held:
    """Shorten named pauses to their longest lengths, each and together; an open one past its cap is over on that day."""
    spent: dict[str, int] = {}
    stretches: list[Pause] = []
    cap_on: date | None = None
    for name, since, until in sorted(pauses, key=lambda pause: pause[1]):
        left = max(rules[name].total - spent.get(name, 0), 0)
        latest = since + min(rules[name].each, left) * DAY
        ends = latest if until is None else min(until, latest)
        if until is None and today < latest:
            stretches.append((since, None))
            cap_on = latest if cap_on is None else min(cap_on, latest)
        else:
            stretches.append((since, ends))
        spent[name] = spent.get(name, 0) + (ends - since).days
    return Held(tuple(stretches), cap_on)


def excused(held: Held, waivers: Sequence[date]) -> Held:
    """Add the waivers of one epoch of the clock, each as its last day, in the order they were made: the newest counts."""
    return replace(held, excused_until=waivers[-1]) if waivers else held


def due_of(watch: Watch, held: Held) -> Due:
    """The due day and its explanation. A given date is not moved by pauses: it was fixed outside this house."""
    if isinstance(watch.rule, TimedClock):
        return due(watch.rule, watch.started_on, watch.calendar, held.stretches)
    return _given_due(watch.rule, watch.given or {}, watch.calendar)


def _given_due(rule: GivenClock, given: Mapping[str, object], calendar: Calendar) -> Due:
    if "on" in given:
        on = date.fromisoformat(str(given["on"]))
        return Due(on, (Said("due.given", {"day": on}),))
    period = Period.model_validate(
        {key: given[key] for key in ("count", "unit", "roll", "first_day") if key in given}
        | {"source": rule.source, "verified": rule.verified}
    )
    return due(period, date.fromisoformat(str(given["start"])), calendar)


def next_moment(watch: Watch, held: Held, due_on: date | None, fired: Collection[tuple[str, int]]) -> Moment | None:
    """The earliest moment that has not fired, or None when nothing of this clock will ever fire again.

    While paused a clock has no due day: only the cap of the pause lies ahead.
    """
    if due_on is None:
        return None if held.cap_on is None else Moment(watch.calendar.start_of(held.cap_on), CAP, _cap_round(fired))
    ahead = (moment for moment in _moments(watch, held, due_on, fired) if (moment.what, moment.round) not in fired)
    return min(ahead, key=lambda moment: moment.at, default=None)  # of two at one instant, the first listed


def _moments(watch: Watch, held: Held, due_on: date, fired: Collection[tuple[str, int]]) -> Iterator[Moment]:
    for rung in watch.ladder.rungs:
        moment = _rung_moment(watch, rung, due_on, fired)
        if rung.working_days > 0 or moment.at >= watch.started_at:  # what was to come before it began never comes
            yield _after_waiver(watch, held, moment)
    if watch.awaited:  # what begins on the due day begins on it: a waiver moves no date
        yield Moment(watch.calendar.start_of(due_on + DAY), PASSED)
    if watch.lapses:
        yield Moment(watch.calendar.start_of(max(due_on, held.excused_until or due_on) + DAY), LAPSE)


def _after_waiver(watch: Watch, held: Held, moment: Moment) -> Moment:
    """No rung while a waiver stands; those it kept back come at the first opening hour after it, in their order."""
    if held.excused_until is None:
        return moment
    return replace(moment, at=max(moment.at, _opening(watch.calendar, held.excused_until, 1)))


def _rung_moment(watch: Watch, rung: Rung, due_on: date, fired: Collection[tuple[str, int]]) -> Moment:
    turn = sum(1 for what, _ in fired if what == rung.name) if rung.repeat_every else 0
    days = rung.working_days + turn * (rung.repeat_every or 0)
    return Moment(_opening(watch.calendar, due_on, days), rung.name, turn, rung)


@lru_cache(maxsize=4096)
def _opening(calendar: Calendar, due_on: date, days: int) -> datetime:
    """The opening hour `days` working days from a due day. Kept for the very same calendar only: a new closure makes another."""
    return calendar.opens(business_offset(due_on, days, calendar))


def _cap_round(fired: Collection[tuple[str, int]]) -> int:
    return sum(1 for what, _ in fired if what == CAP)
