"""I4: line and matrix edges never run in a circle, and both their ends stand."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import ClassVar

from policies.said import Fact
from policies.structure import StructureRules
from structure.organisation import NONE, Organisation
from structure.rule import Severity, StateRule
from structure.things import UNKNOWN, Ref, Sort


class _Edges(StateRule):
    id: ClassVar[str] = "I4"
    severity: ClassVar[Severity] = Severity.BLOCKS
    about: ClassVar[Sort] = Sort.UNIT


class UnitsInACircle(_Edges):
    """Units stand above each other in a circle: {circle}. Put one of them under another head."""

    def find(self, org: Organisation, id: str, rules: StructureRules) -> Iterator[Mapping[str, Fact]]:
        """Reported once a circle, about the unit of it with the least id."""
        circle = _shortest_circle(org, id)
        if circle and min(circle) == id:
            yield {"circle": " > ".join((*circle, id))}

    def reach(
        self, org: Organisation, touched: Collection[Ref], open_for: Collection[str], rules: StructureRules
    ) -> Iterable[str]:
        """The units of every circle through a changed unit, and those that were in one."""
        changed = (ref.id for ref in touched if ref.sort is Sort.UNIT)
        return {*open_for, *(unit for id in changed for unit in _shortest_circle(org, id))}


class UnitUnderNone(_Edges):
    """The unit {unit} stands under {head}, which is not there. Name a unit that is."""

    def find(self, org: Organisation, id: str, rules: StructureRules) -> Iterator[Mapping[str, Fact]]:
        """A head that has ended is I7."""
        unit = org.live_unit(id)
        if unit is not None:
            yield from ({"unit": id, "head": head} for head in unit.heads if head != UNKNOWN and head not in org.units)

    def reach(
        self, org: Organisation, touched: Collection[Ref], open_for: Collection[str], rules: StructureRules
    ) -> Iterable[str]:
        """Units under a unit that came to be."""
        return (child for ref in touched if ref.sort is Sort.UNIT for child in org.below.get(ref.id, NONE))


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
