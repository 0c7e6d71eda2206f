"""What surrounds every answer of every door: its headers, and the wall at which an error nobody foresaw loses its words."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Final

from anyio import to_thread
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from actions.office import Office
from actions.troubles import refusal_of
from api.pages.problems import problem_page, wants_page
from api.problems import answer, problem_of
from api.words import words_of
from policies.refusal import Refusal

HEADERS: Final[Mapping[str, str]] = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}
PAGE_POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
"""Of a page of ours: its stylesheet, its pictures and its forms are this door's own; no script, no frame, no other host."""


class Armour:
    """Puts HEADERS on every answer, and answers an unforeseen error with a reference.

    The error stops here: raised further, the server would print its text and the lines it came through.
    """

    def __init__(self, app: ASGIApp, office: Office, door: str) -> None:
        self._app = app
        self._office = office
        self._door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        began = False

        async def armoured(message: Message) -> None:
            nonlocal began
            if message["type"] == "http.response.start":
                began = True
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                if scope.get("state", {}).get("page"):
                    headers["Content-Security-Policy"] = PAGE_POLICY
            await send(message)

        try:
            await self._app(scope, receive, armoured)
        except Exception as error:  # noqa: BLE001 - nothing may pass this wall with its words
            refusal = await to_thread.run_sync(refusal_of, self._office, self._door, error)
            if not began:
                request = Request(scope)
                await _told(request, refusal)(scope, receive, armoured)


def _told(request: Request, refusal: Refusal) -> Response:
    """The refusal as a page, where a person looks and a page can be made; else as a problem."""
    words = words_of(request)
    if wants_page(request):
        with suppress(Exception):  # the page itself may be what failed; then the plain answer still goes out
            return problem_page(request, problem_of(refusal, words))
    return answer(refusal, words)
