"""A visit: the pages that the words open, the cookie that each of them renews, and the page that asks for the words.

A page that stands in a visit has one link more than the others: leaving quickly ends the visit, too (`/out`).
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from actions.receiving import MOST_BYTES
from api.intake_asking import VISIT, WordsUnknown
from api.intake_pages.frame import page
from api.pages.forms import local
from api.pages.kept import Kept, kept_of
from api.pages.problems import wants_page
from api.pages.showing import here, told_problem
from api.problems import Problem
from api.words import Words, words_of
from policies.refusal import Refusal
from policies.said import Said

HERE: Final = "/here"
BACK: Final = "/back"
OUT: Final = "/out"
MEGABYTES: Final = MOST_BYTES // (1024 * 1024)
"""Of one file."""


def visited(request: Request, template: str, data: Mapping[str, Any], *, status: int = 200) -> Response:
    """A page inside a visit. What a form on it met stands on top, in words for somebody who fills in forms."""
    house, words = request.app.state.door.office.shelf.pack.house, words_of(request)
    own: dict[str, Any] = {"elsewhere": OUT if house.elsewhere else "", "signed_in_again": False}
    own |= {"megabytes": MEGABYTES, "csrf": getattr(request.state, "csrf", "")}
    kept = kept_of(request)
    if kept and kept.problem:
        own["problem"] = _problem(kept, kept.problem, words)
    elif kept:
        own["done"] = words.say(Said("back.here.again"))
    response = page(request, template, own | dict(data), status=status)
    renew(request, response)
    return response


def renew(request: Request, response: Response) -> None:
    """Half an hour more, if a visit is under way."""
    found = request.app.state.visits.look(request.cookies.get(VISIT, ""))
    if found is not None:
        begin(request, response, found.words)


def begin(request: Request, response: Response, words: str) -> None:
    """Begin a visit with these words, or go on with it: the cookie is gone when the browser is closed."""
    cookie = request.app.state.visits.begin(words)
    response.set_cookie(VISIT, cookie, path="/", secure=True, httponly=True, samesite="strict")


def end(response: Response) -> None:
    """End the visit."""
    response.delete_cookie(VISIT, path="/", secure=True, httponly=True, samesite="strict")


def words_page(
    request: Request, *, onward: str = "", carried: str = "", wrong: bool = False, over: bool = False, status: int = 200
) -> Response:
    """The page that asks for the words; then the page `onward`. `carried`: a form that waits for them.

    `wrong`: those that came lead nowhere; which, and why, is not said (S07). They are not shown: a page is read over shoulders.
    """
    data = {
        "onward": onward,
        "carried": carried,
        "wrong": wrong,
        "over": over,
        "problem": None,
        "signed_in_again": False,
    }
    return page(request, "intake/back.html", data, status=status)


def asks_for_words(app: FastAPI) -> None:
    """Answer a browser whose words, or whose visit, lead nowhere with the page that asks for them. Programs get the problem."""
    otherwise: Any = app.exception_handlers[Refusal]

    def asked(request: Request, error: Exception) -> Any:
        if not wants_page(request) or request.method != "GET":
            return otherwise(request, error)
        kept = kept_of(request)
        return words_page(request, onward=here(request), carried=carry(kept) if kept else "", over=True, status=404)

    app.add_exception_handler(WordsUnknown, asked)


def carry(kept: Kept) -> str:
    """What was typed into a form, to wait in the page that asks for the words. None of it, if nothing was typed."""
    typed = {name: list(several) for name, several in kept.typed.items() if any(several)}
    return json.dumps({"form": kept.form, "typed": typed}) if typed else ""


def carried_in(told: str) -> Kept | None:
    """What waited; None: nothing did, or nothing of ours."""
    try:
        found = json.loads(told)
        typed = {str(name): [str(one) for one in several] for name, several in found["typed"].items()}
        return Kept(str(found["form"]), typed)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def onward_of(told: str) -> str:
    """The page to go on to: one inside a visit."""
    page = local(told)
    return page if page.startswith(HERE) else HERE


def _problem(kept: Kept, problem: Problem, words: Words) -> dict[str, Any]:
    """The problem; for some, the sentence that programs get does not help somebody who fills in a form."""
    told = told_problem(problem, words.language, kept.form, str((kept.typed.get("trigger") or [""])[0]))
    own, where = words.label(f"back.problem.{problem.code}", ""), words.say(Said("back.problem.where"))
    errors = [flaw | ({"where": where} if flaw["target"].endswith("-text") else {}) for flaw in told["errors"]]
    return told | {"detail": own or problem.detail, "errors": errors}
