"""Files that leave the desk: as attachments, never shown in the browser, and broken off where they are damaged."""

from typing import Final
from urllib.parse import quote

from fastapi.responses import StreamingResponse
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from actions.desk_files import Download
from actions.receiving import plain_name

_CSP: Final = "content-security-policy"


def attachment(download: Download) -> StreamingResponse:
    """The answer that a file is. Its length is not told: until its last byte is checked, it may still turn out damaged."""
    name = quote(plain_name(download.name), safe="")
    headers = {"Content-Disposition": f"attachment; filename=\"file\"; filename*=UTF-8''{name}"}
    return StreamingResponse(download.content, media_type="application/octet-stream", headers=headers)


class Sandboxed:
    """Adds `sandbox` to the content security policy of every attachment: even opened in place, it runs nothing (S09)."""

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

