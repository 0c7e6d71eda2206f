"""A unit goes from one head to another."""

from datetime import date
from typing import Literal

from structure.operation import Id, Operation, OperationRefused, Reference, live_unit, units
from structure.operations.handing_over import child_to
from structure.operations.heads import command_heads
from structure.operations.set_heads import SetHeads
from structure.organisation import Organisation
from structure.things import UNKNOWN, Ref


class MoveUnit(Operation):
    """Move a unit from one of its heads to another; its other heads stay. `from_head` may be `unknown`."""

    kind: Literal["move_unit"] = "move_unit"
    unit: Id
    from_head: Reference
    to_head: Id

    def change(self, org: Organisation, id: str, on: date) -> Organisation:
        """Claims: unit and new head are live; it stands under the head it leaves."""
        unit = live_unit(org, self.unit)
        live_unit(org, self.to_head)
        if self.from_head not in unit.heads:
            raise OperationRefused("unit_stands_under_that_head", self.from_head)
        return child_to(unit, self.from_head, self.to_head).change(org, id, on)

    def inverse(self, before: Organisation) -> tuple[Operation, ...]:
        """Exactly the heads it had."""
        return (SetHeads(unit=self.unit, heads=command_heads(live_unit(before, self.unit))),)

    def authority_class(self, org: Organisation) -> str:
        """`move_` and the unit's type."""
        return f"move_{live_unit(org, self.unit).type}"

    def uses(self) -> frozenset[Ref]:
        """The unit, the head it leaves and the head it gets."""
        return units(self.unit, self.to_head, *({self.from_head} - {UNKNOWN}))
