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
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.asking import COOKIES, CSRF_HEADER
from api.contract import public
from api.pages.calling import Answered, call
from api.pages.done import DONE, just_done
from api.pages.forms import contract_of, local
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
    speak(request, sent)
    if "_draft" in sent.about:
        return await _keep_draft(request, sent)
    answered = await ask(request, f"/{path}", sent)
    if answered.well:
        await _drop_draft(request, sent)
        return RedirectResponse(_after(sent, answered), 303)
    return await again(request, sent, problem_in(answered))


def speak(request: Request, sent: Sent) -> None:
    """Answer in the language that the form was shown in, where its page was asked for in one."""
    if sent.about.get("_lang") in LANGUAGES:
        request.state.language_asked = sent.about["_lang"]


async def again(request: Request, sent: Sent, problem: Problem) -> Response:
    """The page that a form stood on, with what was typed; where that page is gone, the problem with the text to copy."""
    form, seen, who = (sent.about.get(name, "") for name in ("_form", "_seen", "_who"))
    kept = Kept(form, without_secrets(sent.typed), problem, seen=seen, who=who)
    page = local(sent.about.get("_page", "/"))
    shown = await call(request, "GET", page, state={STATE: kept, "language_asked": _asked(request)})
    # what is no page would speak as one of ours (S09); a page with another status is not the one that was asked for
    its_own = shown.page and shown.status == problem.status
    asks_who = problem.status == 401 or problem.code == _WORDS_UNKNOWN  # then it holds the form's text until it is known
    stands_there = not form or f'id="{form}"'.encode() in shown.body  # or somebody moved the matter on
    if its_own and (asks_who or stands_there):
        return as_page(request, shown)
    return problem_page(request, problem, kept.typed)


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
    """The problem that the JSON door told; every refusal of it is one."""
    return Problem.model_validate_json(answered.body)


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
    asked = [(name, value) for name, value in parse_qsl(rest) if name != DONE]
    return f"{path}?{urlencode([*asked, (DONE, just_done(done, path))])}" + (f"#{fragment}" if fragment else "")


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
