"""A chart of a report as bars, each with what is said of it: as wide as a phone, one bar beneath the other.

A number that is not said has a dashed box of one length, and its words. There is no axis: every number stands beside its bar.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from markupsafe import Markup

from web.drawing.canvas import LINE, NORMAL, SMALL, joined, picture, rect, words
from web.drawing.letters import lines_of, width
from web.drawing.shapes import Frame

Way = Literal["", "in", "out"]
_WIDE: Final = 288.0
_THICK, _GAP, _BEFORE, _BOX = 14.0, 10.0, 8.0, 72.0
_LEAST: Final = 2.0
"""Pixels of a bar of which there is anything at all."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar. `at`: what it stands for; `of`: which part of it; `said`: its number or words; `count` None: nothing is said.

    `way`: it came in or went out; a sign stands before the number then.
    """

    at: str
    of: str
    said: str
    count: int | None
    way: Way = ""


def draw_bars(frame: Frame, bars: Sequence[Bar]) -> Markup:
    """The picture. Bars of one `at` that follow each other stand under one name."""
    most = max((bar.count or 0 for bar in bars), default=0) or 1
    room = _WIDE - max((width(bar.said, SMALL) for bar in bars if bar.count is not None), default=0) - _BEFORE - 1
    drawn, y = [], 0.0
    for piece, tall in _pieces(bars, most, max(room, _BOX)):
        drawn.append(Markup('<g transform="translate(0,{})">{}</g>').format(f"{y:g}", piece))
        y += tall
    return picture(frame, _WIDE, y + 2, joined(drawn), kind="d-small-picture", scrolls=False)


def _pieces(bars: Sequence[Bar], most: int, room: float) -> Iterator[tuple[Markup, float]]:
    """Each piece and how tall it is."""
    before = None
    for bar in bars:
        if bar.at != before:
            before = bar.at
            lines = lines_of(bar.at, _WIDE, NORMAL, most=3, bold=bool(bar.of))
            yield words(lines, 0, LINE - 3, NORMAL, "d-bold" if bar.of else ""), LINE * len(lines) + 2
        if bar.of:
            lines = lines_of(bar.of, _WIDE, SMALL)
            yield words(lines, 0, LINE - 3, SMALL), LINE * len(lines)
        yield _bar(bar, most, room), _THICK + _GAP


def _bar(bar: Bar, most: int, room: float) -> Markup:
    if bar.count is None:
        long, look = _BOX, "d-bar-unsaid"
    else:
        long = max(room * bar.count / most, _LEAST if bar.count else 0)
        look = f"d-bar d-bar-{bar.way}" if bar.way else "d-bar"
    box = rect(0.5, 0.5, long, _THICK, look, round_=1) if long else Markup("")
    # words too long for the rest of the line stand in the box's place: a box tells no number
    said = lines_of(bar.said, _WIDE - (0 if bar.count is None else long) - _BEFORE, SMALL, most=1)
    if bar.count is None and width(bar.said, SMALL) > _WIDE - _BOX - _BEFORE:
        return joined((rect(0.5, 0.5, _WIDE - 1, _THICK + 4, look, round_=1), words(said, 4, _THICK - 1, SMALL, "d-soft")))
    return joined((box, words(said, long + _BEFORE, _THICK - 2, SMALL, "" if bar.count is not None else "d-soft")))
