"""A table of the report as people read it: which dimension runs down, which across, and what each cell says.

What is said of a cell is said once for all forms; nothing is added up here. Long tables fold: values of which nothing can be
said, or that are all none, are named beneath instead of filling a line each.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final, Literal

from reports.form.labels import Labels
from reports.shape import TOTAL, Cell, Report, Table

MOST_ACROSS: Final = 6
"""Columns of numbers that fit across a page."""
_FOLDED_FROM: Final = 4
"""More lines than these that say the same fold into one sentence."""

Values = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """What a cell says. `blank`: the table has no such cell."""

    said: str
    state: Literal["shown", "band", "hidden", "blank"]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table: what it is about, a word for each dimension that runs down, and its cells. Without cells: a heading."""

    heads: tuple[str, ...]
    entries: tuple[Entry, ...]
    total: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table, laid out. `over` names the dimension that runs across, if one does. `counted`: over which days; empty for a stock,
    in whose name its day stands."""

    name: str
    caption: str
    counted: str
    downs: tuple[str, ...]
    over: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    notes: tuple[str, ...]
    too_small: bool = False


def grid_of(report: Report, table: Table, labels: Labels) -> Grid:
    """Lay out one table."""
    caption = labels.label("table", table.name)
    counted = labels.form("flow", first=report.period.from_on, last=report.period.to_on) if table.kind == "flow" else ""
    if table.state == "too_small":
        return Grid(table.name, caption, counted, (), "", (), (), (labels.form("too_small"),), too_small=True)
    values = {dimension: values_of(table, dimension) for dimension in table.dimensions}
    across = _across(table, values)
    downs = tuple(dimension for dimension in table.dimensions if dimension != across)
    lines, notes = _folded(list(_lines(table, values, downs, across, labels)), labels)
    return Grid(
        name=table.name,
        caption=caption,
        counted=counted,
        downs=tuple(labels.label("dimension", dimension) for dimension in downs) or ("",),
        over=labels.label("dimension", across) if across else "",
        columns=tuple(labels.value(across, value) for value in values[across]) if across else (labels.form("count"),),
        lines=tuple(_grouped(report, downs, lines, values, labels)),
        notes=notes,
    )


def values_of(table: Table, dimension: str) -> Values:
    """The values of a dimension in the order in which the table brings them, the total last."""
    found = dict.fromkeys(cell.key[dimension] for cell in table.cells if dimension in cell.key)
    return (*(value for value in found if value != TOTAL), *(value for value in found if value == TOTAL))


def entry_of(cell: Cell | None, labels: Labels) -> Entry:
    """What a cell says."""
    if cell is None:
        return Entry("", "blank")
    said = labels.cell(cell)
    if cell.count is not None:
        return Entry(said, "shown")
    return Entry(said, "hidden" if cell.low is None and cell.high is None else "band")


def _across(table: Table, values: dict[str, Values]) -> str | None:
    """The last dimension that fits across the page, if another is left to run down."""
    if len(table.dimensions) < 2:
        return None
    return next((each for each in reversed(table.dimensions) if len(values[each]) <= MOST_ACROSS), None)


_Keyed = tuple[Values, Line]


def _lines(table: Table, values: dict[str, Values], downs: Values, across: str | None, labels: Labels) -> Iterator[_Keyed]:
    """Every line of a table with its values; lines without any cell are left out."""
    cells = {frozenset(cell.key.items()): cell for cell in table.cells}
    for key in product(*(values[down] for down in downs)):
        fixed = dict(zip(downs, key, strict=True))
        wanted = [{**fixed, across: value} for value in values[across]] if across else [fixed]
        entries = tuple(entry_of(cells.get(frozenset(each.items())), labels) for each in wanted)
        if any(entry.state != "blank" for entry in entries):
            heads = tuple(labels.value(down, value) for down, value in fixed.items()) or (labels.form("all"),)
            yield key, Line(heads, entries, total=TOTAL in key)


def _folded(lines: Sequence[_Keyed], labels: Labels) -> tuple[list[_Keyed], tuple[str, ...]]:
    """The lines that stay, and a sentence for each kind of line that folds. Only lists fold, not tables of two and more ways."""
    hidden = [key for key, line in lines if not line.total and all(entry.state == "hidden" for entry in line.entries)]
    zero = labels.number(0)
    none = [
        key
        for key, line in lines
        if not line.total and all((entry.state, entry.said) == ("shown", zero) for entry in line.entries)
    ]
    notes, gone = [], set[Values]()
    for word, keys in (("folded_hidden", hidden), ("folded_none", none)):
        if len(keys) > _FOLDED_FROM and len(keys[0]) == 1:
            gone.update(keys)
            notes.append(labels.form(word, values="; ".join(line.heads[0] for key, line in lines if key in set(keys))))
    return [each for each in lines if each[0] not in gone], tuple(notes)


def _grouped(report: Report, downs: Values, lines: Sequence[_Keyed], values: dict[str, Values], labels: Labels) -> Iterator[Line]:
    """The lines; those of a list whose values belong to wider ones stand under a heading each."""
    grouping = next((each for each in report.groupings if downs == (each.fine,) and each.coarse not in values), None)
    if grouping is None:
        yield from (line for _, line in lines)
        return
    groups: dict[str | None, list[Line]] = {}
    for (value,), line in lines:
        groups.setdefault(grouping.members.get(value), []).append(line)
    plain = groups.pop(None, [])
    for coarse, members in groups.items():
        if coarse is not None:
            yield Line((labels.value(grouping.coarse, coarse),), ())
        yield from members
    yield from plain
