"""Who works at the desk, who is away and who stands in; who is invited to set up a key, and whose key waits to be signed."""

import json
from datetime import datetime
from typing import Final

from fastapi import APIRouter, Response
from starlette.requests import Request

from actions import desk_office, invitations
from api import desk_telling
from api.contract import needs, public
from api.desk_asking import CallerDep, OfficeDep
from api.kinds_routes import WordsDep
from api.pages.bridge import SentDep, again, as_page, ask, problem_in
from api.pages.calling import call
from api.pages.forms import Option, make_form
from api.pages.showing import show
from policies.refusal import Refusal

router = APIRouter(include_in_schema=False)
INVITATION: Final = "/v1/invitations"
INVITE: Final = "/people/invitation"
"""The one form whose answer is shown at once, because the code in it is shown only this once."""
INVITED: Final = "invited"


@router.get("/people", **needs("office.read"))
def show_people(request: Request, office: OfficeDep, caller: CallerDep, words: WordsDep) -> Response:
    """The office: offices held, absences, keys that wait."""
    roster = desk_telling.roster(desk_office.roster(office))
    people = [Option(str(one.id), one.name) for one in roster.people]
    away = make_form(request, "POST", "/v1/absences", choices={"person": people}, done="absence_recorded", scope="absence")
    data = {"roster": roster, "away": away, "keys": None, "invited": getattr(request.state, INVITED, None)}
    try:
        pending = invitations.pending(office, by=caller)
    except Refusal:
        return show(request, "desk/people.html", data)  # who may not invite sees the office alone
    roles = [Option(role, words.label(f"role.{role}", role)) for role in pending.offices]
    data["keys"] = {
        "waiting": [
            {
                "told": one,
                "sign": make_form(request, "POST", f"/v1/keys/{one.id}/signature", done="key_signed", scope="signature"),
                "end": make_form(request, "DELETE", f"{INVITATION}/{one.id}", done="invitation_ended"),
            }
            for one in pending.invitations
        ],
        "invite": make_form(request, "POST", INVITATION, choices={"roles": roles}, scope="invitation", to=INVITE)
        if roles
        else None,
    }
    return show(request, "desk/people.html", data)


@router.post(INVITE, **public(400, 401, 403, 408, 413, 415, 422, 503))
async def invite(request: Request, sent: SentDep) -> Response:
    """Invite somebody, by the JSON door, and show the code. Async, because it waits for this same application to answer."""
    answered = await ask(request, INVITATION, sent)
    if not answered.well:
        return await again(request, sent, problem_in(answered))
    made = json.loads(answered.body)
    told = {"code": made["code"], "expires": datetime.fromisoformat(made["expires"])}
    return as_page(request, await call(request, "GET", "/people", state={INVITED: told}))
