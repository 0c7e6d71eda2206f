"""What the signs and bands of a flow mean, beneath it: only those that are in it, in one line or more."""

from collections.abc import Iterable

from markupsafe import Markup

from web.drawing.canvas import LINE, SMALL, hatched, joined, number, path, words
from web.drawing.flow_blocks import LEFT_AT, SIGNS, WIDE, Fate
from web.drawing.letters import one_line, width
from web.drawing.shapes import Flow

_SWATCH = 34.0
_ROW = 24.0


def draw_legend(flow: Flow, fates: Iterable[Fate], top: float) -> tuple[Markup, float]:
    """The legend from `top` on, and where it ends."""
    said = {"kept": flow.labels.kept, "moved": flow.labels.moved, "new": flow.labels.new}
    said |= {"orphan": flow.labels.orphan, "ended": flow.labels.ended}
    seen = set(fates)
    x, y = LEFT_AT, top
    drawn: list[Markup] = []
    for fate in (one for one in SIGNS if one in seen):
        label = one_line(f"{SIGNS[fate]} {said[fate]}", WIDE / 2, SMALL)
        wide = _SWATCH + width(label, SMALL) + 20
        if x + wide > WIDE and x > LEFT_AT:
            x, y = LEFT_AT, y + _ROW
        fill = hatched(flow.frame) if fate == "orphan" else None
        line = f"M{number(x)},{number(y + 5)} h{number(_SWATCH - 8)}"
        swatch = (
            path(line, f"d-rim d-rim-{fate}", stroke_width=9),
            path(line, f"d-band d-band-{fate}", stroke_width=6, stroke=fill),
        )
        drawn += [*swatch, words([label], x + _SWATCH, y + 10, SMALL)]
        x += wide
    return joined(drawn), y + LINE + 6
