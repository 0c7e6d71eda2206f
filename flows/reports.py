"""Reports: what is due is opened, drafted, judged, and put out. Thin: `actions/reporting.py` decides everything."""

from asyncio import to_thread
from collections.abc import Mapping
from dataclasses import asdict
from typing import Literal
from uuid import UUID

from prefect import flow

from actions.kernel.sweep import note_error
from actions.ledger_keys import signing_key
from actions.office import Office
from actions.report_week import write_week
from actions.reporting import Reported, Stopped, make_reports
from flows import reports_process
from flows.offices import office_of
from flows.safe import SafeError


class OwnHands:
    """Drafts and papers are made in processes of their own; the house is this worker's other database."""

    def draft(self, database: str, matter: UUID) -> None:
        """Raises NotConfigured, ReportProcessFailed, Stopped."""
        reports_process.draft(database, matter)

    def write(self, series: str, edition: str, written: bytes) -> Mapping[str, bytes]:
        """Raises as `draft` does."""
        return reports_process.write(series, edition, written)

    def write_band(self, written: bytes) -> None:
        """Small enough for this process. Raises NotConfigured, LedgerKeyUnusable, OSError."""
        releases, file = reports_process.places()
        write_week(written, releases, signing_key(file))

    def house(self) -> Office:
        """The office of the house. Raises NotConfigured."""
        return office_of("house")


@flow(name="reports", persist_result=False, log_prints=False)
async def put_out_reports(database: Literal["house", "ombuds"] = "house") -> dict[str, int]:
    """Do everything about reports that is due in one database. Safe to run late, twice, or beside another. Counts only."""
    office = office_of(database)
    try:
        done = await to_thread(reports_now, office)
    except Exception as error:  # noqa: BLE001  # Prefect would keep its text: it leaves as a code
        ref = await to_thread(note_error, office, "reports", error)
        raise SafeError("reports_failed", ref=str(ref)) from None
    return asdict(done)


def reports_now(office: Office) -> Reported:
    """The same, without Prefect: also what the worker does by itself while that is away."""
    try:
        return make_reports(office, OwnHands())
    except Stopped:
        return Reported()
