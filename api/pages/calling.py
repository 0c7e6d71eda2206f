"""Asking this same application something, inside the process: no network, the same armour, the same session."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import unquote

from starlette.requests import Request
from starlette.types import Message

_PASSED_ON: Final = frozenset({b"cookie", b"accept-language", b"host", b"user-agent"})


@dataclass(slots=True)
class Answered:
    """What the application answered."""

    status: int = 500
    raw: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = field(default=b"", repr=False)

    @property
    def headers(self) -> dict[str, str]:
        """Its headers; of several with one name, the last."""
        return dict(self.raw)

    @property
    def well(self) -> bool:
        """Whether it was done."""
        return 200 <= self.status < 300

    @property
    def page(self) -> bool:
        """Whether it is a page."""
        return self.headers.get("content-type", "").startswith("text/html")


async def call(
    request: Request,
    method: str,
    address: str,
    *,
    body: bytes = b"",
    headers: Mapping[str, str] | None = None,
    state: Mapping[str, Any] | None = None,
) -> Answered:
    """The answer to another request of the same browser. `state` reaches the route; nothing a browser sends can set it."""
    path, _, query = address.partition("#")[0].partition("?")
    own = {"accept": "text/html" if method == "GET" else "application/json", "content-length": str(len(body))} | dict(
        headers or {}
    )
    kept = [(name, value) for name, value in request.scope["headers"] if name in _PASSED_ON and name.decode() not in own]
    scope = {
        **{
            name: value
            for name, value in request.scope.items()
            if name in ("type", "asgi", "http_version", "scheme", "server", "client")
        },
        "method": method,
        "path": unquote(path),
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [*kept, *((name.encode(), value.encode("latin-1", "replace")) for name, value in own.items())],
        "state": dict(state or {}),
    }
    answered, sent = Answered(), False

    async def receive() -> Message:
        nonlocal sent
        if sent:
            return {"type": "http.disconnect"}
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            answered.status = message["status"]
            answered.raw = [(name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in message["headers"]]
        elif message["type"] == "http.response.body":
            answered.body += message.get("body", b"")

    await request.app(scope, receive, send)
    return answered
