"""From what is known of every cell to what is broken."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from math import inf
from typing import Final

from reports.attack.editions import compared, printed_before, printed_elsewhere
from reports.attack.findings import Bounds, Broken, Findings, Why, key_of
from reports.attack.reading import ASSUMED
from reports.attack.solving import Interval
from reports.attack.views import SpotKey
from reports.shape import TOTAL, Cell, Report, Table

PUBLIC: Final = "mandates"
"""The series in which nothing is about a person: there a few cases may be told unless something of the measure is hidden."""


def judged(
    releases: Sequence[Report],
    bounds: Bounds,
    found: Mapping[SpotKey, Interval],
    cut: Mapping[SpotKey, int],
    inconsistent: Sequence[str],
    unsaid: Collection[SpotKey] = (),
) -> Findings:
    """What the bounds found tell, in an order that does not depend on that of the cells.

    `found`: the tightest bounds known of cells that are not told as a number; a cell that is not there is bounded widely enough.
    `cut`: the few cases that published cells leave between them, by the latest of those cells.
    `unsaid`: the cells that nobody printed; one that an earlier release (or this one, in another table) prints is no secret.
    """
    confidential = _confidential(releases)
    before = printed_before(releases, unsaid)
    broken = list(compared(releases, bounds, confidential, before))
    told = {(each.series, each.edition, each.table, key_of(dict(each.key))) for each in broken}
    known = _Known(bounds, found, cut, printed_elsewhere(releases), confidential, before)
    for at, table, cell in _cells(releases):
        release = releases[at[0]]
        if (release.series, release.edition, *at[1:]) not in told:
            verdict = known.verdict(at, table, cell)
            if verdict is not None:
                broken.append(Broken(release.series, release.edition, table.name, cell.key, *verdict))
    hidden = {at for at, _, cell in _cells(releases) if _hidden(cell)} - before.keys()
    shown = any(each.why == "shown_elsewhere" for each in broken)
    tightest = 0 if shown else min((found[at].span for at in hidden if at in found), default=inf)
    return Findings(
        cells=sum(len(table.cells) for release in releases for table in release.tables) - len(unsaid),
        protected=sum(_hidden(cell) for _, _, cell in _cells(releases)) - len(unsaid),
        broken=tuple(sorted(broken, key=_in_order)),
        tightest=None if tightest == inf else int(tightest),
        inconsistent=tuple(sorted(inconsistent)),
        linear_only=sum(not interval.whole for interval in found.values()),
    )


class _Known:
    """What is known of single cells."""

    def __init__(
        self,
        bounds: Bounds,
        found: Mapping[SpotKey, Interval],
        cut: Mapping[SpotKey, int],
        elsewhere: Mapping[SpotKey, int],
        confidential: frozenset[tuple[int, str]],
        before: Mapping[SpotKey, int],
    ) -> None:
        self._bounds, self._found, self._cut = bounds, found, cut
        self._elsewhere, self._confidential = elsewhere, confidential
        self._before = before

    def verdict(self, at: SpotKey, table: Table, cell: Cell) -> tuple[Why, int, int | None] | None:
        """What is told of one cell, and its bounds; None: nothing that may not be."""
        interval = self._found.get(at)
        if cell.count is not None:
            return self._told(at, table, cell, cell.count) if at[:2] in self._confidential else None
        if not _hidden(cell):
            one = interval is not None and interval.span == 0 and cell.low != cell.high
            return ("exact", interval.low, interval.high) if interval and one else None
        if at in self._before and (interval is None or interval.low == interval.high == self._before[at]):
            return None
        why = self._bounds.why(interval.low, interval.high, table.dimensions) if interval else None
        if interval and why:
            return why, interval.low, interval.high
        shown = None if at in self._before else self._elsewhere.get(at)
        return None if shown is None else ("shown_elsewhere", shown, shown)

    def _told(self, at: SpotKey, table: Table, cell: Cell, count: int) -> tuple[Why, int, int | None] | None:
        """What a published count of a confidential table tells by itself, or together with others."""
        said = tuple(dimension for dimension, value in cell.key.items() if value != TOTAL)
        why = self._bounds.why_told(count, said, nobody_above=count == 0 and _nobody_above(table, cell))
        if why is not None:
            return why, count, count
        few = self._cut.get(at)
        return None if few is None else ("differenced", few, few)


def _nobody_above(table: Table, cell: Cell) -> bool:
    """Whether a total that this cell is part of is a published zero: then it tells nothing that the total does not."""
    return any(
        other.count == 0
        and other.key != cell.key
        and all(value in (TOTAL, cell.key.get(dimension)) for dimension, value in other.key.items())
        for other in table.cells
    )


def _hidden(cell: Cell) -> bool:
    return cell.count is None and cell.low is None and cell.high is None


def _cells(releases: Sequence[Report]) -> Iterator[tuple[SpotKey, Table, Cell]]:
    for number, release in enumerate(releases):
        for table in release.tables:
            for cell in table.cells:
                yield (number, table.name, key_of(cell.key)), table, cell


def _in_order(each: Broken) -> tuple[object, ...]:
    return each.series, each.edition, each.table, key_of(dict(each.key)), each.why


def _confidential(releases: Sequence[Report]) -> frozenset[tuple[int, str]]:
    """Release and name of the tables in which a few cases may not be told."""
    hiding = {
        _counted(release, table) for release in releases for table in release.tables for cell in table.cells if cell.count is None
    }
    return frozenset(
        (number, table.name)
        for number, release in enumerate(releases)
        for table in release.tables
        if release.series != PUBLIC or _counted(release, table) in hiding
    )


def _counted(release: Report, table: Table) -> tuple[str, ...]:
    """What a table counts, as far as it is said."""
    unnamed = table.measure.startswith(ASSUMED)
    return (release.house, release.series, table.name) if unnamed else (release.house, table.measure)
