"""Which days an office works, as a value: a due date counted with it is a pure function of what it holds.

The `holidays` library is the generator of candidate days; the house's file adds and removes some; closures announced
late come last and win. No day is remembered here between calls: whoever holds a Calendar decides when to `refresh` it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from types import MappingProxyType
from typing import ClassVar
from zoneinfo import ZoneInfo

import holidays

from policies.calendars import WEEKDAYS, CalendarSpec
from policies.refusal import Refusal
from policies.said import Said

FIRST_YEAR = 1948
"""The first year dates can be counted in: the Charter of the organisation."""
LAST_YEAR = 2099
"""The last one. One more is loaded on either side: a holiday can be observed in the year before or after its own."""

Closure = tuple[date, str]


class CalendarSourceFailed(Refusal):
    """The library gave no holidays, or too few to be true, for a country that has some."""

    code: ClassVar[str] = "calendar_source_failed"
    status: ClassVar[int] = 503


class DayOutOfRange(Refusal):
    """A day for which this calendar does not know whether the office works."""

    code: ClassVar[str] = "day_out_of_range"
    status: ClassVar[int] = 422


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something an operator must look at; the work goes on with what is known."""

    said: Said


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days one place works, from `first` to `last`. Two calendars with the same days are equal.

    `closed` names every closed day that is not merely a weekend; `worked` are days worked in spite of a weekend.
    """

    code: str
    zone: ZoneInfo
    opens_at: time
    weekend: frozenset[int]
    closed: Mapping[date, str] = field(hash=False)
    worked: frozenset[date]
    first: date
    last: date

    def is_working(self, day: date) -> bool:
        """Whether the office works on `day`. Raises DayOutOfRange outside `first` to `last`."""
        self.require(day)
        if day in self.closed:
            return False
        return day.weekday() not in self.weekend or day in self.worked

    def is_weekend(self, day: date) -> bool:
        """Whether `day` is off because of its weekday, whatever else it may be."""
        return day.weekday() in self.weekend and day not in self.worked

    def next_working(self, day: date) -> date:
        """`day` itself if the office works on it, else the first later day on which it does."""
        while not self.is_working(day):
            day += timedelta(days=1)
        return day

    def previous_working(self, day: date) -> date:
        """`day` itself if the office works on it, else the last earlier day on which it did."""
        while not self.is_working(day):
            day -= timedelta(days=1)
        return day

    def require(self, day: date) -> None:
        """Raise DayOutOfRange unless this calendar knows `day`."""
        if not self.first <= day <= self.last:
            raise DayOutOfRange(day=day, first=self.first, last=self.last, calendar=self.code)

    def opens(self, day: date) -> datetime:
        """The instant (UTC) at which the office opens on `day`, or would open if it worked."""
        return datetime.combine(day, self.opens_at, self.zone).astimezone(UTC)

    def start_of(self, day: date) -> datetime:
        """The first instant (UTC) of the local day; where clocks skip midnight, the instant they jump."""
        return datetime.combine(day, time.min, self.zone).astimezone(UTC)

    def local_date(self, instant: datetime) -> date:
        """The date at the office's place. Raises ValueError for a naive instant: it could be any of two days."""
        if instant.tzinfo is None:
            raise ValueError("an instant needs its time zone")
        return instant.astimezone(self.zone).date()


def load(spec: CalendarSpec, late: Iterable[Closure] = (), *, language: str = "en") -> Calendar:
    """Build the calendar of `spec`. `late` are closures announced after the file was written; they win over everything.

    Holidays are named in `language` where the library can, else in the country's own. Raises CalendarSourceFailed.
    Takes about ten milliseconds.
    """
    candidates = _candidates(spec, language)
    worked = {on.day for on in spec.removed}
    closed = {day: name for day, name in candidates.items() if day not in worked}
    closed |= {off.day: off.name for off in spec.added}
    closed |= dict(late)
    first_year = FIRST_YEAR if spec.country is None else min(day.year for day in candidates) + 1
    return Calendar(
        code=spec.code,
        zone=ZoneInfo(spec.zone),
        opens_at=spec.opens,
        weekend=frozenset(WEEKDAYS.index(day) for day in spec.weekend),
        closed=MappingProxyType(dict(sorted(closed.items()))),
        worked=frozenset(worked),
        first=date(max(FIRST_YEAR, first_year), 1, 1),
        last=date(LAST_YEAR, 12, 31),
    )


def refresh(
    previous: Calendar | None, spec: CalendarSpec, late: Iterable[Closure] = (), *, language: str = "en"
) -> tuple[Calendar, Alarm | None]:
    """Load again. If the source fails, keep the last good days, still take the late closures, and return an alarm.

    Without a previous calendar there is nothing to fall back on: raises CalendarSourceFailed.
    """
    announced = dict(late)
    try:
        return load(spec, announced.items(), language=language), None
    except CalendarSourceFailed as failed:
        if previous is None:
            raise
        kept = MappingProxyType(dict(sorted((dict(previous.closed) | announced).items())))
        return replace(previous, closed=kept), Alarm(Said("alarm.calendar_source_failed", failed.params))


def _candidates(spec: CalendarSpec, language: str) -> dict[date, str]:
    """The library's public holidays, a year wider than the calendar on both sides."""
    if spec.country is None:
        return {}
    try:
        found = holidays.country_holidays(
            spec.country,
            subdiv=spec.subdivision,
            years=range(FIRST_YEAR - 1, LAST_YEAR + 2),
            language=_language(spec.country, language),
        )
        candidates = {day: str(name) for day, name in found.items()}
    except Exception as broken:
        raise CalendarSourceFailed(calendar=spec.code, reason=type(broken).__name__) from broken
    years = {day.year for day in candidates}
    if not years or any(year not in years for year in range(min(years), LAST_YEAR + 1)) or min(years) > LAST_YEAR:
        raise CalendarSourceFailed(calendar=spec.code, reason="empty")
    return candidates


def is_known(spec: CalendarSpec) -> bool:
    """Whether the library has holidays of this country and subdivision; no year of them is looked at."""
    return spec.country is None or _has_holidays(spec.country, spec.subdivision)


@cache
def _has_holidays(country: str, subdivision: str | None) -> bool:
    try:
        return bool(holidays.country_holidays(country, subdiv=subdivision, years=()).country)
    except NotImplementedError:
        return False


def _language(country: str, language: str) -> str | None:
    """The library's name for `language` in this country, else the country's own.

    Always named: left out, the library asks the process's environment, and names would depend on who runs it.
    """
    known = holidays.country_holidays(country, years=())
    same = [name for name in known.supported_languages if name.partition("_")[0] == language]
    own = known.default_language
    return next(iter(sorted(same, key=lambda name: name != own)), own)
