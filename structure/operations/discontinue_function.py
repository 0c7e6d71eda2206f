"""A function ends, or an ending is taken back."""

from dataclasses import replace
from datetime import date
from typing import Literal

from structure.operation import Id, Name, Operation, OperationRefused, functions, live_function
from structure.organisation import Organisation
from structure.things import Ref


class DiscontinueFunction(Operation):
    """The house stops doing something. `authority`: the clause or decision that lets it."""

    kind: Literal["discontinue_function"] = "discontinue_function"
    function: Id
    authority: Name

    def change(self, org: Organisation, id: str, on: date) -> Organisation:
        """Claim: the function is live."""
        return org.with_function(replace(live_function(org, self.function), live=False))

    def inverse(self, before: Organisation) -> tuple[Operation, ...]:
        """Take it up again, with the owner it had."""
        return (RestoreFunction(function=self.function),)

    def authority_class(self, org: Organisation) -> str:
        """`discontinue_function`."""
        return "discontinue_function"

    def ends(self) -> frozenset[Ref]:
        """The function."""
        return functions(self.function)


class RestoreFunction(Operation):
    """Take up a discontinued function again, under its own identity and owner."""

    kind: Literal["restore_function"] = "restore_function"
    function: Id

    def change(self, org: Organisation, id: str, on: date) -> Organisation:
        """Claim: the function is there and discontinued."""
        function = org.functions.get(self.function)
        if function is None or function.live:
            raise OperationRefused("function_is_discontinued", self.function)
        return org.with_function(replace(function, live=True))

    def inverse(self, before: Organisation) -> tuple[Operation, ...]:
        """Discontinue it again."""
        return (DiscontinueFunction(function=self.function, authority="undone"),)

    def authority_class(self, org: Organisation) -> str:
        """`create_function`."""
        return "create_function"

    def restores(self) -> bool:
        """It does."""
        return True

    def makes(self) -> frozenset[Ref]:
        """The function, again."""
        return functions(self.function)
