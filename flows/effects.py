"""Effects: what was ordered takes effect on its date. Thin: `actions/effects.py` decides everything."""

from asyncio import to_thread
from dataclasses import asdict
from typing import Literal

from prefect import flow

from actions.effects import apply_effects
from actions.kernel.sweep import note_error
from flows.offices import office_of
from flows.safe import SafeError


@flow(name="effects", persist_result=False, log_prints=False)
async def take_effect(database: Literal["house", "ombuds"] = "house") -> dict[str, int]:
    """Apply every date of the structure that is due. Safe to run late, twice, or beside another. Counts only."""
    office = office_of(database)
    try:
        done = await to_thread(apply_effects, office)
    except Exception as error:  # noqa: BLE001  # Prefect would keep its text: it leaves as a code
        ref = await to_thread(note_error, office, "effects", error)
        raise SafeError("effects_failed", ref=str(ref)) from None
    return asdict(done)
