"""What a move does to a matter's clocks. Pure: it says which stop and which start; `schedule.py` says when they fire."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from states.table import After, Clock, Event, Start, StateTable

OPEN = "open"
"""The trigger that opens every matter; it enters the initial stage."""


class Status(StrEnum):
    """What became of a clock. Late is none of them: it is a date compared with today."""

    RUNNING = "running"
    MET = "met"
    """Its duty was done."""
    LAPSED = "lapsed"
    """Its due day passed and it moved the matter itself."""
    ENDED = "ended"
    """The matter went where this duty has no object."""


@dataclass(frozen=True, slots=True)
class Happened:
    """A move that has happened: its trigger, the stages it joined, and the day it took effect."""

    trigger: str
    source: str
    dest: str
    on: date

    @property
    def entered(self) -> bool:
        """Whether it entered its stage (an act that changes no stage enters none; opening always does)."""
        return self.dest != self.source or self.trigger == OPEN


@dataclass(frozen=True, slots=True)
class Known:
    """What is kept of a clock's newest epoch."""

    epoch: int
    started_on: date
    status: Status
    given: object = None


@dataclass(frozen=True, slots=True)
class Stop:
    """The newest epoch of `clock` stops as `status`."""

    clock: str
    status: Status


@dataclass(frozen=True, slots=True)
class Begin:
    """A new epoch of `clock` begins with day zero `on`."""

    clock: str
    on: date


@dataclass(frozen=True, slots=True)
class Change:
    """All a move does to the clocks, stops before starts."""

    stops: tuple[Stop, ...]
    begins: tuple[Begin, ...]


def follow(table: StateTable, known: Mapping[str, Known], happened: Happened, given: Mapping[str, object]) -> Change:
    """Say which clocks stop and which begin because of `happened`.

    `known` holds the newest epoch of each clock that ever ran; `given` the dates or periods the matter brings, for clocks
    whose policy says so (a clock is in `given` with None when the matter brings no date: it does not begin). A duty that is
    already running is not begun again: the earliest open obligation stands (peers D06). A given date begins one epoch only.
    """
    stops = tuple(
        Stop(clock.name, status)
        for clock in table.clocks
        if _running(known, clock) and (status := _stopped(table, clock, happened)) is not None
    )
    stopped = {stop.clock: stop.status for stop in stops}
    begins = tuple(
        Begin(clock.name, happened.on)
        for clock in table.clocks
        if _begins(table, clock, happened, stopped) and _may_begin(known, clock, stopped, given)
    )
    replaced = tuple(Stop(b.clock, Status.ENDED) for b in begins if b.clock not in stopped and _runs(known, b.clock))
    return Change((*stops, *replaced), begins)


def passed(table: StateTable, clock: str, known: Mapping[str, Known], due: date) -> tuple[Begin, ...]:
    """The clocks that begin because the due day of `clock` passed with its duty open: day zero is that due day."""
    since = known[clock].started_on
    return tuple(
        Begin(other.name, due)
        for other in table.clocks
        if After(clock) in other.starts_on and not _began_since(known, other.name, since)
    )


def waits_for(table: StateTable, clock: str) -> bool:
    """Whether another clock begins when the due day of `clock` passes."""
    return any(After(clock) in other.starts_on for other in table.clocks)


def _stopped(table: StateTable, clock: Clock, happened: Happened) -> Status | None:
    if happened.trigger == clock.lapse:
        return Status.LAPSED
    if happened.trigger in clock.stops_on:
        return Status.MET
    if not happened.entered:
        return None
    if happened.dest in clock.ends_in or (table.stage(happened.dest).final and not clock.outlives):
        return Status.ENDED
    return None


def _begins(table: StateTable, clock: Clock, happened: Happened, stopped: Mapping[str, Status]) -> bool:
    if table.stage(happened.dest).final and not clock.outlives:
        return False
    if clock.repeats and stopped.get(clock.name) in {Status.MET, Status.LAPSED}:
        return not (happened.entered and happened.dest in clock.ends_in)
    return any(_is_start(start, happened, stopped) for start in clock.starts_on)


def _is_start(start: Start, happened: Happened, stopped: Mapping[str, Status]) -> bool:
    match start:
        case Event(trigger):
            return happened.trigger == trigger
        case After(clock):
            return stopped.get(clock) in {Status.MET, Status.LAPSED}
        case _:
            return happened.entered and happened.dest == start


def _may_begin(known: Mapping[str, Known], clock: Clock, stopped: Mapping[str, Status], given: Mapping[str, object]) -> bool:
    last = known.get(clock.name)
    if clock.name in given:
        return given[clock.name] is not None and (last is None or last.given != given[clock.name])
    if any(isinstance(start, After) and _began_since(known, clock.name, _since(known, start)) for start in clock.starts_on):
        return False
    return clock.name in stopped or not _runs(known, clock.name)


def _since(known: Mapping[str, Known], start: After) -> date | None:
    return known[start.clock].started_on if start.clock in known else None


def _began_since(known: Mapping[str, Known], clock: str, since: date | None) -> bool:
    return since is not None and clock in known and known[clock].started_on >= since


def _running(known: Mapping[str, Known], clock: Clock) -> bool:
    return _runs(known, clock.name)


def _runs(known: Mapping[str, Known], clock: str) -> bool:
    return clock in known and known[clock].status is Status.RUNNING
