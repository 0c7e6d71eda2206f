"""Where the units of a tree stand: one beneath the other, indented under their first head, none over another."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from web.drawing.canvas import LINE, NORMAL, SMALL
from web.drawing.letters import lines_of
from web.drawing.shapes import Tree, TreeUnit

STEP: Final = 20.0
"""How far a unit is indented under its head."""
_GAP, _LANE, _LANES_FROM, _SIGN_ROOM, _DEEPEST = 8.0, 9.0, 12.0, 22.0, 8


@dataclass(slots=True, eq=False)
class Box:
    """A unit's box."""

    unit: TreeUnit
    depth: int
    head: "Box | None"
    lines: tuple[str, ...] = ()
    said_lines: tuple[str, ...] = ()
    x: float = 0
    y: float = 0
    wide: float = 0

    @property
    def tall(self) -> float:
        """How tall it is; never less than a finger needs."""
        return max(28.0, (len(self.lines) + len(self.said_lines)) * LINE + 12)

    @property
    def middle(self) -> float:
        """Half of its height."""
        return self.y + self.tall / 2

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.x + self.wide


@dataclass(slots=True, eq=False)
class Lane:
    """A dotted line at the right of a tree, from a further head to the units it is also a head of."""

    head: Box
    under: list[Box] = field(default_factory=list)
    x: float = 0

    @property
    def reach(self) -> tuple[float, float]:
        """From where to where it runs."""
        every = [self.head.middle, *(box.middle for box in self.under)]
        return min(every), max(every)


@dataclass(slots=True)
class Column:
    """A tree placed."""

    boxes: dict[str, Box]
    lanes: list[Lane]
    foot: float


def lay_out_tree(tree: Tree, x: float, wide: float, top: float) -> Column:
    """Place a tree. Units that are under each other in a circle stand as if the first of them had no head."""
    boxes = _in_order(tree.units)
    lanes = _lanes(boxes)
    most = len({lane.head.unit.id for lane in lanes})
    room = wide - (_LANES_FROM + most * _LANE if lanes else 0)
    below = top
    for box in boxes.values():
        box.x = x + min(box.depth, _DEEPEST) * STEP
        box.wide = x + room - box.x
        words = box.wide - 20 - (_SIGN_ROOM if box.unit.mark else 0)
        box.lines = lines_of(box.unit.name, words, NORMAL, most=3, bold=box.depth == 0)
        box.said_lines = lines_of(box.unit.said, words, SMALL, most=2)
        box.y = below
        below += box.tall + _GAP
    _spread(lanes, x + room + _LANES_FROM)
    return Column(boxes, lanes, below)


def _in_order(units: Iterable[TreeUnit]) -> dict[str, Box]:
    """Each unit after its head, with all that is under it before the next."""
    every = {unit.id: unit for unit in units}
    under: dict[str, list[str]] = {}
    for unit in every.values():
        if (above := next(iter(unit.heads), "")) in every and above != unit.id:
            under.setdefault(above, []).append(unit.id)
    below = {id for its in under.values() for id in its}
    boxes: dict[str, Box] = {}
    for first in [*(id for id in every if id not in below), *every]:
        waiting: list[tuple[str, Box | None]] = [(first, None)]
        while waiting:
            id, head = waiting.pop()
            if id not in boxes:
                boxes[id] = Box(every[id], 0 if head is None else head.depth + 1, head)
                waiting += [(one, boxes[id]) for one in reversed(under.get(id, []))]
    return boxes


def _lanes(boxes: dict[str, Box]) -> list[Lane]:
    found: dict[str, Lane] = {}
    for box in boxes.values():
        for head in dict.fromkeys(box.unit.heads):
            above = boxes.get(head)
            if above is not None and above is not box and above is not box.head:
                found.setdefault(head, Lane(above)).under.append(box)
    return list(found.values())


def _spread(lanes: list[Lane], x: float) -> None:
    """Lanes that run beside each other get places of their own."""
    taken: list[list[tuple[float, float]]] = []
    for lane in sorted(lanes, key=lambda one: one.reach):
        top, foot = lane.reach
        free = (place for place, its in enumerate(taken) if all(foot < other[0] or top > other[1] for other in its))
        place = next(free, len(taken))
        if place == len(taken):
            taken.append([])
        taken[place].append(lane.reach)
        lane.x = x + place * _LANE
