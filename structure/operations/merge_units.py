"""Several units go into one."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from structure.composite import Composite
from structure.operation import Id, Operation, OperationRefused, live_unit, units
from structure.operations.eliminate_unit import EliminateUnit
from structure.operations.handing_over import everything_to
from structure.organisation import Organisation
from structure.things import ChangeEvent, ChangeKind, Ref


class MergeUnits(Composite):
    """Merge units into one that is none of them and is there (DHIS2, E1500 to E1502); everything they have goes to it."""

    kind: Literal["merge_units"] = "merge_units"
    units: Annotated[tuple[Id, ...], Field(min_length=1)]
    into: Id

    def parts(self, org: Organisation) -> tuple[Operation, ...]:
        """Hand over and abolish, unit by unit."""
        live_unit(org, self.into)
        if self.into in self.units or len(set(self.units)) < len(self.units):
            raise OperationRefused("merged_units_differ_from_their_target", self.into)
        for unit in self.units:
            live_unit(org, unit)
        made: list[Operation] = []
        now = org
        for unit in self.units:
            here = (*everything_to(now, unit, self.into), EliminateUnit(unit=unit, reason="merged"))
            for part in here:
                now = part.change(now, self.into, date.min)
            made += here
        return tuple(made)

    def event(self, id: str, on: date) -> ChangeEvent:
        """n originals, one result."""
        return ChangeEvent(id, ChangeKind.MERGED, self.units, (self.into,), on, primary=self.into)

    def authority_class(self, org: Organisation) -> str:
        """As for abolishing the first of them."""
        return f"abolish_{live_unit(org, self.units[0]).type}"

    def uses(self) -> frozenset[Ref]:
        """The unit they go into."""
        return units(self.into)

    def ends(self) -> frozenset[Ref]:
        """The units that are merged."""
        return units(*self.units)
