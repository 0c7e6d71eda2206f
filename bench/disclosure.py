"""What disclosure control costs: which part of a year's tables is published, beside Tau-Argus alone, and how long it takes.

Alone: sensitive cells and what Tau-Argus hides besides, table by table as finely as counted, nothing coarser, no earlier release.
It is what a statistician has after one run; the attacker then says how many cells of it are found all the same.
"""

import resource
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from tomllib import loads

from bench.populations import assembler, cases, year
from policies.reports import ReportRules
from records.counts.counted import CountedTable
from reports.attack import attack
from reports.protection import Guards, Utility, protect
from reports.protection.argus import Argus, parts
from reports.protection.drawing import publish, utility
from reports.protection.hiding import need
from reports.protection.linked import Spot, link
from reports.protection.wholes import whole
from reports.shape import Report

SMALL = {"small": 60}
OFFICES = {**SMALL, "middle (the size of the UN's)": 1_250, "large": 12_000}
RULES = Path(__file__).parents[1] / "policies" / "oas" / "reports.toml"


@dataclass(frozen=True, slots=True)
class Disclosed:
    """One office's second year, the first already published. `found`: cells that the attacker finds."""

    office: str
    cases: int
    ours: Utility
    ours_found: int
    ours_seconds: float
    alone: Utility
    alone_found: int
    alone_seconds: float
    peak_mb: int
    """Of the process so far: with Python, scipy and the engine."""


def disclose(offices: Mapping[str, int] = OFFICES) -> list[Disclosed]:
    """Measure these offices: name to cases a year."""
    rules = ReportRules.model_validate(loads(RULES.read_text(encoding="utf-8")))
    return [_office(name, number, rules) for name, number in offices.items()]


def shown(measured: Sequence[Disclosed]) -> str:
    """As a table: a Markdown one, so that it can stand in the documentation."""
    lines = [
        "| office | cases a year | cells published | cases | found | seconds | Argus alone: cells | cases | found | seconds |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for each in measured:
        ours = f"{each.ours.cells:.0%} | {each.ours.cases:.1%} | {each.ours_found} | {each.ours_seconds:.1f}"
        alone = f"{each.alone.cells:.0%} | {each.alone.cases:.1%} | {each.alone_found} | {each.alone_seconds:.1f}"
        lines.append(f"| {each.office} | {each.cases:,} | {ours} | {alone} |")
    lines.append(f"\nPeak memory of the process, with everything loaded: {max(each.peak_mb for each in measured)} MB.")
    return "\n".join(lines)


def _office(name: str, number: int, rules: ReportRules) -> Disclosed:
    first = protect(year(rules, cases(number, rules, 1)), rules, assemble=assembler("2025"), earlier=())
    tables = year(rules, cases(number, rules, 2))
    began = perf_counter()
    ours = protect(tables, rules, assemble=assembler("2026"), earlier=(first.report,))
    ours_seconds = perf_counter() - began
    began = perf_counter()
    report, alone = argus_alone(tables, rules)
    alone_seconds = perf_counter() - began
    found = attack((report,), Guards.of(rules.disclosure).bounds)
    return Disclosed(
        office=name,
        cases=number,
        ours=ours.utility,
        ours_found=len(ours.findings.broken),
        ours_seconds=ours_seconds,
        alone=alone,
        alone_found=len(found.broken),
        alone_seconds=alone_seconds,
        peak_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    )


def argus_alone(tables: Sequence[CountedTable], rules: ReportRules) -> tuple[Report, Utility]:
    """The same tables as Tau-Argus alone would publish them."""
    guards = Guards.of(rules.disclosure)
    wholes = [whole(each) for each in tables]
    hidden: set[Spot] = set()
    for each in wholes:
        linked = link([each], (), (), guards)
        needs = {spot: need(linked.counts[spot], guards, zeros_tell=False, found=0) for spot in sorted(linked.sensitive)}
        hidden |= linked.sensitive
        hidden = hidden.union(*(found or () for found in Argus().suppress(parts(linked, needs))))
    published = tuple(publish(each, frozenset(hidden)) for each in wholes)
    return assembler("2026")(published, ()), utility(wholes, published, frozenset(hidden))


if __name__ == "__main__":
    print(shown(disclose()))
