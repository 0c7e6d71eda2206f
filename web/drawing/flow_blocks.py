"""The blocks of a flow: a unit with what it had or has. Those of one column stand beneath each other and never overlap."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

from web.drawing.canvas import LINE, NORMAL, SMALL
from web.drawing.crossing import ordered
from web.drawing.letters import lines_of
from web.drawing.shapes import Carried, Flow, Place

Fate = Literal["kept", "moved", "new", "orphan", "ended"]
Sort = Literal["unit", "new", "orphan", "ended"]
Point = tuple[float, float]

WIDE: Final = 800.0
TOP: Final = 46.0
LEFT_AT, RIGHT_AT, BLOCK_WIDE = 12.0, 518.0, 270.0
SIGNS: Final[Mapping[Fate, str]] = {"kept": "=", "moved": "→", "new": "+", "orphan": "!", "ended": "×"}
_GAP, _HEAD, _FOOT, _INSET, _COUNT_ROOM = 14.0, 10.0, 8.0, 12.0, 52.0


class Node(NamedTuple):
    """A block by what it stands for: a unit by its id, or what is no unit. `right`: of the right column."""

    right: bool
    sort: Sort
    id: str = ""


_NEW: Final = Node(False, "new")
_ORPHAN: Final = Node(True, "orphan")
_ENDED: Final = Node(True, "ended")


@dataclass(slots=True, eq=False)
class Row:
    """A function in a unit's block. `drawn_by`: the function in whose group it is; `edge`: where its bands begin or end."""

    drawn_by: str
    sign: str
    numbers: str
    lines: tuple[str, ...]
    note_lines: tuple[str, ...]
    inset: float
    x: float = 0
    y: float = 0
    edge: Point = (0, 0)

    @property
    def tall(self) -> float:
        """How much of its block it takes."""
        return (len(self.lines) + len(self.note_lines)) * LINE + 8


@dataclass(slots=True, eq=False)
class Block:
    """A unit's box: its name, then its rows. Of a grouped flow it has slots for bands at its edge instead of rows."""

    node: Node
    place: Place
    lines: tuple[str, ...]
    note_lines: tuple[str, ...]
    rows: list[Row] = field(default_factory=list)
    slots: list[float] = field(default_factory=list)
    y: float = 0

    @property
    def x(self) -> float:
        """Where it begins."""
        return RIGHT_AT if self.node.right else LEFT_AT

    @property
    def edge(self) -> float:
        """Where bands touch it."""
        return RIGHT_AT if self.node.right else LEFT_AT + BLOCK_WIDE

    @property
    def words_at(self) -> float:
        """Where its name begins; on the right the numbers of bands stand before it."""
        return self.x + _INSET + (_COUNT_ROOM if self.slots and self.node.right else 0)

    @property
    def head(self) -> float:
        """How tall its name is."""
        return _HEAD + (len(self.lines) + len(self.note_lines)) * LINE

    @property
    def tall(self) -> float:
        """How tall it is."""
        return max(self.head + sum(row.tall for row in self.rows) + _FOOT, sum(self.slots) + _FOOT)


def fate_of(one: Carried) -> Fate:
    """What became of a function."""
    if not one.destinations:
        return "ended" if one.ended else "orphan"
    if not one.origins:
        return "new"
    return "kept" if set(one.origins) == set(one.destinations) and not one.into else "moved"


def origins_of(one: Carried) -> list[Node]:
    """The blocks it comes from."""
    return [Node(False, "unit", id) for id in dict.fromkeys(one.origins)] or [_NEW]


def destinations_of(one: Carried) -> list[Node]:
    """The blocks it goes to."""
    return [Node(True, "unit", id) for id in dict.fromkeys(one.destinations)] or [_ENDED if one.ended else _ORPHAN]


def columns_of(flow: Flow) -> tuple[list[Block], list[Block]]:
    """The blocks left and right, in an order in which few bands cross; what nobody has comes first, so that it is seen."""
    left = _blocks(flow, flow.before, [node for one in flow.functions for node in origins_of(one)])
    right = _blocks(flow, flow.after, [node for one in flow.functions for node in destinations_of(one)])
    ties = [(start, end) for one in flow.functions for start in origins_of(one) for end in destinations_of(one)]
    first, second = ordered([[*left], [*right]], ties)
    second.sort(key=lambda node: (node != _ORPHAN, node == _ENDED))
    first.sort(key=lambda node: node == _NEW)
    return [left[node] for node in first], [right[node] for node in second]


def _blocks(flow: Flow, places: Iterable[Place], used: Iterable[Node]) -> dict[Node, Block]:
    """The blocks of a column in the order given; an id without a place is its own name."""
    labels = {_NEW: flow.labels.new, _ORPHAN: flow.labels.orphan, _ENDED: flow.labels.ended}
    used = list(used)
    right = any(node.right for node in used)
    named = {Node(right, "unit", place.id): place for place in places}
    named |= {node: Place(node.id, labels.get(node, node.id)) for node in used if node not in named}
    room = BLOCK_WIDE - 2 * _INSET - (_COUNT_ROOM if flow.grouped else 0)
    return {
        node: Block(node, place, lines_of(place.name, room, NORMAL, most=3, bold=True), lines_of(place.note, room, SMALL))
        for node, place in named.items()
    }


def pile(blocks: Sequence[Block], wanted: Sequence[float | None] = (), foot: float = 0) -> None:
    """Set blocks one beneath the other, each with its middle as near to where it is wanted as the others and the foot allow."""
    below = TOP
    for place, block in enumerate(blocks):
        middle = wanted[place] if wanted else None
        block.y = below if middle is None else max(below, middle - block.tall / 2)
        below = block.y + block.tall + _GAP
    above = foot
    for block in reversed(blocks if wanted else ()):
        block.y = min(block.y, above - block.tall)
        above = block.y - _GAP
    over = max(0.0, TOP - blocks[0].y) if blocks else 0
    for block in blocks:
        block.y += over
        _set_rows(block)


def _set_rows(block: Block) -> None:
    below = block.y + block.head
    for row in block.rows:
        row.x, row.y, row.edge = block.x, below, (block.edge, below + LINE / 2 + 2)
        below += row.tall


def slot(block: Block, place: int) -> Point:
    """The middle of a band's place at the edge of its block: its bands stand in the middle of it together."""
    begin = block.y + (block.tall - sum(block.slots)) / 2
    return block.edge, begin + sum(block.slots[:place]) + block.slots[place] / 2
