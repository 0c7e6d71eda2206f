"""Retention: announce and destroy. Thin: `actions/retention.py` asks, and the database decides."""

from asyncio import to_thread
from dataclasses import asdict

from prefect import flow

from actions.kernel.sweep import note_error
from actions.retention import due_retention, keep_house
from flows.offices import office_of
from flows.safe import SafeError

__all__ = ["due_retention", "retention"]  # the worker asks the one and calls the other


@flow(name="retention", persist_result=False, log_prints=False)
async def retention() -> dict[str, int]:
    """Look at destruction, once an office day (`due_retention`). Safe to run late, twice, or beside another. Counts only."""
    office = office_of("ombuds")
    try:
        counts = await to_thread(keep_house, office)
    except Exception as error:  # noqa: BLE001  # Prefect would keep its text: it leaves as a code
        ref = await to_thread(note_error, office, "retention", error)
        raise SafeError("retention_failed", ref=str(ref)) from None
    return asdict(counts)
