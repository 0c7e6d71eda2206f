"""Problems as pages: for a browser that asked for one, in the look of its door, with the text it would otherwise lose.

Whoever is not signed in gets the page to sign in, with what they typed carried along.
"""

import json
from collections.abc import Awaitable, Callable
from typing import Any, ClassVar, Final

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from api.pages.kept import kept_of
from api.pages.showing import called, here, show, told_problem
from api.pages.typed import Typed
from api.problems import NoSuchMethod, NoSuchPath, Problem, problem_of, refusal_for
from api.words import language_of, words_of
from policies.refusal import Refusal

_JSON_ONLY: Final = ("/v1/", "/healthz", "/readyz", "/openapi.json")
NOT_SIGNED_IN: Final = frozenset({"not_signed_in"})
LAYOUTS: Final = {"intake": "intake/layout.html", "desk": "desk/layout.html", "council": "council/layout.html"}


class NoSuchPage(NoSuchPath):
    """No page of ours has this address."""

    code: ClassVar[str] = "no_such_page"


class OnlyForms(NoSuchMethod):
    """The address takes what a form sends, and was opened by itself."""

    code: ClassVar[str] = "only_forms"


Handler = Callable[[Request, Exception], Response | Awaitable[Response]]


def wants_page(request: Request) -> bool:
    """Whether a person looks: a browser's request for anything but the JSON door."""
    return not request.url.path.startswith(_JSON_ONLY) and "text/html" in request.headers.get("accept", "")


def problem_page(request: Request, problem: Problem, typed: Typed | None = None) -> Response:
    """The problem as a page of its own, with what was typed, to be copied."""
    language, door = language_of(request), request.app.state.door.name
    shown = [
        {"label": called(name.split("."), language), "value": value}
        for name, several in (typed or {}).items()
        for value in several
        if value.strip() and not name.endswith("trigger")
    ]
    told = {"problem": told_problem(problem, language), "typed": shown, "layout": LAYOUTS[door], "home": "/"}
    return show(request, "problem.html", told, status=problem.status)


def sign_in_page(
    request: Request, problem: Problem | None = None, *, typed: str = "", name: str = "", onward: str = "", status: int = 401
) -> Response:
    """The page to sign in; then the page `onward`, the one that was asked for if left out. `typed`: a form that waits for it."""
    kept = kept_of(request)
    if kept and not typed:
        several = {name: list(told) for name, told in kept.typed.items()}
        typed = json.dumps({"form": kept.form, "who": kept.who, "typed": several})
    told = {
        "next": onward or here(request),
        "typed": typed,
        "name": name,
        "layout": LAYOUTS[request.app.state.door.name],
        "refused": told_problem(problem, language_of(request)) if problem else None,
    }
    return show(request, "sign_in.html", told, status=problem.status if problem else status)


def handle_page_problems(app: FastAPI) -> None:
    """Answer a browser's request that was refused with a page. Everything else goes on to the handlers that were there."""
    for kind in (Refusal, RequestValidationError, HTTPException):
        app.add_exception_handler(kind, _paged(app.exception_handlers[kind]))


def _paged(otherwise: Any) -> Handler:
    def handle(request: Request, error: Exception) -> Response | Awaitable[Response]:
        if not wants_page(request):
            answer: Response | Awaitable[Response] = otherwise(request, error)
            return answer
        refusal = _for_people(error if isinstance(error, Refusal) else refusal_for(error))
        if refusal.code in NOT_SIGNED_IN and request.method == "GET":
            return sign_in_page(request)
        return problem_page(request, problem_of(refusal, words_of(request)))

    return handle


def _for_people(refusal: Refusal) -> Refusal:
    """What a program is told of an address means nothing to a person."""
    if isinstance(refusal, NoSuchPath):
        return NoSuchPage()
    return OnlyForms() if isinstance(refusal, NoSuchMethod) else refusal


__all__ = ["handle_page_problems", "problem_page", "sign_in_page", "wants_page"]
