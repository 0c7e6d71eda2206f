"""kill -9 of workers, door and PostgreSQL while people work and time passes: nothing accepted is lost, nothing done twice."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import httpx
import psutil
import pyotp
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from actions import people
from actions.director import Director
from actions.office import DatabaseAway, Office, open_office
from actions.people import Newcomer
from actions.sessions import read_server_key
from cli.supervise.waiting import wait_until
from records import clocks
from tests.chaos.invariants import broken, unsettled
from tests.chaos.load import Asked, Clerk, chance, working
from tests.fixtures.houses import ROOT, House, alive

SEED = 20151121
KILLS = ("worker", "council", "worker", "postgres", "council", "worker", "postgres")
BEGINS = datetime(2015, 6, 15, 17, tzinfo=UTC)
PASSPHRASE = "correct horse battery staple"
AWAY = (DatabaseAway, DBAPIError)


@dataclass
class Ground:
    """The house as the test has it in hand: its processes, its offices, its clock."""

    house: House
    owner: Office
    flows: dict[str, Office]
    director: Director
    random: Random
    now: datetime = BEGINS
    killed: Counter[str] = field(default_factory=Counter)

    def victim(self, what: str) -> psutil.Process | None:
        """A running process of that sort, if there is one just now."""
        with suppress(psutil.NoSuchProcess):
            found = [each for each in psutil.Process(self.house.supervisor).children() if self._is(each, what)]
            return self.random.choice(found) if found else None
        return None

    def _is(self, process: psutil.Process, what: str) -> bool:
        with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
            if what == "postgres":
                return process.name() == "postgres" and alive(process)
            return process.cmdline()[-1:] == [what] and alive(process)
        return False

    def kill(self, what: str) -> None:
        """Kill one with -9 as soon as there is one to kill."""
        found: list[psutil.Process] = []

        def there() -> bool:
            one = self.victim(what)
            return one is not None and (found.append(one) or True)

        self.house.until(there, seconds=60)
        with suppress(psutil.NoSuchProcess):
            os.kill(found[-1].pid, signal.SIGKILL)
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
            with self.flows["house"].open() as books:
                following = clocks.next_due(books)
        except AWAY:
            return
        half_a_day = self.now + timedelta(hours=12)
        self.now = max(self.now, min(following, half_a_day)) if following else half_a_day
        if following is not None and following <= self.now:
            self.now += timedelta(hours=self.random.randrange(1, 30))
        with suppress(*AWAY):
            self.director.jump_to(self.now)

    def nothing_is_due(self) -> bool:
        with self.flows["house"].open() as books:
            return clocks.oldest_due(books) is None


@pytest.fixture
def house(work: Path) -> Iterator[House]:
    """A killable house, ended after the test with all that belongs to it."""
    told = json.dumps({"data": str(work / "data")})
    env = {name: value for name, value in os.environ.items() if not name.startswith("AMPARO_")}
    with (work / "said").open("a", encoding="utf-8") as said:
        argv = [sys.executable, "-m", "tests.chaos.killable_house", told]
        process = subprocess.Popen(argv, cwd=ROOT, stdout=said, stderr=said, text=True, env=env)
    running = House(work, process, process.pid)
    yield running
    running.family()
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    try:
        process.wait(40)
    finally:
        for each in filter(alive, running.seen):
            each.kill()


@contextmanager
def taken_in_hand(house: House) -> Iterator[Ground]:
    """The house once it is up, with its owner, its flows' eyes and the director's hand."""
    secrets = house.data / "secrets"
    with ExitStack() as stack:

        def office(database: str, role: str) -> Office:
            url = (secrets / f"{database}-{role}.url").read_text(encoding="utf-8").strip()
            opened = open_office(url, database=database, environment="test", pack="oas")
            stack.callback(opened.engine.dispose)
            return opened

        flows = {name: office(name, f"{name}_flows") for name in ("house", "ombuds")}
        hands = [office(name, "director") for name in ("house", "ombuds")]
        yield Ground(house, office("house", "amparo_owner"), flows, Director(list(flows.values()), hands), chance(SEED))


def signed_in(ground: Ground, address: str, login: str, role: str) -> str:
    """Somebody of the house, signed in at its door as they would be."""
    key = read_server_key(ground.house.data / "secrets" / "council.key")
    newcomer = Newcomer(name=login, roles=(role,), login=login, passphrase=PASSPHRASE, from_on=BEGINS.date() - timedelta(days=90))
    secret = pyotp.parse_uri(people.add(ground.owner, newcomer, key).totp_address)
    assert isinstance(secret, pyotp.TOTP)
    body = {"name": login, "passphrase": PASSPHRASE, "totp": secret.now()}
    answer = httpx.post(f"{address}/v1/sessions", json=body, timeout=30)
    assert answer.is_success, answer.text
    return str(answer.json()["token"])


def test_kill_9_at_random_instants_under_load_loses_nothing_and_fires_nothing_twice(house: House) -> None:
    sys.stdout.write(f"seed {SEED}\n")
    house.until(house.endpoints.exists, seconds=120)
    house.family()
    address = json.loads(house.endpoints.read_text(encoding="utf-8"))["council"]
    with taken_in_hand(house) as ground:
        ground.director.jump_to(BEGINS)
        tokens = {who: signed_in(ground, address, who, role) for who, role in PEOPLE.items()}
        stop = threading.Event()
        clerks = [Clerk(who, address, tokens[who], chance(SEED, who), stop) for who in ("ana", "ben", "cleo")]
        with working(clerks):
            for what in KILLS:
                after_some_work(ground, clerks)
                ground.kill(what)
        ground.until(lambda: jumped(ground), "the two databases do not come to one instant", 60)
        ground.until(ground.nothing_is_due, "something is still due", 90)
        judge(ground, [each for clerk in clerks for each in clerk.asked])


PEOPLE = {
    "ana": "secretariat_officer",
    "ben": "secretariat_officer",
    "cleo": "secretariat_officer",
    "chief": "chief_of_staff",
    "chair": "chair",
}


def after_some_work(ground: Ground, clerks: list[Clerk]) -> None:
    """Time passes until so many more acts were accepted, and a moment longer: the instant at which somebody dies is any."""
    wanted = sum(len(clerk.accepted) for clerk in clerks) + ground.random.randrange(4, 16)

    def enough() -> bool:
        ground.step_time()
        return sum(len(clerk.accepted) for clerk in clerks) >= wanted or any(clerk.failure for clerk in clerks)

    ground.until(enough, "nobody gets an answer any more", 90)
    threading.Event().wait(ground.random.random() * 0.3)


def jumped(ground: Ground) -> bool:
    """Both databases stand at the last instant: a jump may have been cut in two."""
    ground.director.jump_to(ground.now)
    return True


def judge(ground: Ground, asked: list[Asked]) -> None:
    """Hold what people were told against what is kept."""
    found = broken(ground.owner.engine, ground.owner, in_time=False) | unsettled(ground.owner.engine)
    assert not found, "\n".join(f"{name}: {rows[:5]}" for name, rows in found.items())
    answers = Counter(each.answer for each in asked)
    assert answers["accepted"] >= 4 * len(KILLS)
    assert ground.killed == Counter(KILLS)
    with ground.owner.engine.connect() as connection:
        done = Counter(connection.execute(text(MARKS)).scalars())
        versions = {str(row.id): row.version for row in connection.execute(text("SELECT id, version FROM matter"))}
        fired = connection.execute(text("SELECT count(*) FROM rung_fired")).scalar_one()
        rows = {(str(row.id), row.seq): row.trigger for row in connection.execute(text(EVENTS))}
    sys.stdout.write(f"killed {dict(ground.killed)}, answers {dict(answers)}, fired {fired}\n")
    for each in asked:
        traced = done[each.mark] if has_mark(each) else None
        if each.answer == "accepted":
            matter = each.path.split("/")[3]
            assert traced in {1, None}, ("accepted and lost, or done twice", each)
            assert versions[matter] >= each.version, ("accepted and lost", each)
            assert rows[matter, each.version] == each.body.get("trigger", "open"), ("another act stands in its place", each)
        elif each.answer == "refused":
            assert traced in {0, None}, ("refused and done all the same", each)
        else:
            assert traced in {0, 1, None}, ("done twice", each)
    assert fired > len(KILLS), "too little fired while things died"


def has_mark(asked: Asked) -> bool:
    return asked.mark in json.dumps(asked.body)


MARKS = """
    SELECT symbol FROM mandate
    UNION ALL SELECT facts->>'unit' FROM event WHERE facts ? 'unit'
    UNION ALL SELECT facts->>'document' FROM event WHERE facts ? 'document'"""
EVENTS = "SELECT matter_id AS id, seq, trigger FROM event"
