"""Functions are absorbed by another."""

from typing import Annotated, Literal

from pydantic import Field

from structure.composite import Composite
from structure.operation import Id, Operation, OperationRefused, functions, live_function
from structure.operations.discontinue_function import DiscontinueFunction
from structure.organisation import Organisation
from structure.things import Ref


class MergeFunctions(Composite):
    """Let a function that is there absorb others: they end, and what pointed to them points to it."""

    kind: Literal["merge_functions"] = "merge_functions"
    functions: Annotated[tuple[Id, ...], Field(min_length=1)]
    into: Id

    def parts(self, org: Organisation) -> tuple[Operation, ...]:
        """End each. Claims: all are live and different from their target."""
        live_function(org, self.into)
        if self.into in self.functions or len(set(self.functions)) < len(self.functions):
            raise OperationRefused("merged_functions_differ_from_their_target", self.into)
        for function in self.functions:
            live_function(org, function)
        return tuple(DiscontinueFunction(function=function, authority="merged") for function in self.functions)

    def authority_class(self, org: Organisation) -> str:
        """`move_function`: nothing is lost or added."""
        return "move_function"

    def uses(self) -> frozenset[Ref]:
        """The function they go into."""
        return functions(self.into)

    def ends(self) -> frozenset[Ref]:
        """The functions that are absorbed."""
        return functions(*self.functions)
