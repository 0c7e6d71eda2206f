"""Charts as SVG, the same picture on the page and on the paper, made from a table's published cells alone.

How each kind of chart looks is in `drawing`. Only the process that makes reports loads this: Altair and vl-convert are heavy.
"""

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Final

import vl_convert
from altair.utils.schemapi import debug_mode

from reports.form.drawing import LETTERS, Mark, State, draw_bars, draw_line, draw_stack
from reports.form.grids import entry_of, values_of
from reports.form.labels import Labels
from reports.shape import TOTAL, Cell, Chart, Report, Table

_DRAWN_BY: Final = {"bar": draw_bars, "flow": draw_bars, "stacked": draw_stack, "line": draw_line}
_MOST_PLACES: Final = 24
_VEGA_LITE: Final = "6.4"
_LINES: Final = re.compile(
    r'(<text text-anchor="(?:start|end)" transform="translate\([-0-9.]+,)([-0-9.]+)(\)"[^>]*>)'
    r'(<tspan>[^<]*</tspan>(?:<tspan x="0" dy="[0-9]+">[^<]*</tspan>)+)'
)
_DOWN: Final = re.compile(r' dy="([0-9]+)"')


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


def picture_of(report: Report, chart: Chart, labels: Labels) -> Picture | None:
    """Draw a chart; None if nothing can be drawn of its table. Raises KeyError for a table that the report has not."""
    every = _marks(report, chart, report.table(chart.table), labels)
    if not any(mark.count for mark in every):
        return None
    marks = _fitting(every)
    note = "" if len(marks) == len(every) else labels.form("left_out")
    title = labels.label("chart", chart.name)
    description = "; ".join(f"{' '.join(filter(None, (_flat(mark.at), mark.of)))}: {mark.said}" for mark in marks)
    svg = _svg(chart.name, chart.mark, tuple(marks), title, description)
    return Picture(chart.name, title, description, note, svg, wide=int(svg.split(' width="', 1)[1].split('"', 1)[0]))


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


def _flat(at: str) -> str:
    """A place's label without its number and breaks."""
    return at[3:].replace("\n", " ")


@lru_cache(maxsize=128)
def _svg(name: str, kind: str, marks: tuple[Mark, ...], title: str, description: str) -> str:
    """The picture, named for who cannot see it; every id carries the chart's name, so that two fit on one page. Kept, because
    page and paper show the same."""
    with debug_mode(False):  # Altair would check each piece against its schema, which takes longer than to draw it
        drawn = _DRAWN_BY[kind](marks)
    drawn["config"] = {"background": None, "view": {"stroke": None}, "font": "Libertinus Serif", "aria": False}
    svg: str = vl_convert.vegalite_to_svg(drawn, vl_version=_VEGA_LITE, allowed_base_urls=[])
    svg = _LINES.sub(_centred, svg)
    own = "chart-" + re.sub(r"[^A-Za-z0-9_-]", "-", name)
    svg = re.sub(r' id="([^"]+)"', rf' id="{own}-\1"', svg)
    svg = re.sub(r"url\(#([^)]+)\)", rf"url(#{own}-\1)", svg)
    svg = svg.replace(' xmlns:xlink="http://www.w3.org/1999/xlink"', "").replace(' class="marks"', "")
    naming = f'<title id="{own}-title">{escape(title)}</title><desc id="{own}-desc">{escape(description)}</desc>'
    head = rf'<svg\1 role="img" aria-labelledby="{own}-title {own}-desc">'
    return re.sub(r"^<svg([^>]*)>", head, svg, count=1).replace(">", f">{naming}", 1)


def _centred(text: re.Match[str]) -> str:
    """A name of several lines beside a bar, moved up by half of them: Vega puts the first line where the middle belongs."""
    before, down, after, lines = text.groups()
    return f"{before}{float(down) - sum(map(int, _DOWN.findall(lines))) / 2:g}{after}{lines}"
