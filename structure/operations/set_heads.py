"""Under whom a unit stands."""

from dataclasses import replace
from datetime import date
from typing import Literal

from structure.operation import Id, Operation, heads_are_live, live_unit, units
from structure.operations.heads import Heads, command_heads, edges_of, heads_in
from structure.organisation import Organisation
from structure.things import COMMANDS, Ref, in_one_order


class SetHeads(Operation):
    """Give a unit exactly these heads, line or matrix, instead of those it has. Coordination and organs stay as they are."""

    kind: Literal["set_heads"] = "set_heads"
    unit: Id
    heads: Heads

    def change(self, org: Organisation, id: str, on: date) -> Organisation:
        """Claims: the unit is live; every head is live."""
        unit = live_unit(org, self.unit)
        edges = edges_of(self.heads)
        heads_are_live(org, edges)
        kept = tuple(edge for edge in unit.edges if edge.kind not in COMMANDS)
        return org.with_unit(replace(unit, edges=in_one_order((*edges, *kept))))

    def inverse(self, before: Organisation) -> tuple[Operation, ...]:
        """The heads it had."""
        unit = live_unit(before, self.unit)
        return (SetHeads(unit=self.unit, heads=command_heads(unit)),)

    def authority_class(self, org: Organisation) -> str:
        """`move_` and the unit's type."""
        return f"move_{live_unit(org, self.unit).type}"

    def uses(self) -> frozenset[Ref]:
        """The unit and its heads."""
        return units(self.unit, *heads_in(self.heads))
