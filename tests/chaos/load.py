"""People at work over HTTP while things die under them: who asks remembers what was accepted, refused, and never answered."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random

import httpx

from cli.supervise.waiting import wait_until

ANSWERS_WITHIN = 10.0  # seconds of one request
BACK_WITHIN = 60.0  # seconds a door may be away
ACTS = {
    "in_force": ("assign",),
    "assigned": ("reassign", "deliver", "await_funds", "start"),
    "waiting_for_funds": ("receive_funds", "check_funds", "reassign"),
    "in_progress": ("report_progress", "reassign", "await_funds", "report_progress", "report_done"),
}


def chance(*seed: object) -> Random:
    """What happens next, the same in every run."""
    return Random(repr(seed))  # noqa: S311  # meant to be foretold: what fails once must fail again


@dataclass
class Asked:
    """One act that somebody asked for. `mark` stands in what it writes, so that it is known again in the database."""

    mark: str
    path: str
    body: dict[str, object]
    answer: str = "lost"
    """accepted, refused, or lost: it was done or not, and nobody knows."""
    version: int | None = None


@dataclass
class Clerk:
    """Somebody who registers mandates and moves them, one request after the other, until told to stop."""

    name: str
    address: str
    token: str
    random: Random
    stop: threading.Event
    asked: list[Asked] = field(default_factory=list)
    mine: dict[str, str] = field(default_factory=dict)
    failure: BaseException | None = None

    def work(self) -> None:
        try:
            headers = {"Authorization": f"Bearer {self.token}"}
            with httpx.Client(base_url=self.address, headers=headers, timeout=ANSWERS_WITHIN) as door:
                while not self.stop.is_set():
                    self._ask(door, self._next())
        except BaseException as failure:  # noqa: BLE001  # told in the thread that judges
            self.failure = failure

    @property
    def accepted(self) -> list[Asked]:
        return [each for each in self.asked if each.answer == "accepted"]

    def _next(self) -> Asked:
        mark = f"{self.name}-{len(self.asked)}"
        movable = [matter for matter, state in self.mine.items() if state in ACTS]
        if not movable or self.random.random() < 0.25:
            body: dict[str, object] = {"symbol": mark, "title": "t", "issued_by": "GA", "source": "s"}
            return Asked(mark, "/v1/mandates", body)
        matter = self.random.choice(movable)
        trigger = self.random.choice(ACTS[self.mine[matter]])
        payload = {"unit": mark} if trigger in {"assign", "reassign"} else {"document": mark} if "report" in trigger else {}
        return Asked(mark, f"/v1/mandates/{matter}/moves", {"trigger": trigger, "payload": payload})

    def _ask(self, door: httpx.Client, asked: Asked) -> None:
        self.asked.append(asked)
        try:
            response = door.post(asked.path, json=asked.body)
        except httpx.TransportError:
            self._wait_for(door)
            return
        if response.is_success:
            told = response.json()
            asked.answer, asked.version = "accepted", told["version"]
            asked.path = f"/v1/mandates/{told['id']}"
            self.mine[told["id"]] = told["state"]
        elif response.is_client_error:
            asked.answer = "refused"
            assert response.status_code in {409, 412}, (response.status_code, response.text)
            self._look_again(door, asked)
        else:
            self._wait_for(door)

    def _look_again(self, door: httpx.Client, asked: Asked) -> None:
        """A clock moved it, or an answer that was lost had been done: see where it is."""
        matter = asked.path.split("/")[3]
        try:
            response = door.get(f"/v1/mandates/{matter}")
        except httpx.TransportError:
            return
        if response.is_success:
            self.mine[matter] = response.json()["state"]

    def _wait_for(self, door: httpx.Client) -> None:
        def answers() -> bool:
            try:
                return door.get("/readyz").status_code == 200
            except httpx.TransportError:
                return False

        if not wait_until(answers, seconds=BACK_WITHIN, unless=self.stop.is_set) and not self.stop.is_set():
            raise AssertionError(f"the door did not come back within {BACK_WITHIN:.0f} s")


@contextmanager
def working(clerks: list[Clerk]) -> Iterator[None]:
    """All clerks are at work while the block runs; then each ends what is under way. What failed in one is raised here."""
    threads = [threading.Thread(target=clerk.work, name=clerk.name, daemon=True) for clerk in clerks]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        for clerk in clerks:
            clerk.stop.set()
        for thread in threads:
            thread.join(ANSWERS_WITHIN + 5)
    assert not any(thread.is_alive() for thread in threads), "a clerk waits for an answer without end"
    for clerk in clerks:
        if clerk.failure is not None:
            raise clerk.failure
