"""A function gets other words and stays the same function."""

from dataclasses import replace
from datetime import date
from typing import Literal

from structure.operation import Id, Name, Operation, functions, live_function
from structure.organisation import Organisation
from structure.things import Ref


class RenameFunction(Operation):
    """Say in other words what a function is. Whoever owns it, and what points to it, stay. For another one: split or merge."""

    kind: Literal["rename_function"] = "rename_function"
    function: Id
    name: Name

    def change(self, org: Organisation, id: str, on: date) -> Organisation:
        """Claim: the function is live."""
        return org.with_function(replace(live_function(org, self.function), name=self.name))

    def inverse(self, before: Organisation) -> tuple[Operation, ...]:
        """The name it had."""
        return (RenameFunction(function=self.function, name=live_function(before, self.function).name),)

    def authority_class(self, org: Organisation) -> str:
        """`rename_function`."""
        return "rename_function"

    def uses(self) -> frozenset[Ref]:
        """The function."""
        return functions(self.function)
