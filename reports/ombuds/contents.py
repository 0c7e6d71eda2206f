"""Which chapter shows which tables and pictures. Tables that a later kind brings by itself stand in the last of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reports.ombuds.reading import Seen
from reports.shape import Chapter, Chart, Sentence

MOVEMENTS: Final = "movements"
ISSUES: Final = "issues"
CATEGORIES: Final = "issues_by_category"
TIMELINESS: Final = "timeliness"
EXCUSED: Final = "excused"
MARKS: Final = "marks"
ANSWERS: Final = "recommendations_marks"
TRENDS: Final = "trends"
COUNTED_AS: Final = {CATEGORIES: ISSUES, EXCUSED: "waivers"}
"""Tables of the report that are counted under another name."""
PREFIXES: Final = ("", "visitors_", "recommendations_", "protections_")
"""Of the tables of cases, visitors, recommendations and those who are watched over."""
_BY_TRACK: Final = ("open_at_start", "received", "reopened", "open_at_end")
_TRACK: Final = "track"


@dataclass(frozen=True, slots=True)
class Shown:
    """What a chapter shows. `said`: keys of the sentences that always stand in it."""

    chapter: str
    tables: tuple[str, ...]
    said: tuple[str, ...] = ()


def _moved(prefix: str) -> tuple[str, ...]:
    """What was open, came, was opened again, ended, is open: as one table, and by track and outcome."""
    return (prefix + MOVEMENTS, *(prefix + name for name in _BY_TRACK), f"{prefix}closed")


FLOW: Final = Shown("flow", _moved(""), ("flow",))
MATTERS: Final = Shown("matters", _moved("visitors_"), ("what_is_a_case", "what_is_an_issue", "what_is_a_visitor"))
ABOUT: Final = Shown("categories", (CATEGORIES, ISSUES), ("categories",))
_EACH: Final = ("channel", "region", "language", "personnel")
NOTED: Final = Shown("contacts", ("contact_issues", "contact_done", *(f"contacts_by_{one}" for one in _EACH)), ("contacts",))
OUTCOMES: Final = Shown("outcomes", ("closed_by_ground",), ("outcomes",))
WHERE: Final = Shown("where_and_who", ("closed_by_region", "closed_by_personnel"), ("where_and_who",))
IN_TIME: Final = Shown("timeliness", (TIMELINESS,), ("timeliness",))
ESCALATED: Final = Shown("escalations", ("escalations",), ("escalations",))
WAIVED: Final = Shown("waivers", (EXCUSED,), ("waivers",))
RECOMMENDED: Final = Shown("recommendations", (ANSWERS, *_moved("recommendations_")), ("recommendations",))
HAPPENED: Final = Shown("happened", (MARKS,), ("happened",))
PROTECTED: Final = Shown("retaliation", ("protections_marks", *_moved("protections_")), ("retaliation",))
OVER_YEARS: Final = Shown("trends", (TRENDS,))
ALL: Final = (FLOW, MATTERS, ABOUT, NOTED, OUTCOMES, WHERE, IN_TIME, ESCALATED, WAIVED, RECOMMENDED, HAPPENED, OVER_YEARS)

Drawn = tuple[str, str, tuple[str, ...], tuple[str, ...]]
_DRAWN: Final[tuple[Drawn, ...]] = (
    (MOVEMENTS, "flow", ("movement",), ()),
    (CATEGORIES, "bar", ("category",), ()),
    ("closed", "stacked", ("track",), ("outcome",)),
    ("closed_by_region", "bar", ("region", "seat"), ()),
    ("closed_by_personnel", "bar", ("personnel", "personnel_group"), ()),
    (TIMELINESS, "stacked", ("clock",), ("result",)),
    (ANSWERS, "bar", ("mark",), ()),
    (TRENDS, "line", ("report_period",), ("movement",)),
)
"""Table, kind of picture, dimension along the axis, dimension of the colours; the first of each that coarsening left."""


def charts(seen: Seen) -> tuple[Chart, ...]:
    """A picture of each table that shows something."""
    made = []
    for table, mark, across, colours in _DRAWN:
        along = seen.across(table, across) if seen.drawable(table) else None
        if along is not None:
            colour = seen.across(table, colours)
            made.append(Chart.model_validate({"name": table, "table": table, "mark": mark, "across": along, "colour": colour}))
    return tuple(made)


def chapter(seen: Seen, drawn: Sequence[Chart], shown: Shown, further: Sequence[Sentence] = ()) -> Chapter:
    """A chapter with its tables: what it is about, what cannot be said, what is said besides."""
    names = tuple(name for name in seen.there(shown.tables) if not _says_nothing_more(seen, name))
    said = (Sentence(key=f"report.say.{key}") for key in shown.said)
    return Chapter(
        name=shown.chapter,
        sentences=(*said, *seen.about(names), *further),
        tables=names,
        charts=tuple(chart.name for chart in drawn if chart.table in names),
    )


def _says_nothing_more(seen: Seen, name: str) -> bool:
    """Whether a table by track alone has one track: what it says stands in the table of movements."""
    return seen.tables[name].dimensions == (_TRACK,) and len(seen.values(name, _TRACK)) < 2


def rest(seen: Seen, drawn: Sequence[Chart]) -> tuple[Chapter, ...]:
    """A chapter for the tables that no other shows; none where there is no such table."""
    placed = {name for shown in (*ALL, PROTECTED) for name in shown.tables}
    names = tuple(name for name in seen.tables if name not in placed)
    return (chapter(seen, drawn, Shown("further", names, ("further",))),) if names else ()
