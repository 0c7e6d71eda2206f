"""A flow function by function: a row for each under the units that had it, and under those that have it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from web.drawing.canvas import SMALL
from web.drawing.flow_blocks import (
    BLOCK_WIDE,
    SIGNS,
    Block,
    Fate,
    Node,
    Row,
    columns_of,
    destinations_of,
    fate_of,
    origins_of,
    pile,
)
from web.drawing.letters import lines_of, width
from web.drawing.shapes import Carried, Flow

_MANY: Final = "…"
"""Instead of the numbers of a merger of more than there is room for."""


@dataclass(slots=True)
class Rows:
    """Everything placed. `starts` and `ends`: the rows of each function by its id."""

    left: list[Block]
    right: list[Block]
    fates: dict[str, Fate]
    numbers: dict[str, int]
    starts: dict[str, list[Row]] = field(default_factory=dict)
    ends: dict[str, list[Row]] = field(default_factory=dict)


def lay_out_rows(flow: Flow) -> Rows:
    """Place a flow that has functions."""
    left, right = columns_of(flow)
    where = {block.node: place for column in (left, right) for place, block in enumerate(column)}
    order = sorted(
        flow.functions, key=lambda one: (where[origins_of(one)[0]], _mean([where[end] for end in destinations_of(one)]))
    )
    numbers = {one.id: number for number, one in enumerate(order, 1)}
    rows = Rows(left, right, {one.id: fate_of(one) for one in flow.functions}, numbers)
    _depart(order, rows, {block.node: block for block in left})
    _arrive(order, rows, {block.node: block for block in right})
    return rows


def _depart(order: Sequence[Carried], rows: Rows, left: Mapping[Node, Block]) -> None:
    for one in order:
        for node in origins_of(one):
            row = _row(one, SIGNS[rows.fates[one.id]], str(rows.numbers[one.id]), (one.name, one.note), most=3)
            left[node].rows.append(row)
            rows.starts.setdefault(one.id, []).append(row)
    pile(rows.left)


def _arrive(order: Sequence[Carried], rows: Rows, right: Mapping[Node, Block]) -> None:
    """Rows on the right, in each unit in the order in which they depart; each unit is near to where most of it comes from."""
    arriving: dict[tuple[Node, bool, str], list[Carried]] = {}
    for one in order:
        for node in destinations_of(one):
            arriving.setdefault((node, bool(one.into), one.into or one.id), []).append(one)
    height: dict[Row, float] = {}
    for (node, _, _), together in arriving.items():
        numbers = ", ".join(str(rows.numbers[one.id]) for one in together)
        row = _row(together[0], "", numbers, (together[0].into or together[0].name, ""), most=3)
        right[node].rows.append(row)
        for one in together:
            rows.ends.setdefault(one.id, []).append(row)
        height[row] = _mean([start.edge[1] for one in together for start in rows.starts[one.id]])
    for block in rows.right:
        block.rows.sort(key=height.__getitem__)
    wanted = [_mean([height[row] for row in block.rows]) if block.rows else None for block in rows.right]
    pile(rows.right, wanted, max(block.y + block.tall for block in rows.left))


def _row(one: Carried, sign: str, numbers: str, said: tuple[str, str], most: int) -> Row:
    before = 22 if sign else 8
    if width(numbers, SMALL) > BLOCK_WIDE / 3:
        numbers = _MANY
    inset = before + max(16, width(numbers, SMALL)) + 8
    room = BLOCK_WIDE - inset - 10
    return Row(one.id, sign, numbers, lines_of(said[0], room, SMALL, most=most), lines_of(said[1], room, SMALL), inset)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
