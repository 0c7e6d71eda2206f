"""One function becomes several named ones."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from structure.composite import Composite
from structure.operation import Id, Name, Operation, Reference, functions, live_function, units
from structure.operations.create_function import CreateFunction
from structure.operations.discontinue_function import DiscontinueFunction
from structure.organisation import Organisation
from structure.things import Ref


class Part(BaseModel):
    """One of the functions that a function becomes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    function: Id
    name: Name
    owner: Reference


class SplitFunction(Composite):
    """Divide a function into at least two named ones, each with its owner; legal basis goes along."""

    kind: Literal["split_function"] = "split_function"
    function: Id
    into: Annotated[tuple[Part, ...], Field(min_length=2)]

    def parts(self, org: Organisation) -> tuple[Operation, ...]:
        """Create the new ones, end the old one."""
        basis = live_function(org, self.function).legal_basis
        made = (CreateFunction(function=part.function, name=part.name, owner=part.owner, legal_basis=basis) for part in self.into)
        return (*made, DiscontinueFunction(function=self.function, authority="split"))

    def authority_class(self, org: Organisation) -> str:
        """`move_function`: nothing is lost or added."""
        return "move_function"

    def makes(self) -> frozenset[Ref]:
        """The new functions."""
        return functions(*(part.function for part in self.into))

    def uses(self) -> frozenset[Ref]:
        """Their owners."""
        return units(*(part.owner for part in self.into))

    def ends(self) -> frozenset[Ref]:
        """The function that is split."""
        return functions(self.function)
