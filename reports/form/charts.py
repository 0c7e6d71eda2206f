"""Charts as SVG, the same picture on the page and on the paper, made from a table's published cells alone.

How each kind of chart looks is in `drawing`. Only the process that makes reports loads this: Altair and vl-convert are heavy.
"""

import re
from functools import lru_cache
from html import escape
from typing import Final

import vl_convert
from altair.utils.schemapi import debug_mode

from reports.form.drawing import draw_bars, draw_line, draw_stack
from reports.form.labels import Labels
from reports.form.marks import Mark, Picture, told_of
from reports.shape import Chart, Report

_DRAWN_BY: Final = {"bar": draw_bars, "flow": draw_bars, "stacked": draw_stack, "line": draw_line}
_VEGA_LITE: Final = "6.4"
_LINES: Final = re.compile(
    r'(<text text-anchor="(?:start|end)" transform="translate\([-0-9.]+,)([-0-9.]+)(\)"[^>]*>)'
    r'(<tspan>[^<]*</tspan>(?:<tspan x="0" dy="[0-9]+">[^<]*</tspan>)+)'
)
_DOWN: Final = re.compile(r' dy="([0-9]+)"')


def picture_of(report: Report, chart: Chart, labels: Labels) -> Picture | None:
    """Draw a chart; None if nothing can be drawn of its table. Raises KeyError for a table that the report has not."""
    told = told_of(report, chart, labels)
    if told is None:
        return None
    svg = _svg(chart.name, chart.mark, told.marks, told.title, told.description)
    wide = int(svg.split(' width="', 1)[1].split('"', 1)[0])
    return Picture(chart.name, told.title, told.description, told.note, svg, wide)


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
