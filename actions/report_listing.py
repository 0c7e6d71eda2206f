"""Which reports there are in a house, out or under way, for the command line: states and days, nothing of what is in them."""

from dataclasses import dataclass
from datetime import date

from actions.office import Office
from records import registers, report, transmittal
from records.books import Books
from states.report import REPORT

FINAL = frozenset(str(stage.name) for stage in REPORT.stages if stage.final)


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A report that is not out. `due_on`: the earliest of what is owed of it; None: nothing is."""

    series: str
    edition: str
    kind: str
    state: str
    due_on: date | None
    late: bool


@dataclass(frozen=True, slots=True)
class Out:
    """A release. `state`: of its transmittal; None: it was not transmitted, or never is. `written`: its files are there."""

    series: str
    edition: str
    kind: str
    released_on: date
    symbol: str | None
    written: bool
    state: str | None


def under_way(office: Office) -> list[UnderWay]:
    """The reports of this database that are not out, oldest period first."""
    with office.open() as books:
        rows = [row for row in report.every(books) if row.state not in FINAL]
        dues = registers.earliest_due(books, [row.matter_id for row in rows])
        found = [(row, dues.get(row.matter_id)) for row in rows]
        return [
            UnderWay(row.series, row.edition, row.report_kind, row.state, due, late=due is not None and due < books.today)
            for row, due in found
        ]


def out(house: Office, ombuds: Office) -> list[Out]:
    """Every release of a house, in the order of days; what crossed from the office stands here as the house has it."""
    with house.open() as books:
        found = {(row.series, row.edition): _out(books, row) for row in report.releases(books)}
    with ombuds.open() as books:
        for row in report.releases(books):
            found.setdefault((row.series, row.edition), _out(books, row, transmitted=False))
    return sorted(found.values(), key=lambda each: (each.released_on, each.series, each.edition))


def _out(books: Books, row: report.ReleaseRow, *, transmitted: bool = True) -> Out:
    sent = transmittal.of_release(books, row.series, row.edition) if transmitted else None
    state = None if sent is None else sent.state
    return Out(row.series, row.edition, row.kind, row.released_on, row.symbol, row.published_at is not None, state)
