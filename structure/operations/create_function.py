"""A function begins."""

from datetime import date
from typing import Literal

from structure.operation import Id, Name, Operation, OperationRefused, Reference, Words, functions, live_unit, units
from structure.operations.discontinue_function import DiscontinueFunction
from structure.organisation import Organisation
from structure.things import UNKNOWN, Function, Ref


class CreateFunction(Operation):
    """Create a function with its one owner, which may be `unknown`.

    `origin`: the unit that had it before the record began, `unknown` if no source says; left out: it begins here.
    """

    kind: Literal["create_function"] = "create_function"
    function: Id
    name: Name
    owner: Reference
    contributors: tuple[Id, ...] = ()
    part_of: Id | None = None
    legal_basis: Words = frozenset()
    origin: Reference | None = None

    def change(self, org: Organisation, id: str, on: date) -> Organisation:
        """Claims: the id is new; owner and contributors are live."""
        if self.function in org.functions:
            raise OperationRefused("function_is_new", self.function)
        for unit in (self.owner, *self.contributors):
            if unit != UNKNOWN:
                live_unit(org, unit)
        contributors = tuple(unit for unit in dict.fromkeys(self.contributors) if unit != self.owner)
        made = Function(self.function, self.name, (self.owner,), contributors, self.part_of, self.legal_basis, self.origin)
        return org.with_function(made)

    def inverse(self, before: Organisation) -> tuple[Operation, ...]:
        """Discontinue it."""
        return (DiscontinueFunction(function=self.function, authority="undone"),)

    def authority_class(self, org: Organisation) -> str:
        """`create_function`."""
        return "create_function"

    def makes(self) -> frozenset[Ref]:
        """The function."""
        return functions(self.function)

    def uses(self) -> frozenset[Ref]:
        """Its owner and contributors."""
        return units(self.owner, *self.contributors)
