"""The report on mandates and restructurings: what was ordered, what became of it. Nothing in it is confidential."""

from collections.abc import Sequence

from policies.reports import ReportRules
from records.counts.house import HouseCounts
from reports.frame import Frame
from reports.mandates.chapters import CHARTS, chapters
from reports.protection import Protected, protect
from reports.shape import Figure, Grouping, Identity, Place, Report, Table

FLOW = Identity(
    name="mandate_flow",
    terms=tuple(
        Place(table="mandate_flow", key={"mandate_movement": movement}, sign=sign)
        for movement, sign in (("open_start", 1), ("received", 1), ("reopened", 1), ("ended", -1), ("open_end", -1))
    ),
)
PART = Place(table="duties", key={"duty": "total", "duty_course": "met"})
WHOLE = Place(table="duties", key={"duty": "total", "duty_course": "total"})


def draft_mandates(counts: HouseCounts, rules: ReportRules, frame: Frame, earlier: Sequence[Report]) -> Protected:
    """Make the report of a period. It is attacked like every other, though nothing of it is hidden."""

    def assemble(tables: tuple[Table, ...], groupings: tuple[Grouping, ...]) -> Report:
        there = {table.name: table for table in tables}
        return frame.report(
            tables=tables,
            groupings=groupings,
            identities=(FLOW,),
            figures=_met_in_time(there["duties"]),
            charts=tuple(chart for chart in CHARTS if there[chart.table].cells),
            chapters=chapters(there, frame),
        )

    return protect(counts.tables, rules, assemble=assemble, earlier=earlier)


def _met_in_time(duties: Table) -> tuple[Figure, ...]:
    """What part of the duties that fell due was met in time; not said where none did."""
    count = {tuple(sorted(cell.key.items())): cell.count for cell in duties.cells}
    part, whole = (count.get(tuple(sorted(place.key.items()))) for place in (PART, WHOLE))
    value = round(100 * part / whole, 1) if part is not None and whole else None
    return (Figure(name="duties_met", unit="percent", value=value, decimals=1, part=PART, whole=WHOLE),)
