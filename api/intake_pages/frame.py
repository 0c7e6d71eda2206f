"""What every page of the intake has: how to leave it quickly, links that keep the language, and forms read in memory.

No page sets a cookie. No form has a token: there is no session that another site could use. A form that the browser says came
from another site is refused all the same.
"""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Final
from urllib.parse import urlencode

from fastapi import Depends
from fastapi.responses import HTMLResponse
from starlette.requests import Request

from api.bodies import TooSlow
from api.intake_bodies import SLOWEST, Busy, Turnstile
from api.pages.showing import show
from api.pages.typed import Typed, read_form
from api.words import language_of
from policies.refusal import Refusal
from web.messages import LANGUAGES

MOST_BYTES: Final = 8 * 1024 * 1024
"""A statement of a megabyte whose every sign is written as three, and as much again of all the rest."""


class LoadAgain(Refusal):
    """A form that did not come whole, or came when as many are sending as we can serve: the browser still has all of it."""

    code: ClassVar[str] = "load_again"
    status: ClassVar[int] = 503


def page(request: Request, template: str, data: Mapping[str, Any] | None = None, *, status: int = 200) -> HTMLResponse:
    """A page of the intake. Its links carry the language."""
    language, house = language_of(request), request.app.state.door.office.shelf.pack.house

    def href(path: str, /, **query: str | None) -> str:
        told = {"lang": language} | {name: value for name, value in query.items() if value}
        return f"{path}?{urlencode(told)}"

    return show(request, template, {"href": href, "house": house.name.get(language, "")} | dict(data or {}), status=status)


async def typed_form(request: Request) -> Typed:
    """Everything typed into a form of ours; from here on the answer speaks the language of its page (`lang`).

    Raises CrossSite, LoadAgain, NotAForm and BodyTooLarge.
    """
    turnstile: Turnstile = request.app.state.bodies
    try:
        async with turnstile.passed():
            typed = await read_form(request, most=MOST_BYTES, slowest=SLOWEST)
    except (Busy, TooSlow):
        raise LoadAgain(seconds=60) from None
    speak(request, last(typed, "lang"))
    return typed


TypedDep = Annotated[Typed, Depends(typed_form)]


def speak(request: Request, language: str) -> None:
    """Answer in this language, if it is one of ours."""
    if language in LANGUAGES:
        request.state.language_asked = language


def last(typed: Typed, name: str) -> str:
    """What was typed into a field; of several with this name the last; empty: nothing."""
    return (typed.get(name) or [""])[-1]
