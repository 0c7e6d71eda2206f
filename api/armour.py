"""What surrounds every answer of every door: its headers, and the wall at which an error nobody foresaw loses its words."""

from collections.abc import Mapping
from typing import Final

from anyio import to_thread
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from actions.office import Office
from actions.troubles import refusal_of
from api.problems import answer
from api.words import words_of

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
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        try:
            await self._app(scope, receive, armoured)
        except Exception as error:  # noqa: BLE001 - nothing may pass this wall with its words
            refusal = await to_thread.run_sync(refusal_of, self._office, self._door, error)
            if not began:
                request = Request(scope)
                await answer(refusal, words_of(request))(scope, receive, armoured)
