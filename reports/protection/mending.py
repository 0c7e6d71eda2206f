"""What is done about what the attacker finds: hide more, then say it more coarsely, then not at all."""

from collections.abc import Iterable, Sequence

from policies.reports import ReportRules
from policies.said import Said
from reports.attack import Broken, Findings
from reports.protection.drawing import Drawn
from reports.protection.guards import Guards
from reports.protection.linked import Spot, spot
from reports.protection.opening import at_end
from reports.protection.plan import Plan, step_up
from reports.protection.steps import coarser
from reports.protection.wholes import Whole
from reports.shape import TOTAL, Report

TRIES = 3
"""How often more is hidden for the same number before its table is made coarser."""


def mended(
    plan: Plan, drawn: Drawn, broken: Sequence[Broken], releases: Sequence[Report], rules: ReportRules, guards: Guards
) -> Plan | None:
    """The plan that hides more. None where nothing is left that could be hidden."""
    ours = releases[-1]
    found: dict[Spot, None] = {}
    for each in broken:
        if (each.series, each.edition) == (ours.series, ours.edition) and each.table in drawn.wholes:
            found.update(dict.fromkeys(_here(each, drawn.wholes[each.table])))
        else:
            found.update(dict.fromkeys(_alike(each, plan, releases)))
    hopeless = [each for each in found if plan.asked.get(each, 0) >= TRIES]
    if found and not hopeless:
        return plan.hiding(list(found))
    return _less(plan, hopeless, ours, rules, guards)


def _here(each: Broken, whole: Whole) -> Iterable[Spot]:
    values = tuple(each.key.get(dimension, TOTAL) for dimension in whole.table.dimensions)
    return (spot(whole.table, values),) if values in whole.sums else ()


def _alike(each: Broken, plan: Plan, releases: Sequence[Report]) -> Iterable[Spot]:
    """The numbers of this release that may say something about a cell of an earlier one: same measure, no other values.

    A stock may be another's: what is open at a period's start was open at the end of the one before.
    """
    about = {dimension: value for dimension, value in each.key.items() if value != TOTAL}
    there = [
        (table.measure, table.kind)
        for release in releases
        if (release.series, release.edition) == (each.series, each.edition)
        for table in release.tables
        if table.name == each.table
    ]
    for whole in plan.said:
        alike = any(
            whole.table.measure == measure
            or (whole.table.kind == kind == "stock" and at_end(whole.table.measure) == at_end(measure))
            for measure, kind in there
        )
        if alike and whole.table.protected:
            for values in whole.sums:
                key = {dimension: value for dimension, value in whole.key(values).items() if value != TOTAL}
                if all(about.get(dimension, value) == value for dimension, value in key.items()):
                    yield spot(whole.table, values)


def _less(plan: Plan, hopeless: Sequence[Spot], ours: Report, rules: ReportRules, guards: Guards) -> Plan | None:
    """Say less of one table: of the largest that shows what cannot be kept open; where none does, of one that adds up with it;
    of the largest of all where there is none."""
    tables = [each for each in plan.said if each.table.protected]
    printing = {table.name for table in ours.tables if table.cells}
    has = {name: bool({spot(each.table, values) for values in each.sums} & set(hopeless)) for name, each in plan.tables.items()}
    showing = [each for each in tables if has[each.table.name] and each.table.name in printing]
    sums = [{term.table for term in identity.terms} for identity in ours.identities]
    tied = {name for names in sums if any(has.get(name) for name in names) for name in names & printing}
    beside = [each for each in tables if each.table.name in tied]
    if beside and not showing:
        least = min(beside, key=lambda each: (each.table.kind != "stock", len(each.sums), each.table.name))
        return plan.without(least.table.name).afresh()
    worst = max(showing or tables, key=lambda each: (len(each.sums), each.table.name), default=None)
    if worst is None:
        return None
    above = step_up(worst, rules, guards)
    return (plan.without(worst.table.name) if above is None else plan.with_table(above)).afresh()


def mending(findings: Findings, report: Report, rules: ReportRules) -> tuple[Said, ...]:
    """What would mend a report that is still broken, table by table: coarser, together with the next period, or not at all."""
    named = {table.name: table for table in report.tables}
    said: dict[tuple[str, str], None] = {}
    for each in findings.broken:
        if (each.series, each.edition) != (report.series, report.edition):
            said["report.mend.earlier", f"{each.series}/{each.edition}"] = None
        elif each.why in ("restated", "differenced", "shown_elsewhere"):
            said["report.mend.merge", each.table] = None
        elif each.table in named and coarser(rules, named[each.table].dimensions):
            said["report.mend.coarsen", each.table] = None
        else:
            said["report.mend.drop", each.table] = None
    said.update({("report.mend.contradicts", each): None for each in findings.inconsistent})
    return tuple(Said(key, {"table": name}) for key, name in said)
