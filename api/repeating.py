"""A request that may come again: `Idempotency-Key`, the same at every door.

A dependency of ours asks for it after who asks, the matter and If-Match were judged.
"""

import base64
import binascii
from typing import Annotated, ClassVar, Final

from fastapi import Depends, Header
from pydantic import WithJsonSchema
from starlette.requests import Request

from actions.replays import KEY_BYTES, Repeatable
from api.bodies import RawDep
from policies.refusal import Refusal

KEY_HEADER: Final = "Idempotency-Key"
_SHAPE: Final = "^([0-9A-Fa-f]{32}|[A-Za-z0-9+/_-]{22}(==)?)$"


class BadIdempotencyKey(Refusal):
    """The key of a request that may come again is not 128 random bits."""

    code: ClassVar[str] = "bad_idempotency_key"
    status: ClassVar[int] = 400


def repeat_key(
    told: Annotated[
        str | None,
        WithJsonSchema({"type": "string", "pattern": _SHAPE}),  # left out or whole: no header says null
        Header(
            alias=KEY_HEADER,
            description="128 random bits, in hex or base64. Sent again within an hour, the request gets its first answer.",
        ),
    ] = None,
) -> bytes | None:
    """The key of a request that may come again: 128 random bits in hex or base64. None: there is none.

    Raises BadIdempotencyKey: a shorter key could be guessed, and with it the kept answer.
    """
    if told is None:
        return None
    bare = told.strip().strip('"')
    for decode in (_from_hex, _from_base64):
        key = decode(bare)
        if key is not None and len(key) == KEY_BYTES:
            return key
    raise BadIdempotencyKey(header=KEY_HEADER, bits=KEY_BYTES * 8)


KeyDep = Annotated[bytes | None, Depends(repeat_key)]


def with_body(request: Request, key: KeyDep, raw: RawDep) -> Repeatable | None:
    """What makes a request of somebody signed in the same when it comes again: method, address and body.

    Not If-Match: by the time it comes again the version it names is stale, because it was the first that changed it.
    """
    return None if key is None else Repeatable(key, _asked(request, raw))


def without_body(request: Request, key: KeyDep) -> Repeatable | None:
    """As `with_body`, for a route that reads no body."""
    return None if key is None else Repeatable(key, _asked(request, b""))


def _asked(request: Request, raw: bytes) -> bytes:
    return b"\0".join((request.method.encode(), request.url.path.encode(), raw))


def _from_hex(told: str) -> bytes | None:
    try:
        return bytes.fromhex(told.replace("-", ""))
    except ValueError:
        return None


def _from_base64(told: str) -> bytes | None:
    try:
        return base64.b64decode(told.rstrip("=").replace("-", "+").replace("_", "/") + "==", validate=True)
    except (binascii.Error, ValueError):
        return None


RepeatDep = Annotated[Repeatable | None, Depends(with_body)]
BareRepeatDep = Annotated[Repeatable | None, Depends(without_body)]
