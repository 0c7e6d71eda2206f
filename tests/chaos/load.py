"""People at work over HTTP while things die under them: who asks remembers what was accepted, refused, and never answered."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random

import httpx

from cli.supervise.waiting import wait_until

ANSWERS_WITHIN = 30.0  # seconds of one request: a machine that tests share is slow at times
BACK_WITHIN = 180.0  # seconds a door may be away


def chance(*seed: object) -> Random:
    """What happens next, the same in every run."""
    return Random(repr(seed))  # noqa: S311  # meant to be foretold: what fails once must fail again


@dataclass
class Asked:
    """One act that somebody asked for. `mark` stands in what it writes, so that it is known again where it is kept."""

    mark: str
    path: str
    body: Mapping[str, object]
    answer: str = "lost"
    """accepted, refused, or lost: it was done or not, and nobody knows."""
    version: int | None = None


@dataclass
class AtWork:
    """Somebody who sends one request after the other to a door, until told to stop."""

    name: str
    address: str
    random: Random
    stop: threading.Event
    headers: Mapping[str, str] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    failure: BaseException | None = None

    def work(self) -> None:
        """Act until told to stop."""
        try:
            with httpx.Client(base_url=self.address, headers=self.headers, timeout=ANSWERS_WITHIN) as door:
                while not self.stop.is_set():
                    self.act(door)
        except BaseException as failure:  # noqa: BLE001  # told in the thread that judges
            self.failure = failure

    def act(self, door: httpx.Client) -> None:
        """Do one thing."""
        raise NotImplementedError

    @property
    def accepted(self) -> list[Asked]:
        return [each for each in self.asked if each.answer == "accepted"]

    def wait_for(self, door: httpx.Client) -> None:
        """Wait until the door is back."""

        def answers() -> bool:
            try:
                return door.get("/readyz").status_code == 200
            except httpx.TransportError:
                return False

        if not wait_until(answers, seconds=BACK_WITHIN, unless=self.stop.is_set) and not self.stop.is_set():
            raise AssertionError(f"the door did not come back within {BACK_WITHIN:.0f} s")


@contextmanager
def working(people: Sequence[AtWork]) -> Iterator[None]:
    """All are at work while the block runs; then each ends what is under way. What failed in one is raised here."""
    threads = [threading.Thread(target=each.work, name=each.name, daemon=True) for each in people]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        for each in people:
            each.stop.set()
        for thread in threads:
            thread.join(ANSWERS_WITHIN + 5)
        failed = [each.failure for each in people if each.failure is not None]
        if failed:
            raise failed[0]
    assert not any(thread.is_alive() for thread in threads), "somebody waits for an answer without end"
