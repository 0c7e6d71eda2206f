"""From a form to the JSON door: what a browser can send becomes the request that a program would send, inside the process.

A form posts to `/act` and the address of the JSON door. So who may do what, seats, versions, repeats and the check against other
sites stand once, in the JSON routes. Done: the page that comes next. Refused: the page the form stood on, with the problem on
top and everything typed still in its fields.

    _method, _version, _key, _csrf      how the request is made: method, If-Match, Idempotency-Key, X-CSRF-Token
    _page, _form, _next, _done, _lang   where the form stood, which it was, what is shown when it is done, in which language
    _seen                               how much that page showed, for telling what changed since
    _draft, _drops                      the button that only keeps it (the JSON address of its draft); the draft it drops
    payload.text, items.0.title         the body, by the JSON schema of the request
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.asking import COOKIES, CSRF_HEADER
from api.contract import public
from api.pages.calling import Answered, call
from api.pages.forms import contract_of, local, queries
from api.pages.kept import STATE, Kept
from api.pages.problems import problem_page
from api.pages.typed import Typed, read_form, without_secrets
from api.problems import NoSuchPath, Problem
from api.words import language_of
from web.forms.reading import value_of
from web.messages import LANGUAGES

router = APIRouter(include_in_schema=False)
_METHODS: Final = ("POST", "PUT", "DELETE")
_JSON: Final = "application/json"
_DRAFT: Final = re.compile(r"/v1/[a-z_]+s/[0-9a-f-]{36}/drafts/[a-z][a-z0-9_.-]{0,59}")
_WORDS_UNKNOWN: Final = "words_unknown"
"""What the intake says instead of 401."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A form as it came: what it says about itself, and what was typed."""

    about: Mapping[str, str] = field(repr=False)
    typed: Typed = field(repr=False)


async def sent_form(request: Request) -> Sent:
    """The form of the request. Raises as `read_form`."""
    pairs = await read_form(request)
    about = {name: several[-1] for name, several in pairs.items() if name.startswith("_")}
    return Sent(about, {name: several for name, several in pairs.items() if not name.startswith("_")})


SentDep = Annotated[Sent, Depends(sent_form)]


@router.post("/act/{path:path}", **public(400, 401, 403, 404, 408, 409, 412, 413, 415, 422, 503))
async def act(request: Request, path: str, sent: SentDep) -> Response:
    """Do what a form asks. Async, because it waits for this same application to answer; it does no work of its own."""
    if sent.about.get("_lang") in LANGUAGES:
        request.state.language_asked = sent.about["_lang"]
    if "_draft" in sent.about:
        return await _keep_draft(request, sent)
    answered = await ask(request, f"/{path}", sent)
    if answered.well:
        await _drop_draft(request, sent)
        return RedirectResponse(_after(sent, answered), 303)
    return await again(request, sent, problem_in(answered))


async def again(request: Request, sent: Sent, problem: Problem | None) -> Response:
    """The page that a form stood on, with what was typed; where that page is gone, the problem with the text to copy."""
    about = sent.about
    kept = Kept(
        about.get("_form", ""), without_secrets(sent.typed), problem, seen=about.get("_seen", ""), who=about.get("_who", "")
    )
    page = local(sent.about.get("_page", "/"))
    shown = await call(request, "GET", page, state={STATE: kept, "language_asked": _asked(request)})
    if problem is not None and (problem.status == 401 or problem.code == _WORDS_UNKNOWN):  # a page asks who is there, and waits
        waits = shown.page and shown.status == problem.status
        return as_page(request, shown) if waits else problem_page(request, problem, kept.typed)
    if not shown.page:  # a file, or an answer to programs: shown as a page it would speak as one of ours (S09)
        return problem_page(request, problem or problem_in(shown), kept.typed)
    if shown.status >= 400 and (problem is None or shown.status != problem.status or not shown.page):
        return problem_page(request, problem or problem_in(shown), kept.typed)
    if problem is not None and kept.form and f'id="{kept.form}"'.encode() not in shown.body:
        return problem_page(request, problem, kept.typed)  # somebody moved the matter on: its page has that form no more
    return as_page(request, shown)


async def _keep_draft(request: Request, sent: Sent) -> Response:
    """Keep what was typed and do nothing else; the page comes again with it."""
    draft = sent.about["_draft"]
    if not _is_draft(draft):
        raise NoSuchPath()
    values = {name: several[0] for name, several in without_secrets(sent.typed).items() if several and name != "trigger"}
    kept = await call(request, "PUT", draft, body=json.dumps({"values": values}).encode(), headers=_headers(sent))
    if not kept.well:
        return await again(request, sent, problem_in(kept))
    page = f"{sent.about.get('_page', '/')}#{sent.about.get('_form', '')}"
    return RedirectResponse(_after(Sent({"_next": page, "_done": "draft_kept"}, {}), kept), 303)


async def _drop_draft(request: Request, sent: Sent) -> None:
    """What was done needs no draft. None, or no seat any more, is as well."""
    draft = sent.about.get("_drops", "")
    if _is_draft(draft):
        await call(request, "DELETE", draft, headers=_headers(sent))


def _is_draft(address: str) -> bool:
    """Whether an address is that of a draft of the JSON door, and of nothing else."""
    return _DRAFT.fullmatch(address) is not None


def problem_in(answered: Answered) -> Problem:
    """The problem that the JSON door told."""
    try:
        return Problem.model_validate_json(answered.body)
    except ValueError:
        return Problem(type="", title="", status=answered.status, code="other", detail="")


async def ask(request: Request, path: str, sent: Sent) -> Answered:
    """What the JSON door answers to a form. Raises NoSuchPath for what is no request of this door."""
    method = sent.about.get("_method", "POST")
    if not path.startswith("/v1/") or method not in _METHODS:
        raise NoSuchPath()
    contract = contract_of(request)
    try:
        schema = contract.body(method, path)
    except LookupError:
        raise NoSuchPath() from None
    body = b"" if schema is None else json.dumps(value_of(contract.schemas, schema, sent.typed)).encode()
    return await call(request, method, _in_language(request, path), body=body, headers=_headers(sent))


def _headers(sent: Sent) -> dict[str, str]:
    told = sent.about
    made = {"content-type": _JSON, CSRF_HEADER.lower(): told.get("_csrf", ""), "idempotency-key": told.get("_key", "")}
    version = told.get("_version", "")
    return {name: value for name, value in (made | {"if-match": f'"{version}"' if version else ""}).items() if value}


def _in_language(request: Request, path: str) -> str:
    asked = _asked(request)
    return f"{path}?{urlencode({'lang': asked})}" if asked else path


def _asked(request: Request) -> str:
    found: str = getattr(request.state, "language_asked", "")
    return found


def _after(sent: Sent, answered: Answered) -> str:
    """The page that comes next, with what was done in its address."""
    page = local(sent.about.get("_next", "/"))
    if "{id}" in page:
        page = page.replace("{id}", str(_id_in(answered)))
    done = sent.about.get("_done", "")
    if not done.isidentifier():
        return page
    page, _, fragment = page.partition("#")
    path, _, rest = page.partition("?")
    asked = queries(f"?{rest}") | {"done": done}
    return f"{path}?{urlencode(asked)}" + (f"#{fragment}" if fragment else "")


def _id_in(answered: Answered) -> Any:
    try:
        return json.loads(answered.body).get("id", "")
    except (ValueError, AttributeError):
        return ""


def as_page(request: Request, shown: Answered) -> Response:
    """A page that this application answered to itself, as the answer to a browser."""
    request.state.page = True
    response = Response(shown.body, shown.status, media_type="text/html")
    response.headers["Content-Language"] = shown.headers.get("content-language", language_of(request))
    for name, value in shown.raw:
        if name == "set-cookie":  # a page of the intake renews the visit it stands in
            response.headers.append(name, value)
    return response


def cookie_of(answered: Answered) -> list[str]:
    """The cookies that an answer sets, as it sets them."""
    return [value for name, value in answered.raw if name == "set-cookie" and value.partition("=")[0] in COOKIES]
