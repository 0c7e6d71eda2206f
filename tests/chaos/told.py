"""One complaint's life over HTTP, in which everything that anybody can write is one word, sent well and sent badly."""

import socket
from dataclasses import dataclass, field
from typing import Any, ClassVar
from urllib.parse import quote, urlsplit

import httpx

from cli.supervise.waiting import wait_until

BACK_WITHIN = 180.0  # seconds a door may be away


def answered(method: str, address: str, path: str, *, headers: dict[str, Any], **sent: Any) -> httpx.Response:
    """The door's answer, asked for until it gives one: it may be dead, or its database."""
    got: list[httpx.Response] = []

    def answers() -> bool:
        try:
            got.append(httpx.request(method, address + path, headers=headers, timeout=30, **sent))
        except httpx.TransportError:
            return False
        return not got[-1].is_server_error

    assert wait_until(answers, seconds=BACK_WITHIN), (path, [each.status_code for each in got][-1:])
    return got[-1]


@dataclass
class Told:
    """Whoever tells `word` at one door, as `headers` say."""

    address: str
    word: str
    headers: dict[str, Any] = field(default_factory=dict)
    entrance: ClassVar[str]
    """Where one begins, and what is one's own then."""
    own: ClassVar[str]

    def get(self, path: str) -> Any:
        answer = answered("GET", self.address, path, headers=self.headers)
        assert answer.status_code == 200, (path, answer.text)
        return answer.json()

    def post(self, path: str, body: object, **headers: str) -> Any:
        answer = answered("POST", self.address, path, headers=self.headers | headers, json=body)
        assert answer.is_success, (path, answer.status_code, answer.text)
        return answer.json()

    def refused(self, method: str, path: str, *, headers: dict[str, Any] | None = None, **sent: Any) -> None:
        answer = answered(method, self.address, path, headers={**self.headers, **(headers or {})}, **sent)
        assert answer.is_client_error, (path, answer.status_code, answer.text)

    def say_it_badly(self) -> None:
        """Everything that is refused, with the word in it."""
        word, raw = quote(self.word), self.word.encode()
        self.refused("GET", f"/v1/{word}")
        self.refused("GET", f"/v1/{word}?{word}={word}")
        for header in ("User-Agent", "X-Forwarded-For", "Cookie", "Referer", "Accept-Language", "X-Amparo"):
            self.refused("GET", "/v1/nothing", headers={header: raw})
        self.refused("GET", self.own, headers={"Authorization": raw})
        json = {"Content-Type": "application/json"}
        self.refused("POST", self.entrance, headers=json, content=b'{"a": "' + raw + b'"')
        self.refused("POST", self.entrance, headers={"Content-Type": raw}, content=raw)
        with socket.create_connection(_place(self.address), timeout=10) as line:
            line.sendall(b"GET /" + raw + b" HTTP/9.9\r\n" + raw + b"\r\n\r\n")
            line.recv(1000)


@dataclass
class Visitor(Told):
    """She who comes; her words are in `headers` once she has some."""

    entrance: ClassVar[str] = "/v1/complaints"
    own: ClassVar[str] = "/v1/complaint"

    def files(self) -> None:
        """She comes, and tells the word wherever something can be told."""
        said = {"statement": self.word * 400, "identity": self.word}
        more = {"answers": {"about": self.word}, "must_not_see": {"words": self.word}}
        filed = self.post(
            "/v1/complaints", {"track": "complaint", "language": "es"} | said | more, **{"Idempotency-Key": "a7" * 16}
        )
        self.refused("POST", "/v1/complaints", headers={"Idempotency-Key": "a7" * 16}, json=said)
        self.headers = {"Authorization": b"Receipt " + " ".join(filed["receipt"]).encode()}

    def files_badly(self) -> None:
        """What she sends and is refused: it comes back to her, and goes nowhere else."""
        body = {"track": "complaint", "language": "es", "statement": self.word, self.word: self.word}
        self.refused("POST", "/v1/complaints", json=body)
        self.refused("POST", "/v1/complaints", json=body | {"track": self.word})
        key = {"Idempotency-Key": self.word.encode()}
        self.refused("POST", "/v1/complaints", json={"statement": self.word}, headers=key)
        self.refused("POST", "/v1/complaints", files={"statement": (self.word, self.word * 500_000)})

    def begins_a_file(self, size: int) -> socket.socket:
        """The first `size` bytes of a file that is to be ten times as long."""
        line = socket.create_connection(_place(self.address), timeout=10)
        head = b"POST /v1/complaint/files HTTP/1.1\r\nHost: x\r\nX-File-Name: " + self.word.encode()
        head += b"\r\nContent-Length: %d\r\nAuthorization: " % (10 * size) + self.headers["Authorization"]
        line.sendall(head + b"\r\n\r\n" + (self.word.encode() * size)[:size])
        return line

    def sends_a_file(self, size: int) -> None:
        content, headers = (self.word.encode() * size)[:size], {"X-File-Name": self.word.encode()}
        sent = answered("POST", self.address, "/v1/complaint/files", headers=self.headers | headers, content=content)
        assert sent.status_code == 201, sent.text
        got = answered("GET", self.address, f"/v1/complaint/files/{sent.json()['id']}", headers=self.headers)
        assert got.content == content


@dataclass
class Handler(Told):
    """Whoever works on it at the desk."""

    entrance: ClassVar[str] = "/v1/sessions"
    own: ClassVar[str] = "/v1/queue"

    def finds_it(self) -> str:
        return f"/v1/complaints/{self.get('/v1/queue')['new_to_read'][0]['id']}"

    def moves(self, where: str, trigger: str, **payload: object) -> None:
        self.post(f"{where}/moves", {"trigger": trigger, "payload": payload})

    def begins(self, where: str) -> None:
        """Read, acknowledge, note, reply, ask."""
        seen = self.get(where)
        assert self.word in seen["texts"][0]["text"]
        assert self.get(f"{where}/identity")["identity"] == self.word
        self.moves(where, "acknowledge", text=self.word)
        self.post(f"{where}/messages", {"to": "office", "text": self.word})
        self.post(f"{where}/messages", {"to": "her", "text": self.word})
        assert self.get(f"/v1/earlier?about={quote(self.word)}")["matters"]
        self.moves(where, "screen", note=self.word)
        self.moves(where, "inquire", note=self.word)

    def works_on(self, where: str) -> None:
        """Waive, pause, draft, ask for a consent."""
        until = {clock["name"]: clock["waivable_until"] for clock in self.get(f"{where}/clocks")["clocks"]}["inquiry"]
        self.post(f"{where}/waivers", {"rule": "inquiry", "authority": self.word, "reason": self.word, "until": until})
        self.post(f"{where}/pauses", {"name": "by_decision", "reason": self.word})
        self.post(f"{where}/pauses", {"name": "awaiting_complainant", "reason": self.word})
        self.moves(where, "draft", text=self.word)
        self.moves(where, "ask_consent", to=self.word, text=self.word, purpose="serve_draft", audience="outside")

    def works_badly(self, where: str) -> None:
        typed = {"name": self.word, "passphrase": self.word, "totp": self.word}
        self.refused("POST", "/v1/sessions", json=typed)
        self.refused("POST", "/v1/sessions", json=typed | {"totp": "123456"})
        self.refused("POST", f"{where}/messages", json={"to": self.word, "text": self.word, self.word: 1})
        self.refused("POST", f"{where}/moves", json={"trigger": self.word, "payload": {self.word: self.word}})
        self.refused("POST", f"{where}/moves", json={"trigger": "conclude", "payload": {"text": self.word}})
        self.refused("POST", f"{where}/recusal", json={"reason": self.word}, headers={"If-Match": '"1"'})


def _place(address: str) -> tuple[str, int]:
    where = urlsplit(address)
    return str(where.hostname), int(where.port or 0)
