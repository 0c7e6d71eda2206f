"""The post between the two databases. Thin: `actions/posting.py` decides what is carried, and when."""

from asyncio import to_thread
from dataclasses import asdict
from typing import Literal

from prefect import flow

from actions.kernel.sweep import note_error
from actions.office import Office
from actions.posting import Carried, deliver
from flows.offices import office_of
from flows.safe import SafeError


@flow(name="post", persist_result=False, log_prints=False)
async def carry_post(database: Literal["house", "ombuds"] = "ombuds") -> dict[str, int]:
    """Carry what waits in one database to the other. Safe to run late, twice, or beside another. Counts only."""
    office = office_of(database)
    try:
        done = await to_thread(carry_now, office)
    except Exception as error:  # noqa: BLE001  # Prefect would keep its text: it leaves as a code
        ref = await to_thread(note_error, office, "post", error)
        raise SafeError("post_failed", ref=str(ref)) from None
    return asdict(done)


def carry_now(office: Office) -> Carried:
    """The same, without Prefect: also what the worker does by itself while that is away."""
    return deliver(office, office_of("ombuds" if office.database == "house" else "house"))
