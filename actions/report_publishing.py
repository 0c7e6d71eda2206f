"""What was released goes out: over to the house, under a number, into files, to its receiver. Each cut is gone on from."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import ClassVar

from actions.kernel.callers import HouseProcess
from actions.kernel.kind import Nothing
from actions.kernel.move import move_in, open_in
from actions.kernel.settle import tell
from actions.kinds.transmittal import COUNCIL, Transmitted
from actions.office import Office
from actions.report_documents import distributed, numbered
from actions.report_mails import tell_receivers
from policies.refusal import Refusal
from policies.reports import ReportKind
from records import report, transmittal
from records.books import Books
from records.ledger import Entry, store
from records.report import ReleaseRow
from reports.ombuds.chair_week import SERIES as CHAIR_WEEK
from reports.shape import Report
from states.machine import MoveRefused, NoSuchMove

Write = Callable[[str, str, bytes], Mapping[str, bytes]]
"""Has the folder of a release (series, edition, `report.json`) written and signed; gives the SHA-256 of its papers by language.

Raises when the folder is not there afterwards. A folder that is there already is left as it is.
"""


class AnotherReleaseCrossed(Refusal):
    """The house holds another object under this name. A person must look: one of the two databases was restored."""

    code: ClassVar[str] = "another_release_crossed"


def waiting(books: Books) -> list[ReleaseRow]:
    """What was released and did not go out of this database's hands yet, oldest first."""
    return report.unpublished(books)


def cross(office: Office, house: Office, row: ReleaseRow) -> None:
    """Copy a release of the ombudsperson's office into the house's ledger of releases, once, and note here that it is there.

    The third thing that crosses, after letters and replies. What is copied was released: it does not change any more. Raises
    AnotherReleaseCrossed; then nothing is marked as published.
    """
    with house.open() as there:
        report.hold_kind(there, _kind(row))
        kept = report.release_of(there, row.series, row.edition)
        if kept is not None and kept.sha256 != row.sha256:
            raise AnotherReleaseCrossed(series=row.series, edition=row.edition)
        if kept is None:
            report.add_release(there, replace(row, matter_id=None, symbol=None, published_at=None))
            store.append(there, Entry(there.today, "report.crossed", facts=_crossed(there, row)), None)
    with office.open() as books:
        report.mark_published(books, row.series, row.edition)


def keep_band(office: Office, row: ReleaseRow, write: Callable[[bytes], None]) -> None:
    """Write the files of a chair's week. The chair had it by mail."""
    write(row.object.encode())
    with office.open() as books:
        report.mark_published(books, row.series, row.edition)


def publish(office: Office, row: ReleaseRow, write: Write) -> None:
    """In the house: give a release its number, write its files, then transmit it and tell its receiver.

    The number comes first, because it stands in the files; the transmittal last, so that what is transmitted is there.
    """
    symbol = _symbol(office, row)
    written = Report.read(row.object).model_copy(update={"symbol": symbol}).written()
    papers = write(row.series, row.edition, written.encode())
    _transmit(office, row, symbol, papers)


def is_band(row: ReleaseRow) -> bool:
    """Whether it is a chair's week."""
    return row.kind == CHAIR_WEEK


def _crossed(house: Books, row: ReleaseRow) -> dict[str, str]:
    """What the house's ledger says of a copy. The digest only of what goes to the Council: everybody reads that ledger, and of a
    short object that goes to one person whoever has its digest finds every figure by trying.
    """
    facts = {"series": row.series, "edition": row.edition}
    policy = house.pack.reports.reports.get(_kind(row)) if house.pack.reports else None
    if policy is not None and policy.receiver == COUNCIL:
        facts["sha256"] = row.sha256
    return facts


def _symbol(office: Office, row: ReleaseRow) -> str | None:
    """The document symbol of a release, given once; None: it gets none."""
    with office.open() as books:
        report.hold_kind(books, _kind(row))
        kept = report.release_of(books, row.series, row.edition)
        policy = books.pack.reports.reports.get(_kind(row)) if books.pack.reports else None
        if kept is None or kept.symbol is not None or kept.published_at is not None or policy is None:
            return None if kept is None else kept.symbol
        symbol = numbered(books, policy, row.edition)
        if symbol is not None:
            report.set_symbol(books, row.series, row.edition, symbol)
        return symbol


def _transmit(office: Office, row: ReleaseRow, symbol: str | None, papers: Mapping[str, bytes]) -> None:
    with office.open() as books:
        report.hold_kind(books, _kind(row))
        if transmittal.of_release(books, row.series, row.edition) is None:
            document = None if symbol is None else distributed(books, symbol, papers)
            told = Transmitted(series=row.series, edition=row.edition, kind=_kind(row), symbol=symbol, document=document)
            opened = open_in(office, books, "transmittal", told, by=HouseProcess())
            tell(books)
            _replace_older(office, books, row)
            tell_receivers(books, opened.id)
        report.mark_published(books, row.series, row.edition)


def _replace_older(office: Office, books: Books, row: ReleaseRow) -> None:
    """An edition that this one corrects, and that nobody has noted yet, gives way."""
    for older in transmittal.of_series(books, row.series):
        if older.edition == row.edition or older.edition.partition(".")[0] != row.edition.partition(".")[0]:
            continue
        try:
            move_in(office, books, older.matter_id, "replace", Nothing(), by=HouseProcess())
        except (NoSuchMove, MoveRefused):
            continue  # it was noted: what was noted stays so


def _kind(row: ReleaseRow) -> ReportKind:
    """The kind of a release that a matter made. Raises ValueError for a chair's week, which is transmitted to nobody."""
    for each in ("ombuds", "annex", "mandates"):
        if each == row.kind:
            return each
    raise ValueError("only a report of the policy is transmitted")
