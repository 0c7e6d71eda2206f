"""Beginning a matter of the office's own: one route for each kind that somebody at the desk opens. This file names no kind.

POST  /v1/<kind>s     begin one
"""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response

from actions.kernel.kind import Kind
from actions.kernel.move import open_kind
from actions.looking import require_opener
from api import shapes
from api.bodies import reads
from api.contract import needs
from api.desk_asking import CallerDep, OfficeDep
from api.desk_matters import answered
from api.kinds_routes import WordsDep
from api.repeating import RepeatDep
from states.clocks import OPEN


def beginning_of(kind: Kind) -> APIRouter:
    """The route by which matters of this kind are begun."""
    router = APIRouter(prefix=f"/v1/{kind.name}s", tags=[kind.name])
    payload = kind.payload(OPEN)

    def may_open(office: OfficeDep, caller: CallerDep) -> None:
        require_opener(office, kind.name, by=caller.person)

    @router.post("", name=f"begin_{kind.name}", status_code=201, **needs(f"{kind.name}.open", 404, 409, body=payload))
    def begin_one(
        response: Response,
        office: OfficeDep,
        caller: CallerDep,
        words: WordsDep,
        _: Annotated[None, Depends(may_open)],
        repeat: RepeatDep,
        told: Annotated[Any, Depends(reads(payload))],
    ) -> shapes.Summary:
        """Begin one. Nobody but the office can, and nobody can have it begun."""
        begun = open_kind(office, kind.name, told, by=caller, request=repeat)
        response.headers["Location"] = f"/v1/{kind.name}s/{begun.id}"
        return answered(begun, response, words)

    return router
