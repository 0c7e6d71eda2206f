"""Sending a file from a page: the form is read as it comes, and the file is sealed piece by piece, as at the JSON door."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from hmac import compare_digest
from typing import Final
from urllib.parse import urlencode

from anyio import to_thread
from fastapi import APIRouter
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response

from actions.intake import kind_of, visitor_of
from actions.kernel.callers import Visitor
from actions.looking import NotFound
from actions.receiving import MOST_BYTES, FileTooLarge, plain_name
from actions.troubles import refusal_of
from actions.visits import Visit
from api.asking import CSRF_HEADER, CsrfMissing
from api.bodies import TooSlow
from api.contract import public
from api.intake_asking import NAME, VISIT, OfficeDep, WordsUnknown
from api.intake_bodies import SLOWEST
from api.intake_files import keep
from api.intake_pages.back_forms import DONE
from api.intake_pages.back_upload import MOST_FIELDS, MOST_OF_A_FIELD, FormWithFile
from api.intake_pages.back_visit import HERE
from api.intake_pages.frame import speak
from api.pages.bridge import Sent, again
from api.pages.done import DONE as WHAT
from api.pages.done import just_done
from api.problems import problem_of
from api.words import words_of
from policies.refusal import Refusal
from web.messages import LANGUAGES

router = APIRouter(include_in_schema=False)
FORM: Final = "f-files"
"""The form on the page, for what is said about it."""
MOST_AROUND: Final = MOST_FIELDS * MOST_OF_A_FIELD
"""Bytes of the form that are not the file's."""
MOST_LEFT: Final = 5 * MOST_BYTES
"""Bytes that are read and dropped after a refusal: a browser that is still sending shows no answer."""


@router.post(f"{HERE}/files", **public(400, 403, 404, 408, 409, 413, 415, 422, 503))
async def send_from_page(request: Request, office: OfficeDep) -> Response:
    """Send a file. Refused, the page comes again and says why; nothing of the file is kept."""
    stream = request.stream()
    try:
        visit: Visit | None = request.app.state.visits.look(request.cookies.get(VISIT, ""))
        if visit is None:
            raise WordsUnknown()
        visitor = await to_thread.run_sync(_known, office, visit)
        told = request.headers.get("content-length", "")
        if told.isdigit() and int(told) > MOST_BYTES + MOST_AROUND:
            raise FileTooLarge(most=MOST_BYTES)
        form = FormWithFile(request.headers.get("content-type", ""), stream)
        fields = await _fields(form)
        speak(request, fields.get("lang", ""))
        if not compare_digest(fields.get("_csrf", "").encode(), visit.csrf.encode()):
            raise CsrfMissing(header=CSRF_HEADER)
        await keep(request, office, visitor, plain_name(form.file_name), form.content())
    except Refusal as refusal:
        return await _refused(request, stream, refusal)
    except Exception as error:  # noqa: BLE001 - whatever it is, she gets her page again; its words are kept nowhere
        return await _refused(request, stream, await to_thread.run_sync(refusal_of, office, NAME, error))
    asked = {"lang": words_of(request).language, WHAT: just_done(DONE, HERE)}
    return RedirectResponse(f"{HERE}?{urlencode(asked)}", 303)


def _known(office: OfficeDep, visit: Visit) -> Visitor:
    """Whoever is on a visit, judged before a byte is read. Raises WordsUnknown."""
    try:
        visitor = visitor_of(office, visit.words)
        kind_of(office, visitor)
    except NotFound:
        raise WordsUnknown() from None
    return visitor


async def _fields(form: FormWithFile) -> dict[str, str]:
    try:
        async with asyncio.timeout(SLOWEST):
            return dict(await form.fields())
    except (TimeoutError, ClientDisconnect):
        raise TooSlow(seconds=int(SLOWEST)) from None


async def _refused(request: Request, stream: AsyncIterator[bytes], refusal: Refusal) -> Response:
    await _drop(stream)
    lang = getattr(request.state, "language_asked", "") or request.query_params.get("lang", "")
    page = f"{HERE}?lang={lang}" if lang in LANGUAGES else HERE
    problem = problem_of(refusal, words_of(request))
    return await again(request, Sent({"_page": page, "_form": FORM}, {}), problem)


async def _drop(stream: AsyncIterator[bytes]) -> None:
    """Read what is left of the request, so that the browser comes to read the answer; not for ever."""
    size = 0
    with suppress(ClientDisconnect, TimeoutError):
        async with asyncio.timeout(10 * SLOWEST):
            async for chunk in stream:
                size += len(chunk)
                if size > MOST_LEFT:
                    return
