"""How each kind of chart looks, as Altair tells Vega-Lite.

Hidden cells and bands are dashed boxes of one length that say so in words: their length tells nothing. There is no axis of
numbers; each number beside a mark is a cell of the object. Colours differ in lightness too (Okabe and Ito, darkened so that
white text on them can be read).
"""

import textwrap
from collections.abc import Sequence
from typing import Any, Final

import altair as alt

from reports.form.marks import LETTERS, Mark

Drawn = dict[str, Any]
"""A Vega-Lite specification."""
_NARROW: Final = 15
"""Letters a line beneath a point."""
_COLOURS: Final = ("#0b5c9e", "#b34700", "#00735c", "#8f3b76", "#6b5900", "#4d4d4d")
_INK, _SAID, _PALE, _STAND = "#1a1a1a", "#4a4a4a", "#6b6b6b", "#4d4d4d"
_WIDE, _BOX = 440, 160
"""Width of the plot and of a dashed box, in pixels."""
_THICK, _EXTENT, _TALL = 20, 200, 200
"""A bar's thickness, the room for the names beside bars, and the height of a line's plot."""


def draw_bars(marks: Sequence[Mark]) -> Drawn:
    """A bar a value; in a chart of flow the colour tells what comes in, what goes out and what stands."""
    most = max(mark.count for mark in marks) or 1
    flow = any(mark.sign for mark in marks)
    along = alt.X("n:Q", axis=None, scale=alt.Scale(domain=[0, most], range=[0, _WIDE - _BOX]))
    colour = alt.Color(
        "sign:N",
        scale=alt.Scale(domain=["1", "0", "-1"], range=[_COLOURS[0], _STAND if flow else _COLOURS[0], _COLOURS[1]]),
        legend=None,
    )
    shown = _chart(marks).transform_filter("datum.state == 'shown'")
    layers = alt.layer(
        shown.mark_bar(size=_THICK).encode(x=along, color=colour),
        shown.mark_text(align="left", dx=5, fontSize=12, color=_INK).encode(x=along, text="said:N"),
        *_boxes(_chart(marks).transform_filter("datum.state != 'shown'")),
    ).properties(width=_WIDE, height=alt.Step(_step(marks)))
    drawn: Drawn = layers.to_dict(validate=False)
    return drawn


def _boxes(unsaid: alt.Chart) -> tuple[alt.Chart, ...]:
    """Dashed boxes, all of one length, with what can be said in words."""
    box: dict[str, Any] = {"size": _THICK, "fill": "#efefef", "stroke": _PALE, "strokeDash": [4, 3]}
    return (
        unsaid.mark_bar(**box).encode(x=alt.value(0), x2=alt.value(_BOX)),
        unsaid.mark_text(align="left", dx=6, fontSize=12, color=_SAID).encode(x=alt.value(0), text="said:N"),
    )


def draw_stack(marks: Sequence[Mark]) -> Drawn:
    """Bars made of the published parts; a part that cannot be said is named at the bar's end."""
    ends = _ends(marks)
    most = max(int(str(end["n"])) for end in ends) or 1
    wide = _WIDE - (_BOX + 70 if any(end["said"] for end in ends) else 0)
    scale = alt.Scale(domain=[0, most], range=[0, wide])
    names = list(dict.fromkeys(mark.of for mark in marks))
    colours = [_COLOURS[number % len(_COLOURS)] for number in range(len(names))]
    shown = _chart(marks).transform_filter("datum.n > 0")
    segments = shown.mark_bar(size=_THICK, stroke="white", strokeWidth=1).encode(
        x=alt.X("n:Q", axis=None, scale=scale, stack="zero"),
        color=alt.Color("of:N", scale=alt.Scale(domain=names, range=colours), legend=_legend()),
        order=alt.Order("place:Q"),
    )
    inside = (
        shown.transform_filter(f"datum.n >= {most} / 18")
        .mark_text(color="white", fontSize=11)
        .encode(x=alt.X("n:Q", axis=None, scale=scale, stack="zero", bandPosition=0.5), text="said:N", order=alt.Order("place:Q"))
    )
    data = _rows([end for end in ends if end["said"]] or [{"at": ends[0]["at"], "n": 0, "said": ""}])
    beside = (
        alt.Chart(data)
        .mark_text(align="left", dx=6, fontSize=11, color=_SAID, lineBreak="\n", baseline="middle")
        .encode(x=alt.X("n:Q", axis=None, scale=scale), y=_down(), text="said:N")
    )
    tall = max(str(end["said"]).count("\n") + 1 for end in ends)
    layers = alt.layer(segments, inside, beside).properties(width=_WIDE, height=alt.Step(max(_step(marks), 13 * tall + 6)))
    drawn: Drawn = layers.to_dict(validate=False)
    return drawn


def _ends(marks: Sequence[Mark]) -> list[dict[str, object]]:
    """Where each bar ends, which is never said, and what stands there of its parts that are not shown."""
    rows: dict[str, list[Mark]] = {}
    for mark in marks:
        rows.setdefault(mark.at, []).append(mark)
    ends: list[dict[str, object]] = []
    for at, row in rows.items():
        unsaid: dict[str, list[str]] = {}
        for mark in row:
            if mark.state != "shown":
                unsaid.setdefault(mark.said, []).append(mark.of)
        words = "; ".join(f"{', '.join(parts)}: {said}" for said, parts in unsaid.items())
        ends.append({"at": at, "n": sum(mark.count for mark in row), "said": "\n".join(textwrap.wrap(words, LETTERS))})
    return ends


def draw_line(marks: Sequence[Mark]) -> Drawn:
    """Points through the periods. A period of which nothing can be said breaks the line; the words stand beneath its name."""
    most = max(mark.count for mark in marks) or 1
    names = list(dict.fromkeys(mark.of for mark in marks))
    scale = alt.Scale(domain=names, range=[_COLOURS[number % len(_COLOURS)] for number in range(len(names))])
    legend = _legend() if names != [""] else None
    across = alt.X("at:N", axis=_axis(labelAngle=0))
    up = alt.Y("n:Q", axis=None, scale=alt.Scale(domain=[0, most * 1.15], range=[_TALL, 14]))
    colour = alt.Color("of:N", scale=scale, legend=legend)
    feet = _feet(marks)
    rows = [{**mark.plain, "at": feet[mark.at], "n": mark.count if mark.state == "shown" else None} for mark in marks]
    plain = alt.Chart(_rows(rows))
    said = plain.transform_filter("datum.state == 'shown'")
    layers = alt.layer(
        plain.mark_rule(stroke="#dddddd").encode(x=across, y=alt.value(14), y2=alt.value(_TALL)),
        plain.mark_line(point=False, invalid="break-paths-filter-domains").encode(x=across, y=up, color=colour),
        said.mark_point(filled=True, size=55, opacity=1).encode(x=across, y=up, color=colour, shape=_shape(names)),
        *(
            said.transform_filter(alt.FieldOneOfPredicate(field="of", oneOf=list(some)))
            .mark_text(dy=down, fontSize=12)
            .encode(x=across, y=up, text="said:N", color=colour)
            for some, down in ((names[::2], -12), (names[1::2], 14))  # above and beneath, so that two lines share the room
            if some
        ),
    ).properties(width=max(_WIDE + _EXTENT, 90 * len(feet)), height=_TALL)
    drawn: Drawn = layers.to_dict(validate=False)
    return drawn


def _feet(marks: Sequence[Mark]) -> dict[str, str]:
    """Each period's name with what cannot be told of it beneath."""
    feet: dict[str, str] = {}
    for mark in marks:
        feet.setdefault(mark.at, mark.at)
        if mark.state != "shown":
            words = f"{mark.of}: {mark.said}" if mark.of else mark.said
            feet[mark.at] += "\n" + "\n".join(textwrap.wrap(words, _NARROW))
    return feet


def _legend() -> alt.Legend:
    return alt.Legend(title=None, orient="top", columns=2, labelLimit=0, labelFontSize=12)


def _shape(names: Sequence[str]) -> alt.Shape:
    shapes = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")
    return alt.Shape("of:N", scale=alt.Scale(domain=list(names), range=list(shapes[: len(names)])), legend=None)


def _chart(marks: Sequence[Mark]) -> alt.Chart:
    return alt.Chart(_rows([{**mark.plain, "place": place} for place, mark in enumerate(marks)])).encode(y=_down())


def _down() -> alt.Y:
    return alt.Y("at:N", axis=_axis(minExtent=_EXTENT, maxExtent=_EXTENT), scale=alt.Scale(paddingInner=0.3))


def _axis(**more: Any) -> alt.Axis:
    """An axis of names: numbered within so that they keep their order and stay apart, shown without the number."""
    label = "split(slice(datum.label, 3), '\\n')"
    return alt.Axis(title=None, labelExpr=label, labelLimit=0, labelFontSize=12, ticks=False, domain=False, grid=False, **more)


def _step(marks: Sequence[Mark]) -> int:
    """Pixels a bar takes: enough for the label with the most lines."""
    return max(27, 15 * max(mark.at.count("\n") + 1 for mark in marks) + 8)


def _rows(rows: list[dict[str, object]]) -> alt.Data:
    return alt.Data.from_dict({"values": rows})
