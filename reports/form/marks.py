"""What a chart is drawn of: the published cells of its table in order, each with what is said of it; and the picture it becomes.

Who draws, and with what, is another's: the forms of a release with Altair, the doors with a few boxes.
"""

import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from reports.form.grids import entry_of, values_of
from reports.form.labels import Labels
from reports.shape import TOTAL, Cell, Chart, Report, Table

State = Literal["shown", "band", "hidden"]
LETTERS: Final = 32
"""Letters a line of a name beside a bar."""
_MOST_PLACES: Final = 24


@dataclass(frozen=True, slots=True)
class Mark:
    """One cell to draw: where along the axis, in which colour's series, and what is said of it."""

    at: str
    of: str
    said: str
    state: State
    count: int
    """Zero unless shown."""
    sign: int = 0

    @property
    def plain(self) -> dict[str, object]:
        """As Vega reads it."""
        return {"at": self.at, "of": self.of, "said": self.said, "state": self.state, "n": self.count, "sign": str(self.sign)}


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart: its title, what it shows in words, and the SVG."""

    name: str
    title: str
    description: str
    note: str
    """That values without a number are left out; empty if none is."""
    svg: str
    wide: int
    """Pixels, as drawn: so that letters are of one size in all charts of a paper."""


Draw = Callable[[Report, Chart, Labels], Picture | None]
"""Draws a chart; None if nothing can be drawn of its table."""


@dataclass(frozen=True, slots=True)
class Told:
    """A chart before it is drawn. `note`: that values without a number are left out; empty if none is."""

    title: str
    description: str
    note: str
    marks: tuple[Mark, ...]


def told_of(report: Report, chart: Chart, labels: Labels) -> Told | None:
    """What there is to draw; None if nothing. Raises KeyError for a table that the report has not."""
    every = _marks(report, chart, report.table(chart.table), labels)
    if not any(mark.count for mark in every):
        return None
    marks = _fitting(every)
    note = "" if len(marks) == len(every) else labels.form("left_out")
    description = "; ".join(f"{' '.join(filter(None, (flat(mark.at), mark.of)))}: {mark.said}" for mark in marks)
    return Told(labels.label("chart", chart.name), description, note, tuple(marks))


def _fitting(marks: list[Mark]) -> list[Mark]:
    """All marks, or of a list too long for a page those of values that have a number at all."""
    if len({mark.at for mark in marks}) <= _MOST_PLACES:
        return marks
    told = {mark.at for mark in marks if mark.count}
    return [mark for mark in marks if mark.at in told]


def _marks(report: Report, chart: Chart, table: Table, labels: Labels) -> list[Mark]:
    """The cells to draw, in the table's order: of dimensions that the chart does not show, the total.

    A chart of flow tells what came in from what went out by the signs of the identity; its first and last bars stand."""
    cells = {frozenset(cell.key.items()): cell for cell in table.cells}
    rest = {dimension: TOTAL for dimension in table.dimensions if dimension not in (chart.across, chart.colour)}
    signs = {
        term.key.get(chart.across): term.sign
        for identity in report.identities
        for term in identity.terms
        if chart.mark == "flow" and term.table == table.name
    }
    marks = []
    values = _inner(table, chart.across)
    for place, value in enumerate(values):
        sign = 0 if value in (values[0], values[-1]) else signs.get(value, 0)
        for series in _inner(table, chart.colour) if chart.colour else ("",):
            key = {**rest, chart.across: value, **({chart.colour: series} if chart.colour else {})}
            cell = cells.get(frozenset(key.items()))
            if cell is None:
                continue
            at = f"{place:03d}{_wrapped(labels.value(chart.across, value))}"
            of = labels.value(chart.colour, series) if chart.colour else ""
            marks.append(_mark(cell, at, of, sign, labels))
    return marks


def _mark(cell: Cell, at: str, of: str, sign: int, labels: Labels) -> Mark:
    entry = entry_of(cell, labels)
    state: State = "shown" if entry.state == "shown" else "band" if entry.state == "band" else "hidden"
    lead = {1: "+ ", -1: "− "}.get(sign, "") if state == "shown" else ""
    return Mark(at, of, lead + entry.said, state, cell.count or 0, sign)


def _inner(table: Table, dimension: str) -> Sequence[str]:
    return [value for value in values_of(table, dimension) if value != TOTAL]


def _wrapped(label: str) -> str:
    return "\n".join(textwrap.wrap(label, LETTERS)) or label


def flat(at: str) -> str:
    """A place's label without its number and breaks."""
    return at[3:].replace("\n", " ")
