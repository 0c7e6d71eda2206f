"""Units or functions through the years: a bar for what held, a mark for what changed, a line for today and for the day chosen."""

from typing import NamedTuple

from markupsafe import Markup

from web.drawing.canvas import LINE, NORMAL, SMALL, hit, joined, linked, named, number, path, picture, rect, words
from web.drawing.letters import lines_of, one_line, width
from web.drawing.shapes import Change, Span, Timeline, TimelineRow
from web.drawing.timeline_places import LABELS, PLOT, Axis, Note, axis_of, in_lanes, in_rows, years_of

_WIDE, _EDGE, _TOP, _BAR, _LANE, _GAP = 800.0, 8.0, 56.0, 22.0, 15.0, 12.0
_TONES = 6


def draw_timeline(timeline: Timeline) -> Markup | None:
    """The picture; None if there is no row. Raises NotLocalError for a link elsewhere."""
    if not timeline.rows:
        return None
    axis = axis_of(timeline)
    below, bars, notes = _TOP, [], []
    for row in timeline.rows:
        drawn = _row(row, axis, below, written=timeline.changes_named)
        bars.append(drawn.bars)
        notes.append(drawn.notes)
        below = drawn.foot
    tall = below + (LINE + 10 if timeline.today else 4)
    days = (_day(timeline.today, axis, below, "today"), _day(timeline.chosen, axis, below, "chosen"))
    return picture(timeline.frame, _WIDE, tall, _years(axis, below), *bars, *days, *notes, kind="d-timeline")


def _years(axis: Axis, foot: float) -> Markup:
    told = years_of(axis)
    grid = joined(path(f"M{number(x)},{number(_TOP - 8)} V{number(foot)}", "d-grid") for x, _ in told)
    names = joined(
        words([year], min(max(x, PLOT[0] + 16), PLOT[1] - 16), _TOP - 14, SMALL, "d-soft", "middle") for x, year in told
    )
    base = path(f"M{number(PLOT[0])},{number(_TOP - 8)} H{number(PLOT[1])}", "d-axis")
    return joined((grid, base, names))


class _Row(NamedTuple):
    """A row drawn: what lies beneath the lines of days and what above, and where it ends."""

    bars: Markup
    notes: Markup
    foot: float


def _row(row: TimelineRow, axis: Axis, top: float, *, written: bool) -> _Row:
    lines = lines_of(row.label, LABELS, NORMAL, most=3)
    spans = sorted((span for span in row.spans if _seen(span, axis)), key=lambda span: _ends(span, axis))
    places = in_rows(_ends(span, axis) for span in spans)
    changes = [change for change in row.changes if axis.shows(change.on)]
    notes = [_note(axis.at(change.on), change.label) for change in changes]
    notes += [_note(_ends(span, axis)[0], span.label) for span in spans if not _inside(span, axis)]
    notes = notes if written else []
    lanes = in_lanes(notes)
    feet = top + (max(places, default=0) + 1) * (_BAR + 2)
    below = max(feet + lanes * _LANE, top + len(lines) * LINE + 4) + _GAP
    bars = joined(_bar(span, axis, top + place * (_BAR + 2)) for span, place in zip(spans, places, strict=True))
    room = hit(_EDGE - 4, top - 2, LABELS + 8, max(len(lines) * LINE, LINE) + 10)
    name = linked(row.href, row.label, joined((room, words(lines, _EDGE, top + LINE, NORMAL))))
    rule = path(f"M{number(_EDGE)},{number(below - _GAP / 2)} H{number(PLOT[1])}", "d-grid")
    leaders = joined(_leader(note, top + _BAR / 2, feet) for note in notes)
    said = joined(words([note.label], note.start, _foot(note, feet), SMALL, "d-soft d-halo") for note in notes)
    marks = joined(_mark(change, axis, top) for change in changes)
    return _Row(named(row.label, rule, name, bars, class_="d-row"), joined((leaders, said, marks)), below)


def _seen(span: Span, axis: Axis) -> bool:
    begins = span.since is None or span.since.toordinal() <= axis.until
    return begins and (span.until is None or span.until.toordinal() > axis.since)


def _ends(span: Span, axis: Axis) -> tuple[float, float]:
    start = PLOT[0] if span.since is None else axis.at(span.since)
    return start, max(start + 3, PLOT[1] if span.until is None else axis.at(span.until))


def _inside(span: Span, axis: Axis) -> bool:
    """Whether a span's label has room in its bar."""
    start, end = _ends(span, axis)
    return width(span.label, SMALL) + 20 <= end - start


def _note(at: float, label: str) -> Note:
    """Words to the right of their day, or to the left of it where there is no room."""
    said = one_line(label, PLOT[1] - PLOT[0], SMALL)
    wide = width(said, SMALL)
    start = at + 5 if at + 5 + wide <= PLOT[1] else max(PLOT[0], at - 5 - wide)
    return Note(at, said, start, wide)


def _bar(span: Span, axis: Axis, top: float) -> Markup:
    """A bar; where no end is known it is pointed."""
    start, end = _ends(span, axis)
    kind = f"d-bar d-tone-{span.tone % _TONES}{' d-planned' if span.planned else ''}"
    if span.since is None or span.until is None:
        half, tip = _BAR / 2, min(9.0, (end - start) / 3)
        left = f"l{number(-tip)},{number(-half)} l{number(tip)},{number(-half)}" if span.since is None else f"v{number(-_BAR)}"
        right = f"l{number(tip)},{number(half)} l{number(-tip)},{number(half)}" if span.until is None else f"v{number(_BAR)}"
        inner_left = start + (tip if span.since is None else 0)
        inner_right = end - (tip if span.until is None else 0)
        shape = path(f"M{number(inner_left)},{number(top + _BAR)} {left} H{number(inner_right)} {right} z", kind)
    else:
        shape = rect(start, top, end - start, _BAR, kind, 2)
    label = (
        words([span.label], start + 11, top + 15, SMALL, "" if span.planned else "d-on") if _inside(span, axis) else Markup("")
    )
    return named(span.label, shape, label, class_="d-span")


def _mark(change: Change, axis: Axis, top: float) -> Markup:
    x, y = number(axis.at(change.on)), number(top + _BAR / 2)
    return named(change.label, path(f"M{x},{y} m0,-6 l6,6 l-6,6 l-6,-6 z", "d-change"), class_="d-point")


def _leader(note: Note, top: float, feet: float) -> Markup:
    """The line from a day down to what is written of it."""
    return path(f"M{number(note.at)},{number(top)} V{number(_foot(note, feet) - 1)}", "d-leader")


def _foot(note: Note, feet: float) -> float:
    return feet + note.lane * _LANE + 12


def _day(day: Change | None, axis: Axis, foot: float, kind: str) -> Markup:
    """Today, told beneath, or the day that is shown, told above; a day beyond the axis has no line."""
    if day is None or not axis.shows(day.on):
        return Markup("")
    x = axis.at(day.on)
    said = one_line(day.label, PLOT[1] - PLOT[0], SMALL, bold=True)
    half = width(said, SMALL, bold=True) / 2
    beside = min(max(x, PLOT[0] + half), PLOT[1] - half)
    top, y = (_TOP - 8, foot + LINE) if kind == "today" else (LINE + 3, LINE - 2)
    line = path(f"M{number(x)},{number(top)} V{number(foot)}", f"d-{kind}")
    return named(day.label, line, words([said], beside, y, SMALL, "d-strong", "middle"), class_="d-day")
