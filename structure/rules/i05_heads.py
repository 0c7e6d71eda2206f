"""I5: a unit has a head; two only if its type allows a matrix; on each matter one head decides."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import ClassVar

from policies.said import Fact
from policies.structure import StructureRules
from structure.organisation import Organisation, bodies_of
from structure.rule import Severity, StateRule
from structure.things import COMMANDS, UNKNOWN, Edge, Sort


class UnitWithoutHead(StateRule):
    """The unit {unit} stands under no other and is not one of the house's roots. Name its head."""

    id: ClassVar[str] = "I5"
    severity: ClassVar[Severity] = Severity.BLOCKS
    about: ClassVar[Sort] = Sort.UNIT

    def find(self, org: Organisation, id: str, rules: StructureRules) -> Iterator[Mapping[str, Fact]]:
        """An unknown head is I16. An oversight unit that reports to an organ needs no other head."""
        unit = org.live_unit(id)
        if unit is None or unit.heads or id in rules.roots.names:
            return
        if unit.type not in rules.oversight.names or not bodies_of(unit):
            yield {"unit": id}


class TwoHeadsNotAllowed(StateRule):
    """The unit {unit} has {count} heads ({heads}), and units of the type {type} may have only one. Keep one of them."""

    id: ClassVar[str] = "I5"
    severity: ClassVar[Severity] = Severity.BLOCKS
    about: ClassVar[Sort] = Sort.UNIT

    def find(self, org: Organisation, id: str, rules: StructureRules) -> Iterator[Mapping[str, Fact]]:
        """Counts different heads, known or not."""
        unit = org.live_unit(id)
        if unit is not None and len(set(unit.heads)) > 1 and unit.type not in rules.matrix.names:
            heads = sorted(set(unit.heads))
            yield {"unit": id, "count": len(heads), "heads": ", ".join(heads), "type": unit.type}


class TwoHeadsUndivided(StateRule):
    """The unit {unit} is two-headed: nothing says on what each of its heads decides ({heads}). Name the matters of each."""

    id: ClassVar[str] = "I5"
    severity: ClassVar[Severity] = Severity.WARNS
    about: ClassVar[Sort] = Sort.UNIT

    def find(self, org: Organisation, id: str, rules: StructureRules) -> Iterator[Mapping[str, Fact]]:
        """A head without matters decides on everything, so it shares every matter with every other head."""
        edges = _matrix(org, id, rules)
        if any(not edge.matters for edge in edges):
            yield {"unit": id, "heads": ", ".join(sorted({edge.head for edge in edges}))}


class MatterUnderTwoHeads(StateRule):
    """Several heads of the unit {unit} decide on one and the same ({heads}; matters: {count}). Say which of them decides."""

    id: ClassVar[str] = "I5"
    severity: ClassVar[Severity] = Severity.WARNS
    about: ClassVar[Sort] = Sort.UNIT

    def find(self, org: Organisation, id: str, rules: StructureRules) -> Iterator[Mapping[str, Fact]]:
        """One finding for all matters that the same heads name."""
        edges = _matrix(org, id, rules)
        matters = {matter for edge in edges for matter in edge.matters}
        deciding = (frozenset(edge.head for edge in edges if matter in edge.matters) for matter in matters)
        shared = Counter(heads for heads in deciding if len(heads) > 1)
        for heads, count in sorted(shared.items(), key=lambda item: sorted(item[0])):
            yield {"unit": id, "count": count, "heads": ", ".join(sorted(heads))}


def _matrix(org: Organisation, id: str, rules: StructureRules) -> list[Edge]:
    """The edges to known heads of a unit that has several and may have them; else none: that is another finding."""
    unit = org.live_unit(id)
    if unit is None or unit.type not in rules.matrix.names:
        return []
    edges = [edge for edge in unit.edges if edge.kind in COMMANDS and edge.head != UNKNOWN]
    return edges if len({edge.head for edge in edges}) > 1 else []
