"""Errors as problems (RFC 9457): a stable code for programs, a sentence for people, and never a word of the input.

type     urn:amparo:problem:<code>
title    what kind of trouble, by status
detail   what, why and what to do, in the person's language
params   ids, dates, counts and names of rules
unmet    for move_refused: the claims that do not hold yet
errors   for invalid: which part of the request, and what about it
"""

from collections.abc import Sequence
from datetime import date
from http import HTTPStatus
from typing import Any, ClassVar, Final

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import iter_route_contexts
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.routing import compile_path

from actions.kernel.actor import NotAllowed
from api.words import Words, words_of
from policies.refusal import Refusal

__all__ = ["MEDIA_TYPE", "NotAllowed", "Problem", "handle_problems", "problem_of"]

MEDIA_TYPE: Final = "application/problem+json"

FREE: Final = "values"
"""The part of a draft's body whose fields are named by whoever sends it."""
_SAID_AS: Final = {
    "missing": "missing",
    "extra_forbidden": "unknown_field",
    "string_too_long": "too_long",
    "too_long": "too_long",
    "string_too_short": "too_short",
    "string_type": "not_text",
    "literal_error": "not_one_of",
    "enum": "not_one_of",
    "uuid_parsing": "not_an_id",
    "uuid_type": "not_an_id",
    "day_not_in_calendars": "too_far_a_day",
    "value_error": "does_not_fit",
}
"""Our code for what pydantic found. Its other dates and numbers are told by how the name begins; the rest is `wrong`."""
_BEGINNINGS: Final = (
    ("date_", "not_a_date"),
    ("int_", "not_a_number"),
    ("bool_", "not_yes_or_no"),
    ("greater_", "too_small"),
    ("less_", "too_large"),
)


class Flaw(BaseModel):
    """One part of a request that cannot be taken."""

    path: str = Field(description="Where: names of fields of ours and places in lists; never what was sent.")
    code: str
    what: str


class Unmet(BaseModel):
    """A claim that does not hold yet."""

    claim: str
    what: str


class Problem(BaseModel):
    """What went wrong, why, and what to do."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    params: dict[str, str | int] = Field(default_factory=dict)
    unmet: list[Unmet] | None = None
    errors: list[Flaw] | None = None


class Invalid(Refusal):
    """The request has parts that cannot be taken. `flaws` are pydantic's findings without the input."""

    code: ClassVar[str] = "invalid"
    status: ClassVar[int] = 422

    def __init__(self, flaws: Sequence[Any]) -> None:
        super().__init__(count=len(flaws))
        self.flaws = flaws


class NoSuchPath(Refusal):
    """Nothing of ours has this address."""

    code: ClassVar[str] = "no_such_path"
    status: ClassVar[int] = 404


class NoSuchMethod(Refusal):
    """The address is known, but cannot be used this way."""

    code: ClassVar[str] = "no_such_method"
    status: ClassVar[int] = 405


class BadRequest(Refusal):
    """The request itself is broken."""

    code: ClassVar[str] = "bad_request"
    status: ClassVar[int] = 400


def problem_of(refusal: Refusal, words: Words) -> Problem:
    """The problem that a refusal is answered with."""
    return Problem(
        type=f"urn:amparo:problem:{refusal.code}",
        title=words.phrase(f"problem.title.{refusal.status}", "problem.title.other"),
        status=refusal.status,
        code=refusal.code,
        detail=words.refuse(refusal),
        params={name: fact.isoformat() if isinstance(fact, date) else fact for name, fact in refusal.params.items()},
        unmet=[_unmet(claim, words) for claim in refusal.unmet] or None,
        errors=[_flaw(flaw, words) for flaw in refusal.flaws] if isinstance(refusal, Invalid) else None,
    )


def answer(refusal: Refusal, words: Words, headers: dict[str, str] | None = None) -> JSONResponse:
    """The answer to a request that was refused."""
    found = problem_of(refusal, words)
    said = {"Content-Language": words.language, **(headers or {})}
    if refusal.status == 401:
        said["WWW-Authenticate"] = "Bearer"
    return JSONResponse(found.model_dump(exclude_none=True), refusal.status, said, MEDIA_TYPE)


def handle_problems(app: FastAPI) -> None:
    """Answer every refusal, broken request and unknown address of `app` with a problem."""
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _not_served)


def _refused(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, Refusal):
        raise error
    return answer(error, words_of(request))


def _invalid(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, RequestValidationError):
        raise error
    return answer(refusal_for(error), words_of(request))


def refusal_for(error: Exception) -> Refusal:
    """What the framework itself refuses, as a refusal of ours."""
    if isinstance(error, RequestValidationError):
        return Invalid(error.errors())
    status = error.status_code if isinstance(error, HTTPException) else HTTPStatus.BAD_REQUEST
    return {404: NoSuchPath(), 405: NoSuchMethod()}.get(status, BadRequest())


def _not_served(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, HTTPException):
        raise error
    refusal = refusal_for(error)
    headers = dict(error.headers or {})
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = ", ".join(sorted(_methods(request)))
    return answer(refusal, words_of(request), headers)


def _methods(request: Request) -> set[str]:
    """All that can be asked at this address: the framework names only those of the first route it finds there."""
    path = request.url.path
    routes = [route for route in iter_route_contexts(request.app.routes) if route.methods and route.path]
    return {method for route in routes if compile_path(str(route.path))[0].match(path) for method in route.methods or ()}


def _unmet(claim: str, words: Words) -> Unmet:
    return Unmet(claim=claim, what=words.label(f"claim.{claim}", claim))


def _flaw(found: Any, words: Words) -> Flaw:
    kind = str(found["type"])
    code = _SAID_AS.get(kind) or next((ours for begin, ours in _BEGINNINGS if kind.startswith(begin)), "wrong")
    place = [str(part) for part in found["loc"]]
    if code == "unknown_field":
        place.pop()  # its name is the sender's, not ours
    if FREE in place:
        place = place[: place.index(FREE) + 1]  # so are the names in there
    return Flaw(path=".".join(place), code=code, what=words.phrase(f"invalid.{code}", "invalid.wrong"))
