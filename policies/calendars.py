"""Which days an office works, and where: one calendar a duty station, in a file the house can read and correct.

The days themselves come from the `holidays` library (see `states/calendars.py`); the file adds and removes days,
because official holidays are designated by the house and closures are announced late.
"""

from datetime import date, time
from pathlib import Path
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import BaseModel, Field, field_validator, model_validator

from policies.periods import Sourced
from policies.reading import read
from policies.refusal import Refusal

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NO_HOLIDAYS = "none"
"""The calendar code that knows weekends only."""


class UnknownCalendar(Refusal):
    """Nobody defined a calendar with this code."""

    code = "unknown_calendar"
    status = 422


class DayOff(BaseModel, frozen=True, extra="forbid"):
    """One more day on which the office is closed."""

    day: date
    name: Annotated[str, Field(min_length=1)]
    source: Annotated[str, Field(min_length=1)]


class DayOn(BaseModel, frozen=True, extra="forbid"):
    """A day on which the office works although the library or the weekend says otherwise."""

    day: date
    source: Annotated[str, Field(min_length=1)]


class CalendarSpec(Sourced, frozen=True, extra="forbid"):
    """The working calendar of one place.

    `country` and `subdivision` are ISO 3166 codes for the `holidays` library; no country means no holidays.
    `zone` is an IANA name. `opens` and `closes` are local. `staffed` false: nobody of the house works there, but a date
    can be counted by that country's holidays.
    """

    code: Annotated[str, Field(pattern=r"^([A-Z]{2}(-[A-Z0-9]{1,3})?|none)$")]
    zone: str
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None
    subdivision: str | None = None
    staffed: bool = True
    opens: time = time(9, 0)
    closes: time = time(17, 30)
    weekend: tuple[Weekday, ...] = ("sat", "sun")
    added: tuple[DayOff, ...] = ()
    removed: tuple[DayOn, ...] = ()

    @field_validator("zone")
    @classmethod
    def _zone_exists(cls, zone: str) -> str:
        try:
            ZoneInfo(zone)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError(f"there is no time zone {zone!r}: use an IANA name such as America/New_York") from error
        return zone

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if self.opens >= self.closes:
            raise ValueError("the office must open before it closes")
        if set(self.weekend) == set(WEEKDAYS):
            raise ValueError("an office that never works has no working days to count")
        if twice := {off.day for off in self.added} & {on.day for on in self.removed}:
            raise ValueError(f"both added and removed: {', '.join(map(str, sorted(twice)))}")
        return self


class Calendars(BaseModel, frozen=True, extra="forbid"):
    """A pack's calendars: the office's own (by code) and every other place that can be named."""

    office: str
    stations: Annotated[tuple[CalendarSpec, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _codes_are_clear(self) -> Self:
        codes = [station.code for station in self.stations]
        if twice := {code for code in codes if codes.count(code) > 1}:
            raise ValueError(f"listed twice: {', '.join(sorted(twice))}")
        if NO_HOLIDAYS in codes:
            raise ValueError(f"the code {NO_HOLIDAYS!r} is taken: it means weekends only")
        if self.office not in codes:
            raise ValueError(f"the office's calendar {self.office!r} is not among the stations")
        return self

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code `spec` knows, the office's first."""
        others = sorted(station.code for station in self.stations if station.code != self.office)
        return (self.office, *others, NO_HOLIDAYS)

    def spec(self, code: str | None = None) -> CalendarSpec:
        """Return the calendar with this code; without a code, the office's own.

        "none" is the office's place with weekends and no holidays. Raises UnknownCalendar, naming the codes there are.
        """
        wanted = self.office if code is None else code
        if wanted == NO_HOLIDAYS:
            return self._without_holidays()
        for station in self.stations:
            if station.code == wanted:
                return station
        raise UnknownCalendar(calendar=wanted, known=", ".join(self.codes))

    def _without_holidays(self) -> CalendarSpec:
        office = self.spec()
        changed = {"code": NO_HOLIDAYS, "country": None, "subdivision": None, "added": (), "removed": ()}
        return office.model_copy(update=changed)


def load(path: Path) -> Calendars:
    """Read a pack's `calendars.toml`. Raises RulesUnreadable with file, key and reason."""
    return read(path, Calendars)
