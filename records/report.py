"""What is kept of a report beside its state: what it is about, its drafts, and the ledger of all releases."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import func, insert, select, text, update

from policies.reports import ReportKind
from records.books import Books
from records.tables import MATTER, RELEASED_REPORT, REPORT_DRAFT, REPORT_MATTER

REPORTS, DESK = "reports", "desk"
"""Who makes drafts: the process that computes figures, and the desk, which adds words to the same figures."""


@dataclass(frozen=True, slots=True)
class ReportRow:
    """What a report matter is about. `state` is the matter's."""

    matter_id: UUID
    report_kind: ReportKind
    series: str
    period: str
    from_on: date
    to_on: date
    edition: str
    contents: Literal["tables", "words"]
    corrects: str | None
    because: str | None
    merged: list[str]
    readers: list[str]
    draft: int | None
    held_for: str | None
    choices: list[dict[str, str]]
    words_version: int
    words_read: int | None
    words_read_by: UUID | None
    words_published: int | None
    state: str

    @property
    def number(self) -> int:
        """Which edition of its period it is, from 1."""
        return _number(self.edition)


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One draft. `object` is report.json as it would go out; `findings` and `utility` are codes and numbers."""

    matter_id: UUID
    number: int
    made_at: datetime
    made_by: str
    object: str = field(repr=False)
    findings: dict[str, Any]
    clean: bool
    utility: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """One release. `object` is report.json without its symbol; `matter_id` None: the chair's week, or a copy."""

    series: str
    edition: str
    kind: str
    matter_id: UUID | None
    object: str = field(repr=False)
    sha256: str
    released_on: date
    symbol: str | None
    published_at: datetime | None


_OWN = tuple(REPORT_MATTER.c[name] for name in ReportRow.__dataclass_fields__ if name != "state")
_REPORT = select(*_OWN, MATTER.c.state).join(MATTER, MATTER.c.id == REPORT_MATTER.c.matter_id)
_DRAFT = select(*(REPORT_DRAFT.c[name] for name in DraftRow.__dataclass_fields__))
_RELEASE = select(*(RELEASED_REPORT.c[name] for name in ReleaseRow.__dataclass_fields__))


def add(books: Books, matter_id: UUID, columns: Mapping[str, Any]) -> None:
    """Write down what a report is about."""
    books.connection.execute(insert(REPORT_MATTER).values(matter_id=matter_id, **columns))


def change(books: Books, matter_id: UUID, columns: Mapping[str, Any]) -> None:
    """Change some of it."""
    books.connection.execute(update(REPORT_MATTER).where(REPORT_MATTER.c.matter_id == matter_id).values(**columns))


def detail(books: Books, matter_id: UUID) -> ReportRow:
    """What a report is about. Raises NoResultFound for what is none, or none that row-level security shows."""
    return _row(books.connection.execute(_REPORT.where(REPORT_MATTER.c.matter_id == matter_id)).one())


def every(books: Books, kind: ReportKind | None = None) -> list[ReportRow]:
    """All reports, or those of a kind, oldest period first."""
    query = _REPORT if kind is None else _REPORT.where(REPORT_MATTER.c.report_kind == kind)
    rows = [_row(row) for row in books.connection.execute(query)]
    return sorted(rows, key=lambda row: (row.to_on, row.period, row.number))


def by_period(books: Books, kind: ReportKind, period: str) -> list[ReportRow]:
    """The reports of a kind and period, first edition first."""
    query = _REPORT.where(REPORT_MATTER.c.report_kind == kind, REPORT_MATTER.c.period == period)
    return sorted((_row(row) for row in books.connection.execute(query)), key=lambda row: row.number)


def in_state(books: Books, state: str) -> list[ReportRow]:
    """The reports that rest in a state, oldest period first: for the process that makes drafts, those that are `wanted`."""
    return [_row(row) for row in books.connection.execute(_REPORT.where(MATTER.c.state == state).order_by(REPORT_MATTER.c.to_on))]


def hold_kind(books: Books, kind: ReportKind) -> None:
    """Be the only one to open reports of this kind until the transaction ends."""
    books.connection.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"report {kind}"))))


def add_draft(
    books: Books,
    matter_id: UUID,
    written: str,
    *,
    made_by: str,
    clean: bool,
    findings: Mapping[str, Any],
    utility: Mapping[str, Any],
) -> int:
    """Keep a draft and return its number. `written` is `Report.written()`; `findings` and `utility` hold codes and numbers.

    The process of reports makes those with figures (`REPORTS`), the desk those with words added to the same figures (`DESK`).
    """
    last = select(func.coalesce(func.max(REPORT_DRAFT.c.number), 0)).where(REPORT_DRAFT.c.matter_id == matter_id)
    number = int(books.connection.execute(last).scalar_one()) + 1
    kept = {"made_at": books.now, "made_by": made_by, "object": written, "clean": clean}
    kept |= {"findings": dict(findings), "utility": dict(utility)}
    books.connection.execute(insert(REPORT_DRAFT).values(matter_id=matter_id, number=number, **kept))
    return number


def drafts(books: Books, matter_id: UUID) -> list[DraftRow]:
    """All drafts of a report, oldest first. Not for the flows of the ombudsperson's office, who may not read them."""
    rows = books.connection.execute(_DRAFT.where(REPORT_DRAFT.c.matter_id == matter_id).order_by(REPORT_DRAFT.c.number))
    return [DraftRow(**row._mapping) for row in rows]


def newest_draft(books: Books, matter_id: UUID) -> DraftRow | None:
    """The draft that would go out now; None: there is none."""
    query = _DRAFT.where(REPORT_DRAFT.c.matter_id == matter_id).order_by(REPORT_DRAFT.c.number.desc()).limit(1)
    row = books.connection.execute(query).one_or_none()
    return None if row is None else DraftRow(**row._mapping)


def fresh_draft(books: Books, matter_id: UUID) -> tuple[int, bool] | None:
    """Number of the newest draft of figures that nobody has judged yet, and whether it is clean. None: there is none.

    Asked of the database's own function, so that who asks sees no cell.
    """
    found = books.connection.execute(text("SELECT number, clean FROM draft_of(:asked)"), {"asked": matter_id}).one_or_none()
    judged = select(REPORT_MATTER.c.draft).where(REPORT_MATTER.c.matter_id == matter_id)
    if found is None or found.number is None or found.number <= (books.connection.execute(judged).scalar_one() or 0):
        return None
    return found.number, found.clean


def release(books: Books, matter_id: UUID, on: date) -> None:
    """Copy the newest draft into the ledger of releases. The database's own function looks whether it may."""
    books.connection.execute(text("SELECT release_report(:asked, :day)"), {"asked": matter_id, "day": on})


def releases(books: Books, series: str | None = None) -> list[ReleaseRow]:
    """Everything ever released, or of one series, in the order of days: what the attacker knows."""
    query = _RELEASE if series is None else _RELEASE.where(RELEASED_REPORT.c.series == series)
    rows = [ReleaseRow(**row._mapping) for row in books.connection.execute(query)]
    return sorted(rows, key=lambda row: (row.released_on, row.series, row.edition.partition(".")[0], _number(row.edition)))


def release_of(books: Books, series: str, edition: str) -> ReleaseRow | None:
    """One release; None: there is none."""
    query = _RELEASE.where(RELEASED_REPORT.c.series == series, RELEASED_REPORT.c.edition == edition)
    row = books.connection.execute(query).one_or_none()
    return None if row is None else ReleaseRow(**row._mapping)


def add_release(books: Books, row: ReleaseRow) -> None:
    """Write down a release that no matter of this database made: a copy from the other one, or the chair's week."""
    columns = {name: getattr(row, name) for name in ReleaseRow.__dataclass_fields__}
    books.connection.execute(insert(RELEASED_REPORT).values(columns))


def unpublished(books: Books) -> list[ReleaseRow]:
    """Releases whose files are not there yet, oldest first."""
    query = _RELEASE.where(RELEASED_REPORT.c.published_at.is_(None))
    return [ReleaseRow(**row._mapping) for row in books.connection.execute(query.order_by(RELEASED_REPORT.c.released_on))]


def set_symbol(books: Books, series: str, edition: str, symbol: str) -> None:
    """Write down the symbol a release was given. The database refuses another one later."""
    _stamp(books, series, edition, {"symbol": symbol})


def mark_published(books: Books, series: str, edition: str) -> None:
    """Write down that the files of a release are there."""
    _stamp(books, series, edition, {"published_at": books.now})


def _stamp(books: Books, series: str, edition: str, columns: Mapping[str, Any]) -> None:
    own = RELEASED_REPORT.c
    books.connection.execute(update(RELEASED_REPORT).where(own.series == series, own.edition == edition).values(**columns))


def released_editions(books: Books, series: str, editions: Iterable[str]) -> set[str]:
    """Which of these editions of a series were released."""
    own = RELEASED_REPORT.c
    query = select(own.edition).where(own.series == series, own.edition.in_(list(editions)))
    return set(books.connection.execute(query).scalars())


def _number(edition: str) -> int:
    """`2026.10` is the tenth edition, after `2026.9`; a week of the chair has one edition and no number: 0."""
    return int(edition.partition(".")[2] or 0)


def _row(row: Any) -> ReportRow:
    return ReportRow(**row._mapping)
