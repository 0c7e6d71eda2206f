"""The report as a sheet: every published number a line, and the dictionary that says what each column and value means.

CSV as RFC 4180 has it, in UTF-8 with a byte order mark (without it the usual spreadsheet misreads accents). A text that a
spreadsheet would take for a formula is led by an apostrophe.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from io import StringIO
from typing import Final

from reports.form.grids import values_of
from reports.form.labels import Labels, labels_in
from reports.shape import TOTAL, Cell, Report, Table

_MARK: Final = "\N{BYTE ORDER MARK}"
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER: Final = re.compile(r"-[0-9]+(\.[0-9]+)?")
_BEFORE: Final = ("table", "kind", "measure", "period_from", "period_to")
_AFTER: Final = ("count", "low", "high", "note")


def render_csv(report: Report, lang: str) -> str:
    """The sheet in a language, with its byte order mark. A hidden number is an empty field and a note."""
    labels = labels_in(lang)
    dimensions = _dimensions(report)
    head = [
        *(labels.form(f"column.{name}") for name in _BEFORE),
        *(labels.label("dimension", dimension) for dimension in dimensions),
        *(labels.form(f"column.{name}") for name in _AFTER),
    ]
    return _written([head, *_lines(report, dimensions, labels), *_figures(report, dimensions, labels)])


def render_dictionary(report: Report, lang: str) -> str:
    """The sheet's dictionary: each column, table, dimension, value and figure, its code in `report.json`, its meaning."""
    labels = labels_in(lang)
    head = [labels.form(name) for name in ("entry", "code", "name", "meaning")]
    return _written([head, *_entries(report, labels)])


def _dimensions(report: Report) -> tuple[str, ...]:
    """All dimensions of all tables, in the order in which they come."""
    return tuple(dict.fromkeys(dimension for table in report.tables for dimension in table.dimensions))


def _lines(report: Report, dimensions: tuple[str, ...], labels: Labels) -> Iterator[list[str]]:
    for table in report.tables:
        before = _before(report, labels.label("table", table.name), labels.form(f"kind.{table.kind}"), _measure(table, labels))
        if table.state == "too_small":
            yield [*before, *("" for _ in dimensions), "", "", "", labels.form("too_small")]
        for cell in table.cells:
            yield [
                *before,
                *(labels.value(each, cell.key[each]) if each in cell.key else "" for each in dimensions),
                *(_number(number) for number in (cell.count, cell.low, cell.high)),
                _note(cell, labels),
            ]


def _figures(report: Report, dimensions: tuple[str, ...], labels: Labels) -> Iterator[list[str]]:
    for figure in report.figures:
        before = _before(report, labels.figure_name(figure.name), labels.form(f"kind.{figure.unit}"), "")
        value = "" if figure.value is None else str(round(Decimal(str(figure.value)), figure.decimals))
        yield [*before, *("" for _ in dimensions), value, "", "", labels.form("hidden") if figure.value is None else ""]


def _before(report: Report, name: str, kind: str, measure: str) -> list[str]:
    return [name, kind, measure, report.period.from_on.isoformat(), report.period.to_on.isoformat()]


def _measure(table: Table, labels: Labels) -> str:
    return labels.label("measure", table.measure)


def _number(number: int | None) -> str:
    return "" if number is None else str(number)


def _note(cell: Cell, labels: Labels) -> str:
    return "" if cell.count is not None else labels.cell(cell)


def _entries(report: Report, labels: Labels) -> Iterator[list[str]]:
    for name in (*_BEFORE, *_AFTER):
        yield [labels.form("entry.column"), name, labels.form(f"column.{name}"), labels.form(f"explains.column.{name}")]
    for table in report.tables:
        about = "flow" if table.kind == "flow" else "stock"
        meaning = f"{_measure(table, labels)}; {labels.form(f'kind.{about}')}"
        yield [labels.form("entry.table"), table.name, labels.label("table", table.name), meaning]
    for dimension in _dimensions(report):
        name = labels.label("dimension", dimension)
        yield [labels.form("entry.dimension"), dimension, name, labels.form("explains.dimension")]
        yield from _values(report, dimension, name, labels)
    for figure in report.figures:
        kind = labels.form(f"kind.{figure.unit}")
        yield [labels.form("entry.figure"), figure.name, labels.figure_name(figure.name), kind]


def _values(report: Report, dimension: str, name: str, labels: Labels) -> Iterator[list[str]]:
    """Each value of a dimension, and what it belongs to."""
    belongs = {
        fine: labels.form("explains.belongs", coarse=labels.value(grouping.coarse, coarse))
        for grouping in report.groupings
        if grouping.fine == dimension
        for fine, coarse in grouping.members.items()
    }
    tables = (table for table in report.tables if dimension in table.dimensions)
    for value in dict.fromkeys(value for table in tables for value in values_of(table, dimension)):
        meaning = labels.form("explains.total") if value == TOTAL else belongs.get(value, name)
        yield [labels.form("entry.value"), f"{dimension}.{value}", labels.value(dimension, value), meaning]


def _written(lines: Iterable[list[str]]) -> str:
    sheet = StringIO(newline="")
    csv.writer(sheet, lineterminator="\r\n").writerows([_guarded(field) for field in line] for line in lines)
    return _MARK + sheet.getvalue()


def _guarded(field: str) -> str:
    """A field that no spreadsheet takes for a formula. A negative number stays one."""
    return f"'{field}" if field.lstrip(" ").startswith(_FORMULA) and not _NUMBER.fullmatch(field) else field
