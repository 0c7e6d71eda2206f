"""Deadlines: fire what is due. Thin: `actions/kernel/sweep.py` decides everything."""

from asyncio import to_thread
from dataclasses import asdict
from typing import Literal

from prefect import flow

from actions.kernel.sweep import BATCH, note_error, sweep
from flows.offices import office_of
from flows.safe import SafeError


@flow(name="deadlines", persist_result=False, log_prints=False)
async def sweep_deadlines(database: Literal["house", "ombuds"] = "house", batch: int = BATCH) -> dict[str, int]:
    """Fire all that is due in one database. Safe to run late, twice, or beside another: `sweep` locks and looks again.

    Async, because Prefect's synchronous engine waits about a second a run. Counts only go in and out.
    """
    office = office_of(database)
    try:
        counts = await to_thread(sweep, office, batch=batch, through="prefect")
    except Exception as error:  # noqa: BLE001  # Prefect would keep its text: it leaves as a code
        ref = await to_thread(note_error, office, "deadlines", error)
        raise SafeError("sweep_failed", ref=str(ref)) from None
    return asdict(counts)
