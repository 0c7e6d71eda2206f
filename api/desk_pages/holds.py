"""The page of holds: what is kept from being destroyed, by whose approval, until when; keeping it longer is a new hold."""

from fastapi import APIRouter, Response
from starlette.requests import Request

from actions import held
from api import desk_holds
from api.contract import needs
from api.desk_asking import CallerDep, OfficeDep
from api.desk_holds import ListedHold
from api.kinds_routes import WordsDep
from api.pages.forms import Form, make_form
from api.pages.showing import show

router = APIRouter(include_in_schema=False)


@router.get("/holds", **needs("holds.read"))
def show_holds(request: Request, office: OfficeDep, caller: CallerDep, words: WordsDep) -> Response:
    """Every hold on matters of one's own. A form stands only where whoever looks may approve."""
    found = [desk_holds.told(one, words) for one in held.listed(office, by=caller)]
    forms = {str(one.id): _longer(request, one) for one in found if one.live and one.may_hold}
    return show(request, "desk/holds.html", {"holds": found, "longer": forms})


def _longer(request: Request, one: ListedHold) -> Form:
    asked = {} if one.asked_by is None else {"asked_by": str(one.asked_by.id)}
    return make_form(
        request,
        "POST",
        f"/v1/{one.kind}s/{one.matter}/holds",
        done="held_longer",
        fixed={"reason": one.reason} | asked,
        scope="case.hold",
    )
