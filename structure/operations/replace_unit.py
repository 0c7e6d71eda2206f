"""One unit ends and another takes its place, with everything it had. For the same unit under another name: `rename_unit`."""

from datetime import date
from typing import Literal

from structure.composite import Composite
from structure.operation import Id, Name, Operation, live_unit, units
from structure.operations.create_unit import CreateUnit
from structure.operations.eliminate_unit import EliminateUnit
from structure.operations.handing_over import everything_to
from structure.operations.heads import Heads, heads_in
from structure.operations.set_heads import SetHeads
from structure.organisation import Organisation
from structure.things import ChangeEvent, ChangeKind, Ref


class ReplaceUnit(Composite):
    """Put a new unit in the place of another: its functions, posts and units go to the new one. Exactly one successor (I8)."""

    kind: Literal["replace_unit"] = "replace_unit"
    unit: Id
    by: Id
    name: Name
    type: Id
    heads: Heads

    def parts(self, org: Organisation) -> tuple[Operation, ...]:
        """Create the new one, hand everything over, abolish the old one."""
        live_unit(org, self.unit)
        created = CreateUnit(unit=self.by, name=self.name, type=self.type, heads=self.heads)
        return (created, *everything_to(org, self.unit, self.by), EliminateUnit(unit=self.unit, reason="replaced"))

    def detached(self) -> tuple[Operation, Operation] | None:
        """The new unit in its place first, its heads when all units of the date are there."""
        if not self.heads:
            return None
        return self.model_copy(update={"heads": ()}), SetHeads(unit=self.by, heads=self.heads)

    def event(self, id: str, on: date) -> ChangeEvent:
        """One original, one result."""
        return ChangeEvent(id, ChangeKind.REPLACED, (self.unit,), (self.by,), on, primary=self.by)

    def authority_class(self, org: Organisation) -> str:
        """As for creating a unit of the new type."""
        return f"create_{self.type}"

    def makes(self) -> frozenset[Ref]:
        """The new unit."""
        return units(self.by)

    def uses(self) -> frozenset[Ref]:
        """The heads of the new unit."""
        return units(*heads_in(self.heads))

    def ends(self) -> frozenset[Ref]:
        """The old unit."""
        return units(self.unit)
