"""I4: line and matrix edges never run in a circle, and both their ends stand."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import ClassVar

from policies.said import Fact
from policies.structure import StructureRules
from structure.organisation import NONE, Organisation, began_or_ended
from structure.rule import Severity, StateRule
from structure.things import UNKNOWN, Ref, Sort


class _Edges(StateRule):
    id: ClassVar[str] = "I4"
    severity: ClassVar[Severity] = Severity.BLOCKS
    about: ClassVar[Sort] = Sort.UNIT


class UnitsInACircle(_Edges):
    """Units stand above each other in a circle: {circle}. Put one of them under another head."""

    def find(self, org: Organisation, id: str, rules: StructureRules) -> Iterator[Mapping[str, Fact]]:
        """Of units that all stand above each other the least id is told, once, with a shortest circle through it."""
        circle = _shortest_circle(org, id)
        if circle and min(_knot(org, id)) == id:
            yield {"circle": " > ".join((*circle, id))}

    def reach(self, before: Organisation, after: Organisation, touched: Collection[Ref], rules: StructureRules) -> Iterable[str]:
        """The units of every knot that a changed unit was in or is in: another knot cannot have changed."""
        changed = [ref.id for ref in touched if ref.sort is Sort.UNIT]
        return {unit for org in (before, after) for id in changed for unit in _knot(org, id)}


class UnitUnderNone(_Edges):
    """The unit {unit} stands under {head}, which does not stand. Name a head that does."""

    def find(self, org: Organisation, id: str, rules: StructureRules) -> Iterator[Mapping[str, Fact]]:
        """One finding for each head that never was or has ended; if it was the last one, I7 says that too."""
        unit = org.live_unit(id)
        if unit is not None:
            heads = sorted(set(unit.heads) - {UNKNOWN})
            yield from ({"unit": id, "head": head} for head in heads if org.live_unit(head) is None)

    def reach(self, before: Organisation, after: Organisation, touched: Collection[Ref], rules: StructureRules) -> Iterable[str]:
        """Units under a unit that began or ended."""
        return (child for unit in began_or_ended(before, after, touched) for child in after.below.get(unit, NONE))


def _knot(org: Organisation, start: str) -> set[str]:
    """The units that stand both above and below `start`, with it; empty if there are none. Costs what stands above it."""
    if org.live_unit(start) is None:
        return set()
    above = org.above(start)
    if start not in above:
        return set()
    under: dict[str, list[str]] = {}
    for id in above:
        for head in org.units[id].heads:
            under.setdefault(head, []).append(id)
    knot = {start}
    waiting = [start]
    while waiting:
        fresh = set(under.get(waiting.pop(), ())) - knot
        knot |= fresh
        waiting += fresh
    return knot


def _shortest_circle(org: Organisation, start: str) -> tuple[str, ...]:
    """The units of a shortest circle through `start`, beginning with it, upwards; empty if there is none."""
    came: dict[str, str] = {}
    row = [start]
    while row:
        above: list[str] = []
        for id in row:
            unit = org.live_unit(id)
            for head in sorted(unit.heads) if unit else ():
                if head == start:
                    return _walked(came, start, id)
                if head not in came and org.live_unit(head) is not None:
                    came[head] = id
                    above.append(head)
        row = above
    return ()


def _walked(came: Mapping[str, str], start: str, last: str) -> tuple[str, ...]:
    path = [last]
    while path[-1] != start:
        path.append(came[path[-1]])
    return tuple(reversed(path))
