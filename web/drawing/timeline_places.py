"""Where days stand on an axis, and where what is written of them has room."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from web.drawing.shapes import Timeline, TimelineRow

LABELS: Final = 190.0
PLOT: Final = (206.0, 790.0)
"""Where the plot begins and ends."""
_YEAR_ROOM: Final = 46.0
_STEPS: Final = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000, 5000)
_PAD, _LEAST = 0.04, 60
"""What is left free at both ends of an axis, and the fewest days of one."""


@dataclass(frozen=True, slots=True)
class Axis:
    """From one day to another, as ordinals of the calendar."""

    since: int
    until: int

    def at(self, day: date) -> float:
        """Where a day stands; those beyond the ends stand at the ends."""
        return self.of(day.toordinal())

    def of(self, ordinal: int) -> float:
        """As `at`, of an ordinal."""
        share = (ordinal - self.since) / (self.until - self.since)
        return PLOT[0] + min(1.0, max(0.0, share)) * (PLOT[1] - PLOT[0])

    def shows(self, day: date) -> bool:
        """Whether a day is on it."""
        return self.since <= day.toordinal() <= self.until


def axis_of(timeline: Timeline) -> Axis:
    """The axis of a timeline: as asked, else around all that it tells."""
    told = [one.toordinal() for row in timeline.rows for one in _days(row)]
    told += [mark.on.toordinal() for mark in (timeline.today, timeline.chosen) if mark is not None]
    first = min(told, default=date(2000, 1, 1).toordinal())
    last = max(told, default=first)
    pad = max(_LEAST // 2, round((last - first) * _PAD))
    since = first - pad if timeline.since is None else timeline.since.toordinal()
    until = last + pad if timeline.until is None else timeline.until.toordinal()
    return Axis(max(1, since), max(until, since + 1))


def _days(row: TimelineRow) -> Iterator[date]:
    for span in row.spans:
        yield from (day for day in (span.since, span.until) if day is not None)
    yield from (change.on for change in row.changes)


def years_of(axis: Axis) -> list[tuple[float, str]]:
    """The beginnings of years that are written, and where. An axis within a year has that year at its beginning."""
    first, last = (date.fromordinal(min(day, date.max.toordinal())).year for day in (axis.since, axis.until))
    room = (PLOT[1] - PLOT[0]) / _YEAR_ROOM
    step = next((one for one in _STEPS if (last - first) / one <= room), _STEPS[-1])
    years = [year for year in range(first + 1, last + 1) if year % step == 0]
    told = [(axis.of(date(year, 1, 1).toordinal()), str(year)) for year in years]
    if not told or (step == 1 and told[0][0] - PLOT[0] > _YEAR_ROOM):
        told.insert(0, (PLOT[0], str(first)))
    return told


@dataclass(slots=True)
class Note:
    """Something written beneath a bar, with a line up to its day."""

    at: float
    label: str
    start: float
    wide: float
    lane: int = 0

    @property
    def end(self) -> float:
        """Where the words end."""
        return self.start + self.wide


def in_lanes(notes: Sequence[Note]) -> int:
    """Give each note the first lane in which its words lie over no others; if it can be, neither do lines to days cross words.

    Returns how many lanes there are.
    """
    set_: list[Note] = []
    for note in sorted(notes, key=lambda one: (one.start >= one.at, one.at if one.start < one.at else -one.at)):
        lanes = range(len(set_) + 1)
        free = [lane for lane in lanes if not any(lane == other.lane and _overlap(note, other) for other in set_)]
        note.lane = next((lane for lane in free if not any(_crosses(note, lane, other) for other in set_)), free[0])
        set_.append(note)
    return 1 + max((note.lane for note in set_), default=-1)


def _overlap(note: Note, other: Note) -> bool:
    return note.start < other.end + 6 and other.start < note.end + 6


def _crosses(note: Note, lane: int, other: Note) -> bool:
    above, below = (note, other) if lane < other.lane else (other, note)
    return lane != other.lane and above.start < below.at < above.end


def in_rows(spans: Iterable[tuple[float, float]]) -> list[int]:
    """Which of several lines each span takes so that none lies on another; those that only meet share one."""
    taken: list[float] = []
    places = []
    for start, end in spans:
        place = next((line for line, until in enumerate(taken) if until <= start + 0.05), len(taken))
        if place == len(taken):
            taken.append(end)
        taken[place] = end
        places.append(place)
    return places
