"""A clock's line, from its start down: what it did, today, what it will do, and the day on which the duty is due."""

from dataclasses import dataclass, replace
from typing import Literal

from markupsafe import Markup

from web.drawing.canvas import LINE, NORMAL, SMALL, hatch, hatched, joined, named, number, path, picture, tag, words
from web.drawing.letters import lines_of
from web.drawing.shapes import Ladder, Moment

_WIDE, _AT, _WORDS, _STRETCH = 288.0, 18.0, 42.0, 36.0
Sort = Literal["start", "fired", "to_come", "due", "stopped", "today"]


@dataclass(frozen=True, slots=True)
class _Stop:
    """A mark on the line, its day as an ordinal."""

    sort: Sort
    on: int
    lines: tuple[tuple[str, str], ...]
    whole: str


def draw_ladder(ladder: Ladder) -> Markup | None:
    """The picture, as wide as a phone. Never None: a clock has a start and a today."""
    stops = _stops(ladder)
    ys, tall = _heights(stops)
    at = {id(stop): y for stop, y in zip(stops, ys, strict=True)}
    marks = joined(named(stop.whole, _mark(stop, at[id(stop)]), _written(stop, at[id(stop)]), class_="d-stage") for stop in stops)
    line = _line(ladder, {stop.sort: y for stop, y in zip(stops, ys, strict=True)}, ys[-1])
    end = _open_end(ladder, tall)
    tall += LINE * 2 if ladder.open_end and not ladder.due else 0
    return picture(
        ladder.frame, _WIDE, tall, line, marks, end, defs=hatch(ladder.frame), kind="d-ladder d-small-picture", scrolls=False
    )


def _stops(ladder: Ladder) -> list[_Stop]:
    """All marks in the order of their days. On one day: the start, what the clock did, what was due, and then the day itself.

    Once the duty was done the clock runs no more: then neither today nor what was to come is on its line.
    """
    ended = ladder.stopped.on if ladder.stopped else None
    stops = [_moment("start", ladder.start)]
    for rung in sorted(ladder.rungs, key=lambda one: one.on):
        if rung.fired or ended is None:
            said = _lines(rung.label, rung.day, rung.outcome)
            whole = " · ".join(filter(None, (rung.label, rung.day, rung.outcome)))
            stops.append(_Stop("fired" if rung.fired else "to_come", rung.on.toordinal(), said, whole))
    if ladder.due:
        due = _moment("due", ladder.due)
        stops.append(replace(due, lines=due.lines + _lines(ladder.late, wrong=True)) if _is_late(ladder) else due)
    stops.append(_moment("stopped", ladder.stopped) if ladder.stopped else _moment("today", ladder.today))
    return sorted(stops, key=lambda stop: stop.on)


def _moment(sort: Sort, moment: Moment) -> _Stop:
    return _Stop(sort, moment.on.toordinal(), _lines(moment.label, moment.day), f"{moment.label} · {moment.day}")


def _is_late(ladder: Ladder) -> bool:
    """Late is from the day after the due one."""
    return ladder.due is not None and (ladder.stopped or ladder.today).on > ladder.due.on


def _lines(label: str, *more: str, wrong: bool = False) -> tuple[tuple[str, str], ...]:
    room = _WIDE - _WORDS - 4
    kind = "d-strong d-wrong" if wrong else "d-strong"
    first = [(line, kind) for line in lines_of(label, room, NORMAL, bold=True)]
    return (*first, *((line, "d-soft") for one in more for line in lines_of(one, room, SMALL)))


def _heights(stops: list[_Stop]) -> tuple[list[float], float]:
    """Where each mark stands: beneath the words of the one before, and further the more days lie between."""
    whole = max(1, stops[-1].on - stops[0].on)
    ys, below, last = [], 16.0, stops[0]
    for stop in stops:
        below += _STRETCH * (stop.on - last.on) / whole
        ys.append(below)
        below += len(stop.lines) * LINE + 10
        last = stop
    return ys, below


def _line(ladder: Ladder, at: dict[Sort, float], last: float) -> Markup:
    """Full as far as time has run, dotted from there on; hatched from the due day on if it is late."""
    now = at.get("stopped", at.get("today", last))
    drawn = [_down(at["start"], now, "d-way-passed")]
    if now < last:
        drawn.append(_down(now, last, "d-way-ahead"))
    if _is_late(ladder):
        due = at["due"]
        drawn.append(_down(due, now, "d-late-rim"))
        drawn.append(_down(due, now, "d-late", hatched(ladder.frame)))
    return joined(drawn)


def _down(start: float, end: float, kind: str, stroke: str | None = None) -> Markup:
    return path(f"M{number(_AT)},{number(start)} V{number(end)}", kind, stroke=stroke)


def _written(stop: _Stop, y: float) -> Markup:
    sizes = [NORMAL if kind.startswith("d-strong") else SMALL for _, kind in stop.lines]
    return joined(
        words([line], _WORDS, y + 4 + place * LINE, size, kind)
        for place, ((line, kind), size) in enumerate(zip(stop.lines, sizes, strict=True))
    )


def _mark(stop: _Stop, y: float) -> Markup:
    """Each sort has a shape: a disc, a full or an empty square, a lozenge, a check, an arrow."""
    at = f"M{number(_AT)},{number(y)}"
    match stop.sort:
        case "start":
            return tag("circle", cx=_AT, cy=y, r=6, class_="d-fired")
        case "fired":
            return path(f"{at} m-6,-6 h12 v12 h-12 z", "d-fired")
        case "to_come":
            return path(f"{at} m-6,-6 h12 v12 h-12 z", "d-to-come")
        case "due":
            return path(f"{at} m0,-9 l9,9 l-9,9 l-9,-9 z", "d-due")
        case "stopped":
            return joined((tag("circle", cx=_AT, cy=y, r=9, class_="d-fired"), path(f"{at} m-4,0 l3,3.5 l5,-6.5", "d-check")))
        case _:
            return joined((path(f"{at} m-14,0 h28", "d-today"), path(f"{at} m16,0 l-8,-5 v10 z", "d-today-tip")))


def _open_end(ladder: Ladder, tall: float) -> Markup:
    """What is said where the line has no due day."""
    if ladder.due or not ladder.open_end:
        return Markup("")
    return words(lines_of(ladder.open_end, _WIDE - _WORDS, SMALL), _WORDS, tall + 4, SMALL, "d-soft")
