"""The ledger: close the office days that are over. Thin: `actions/ledger.py` decides everything."""

from asyncio import to_thread
from dataclasses import asdict
from typing import Literal

from prefect import flow

from actions.kernel.sweep import note_error
from actions.ledger import Folded, fold
from actions.ledger_keys import signing_key
from actions.office import Office
from flows.offices import NotConfigured, office_of
from flows.safe import SafeError
from settings import Settings


@flow(name="ledger", persist_result=False, log_prints=False)
async def fold_ledger(database: Literal["house", "ombuds"] = "house") -> dict[str, int]:
    """Fold what waits in one database and sign a head a day. Safe to run late, twice, or beside another.

    Counts only go out; those of the ombuds log tell how many days were closed and nothing else.
    """
    office = office_of(database)
    try:
        folded = await to_thread(fold_now, office)
    except Exception as error:  # noqa: BLE001  # Prefect would keep its text: it leaves as a code
        ref = await to_thread(note_error, office, "ledger", error)
        raise SafeError("fold_failed", ref=str(ref)) from None
    return asdict(folded)


def fold_now(office: Office) -> Folded:
    """Fold with this process's own key: also what the worker does by itself while Prefect is away. Raises NotConfigured."""
    settings = Settings()
    file = settings.house_ledger_key_file if office.database == "house" else settings.ombuds_ledger_key_file
    if file is None:
        raise NotConfigured(f"AMPARO_{office.database.upper()}_LEDGER_KEY_FILE is needed")
    return fold(office, signing_key(file))
