"""New words, on the sheet that those of somebody who comes for the first time stand on; the old ones are dead."""

import json

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.contract import public
from api.intake_pages.back_visit import HERE, OUT, begin
from api.intake_pages.frame import page
from api.intake_pages.sheet import fits, two_of
from api.pages.bridge import SentDep, again, ask, problem_in
from api.words import words_of
from policies.said import Said

router = APIRouter(include_in_schema=False)


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
