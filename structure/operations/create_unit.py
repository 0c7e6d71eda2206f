"""A unit begins."""

from datetime import date
from typing import Literal

from structure.operation import Id, Name, Operation, OperationRefused, Words, heads_are_live, units
from structure.operations.eliminate_unit import EliminateUnit
from structure.operations.heads import Heads, edges_of, heads_in
from structure.operations.set_heads import SetHeads
from structure.organisation import Organisation
from structure.things import ChangeEvent, ChangeKind, Ref, Unit


class CreateUnit(Operation):
    """Create a unit under its heads. A unit without any head is a root, and the pack says which may be roots (I5).

    `formerly`: earlier names, oldest first, of a unit that was there before the record began; `tags`: words that sort it.
    """

    kind: Literal["create_unit"] = "create_unit"
    unit: Id
    name: Name
    type: Id
    heads: Heads = ()
    autonomous: bool = False
    formerly: tuple[Name, ...] = ()
    tags: Words = frozenset()

    def change(self, org: Organisation, id: str, on: date) -> Organisation:
        """Claims: the id is new; every head is live."""
        if self.unit in org.units:
            raise OperationRefused("unit_is_new", self.unit)
        edges = edges_of(self.heads)
        heads_are_live(org, edges)
        unit = Unit(self.unit, self.name, self.type, edges, formerly=self.formerly, autonomous=self.autonomous, tags=self.tags)
        return org.with_unit(unit).with_change(ChangeEvent(id, ChangeKind.CREATED, (), (self.unit,), on))

    def inverse(self, before: Organisation) -> tuple[Operation, ...]:
        """Abolish it; whatever came to it meanwhile must leave first."""
        return (EliminateUnit(unit=self.unit, reason="undone"),)

    def detached(self) -> tuple[Operation, Operation] | None:
        """The unit first, its heads when all units of the date are there."""
        if not self.heads:
            return None
        return self.model_copy(update={"heads": ()}), SetHeads(unit=self.unit, heads=self.heads)

    def authority_class(self, org: Organisation) -> str:
        """`create_` and the unit's type."""
        return f"create_{self.type}"

    def makes(self) -> frozenset[Ref]:
        """The unit."""
        return units(self.unit)

    def uses(self) -> frozenset[Ref]:
        """Its heads."""
        return units(*heads_in(self.heads))
