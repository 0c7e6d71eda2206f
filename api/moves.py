"""The body that moves a matter of a kind: one shape a trigger, with the kind's own payload.

Made of the table and the payloads, so that the OpenAPI document shows each.
"""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, create_model
from pydantic_core import from_json

from actions.kernel.kind import Kind, Payload
from api.bodies import RawDep, parse
from policies.refusal import Refusal


class UnknownTrigger(Refusal):
    """Matters of this kind know no such move."""

    code: ClassVar[str] = "unknown_trigger"
    status: ClassVar[int] = 422


class Moving(BaseModel):
    """What all moves have in common."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    trigger: str
    payload: Payload


def move_body(kind: Kind) -> Any:
    """The type of a move of this kind: told apart by `trigger`, each with its own payload."""
    shapes = tuple(_shape(kind, str(trigger)) for trigger in kind.table.triggers)
    union: Any = shapes[0]
    for shape in shapes[1:]:
        union = union | shape
    return Annotated[union, Field(discriminator="trigger")]


def reads_move(kind: Kind) -> Callable[..., Awaitable[Moving]]:
    """A dependency that gives a move of this kind. Raises as `bodies.reads`, and UnknownTrigger, naming those there are."""
    adapter: TypeAdapter[Moving] = TypeAdapter(move_body(kind))
    known = tuple(str(trigger) for trigger in kind.table.triggers)

    async def body(raw: RawDep) -> Moving:
        told = from_json(raw)
        trigger = told.get("trigger") if isinstance(told, dict) else None
        if isinstance(trigger, str) and trigger not in known:
            raise UnknownTrigger(kind=kind.name, known=", ".join(known))
        moving: Moving = parse(adapter, raw)
        return moving

    return body


def _shape(kind: Kind, trigger: str) -> type[Moving]:
    payload = kind.payload(trigger)
    empty_is_fine = not any(field.is_required() for field in payload.model_fields.values())
    told: Any = (payload, Field(default_factory=payload)) if empty_is_fine else (payload, ...)
    only: Any = Literal[trigger]
    name = "".join(word.title() for word in (kind.name, *trigger.split("_")))
    return create_model(
        f"Move{name}",
        __base__=Moving,
        __doc__=f"The move `{trigger}` of a {kind.name}.",
        trigger=(only, ...),
        payload=told,
    )
