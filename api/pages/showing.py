"""Showing a page: a template with plain data, in the reader's language, with what a form on it had met before."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from fastapi.responses import HTMLResponse
from starlette.requests import Request

from actions.sessions import SignedIn
from api.pages.done import DONE, done_on
from api.pages.kept import Kept, kept_of, mark
from api.pages.sections import sections_of
from api.problems import Problem
from api.words import language_of, messages
from web.messages import LANGUAGES
from web.rendering import render

_ONLY_FORMS: Final = (("/act/", "/"), ("/setup/key", "/setup"))
"""Where a browser can go that stands at an address which only takes forms."""


def show(request: Request, template: str, data: Mapping[str, Any] | None = None, *, status: int = 200) -> HTMLResponse:
    """The page. Where a form on it was refused, with its problem on top and that problem's status."""
    language = language_of(request)
    kept = kept_of(request)
    problem = kept.problem if kept else None
    told = _frame(request, language, kept) | dict(data or {})
    mark(request)
    office = request.app.state.door.office.shelf.pack.calendars.spec()
    shown = render(template, messages(language), told, ZoneInfo(office.zone), office.code)
    return HTMLResponse(shown, problem.status if problem else status, {"Content-Language": language})


def href(request: Request, path: str, /, **query: str | None) -> str:
    """A local address, in the language that was asked for by address, if any was."""
    asked = request.query_params.get("lang")
    own = {"lang": asked if asked in LANGUAGES else None} | query
    told = urlencode({name: value for name, value in own.items() if value})
    return f"{path}?{told}" if told else path


def here(request: Request, **query: str | None) -> str:
    """The address of this page with some of its questions changed; None takes one away."""
    before = {name: request.query_params.getlist(name) for name in request.query_params if name != DONE}
    after = {name: several for name, several in before.items() if name not in query and any(several)}
    told = urlencode(after | {name: value for name, value in query.items() if value}, doseq=True)
    path = next((shown for only, shown in _ONLY_FORMS if request.url.path.startswith(only)), request.url.path)
    return f"{path}?{told}" if told else path


def _frame(request: Request, language: str, kept: Kept | None) -> dict[str, Any]:
    who: SignedIn | None = getattr(request.state, "who", None)
    door = request.app.state.door
    speech, elsewhere = messages(language), door.office.shelf.pack.house.elsewhere
    done = f"done.{done_on(request)}"

    def link(path: str, /, **query: str | None) -> str:
        return href(request, path, **query)

    def again(**query: str | None) -> str:
        return here(request, **query)

    return {
        "door": door.name,
        "demo": door.office.environment == "demo",
        "elsewhere": elsewhere.address if elsewhere else "",
        "who": who,
        "sections": sections_of(door.office, door.name, who),
        "path": request.url.path,
        "href": link,
        "here": again,
        "problem": _told(kept, kept.problem, language) if kept and kept.problem else None,
        "signed_in_again": kept is not None and kept.problem is None,
        "done": speech.say_key(done) if done in speech else "",
    }


def _told(kept: Kept, problem: Problem, language: str) -> dict[str, Any]:
    """The problem as the page tells it: each flaw with the name of its field and where that stands on the page."""
    return told_problem(problem, language, kept.form, str((kept.typed.get("trigger") or [""])[0]))


def told_problem(problem: Problem, language: str, form: str = "", trigger: str = "") -> dict[str, Any]:
    """A problem for a template; `form` is the id of the form whose fields its flaws are in."""
    flaws = []
    for flaw in problem.errors or ():
        parts = parts_of(flaw.path, trigger)
        target = f"{form}-{'-'.join(parts)}" if form and parts else ""
        flaws.append({"what": flaw.what, "where": called(parts, language), "target": target})
    return {
        "title": problem.title,
        "detail": problem.detail,
        "code": problem.code,
        "status": problem.status,
        "unmet": [{"what": one.what} for one in problem.unmet or ()],
        "errors": flaws,
    }


def parts_of(path: str, trigger: str = "") -> list[str]:
    """The parts of a field's name in what a body's reader calls its place: without names of shapes and of the move."""
    parts = path.split(".")
    if parts and parts[0] == trigger:
        parts = parts[1:]
    named = [part for part in parts if part.isdigit() or (part.isidentifier() and part.lower() == part)]
    while named and named[-1].isdigit():  # a place in a list of lines: the field is the list
        named.pop()
    return named


def called(parts: Sequence[str], language: str) -> str:
    """What people call a field, by the parts of its name; empty for none."""
    speech = messages(language)
    name = next((part for part in reversed(parts) if not part.isdigit()), "")
    return speech.say_key(f"field.{name}") if f"field.{name}" in speech else name.replace("_", " ")
