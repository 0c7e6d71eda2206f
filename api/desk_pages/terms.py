"""The end of one's time in office: each talk with its three ways, and what goes on by itself."""

from fastapi import APIRouter, Response
from starlette.requests import Request

from api import desk_terms
from api.contract import needs
from api.desk_asking import CallerDep, OfficeDep
from api.kinds_routes import WordsDep
from api.pages.showing import show

router = APIRouter(include_in_schema=False)


@router.get("/term", **needs("term.read"))
def show_term(request: Request, office: OfficeDep, caller: CallerDep, words: WordsDep) -> Response:
    """The list. What can be done stands on each matter's own page."""
    return show(request, "desk/terms.html", {"ends": desk_terms.show_term(office, caller, words)})
