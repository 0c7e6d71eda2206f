"""The organisation as a tree, of one day or of two side by side. What happened to a unit is told by a sign, words and a rim."""

from collections.abc import Mapping
from typing import Final

from markupsafe import Markup

from web.drawing.canvas import (
    LARGE,
    LINE,
    NORMAL,
    SMALL,
    arrowhead,
    hatch,
    hatched,
    joined,
    linked,
    named,
    number,
    path,
    picture,
    rect,
    words,
)
from web.drawing.letters import lines_of, one_line, width
from web.drawing.shapes import Frame, Mark, Tree, Trees
from web.drawing.tree_places import STEP, Box, Column, Lane, lay_out_tree

_ONE, _GUTTER, _EDGE, _TOP = 400.0, 72.0, 8.0, 44.0
SIGNS: Final[Mapping[Mark, str]] = {
    "created": "+",
    "abolished": "×",
    "renamed": "≈",
    "moved": "→",
    "merged": "»",
    "split": "÷",
    "changed": "•",
    "suspended": "!",
}


def draw_trees(trees: Trees) -> Markup | None:
    """The picture; None if no tree has a unit. Raises NotLocalError for a link elsewhere."""
    if not trees.before.units and not (trees.after and trees.after.units):
        return None
    wide = 2 * _EDGE + (_ONE if trees.after is None else 2 * _ONE + _GUTTER)
    before = lay_out_tree(trees.before, _EDGE, _ONE, _TOP)
    after = None if trees.after is None else lay_out_tree(trees.after, _EDGE + _ONE + _GUTTER, _ONE, _TOP)
    inside = [_column(trees.frame, trees.before, before, _EDGE)]
    foot = before.foot
    if after is not None and trees.after is not None:
        foot = max(foot, after.foot)
        inside += [_joins(trees, before, after), _column(trees.frame, trees.after, after, _EDGE + _ONE + _GUTTER)]
    legend, tall = _legend(trees, foot + 10, wide)
    return picture(trees.frame, wide, tall, *inside, legend, defs=hatch(trees.frame), kind="d-trees")


def _column(frame: Frame, tree: Tree, column: Column, x: float) -> Markup:
    heading = words([one_line(tree.heading, _ONE, LARGE, bold=True)], x, _TOP - 18, LARGE, "d-strong")
    lines = joined(_up(box) for box in column.boxes.values())
    lanes = joined(map(_lane, column.lanes))
    return joined((heading, lines, lanes, joined(_box(frame, box) for box in column.boxes.values())))


def _up(box: Box) -> Markup:
    """The line from a unit to its head."""
    if box.head is None:
        return Markup("")
    start = box.head.x + STEP / 2
    course = f"M{number(start)},{number(box.head.y + box.head.tall)} V{number(box.middle)} H{number(box.x)}"
    return path(course, "d-line")


def _lane(lane: Lane) -> Markup:
    """The dotted line of a further head."""
    top, foot = lane.reach
    spine = (
        f"M{number(lane.head.right)},{number(lane.head.middle)} H{number(lane.x)} M{number(lane.x)},{number(top)} V{number(foot)}"
    )
    ends = joined(
        joined(
            (
                path(f"M{number(lane.x)},{number(box.middle)} H{number(box.right)}", "d-line d-dotted"),
                path(f"M{number(box.right)},{number(box.middle)} l6,-3.5 v7 z", "d-tip"),
            )
        )
        for box in lane.under
    )
    return joined((path(spine, "d-line d-dotted"), ends))


def _box(frame: Frame, box: Box) -> Markup:
    """A unit; one that waits for approval is hatched at its edge."""
    mark = box.unit.mark
    inset = 10 + (22 if mark else 0)
    foot = box.y + (box.tall - (len(box.lines) + len(box.said_lines)) * LINE) / 2 + LINE - 4
    strip = [rect(box.right - 8, box.y, 8, box.tall, "d-hatched", 0, fill=hatched(frame))] if mark == "suspended" else []
    inside = [
        rect(box.x, box.y, box.wide, box.tall, f"d-node d-mark-{mark or 'none'}"),
        *strip,
        words([SIGNS[mark]], box.x + 17, foot, LARGE, "d-sign", "middle") if mark else Markup(""),
        words(box.lines, box.x + inset, foot, NORMAL, "d-name" if box.depth else "d-name d-strong"),
        words(box.said_lines, box.x + inset, foot + len(box.lines) * LINE, SMALL, "d-soft"),
    ]
    whole = " · ".join(filter(None, (box.unit.name, box.unit.said)))
    return linked(box.unit.href, box.unit.name, named(whole, *inside, class_=f"d-unit d-of-{mark or 'none'}"))


def _joins(trees: Trees, before: Column, after: Column) -> Markup:
    """Lines from what a unit was to what it is, for what changed."""
    marked = [(id, id) for id, box in before.boxes.items() if id in after.boxes and (box.unit.mark or after.boxes[id].unit.mark)]
    pairs = dict.fromkeys([*trees.became, *marked])
    ends = [(before.boxes[was], after.boxes[now]) for was, now in pairs if was in before.boxes and now in after.boxes]
    return joined(_join(was, now, _EDGE + _ONE + _GUTTER - 8) for was, now in ends)


def _join(was: Box, now: Box, gutter: float) -> Markup:
    """Across the gutter, then straight to the box, so that it runs over no other."""
    turn, end, high, low = (number(one) for one in ((was.right + gutter) / 2, gutter, was.middle, now.middle))
    course = f"M{number(was.right)},{high} C{turn},{high} {turn},{low} {end},{low}"
    return joined((path(f"{course} H{number(now.x - 6)}", "d-join"), arrowhead(now.x, now.middle, "d-join-tip")))


def _legend(trees: Trees, top: float, wide: float) -> tuple[Markup, float]:
    """What the signs mean, and the dotted line."""
    entries: list[tuple[Mark, str]] = [(mark, said) for mark, said in trees.legend if mark]
    if trees.further_head:
        entries.append(("", trees.further_head))
    x, y, drawn = _EDGE, top, []
    for mark, said in entries:
        lines = lines_of(said, wide / 2, SMALL, most=1)
        taken = 44 + max(width(line, SMALL) for line in lines or ("",))
        if x + taken > wide and x > _EDGE:
            x, y = _EDGE, y + 26
        drawn.append(_swatch(mark, x, y))
        drawn.append(words(lines, x + 28, y + 14, SMALL))
        x += taken
    return joined(drawn), y + (30 if entries else 4)


def _swatch(mark: Mark, x: float, y: float) -> Markup:
    if not mark:
        return path(f"M{number(x)},{number(y + 10)} h22", "d-line d-dotted")
    return joined((rect(x, y, 22, 20, f"d-node d-mark-{mark}"), words([SIGNS[mark]], x + 11, y + 15, NORMAL, "d-sign", "middle")))
