"""Due timers through DBOS: workflows enqueued with a delay, a queue that looks ten times a second."""

import time
import uuid

import psycopg
import psycopg_pool
from dbos import DBOS, SetEnqueueOptions
from timing import EFFECT, Round, Task, answer, make_effect_table, say, task, timed, wait_for

POLLS_EVERY = 0.1
"""Seconds; DBOS's own default of one second would count against it here."""
_FAR = 40 * 86_400

# From one workflow that DBOS enqueued itself: its state, then what it is called with.
_COLUMNS = """
SELECT string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position) FROM information_schema.columns
 WHERE table_schema = 'dbos' AND table_name = 'workflow_status' AND column_name NOT IN ('workflow_uuid', 'delay_until_epoch_ms')
"""
_MORE = """
INSERT INTO dbos.workflow_status (workflow_uuid, delay_until_epoch_ms, {columns})
SELECT gen_random_uuid()::text, delay_until_epoch_ms + (i % 480) * 86400000::bigint, {columns}
  FROM dbos.workflow_status, generate_series(2, {pending}) AS i
"""
_CALLED_WITH = """
INSERT INTO dbos.workflow_input (workflow_uuid, inputs)
SELECT s.workflow_uuid, i.inputs FROM dbos.workflow_input i JOIN dbos.workflow_status s ON s.workflow_uuid <> i.workflow_uuid
"""
_DUE = """
UPDATE dbos.workflow_status SET delay_until_epoch_ms = 1000 WHERE workflow_uuid IN
 (SELECT workflow_uuid FROM dbos.workflow_status WHERE status = 'DELAYED' ORDER BY md5(workflow_uuid || %s) LIMIT %s)
"""

_pool: list[psycopg_pool.ConnectionPool] = []


@DBOS.workflow()
def fire() -> None:
    with _pool[0].connection() as connection:
        connection.execute(EFFECT, (DBOS.workflow_id,))


def main() -> None:
    wanted = task()
    make_effect_table(wanted.conninfo)
    told = psycopg.conninfo.conninfo_to_dict(wanted.conninfo)
    address = f"postgresql+psycopg://{told['user']}:{told['password']}@/{told['dbname']}?host={told['host']}&port={told['port']}"
    with psycopg_pool.ConnectionPool(wanted.conninfo, min_size=10, max_size=20, kwargs={"autocommit": True}) as pool:
        _pool.append(pool)
        DBOS(config={"name": "bench", "system_database_url": address, "application_version": "1", "log_level": "ERROR"})
        DBOS.launch()
        queue = DBOS.register_queue("timers", polling_interval_sec=POLLS_EVERY)
        began = time.perf_counter()
        with SetEnqueueOptions(delay_seconds=_FAR):
            queue.enqueue(fire)
        _plant(wanted)
        planted_in = time.perf_counter() - began
        say(f"{wanted.pending:,} workflows planted in {planted_in:.0f} s")
        rounds = [_round(wanted) for _ in range(wanted.rounds)]
        DBOS.destroy(workflow_completion_timeout_sec=0)
    answer(planted_in, rounds)


def _plant(wanted: Task) -> None:
    with psycopg.connect(wanted.conninfo, autocommit=True) as connection:
        (columns,) = connection.execute(_COLUMNS).fetchone() or ("",)
        connection.execute(_MORE.format(columns=columns, pending=wanted.pending).encode())
        connection.execute(_CALLED_WITH)
        for table in ("workflow_status", "workflow_input"):
            connection.execute(f"VACUUM (ANALYZE) dbos.{table}".encode())


def _round(wanted: Task) -> Round:
    """The queue runs all the time, as it would: the round begins when its timers have become due."""

    def make_due() -> None:
        with psycopg.connect(wanted.conninfo, autocommit=True) as connection:
            connection.execute(_DUE, (str(uuid.uuid4()), wanted.due))

    return timed(wanted.conninfo, make_due, lambda: wait_for(wanted.conninfo, wanted.due, wanted.seconds))


if __name__ == "__main__":
    main()
