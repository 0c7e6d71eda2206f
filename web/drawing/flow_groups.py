"""A flow from unit to unit: one band for all functions of one way, as thick as they are many."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from web.drawing.canvas import LINE
from web.drawing.flow_blocks import Block, Fate, Node, Point, columns_of, destinations_of, origins_of, pile, slot
from web.drawing.shapes import Carried, Flow

_THINNEST, _EACH, _THICKEST = 3.0, 4.0, 64.0
_SPECIAL: Final[dict[str, Fate]] = {"orphan": "orphan", "ended": "ended"}


@dataclass(slots=True, eq=False)
class Group:
    """All functions that go from one unit to another."""

    start: Node
    end: Node
    fate: Fate
    functions: list[Carried]
    thick: float = 0
    starts_at: Point = (0, 0)
    ends_at: Point = (0, 0)


@dataclass(slots=True)
class Groups:
    """Everything placed."""

    left: list[Block]
    right: list[Block]
    groups: list[Group]


def lay_out_groups(flow: Flow) -> Groups:
    """Place a flow that has functions."""
    left, right = columns_of(flow)
    groups = _ways(flow.functions)
    most = max(len(group.functions) for group in groups)
    for group in groups:
        group.thick = _THINNEST + len(group.functions) * min(_EACH, _THICKEST / most)
    of_left = _by_block(left, right, groups, end=False)
    of_right = _by_block(right, left, groups, end=True)
    pile(left)
    for block, its in zip(left, of_left, strict=True):
        for place, group in enumerate(its):
            group.starts_at = slot(block, place)
    wanted = [sum(one.starts_at[1] for one in its) / len(its) if its else None for its in of_right]
    pile(right, wanted, max(block.y + block.tall for block in left))
    for block, its in zip(right, of_right, strict=True):
        for place, group in enumerate(its):
            group.ends_at = slot(block, place)
    return Groups(left, right, groups)


def _ways(functions: Iterable[Carried]) -> list[Group]:
    found: dict[tuple[Node, Node], Group] = {}
    for one in functions:
        for start in origins_of(one):
            for end in destinations_of(one):
                found.setdefault((start, end), Group(start, end, _fate(start, end), [])).functions.append(one)
    return [*found.values()]


def _fate(start: Node, end: Node) -> Fate:
    if end.sort in _SPECIAL:
        return _SPECIAL[end.sort]
    if start.sort == "new":
        return "new"
    return "kept" if start.id == end.id else "moved"


def _by_block(mine: Sequence[Block], others: Sequence[Block], groups: Iterable[Group], *, end: bool) -> list[list[Group]]:
    """The bands of each block, in the order of the blocks that they lead to; the block gets a slot for each."""
    groups = list(groups)
    where = {block.node: place for place, block in enumerate(others)}
    found = []
    for block in mine:
        its = [one for one in groups if (one.end if end else one.start) == block.node]
        its.sort(key=lambda one: where[one.start if end else one.end])
        block.slots = [max(one.thick + 2, LINE + 2) for one in its]
        found.append(its)
    return found
