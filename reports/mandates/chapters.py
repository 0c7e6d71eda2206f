"""What the report on mandates says, chapter by chapter. Every number is a cell or a figure of the object."""

from collections.abc import Mapping

from reports.frame import Frame
from reports.shape import Chapter, Chart, Place, Sentence, Table

CHARTS = (
    Chart(name="mandates_by_status", table="mandates_by_status", mark="bar", across="status"),
    Chart(name="mandates_by_age", table="mandates_by_age", mark="bar", across="age"),
    Chart(name="duties", table="duties", mark="stacked", across="duty", colour="duty_course"),
    Chart(name="operations", table="operations", mark="bar", across="operation_course"),
)
_SHOWN: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("mandates_status", ("mandates_by_status",)),
    ("mandates_age", ("mandates_by_age",)),
    ("mandates_duties", ("duties",)),
    ("mandates_operations", ("operations", "dates_not_applied")),
    ("mandates_decisions", ("decisions",)),
    ("mandates_exceptions", ("waivers",)),
    ("mandates_functions", ("functions", "functions_unknown")),
    ("mandates_actual", ("plan_against_actual",)),
)
"""Chapter to the tables it shows, after the first look and before what the figures rest on."""


def chapters(there: Mapping[str, Table], frame: Frame) -> tuple[Chapter, ...]:
    """All chapters, those of which there is nothing to say included: they say so."""
    return (_glance(frame), *(_chapter(name, tables, there) for name, tables in _SHOWN), _basis(frame))


def _chapter(name: str, tables: tuple[str, ...], there: Mapping[str, Table]) -> Chapter:
    nothing = (
        ()
        if any(cell.count for table in tables for cell in there[table].cells)
        else (Sentence(key="report.say.mandates.nothing"),)
    )
    charts = tuple(chart.name for chart in CHARTS if chart.table in tables and there[chart.table].cells)
    said = (Sentence(key=f"report.say.{name}"), *_more(name), *nothing)
    return Chapter(name=name, sentences=said, tables=tables, charts=charts)


def _more(name: str) -> tuple[Sentence, ...]:
    """What is said with numbers."""
    match name:
        case "mandates_duties":
            facts = {"due": _duties("total"), "late": _duties("late"), "open_late": _duties("open_late")}
            return (Sentence(key="report.say.mandates.due", facts=facts, figures={"met": "duties_met"}),)
        case "mandates_functions":
            facts = {"functions": Place(table="functions", key={})}
            return (Sentence(key="report.say.mandates.functions", facts=facts),)
    return ()


def _duties(course: str) -> Place:
    return Place(table="duties", key={"duty": "total", "duty_course": course})


def _glance(frame: Frame) -> Chapter:
    def moved(movement: str) -> Place:
        return Place(table="mandate_flow", key={"mandate_movement": movement})

    names = ("open_start", "received", "reopened", "ended", "open_end")
    said = Sentence(
        key="report.say.mandates.flow",
        facts={"day": frame.period.last, **{name: moved(name) for name in names}},
    )
    return Chapter(name="mandates_glance", sentences=(said,), tables=("mandate_flow",))


def _basis(frame: Frame) -> Chapter:
    """What the figures rest on: the day they were taken, the rules, the ledger's head and date, never its size."""
    origin = frame.origin
    said = [Sentence(key="report.say.mandates.taken", facts={"day": origin.taken_on, "unverified": origin.unverified})]
    if origin.ledger_date is not None:
        said.append(Sentence(key="report.say.mandates.ledger", facts={"day": origin.ledger_date, "root": origin.ledger_root}))
    if frame.corrects is not None:
        said.append(Sentence(key="report.say.mandates.corrects", facts={"edition": frame.corrects}))
    return Chapter(name="mandates_basis", sentences=tuple(said))
