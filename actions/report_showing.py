"""A report as a page shows it: the same sentences, tables and marks as its released forms, its charts drawn lighter.

Altair and vl-convert take 200 MB in the process that loads them: no door does. What is drawn here are the same cells.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from reports.form.labels import Labels
from reports.form.marks import Mark, Picture, flat, told_of
from reports.form.seen import Seen, see
from reports.shape import Chart, Report
from web.drawing.bars import Bar, Way, draw_bars
from web.drawing.shapes import Frame
from web.messages import MessageError

__all__ = ["Seen", "shown"]
_WAYS: Final[Mapping[int, Way]] = {1: "in", -1: "out"}


def shown(written: Mapping[str, Any], language: str) -> Seen | None:
    """The report of an object as `report.json` holds it, in a language.

    None: another edition of this program wrote it, and this one has no words for it. Its files say it all the same.
    """
    try:
        return see(Report.read(json.dumps(written)), language, _drawn)
    except (ValueError, KeyError, MessageError):
        return None


def _drawn(report: Report, chart: Chart, labels: Labels) -> Picture | None:
    told = told_of(report, chart, labels)
    if told is None:
        return None
    name = "".join(sign if sign.isalnum() else "-" for sign in chart.name)
    drawn = draw_bars(Frame(f"chart-{name}", told.title, told.description), [_bar(mark) for mark in told.marks])
    return Picture(chart.name, told.title, told.description, told.note, drawn, wide=288)


def _bar(mark: Mark) -> Bar:
    return Bar(flat(mark.at), mark.of, mark.said, mark.count if mark.state == "shown" else None, _WAYS.get(mark.sign, ""))
