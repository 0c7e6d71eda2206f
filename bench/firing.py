"""Firing what is due: ours, and the floor: the same rows by hand-written SQL, one commit a matter."""

import gc
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from uuid import uuid4

import psycopg
from psycopg.types.json import Jsonb

from actions.kernel.sweep import sweep
from bench.planting import House
from bench.results import Fired
from states.due import business_offset

_DUE = """
SELECT c.id, c.matter_id, c.next_at, c.due_on, r.person_id
  FROM clock c JOIN responsibility r ON r.matter_id = c.matter_id AND r.until_at IS NULL
 WHERE c.next_at IS NOT NULL AND NOT c.dead AND c.next_at <= %s ORDER BY c.next_at LIMIT 50
"""
_LOCK = "SELECT version FROM matter WHERE id = %s FOR UPDATE SKIP LOCKED"
_FIRED = """
INSERT INTO rung_fired (clock_id, rung, round, due_at, fired_at, person_id, outcome)
VALUES (%s, 'thirty_days', 0, %s, %s, %s, 'told')
"""
_NEXT = "UPDATE clock SET due_on = %s, next_at = %s, attempts = 0, retry_at = NULL WHERE id = %s"
_TELL = "INSERT INTO outbox (id, dedup, person_id, key, params, made_at) VALUES (%s, %s, %s, %s, %s, %s)"


def fire(houses: Sequence[Sequence[House]], *, times: int, told: Callable[[str], None]) -> list[Fired]:
    """Fire `times` days ours and as many by hand, size after size within each turn, so that all meet the same neighbours.

    `houses` are the copies of each size. The first two days of each house warm it up and do not count.
    """
    turns = [_turns(of_size) for of_size in houses]
    found = [Fired(of_size[0].pending, of_size[0].due, of_size[0].planted_in) for of_size in houses]
    for turn in range(times):
        for fired, ahead in zip(found, turns, strict=True):
            ways = (ours, floor) if turn % 2 else (floor, ours)
            took = {way: way(*next(ahead)) for way in ways}
            fired.ours.append(took[ours])
            fired.floor.append(took[floor])
        told("  " + ", ".join(f"{one.pending:,}: {one.ours[-1]:.2f} s, by hand {one.floor[-1]:.2f} s" for one in found))
    return found


def _turns(copies: Sequence[House]) -> Iterator[tuple[House, date]]:
    for house in copies:
        first, second, *days = house.days
        ours(house, first)
        floor(house, second)
        yield from ((house, day) for day in days)


def ours(house: House, day: date) -> float:
    """Seconds that one sweep takes for what comes due on `day`."""
    house.to_day(day)
    gc.collect()
    began = time.perf_counter()
    counts = sweep(house.office)
    took = time.perf_counter() - began
    if (counts.fired, counts.failed) != (house.due, 0):
        raise AssertionError(f"{house.due} clocks were due, {counts} were fired")
    return took


def floor(house: House, day: date) -> float:
    """Seconds for writing the rows of `day` by hand. It is told all that ours works out: who, what and when next."""
    house.to_day(day)
    (now,) = house.ask("SELECT instant FROM office_clock")[0]
    with psycopg.connect(**house.ground.straight("house_flows", house.name), autocommit=True) as connection:
        gc.collect()
        began = time.perf_counter()
        fired = 0
        while due := connection.execute(_DUE, (now,)).fetchall():
            for clock, matter, due_at, due_on, person in due:
                next_at = house.calendar.opens(business_offset(due_on, -5, house.calendar))
                named = {"kind": "mandate", "clock": "sunset", "rung": "thirty_days"}
                told = named | {"matter": str(matter), "due": due_on.isoformat()}
                with connection.transaction():
                    if connection.execute(_LOCK, (matter,)).fetchone() is None:
                        continue
                    connection.execute(_FIRED, (clock, due_at, now, person))
                    connection.execute(_NEXT, (due_on, next_at, clock))
                    dedup = f"{clock}:thirty_days:0"
                    connection.execute(_TELL, (uuid4(), dedup, person, "notice.remind", Jsonb(told), now))
                fired += 1
        took = time.perf_counter() - began
    if fired != house.due:
        raise AssertionError(f"{house.due} clocks were due, {fired} were fired")
    return took
