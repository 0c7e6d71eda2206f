"""How heads are written in an operation."""

from pydantic import BaseModel, ConfigDict

from structure.operation import Reference
from structure.things import COMMANDS, UNKNOWN, Edge, EdgeKind, Unit


class Head(BaseModel):
    """One head of a unit. `matters`: on what it decides; none means on everything."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    head: Reference
    kind: EdgeKind = EdgeKind.LINE
    matters: frozenset[str] = frozenset()


Heads = tuple[Head, ...]


def edges_of(heads: Heads) -> tuple[Edge, ...]:
    """The edges these heads are, in one order whatever order they were written in."""
    return tuple(sorted((Edge(head.kind, head.head, head.matters) for head in heads), key=lambda edge: (edge.kind, edge.head)))


def heads_of(edges: tuple[Edge, ...]) -> Heads:
    """The heads as an operation writes them."""
    return tuple(Head(head=edge.head, kind=edge.kind, matters=edge.matters) for edge in edges)


def heads_in(heads: Heads) -> tuple[str, ...]:
    """Ids of the units with authority among them."""
    return tuple(head.head for head in heads if head.kind in COMMANDS and head.head != UNKNOWN)


def command_heads(unit: Unit) -> Heads:
    """The heads with authority that a unit has."""
    return heads_of(tuple(edge for edge in unit.edges if edge.kind in COMMANDS))
