"""New words, on the sheet that those of somebody who comes for the first time stand on; the old ones are dead.

Words that were dictated to her lead to one page alone, which gives new ones: whoever typed for her may know the old ones.
"""

import json
from typing import Any, Final

from fastapi import APIRouter, FastAPI
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from actions.intake import WordsMustChange
from api.contract import public
from api.intake_asking import visit_of
from api.intake_pages.back_visit import HERE, OUT, begin, visited, words_page
from api.intake_pages.frame import page
from api.intake_pages.sheet import fits, two_of
from api.pages.bridge import SentDep, again, ask, problem_in
from api.pages.forms import make_form
from api.pages.problems import wants_page
from api.pages.showing import href
from api.words import words_of
from policies.refusal import Refusal
from policies.said import Said

router = APIRouter(include_in_schema=False)
MUST_CHANGE: Final = f"{HERE}/new"
"""Where dictated words lead, and nowhere else."""


@router.get(MUST_CHANGE, **public(404, 503))
def show_must_change(request: Request) -> Response:
    """Why she needs new words first; a button that gives them, and one that leaves. Nothing of her matter stands here."""
    if visit_of(request) is None:
        return words_page(request, onward=MUST_CHANGE, over=True, status=404)
    form = make_form(request, "POST", "/v1/complaint/words", without=("language",), to=f"{HERE}/words")
    return visited(request, "intake/back_new.html", {"form": form})


def leads_to_new_words(app: FastAPI) -> None:
    """Lead a browser whose words were dictated to the page that gives new ones. Programs get the problem."""
    otherwise: Any = app.exception_handlers[Refusal]

    def led(request: Request, error: Exception) -> Any:
        if not wants_page(request) or request.method != "GET":
            return otherwise(request, error)
        return RedirectResponse(href(request, MUST_CHANGE), 303)

    app.add_exception_handler(WordsMustChange, led)


@router.post(f"{HERE}/words", **public(400, 401, 403, 404, 408, 413, 415, 422, 503))
async def show_new_words(request: Request, sent: SentDep) -> Response:
    """Other words, once; the visit goes on with them. Async, because it waits for this same application to answer.

    Sent again because nothing came back, it shows the same new words.
    """
    answered = await ask(request, "/v1/complaint/words", sent)
    if not answered.well:
        return await again(request, sent, problem_in(answered))
    words: list[str] = json.loads(answered.body)["receipt"]
    said = words_of(request)
    data = {
        "filed": {"receipt": words, "notice": [said.say(Said("intake.words", {"count": len(words)}))]},
        "read_by": None,
        "rest": [said.say(Said("intake.words_changed"))],
        "tried": [{"number": place + 1, "pattern": fits(words[place])} for place in two_of(words)],
        "changed": "",
        "address": request.url.netloc,
    }
    quick = {"elsewhere": OUT} if request.app.state.door.office.shelf.pack.house.elsewhere else {}
    response = page(request, "intake/back_sheet.html", data | quick)
    begin(request, response, " ".join(words))
    return response
