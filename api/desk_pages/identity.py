"""What a custodian sees: requests to see who somebody is, each with a number, a day, who asks and why. Nothing of a case."""

from typing import Final

from fastapi import APIRouter, Response
from starlette.requests import Request

from api import desk_identity
from api.contract import needs
from api.desk_asking import CallerDep, OfficeDep
from api.kinds_routes import WordsDep
from api.pages.forms import Option, make_form
from api.pages.showing import show

router = APIRouter(include_in_schema=False)
REQUESTS: Final = "/v1/identity-requests"
WAITING: Final = "waiting"


@router.get("/identity", **needs("identity.answer", 409))
def show_identity(request: Request, office: OfficeDep, caller: CallerDep, words: WordsDep) -> Response:
    """All requests: those that wait with what can be answered, then the others."""
    told = desk_identity.show_identity_requests(office, caller, words)
    refusals = [Option(code, words.label(f"identity.refusal.{code}", code)) for code in told.refusals]
    waiting = [one for one in told.requests if one.status == WAITING]
    data = {
        "waiting": waiting,
        "answered": sorted((one for one in told.requests if one.status != WAITING), key=lambda one: one.on, reverse=True),
        "agree": {
            one.id: make_form(request, "POST", f"{REQUESTS}/{one.id}/approval", done="identity_approved") for one in waiting
        },
        "refuse": {
            one.id: make_form(
                request,
                "POST",
                f"{REQUESTS}/{one.id}/refusal",
                choices={"why": refusals},
                done="identity_refused",
                scope="identity.refusal",
            )
            for one in waiting
        },
    }
    return show(request, "desk/identity.html", data)
