"""Somebody who goes through a whole door: follows every link, sends every form, and writes down what is wrong on the way."""

from collections import Counter, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from urllib.parse import urljoin

from httpx import Response
from starlette.testclient import TestClient

from tests.e2e.walk_page import Form, Page, plain

HERE = "https://door.invalid"
NOT_NOW = ("/sign-out", "/leave", "/out")
"""What would end the walk."""
SECRET = ("passphrase", "again", "totp", "code", "words")
"""Fields that are never shown again."""
AT_LAST = ("/recusal", "/withdraw")
"""What ends one's part in a matter: sent when nothing else is left."""
OFTEN = 2
"""How many pages of one sort are looked at: what holds for one matter and for a second holds for a third."""
FILE = ("note.txt", b"a plain note", "text/plain")


@dataclass
class Walker:
    """One person's way. `day` and `words` are what stands in fields that are filled in; `marks` must be met nowhere.
    `expected`: what pages answer that are not there yet.

    `sent`: the sorts of forms that need not be sent again; several people who walk one after the other share it.
    """

    client: TestClient
    day: str
    marks: tuple[str, ...] = ()
    words: str = "Perfectly plausible words"
    most: int = 400
    expected: Mapping[str, int] = field(default_factory=dict)
    found: list[str] = field(default_factory=list)
    answered: Counter[int] = field(default_factory=Counter)
    done: list[str] = field(default_factory=list)
    sent: set[str] = field(default_factory=set)
    _seen: Counter[str] = field(default_factory=Counter)
    _ahead: deque[str] = field(default_factory=deque)

    def walk(self, start: str = "/") -> "Walker":
        """Go on until there is nothing new. All links there are come before the next form."""
        forms: deque[tuple[str, Form]] = deque(self._look(start))
        while forms or self._ahead:
            assert sum(self.answered.values()) < self.most, f"no end in sight: {self._seen.most_common(5)}"
            if self._ahead:
                forms.extend(self._look(self._ahead.popleft()))
                continue
            page, form = forms.popleft()
            if form.known in self.sent or form.action.startswith(NOT_NOW):
                continue
            if form.action.endswith(AT_LAST) and any(
                not one.action.endswith(AT_LAST) and one.known not in self.sent for _, one in forms
            ):
                forms.append((page, form))
                continue
            self.sent.add(form.known)
            forms.extend(self._try(page, form))
        return self

    def told(self) -> str:
        """What was found, one a line."""
        return "\n".join(sorted(set(self.found)))

    def _look(self, address: str) -> Iterator[tuple[str, Form]]:
        if self._seen[plain(address)] >= OFTEN or plain(address).startswith(NOT_NOW):
            return
        self._seen[plain(address)] += 1
        answer = self.client.get(address)
        if answer.is_redirect:
            self.found.append(f"GET {address}: a link that leads on to {answer.headers['location']}")
        elif answer.status_code != self.expected.get(address.partition("?")[0], 200):
            self.found.append(f"GET {plain(address)}: {answer.status_code}")
        yield from self._met(answer, address)

    def _met(self, answer: Response, address: str) -> Iterator[tuple[str, Form]]:
        """Write down what is wrong with an answer; give its forms, and keep its links for later."""
        self.answered[answer.status_code] += 1
        if answer.status_code >= 500 and answer.status_code != 503:
            self.found.append(f"{answer.request.method} {plain(address)}: {answer.status_code}")
        where = f"{answer.request.method} {plain(address)}"
        self.found += [f"{where}: shows {mark}" for mark in self.marks if mark in answer.text]
        if not answer.headers.get("content-type", "").startswith("text/html"):
            return
        page = Page(answer.text)
        self.found += [f"{where} ({answer.status_code}): {flaw}" for flaw in page.problems()]
        for link in page.links:
            if link.startswith(("/", "?")):
                self._ahead.append(urljoin(address, link).partition("#")[0])
        yield from ((address, form) for form in page.forms)

    def _try(self, page: str, form: Form) -> Iterator[tuple[str, Form]]:
        """Send a form untouched, then filled in."""
        if form.method == "get":
            query = "&".join(f"{name}={value}" for name, several in form.untouched().items() for value in several)
            self._ahead.append(f"{form.action or page}?{query}")
            return
        for made in (lambda one: one.untouched(), lambda one: one.filled(self.day, self.words)):
            fresh = next((one for one in Page(self.client.get(page).text).forms if one.known == form.known), None)
            if fresh is not None:  # else somebody, or the first sending, moved the matter on
                yield from self._send(page, fresh, made(fresh))

    def _send(self, page: str, form: Form, told: dict[str, list[str]]) -> Iterator[tuple[str, Form]]:
        files = {"file": FILE} if form.upload else None
        answer = self.client.post(urljoin(page, form.action), data=told, files=files)
        yield from self._met(answer, form.action)
        if answer.status_code == 303:
            self.done.append(form.known)
            yield from self._look_again(str(answer.headers["location"]))
        elif answer.status_code >= 400:
            self.found += [
                f"POST {form.known}: {answer.status_code} loses {name}"
                for name, several in told.items()
                if not name.startswith("_") and name.rpartition(".")[2] not in SECRET and self.words in several
                if escape(self.words) not in answer.text
            ]
        elif answer.status_code not in (200, 201):
            self.found.append(f"POST {form.known}: {answer.status_code}")

    def _look_again(self, address: str) -> Iterator[tuple[str, Form]]:
        """The page that comes after something was done, however often it was seen before."""
        answer = self.client.get(address)
        if answer.status_code != 200:
            self.found.append(f"after a form, {plain(address)}: {answer.status_code}")
        yield from self._met(answer, address)
