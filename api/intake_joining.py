"""Several people, one matter: a code for one other person, what it leads to, and joining.

POST  /v1/complaint/codes       with the words: a code, shown once
POST  /v1/joining/look          what a code leads to; it is not used up
POST  /v1/joining               join; answered with words of one's own, once
"""

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import JSONResponse

from actions import joining
from actions.joining import Code, Welcomed
from api import intake_joining_shapes as shapes
from api.contract import public
from api.intake_asking import KnownDep, OfficeDep, holds
from api.intake_bodies import Sent, sends
from api.intake_joining_telling import brought, told_code, told_waiting, told_welcome
from api.intake_refusals import saved
from api.kinds_routes import WordsDep
from api.words import Words, words_of

router = APIRouter()


@router.post("/v1/complaint/codes", status_code=201, **holds(409, body=shapes.NewCode), response_model=shapes.Code)
def make_code(
    request: Request, office: OfficeDep, known: KnownDep, sent: Annotated[Sent, Depends(sends(shapes.NewCode))]
) -> JSONResponse:
    """A code by which one other person can join. It is kept nowhere; sent again with the same key, it is the same for an hour."""
    words = words_of(request)

    def answer(code: Code) -> dict[str, Any]:
        return told_code(code, words).model_dump(mode="json")

    with saved(office):
        return JSONResponse(dict(joining.invite(office, known.visitor, request=sent.request, answer=answer)), 201)


@router.post("/v1/joining/look", **public(400, 404, 408, 413, 415, 422, 503, body=shapes.CodeTold))
def look_in(office: OfficeDep, words: WordsDep, sent: Annotated[Sent, Depends(sends(shapes.CodeTold))]) -> shapes.Waiting:
    """What a code leads to. Looking changes nothing, and uses nothing up."""
    return told_waiting(joining.look_in(office, sent.told.code), words)


@router.post(
    "/v1/joining",
    status_code=201,
    **public(400, 404, 408, 409, 413, 415, 422, 503, body=shapes.Join),
    response_model=shapes.Welcomed,
)
def join(office: OfficeDep, sent: Annotated[Sent, Depends(sends(shapes.Join))]) -> JSONResponse:
    """Join. The answer holds the only way back; sent again with the same key, it is the same for an hour."""
    told: shapes.Join = sent.told

    def answer(welcomed: Welcomed) -> dict[str, Any]:
        return told_welcome(welcomed, Words(told.language)).model_dump(mode="json")

    with saved(office):
        return JSONResponse(dict(joining.join(office, told.code, brought(told), request=sent.request, answer=answer)), 201)
