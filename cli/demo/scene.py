"""Where a demo is played: the doors, the people with their accounts, the director, and the operator's hand on the processes."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

import httpx

from actions.director import Director
from actions.office import Office
from actions.retention import due_retention
from actions.status import status_of
from cli.supervise.playing import Running
from cli.supervise.waiting import wait_until

TLS: Final = httpx.create_ssl_context()
"""Unused, as the doors of a demo speak plain HTTP; without it each request would make one, which takes longer than the answer."""


class Unexpected(RuntimeError):
    """A door answered something else than the story asked for. Holds the code of the answer only."""


@dataclass
class Scene:
    """The running house as the stories meet it. `kept` holds what a later step needs: ids, versions."""

    running: Running
    director: Director
    watched: Mapping[str, Office]
    tokens: dict[str, tuple[str, str]] = field(default_factory=dict, repr=False)
    """Who signed in where: (door, token)."""
    people: dict[str, UUID] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)

    def call(self, who: str, method: str, path: str, body: object = None) -> httpx.Response:
        """Send a request as somebody who is signed in."""
        door, token = self.tokens[who]
        headers = {"Authorization": f"Bearer {token}"}
        return httpx.request(method, self.running.addresses[door] + path, json=body, headers=headers, timeout=30, verify=TLS)

    def get(self, who: str, path: str) -> Any:
        """What a door shows. Raises Unexpected for anything but 200."""
        return _answer(self.call(who, "GET", path))

    def post(self, who: str, path: str, body: object) -> Any:
        """What a door answers to an act. Raises Unexpected for anything but success."""
        return _answer(self.call(who, "POST", path, body))

    def put(self, who: str, path: str, body: object) -> Any:
        """What a door answers to something put in place of another. Raises Unexpected for anything but success."""
        return _answer(self.call(who, "PUT", path, body))

    def refused(self, who: str, path: str, body: object) -> str:
        """The code with which a door refuses an act."""
        response = self.call(who, "POST", path, body)
        return "not refused" if response.is_success else str(response.json()["code"])

    def visit(self, method: str, path: str, body: object = None, words: str | None = None) -> httpx.Response:
        """Send a request to the intake door, as somebody without an account; `words` are the way back."""
        headers = {} if words is None else {"Authorization": f"Receipt {_ascii(words)}"}
        return httpx.request(method, self.running.addresses["intake"] + path, json=body, headers=headers, timeout=30, verify=TLS)

    def visited(self, method: str, path: str, body: object = None, words: str | None = None) -> Any:
        """What the intake door answers. Raises Unexpected for anything but success."""
        return _answer(self.visit(method, path, body, words))

    def send_file(self, name: str, content: bytes, words: str) -> Any:
        """Send a file with the words of a matter."""
        headers = {"Authorization": f"Receipt {_ascii(words)}", "X-File-Name": name, "Content-Type": "application/octet-stream"}
        address = self.running.addresses["intake"] + "/v1/complaint/files"
        return _answer(httpx.post(address, content=content, headers=headers, timeout=60, verify=TLS))

    def days(self, count: int) -> None:
        """Let so many office days pass, and each day's retention look."""
        for _ in range(count):
            with self.watched["ombuds"].open() as books:
                following = books.now + timedelta(days=1)
            self.director.walk_to(following)
            if not wait_until(lambda: not due_retention(self.watched["ombuds"]), seconds=30):
                raise Unexpected("nobody looked at retention")

    def status(self, database: str) -> dict[str, Any]:
        """What the operator sees of one database."""
        return status_of(self.watched[database])

    def kill(self, *names: str) -> None:
        """Kill processes of the house and leave them dead."""
        for name in names:
            self.running.children[name].hold()

    def revive(self, *names: str) -> None:
        """Let them start again, and wait until they are at work."""
        for name in names:
            self.running.children[name].release()
        for name in names:
            if not wait_until(self.running.children[name].is_ready, seconds=90):
                raise Unexpected(f"{name} did not come back")


def _ascii(words: str) -> str:
    """A header is ASCII; the door reads words without accents."""
    plain = unicodedata.normalize("NFKD", words)
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def _answer(response: httpx.Response) -> Any:
    if not response.is_success:
        raise Unexpected(f"{response.status_code} {response.json().get('code', '')}")
    return response.json() if response.content else None
