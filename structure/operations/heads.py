"""How heads are written in an operation."""

from collections.abc import Iterable
from typing import Literal

from pydantic import BaseModel, ConfigDict

from structure.operation import Reference, Words
from structure.things import COMMANDS, UNKNOWN, Edge, EdgeKind, Unit, in_one_order


class Head(BaseModel):
    """One head of a unit. `matters`: on what it decides; none means on everything."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    head: Reference
    kind: Literal[EdgeKind.LINE, EdgeKind.MATRIX] = EdgeKind.LINE
    matters: Words = frozenset()


Heads = tuple[Head, ...]


def edges_of(heads: Heads) -> tuple[Edge, ...]:
    """The edges these heads are, in one order whatever order they were written in. A head named twice is one head."""
    return in_one_order(once(Edge(head.kind, head.head, head.matters) for head in heads))


def once(edges: Iterable[Edge]) -> tuple[Edge, ...]:
    """One edge a head and kind: two heads that became one decide together on what each decided on."""
    joined: dict[tuple[str, str], Edge] = {}
    for edge in edges:
        same = joined.get((edge.kind, edge.head))
        everything = same is not None and not (same.matters and edge.matters)
        matters = frozenset() if everything else edge.matters | (same.matters if same else frozenset())
        joined[edge.kind, edge.head] = edge._replace(matters=matters)
    return tuple(joined.values())


def heads_of(edges: Iterable[Edge]) -> Heads:
    """The heads with authority among these edges, as an operation writes them."""
    return tuple(
        Head(head=edge.head, kind=EdgeKind.LINE if edge.kind is EdgeKind.LINE else EdgeKind.MATRIX, matters=edge.matters)
        for edge in edges
        if edge.kind in COMMANDS
    )


def heads_in(heads: Heads) -> tuple[str, ...]:
    """Ids of the units among them; UNKNOWN is none."""
    return tuple(head.head for head in heads if head.head != UNKNOWN)


def command_heads(unit: Unit) -> Heads:
    """The heads with authority that a unit has."""
    return heads_of(unit.edges)
