"""Visitors at the intake door: they file, come back with their words, write, send files, change their words, withdraw."""

from dataclasses import dataclass, field
from typing import Any
from unicodedata import combining, normalize

import httpx

from tests.chaos.load import Asked, AtWork

REFUSED = {409, 412}
LARGEST = 400_000  # bytes of a file


@dataclass
class Matter:
    """What she has of a matter of hers: her words, and what she sent with them."""

    words: str
    statement: Asked
    sent: list[Asked] = field(default_factory=list)
    withdrawn: bool = False
    earlier_words: list[str] = field(default_factory=list)

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Receipt {self.words}"}


@dataclass
class Comer(AtWork):
    """Somebody who comes to the office again and again. What she sends with a key she repeats until she is answered."""

    matters: list[Matter] = field(default_factory=list)
    repeated: int = 0
    """How often a request had to come again because the door died on it."""

    def act(self, door: httpx.Client) -> None:
        at_work = [each for each in self.matters if not each.withdrawn]
        chosen = self.random.random()
        if len(at_work) < 2 or chosen < 0.2:
            self._file(door)
            return
        matter = self.random.choice(at_work)
        if chosen < 0.35:
            self._look(door, matter)
        elif chosen < 0.65:
            self._write(door, matter)
        elif chosen < 0.8:
            self._send_file(door, matter)
        elif chosen < 0.9:
            self._change_words(door, matter)
        else:
            self._withdraw(door, matter)

    def _file(self, door: httpx.Client) -> None:
        asked = self._ask("/v1/complaints", "open")
        body = {"track": "complaint", "language": "en", "statement": asked.mark}
        key = self._key(often=0.7)
        answer = self._post(door, asked, body, key)
        if answer is None:
            return
        assert answer.status_code == 201, answer.text
        asked.answer, asked.version = "accepted", 1
        words = " ".join(answer.json()["receipt"])
        self.matters.append(Matter(words, asked))
        if key is not None and self.random.random() < 0.3:
            again = self._post(door, asked, body, key)
            assert again is not None
            assert again.json() == answer.json(), "the same request was answered otherwise when it came again"

    def _look(self, door: httpx.Client, matter: Matter) -> None:
        try:
            seen = door.get("/v1/complaint", headers=matter.headers)
        except httpx.TransportError:
            self.wait_for(door)
            return
        if seen.status_code == 503:
            self.wait_for(door)
            return
        assert seen.status_code == 200, ("words that were given lead nowhere", matter.statement, seen.text)
        check_seen(matter, seen.json())
        matter.withdrawn = seen.json()["state"] == "withdrawn"

    def _write(self, door: httpx.Client, matter: Matter) -> None:
        asked = self._ask("/v1/complaint/messages", "message", matter)
        answer = self._post(door, asked, {"text": asked.mark}, self._key(often=0.8), matter)
        self._keep(asked, answer, 201)

    def _withdraw(self, door: httpx.Client, matter: Matter) -> None:
        asked = self._ask("/v1/complaint/moves", "withdraw_stop", matter)
        answer = self._post(door, asked, {"trigger": "withdraw_stop", "payload": {}}, self._key(often=0.8), matter)
        if answer is None:
            self._look(door, matter)
        elif self._keep(asked, answer, 200):
            matter.withdrawn = True

    def _send_file(self, door: httpx.Client, matter: Matter) -> None:
        asked = self._ask("/v1/complaint/files", "file", matter)
        asked.body = {**asked.body, "size": self.random.randrange(LARGEST)}
        headers = matter.headers | {"X-File-Name": asked.mark, "Content-Type": "application/octet-stream"}
        try:
            answer = door.post(asked.path, content=content_of(asked), headers=headers)
        except httpx.TransportError:
            self.wait_for(door)
            return
        self._keep(asked, self._unless_away(door, answer), 201)

    def _change_words(self, door: httpx.Client, matter: Matter) -> None:
        """Always with a key: an answer that is lost would lock her out."""
        asked = self._ask("/v1/complaint/words", "words")
        answer = self._post(door, asked, {"language": self.random.choice(["en", "es", "fr"])}, self._key(often=1), matter)
        assert answer is not None
        if self._keep(asked, answer, 200):
            matter.earlier_words.append(matter.words)
            matter.words = plain(" ".join(answer.json()["receipt"]))

    def _ask(self, path: str, trigger: str, matter: Matter | None = None) -> Asked:
        asked = Asked(f"{self.name}-{len(self.asked)}-", path, {"trigger": trigger})
        self.asked.append(asked)
        if matter is not None:
            matter.sent.append(asked)
        return asked

    def _key(self, *, often: float) -> str | None:
        return self.random.randbytes(16).hex() if self.random.random() < often else None

    def _post(
        self, door: httpx.Client, asked: Asked, body: dict[str, Any], key: str | None, matter: Matter | None = None
    ) -> httpx.Response | None:
        """What the door answers. With a key it is asked until it does; without one, None when the answer was lost."""
        headers = ({} if matter is None else matter.headers) | ({} if key is None else {"Idempotency-Key": key})
        while True:
            answer = None
            try:
                answer = self._unless_away(door, door.post(asked.path, json=body, headers=headers))
            except httpx.TransportError:
                self.wait_for(door)
            if answer is not None or key is None:
                return answer
            self.repeated += 1

    def _unless_away(self, door: httpx.Client, answer: httpx.Response) -> httpx.Response | None:
        """The answer, or None where the door lives but its database had died: done or not, nobody knows."""
        if not answer.is_server_error:
            return answer
        self.wait_for(door)
        return None

    def _keep(self, asked: Asked, answer: httpx.Response | None, good: int) -> bool:
        if answer is None:
            return False
        if answer.status_code != good:
            assert answer.status_code in REFUSED, (asked, answer.status_code, answer.text)
            asked.answer = "refused"
            return False
        asked.answer, asked.version = "accepted", answer.json().get("version")
        return True


def content_of(asked: Asked) -> bytes:
    """What stands in the file she sends: it can be told from any other, and from a part of itself."""
    size = int(str(asked.body["size"]))
    return (asked.mark.encode() * (size // len(asked.mark) + 1))[:size]


def check_seen(matter: Matter, seen: dict[str, Any]) -> None:
    """Everything she was told is kept is there once; of what was lost on the way, all or nothing."""
    texts, names = [line["text"] for line in seen["messages"]], [each["name"] for each in seen["files"]]
    assert texts[0] == matter.statement.mark, ("another statement", matter.statement)
    for asked in matter.sent:
        found = (names if asked.body["trigger"] == "file" else texts).count(asked.mark)
        if asked.body["trigger"] in {"message", "file"}:
            assert found in {"accepted": {1}, "refused": {0}, "lost": {0, 1}}[asked.answer], (asked, found)
        if asked.body["trigger"] == "withdraw_stop" and asked.answer == "accepted":
            assert seen["state"] == "withdrawn", asked


def plain(words: str) -> str:
    """A header is ASCII; the door reads words without accents."""
    return "".join(sign for sign in normalize("NFKD", words) if not combining(sign))
