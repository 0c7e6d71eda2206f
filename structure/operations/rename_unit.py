"""A unit gets another name and stays the same unit. For another unit in its place: `replace_unit`."""

from dataclasses import replace
from datetime import date
from typing import Literal

from structure.operation import Id, Name, Operation, live_unit, units
from structure.organisation import Organisation
from structure.things import ChangeEvent, ChangeKind, Ref


class RenameUnit(Operation):
    """Rename a unit. Its identity, history and everything that points to it stay; the earlier name is kept."""

    kind: Literal["rename_unit"] = "rename_unit"
    unit: Id
    name: Name

    def change(self, org: Organisation, id: str, on: date) -> Organisation:
        """Claim: the unit is live."""
        unit = live_unit(org, self.unit)
        renamed = replace(unit, name=self.name, formerly=(*unit.formerly, unit.name))
        return org.with_unit(renamed).with_change(ChangeEvent(id, ChangeKind.RENAMED, (self.unit,), (self.unit,), on))

    def inverse(self, before: Organisation) -> tuple[Operation, ...]:
        """The name it had; that it was renamed twice stays in its earlier names."""
        return (RenameUnit(unit=self.unit, name=live_unit(before, self.unit).name),)

    def authority_class(self, org: Organisation) -> str:
        """`rename_` and the unit's type."""
        return f"rename_{live_unit(org, self.unit).type}"

    def uses(self) -> frozenset[Ref]:
        """The unit."""
        return units(self.unit)
