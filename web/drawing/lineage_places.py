"""Where the members of a lineage stand: each to the right of all it comes from, in columns in which few ties cross."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from web.drawing.canvas import LINE, NORMAL, SMALL
from web.drawing.crossing import ordered
from web.drawing.letters import lines_of
from web.drawing.shapes import Ancestor, Descent, Lineage

NODE_WIDE: Final = 178.0
GAP: Final = 114.0
EDGE: Final = 10.0
_APART, _BEND, _LEAST = 18.0, 14.0, 44.0
Spot = tuple[str, int]
"""A member and 0, or a tie's way through a column between: its name and the column."""


@dataclass(slots=True, eq=False)
class Node:
    """A member's box."""

    member: Ancestor
    lines: tuple[str, ...]
    said_lines: tuple[str, ...]
    x: float = 0
    y: float = 0

    @property
    def tall(self) -> float:
        """How tall it is."""
        return max(_LEAST, (len(self.lines) + len(self.said_lines)) * LINE + 14)


@dataclass(slots=True)
class Way:
    """A tie and the points that it runs through."""

    tie: Descent
    points: list[tuple[float, float]]


@dataclass(slots=True)
class Places:
    """Everything placed."""

    nodes: list[Node]
    ways: list[Way]
    wide: float
    tall: float


def lay_out_lineage(lineage: Lineage) -> Places:
    """Place a lineage that has members; ties of others, or of one with itself, are left out."""
    nodes = {one.id: _node(one) for one in lineage.members}
    ties = [
        tie for tie in dict.fromkeys(lineage.ties) if tie.earlier in nodes and tie.later in nodes and tie.earlier != tie.later
    ]
    depth = _depths([*nodes], ties)
    columns: list[list[Spot]] = [[] for _ in range(max(depth.values()) + 1)]
    for id in nodes:
        columns[depth[id]].append((id, -1))
    chains = []
    for number, tie in enumerate(ties):
        chain = [
            (tie.earlier, -1),
            *((f"{number}", place) for place in range(depth[tie.earlier] + 1, depth[tie.later])),
            (tie.later, -1),
        ]
        chains.append(chain)
        for spot in chain[1:-1]:
            columns[spot[1]].append(spot)
    columns = ordered(columns, [pair for chain in chains for pair in pairwise(chain)])
    middles, tall = _pile(columns, nodes)
    for place, column in enumerate(columns):
        for spot in column:
            if spot[1] < 0:
                node = nodes[spot[0]]
                node.x, node.y = EDGE + place * (NODE_WIDE + GAP), middles[spot] - node.tall / 2
    ways = [Way(tie, []) for tie in ties]
    _route(ways, chains, middles, nodes)
    return Places([*nodes.values()], ways, 2 * EDGE + len(columns) * NODE_WIDE + (len(columns) - 1) * GAP, tall)


def _node(one: Ancestor) -> Node:
    room = NODE_WIDE - 20
    return Node(one, lines_of(one.name, room, NORMAL, most=4, bold=True), lines_of(one.said, room, SMALL))


def _depths(ids: Sequence[str], ties: Iterable[Descent]) -> dict[str, int]:
    """The column of each: one beyond the furthest it comes from. A tie that would close a circle is not counted."""
    later: dict[str, list[str]] = {}
    for tie in ties:
        later.setdefault(tie.earlier, []).append(tie.later)
    order = _sorted(ids, later)
    rank = {id: place for place, id in enumerate(order)}
    depth = dict.fromkeys(ids, 0)
    for id in order:
        for one in later.get(id, ()):
            if rank[one] > rank[id]:
                depth[one] = max(depth[one], depth[id] + 1)
    for id in reversed(order):  # what comes from nothing stands beside what came of it
        after = [depth[one] for one in later.get(id, ()) if rank[one] > rank[id]]
        if after and not any(id in its and rank[other] < rank[id] for other, its in later.items()):
            depth[id] = min(after) - 1
    return depth


def _sorted(ids: Sequence[str], later: Mapping[str, Sequence[str]]) -> list[str]:
    """Topological: reverse order of leaving a depth-first walk."""
    done: list[str] = []
    seen: set[str] = set()
    for first in ids:
        walk = [(first, iter(later.get(first, ())))] if first not in seen else []
        seen.add(first)
        while walk:
            id, rest = walk[-1]
            following = next((one for one in rest if one not in seen), None)
            if following is None:
                done.append(id)
                walk.pop()
            else:
                seen.add(following)
                walk.append((following, iter(later.get(following, ()))))
    return done[::-1]


def _pile(columns: Sequence[Sequence[Spot]], nodes: Mapping[str, Node]) -> tuple[dict[Spot, float], float]:
    """The middle of each spot: columns stand around one middle line."""
    talls = [[nodes[spot[0]].tall if spot[1] < 0 else _BEND for spot in column] for column in columns]
    heights = [sum(each) + _APART * (len(each) - 1) for each in talls]
    most = max(heights)
    middles = {}
    for column, each, height in zip(columns, talls, heights, strict=True):
        below = EDGE + 6 + (most - height) / 2
        for spot, tall in zip(column, each, strict=True):
            middles[spot] = below + tall / 2
            below += tall + _APART
    return middles, most + 2 * EDGE + 12


def _route(
    ways: Sequence[Way], chains: Sequence[Sequence[Spot]], middles: Mapping[Spot, float], nodes: Mapping[str, Node]
) -> None:
    """Each tie leaves and reaches its boxes at a place of its own, so that arrows do not lie on one another."""
    leaving = _ports(chains, middles, nodes, at_end=False)
    reaching = _ports(chains, middles, nodes, at_end=True)
    for number, (way, chain) in enumerate(zip(ways, chains, strict=True)):
        start, end = nodes[way.tie.earlier], nodes[way.tie.later]
        between = [
            (EDGE + spot[1] * (NODE_WIDE + GAP) + step, middles[spot]) for spot in chain[1:-1] for step in (0.0, NODE_WIDE)
        ]
        way.points = [(start.x + NODE_WIDE, leaving[number]), *between, (end.x, reaching[number])]


def _ports(
    chains: Sequence[Sequence[Spot]], middles: Mapping[Spot, float], nodes: Mapping[str, Node], *, at_end: bool
) -> dict[int, float]:
    of_node: dict[str, list[int]] = {}
    for number, chain in enumerate(chains):
        of_node.setdefault(chain[-1 if at_end else 0][0], []).append(number)
    ports = {}
    for id, numbers in of_node.items():
        numbers.sort(key=lambda number: middles[chains[number][-2 if at_end else 1]])
        node = nodes[id]
        for place, number in enumerate(numbers, 1):
            ports[number] = node.y + node.tall * place / (len(numbers) + 1)
    return ports
