"""Due timers through Procrastinate: jobs with `schedule_at`, a worker of its own with ten jobs at a time."""

import asyncio
import time

import procrastinate
import psycopg
import psycopg_pool
from timing import EFFECT, Round, Task, answer, make_effect_table, say, task, timed

CONCURRENCY = 10

# From one job that Procrastinate wrote itself. Its trigger writes the event of each as it does for every job.
_MORE = """
INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, queueing_lock, args, status, scheduled_at, attempts)
SELECT queue_name, task_name, priority, lock, queueing_lock, jsonb_build_object('timer', gen_random_uuid()), status,
       scheduled_at + (i %% 480) * interval '1 day', attempts
  FROM procrastinate_jobs, generate_series(2, %s) AS i
"""
_DUE = "UPDATE procrastinate_jobs SET scheduled_at = now() - interval '1 hour' WHERE status = 'todo' AND id %% %s = %s"


def main() -> None:
    wanted = task()
    make_effect_table(wanted.conninfo)
    app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=wanted.conninfo, max_size=CONCURRENCY + 4))
    pools: list[psycopg_pool.AsyncConnectionPool] = []

    @app.task(name="fire")
    async def fire(timer: str) -> None:
        async with pools[0].connection() as connection:
            await connection.execute(EFFECT, (timer,))

    began = time.perf_counter()
    asyncio.run(_plant(app, fire, wanted))
    planted_in = time.perf_counter() - began
    say(f"{wanted.pending:,} jobs planted in {planted_in:.0f} s")
    answer(planted_in, [_round(app, wanted, number, pools) for number in range(wanted.rounds)])


async def _plant(app: procrastinate.App, fire: procrastinate.tasks.Task, wanted: Task) -> None:
    async with app.open_async():
        await app.schema_manager.apply_schema_async()
        await fire.configure(schedule_in={"days": 40}).defer_async(timer="the first")
    with psycopg.connect(wanted.conninfo, autocommit=True) as connection:
        connection.execute(_MORE, (wanted.pending,))
        connection.execute("VACUUM (ANALYZE) procrastinate_jobs")
        connection.execute("VACUUM (ANALYZE) procrastinate_events")


def _round(app: procrastinate.App, wanted: Task, number: int, pools: list[psycopg_pool.AsyncConnectionPool]) -> Round:
    def make_due() -> None:
        with psycopg.connect(wanted.conninfo, autocommit=True) as connection:
            connection.execute(_DUE, (wanted.pending // wanted.due, number))
            connection.execute("VACUUM (ANALYZE) procrastinate_jobs")

    async def work() -> None:
        async with psycopg_pool.AsyncConnectionPool(wanted.conninfo, min_size=CONCURRENCY, kwargs={"autocommit": True}) as pool:
            pools[:] = [pool]
            async with app.open_async():
                worker = app.run_worker_async(wait=False, concurrency=CONCURRENCY, install_signal_handlers=False)
                try:
                    await asyncio.wait_for(worker, wanted.seconds)
                except TimeoutError:
                    say(f"stopped after {wanted.seconds:.0f} s")

    return timed(wanted.conninfo, make_due, lambda: asyncio.run(work()))


if __name__ == "__main__":
    main()
