"""The truth behind a release, counted again from the cases, and what must hold of every number published."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from tomllib import loads

from bench.populations import Case
from policies.reports import ReportRules
from reports.attack import Findings, attack
from reports.protection import Guards, Protected
from reports.shape import TOTAL, Cell, Report, Table

RULES = ReportRules.model_validate(loads(Path("policies/oas/reports.toml").read_text(encoding="utf-8")))
GUARDS = Guards.of(RULES.disclosure)


def attacked(releases: Sequence[Report]) -> Findings:
    """By the house's own bounds, whatever guards made the releases."""
    return attack(tuple(releases), GUARDS.bounds)


def wrongs(protected: Protected, people: Sequence[Case]) -> list[str]:
    """What is wrong with the numbers of a release: untrue, about too few, about one head, mostly about one, or a telling zero."""
    found = []
    for table in protected.report.tables:
        zeros = [_about(cell) for cell in table.cells if cell.count == 0]
        for cell in table.cells:
            if cell.count is not None:
                found += [f"{table.name} {cell.key}: {wrong}" for wrong in _wrong(table, cell, _behind(cell, people), zeros)]
    return found


def _wrong(table: Table, cell: Cell, behind: Sequence[Case], zeros: Sequence[dict[str, str]]) -> Iterator[str]:
    if cell.count != len(behind):
        yield f"says {cell.count}, and there are {len(behind)}"
    if 0 < len(behind) < RULES.disclosure.threshold:
        yield "too few"
    heads = [case.head for case in behind if case.head is not None]
    subjects = len(set(heads)) + len(behind) - len(heads)
    if behind and subjects < RULES.disclosure.least_subjects:
        yield "about one head"
    if any(heads.count(head) * 100 > RULES.disclosure.largest_share * len(behind) for head in set(heads)):
        yield "mostly about one head"
    if not behind and set(_about(cell)) & set(RULES.disclosure.protect_zeros):
        above = [zero for zero in zeros if zero.items() < _about(cell).items()]
        if not any(not set(zero) & set(RULES.disclosure.protect_zeros) for zero in above):
            yield "a telling zero"


def _about(cell: Cell) -> dict[str, str]:
    return {dimension: value for dimension, value in cell.key.items() if value != TOTAL}


def _behind(cell: Cell, people: Sequence[Case]) -> list[Case]:
    return [case for case in people if all(_value(case, dimension) == value for dimension, value in _about(cell).items())]


def _value(case: Case, dimension: str) -> str:
    region = next((code for code, region in RULES.regions.items() if case.station in region.stations), case.station)
    match dimension:
        case "region":
            return region
        case "seat":
            return "field" if RULES.regions[region].field else "headquarters"
        case "personnel_group":
            return RULES.personnel[case.personnel].wider
        case "category":
            return case.sub_code[0]
        case _:
            return str(getattr(case, dimension))
