"""What reports of others show of the house's structure, each kept as it was printed."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlalchemy import insert, select

from policies.refusal import Refusal
from records.books import Books
from records.tables import REPORT


class NoSuchReport(Refusal):
    """No report on record has this id, or another report replaced it already."""

    code: ClassVar[str] = "no_such_report"
    status: ClassVar[int] = 404


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report as it is kept: what it shows under a unit, as it stood on a day. `is_cut`: the source ends before its end."""

    id: UUID
    unit: str
    on_day: date
    shown: list[str]
    is_cut: bool
    with_functions: bool
    source: str
    replaces: UUID | None


_COLUMNS = tuple(REPORT.c[name] for name in ReportRow.__dataclass_fields__)


def add(books: Books, row: ReportRow, by: UUID) -> None:
    """Write down what a report shows. Raises NoSuchReport for one to replace that does not stand."""
    if row.replaces is not None and row.replaces not in {one.id for one in standing(books)}:
        raise NoSuchReport()
    told = {name: getattr(row, name) for name in ReportRow.__dataclass_fields__}
    books.connection.execute(insert(REPORT).values(told | {"by_person": by, "recorded_at": books.now}))


def standing(books: Books) -> list[ReportRow]:
    """Every report that no other replaced, by unit and day."""
    replaced = select(REPORT.c.replaces).where(REPORT.c.replaces.is_not(None))
    query = select(*_COLUMNS).where(REPORT.c.id.not_in(replaced)).order_by(REPORT.c.unit, REPORT.c.on_day, REPORT.c.recorded_at)
    return [ReportRow(**row._mapping) for row in books.connection.execute(query)]
