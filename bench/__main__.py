"""`make bench`: measure, show, and write the numbers into `docs/benchmarks.md`. Under a quarter of an hour.

`--quick` takes small sizes and writes nothing; `--only fire,tick` (or start, beside, structure, disclosure, pages) measures a
part and writes nothing. `--only counts,report` counts a report's year among 1.2 million cases and makes the whole report: it
takes minutes to plant them, so neither comes unasked.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, field

from bench.beside import DBOS, PREFECT, PROCRASTINATE, beside
from bench.counts import count
from bench.disclosure import OFFICES, SMALL, disclose, shown
from bench.firing import fire
from bench.ground import Ground, ground
from bench.page import tables, write
from bench.pages import pages
from bench.planting import House, plant
from bench.results import Results
from bench.saying import elapsed, say
from bench.starting import start
from bench.structure import shape
from bench.ticking import tick
from bench.whole_report import whole

PARTS = ("fire", "tick", "start", "beside", "structure", "disclosure", "pages")
PURE = {"structure", "disclosure"}
"""Parts that need no database."""
ALONE = ("counts", "report")
"""Parts only where they are asked for by name; both measure the same cases."""


@dataclass(frozen=True)
class Sizes:
    """How much is measured. `copies`: small houses run out of due clocks before the largest has had all its turns."""

    pending: tuple[int, ...]
    due: int
    days: tuple[int, ...]
    copies: tuple[int, ...]
    times: int
    ticks: int
    starts: int
    peers: tuple[int, ...] = field(default=())
    peer_rounds: int = 2
    peer_seconds: float = 40.0
    prefect: tuple[int, int] = (1_000, 10)
    """Runs scheduled, and of these due."""
    units: tuple[int, ...] = (500, 1_000)
    checks: int = 1
    cases: int = 20_000
    open_cases: tuple[int, int] = (100, 1_000)
    asked: int = 5
    """How often each page is asked for."""


FULL = Sizes(
    pending=(10_000, 100_000, 1_000_000),
    due=1_000,
    days=(10, 14, 14),
    copies=(2, 1, 1),
    times=6,
    ticks=300,
    starts=7,
    peers=(10_000, 100_000, 1_000_000),
    units=(1_250, 2_500, 5_000),
    checks=3,
    cases=1_200_000,
    open_cases=(1_000, 100_000),
    asked=40,
)
QUICK = Sizes(
    pending=(1_000, 10_000),
    due=100,
    days=(10, 10),
    copies=(1, 1),
    times=4,
    ticks=50,
    starts=2,
    peers=(1_000,),
    peer_rounds=1,
    prefect=(20, 2),
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure what is asked for and print it."""
    asked = _asked(arguments)
    sizes = QUICK if asked.quick else FULL
    parts = PARTS if asked.only is None else tuple(asked.only.split(","))
    results = Results()
    if set(parts) & {*ALONE}:
        with ground() as here:
            if "counts" in parts:
                say(count(here, sizes.cases, times=sizes.times).said())
            if "report" in parts:
                say(whole(here, sizes.cases, planted="counts" in parts).said())
    if not set(parts) <= PURE | {*ALONE}:
        with ground() as here:
            say("PostgreSQL runs, durable")
            results = measure(here, sizes, parts)
    if "structure" in parts:
        say("structures")
        results.shaped = [shape(units, times=sizes.checks) for units in sizes.units]
    if "disclosure" in parts:
        say("disclosure control")
        results.disclosed = shown(disclose(SMALL if asked.quick else OFFICES))
    print(f"\n{tables(results)}\n")
    say("done")
    if not asked.quick and asked.only is None:
        write(results, seconds=elapsed())
        say("written to docs/benchmarks.md")


def measure(here: Ground, sizes: Sizes, parts: Sequence[str]) -> Results:
    """Plant the houses, then measure one part after another."""
    results = Results()
    houses = _houses(here, sizes) if set(parts) & {"fire", "tick", "start"} else []
    try:
        if "fire" in parts:
            say(f"firing {sizes.due:,} due clocks, ours and by hand in turn")
            results.fired = fire(houses, times=sizes.times, told=say)
        if "tick" in parts:
            say("empty ticks")
            results.ticked = [tick(of_size[0], times=sizes.ticks) for of_size in houses]
        if "start" in parts:
            say("cold starts")
            results.started = start(here, houses[0][0], times=sizes.starts)
    finally:
        for of_size in houses:
            for house in of_size:
                house.close()
    if "pages" in parts:
        say("pages")
        results.paged = pages(here, sizes.open_cases, times=sizes.asked)
    if "beside" in parts:
        for peer in (PROCRASTINATE, DBOS):
            say(peer.name)
            results.beside += beside(here, peer, sizes.peers, due=sizes.due, rounds=sizes.peer_rounds, seconds=sizes.peer_seconds)
        say(PREFECT.name)
        pending, due = sizes.prefect
        results.beside += beside(here, PREFECT, [pending], due=due, rounds=1, seconds=2 * sizes.peer_seconds)
    return results


def _houses(here: Ground, sizes: Sizes) -> list[list[House]]:
    houses = []
    for pending, days, copies in zip(sizes.pending, sizes.days, sizes.copies, strict=True):
        houses.append([plant(here, pending, due=sizes.due, days=days, copy=copy) for copy in range(copies)])
        say(f"{pending:,} clocks planted in {houses[-1][0].planted_in:.0f} s")
    return houses


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes; writes nothing")
    parser.add_argument("--only", help=f"some of {','.join((*PARTS, *ALONE))}; writes nothing")
    asked = parser.parse_args(arguments)
    if asked.only is not None and not set(asked.only.split(",")) <= {*PARTS, *ALONE}:
        parser.error(f"--only takes some of {','.join((*PARTS, *ALONE))}")
    return asked


if __name__ == "__main__":
    main()
