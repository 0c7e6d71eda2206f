"""A published table added up again: rows, columns, and the grand total by both ways.

A table is CSV: the first column names the rows, the last one is their total, the last row is the total of the columns.
Lines that begin with # are remarks; one of them says where the table is from ("# source: ...").
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar, Final

from policies.refusal import Refusal
from policies.said import Said

_NUMBER: Final = re.compile(r"[0-9]{1,12}", re.ASCII)
_SOURCE: Final = re.compile(r"#\s*source:\s*(\S.*)", re.IGNORECASE)


class NotATable(Refusal):
    """No head, no rows, or no column of totals. Says the line, never what stands in it."""

    code: ClassVar[str] = "table_cannot_be_added"
    status: ClassVar[int] = 422


@dataclass(frozen=True, slots=True)
class Table:
    """`cells[row][column]`, None where there is no number; totals apart. `source` None: it does not say."""

    source: str | None
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[int | None, ...], ...]
    row_totals: tuple[int | None, ...]
    column_totals: tuple[int | None, ...]
    total: int | None


@dataclass(frozen=True, slots=True)
class Checked:
    """What was counted and what does not agree. `findings` empty: every sum is right."""

    table: Table
    findings: tuple[Said, ...]


def read_table(text: str) -> Table:
    """Read a table. Raises NotATable for a shape that cannot be added up; a cell that is no number stays None."""
    lines = text.removeprefix("\ufeff").splitlines()
    source = next((found[1].strip() for line in lines if (found := _SOURCE.match(line))), None)
    kept = [(number, line) for number, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    try:
        rows = [
            (number, [cell.strip() for cell in cells])
            for (number, _), cells in zip(kept, csv.reader(line for _, line in kept), strict=False)
        ]
    except csv.Error:
        raise NotATable(line=kept[0][0]) from None
    if len(rows) < 3 or len(rows[0][1]) < 3:  # a head, a row, the totals; a name, a column, the totals
        raise NotATable(line=kept[0][0] if kept else 1)
    width = len(rows[0][1])
    if wrong := next((number for number, cells in rows if len(cells) != width), None):
        raise NotATable(line=wrong)
    *body, last = (tuple(map(_number, cells[1:])) for _, cells in rows[1:])
    return Table(
        source=source,
        rows=tuple(cells[0] for _, cells in rows[1:-1]),
        columns=tuple(rows[0][1][1:-1]),
        cells=tuple(numbers[:-1] for numbers in body),
        row_totals=tuple(numbers[-1] for numbers in body),
        column_totals=last[:-1],
        total=last[-1],
    )


def check_table(text: str) -> Checked:
    """Add a table up again. Raises NotATable."""
    table = read_table(text)
    return Checked(table, tuple(_findings(table)))


def _findings(table: Table) -> Iterator[Said]:
    """Rows and columns are named by their place, from 1: their names are people's words."""
    if table.source is None:
        yield Said("registering.table_without_source")
    for row, numbers in enumerate((*table.cells, table.column_totals), 1):
        for column, number in enumerate((*numbers, (*table.row_totals, table.total)[row - 1]), 1):
            if number is None:
                yield Said("registering.not_a_number", {"row": row, "column": column})
    for row, (numbers, said) in enumerate(zip(table.cells, table.row_totals, strict=True), 1):
        yield from _differs("registering.row_differs", _sum(numbers), said, {"row": row})
    for column, (numbers, said) in enumerate(zip(zip(*table.cells, strict=True), table.column_totals, strict=True), 1):
        yield from _differs("registering.column_differs", _sum(numbers), said, {"column": column})
    yield from _differs("registering.total_of_rows_differs", _sum(table.row_totals), table.total, {})
    yield from _differs("registering.total_of_columns_differs", _sum(table.column_totals), table.total, {})
    if len(set(table.rows)) < len(table.rows):
        yield Said("registering.row_twice")
    years = [int(row) for row in table.rows if _NUMBER.fullmatch(row)]
    if any(later < earlier for earlier, later in pairwise(years)):
        yield Said("registering.rows_out_of_order")


def _differs(key: str, added: int | None, said: int | None, where: dict[str, int]) -> Iterator[Said]:
    if added is not None and said is not None and added != said:
        yield Said(key, {**where, "said": said, "added": added})


def _sum(numbers: tuple[int | None, ...]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None


def _number(cell: str) -> int | None:
    return int(cell) if _NUMBER.fullmatch(cell) else None
