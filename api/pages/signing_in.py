"""Signing in and out by forms, the stylesheet, and everything else that every door with accounts shows alike."""

import json
from typing import Annotated, Final

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.asking import CSRF_HEADER
from api.contract import public
from api.pages.bridge import SentDep, cookie_of, problem_in, speak
from api.pages.calling import Answered, call
from api.pages.done import DONE, just_done
from api.pages.forms import local
from api.pages.kept import STATE, Kept, mark
from api.pages.problems import NoSuchPage, problem_page, sign_in_page
from api.problems import problem_of
from api.words import words_of
from web.rendering import stylesheet

router = APIRouter(include_in_schema=False)
sheets = APIRouter(include_in_schema=False)
_TYPED: Final = ("name", "passphrase", "totp")


@sheets.get("/style.css", **public())
def show_style(request: Request) -> Response:
    """The stylesheet, the same for everybody. As everything of ours it is kept in no cache: a browser shows nobody's visit."""
    return Response(stylesheet(request.app.state.door.name), media_type="text/css")


@sheets.get("/favicon.ico", **public())
def show_icon() -> Response:
    """No picture: browsers ask for one by themselves."""
    return Response(status_code=204)


@router.get("/sign-in", **public())
def show_sign_in(request: Request, next: Annotated[str, Query(max_length=2000)] = "/") -> Response:
    """The page to sign in; then the page `next` of this door."""
    return sign_in_page(request, onward=local(next), status=200)


@router.post("/sign-in", **public(400, 401, 403, 408, 413, 422, 503))
async def sign_in(request: Request, sent: SentDep) -> Response:
    """Sign in, then go where one wanted to; what was typed before the session ended is on that page again."""
    speak(request, sent)
    body = {name: (sent.typed.get(name) or [""])[0] for name in _TYPED}
    body["totp"] = body["totp"].replace(" ", "")
    answered = await call(
        request, "POST", "/v1/sessions", body=json.dumps(body).encode(), headers={"content-type": "application/json"}
    )
    page = local(sent.about.get("_next", "/"))
    if not answered.well:
        typed, name = sent.about.get("_typed", ""), body["name"]
        return sign_in_page(request, problem_in(answered), typed=typed, name=name, onward=page)
    kept = _kept(sent.about.get("_typed", ""))
    if kept and kept.who != json.loads(answered.body)["person"]["id"]:
        kept = None  # what somebody typed is not handed to the next person who signs in at their screen
    response = await _shown_again(request, answered, page, kept) if kept else RedirectResponse(page, 303)
    for cookie in cookie_of(answered):
        response.headers.append("set-cookie", cookie)
    return response


@router.post("/sign-out", **public(400, 401, 403, 408, 413, 422, 503))
async def sign_out(request: Request, sent: SentDep) -> Response:
    """Sign out, and let the browser forget what it has of us."""
    headers = {CSRF_HEADER.lower(): sent.about.get("_csrf", "")}
    answered = await call(request, "DELETE", "/v1/sessions/current", headers=headers)
    if not answered.well and answered.status != 401:
        return problem_page(request, problem_in(answered))
    response = RedirectResponse(f"/sign-in?{DONE}={just_done('signed_out', '/sign-in')}", 303)
    for name, value in answered.raw:
        if name in ("set-cookie", "clear-site-data"):
            response.headers.append(name, value)
    return response


async def _shown_again(request: Request, answered: Answered, page: str, kept: Kept) -> Response:
    """The page that was left when the session ended, in the new session, with what was typed."""
    token = cookie_of(answered)[0].partition(";")[0]
    shown = await call(request, "GET", page, headers={"cookie": token}, state={STATE: kept})
    if not shown.page or shown.status != 200:
        return problem_page(request, problem_of(NoSuchPage(), words_of(request)), kept.typed)
    mark(request)
    return Response(shown.body, 200, media_type="text/html")


def _kept(told: str) -> Kept | None:
    try:
        found = json.loads(told)
        typed = {str(name): [str(one) for one in several] for name, several in found["typed"].items()}
        return Kept(str(found["form"]), typed, who=str(found["who"]))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
