"""I5: a unit has a head; two only if its type allows a matrix; on each matter one head decides."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import ClassVar

from policies.said import Fact
from policies.structure import StructureRules
from structure.organisation import Organisation, bodies_of
from structure.rule import Severity, StateRule
from structure.things import COMMANDS, UNKNOWN, Edge, Sort, Unit


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
    """Two heads of the unit {unit} decide on the same: {matter} ({heads}). Say on what each of them decides."""

    id: ClassVar[str] = "I5"
    severity: ClassVar[Severity] = Severity.WARNS
    about: ClassVar[Sort] = Sort.UNIT

    def find(self, org: Organisation, id: str, rules: StructureRules) -> Iterator[Mapping[str, Fact]]:
        """A head without matters decides on everything, so it shares every matter with every other head."""
        unit = org.live_unit(id)
        if unit is None or unit.type not in rules.matrix.names:
            return
        for matter, heads in _shared(unit):
            yield {"unit": id, "matter": matter, "heads": ", ".join(heads)}


EVERYTHING = "*"
"""How a finding writes that no matter is named."""


def _shared(unit: Unit) -> Iterator[tuple[str, list[str]]]:
    edges = [edge for edge in unit.edges if edge.kind in COMMANDS and edge.head != UNKNOWN]
    heads = sorted({edge.head for edge in edges})
    if len(heads) < 2:
        return
    if any(not edge.matters for edge in edges):
        yield EVERYTHING, heads
        return
    deciding = Counter(matter for edge in set(edges) for matter in edge.matters)
    for matter in sorted(matter for matter, count in deciding.items() if count > 1):
        yield matter, sorted({edge.head for edge in edges if _decides(edge, matter)})


def _decides(edge: Edge, matter: str) -> bool:
    return matter in edge.matters
