"""What was ordered against what reports of others show: kept as it was printed, compared anew whenever somebody looks.

A comparison explains drift and corrects nothing.
"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID, uuid4

from pydantic import Field

from actions.kernel.kind import Payload
from actions.kinds.house import Day, Words
from actions.office import Office
from actions.replays import Answer, Repeatable, once
from actions.structure import require
from actions.structure_record import known
from policies.refusal import Refusal
from records import structure, structure_reports
from records.books import Books
from records.ledger import Entry, store
from records.structure_reports import ReportRow
from structure.operation import Id
from structure.reconciling import Reconciled, expected_under, reconcile

Shown = Annotated[str, Field(min_length=1, max_length=500, pattern=r"[^\s\x1c-\x1f\x85]")]


class UnitNotOnRecord(Refusal):
    """The house has no such unit on that day."""

    code: ClassVar[str] = "unit_not_on_record"
    status: ClassVar[int] = 422


class ReportTooEarly(Refusal):
    """A report about a day that has not come."""

    code: ClassVar[str] = "report_too_early"
    status: ClassVar[int] = 422


class NewReport(Payload):
    """What a report shows under a unit, as it stood on a day.

    `is_cut`: the source ends before its end; a name that ends with `(cut)` says so too. `with_functions`: it shows what the
    unit does, not only the units under it. `replaces`: an earlier report that was typed wrongly.
    """

    unit: Id
    on: Day
    shown: Annotated[tuple[Shown, ...], Field(min_length=1, max_length=2000)]
    is_cut: bool = False
    with_functions: bool = False
    source: Words
    replaces: UUID | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """A report against the structure of a day as it is known on another. `on` is the report's own day if none is asked for."""

    report: ReportRow
    on: date
    found: Reconciled


def record(office: Office, told: NewReport, *, by: UUID, request: Repeatable | None = None) -> UUID:
    """Write down what a report shows. Raises NotAllowed, UnitNotOnRecord, ReportTooEarly, NoSuchReport, KeyReused."""
    with office.open() as books:
        require(books, by, "report")

        def first() -> Answer:
            structure.hold(books)
            if told.on > books.today:
                raise ReportTooEarly(on=told.on)
            if known(books).at(told.on, books.today).live_unit(told.unit) is None:
                raise UnitNotOnRecord(on=told.on)
            row = ReportRow(
                id=uuid4(),
                unit=told.unit,
                on_day=told.on,
                shown=list(told.shown),
                is_cut=told.is_cut,
                with_functions=told.with_functions,
                source=told.source,
                replaces=told.replaces,
            )
            structure_reports.add(books, row, by)
            facts: dict[str, str | int | date] = {
                "report": str(row.id),
                "unit": told.unit,
                "on": told.on,
                "shown": len(told.shown),
            }
            store.append(books, Entry(books.today, "structure.reported", None, str(by), facts), None)
            return {"report": str(row.id)}

        return UUID(once(books, request, first, by=by)["report"])


def compared(office: Office, as_of: date | None = None, known_at: date | None = None, *, by: UUID) -> tuple[Compared, ...]:
    """Every report that stands, against the structure of its day, or of `as_of`. Raises NotAllowed."""
    with office.open() as books:
        require(books, by, "read")
        return tuple(_compared(books, row, as_of or row.on_day, known_at) for row in structure_reports.standing(books))


def _compared(books: Books, row: ReportRow, on: date, known_at: date | None) -> Compared:
    org = known(books).at(on, known_at or books.today)
    expected = expected_under(org, row.unit, functions=row.with_functions)
    return Compared(row, on, reconcile(expected, row.shown, is_cut=row.is_cut))
