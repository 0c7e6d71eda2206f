"""Units that coordinate: beside each other, without authority."""

from dataclasses import replace
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from structure.operation import Id, Name, Operation, OperationRefused, live_unit, units
from structure.organisation import Organisation
from structure.things import Edge, EdgeKind, Ref, in_one_order


class AddCoordination(Operation):
    """A unit coordinates with another, or with somebody outside the house, whose name then is prose."""

    kind: Literal["add_coordination"] = "add_coordination"
    unit: Id
    with_: Annotated[Name, Field(alias="with")]

    def change(self, org: Organisation, id: str, on: date) -> Organisation:
        """Claims: the unit is live; it does not coordinate with that one yet."""
        unit = live_unit(org, self.unit)
        edge = Edge(EdgeKind.COORDINATION, self.with_)
        if edge in unit.edges:
            raise OperationRefused("coordination_is_new", self.unit)
        return org.with_unit(replace(unit, edges=in_one_order((*unit.edges, edge))))

    def inverse(self, before: Organisation) -> tuple[Operation, ...]:
        """End it."""
        return (EndCoordination(unit=self.unit, with_=self.with_),)

    def authority_class(self, org: Organisation) -> str:
        """`coordinate_` and the unit's type."""
        return f"coordinate_{live_unit(org, self.unit).type}"

    def uses(self) -> frozenset[Ref]:
        """The unit."""
        return units(self.unit)


class EndCoordination(Operation):
    """A coordination ends."""

    kind: Literal["end_coordination"] = "end_coordination"
    unit: Id
    with_: Annotated[Name, Field(alias="with")]

    def change(self, org: Organisation, id: str, on: date) -> Organisation:
        """Claims: the unit is live and coordinates with that one."""
        unit = live_unit(org, self.unit)
        edge = Edge(EdgeKind.COORDINATION, self.with_)
        if edge not in unit.edges:
            raise OperationRefused("coordination_is_there", self.unit)
        return org.with_unit(replace(unit, edges=tuple(other for other in unit.edges if other != edge)))

    def inverse(self, before: Organisation) -> tuple[Operation, ...]:
        """Begin it again."""
        return (AddCoordination(unit=self.unit, with_=self.with_),)

    def authority_class(self, org: Organisation) -> str:
        """`coordinate_` and the unit's type."""
        return f"coordinate_{live_unit(org, self.unit).type}"

    def uses(self) -> frozenset[Ref]:
        """The unit."""
        return units(self.unit)
