"""The things an organisation is made of, as they stand on one date: units, their heads, functions, posts, changes.

What no source says is UNKNOWN, a value like any other: it is counted (I16), never replaced by a default. The shapes of edges
and change events are those of the W3C Organization Ontology (https://www.w3.org/TR/vocab-org/, 2014).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

UNKNOWN: Final = "unknown"
"""A reserved reference: no unit, body, function or post may have it as its id."""


class Sort(StrEnum):
    """What a reference points to."""

    UNIT = "unit"
    FUNCTION = "function"
    POST = "post"
    OPERATION = "operation"
    """An act of a plan. It, a fund and a plan are what findings are about; an organisation holds none of them."""
    FUND = "fund"
    PLAN = "plan"


class Ref(NamedTuple):
    """One thing of an organisation. Ids are unique within a sort."""

    sort: Sort
    id: str


ReadingOrder = tuple[Sort, tuple[tuple[int, str], ...]]
"""What things are sorted by for people."""
_DIGITS: Final = re.compile(r"([0-9]+)")


def reading_order(ref: Ref) -> ReadingOrder:
    """By sort, then as people count: F-SC-8 before F-SC-10. Ids that differ only in leading zeros are equal in it."""
    parts = (part for part in _DIGITS.split(ref.id) if part)
    return ref.sort, tuple((int(part), "") if part[0] in "0123456789" else (-1, part) for part in parts)


class UnitState(StrEnum):
    """A unit is never deleted: it ends by being abolished and stays readable."""

    ACTIVE = "active"
    SUSPENDED = "suspended_pending_approval"
    """Deactivated until the organ that may abolish it has decided (Executive Order 05-13 Rev. 3)."""
    ABOLISHED = "abolished"


class EdgeKind(StrEnum):
    """How a unit stands to what is above or beside it."""

    LINE = "line"
    """The head decides on the unit's work."""
    MATRIX = "matrix"
    """One of several heads; which of them decides on what is said by the edge's matters."""
    COORDINATION = "coordination"
    """Lateral; gives no authority and may run in a circle."""
    BODY = "reports_to_body"
    """To a political organ, past the secretariat."""


class Edge(NamedTuple):
    """One way up from a unit. `matters` says on what this head decides; empty means on everything."""

    kind: EdgeKind
    head: str
    matters: frozenset[str] = frozenset()


COMMANDS: Final = frozenset({EdgeKind.LINE, EdgeKind.MATRIX})
"""The kinds of edges that carry authority and must not run in a circle (I4)."""


def in_one_order(edges: Iterable[Edge]) -> tuple[Edge, ...]:
    """Edges in the one order in which units carry them, so that the order in which they came makes no difference."""
    return tuple(sorted(edges, key=lambda edge: (edge.kind, edge.head, sorted(edge.matters))))


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit on one date. Its identity is `id`; name, type, rank, state and edges change on dates of their own."""

    id: str
    name: str
    type: str
    edges: tuple[Edge, ...] = ()
    rank: str = UNKNOWN
    state: UnitState = UnitState.ACTIVE
    formerly: tuple[str, ...] = ()
    """Earlier names, oldest first; other names a source uses."""
    autonomous: bool = False
    tags: frozenset[str] = frozenset()

    @property
    def is_live(self) -> bool:
        """Active or suspended: it still stands in the structure."""
        return self.state is not UnitState.ABOLISHED

    @property
    def heads(self) -> tuple[str, ...]:
        """Ids of the units with authority over it, UNKNOWN among them."""
        return tuple(edge.head for edge in self.edges if edge.kind in COMMANDS)


@dataclass(frozen=True, slots=True)
class Function:
    """What the house does, whoever does it. Obligations point to functions, so they follow them by themselves.

    Several `owners` are a fault (I1) that must be storable to be found; UNKNOWN as an owner is counted, not a fault.
    """

    id: str
    name: str
    owners: tuple[str, ...]
    contributors: tuple[str, ...] = ()
    part_of: str | None = None
    legal_basis: frozenset[str] = frozenset()
    origin: str | None = None
    """The unit that had it before a restructuring, UNKNOWN if no source says; None: it began where it is."""
    live: bool = True


@dataclass(frozen=True, slots=True)
class Post:
    """A post, and who holds it (an opaque reference; None: vacant). `fund` and `grade` in the words of the personnel tables."""

    id: str
    title: str
    unit: str
    fund: str = UNKNOWN
    grade: str = UNKNOWN
    holder: str | None = None
    live: bool = True


class ChangeKind(StrEnum):
    """Why units began or ended: n originals, m results (org:ChangeEvent). Cardinality is I8."""

    CREATED = "created"
    ABOLISHED = "abolished"
    REPLACED = "replaced"
    RENAMED = "renamed"
    MERGED = "merged"
    SPLIT = "split"


@dataclass(frozen=True, slots=True)
class ChangeEvent:
    """One event of succession between units."""

    operation: str
    kind: ChangeKind
    originals: tuple[str, ...]
    results: tuple[str, ...]
    on: date
    primary: str | None = None
    """Of a split: the result that is the legal successor."""
