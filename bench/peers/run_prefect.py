"""Due timers through Prefect: one scheduled run of a deployment each, served by a runner that looks every second.

The address of the server comes in the environment, as Prefect wants it; so does that of the effects, because each run is a
process of its own that the runner starts.
"""

import asyncio
import os
import time
from datetime import UTC, datetime, timedelta
from uuid import UUID

import psycopg
from prefect import flow
from prefect.client.orchestration import get_client
from prefect.runner import Runner
from prefect.states import Scheduled
from timing import EFFECT, answer, make_effect_table, say, task, timed, wait_for

EFFECTS = "BENCH_EFFECTS"
AT_ONCE = 4
AHEAD = 10
"""Seconds from making the runs that come due to their instant."""
LOOKS_EVERY = 1
"""Seconds; Prefect's own default is ten."""


@flow(name="fire", persist_result=False)
async def fire(timer: str) -> None:
    with psycopg.connect(os.environ[EFFECTS], autocommit=True) as connection:
        connection.execute(EFFECT, (timer,))


async def main() -> None:
    wanted = task()
    os.environ[EFFECTS] = wanted.conninfo
    make_effect_table(wanted.conninfo)
    runner = Runner(name="bench", query_seconds=LOOKS_EVERY, limit=AT_ONCE, pause_on_shutdown=False)
    deployment = await runner.add_flow(fire, name="bench")
    began = time.perf_counter()
    far = datetime.now(UTC) + timedelta(days=40)
    await _schedule(deployment, [(f"later {number}", far) for number in range(wanted.pending - wanted.due * wanted.rounds)])
    planted_in = time.perf_counter() - began
    say(f"{wanted.pending:,} runs scheduled in {planted_in:.0f} s")
    serving = asyncio.create_task(runner.start())
    rounds = []
    loop = asyncio.get_running_loop()
    for number in range(wanted.rounds):

        def make_due(number: int = number) -> None:
            """Schedule the runs a little ahead, so that making them does not count, and return when they are due."""
            at = datetime.now(UTC) + timedelta(seconds=AHEAD)
            due = [(f"{number} {timer}", at) for timer in range(wanted.due)]
            asyncio.run_coroutine_threadsafe(_schedule(deployment, due), loop).result()
            time.sleep(max((at - datetime.now(UTC)).total_seconds(), 0))

        def fire_all() -> None:
            wait_for(wanted.conninfo, wanted.due, wanted.seconds)

        rounds.append(await asyncio.to_thread(timed, wanted.conninfo, make_due, fire_all))
    serving.cancel()
    answer(planted_in, rounds)


async def _schedule(deployment: UUID, timers: list[tuple[str, datetime]]) -> None:
    """Four at a time: more make the server no faster."""
    gate = asyncio.Semaphore(AT_ONCE)
    async with get_client() as client:

        async def one(timer: str, at: datetime) -> None:
            async with gate:
                await client.create_flow_run_from_deployment(
                    deployment, parameters={"timer": timer}, state=Scheduled(scheduled_time=at)
                )

        await one(*timers[0])  # alone: the client fetches its CSRF token with it, and must not fetch four
        await asyncio.gather(*(one(timer, at) for timer, at in timers[1:]))


if __name__ == "__main__":
    asyncio.run(main())
