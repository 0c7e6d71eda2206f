"""Reading a form: urlencoded only, bounded while it comes in, kept in memory alone (no form parser that writes to disk)."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import ClassVar, Final
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from api.bodies import BodyTooLarge, TooSlow
from api.problems import BadRequest
from policies.refusal import Refusal
from web.forms.making import SECRETS

Typed = Mapping[str, Sequence[str]]
MOST_BYTES: Final = 1024 * 1024
"""A body of 256 KiB whose every sign is written as three."""
MOST_FIELDS: Final = 2000
SLOWEST: Final = 60.0
"""Seconds within which all of it must have come."""
FORM: Final = "application/x-www-form-urlencoded"
_OURS: Final = frozenset({"", "same-origin", "none"})
"""What a browser says of a form that stood on a page of ours, or sends again by itself; an old browser says nothing."""


class CrossSite(Refusal):
    """A form that stood on a page of another site (S21). Another door of ours is another site, too."""

    code: ClassVar[str] = "cross_site"
    status: ClassVar[int] = 403


class NotAForm(BadRequest):
    """The content type is not that of a form, or what came is none."""


def without_secrets(typed: Typed) -> Typed:
    """What may be shown again: everything but passphrases and codes."""
    return {name: several for name, several in typed.items() if name.rpartition(".")[2] not in SECRETS}


async def read_form(request: Request, *, most: int = MOST_BYTES, slowest: float = SLOWEST) -> dict[str, list[str]]:
    """Everything typed, by name. Raises CrossSite, NotAForm, BodyTooLarge, TooSlow."""
    if request.headers.get("sec-fetch-site", "") not in _OURS:
        raise CrossSite()
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
        raise NotAForm()
    raw = await _all_of(request, most, slowest)
    try:
        pairs = parse_qsl(raw.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except (ValueError, UnicodeError):
        raise NotAForm() from None
    typed: dict[str, list[str]] = {}
    for name, value in pairs:
        if "\0" in value:
            raise NotAForm()
        typed.setdefault(name, []).append(value.replace("\r\n", "\n"))
    return typed


async def _all_of(request: Request, most: int, slowest: float) -> bytes:
    told = request.headers.get("content-length", "")
    if told.isdigit() and int(told) > most:
        raise BodyTooLarge(most=most)
    raw = bytearray()
    try:
        async with asyncio.timeout(slowest):
            async for chunk in request.stream():
                raw += chunk
                if len(raw) > most:
                    raise BodyTooLarge(most=most)
    except (TimeoutError, ClientDisconnect):
        raise TooSlow(seconds=int(slowest)) from None
    return bytes(raw)
