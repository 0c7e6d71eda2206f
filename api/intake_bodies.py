"""Reading what a visitor sends: bounded while it comes in, looked at only after her words, and given back when it is refused.

What she typed is never lost to an error of ours or hers: a refusal carries it (`typed`) where it would be gone otherwise.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final

from pydantic import TypeAdapter
from pydantic_core import from_json
from starlette.requests import ClientDisconnect, Request

from actions.replays import Repeatable
from api.bodies import DEEPEST, BodyTooLarge, MalformedJson, NotJson, TooDeep, TooSlow, parse
from api.repeating import KeyDep
from policies.refusal import Refusal
from web.messages import LANGUAGES

MOST_BYTES: Final = 4 * 1024 * 1024
"""A statement of a megabyte, escaped, and all the rest."""
SLOWEST: Final = 120.0
"""Seconds within which all of it must have come: Tor is slow."""
MOST_AT_ONCE: Final = 32
"""Bodies that are read at the same time: what they take of memory is known."""


class HalfCharacter(Refusal):
    """Half of a character (a lone surrogate), which no text can hold."""

    code: ClassVar[str] = "half_character"
    status: ClassVar[int] = 400


class NulCharacter(Refusal):
    """A NUL, which no text of ours can hold."""

    code: ClassVar[str] = "nul_character"
    status: ClassVar[int] = 400


class Busy(Refusal):
    """As many people as we can serve at once are sending something."""

    code: ClassVar[str] = "busy"
    status: ClassVar[int] = 503


@dataclass(slots=True)
class Turnstile:
    """Lets so many in at once and sends the next away with Busy, rather than letting all of them wait for ever."""

    most: int
    inside: int = field(default=0)

    @asynccontextmanager
    async def passed(self) -> AsyncIterator[None]:
        """Go through. Raises Busy. One event loop counts, so no lock is needed."""
        if self.inside >= self.most:
            raise Busy(seconds=60)
        self.inside += 1
        try:
            yield
        finally:
            self.inside -= 1


@dataclass(frozen=True, slots=True)
class Sent:
    """What a visitor sent, in its own type, and what makes it the same request when it comes again."""

    told: Any
    request: Repeatable | None


def sends(model: type[Any]) -> Callable[..., Awaitable[Sent]]:
    """A dependency that gives the request's body as `model`, as strictly as every door reads it.

    Raises Busy, NotJson, BodyTooLarge, TooSlow, MalformedJson, HalfCharacter, NulCharacter, TooDeep and Invalid.
    """
    adapter: TypeAdapter[Any] = TypeAdapter(model)

    async def body(request: Request, key: KeyDep) -> Sent:
        raw = await read(request)
        return Sent(parse(adapter, raw), repeatable(request, key, raw))

    return body


def repeatable(request: Request, key: bytes | None, raw: bytes) -> Repeatable | None:
    """What makes a request the same when it comes again: its key, its address and its body, and whose words it came with."""
    if key is None:
        return None
    words = request.headers.get("authorization", "").encode()
    return Repeatable(key, b"\0".join((request.url.path.encode(), words, raw)))


async def read(request: Request) -> bytes:
    """The bytes of a JSON body that holds nothing we cannot keep; from here on a refusal gives it back."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise NotJson()
    turnstile: Turnstile = request.app.state.bodies
    async with turnstile.passed():
        raw = await _all_of(request)
    try:
        value = from_json(raw, allow_inf_nan=False)
    except ValueError:
        _say_what_is_wrong(request, raw)
        raise MalformedJson() from None
    _remember(request, value)
    if any("\0" in text for text in _texts(value)):
        raise NulCharacter()
    return raw


def _say_what_is_wrong(request: Request, raw: bytes) -> None:
    """Python's own reader takes half of a character for one, and lets pass what no JSON may hold: what it can read, she gets
    back.
    """
    try:
        value = json.loads(raw, strict=False)
    except RecursionError:
        raise TooDeep(most=DEEPEST) from None
    except ValueError:
        return
    _remember(request, value)
    if any(not _is_whole(text) for text in _texts(value)):
        raise HalfCharacter() from None


def _remember(request: Request, value: Any) -> None:
    """Keep what was typed for the answer, and answer in the language she chose.

    Raises TooDeep, and MalformedJson for a number that is none (NaN, 1e999): it is given back as a text.
    """
    if isinstance(value, dict):
        try:
            told = json.dumps(value, ensure_ascii=False)
        except RecursionError:
            raise TooDeep(most=DEEPEST) from None
        request.state.typed = json.loads(told.encode(errors="replace"), parse_constant=str)
        if value.get("language") in LANGUAGES:
            request.state.language = value["language"]
        if not _is_json(value):
            raise MalformedJson()


def _is_json(value: Any) -> bool:
    """Whether it holds no number that is none."""
    try:
        json.dumps(value, allow_nan=False)
    except ValueError:
        return False
    return True


def _texts(value: Any) -> Iterator[str]:
    """Every text in a value, names of fields included. Raises TooDeep."""
    level = [value]
    for _ in range(DEEPEST):
        yield from (text for text in level if isinstance(text, str))
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return
    raise TooDeep(most=DEEPEST)


def _inside(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [*value.keys(), *value.values()]
    return value if isinstance(value, list) else []


def _is_whole(text: str) -> bool:
    return not any("\ud800" <= sign <= "\udfff" for sign in text)


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
