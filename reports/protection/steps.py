"""Coarsening before suppressing: from stations to regions, from classes of people to groups, from sub-codes to categories."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from policies.reports import ReportRules
from records.counts.counted import CountedTable
from reports.shape import Grouping

Step = Callable[[ReportRules, str], str]
"""A value of the fine dimension to its value in the coarse one."""


def _region(rules: ReportRules, station: str) -> str:
    return rules.region_of(station) or (station if station == UNKNOWN else ELSEWHERE)


def _seat(rules: ReportRules, region: str) -> str:
    known = rules.regions.get(region)
    return region if known is None else "field" if known.field else "headquarters"


def _group(rules: ReportRules, personnel: str) -> str:
    known = rules.personnel.get(personnel)
    return personnel if known is None else known.wider


def _category(_rules: ReportRules, sub_code: str) -> str:
    return sub_code[0] if sub_code[:1].isdigit() else sub_code


UNKNOWN, ELSEWHERE = "unknown", "elsewhere"
"""Values as records/counts writes them: nobody has said where; a station of no region."""
STEPS: Mapping[tuple[str, str], Step] = {
    ("station", "region"): _region,
    ("region", "seat"): _seat,
    ("personnel", "personnel_group"): _group,
    ("sub_code", "category"): _category,
}
"""A region, class or code that belongs to none stays what it is."""


def coarser(rules: ReportRules, dimensions: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """The steps that a table of these dimensions can still take: each from one of them to one that it has not."""
    found = []
    for hierarchy in rules.disclosure.coarsen.values():
        for fine, coarse in pairwise(hierarchy):
            if (fine, coarse) in STEPS and fine in dimensions and coarse not in dimensions:
                found.append((fine, coarse))
    return tuple(found)


def coarsened(rules: ReportRules, table: CountedTable, fine: str, coarse: str) -> CountedTable:
    """The same table one step coarser in one dimension. Cells that fall together stay apart here and are added up later."""
    up = STEPS[fine, coarse]
    values = {each: listed for each, listed in table.values.items() if each != fine}
    values[coarse] = tuple(dict.fromkeys(up(rules, value) for value in table.values[fine]))
    dimensions = tuple(coarse if each == fine else each for each in table.dimensions)
    cells = []
    for cell in table.cells:
        known = {**cell.key, coarse: up(rules, cell.key[fine])}
        cells.append(replace(cell, key={each: known[each] for each in dimensions}))
    return replace(table, dimensions=dimensions, values=values, cells=tuple(cells))


def groupings(rules: ReportRules, tables: Sequence[CountedTable], known: Mapping[str, Iterable[str]]) -> tuple[Grouping, ...]:
    """How the dimensions of these tables belong together, wherever a fine and a coarse one are both published.

    `known` adds the values of dimensions that earlier releases had: who reads both puts them together as well.
    """
    values: dict[str, dict[str, None]] = {dimension: dict.fromkeys(sorted(known[dimension])) for dimension in sorted(known)}
    here: set[str] = set()
    for table in tables:
        here.update(table.dimensions)
        for dimension in table.dimensions:
            values.setdefault(dimension, {}).update(dict.fromkeys(table.values[dimension]))
    return tuple(
        Grouping(fine=fine, coarse=coarse, members={value: _up(rules, hierarchy, fine, coarse, value) for value in values[fine]})
        for hierarchy in rules.disclosure.coarsen.values()
        for fine, coarse in pairwise([each for each in hierarchy if each in values])
        if here & {fine, coarse}
    )


def _up(rules: ReportRules, hierarchy: Sequence[str], fine: str, coarse: str, value: str) -> str:
    """A value some steps up."""
    for step in pairwise(hierarchy[hierarchy.index(fine) : hierarchy.index(coarse) + 1]):
        value = STEPS[step](rules, value)
    return value
