"""Where a matter is among the stages of its kind: a line of stages, in a row where there is room and down on a phone."""

from collections.abc import Sequence
from itertools import pairwise

from markupsafe import Markup

from web.drawing.canvas import LINE, SMALL, joined, named, number, path, picture, tag, words
from web.drawing.letters import lines_of
from web.drawing.shapes import Frame, Stage, StatesMap

_CELL, _PER_ROW, _NARROW, _DOT, _EDGE = 120.0, 5, 288.0, 9.0, 4.0


def draw_states(states: StatesMap) -> Markup | None:
    """The picture, twice: in a row and down; the style sheet shows one of them. None if there is no stage."""
    if not states.stages:
        return None
    return joined((_in_rows(states), _down(states)))


def _in_rows(states: StatesMap) -> Markup:
    frame = Frame(f"{states.frame.id}-wide", states.frame.title, states.frame.description)
    every = [_said(stage, states.here, _CELL - 4) for stage in states.stages]
    drawn, top = [], 0.0
    for first in range(0, len(every), _PER_ROW):
        stages, said = states.stages[first : first + _PER_ROW], every[first : first + _PER_ROW]
        middle = top + 18
        xs = [_CELL / 2 + place * _CELL for place in range(len(stages))]
        spots = [(x, middle) for x in xs]
        drawn.append(_ways(stages, spots))
        if first + _PER_ROW < len(every):
            drawn.append(path(f"M{number(xs[-1] + _DOT)},{number(middle)} H{number(xs[-1] + _CELL / 2)}", "d-way-ahead"))
        if first:
            drawn.append(path(f"M0,{number(middle)} H{number(xs[0] - _DOT)}", "d-way-ahead"))
        for stage, spot, lines in zip(stages, spots, said, strict=True):
            drawn.append(
                named(
                    _whole(stage, states.here),
                    _dot(stage, *spot),
                    _written(lines, spot[0], middle + 28, "middle"),
                    class_="d-stage",
                )
            )
        top = middle + 28 + max(map(len, said)) * LINE + 6
    wide = min(len(every), _PER_ROW) * _CELL
    return picture(frame, wide, top, *drawn, kind="d-states d-small-picture d-wide", scrolls=False)


def _down(states: StatesMap) -> Markup:
    frame = Frame(f"{states.frame.id}-narrow", states.frame.title, states.frame.description)
    spots, drawn, top = [], [], _EDGE
    for stage in states.stages:
        lines = _said(stage, states.here, _NARROW - 48)
        spots.append((18.0, top + 12))
        drawn.append(
            named(_whole(stage, states.here), _dot(stage, 18, top + 12), _written(lines, 38, top + 16, None), class_="d-stage")
        )
        top += max(30, len(lines) * LINE + 12)
    return picture(
        frame, _NARROW, top, _ways(states.stages, spots), *drawn, kind="d-states d-small-picture d-narrow", scrolls=False
    )


def _said(stage: Stage, here: str, room: float) -> list[tuple[str, str]]:
    """The lines of a stage with their classes."""
    strong = "d-strong" if stage.passage == "here" else "d-soft" if stage.passage == "not_taken" else ""
    lines = [(line, strong) for line in lines_of(stage.label, room, SMALL, most=3, bold=stage.passage == "here")]
    lines += [(line, "d-strong") for line in lines_of(here if stage.passage == "here" else "", room, SMALL, bold=True)]
    return lines + [(line, "d-soft") for line in lines_of(stage.note, room, SMALL)]


def _written(lines: Sequence[tuple[str, str]], x: float, y: float, anchor: str | None) -> Markup:
    return joined(words([line], x, y + place * LINE, SMALL, kind, anchor) for place, (line, kind) in enumerate(lines))


def _whole(stage: Stage, here: str) -> str:
    return " · ".join(filter(None, (stage.label, here if stage.passage == "here" else "", stage.note)))


def _ways(stages: Sequence[Stage], spots: Sequence[tuple[float, float]]) -> Markup:
    """The line from each stage to the next: full as far as the matter came."""
    drawn = []
    for (_, start), (later, end) in pairwise(zip(stages, spots, strict=True)):
        kind = "d-way-passed" if later.passage in ("passed", "here") else "d-way-ahead"
        drawn.append(path(f"M{number(start[0])},{number(start[1])} L{number(end[0])},{number(end[1])}", kind))
    return joined(drawn)


def _dot(stage: Stage, x: float, y: float) -> Markup:
    """A stage's sign: a check, a ring with a heart, an empty ring, or a ring crossed out."""
    dot = tag("circle", cx=x, cy=y, r=_DOT, class_=f"d-stop d-stop-{stage.passage}")
    at = f"M{number(x)},{number(y)}"
    match stage.passage:
        case "passed":
            return joined((dot, path(f"{at} m-4,0 l3,3.5 l5,-6.5", "d-check")))
        case "here":
            return joined((dot, tag("circle", cx=x, cy=y, r=3.5, class_="d-stop-heart")))
        case "not_taken":
            return joined((dot, path(f"{at} m-3.5,-3.5 l7,7 m0,-7 l-7,7", "d-cross")))
        case _:
            return dot
