"""What a tick costs when nothing is due: the worker looks every fifteen seconds, all year."""

import time

from sqlalchemy import text

from actions.kernel.sweep import anything_due
from bench.planting import House
from bench.results import Ticked


def tick(house: House, *, times: int) -> Ticked:
    """Look `times` times, each followed by one `SELECT 1` through the same engine."""
    ticked = Ticked(house.pending)
    for number in range(times + 5):
        began = time.perf_counter()
        due = anything_due(house.office)
        looked = time.perf_counter()
        with house.office.engine.connect() as connection:
            connection.execute(text("SELECT 1")).scalar_one()
        ended = time.perf_counter()
        if due:
            raise AssertionError("something was due: this is no empty tick")
        if number >= 5:  # the first ones prepare the statements
            ticked.looks.append(looked - began)
            ticked.ones.append(ended - looked)
    return ticked
