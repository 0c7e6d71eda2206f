"""The page of addressees' keys at the desk: for who may compare, sign and end them."""

from fastapi import APIRouter, Response
from starlette.requests import Request

from api import desk_addressees
from api.contract import needs
from api.desk_asking import CallerDep, OfficeDep
from api.pages.forms import make_form
from api.pages.showing import show

router = APIRouter(include_in_schema=False)


@router.get("/people/addressees", **needs("addressee.read", 404))
def show_addressees(request: Request, office: OfficeDep, caller: CallerDep) -> Response:
    """The same as `/v1/addressees`. The digits are not shown: whoever signs types what they heard."""
    keys = []
    for one in desk_addressees.show_addressees(office, caller).keys:
        path = f"/v1/addressees/{one.person}/keys/{one.serial}"
        sign = make_form(request, "POST", f"{path}/signature", done="addressee_signed", scope="signature")
        end = make_form(request, "DELETE", path, done="addressee_ended")
        keys.append({"told": one, "sign": sign, "end": end})
    return show(request, "desk/addressees.html", {"keys": keys})
