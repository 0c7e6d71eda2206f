"""From what was counted and what is hidden to the tables that are published."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from records.counts.counted import CountedTable
from reports.protection.linked import Spot, spot
from reports.protection.wholes import Whole
from reports.shape import Cell, Grouping, Table


@dataclass(frozen=True, slots=True)
class Utility:
    """Which part is published: of the finest cells of every table, and of the cases they count. 1.0 where there are none."""

    cells: float
    cases: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """A release's tables as they would be published, and what is behind them."""

    tables: tuple[Table, ...]
    groupings: tuple[Grouping, ...]
    wholes: Mapping[str, Whole] = field(repr=False)
    hidden: frozenset[Spot] = field(repr=False)
    without_engine: int = 0


def publish(whole: Whole, hidden: frozenset[Spot]) -> Table:
    """The table without what is hidden. Too small: everything that counts somebody would be hidden."""
    table = whole.table
    shown = {values: spot(table, values) not in hidden for values in whole.sums}
    if not any(shown[values] for values, cell in whole.sums.items() if cell.count) and any(
        cell.count or not shown[values] for values, cell in whole.sums.items()
    ):
        return unsaid(table)
    cells = tuple(Cell(key=whole.key(values), count=cell.count if shown[values] else None) for values, cell in whole.sums.items())
    return Table(name=table.name, kind=table.kind, dimensions=table.dimensions, cells=cells, measure=table.measure)


def unsaid(table: CountedTable) -> Table:
    """The table of which nothing can be said."""
    return Table(
        name=table.name, kind=table.kind, dimensions=table.dimensions, cells=(), measure=table.measure, state="too_small"
    )


def hidden_share(whole: Whole, hidden: frozenset[Spot]) -> tuple[float, float]:
    """Which part of a table's finest cells is hidden, and which part of what they count."""
    inner = list(whole.inner())
    gone = [values for values in inner if spot(whole.table, values) in hidden]
    cases = sum(whole.sums[values].count for values in inner)
    lost = sum(whole.sums[values].count for values in gone)
    return len(gone) / len(inner) if inner else 0.0, lost / cases if cases else 0.0


def utility(wholes: Sequence[Whole], tables: Sequence[Table], hidden: frozenset[Spot]) -> Utility:
    """How much of the confidential tables is published. A table too small to be said publishes nothing."""
    said = {table.name for table in tables if table.state == "published"}
    cells = shown = cases = told = 0
    for whole in wholes:
        for values in whole.inner() if whole.table.protected else ():
            count = whole.sums[values].count
            open_ = whole.table.name in said and spot(whole.table, values) not in hidden
            cells, cases = cells + 1, cases + count
            shown, told = shown + open_, told + count * open_
    return Utility(shown / cells if cells else 1.0, told / cases if cases else 1.0)
