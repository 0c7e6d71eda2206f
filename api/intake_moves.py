"""The moves of a visitor: those of the kind that her words lead to, each with its own payload."""

from collections.abc import Mapping
from typing import Any, Final

from pydantic import TypeAdapter
from pydantic_core import from_json
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from actions.intake import hers
from actions.kinds import KINDS
from api.bodies import parse
from api.intake_asking import KnownDep, OfficeDep
from api.intake_bodies import Sent, read, repeatable
from api.moves import Moving, UnknownTrigger, move_body
from api.repeating import KeyDep

HERS: Final = ("complaint", "consultation")
MOVES: Final[Any] = move_body(KINDS[HERS[0]]) | move_body(KINDS[HERS[1]])
"""What the document shows: the moves of both kinds."""
_SHAPES: Final[Mapping[str, TypeAdapter[Moving]]] = {name: TypeAdapter(move_body(KINDS[name])) for name in HERS}


async def sends_move(request: Request, office: OfficeDep, known: KnownDep, key: KeyDep) -> Sent:
    """A dependency that gives a move of her matter's kind. Raises as `sends`, and UnknownTrigger, naming those that are hers."""
    raw = await read(request)
    told = from_json(raw)
    trigger = told.get("trigger") if isinstance(told, dict) else None
    if isinstance(trigger, str) and trigger not in {str(each) for each in known.kind.table.triggers}:
        own = await run_in_threadpool(hers, office, known.visitor)
        raise UnknownTrigger(kind=known.kind.name, known=", ".join(own))
    return Sent(parse(_SHAPES[known.kind.name], raw), repeatable(request, key, raw))
