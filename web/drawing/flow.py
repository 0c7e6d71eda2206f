"""Functions from the units that had them to the units that have them, as bands. What nobody has is red, hatched and said.

Left, under each unit, its functions by number and name; right, under each unit, what arrives there, by the same numbers: a band
need not be followed by eye. A function is one group of the picture, whatever its bands are.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from markupsafe import Markup

from web.drawing.canvas import (
    LARGE,
    LINE,
    NORMAL,
    SMALL,
    hatch,
    hatched,
    hit,
    joined,
    linked,
    named,
    number,
    path,
    picture,
    rect,
    words,
)
from web.drawing.flow_blocks import BLOCK_WIDE, LEFT_AT, RIGHT_AT, SIGNS, TOP, WIDE, Block, Fate, Point, Row
from web.drawing.flow_groups import Groups, lay_out_groups
from web.drawing.flow_legend import draw_legend
from web.drawing.flow_rows import Rows, lay_out_rows
from web.drawing.letters import one_line
from web.drawing.shapes import Carried, Flow, Frame

_BAND = 7.0
"""How thick the band of one function is."""
_STRIP = 8.0
_ABOVE: Final[tuple[Fate, ...]] = ("kept", "moved", "ended", "new", "orphan")
"""Which band lies above which where they cross: what is wrong is never hidden."""


def draw_flow(flow: Flow) -> Markup | None:
    """The picture; None if there is no function. Raises NotLocalError for a link elsewhere."""
    if not flow.functions:
        return None
    if flow.grouped:
        groups = lay_out_groups(flow)
        return _whole(flow, groups.left, groups.right, _of_groups(flow, groups), [one.fate for one in groups.groups])
    rows = lay_out_rows(flow)
    order = sorted(flow.functions, key=lambda one: _ABOVE.index(rows.fates[one.id]))
    inside = joined(_function(flow.frame, one, rows) for one in order)
    return _whole(flow, rows.left, rows.right, inside, rows.fates.values())


def _whole(flow: Flow, left: Sequence[Block], right: Sequence[Block], inside: Markup, fates: Iterable[Fate]) -> Markup:
    foot = max(block.y + block.tall for block in (*left, *right))
    legend, tall = draw_legend(flow, fates, foot + 18)
    heads = [
        words([one_line(label, BLOCK_WIDE, LARGE, bold=True)], x, TOP - 16, LARGE, "d-strong")
        for label, x in ((flow.labels.before, LEFT_AT), (flow.labels.after, RIGHT_AT))
    ]
    blocks = joined(_block(flow.frame, one) for one in (*left, *right))
    return picture(flow.frame, WIDE, tall, *heads, blocks, inside, legend, defs=hatch(flow.frame), kind="d-flow")


def _block(frame: Frame, block: Block) -> Markup:
    """A unit's box with its name; its rows are drawn with their functions. That of what nobody has is hatched at its edge."""
    box = rect(block.x, block.y, BLOCK_WIDE, block.tall, f"d-block d-block-{block.node.sort}")
    at = block.x + BLOCK_WIDE - _STRIP
    strip = [rect(at, block.y, _STRIP, block.tall, "d-hatched", 0, fill=hatched(frame))] if block.node.sort == "orphan" else []
    foot = block.y + LINE + 4
    name = words(block.lines, block.words_at, foot, NORMAL, "d-strong")
    note = words(block.note_lines, block.words_at, foot + len(block.lines) * LINE, SMALL, "d-soft")
    head = linked(block.place.href, block.place.name, joined((hit(block.x, block.y, BLOCK_WIDE, block.head), name, note)))
    return named(block.place.name, box, *strip, head, class_="d-unit")


def _function(frame: Frame, one: Carried, rows: Rows) -> Markup:
    """One function: its rows on both sides, and a band for each way it goes."""
    fate = rows.fates[one.id]
    ways = [(start.edge, end.edge) for start in rows.starts[one.id] for end in rows.ends[one.id]]
    bands = joined(_band(frame, start, end, _BAND, fate) for start, end in ways)
    mine = joined(_row(row) for row in (*rows.starts[one.id], *rows.ends[one.id]) if row.drawn_by == one.id)
    whole = " · ".join(filter(None, (one.name, one.note, one.into)))
    drawn = named(whole, bands, mine, class_=f"d-function d-{fate}", id_=f"{frame.id}-f{rows.numbers[one.id]}")
    return linked(one.href, one.name, drawn)


def _row(row: Row) -> Markup:
    foot = row.y + LINE - 2
    sign = words([row.sign], row.x + 14, foot, NORMAL, "d-sign", "middle") if row.sign else Markup("")
    count = words([row.numbers], row.x + row.inset - 6, foot, SMALL, "d-soft", "end")
    name = words(row.lines, row.x + row.inset, foot, SMALL)
    note = words(row.note_lines, row.x + row.inset, foot + len(row.lines) * LINE, SMALL, "d-soft")
    return joined((hit(row.x, row.y - 4, BLOCK_WIDE, row.tall), sign, count, name, note))


def _band(frame: Frame, start: Point, end: Point, thick: float, fate: Fate) -> Markup:
    """A band of one thickness from one point to the other: a rim and its filling, hatched if nobody has what it carries."""
    turn = number((start[0] + end[0]) / 2)
    feet = number(start[1]), number(end[1])
    course = f"M{number(start[0])},{feet[0]} C{turn},{feet[0]} {turn},{feet[1]} {number(end[0])},{feet[1]}"
    fill = hatched(frame) if fate == "orphan" else None
    rim = path(course, f"d-rim d-rim-{fate}", stroke_width=thick)
    return joined((rim, path(course, f"d-band d-band-{fate}", stroke_width=thick - 2.5, stroke=fill)))


def _of_groups(flow: Flow, groups: Groups) -> Markup:
    """The bands, the number of functions at both ends, their names on pointing at them."""
    names = {block.node: block.place.name for block in (*groups.left, *groups.right)}
    drawn = []
    for one in sorted(groups.groups, key=lambda group: _ABOVE.index(group.fate)):
        count = str(len(one.functions))
        whole = f"{names[one.start]} → {names[one.end]} ({count}): " + "; ".join(each.name for each in one.functions)
        band = _band(flow.frame, one.starts_at, one.ends_at, one.thick, one.fate)
        sign = words([f"{SIGNS[one.fate]} {count}"], one.starts_at[0] - 8, one.starts_at[1] + 4, SMALL, "d-strong", "end")
        arrives = words([count], one.ends_at[0] + 8, one.ends_at[1] + 4, SMALL, "d-strong")
        drawn.append(named(whole, band, sign, arrives, class_=f"d-group d-{one.fate}"))
    return joined(drawn)
