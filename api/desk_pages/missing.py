"""Of which of one's cases nobody has said in codes whom they are about: the reports have to take them as all about one head."""

from fastapi import APIRouter, Response
from starlette.requests import Request

from actions import desk_facts
from api.contract import needs
from api.desk_asking import CallerDep, OfficeDep
from api.pages.showing import show

router = APIRouter(include_in_schema=False)


@router.get("/missing", **needs("facts.read"))
def show_missing(request: Request, office: OfficeDep, caller: CallerDep) -> Response:
    """Each leads to its page of codes. Nothing is opened by this."""
    return show(request, "desk/missing.html", {"missing": desk_facts.without_codes(office, by=caller)})
