"""The flow in one table, and over the years: copies of published cells. What a report hid stays hidden."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal

from reports.ombuds.contents import MOVEMENTS, TRENDS
from reports.ombuds.reading import Seen
from reports.shape import Cell, Identity, Place, Report, Table

PERIOD: Final = "report_period"
MOVEMENT: Final = "movement"
_SIGNS: Final[dict[str, Literal[1, -1]]] = {"open_at_start": 1, "received": 1, "reopened": 1, "closed": -1, "open_at_end": -1}
_FOLLOWED: Final = ("received", "closed", "open_at_end", "visitors_received", "recommendations_received")


def movements(seen: Seen, prefix: str, code: str) -> tuple[Table, ...]:
    """All movements of cases, visitors or recommendations in one table; none where the house has no such matters.

    Each is called as the table whose total it repeats, here and in the trend: whoever reads both knows it for the same number.
    Of what is hidden there is no line: it is hidden where it is counted, and here it could only be guessed once more. The measure
    bears the period's code, because what was open at the start of a part does not add up to anything.
    """
    names = seen.there([prefix + name for name in _SIGNS])
    if not names:
        return ()
    counts = ((name, seen.count(seen.whole(name))) for name in names)
    cells = tuple(Cell(key={MOVEMENT: name}, count=count) for name, count in counts if count is not None)
    name = prefix + MOVEMENTS
    table = Table(name=name, kind="flow", dimensions=(MOVEMENT,), measure=f"{name}.{code}", cells=cells)
    return (table if cells else table.model_copy(update={"state": "too_small"}),)


def holed(seen: Seen, table: Table) -> bool:
    """Whether a table of movements lacks one that the house counts."""
    prefix = table.name.removesuffix(MOVEMENTS)
    return len(table.cells) < len(seen.there([prefix + name for name in _SIGNS]))


def balance(table: Table) -> Identity:
    """That the movements add up, so that who draws them knows what comes in and what goes out."""
    prefix = table.name.removesuffix(MOVEMENTS)
    places = (Place(table=table.name, key=cell.key, sign=_SIGNS[cell.key[MOVEMENT].removeprefix(prefix)]) for cell in table.cells)
    return Identity(name=table.name, terms=tuple(places))


def editions(earlier: Sequence[Report], series: str) -> Mapping[str, Report]:
    """The newest edition with tables of each period of a series, by the period's code, the oldest period first."""
    newest: dict[str, tuple[int, Report]] = {}
    for report in earlier:
        code, _, number = report.edition.rpartition(".")
        if report.series == series and report.tables and number.isdecimal():
            newest[code] = max(newest.get(code, (0, report)), (int(number), report), key=lambda each: each[0])
    return {code: newest[code][1] for code in sorted(newest, key=lambda each: newest[each][1].period.to_on)}


def trend(seen: Seen, code: str, before: Mapping[str, Report]) -> tuple[Table, ...]:
    """One table of all periods that have ended by now; none where nothing of an earlier one is published.

    It is of a stock: that a number was printed for a period does not add up with anything.
    """
    known = {each: Seen(report.tables) for each, report in before.items() if each != code} | {code: seen}
    cells = tuple(_cells(known, seen.there(_FOLLOWED)))
    if all(cell.key[PERIOD] == code for cell in cells):
        return ()
    return (Table(name=TRENDS, kind="stock", dimensions=(PERIOD, MOVEMENT), measure=TRENDS, cells=cells),)


def _cells(known: Mapping[str, Seen], followed: Sequence[str]) -> Iterator[Cell]:
    for code, tables in known.items():
        for name in followed:
            count = tables.count(tables.whole(name))
            if count is not None:
                yield Cell(key={PERIOD: code, MOVEMENT: name}, count=count)
