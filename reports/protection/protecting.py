"""Protect a release: hide, coarsen, leave out, until the attacker finds nothing."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from policies.reports import ReportRules
from policies.said import Said
from records.counts.counted import CountedTable
from reports.attack import Findings, attack
from reports.protection.argus import Argus
from reports.protection.drawing import Drawn, Utility, hidden_share, publish, unsaid, utility
from reports.protection.guards import Guards
from reports.protection.hiding import hide
from reports.protection.linked import knowing, link
from reports.protection.mending import mended, mending
from reports.protection.opening import printed_openings
from reports.protection.plan import MOST_HIDDEN, Plan, first_plan, step_up
from reports.protection.steps import groupings
from reports.shape import TOTAL, Grouping, Report, Table

Assemble = Callable[[tuple[Table, ...], tuple[Grouping, ...]], Report]
"""Builds the whole report (sentences, figures, charts) from its tables."""
ROUNDS = 40
"""How often a release is mended. Each round hides more; in the end nothing is left to be said."""


@dataclass(frozen=True, slots=True)
class Protected:
    """A report as it may go out, if `findings` are clean. If not, `mending` says what would mend it, table by table.

    `done`: what was done to the tables so that it is clean: for the one who may hold it, not for publication.
    """

    report: Report
    findings: Findings
    mending: tuple[Said, ...]
    utility: Utility
    done: tuple[Said, ...] = ()


def protect(
    tables: Sequence[CountedTable],
    rules: ReportRules,
    *,
    assemble: Assemble,
    earlier: Sequence[Report],
    guards: Guards | None = None,
    left_out: Collection[str] = (),
) -> Protected:
    """Make a report of which the attacker, who knows all `earlier` releases, learns nothing that the rules protect.

    The same input gives the same output. `guards` are the house's own unless a test takes one away. Whatever it takes is hidden,
    made coarser or left out; where even that does not help (a figure or a band tells), the report comes back with findings and
    must not be released. What the earlier releases let find by themselves is not counted against this one. `left_out`: tables of
    which nothing is said; what they add up to with others is known.
    """
    guards = guards or Guards.of(rules.disclosure)
    known = tuple(earlier) if guards.ledger else ()
    plan, engine = first_plan(tables, rules, guards, frozenset(left_out)), Argus()
    before = attack(known, guards.bounds)
    for _ in range(ROUNDS):
        plan, drawn = fine_enough(plan, rules, guards, assemble=assemble, earlier=known, engine=engine)
        report = assemble(drawn.tables, drawn.groupings)
        findings = _new(attack((*known, report), guards.bounds), before)
        if not guards.secondary or not findings.broken:
            break
        further = mended(plan, drawn, findings.broken, (*known, report), rules, guards)
        if further is None:
            break
        plan = further
    return Protected(
        report,
        findings,
        mending(findings, report, rules),
        utility([drawn.wholes[table.name] for table in drawn.tables], drawn.tables, drawn.hidden),
        _done(plan, drawn),
    )


def _new(found: Findings, before: Findings) -> Findings:
    """What this release lets find. What was found before it (under older rules, say) is no reason to hold it."""
    return replace(
        found,
        broken=tuple(each for each in found.broken if each not in before.broken),
        inconsistent=tuple(each for each in found.inconsistent if each not in before.inconsistent),
    )


def fine_enough(
    plan: Plan, rules: ReportRules, guards: Guards, *, assemble: Assemble, earlier: Sequence[Report], engine: Argus
) -> tuple[Plan, Drawn]:
    """Draw a plan; while most of what a table counts is hidden, say that table more coarsely, and draw again."""
    while True:
        drawn = draw(plan, rules, guards, assemble=assemble, earlier=earlier, engine=engine)
        coarse = [step_up(each, rules, guards) for each in plan.said if hidden_share(each, drawn.hidden)[1] > MOST_HIDDEN]
        changed = [each for each in coarse if each is not None]
        if not changed:
            return plan, drawn
        for each in changed:
            plan = plan.with_table(each)


def draw(
    plan: Plan, rules: ReportRules, guards: Guards, *, assemble: Assemble, earlier: Sequence[Report], engine: Argus
) -> Drawn:
    """Draw the tables of a plan. `assemble` is asked once for what the report says of its cells (identities)."""
    wholes = tuple(plan.tables.values())
    together = groupings(rules, [each.table for each in plan.said], _seen(earlier))
    everything = assemble(tuple(publish(each, frozenset()) for each in wholes), together)
    linked = link(wholes, together, everything.identities, guards, plan.unsaid)
    linked = knowing(linked, printed_openings(wholes, everything, earlier))
    hidden = hide(linked, guards, plan.asked, engine)
    tables = tuple(unsaid(each.table) if each.table.name in plan.unsaid else publish(each, hidden.spots) for each in wholes)
    return Drawn(tables, together, plan.tables, hidden.spots, hidden.without_engine)


def _seen(earlier: Sequence[Report]) -> dict[str, set[str]]:
    """The values that earlier releases showed, by dimension."""
    seen: dict[str, set[str]] = {}
    for release in earlier:
        for table in release.tables:
            for dimension in table.dimensions:
                seen.setdefault(dimension, set()).update(cell.key.get(dimension, TOTAL) for cell in table.cells)
    return {dimension: values - {TOTAL} for dimension, values in seen.items()}


def _done(plan: Plan, drawn: Drawn) -> tuple[Said, ...]:
    coarse = [Said("report.mend.coarsened", {"table": name}) for name in sorted(plan.coarser)]
    small = [Said("report.mend.too_small", {"table": table.name}) for table in drawn.tables if table.state == "too_small"]
    engine = [Said("report.mend.without_engine", {"parts": drawn.without_engine})] if drawn.without_engine else []
    return (*coarse, *small, *engine)
