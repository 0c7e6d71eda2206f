"""Reading what a request brings: JSON only, bounded while it comes in, and looked at only after who asks is known to be allowed.

No route lets the framework read a body. Each asks for one by `reads(...)` as the last of its dependencies, so that the
session and the matter are judged before a byte of it; and no form is ever parsed (Starlette would spool files to disk).
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, ClassVar, Final

from fastapi import Depends
from pydantic import TypeAdapter, ValidationError
from pydantic_core import from_json, to_json
from starlette.requests import ClientDisconnect, Request

from api.problems import Invalid
from policies.refusal import Refusal

MOST_BYTES: Final = 256 * 1024
"""A payload of ours is a few hundred bytes."""
DEEPEST: Final = 16
"""Our own are four deep."""
SLOWEST: Final = 30.0
"""Seconds within which all of it must have come."""


class BodyTooLarge(Refusal):
    """More bytes than any request of ours needs; the rest was not read."""

    code: ClassVar[str] = "body_too_large"
    status: ClassVar[int] = 413


class NotJson(Refusal):
    """The content type is not JSON."""

    code: ClassVar[str] = "not_json"
    status: ClassVar[int] = 415


class MalformedJson(Refusal):
    """Not JSON, or JSON with what no text of ours can hold: half of a character, or a NUL."""

    code: ClassVar[str] = "malformed_json"
    status: ClassVar[int] = 400


class TooDeep(Refusal):
    """Lists within lists within lists."""

    code: ClassVar[str] = "too_deep"
    status: ClassVar[int] = 400


class TooSlow(Refusal):
    """The request did not come to its end in time, or broke off."""

    code: ClassVar[str] = "too_slow"
    status: ClassVar[int] = 408


async def read_json(request: Request) -> bytes:
    """The bytes of a JSON body that holds nothing we cannot keep.

    Raises NotJson, BodyTooLarge, TooSlow, MalformedJson and TooDeep, in this order.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise NotJson()
    raw = await _all_of(request)
    try:
        value = from_json(raw, allow_inf_nan=False)
    except ValueError:
        raise MalformedJson() from None
    _require_plain(value)
    whole = _whole(value)
    return raw if whole is value else to_json(whole)


RawDep = Annotated[bytes, Depends(read_json)]
"""The bytes of the body; read once, however many ask for them."""


def reads(model: type[Any]) -> Callable[..., Awaitable[Any]]:
    """A dependency that gives the request's body as `model`. Strict: what the OpenAPI document says and nothing else.

    Raises as `read_json`, and Invalid.
    """
    adapter: TypeAdapter[Any] = TypeAdapter(model)

    async def body(raw: RawDep) -> Any:
        return parse(adapter, raw)

    return body


def parse(adapter: TypeAdapter[Any], raw: bytes) -> Any:
    """The body in its own type. Raises Invalid, which does not hold the input."""
    try:
        return adapter.validate_json(raw, strict=True)
    except ValidationError as wrong:
        raise Invalid(wrong.errors(include_url=False, include_context=False, include_input=False)) from None


async def _all_of(request: Request) -> bytes:
    told = request.headers.get("content-length", "")
    if told.isdigit() and int(told) > MOST_BYTES:
        raise BodyTooLarge(most=MOST_BYTES)
    raw = bytearray()
    try:
        async with asyncio.timeout(SLOWEST):
            async for chunk in request.stream():
                raw += chunk
                if len(raw) > MOST_BYTES:
                    raise BodyTooLarge(most=MOST_BYTES)
    except (TimeoutError, ClientDisconnect):
        raise TooSlow(seconds=int(SLOWEST)) from None
    return bytes(raw)


def _whole(value: Any) -> Any:
    """The same with 3.0 as 3, which JSON Schema calls an integer too; the very value where there is no such number."""
    match value:
        case float() if value.is_integer():
            return int(value)
        case dict():
            made = {key: _whole(one) for key, one in value.items()}
            return made if any(made[key] is not one for key, one in value.items()) else value
        case list():
            several = [_whole(one) for one in value]
            return several if any(new is not old for new, old in zip(several, value, strict=True)) else value
        case _:
            return value


def _require_plain(value: Any) -> None:
    level = [value]
    for _ in range(DEEPEST):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return
    raise TooDeep(most=DEEPEST)


def _inside(value: Any) -> list[Any]:
    """What a value holds, names of fields included. Raises MalformedJson for text with a NUL, which no database keeps."""
    if isinstance(value, str) and "\0" in value:
        raise MalformedJson()
    if isinstance(value, dict):
        return [*value.keys(), *value.values()]
    return value if isinstance(value, list) else []
