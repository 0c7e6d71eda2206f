"""What answers about released reports look like at the council's door. `council_reports_telling.py` fills them."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from api import shapes


class ReportReceipt(BaseModel):
    """That one receiver has it: the two letters of a state, or a role."""

    receiver: str
    received_at: datetime


class ReleasedReport(shapes.Summary):
    """A report that was released, in one line. `symbol` null: it has none. `written` false: its files come in a few minutes.

    `received` have said that they have it, `missing` are the members who have not. `noted_in` is the meeting that noted it,
    `noted_document` what says so.
    """

    report: str
    report_label: str
    series: str
    edition: str
    symbol: str | None
    document: UUID | None
    from_on: date
    to_on: date
    released_on: date
    receiver: str
    receiver_label: str
    written: bool
    received: list[ReportReceipt]
    missing: list[str]
    noted_in: UUID | None
    noted_document: str | None
    next_due: date | None
    late: bool


class ReleasedReports(BaseModel):
    """Every report that was released to you, the first one first. `says`: what will appear here, where nothing is yet."""

    reports: list[ReleasedReport]
    says: str | None


class ReportFile(BaseModel):
    """A file of a release. `language` null: it is the same in all."""

    name: str
    type: str
    language: str | None


class ReleasedReportDetail(ReleasedReport):
    """One report: all that was published of it (`object`, as in `report.json`), its files, and what can be done with it."""

    owner: str
    moves: list[shapes.Possible]
    files: list[ReportFile]
    object: dict[str, Any]
