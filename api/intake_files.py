"""Files at the intake door: read and written as bytes come; no place ever has a whole file."""

import asyncio
import re
from collections.abc import AsyncIterator
from typing import Annotated, ClassVar, Final
from urllib.parse import quote, unquote
from uuid import UUID

import anyio
from anyio import to_thread
from fastapi import APIRouter, Path
from fastapi.responses import StreamingResponse
from starlette.requests import ClientDisconnect, Request

from actions.kernel.callers import Visitor
from actions.looking import NotFound
from actions.office import Office
from actions.receiving import MOST_BYTES, FileTooLarge, Upload, begin, content_of, plain_name
from api import intake_shapes as shapes
from api.bodies import TooSlow
from api.intake_asking import KnownDep, OfficeDep, header, holds
from api.intake_bodies import Turnstile
from policies.refusal import Refusal

PIECE: Final = 1024 * 1024
"""Bytes gathered before they are sealed and kept: a transaction each."""
SLOWEST: Final = 50 * 60.0
"""Seconds within which the whole file must have come; after an hour a file that is not whole counts as litter."""
_STAR: Final = re.compile(r"(?i:utf-8)'[^']*'(.*)", re.DOTALL)

_SENT: Final = holds(400, 408, 409, 413, 415)
_SENT["openapi_extra"] |= {
    "parameters": [
        {
            "name": "X-File-Name",
            "in": "header",
            "required": False,
            "description": "What the file is called, percent-encoded; with or without UTF-8'' before it (RFC 8187).",
            "schema": {"type": "string"},
        }
    ],
    "requestBody": {
        "required": False,
        "description": "The file's own bytes, of any type but a form's.",
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary", "maxLength": MOST_BYTES}}},
    },
}

router = APIRouter()


class NotRaw(Refusal):
    """A form came instead of the file's own bytes; forms are never parsed here, because that spools them to a disk in clear."""

    code: ClassVar[str] = "not_raw"
    status: ClassVar[int] = 415


@router.post("/v1/complaint/files", name="send_file", status_code=201, **_SENT)
async def send_file(request: Request, office: OfficeDep, known: KnownDep) -> shapes.Kept:
    """Send a file: its bytes as the body, its name in X-File-Name. A file that breaks off leaves nothing behind."""
    if re.match(r"\s*(multipart/|application/x-www-form-urlencoded)", request.headers.get("content-type", ""), re.I):
        raise NotRaw()
    told = request.headers.get("content-length", "")
    if told.isdigit() and int(told) > MOST_BYTES:
        raise FileTooLarge(most=MOST_BYTES)
    name = plain_name(name_told(header(request, "x-file-name")))
    upload = await keep(request, office, known.visitor, name, request.stream())
    return shapes.Kept(id=upload.id, name=name)


async def keep(request: Request, office: Office, visitor: Visitor, name: str, content: AsyncIterator[bytes]) -> Upload:
    """Keep a file of hers, sealed as its bytes come. What goes wrong leaves nothing of it.

    Raises Busy, TooSlow, what `begin` and `Upload` raise, and what `content` raises.
    """
    turnstile: Turnstile = request.app.state.uploads
    async with turnstile.passed():
        upload = await to_thread.run_sync(begin, office, visitor, name)
        try:
            async with asyncio.timeout(SLOWEST):
                await _receive(content, upload)
        except BaseException as trouble:
            with anyio.CancelScope(shield=True):
                await to_thread.run_sync(upload.give_up)
            if isinstance(trouble, TimeoutError | ClientDisconnect):
                raise TooSlow(seconds=int(SLOWEST)) from None
            raise
    return upload


async def _receive(content: AsyncIterator[bytes], upload: Upload) -> None:
    waiting = bytearray()
    async for chunk in content:
        waiting += chunk
        if len(waiting) >= PIECE:
            await to_thread.run_sync(upload.take, bytes(waiting))
            waiting.clear()
    await to_thread.run_sync(upload.take, bytes(waiting))
    await to_thread.run_sync(upload.finish)


@router.get("/v1/complaint/files/{id}", name="show_file", response_class=StreamingResponse, **holds())
def show_file(id: Annotated[str, Path()], office: OfficeDep, known: KnownDep) -> StreamingResponse:
    """A file as it was sent. It is never shown in the browser; damaged, it breaks off and does not end."""
    name, content = content_of(office, known.visitor, _file_id(id))
    return StreamingResponse(content, media_type="application/octet-stream", headers=attachment(name))


def attachment(name: str) -> dict[str, str]:
    """The header that makes a browser save a file and not open it (RFC 6266)."""
    return {"Content-Disposition": f"attachment; filename=\"file\"; filename*=UTF-8''{quote(name, safe='')}"}


def name_told(told: str) -> str:
    """A file's name as X-File-Name carries it: percent-encoded, with or without `UTF-8''` before it (RFC 8187).

    >>> name_told("UTF-8''ma%C3%B1ana.pdf"), name_told("ma%C3%B1ana.pdf")
    ('mañana.pdf', 'mañana.pdf')
    """
    star = _STAR.fullmatch(told.strip())
    return unquote(star[1] if star else told.strip(), errors="replace")


def _file_id(told: str) -> UUID:
    try:
        return UUID(told)
    except ValueError:
        raise NotFound() from None
