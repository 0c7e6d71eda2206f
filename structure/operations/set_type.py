"""Which type a unit has: what was an office becomes a department, with all it is and does."""

from dataclasses import replace
from datetime import date
from typing import Literal

from structure.operation import Id, Operation, live_unit, units
from structure.organisation import Organisation
from structure.things import Ref


class SetType(Operation):
    """Give a unit another type; it stays the same unit. In the 2015 file the Summits Secretariat becomes a department."""

    kind: Literal["set_type"] = "set_type"
    unit: Id
    type: Id

    def change(self, org: Organisation, id: str, on: date) -> Organisation:
        """Claim: the unit is live."""
        return org.with_unit(replace(live_unit(org, self.unit), type=self.type))

    def inverse(self, before: Organisation) -> tuple[Operation, ...]:
        """The type it had."""
        return (SetType(unit=self.unit, type=live_unit(before, self.unit).type),)

    def authority_class(self, org: Organisation) -> str:
        """As for creating a unit of the new type: otherwise a secretariat could be made out of an office."""
        return f"create_{self.type}"

    def authority_classes(self, org: Organisation) -> tuple[str, ...]:
        """And as for abolishing one of the old type."""
        return f"create_{self.type}", f"abolish_{live_unit(org, self.unit).type}"

    def uses(self) -> frozenset[Ref]:
        """The unit."""
        return units(self.unit)
