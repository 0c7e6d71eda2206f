"""Numbers that are printed a second time, in other tables: all movements in one, or what happened in periods before.

A dimension of periods (`2026`, `2026-H1`, `2026-Q3`, `2026-05`) says which days its cells are about; a dimension of table names
says of which table they are the total.
"""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date
from re import compile as pattern
from typing import Final

from policies.reports import NoSuchReport, ReportPeriod
from reports.attack.views import PRINTED, Spot, View, What, days_of, spots_of, view_of, views_of_table, without
from reports.shape import TOTAL, Report, Table

PERIODS: Final = frozenset({"period", "report_period", "year", "half", "semester", "quarter", "month"})
"""Dimensions that may be of periods, if all of their values are codes of periods."""
_MONTH: Final = pattern(r"([0-9]{4})-(0[1-9]|1[0-2])")

Days = tuple[int, int]


def views_of(releases: Sequence[Report]) -> list[View]:
    """Every table of every release, and once more, under what it says elsewhere, what is printed again."""
    mirrors = Mirrors(releases)
    return [
        view
        for number, release in enumerate(releases)
        for table in release.tables
        if table.cells
        for view in mirrors.with_own(number, release, table)
    ]


class Mirrors:
    """What tables of periods or of other tables' names say about those."""

    def __init__(self, releases: Sequence[Report]) -> None:
        self._releases = releases
        self._tables = {(each.house, each.series, table.name): table for each in releases for table in each.tables}

    def with_own(self, number: int, release: Report, table: Table) -> Iterator[View]:
        """A table's own views, and those of what it prints again."""
        values = {name: {cell.key.get(name, TOTAL) for cell in table.cells} - {TOTAL} for name in table.dimensions}
        known = {name for house, series, name in self._tables if (house, series) == (release.house, release.series)}
        of_tables = next((name for name, its in values.items() if its and its <= known), None)
        of_periods = next((name for name, its in values.items() if name in PERIODS and its and self._days_of(release, its)), None)
        yield from views_of_table(number, release, table, apart=of_periods is not None)
        rest = tuple(name for name in table.dimensions if name not in (of_tables, of_periods))
        if (of_tables and rest) or not (of_tables or of_periods):
            return
        days = self._days_of(release, values[of_periods]) if of_periods else {TOTAL: days_of(release)}
        same: dict[tuple[str, str], list[Spot]] = {}
        for spot in spots_of(number, table):
            at = spot.key[of_tables] if of_tables else table.name, spot.key[of_periods] if of_periods else TOTAL
            same.setdefault(at, []).append(without(spot, rest))
        for (name, code), spots in same.items():
            named = self._tables.get((release.house, release.series, name))
            if named and code in days:
                what = What(named.name, named.measure, named.kind, *days[code], doubt=PRINTED)
                yield view_of(number, release, what, rest, tuple(spots))

    def _days_of(self, release: Report, codes: set[str]) -> dict[str, Days]:
        """The days of every period; empty where one of them is none."""
        found = {code: self._days(release, code) for code in codes}
        return {code: days for code, days in found.items() if days} if all(found.values()) else {}

    def _days(self, release: Report, code: str) -> Days | None:
        """The days of a period that the series reported on under this code, or as the code says."""
        for each in self._releases:
            if each.series == release.series and each.edition.rpartition(".")[0] == code:
                return days_of(each)
        if read := _MONTH.fullmatch(code):
            year, month = map(int, read.groups())
            return date(year, month, 1).toordinal(), date(year, month, monthrange(year, month)[1]).toordinal()
        try:
            period = ReportPeriod.named(code)
        except NoSuchReport:
            return None
        return period.first.toordinal(), period.last.toordinal()
