"""Somebody is on the phone or wrote a letter: ask, type, read back word by word, correct, agree, dictate the words once.

Three pages at one address. What is typed travels in hidden fields and is kept nowhere before she agrees. Each step asks the JSON
door, as a program would. And the answer to e-mail, which is never taken in.
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from fastapi import APIRouter, Response
from starlette.requests import Request

from actions.front import Answers
from actions.front import front as look_at_front
from actions.intake import Track
from actions.replays import KEY_BYTES
from api import intake_telling
from api.contract import needs, public
from api.desk_asking import CallerDep, OfficeDep
from api.intake_shapes import Office
from api.kinds_routes import WordsDep
from api.pages.bridge import Sent, SentDep, again, as_page, problem_in, speak
from api.pages.calling import Answered, call
from api.pages.kept import kept_of
from api.pages.showing import show, told_problem
from api.pages.typed import Typed
from api.words import language_of, messages
from web.messages import LANGUAGES
from web.places import places

router = APIRouter(include_in_schema=False)
PHONED: Final = "/phoned"
JSON_DOOR: Final = "/v1/phoned"
STATE: Final = "phoned"
TYPIST: Final = "typist_must_not_see"
PLAIN: Final = ("track", "language", "statement", "identity")
ABOUT_HER: Final = ("about", "afraid", "personnel_class", "station", "decision_on")
TICKED: Final = ("urgent", "not_official_understood")
CARRIED: Final = (*PLAIN, *(f"answers.{name}" for name in ABOUT_HER), *TICKED, "must_not_see.ids", "must_not_see.words", "key")
"""What travels from step to step in hidden fields: everything that was typed."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The step to show. `told`: what the JSON door answered; empty at the first step."""

    step: str
    typed: Typed = field(repr=False)
    told: Mapping[str, Any] = field(default_factory=dict, repr=False)


@router.get(PHONED, **needs("case.type"))
def show_phoned(request: Request, office: OfficeDep, _: CallerDep, words: WordsDep) -> Response:
    """The step that is under way: what to ask, what to read back, or the words to dictate. Nothing of it is kept."""
    found, kept = getattr(request.state, STATE, None), kept_of(request)
    typed: Typed = kept.typed if kept else {}
    shown = found if isinstance(found, Shown) else Shown("ask", typed)
    if shown.step == "words":
        return show(request, "desk/phoned_words.html", {"filed": shown.told, "language": _one(shown.typed, "language")})
    offered: list[Track] = [track for track in ("consultation", "complaint") if track in office.shelf.pack.kinds]
    track = next((one for one in offered if one == _one(shown.typed, "track")), offered[0])
    front = look_at_front(office, track, Answers())
    told = intake_telling.front(front, words, LANGUAGES, "")
    data: dict[str, Any] = {
        "typed": shown.typed,
        "track": track,
        "tracks": offered,
        "front": told,
        "stations": places(front.numbers, messages(words.language)),
        "speaks": office.shelf.pack.house.languages,
        "key": secrets.token_hex(KEY_BYTES),
        "locked_out": _locked_out(told, shown.typed),
        "problem": told_problem(kept.problem, words.language, "f") if kept and kept.problem else None,
        "carried": CARRIED,
        "told": shown.told,
    }
    return show(request, "desk/phoned_back.html" if shown.step == "back" else "desk/phoned.html", data)


@router.post(PHONED, **public(400, 401, 403, 404, 408, 409, 413, 415, 422, 503))
async def take_step(request: Request, sent: SentDep) -> Response:
    """Read it back, correct it, or file it. Async, because it waits for this same application to answer."""
    speak(request, sent)
    go = _one(sent.typed, "go")
    if go == "correct":
        return await _page(request, Shown("ask", sent.typed))  # a corrected text is another: it gets a key of its own
    checked = await _json(request, sent, f"{JSON_DOOR}/check", _body(sent.typed))
    if not checked.well:
        return await _refused(request, sent, checked)
    read_back = Shown("back", sent.typed, json.loads(checked.body))
    if go != "file":
        return await _page(request, read_back)
    agreed = {"agreed_on": _one(sent.typed, "agreed_on")} if _one(sent.typed, "agreed") else {}
    filed = await _json(request, sent, JSON_DOOR, _body(sent.typed) | agreed)
    if not filed.well:
        return await _page(request, read_back, filed)
    return await _page(request, Shown("words", sent.typed, json.loads(filed.body)))


@router.get(f"{PHONED}/mail", **needs("case.type"))
def show_mail(request: Request, _: CallerDep) -> Response:
    """What to answer whoever writes an e-mail, in every language: how to come. The mail itself is kept nowhere."""
    return show(
        request, "desk/phoned_mail.html", {"answers": {one: messages(one).say_key("phoned.mail.text") for one in LANGUAGES}}
    )


async def _page(request: Request, shown: Shown, refused: Answered | None = None) -> Response:
    """A step, in the session that asked for it; with what stood in the way of filing."""
    told = dict(shown.told)
    if refused is not None:
        told["refused"] = told_problem(problem_in(refused), language_of(request), "f")
    state = {STATE: Shown(shown.step, shown.typed, told), "language_asked": getattr(request.state, "language_asked", "")}
    page = await call(request, "GET", PHONED, state=state)
    page.status = refused.status if refused is not None and page.status == 200 else page.status
    return as_page(request, page)


async def _refused(request: Request, sent: Sent, answered: Answered) -> Response:
    """What is wrong, with everything typed in its fields; but nothing of it for who must not see it, though they typed it."""
    problem = problem_in(answered)
    if problem.code == TYPIST:
        sent = Sent(sent.about, {})
    return await again(request, sent, problem)


async def _json(request: Request, sent: Sent, path: str, body: Mapping[str, Any]) -> Answered:
    about = {"x-csrf-token": sent.about.get("_csrf", ""), "idempotency-key": _one(sent.typed, "key")}
    headers = {"content-type": "application/json"} | {name: value for name, value in about.items() if value}
    return await call(request, "POST", path, body=json.dumps(body).encode(), headers=headers)


def _body(typed: Typed) -> dict[str, Any]:
    """What was typed, as a program would send it; what is blank is left out."""
    named = {"ids": list(typed.get("must_not_see.ids", ())), "words": _told(typed, "must_not_see.words")}
    answers = {name: _told(typed, f"answers.{name}") for name in ABOUT_HER}
    body: dict[str, Any] = {name: _told(typed, name) for name in PLAIN}
    body |= {name: bool(_one(typed, name)) for name in TICKED}
    body |= {"must_not_see": _known(named), "answers": _known(answers), "statement": _one(typed, "statement")}
    return _known(body)


def _locked_out(front: Office, typed: Typed) -> list[str]:
    """The names that were ticked."""
    ticked = set(typed.get("must_not_see.ids", ()))
    return [one.name for one in (*front.readers, *front.others, *front.officials) if str(one.id) in ticked]


def _known(told: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if value is not None}


def _told(typed: Typed, name: str) -> str | None:
    return _one(typed, name) if _one(typed, name).strip() else None


def _one(typed: Typed, name: str) -> str:
    return (typed.get(name) or [""])[-1]
