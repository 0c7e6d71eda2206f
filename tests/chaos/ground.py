"""A killable house as a test has it in hand: its processes, its offices, its clock."""

import json
import os
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

import httpx
import psutil
import pyotp
from sqlalchemy.exc import DBAPIError

from actions.director import Director
from actions.office import Database, DatabaseAway, Office, open_office
from actions.trust import trust_in
from cli.supervise.waiting import wait_until
from records import clocks
from tests.chaos.load import AtWork, chance
from tests.fixtures.houses import House, alive

DOORS = ("intake", "desk", "council")
BEGINS = datetime(2015, 6, 15, 17, tzinfo=UTC)
PASSPHRASE = "correct horse battery staple"
AWAY = (DatabaseAway, DBAPIError)
BOTH: tuple[Database, ...] = ("house", "ombuds")


@dataclass
class Ground:
    """The house, the offices of its owner and of its flows by database, the director's hand, and chance."""

    house: House
    owners: dict[str, Office]
    flows: dict[str, Office]
    director: Director
    random: Random
    now: datetime = BEGINS
    killed: Counter[str] = field(default_factory=Counter)

    @property
    def doors(self) -> dict[str, str]:
        """Where each door answers: the same before and after a kill."""
        found: dict[str, str] = json.loads(self.house.endpoints.read_text(encoding="utf-8"))
        return found

    def running(self, what: str) -> list[psutil.Process]:
        """The processes of that sort that run just now: `postgres`, `prefect`, `worker`, or a door."""
        with suppress(psutil.NoSuchProcess):
            return [each for each in psutil.Process(self.house.supervisor).children() if _is(each, what)]
        return []

    def kill(self, what: str, number: signal.Signals = signal.SIGKILL) -> None:
        """Kill one as soon as there is one to kill."""
        found: list[psutil.Process] = []

        def there() -> bool:
            found[:] = self.running(what)
            return bool(found)

        self.house.until(there, seconds=180)
        with suppress(psutil.NoSuchProcess):
            os.kill(self.random.choice(found).pid, number)
            self.killed[what] += 1

    def until(self, condition: Callable[[], bool], what: str, seconds: float) -> None:
        """Wait until a question to the database is answered yes; while it is away it is not."""

        def holds() -> bool:
            try:
                return condition()
            except AWAY:
                return False

        if not wait_until(holds, seconds=seconds, unless=lambda: self.house.process.poll() is not None):
            raise AssertionError(f"after {seconds:.0f} s: {what}\n{self.house.said()[-3000:]}")

    def step_time(self) -> None:
        """To the next instant at which anything fires, or half a day on: both databases, also if one dies in between."""
        try:
            following = min(filter(None, map(_next_due, self.flows.values())), default=None)
        except AWAY:
            return
        half_a_day = self.now + timedelta(hours=12)
        self.now = max(self.now, min(following, half_a_day)) if following else half_a_day
        if following is not None and following <= self.now:
            self.now += timedelta(hours=self.random.randrange(1, 30))
        with suppress(*AWAY):
            self.director.jump_to(self.now)

    def settle(self) -> None:
        """Both databases come to the last instant (a jump may have been cut in two), all due fires, every door answers."""
        self.until(self._jumped, "the two databases do not come to one instant", 120)
        for flows in self.flows.values():
            self.until(lambda flows=flows: _nothing_is_due(flows), "something is still due", 180)
        for address in (place for name, place in self.doors.items() if name in DOORS):
            self.until(lambda address=address: _answers(address), "a door that was killed does not come back", 180)

    def _jumped(self) -> bool:
        self.director.jump_to(self.now)
        return True


def _is(process: psutil.Process, what: str) -> bool:
    with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
        if what == "postgres":
            return process.name() == "postgres" and alive(process)
        if what == "prefect":
            return any("prefect.server" in word for word in process.cmdline()) and alive(process)
        return process.cmdline()[-1:] == [what] and alive(process)
    return False


def _next_due(flows: Office) -> datetime | None:
    with flows.open() as books:
        return clocks.next_due(books)


def _answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/readyz", timeout=10).is_success
    except httpx.TransportError:
        return False


def _nothing_is_due(flows: Office) -> bool:
    with flows.open() as books:
        return clocks.oldest_due(books) is None


@contextmanager
def taken_in_hand(house: House, seed: int) -> Iterator[Ground]:
    """The house once it is up, on BEGINS, with its owner, its flows' eyes and the director's hand."""
    secrets = house.data / "secrets"
    with ExitStack() as stack:

        def office(database: Database, role: str) -> Office:
            url = (secrets / f"{database}-{role}.url").read_text(encoding="utf-8").strip()
            trust = trust_in(secrets / "ceremony.pub", server_key=secrets / "desk.key") if database == "ombuds" else None
            opened = open_office(url, database=database, environment="test", pack="oas", trust=trust)
            stack.callback(opened.engine.dispose)
            return opened

        owners = {name: office(name, "amparo_owner") for name in BOTH}
        flows = {name: office(name, f"{name}_flows") for name in BOTH}
        director = Director(list(flows.values()), [office(name, "director") for name in BOTH])
        director.jump_to(BEGINS)
        yield Ground(house, owners, flows, director, chance(seed))


def signed_in(address: str, login: str, totp_address: str) -> str:
    """The token of somebody who signs in at a door, as they would: name, passphrase, code."""
    secret = pyotp.parse_uri(totp_address)
    assert isinstance(secret, pyotp.TOTP)
    body = {"name": login, "passphrase": PASSPHRASE, "totp": secret.now()}
    answer = httpx.post(f"{address}/v1/sessions", json=body, timeout=30)
    assert answer.is_success, answer.text
    return str(answer.json()["token"])


def after_some_work(ground: Ground, people: Sequence[AtWork], *, least: int = 4, most: int = 15, hurry: float = 1.0) -> None:
    """Time passes until so many more acts were accepted, and a moment longer: the instant at which somebody dies is any.

    `hurry` is the chance that the office's clock is moved at a look, of which there are twenty a second.
    """
    wanted = _accepted(people) + ground.random.randrange(least, most + 1)

    def enough() -> bool:
        if ground.random.random() < hurry:
            ground.step_time()
        return _accepted(people) >= wanted or any(each.failure for each in people)

    ground.until(enough, "nobody gets an answer any more", 240)
    threading.Event().wait(ground.random.random() * 0.3)


def _accepted(people: Sequence[AtWork]) -> int:
    return sum(len(each.accepted) for each in people)
