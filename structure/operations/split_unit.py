"""One unit is divided among several."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from structure.composite import Composite
from structure.operation import Id, Operation, OperationRefused, functions, live_unit, posts, units
from structure.operations.eliminate_unit import EliminateUnit
from structure.operations.handing_over import child_to, function_to
from structure.operations.move_post import MovePost
from structure.organisation import Organisation
from structure.things import ChangeEvent, ChangeKind, Ref


class SplitUnit(Composite):
    """Divide a unit among at least two that are there, one of them its primary successor (DHIS2, E1510 to E1516).

    `functions` says for every function which part gets it: a split that leaves that open is refused. Posts and units below
    go where `posts` and `children` say, else to the primary part. A part that stands below the unit needs its own move.
    """

    kind: Literal["split_unit"] = "split_unit"
    unit: Id
    parts_: Annotated[tuple[Id, ...], Field(alias="parts", min_length=2)]
    primary: Id
    functions: Mapping[Id, Id] = {}
    posts: Mapping[Id, Id] = {}
    children: Mapping[Id, Id] = {}

    def __hash__(self) -> int:
        """Equal splits are equal here; the maps, which have no hash, stay outside."""
        return hash((self.kind, self.unit, self.parts_, self.primary))

    def parts(self, org: Organisation) -> tuple[Operation, ...]:
        """Hand over thing by thing, then abolish. Claims as in the class's words."""
        live_unit(org, self.unit)
        self._refuse(org)
        self._refuse_unknown(org)
        functions = (function_to(one, self.unit, self.functions[one.id]) for one in org.held_by(self.unit))
        posts = (MovePost(post=post.id, to=self.posts.get(post.id, self.primary)) for post in org.posts_of(self.unit))
        below = [unit for unit in org.children(self.unit) if unit.id not in self.parts_]
        children = (child_to(unit, self.unit, self.children.get(unit.id, self.primary)) for unit in below)
        return (*functions, *posts, *children, EliminateUnit(unit=self.unit, reason="split"))

    def _refuse_unknown(self, org: Organisation) -> None:
        held = {function.id for function in org.held_by(self.unit)}
        posts = {post.id for post in org.posts_of(self.unit)}
        below = {unit.id for unit in org.children(self.unit)}
        for named, there in ((self.functions, held), (self.posts, posts), (self.children, below)):
            for id in named:
                if id not in there:
                    raise OperationRefused("what_is_divided_is_with_the_unit", id)

    def _refuse(self, org: Organisation) -> None:
        if self.primary not in self.parts_:
            raise OperationRefused("split_names_its_primary_part", self.unit)
        if self.unit in self.parts_ or len(set(self.parts_)) < len(self.parts_):
            raise OperationRefused("parts_differ_from_the_unit", self.unit)
        for part in self.parts_:
            live_unit(org, part)
        for given in (*self.functions.values(), *self.posts.values(), *self.children.values()):
            if given not in self.parts_:
                raise OperationRefused("everything_goes_to_a_part", given)
        for function in org.held_by(self.unit):
            if function.id not in self.functions:
                raise OperationRefused("every_function_gets_a_part", function.id)

    def event(self, id: str, on: date) -> ChangeEvent:
        """One original, n results, one of them primary."""
        return ChangeEvent(id, ChangeKind.SPLIT, (self.unit,), self.parts_, on, primary=self.primary)

    def authority_class(self, org: Organisation) -> str:
        """As for abolishing it."""
        return f"abolish_{live_unit(org, self.unit).type}"

    def uses(self) -> frozenset[Ref]:
        """The parts, and what it says where to put."""
        return units(*self.parts_, *self.children) | functions(*self.functions) | posts(*self.posts)

    def ends(self) -> frozenset[Ref]:
        """The unit that is split."""
        return units(self.unit)
