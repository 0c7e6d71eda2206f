"""I7: no unit outlives the units it stands under."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import ClassVar

from policies.said import Fact
from policies.structure import StructureRules
from structure.organisation import NONE, Organisation
from structure.rule import Severity, StateRule
from structure.things import Ref, Sort


class UnitOutlivesItsHeads(StateRule):
    """The unit {unit} still stands, but what it stood under has ended: {heads}. Move it, or end it too."""

    id: ClassVar[str] = "I7"
    severity: ClassVar[Severity] = Severity.BLOCKS
    about: ClassVar[Sort] = Sort.UNIT

    def find(self, org: Organisation, id: str, rules: StructureRules) -> Iterator[Mapping[str, Fact]]:
        """It is enough that one head stands, or that one is unknown."""
        unit = org.live_unit(id)
        if unit is None or not unit.heads:
            return
        ended = [head for head in unit.heads if head in org.units and not org.units[head].is_live]
        if len(ended) == len(unit.heads):
            yield {"unit": id, "heads": ", ".join(sorted(ended))}

    def reach(
        self, org: Organisation, touched: Collection[Ref], open_for: Collection[str], rules: StructureRules
    ) -> Iterable[str]:
        """Units under a unit that began or ended."""
        return (child for ref in touched if ref.sort is Sort.UNIT for child in org.below.get(ref.id, NONE))
