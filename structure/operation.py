"""What every operation on an organisation is: claims before, a change, its undoing, what hangs on it, who may decide it.

An operation is data first (it travels as JSON or YAML under its `kind`) and a pure function second. It changes one
organisation into the next; whether the house is sound afterwards is asked only at the end of its date, by the rules.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainSerializer

from policies.refusal import Refusal
from structure.organisation import Organisation
from structure.things import COMMANDS, UNKNOWN, Edge, Function, Post, Ref, Sort, Unit


def _not_reserved(id: str) -> str:
    if id == UNKNOWN:
        raise ValueError("'unknown' is reserved for what no source says: it is nobody's id")
    return id


Reference = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:/-]{0,79}$")]
"""An id, or `unknown`."""
Id = Annotated[Reference, AfterValidator(_not_reserved)]
"""The id of a unit, function or post."""
Name = Annotated[str, Field(min_length=1, max_length=500)]


def _in_order(words: frozenset[str]) -> list[str]:
    return sorted(words)


Words = Annotated[frozenset[Name], PlainSerializer(_in_order)]
"""A set of words, written in one order: the same operation is always the same bytes, so that it can be hashed."""


class OperationRefused(Refusal):
    """An operation cannot be done on the organisation as it is. Names the claim that does not hold, and about what."""

    code: ClassVar[str] = "operation_refused"
    status: ClassVar[int] = 422

    def __init__(self, claim: str, subject: str) -> None:
        super().__init__(claim=claim, subject=subject)
        self.claim = claim
        self.subject = subject
        self.unmet = (claim,)


class Operation(BaseModel, ABC):
    """One act on an organisation.

    `authority_class` names the class of act whose deciding organ the pack says (I9). `makes`, `uses` and `ends` tell the
    plan in which order the acts of one date go: makers first, then users, then enders.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", hide_input_in_errors=True, validate_by_name=True, validate_by_alias=True
    )

    kind: str

    def written(self) -> dict[str, Any]:
        """As JSON carries it; `read_operation` reads it back to an equal operation."""
        return self.model_dump(mode="json", by_alias=True, exclude_defaults=True) | {"kind": self.kind}

    @abstractmethod
    def change(self, org: Organisation, id: str, on: date) -> Organisation:
        """The organisation after it; `id` and `on` are those of the operation in its plan.

        Raises OperationRefused when a claim about `org` does not hold; then nothing has changed.
        """

    @abstractmethod
    def inverse(self, before: Organisation) -> "tuple[Operation, ...]":
        """Operations that lead from the organisation after it back to one that means the same as `before`, in order."""

    @abstractmethod
    def authority_class(self, org: Organisation) -> str:
        """The class of act this is, such as `create_secretariat`; depends on the unit's type, so it asks `org`."""

    def authority_classes(self, org: Organisation) -> tuple[str, ...]:
        """Every class of act it is, when it is more than one thing at once: whoever decides must have the power for all."""
        return (self.authority_class(org),)

    def makes(self) -> frozenset[Ref]:
        """What begins with it."""
        return frozenset()

    def uses(self) -> frozenset[Ref]:
        """What must be live when it is done, or is left by it."""
        return frozenset()

    def ends(self) -> frozenset[Ref]:
        """What ends with it."""
        return frozenset()

    def restores(self) -> bool:
        """Whether what it makes had ended: it can be done only after the end."""
        return False

    def detached(self) -> "tuple[Operation, Operation] | None":
        """This operation without its ties, and the ties by themselves, to break a circle within one date; None: it has none."""
        return None

    def dependents(self, org: Organisation) -> Iterator[Ref]:
        """What hangs on the things it changes and needs a look: children, functions, posts."""
        for ref in sorted(self.uses() | self.ends()):
            if ref.sort is Sort.UNIT:
                yield from (Ref(Sort.UNIT, unit.id) for unit in org.children(ref.id))
                yield from (Ref(Sort.FUNCTION, function.id) for function in org.held_by(ref.id))
                yield from (Ref(Sort.POST, post.id) for post in org.posts_of(ref.id))


def live_unit(org: Organisation, id: str) -> Unit:
    """The live unit with this id. Raises OperationRefused: `unit_is_live`."""
    unit = org.live_unit(id)
    if unit is None:
        raise OperationRefused("unit_is_live", id)
    return unit


def live_function(org: Organisation, id: str) -> Function:
    """The live function with this id. Raises OperationRefused: `function_is_live`."""
    function = org.live_function(id)
    if function is None:
        raise OperationRefused("function_is_live", id)
    return function


def live_post(org: Organisation, id: str) -> Post:
    """The live post with this id. Raises OperationRefused: `post_is_live`."""
    post = org.posts.get(id)
    if post is None or not post.live:
        raise OperationRefused("post_is_live", id)
    return post


def heads_are_live(org: Organisation, edges: tuple[Edge, ...]) -> None:
    """Every head with authority is live or UNKNOWN. Raises OperationRefused: `head_is_live`."""
    for edge in edges:
        if edge.kind in COMMANDS and edge.head != UNKNOWN and org.live_unit(edge.head) is None:
            raise OperationRefused("head_is_live", edge.head)


def units(*ids: str) -> frozenset[Ref]:
    """References to units; UNKNOWN is left out."""
    return frozenset(Ref(Sort.UNIT, id) for id in ids if id != UNKNOWN)


def functions(*ids: str) -> frozenset[Ref]:
    """References to functions."""
    return frozenset(Ref(Sort.FUNCTION, id) for id in ids)


def posts(*ids: str) -> frozenset[Ref]:
    """References to posts."""
    return frozenset(Ref(Sort.POST, id) for id in ids)
