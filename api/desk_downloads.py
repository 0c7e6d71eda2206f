"""Files that leave the desk: as attachments, never shown in the browser, and broken off where they are damaged.

What is shown in place of one is a picture that we made ourselves from its pixels.
"""

from typing import Final
from urllib.parse import quote

from fastapi.responses import Response, StreamingResponse
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from actions.cleaning.running import Copy
from actions.desk_files import Download
from actions.receiving import plain_name

_CSP: Final = "content-security-policy"


def attachment(download: Download) -> StreamingResponse:
    """The answer that a file is. Its length is not told: until its last byte is checked, it may still turn out damaged."""
    name = quote(plain_name(download.name), safe="")
    headers = {"Content-Disposition": f"attachment; filename=\"file\"; filename*=UTF-8''{name}"}
    return StreamingResponse(download.content, media_type="application/octet-stream", headers=headers)


class CopyOfAFile(Response):
    """A cleaned copy: an attachment of no type, as the original is one."""

    media_type = "application/octet-stream"


class PictureOfAFile(Response):
    """A picture made anew, the one thing of a file that is shown in its place; it runs nothing either (S09)."""

    media_type = "image/png"


def copied(copy: Copy) -> CopyOfAFile:
    """A cleaned copy under a name that says nothing: hers may tell who she is."""
    return CopyOfAFile(copy.content, headers={"Content-Disposition": f'attachment; filename="cleaned.{copy.sort}"'})


def pictured(copy: Copy) -> PictureOfAFile:
    """A picture to look at."""
    return PictureOfAFile(copy.content, headers={"Content-Disposition": 'inline; filename="picture.png"'})


class Sandboxed:
    """Adds `sandbox` to the content security policy of every file: even opened in place, it runs nothing (S09)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""

        async def sandboxed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if "content-disposition" in headers:
                    headers[_CSP] = f"sandbox; {headers.get(_CSP, '')}".rstrip("; ")
            await send(message)

        await self._app(scope, receive, sandboxed)
