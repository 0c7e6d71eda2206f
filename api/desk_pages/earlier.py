"""Earlier matters about the same person or unit, among those one may open. That one searched is counted.

The name is posted, so that it stands in no address and no history of a browser.
"""

from typing import Final

from fastapi import APIRouter, Response
from starlette.requests import Request

from actions import desk_earlier
from api import desk_telling
from api.contract import needs, public
from api.desk_asking import CallerDep, OfficeDep
from api.desk_pages.case_links import OF, linking, searched_from
from api.pages.bridge import SentDep, as_page, speak
from api.pages.calling import call
from api.pages.showing import href, show

router = APIRouter(include_in_schema=False)
ASKED: Final = "asked_about"
LONGEST: Final = 200


@router.get("/earlier", **needs("earlier.search"))
def show_earlier(request: Request, office: OfficeDep, caller: CallerDep) -> Response:
    """The search, and what it found. Nothing is searched before a name is typed."""
    asked, of = getattr(request.state, ASKED, ("", ""))
    found = [desk_telling.earlier(each) for each in desk_earlier.earlier(office, asked, by=caller)] if asked else None
    case = searched_from(of)
    forms = linking(request, office, caller, case, [one.id for one in found or ()])
    return show(request, "desk/earlier.html", {"about": asked, "found": found, "of": of if case else "", "linking": forms})


@router.post("/earlier", **public(400, 401, 403, 408, 413, 503))
async def search_earlier(request: Request, sent: SentDep) -> Response:
    """Search. Async, because it waits for the page above, which asks who is there."""
    about, of = ((sent.typed.get(name) or [""])[0].strip()[:LONGEST] for name in ("about", OF))
    speak(request, sent)
    return as_page(
        request, await call(request, "GET", href(request, "/earlier", lang=sent.about.get("_lang")), state={ASKED: (about, of)})
    )
