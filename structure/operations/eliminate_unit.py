"""A unit ends, or an ending is taken back."""

from dataclasses import replace
from datetime import date
from typing import Literal

from structure.operation import Id, Name, Operation, OperationRefused, live_unit, units
from structure.organisation import Organisation
from structure.things import ChangeEvent, ChangeKind, Ref, UnitState


class EliminateUnit(Operation):
    """Abolish a unit that nothing hangs on any more: its units, functions and posts must have gone by the end of its date.

    That they have gone is asked by the rules (I1, I2, I7), not here, so that the acts of a date may be written in any order.
    `reason` is in the words of the instrument.
    """

    kind: Literal["eliminate_unit"] = "eliminate_unit"
    unit: Id
    reason: Name

    def change(self, org: Organisation, id: str, on: date) -> Organisation:
        """Claim: the unit is live."""
        unit = live_unit(org, self.unit)
        change = ChangeEvent(id, ChangeKind.ABOLISHED, (self.unit,), (), on)
        return org.with_unit(replace(unit, state=UnitState.ABOLISHED)).with_change(change)

    def inverse(self, before: Organisation) -> tuple[Operation, ...]:
        """Bring the same unit back, in the state it had."""
        return (RestoreUnit(unit=self.unit, state=live_unit(before, self.unit).state),)

    def authority_class(self, org: Organisation) -> str:
        """`abolish_` and the unit's type."""
        return f"abolish_{_type_of(org, self.unit)}"

    def ends(self) -> frozenset[Ref]:
        """The unit."""
        return units(self.unit)


class RestoreUnit(Operation):
    """Bring an abolished unit back under its own identity: only as the inverse of an abolition (`structure.md` 5.6)."""

    kind: Literal["restore_unit"] = "restore_unit"
    unit: Id
    state: Literal[UnitState.ACTIVE, UnitState.SUSPENDED] = UnitState.ACTIVE

    def change(self, org: Organisation, id: str, on: date) -> Organisation:
        """Claim: the unit is there and abolished."""
        unit = org.units.get(self.unit)
        if unit is None or unit.is_live:
            raise OperationRefused("unit_is_abolished", self.unit)
        change = ChangeEvent(id, ChangeKind.CREATED, (), (self.unit,), on)
        return org.with_unit(replace(unit, state=self.state)).with_change(change)

    def inverse(self, before: Organisation) -> tuple[Operation, ...]:
        """Abolish it again."""
        return (EliminateUnit(unit=self.unit, reason="undone"),)

    def authority_class(self, org: Organisation) -> str:
        """As for creating a unit of its type."""
        return f"create_{_type_of(org, self.unit)}"

    def restores(self) -> bool:
        """It does."""
        return True

    def makes(self) -> frozenset[Ref]:
        """The unit, again."""
        return units(self.unit)


def _type_of(org: Organisation, id: str) -> str:
    unit = org.units.get(id)
    if unit is None:
        raise OperationRefused("unit_is_live", id)
    return unit.type
