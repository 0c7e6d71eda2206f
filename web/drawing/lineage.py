"""A mandate among those before and after it, from left to right; each leads to its page, and each tie says what it is."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from markupsafe import Markup

from web.drawing.canvas import LINE, NORMAL, SMALL, arrowhead, joined, linked, named, number, path, picture, rect, words
from web.drawing.letters import lines_of, width
from web.drawing.lineage_places import EDGE, GAP, NODE_WIDE, Node, Way, lay_out_lineage
from web.drawing.shapes import Lineage

_TIP = 7.0


class _Area(NamedTuple):
    """Where words stand: nothing else is written there."""

    left: float
    top: float
    right: float
    foot: float

    def meets(self, other: "_Area") -> bool:
        """Whether two overlap."""
        return self.left < other.right and other.left < self.right and self.top < other.foot and other.top < self.foot


def draw_lineage(lineage: Lineage) -> Markup | None:
    """The picture; None if nothing came before or after. Raises NotLocalError for a link elsewhere."""
    if len(lineage.members) < 2:
        return None
    places = lay_out_lineage(lineage)
    lines = joined(map(_tie, places.ways))
    boxes = joined(map(_box, places.nodes))
    labels, foot = _labels(places.ways)
    return picture(lineage.frame, places.wide, max(places.tall, foot + EDGE), lines, boxes, labels, kind="d-lineage")


def _box(node: Node) -> Markup:
    one = node.member
    middle = node.x + NODE_WIDE / 2
    foot = node.y + (node.tall - (len(node.lines) + len(node.said_lines)) * LINE) / 2 + LINE - 4
    box = rect(node.x, node.y, NODE_WIDE, node.tall, f"d-node{' d-this' if one.this else ''}")
    name = words(node.lines, middle, foot, NORMAL, "d-strong", "middle")
    said = words(node.said_lines, middle, foot + len(node.lines) * LINE, SMALL, "d-soft", "middle")
    whole = " · ".join(filter(None, (one.name, one.said)))
    return linked(one.href, one.name, named(whole, box, name, said, class_="d-member"))


def _tie(way: Way) -> Markup:
    """A line through its points, level at each of them."""
    *most, (x, y) = way.points
    points = [*most, (x - _TIP, y)]
    course = f"M{number(points[0][0])},{number(points[0][1])}"
    for (left, top), (right, foot) in pairwise(points):
        turn = number((left + right) / 2)
        course += f" C{turn},{number(top)} {turn},{number(foot)} {number(right)},{number(foot)}"
    line = path(course, f"d-tie{'' if way.tie.whole else ' d-tie-beside'}")
    return named(way.tie.label, line, arrowhead(x, y, "d-tie-tip"), class_="d-descent")


def _labels(ways: Sequence[Way]) -> tuple[Markup, float]:
    """What each tie is, in the gap behind its earlier end, moved down as far as others are written there; and where all end."""
    taken: list[_Area] = []
    drawn = []
    for way in sorted(ways, key=lambda one: (one.points[0][0], one.points[0][1] + one.points[1][1])):
        (left, top), (right, foot) = way.points[0], way.points[1]
        lines = lines_of(way.tie.label, GAP - 16, SMALL, most=3)
        half = max((width(line, SMALL) for line in lines), default=0) / 2
        x, y = (left + right) / 2, (top + foot) / 2 - len(lines) * LINE / 2
        area = _Area(x - half, y, x + half, y + len(lines) * LINE)
        while any(area.meets(other) for other in taken):
            area = area._replace(top=area.top + 4, foot=area.foot + 4)
        taken.append(area)
        drawn.append(words(lines, x, area.top + LINE - 4, SMALL, "d-halo", "middle"))
    return joined(drawn), max((area.foot for area in taken), default=0)
