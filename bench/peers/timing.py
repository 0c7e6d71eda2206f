"""What every peer's program shares. They run in environments of their own, so nothing of the product is imported here.

A program reads one JSON object from its standard input and prints JSON lines: `said` while it works, `result` at the end.
The effect is the same everywhere: one row in `effect` for each timer that came due.
"""

import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

import psycopg

EFFECT = "INSERT INTO effect (timer) VALUES (%s)"
_TABLE = "CREATE TABLE IF NOT EXISTS effect (timer text PRIMARY KEY, at timestamptz NOT NULL DEFAULT clock_timestamp())"


@dataclass(frozen=True)
class Task:
    """What a program is asked for: `rounds` times `due` timers out of `pending`, each round in at most `seconds`."""

    conninfo: str
    pending: int
    due: int
    rounds: int
    seconds: float


@dataclass(frozen=True)
class Round:
    """How many effects were there, and how long after the start the last of them was."""

    fired: int
    seconds: float


def task() -> Task:
    """What standard input asks for."""
    return Task(**json.loads(sys.stdin.read()))


def say(text: str) -> None:
    """One line of progress."""
    print(json.dumps({"said": text}), flush=True)


def answer(planted_in: float, rounds: list[Round]) -> None:
    """The result, as the last line."""
    print(json.dumps({"result": {"planted_in": planted_in, "rounds": [asdict(one) for one in rounds]}}), flush=True)


def make_effect_table(conninfo: str) -> None:
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute(_TABLE)


def timed(conninfo: str, make_due: Callable[[], None], fire: Callable[[], None]) -> Round:
    """Run `fire` once all is due, and read from the effects when the last one happened: no polling, no closing counts."""
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute("TRUNCATE effect")
        make_due()
        (began,) = connection.execute("SELECT clock_timestamp()").fetchone() or (None,)
        fire()
        query = "SELECT count(*), coalesce(extract(epoch FROM max(at) - %s), 0) FROM effect"
        count, seconds = connection.execute(query, (began,)).fetchone() or (0, 0)
        return Round(int(count), float(seconds))


def effects(conninfo: str) -> int:
    """How many there are now."""
    with psycopg.connect(conninfo, autocommit=True) as connection:
        return int((connection.execute("SELECT count(*) FROM effect").fetchone() or (0,))[0])


def wait_for(conninfo: str, wanted: int, seconds: float) -> None:
    """Return when that many effects are there, or after `seconds`."""
    until = time.perf_counter() + seconds
    while effects(conninfo) < wanted:
        if time.perf_counter() > until:
            say(f"stopped after {seconds:.0f} s")
            return
        time.sleep(0.05)
