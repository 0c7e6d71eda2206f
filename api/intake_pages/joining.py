"""Several people, one matter, in a browser: a code is shown to her once; whoever has one reads what is there, and joins.

    GET  /c            asks for a code          POST /c        what it leads to, then joining; nothing is kept before that
    GET  /here/code    what a code means        POST /here/code   a code, once
    GET  /left         what a page can say to somebody who left

The code travels in a hidden field of the page that it opened, and in nothing else. Addresses and titles tell nothing.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from fastapi import APIRouter, Response
from pydantic import TypeAdapter
from starlette.requests import Request

from actions import joining
from actions.front import Answers
from actions.front import front as look_at_front
from actions.joining import CodeUnknown, Welcomed
from actions.kinds.company import INVITE
from actions.looking import NotFound
from actions.office import Office
from actions.plain import look
from actions.replays import Repeatable
from api import intake_joining_shapes as shapes
from api import intake_telling as telling
from api.bodies import parse
from api.contract import public
from api.intake_asking import KnownDep, OfficeDep, holds
from api.intake_joining_telling import before_a_code, brought, told_waiting, told_welcome
from api.intake_pages.back_visit import HERE, end, visited
from api.intake_pages.frame import TypedDep, last, page, speak
from api.intake_pages.sheet import fits, two_of
from api.intake_pages.writing import key_of, told_in
from api.intake_refusals import saved
from api.pages.bridge import SentDep, again, ask, problem_in
from api.pages.forms import make_form
from api.pages.showing import parts_of
from api.pages.typed import Typed
from api.problems import problem_of
from api.words import Words, words_of
from policies.refusal import Refusal
from web.messages import LANGUAGES

router = APIRouter(include_in_schema=False)
JOIN: Final = "/c"
LEFT: Final = "/left"
CODE: Final = f"{HERE}/code"
FIELDS: Final = ("must_not_see.ids", "must_not_see.words", "statement", "identity", "afraid", "agrees")
"""Every field somebody may fill in who joins."""
_JOIN: Final = TypeAdapter(shapes.Join)


@router.get(JOIN, **public(503))
def ask_code(request: Request) -> Response:
    """The page that asks for a code."""
    return page(request, "intake/join.html", {"problem": None, "typed": {}})


@router.post(JOIN, **public(400, 403, 404, 408, 409, 413, 415, 422, 503))
def take_code(request: Request, office: OfficeDep, typed: TypedDep) -> Response:
    """What the code leads to, in whatever language; or joining. What is refused comes back on its page, with what was typed."""
    go = last(typed, "go")
    if go in LANGUAGES:
        speak(request, go)
    if go == "join":
        return _join(request, office, typed)
    return _looking(request, office, typed, None)


def _looking(request: Request, office: Office, typed: Typed, refused: Refusal | None) -> Response:
    words = words_of(request)
    code = last(typed, "code")
    try:
        found = joining.look_in(office, code)
    except CodeUnknown as refusal:
        problem = _problem(refusal, words)
        return page(request, "intake/join.html", {"problem": problem, "typed": typed}, status=CodeUnknown.status)
    front = telling.front(look_at_front(office, "complaint", Answers()), words, (), "")
    data = {
        "waiting": told_waiting(found, words),
        "language": found.language,
        "people": (*front.readers, *front.others, *front.officials),
        "code": code,
        "key": key_of(typed).hex(),
        "typed": typed,
        "problem": None if refused is None else _problem(refused, words),
    }
    return page(request, "intake/join_look.html", data, status=200 if refused is None else refused.status)


def _join(request: Request, office: Office, typed: Typed) -> Response:
    key = key_of(typed)

    def answer(welcomed: Welcomed) -> dict[str, Any]:
        return told_welcome(welcomed, Words(told.language)).model_dump(mode="json")

    try:
        told = _told(typed)
        with saved(office):
            request_of = Repeatable(key, JOIN.encode())
            answered = joining.join(office, told.code, brought(told), request=request_of, answer=answer)
    except Refusal as refusal:
        return _looking(request, office, typed, refusal)
    return _sheet(request, shapes.Welcomed.model_validate(answered))


def _told(typed: Typed) -> shapes.Join:
    """What was typed, as the JSON door would get it. Raises Invalid, which does not hold it."""
    value = {
        "code": last(typed, "code"),
        "language": last(typed, "lang"),
        "agrees": bool(last(typed, "agrees")),
        "statement": told_in(typed, "statement"),
        "identity": told_in(typed, "identity"),
        "must_not_see": {"ids": list(typed.get("must_not_see.ids", ())), "words": told_in(typed, "must_not_see.words")},
        "afraid": told_in(typed, "afraid"),
    }
    made: shapes.Join = parse(_JOIN, json.dumps(value).encode())
    return made


def _sheet(request: Request, welcomed: shapes.Welcomed) -> Response:
    """The words, once, on the sheet that everybody gets who comes."""
    data = {
        "filed": welcomed,
        "read_by": None,
        "rest": welcomed.notice[1:],
        "tried": [{"number": place + 1, "pattern": fits(welcomed.receipt[place])} for place in two_of(welcomed.receipt)],
        "changed": "",
        "address": request.url.netloc,
    }
    return page(request, "intake/sheet.html", data, status=201)


def _problem(refusal: Refusal, words: Words) -> Mapping[str, Any]:
    told = problem_of(refusal, words)
    errors = []
    for flaw in told.errors or ():
        name = ".".join(part for part in parts_of(flaw.path) if not part.isdigit())
        if name in FIELDS:
            where = words.label(f"come.field.{name.rpartition('.')[2]}", name)
            errors.append({"what": flaw.what, "where": where, "target": f"f-{name.replace('.', '-')}"})
    return {"title": told.title, "detail": told.detail, "unmet": told.unmet or (), "errors": errors}


@router.get(CODE, **holds(503))
def show_code_first(request: Request, office: OfficeDep, known: KnownDep) -> Response:
    """What a code means, said whole before she makes one. Raises NotFound."""
    told, words = look(office, known.visitor), words_of(request)
    if INVITE not in told.moves:
        raise NotFound()
    form = make_form(request, "POST", "/v1/complaint/codes", to=CODE)
    said = before_a_code(words, concerned=told.together.part == "for_another")
    return visited(request, "intake/join_code.html", {"form": form, "said": said, "made": None, "address": ""})


@router.post(CODE, **public(400, 401, 403, 404, 408, 409, 413, 415, 422, 503))
async def make_code(request: Request, sent: SentDep) -> Response:
    """A code, once. Async, because it waits for this same application to answer."""
    answered = await ask(request, "/v1/complaint/codes", sent)
    if not answered.well:
        return await again(request, sent, problem_in(answered))
    made = shapes.Code.model_validate_json(answered.body)
    data = {"form": None, "said": made.notice, "made": made.code, "address": f"{request.url.netloc}{JOIN}"}
    return visited(request, "intake/join_code.html", data, status=201)


@router.get(LEFT, **public())
def show_left(request: Request) -> Response:
    """Somebody has left the others. The visit is over, too."""
    response = page(request, "intake/join_left.html")
    end(response)
    return response
