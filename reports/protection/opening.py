"""What earlier releases print of this one's beginning: what was open at their end is what is open at its start."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from reports.protection.linked import Spot, spot
from reports.protection.wholes import Whole
from reports.shape import TOTAL, Report

_START, _END = "start", "end"


def at_end(measure: str) -> str:
    """The measure of the same stock at the end of a stretch: `open_at_start` is `open_at_end`."""
    return "_".join(_END if word == _START else word for word in measure.split("_"))


def printed_openings(wholes: Iterable[Whole], ours: Report, earlier: Sequence[Report]) -> Mapping[Spot, int]:
    """The numbers of this release's stocks at the start, as the latest release on the days just before printed them at its end.

    `ours`: this release, for its house and its days. Whoever reads both takes them for known, said here or not.
    """
    before = ours.period.from_on - timedelta(days=1)
    printed: dict[tuple[str, tuple[tuple[str, str], ...]], int] = {}
    for release in earlier:
        if release.house == ours.house and release.period.to_on == before:
            for table in release.tables:
                for cell in table.cells if table.kind == "stock" else ():
                    if cell.count is not None:
                        about = sorted((name, value) for name, value in cell.key.items() if value != TOTAL)
                        printed[table.measure, tuple(about)] = cell.count
    found: dict[Spot, int] = {}
    for each in wholes:
        then = at_end(each.table.measure)
        if each.table.kind == "stock" and each.table.protected and then != each.table.measure:
            spots = (spot(each.table, values) for values in each.sums)
            found.update((one, printed[then, one.at]) for one in spots if (then, one.at) in printed)
    return found
