"""Firing what is due: ours, and the floor: the same rows by hand-written SQL, one commit a matter."""

import gc
import time
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

import psycopg
from psycopg.types.json import Jsonb

from actions.kernel.sweep import sweep
from bench.planting import BEFORE, House
from states.due import business_offset

_DUE = """
SELECT c.id, c.matter_id, c.next_at, c.due_on, r.person_id
  FROM clock c JOIN responsibility r ON r.matter_id = c.matter_id AND r.until_at IS NULL
 WHERE c.next_at IS NOT NULL AND NOT c.dead AND c.next_at <= %s ORDER BY c.next_at LIMIT 50
"""
_LOCK = "SELECT version FROM matter WHERE id = %s FOR UPDATE SKIP LOCKED"
_FIRED = """
INSERT INTO rung_fired (clock_id, rung, round, due_at, fired_at, person_id, outcome) VALUES (%s, 'thirty_days', 0, %s, %s, %s, 'told')
"""
_NEXT = "UPDATE clock SET due_on = %s, next_at = %s, attempts = 0, retry_at = NULL WHERE id = %s"
_TELL = "INSERT INTO outbox (id, dedup, person_id, key, params, made_at) VALUES (%s, %s, %s, %s, %s, %s)"


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
                told = {"matter": str(matter), "kind": "mandate", "clock": "sunset", "rung": "thirty_days", "due": due_on.isoformat()}
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
