"""I7: no unit outlives the units it stands under."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import ClassVar

from policies.said import Fact
from policies.structure import StructureRules
from structure.organisation import NONE, Organisation, began_or_ended
from structure.rule import Severity, StateRule
from structure.things import UNKNOWN, Ref, Sort


class UnitOutlivesItsHeads(StateRule):
    """The unit {unit} still stands, but what it stood under has ended: {heads}. Move it, or end it too."""

    id: ClassVar[str] = "I7"
    severity: ClassVar[Severity] = Severity.BLOCKS
    about: ClassVar[Sort] = Sort.UNIT

    def find(self, org: Organisation, id: str, rules: StructureRules) -> Iterator[Mapping[str, Fact]]:
        """It is enough that one head stands, or that one is unknown. A head that never was is I4."""
        unit = org.live_unit(id)
        if unit is None or any(head == UNKNOWN or org.live_unit(head) is not None for head in unit.heads):
            return
        ended = sorted({head for head in unit.heads if head in org.units})
        if ended:
            yield {"unit": id, "heads": ", ".join(ended)}

    def reach(self, before: Organisation, after: Organisation, touched: Collection[Ref], rules: StructureRules) -> Iterable[str]:
        """Units under a unit that began or ended."""
        return (child for unit in began_or_ended(before, after, touched) for child in after.below.get(unit, NONE))
