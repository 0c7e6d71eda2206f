"""The page of a mandate: what was asked by whom, who carries it out, its clocks, and what it came of."""

from fastapi import APIRouter, Response
from starlette.requests import Request

from api.asking import OfficeDep, PersonDep
from api.contract import needs
from api.council_pages.matters import Asking, Find, Of, look
from api.kinds_routes import IdDep, WordsDep
from api.pages.showing import show

router = APIRouter(include_in_schema=False)


@router.get("/mandates/{id}", **needs("mandate.read", 404, 422))
def show_mandate(
    request: Request, office: OfficeDep, person: PersonDep, words: WordsDep, about: IdDep, find: Find = None, of: Of = ""
) -> Response:
    """One mandate."""
    looked = look(Asking(request, office, person.person, words, "mandate", about, find, of))
    return show(request, "council/matter.html", {**looked.data(), "find": find or "", "tabs": ()})
