"""A function goes from one unit to another."""

from datetime import date
from typing import Literal

from structure.operation import Id, Operation, OperationRefused, Reference, functions, live_function, live_unit, units
from structure.operations.assign_function import AssignFunction
from structure.organisation import Organisation
from structure.things import Ref


class MoveFunction(Operation):
    """Move a function from the unit that owns it to another. `from_unit` may be `unknown`."""

    kind: Literal["move_function"] = "move_function"
    function: Id
    from_unit: Reference
    to_unit: Id

    def change(self, org: Organisation, id: str, on: date) -> Organisation:
        """Claims: function and new owner are live; the function is with the unit it leaves."""
        function = live_function(org, self.function)
        live_unit(org, self.to_unit)
        if self.from_unit not in function.owners:
            raise OperationRefused("function_is_with_that_unit", self.from_unit)
        owners = tuple(dict.fromkeys(self.to_unit if owner == self.from_unit else owner for owner in function.owners))
        contributors = tuple(unit for unit in function.contributors if unit not in owners)
        return AssignFunction(function=self.function, owners=owners, contributors=contributors).change(org, id, on)

    def inverse(self, before: Organisation) -> tuple[Operation, ...]:
        """Exactly the owners and contributors it had."""
        function = live_function(before, self.function)
        return (AssignFunction(function=self.function, owners=function.owners, contributors=function.contributors),)

    def authority_class(self, org: Organisation) -> str:
        """`move_function`."""
        return "move_function"

    def uses(self) -> frozenset[Ref]:
        """The function, the unit it leaves and the unit it goes to."""
        return functions(self.function) | units(self.from_unit, self.to_unit)
