"""Who has a function: all owners and contributors at once."""

from dataclasses import replace
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from structure.operation import Id, Operation, Reference, functions, live_function, live_unit, units
from structure.organisation import Organisation
from structure.things import UNKNOWN, Ref


class AssignFunction(Operation):
    """Give a function exactly these owners and contributors. More than one owner is recorded as it is, and found by I1."""

    kind: Literal["assign_function"] = "assign_function"
    function: Id
    owners: Annotated[tuple[Reference, ...], Field(min_length=1)]
    contributors: tuple[Id, ...] = ()

    def change(self, org: Organisation, id: str, on: date) -> Organisation:
        """Claims: the function is live, and so is every unit named."""
        function = live_function(org, self.function)
        for unit in (*self.owners, *self.contributors):
            if unit != UNKNOWN:
                live_unit(org, unit)
        return org.with_function(replace(function, owners=self.owners, contributors=self.contributors))

    def inverse(self, before: Organisation) -> tuple[Operation, ...]:
        """Those it had."""
        function = live_function(before, self.function)
        return (AssignFunction(function=self.function, owners=function.owners, contributors=function.contributors),)

    def authority_class(self, org: Organisation) -> str:
        """`move_function`."""
        return "move_function"

    def uses(self) -> frozenset[Ref]:
        """The function and the units."""
        return functions(self.function) | units(*self.owners, *self.contributors)
