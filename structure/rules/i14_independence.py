"""I14: whoever oversees reports to an organ, not to a unit they oversee."""

from collections.abc import Iterator, Mapping
from typing import ClassVar

from policies.said import Fact
from policies.structure import StructureRules
from structure.organisation import Organisation, bodies_of
from structure.rule import Severity, StateRule
from structure.things import UNKNOWN, Sort


class OverseerWithoutOrgan(StateRule):
    """The unit {unit} oversees the house but reports to no political organ. Let it report to one."""

    id: ClassVar[str] = "I14"
    severity: ClassVar[Severity] = Severity.BLOCKS
    about: ClassVar[Sort] = Sort.UNIT

    def find(self, org: Organisation, id: str, rules: StructureRules) -> Iterator[Mapping[str, Fact]]:
        """Only organs that the pack names count."""
        unit = org.live_unit(id)
        if unit is not None and unit.type in rules.oversight.names and not set(bodies_of(unit)) & set(rules.organs.names):
            yield {"unit": id}


class OverseerUnderWhomItOversees(StateRule):
    """The unit {unit} oversees the house but stands under {head}, which it oversees. Take it out of that line."""

    id: ClassVar[str] = "I14"
    severity: ClassVar[Severity] = Severity.BLOCKS
    about: ClassVar[Sort] = Sort.UNIT

    def find(self, org: Organisation, id: str, rules: StructureRules) -> Iterator[Mapping[str, Fact]]:
        """Every head with authority is one too many; coordination is not authority. An unknown head is I16."""
        unit = org.live_unit(id)
        if unit is not None and unit.type in rules.oversight.names:
            yield from ({"unit": id, "head": head} for head in sorted(set(unit.heads) - {UNKNOWN}))
