"""Two editions of one report are nearly the same people counted twice: what one hides and the other shows is shown."""

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import combinations, pairwise
from typing import Final

from reports.attack.findings import Bounds, Broken, Why, key_of
from reports.attack.mirrors import views_of
from reports.attack.views import Spot, SpotKey
from reports.shape import Cell, Report

YEAR: Final = 4
"""Digits of a year; an edition's number has fewer."""
Cells = dict[tuple[str, tuple[tuple[str, str], ...]], Cell]


def editions_of(releases: Sequence[Report]) -> list[list[int]]:
    """The releases by house, series and period, each with its editions, the oldest first."""
    found: dict[tuple[object, ...], list[int]] = {}
    for number, release in enumerate(releases):
        found.setdefault((release.house, release.series, release.period.from_on, release.period.to_on), []).append(number)
    return [sorted(numbers, key=lambda number: _order(releases[number])) for numbers in found.values()]


def worlds_of(releases: Sequence[Report], fit: Callable[[int, int], bool]) -> list[list[int]]:
    """Which releases can be taken as true together: the latest editions, and each older one in the place of the latest.

    Editions that say the same wherever both say a number, and that `fit`, are about the same, and are taken together.
    """
    latest: list[int] = []
    older: list[tuple[int, list[int]]] = []
    for editions in editions_of(releases):
        if all(_alike(releases[one], releases[other]) and fit(one, other) for one, other in combinations(editions, 2)):
            latest.extend(editions)
        else:
            latest.append(editions[-1])
            older.extend((number, editions) for number in editions[:-1])
    return [sorted(latest), *(sorted({*latest, number} - {editions[-1]}) for number, editions in older)]


def compared(
    releases: Sequence[Report], bounds: Bounds, confidential: frozenset[tuple[int, str]], before: Collection[SpotKey] = ()
) -> Iterator[Broken]:
    """What is told by saying one thing twice: a cell that one edition hides and another shows; a number that changed by a few
    cases, between editions or between reports (open at the end of a year, open at the start of the next).

    `confidential`: release and table in which a few cases may not be told.
    `before`: cells that were printed before they were left out.
    """
    for editions in editions_of(releases):
        yield from _shown(releases, editions, before)
    for prints in _printed(releases).values():
        numbers = [each for each in prints if each[1].cell.count is not None]
        for (_, was), (number, spot) in pairwise(numbers):
            change = abs((spot.cell.count or 0) - (was.cell.count or 0))
            if 1 <= change < bounds.threshold and (number, spot.at[1]) in confidential:
                yield _broken(releases[number], spot.at[1], spot.cell, "restated", change)


def printed_elsewhere(releases: Sequence[Report]) -> dict[SpotKey, int]:
    """Hidden cells of which another release prints the number, though perhaps restated."""
    found: dict[SpotKey, int] = {}
    for prints in _printed(releases).values():
        number = next((spot.cell.count for _, spot in prints if spot.cell.count is not None), None)
        if number is not None:
            found.update({spot.at: number for _, spot in prints if spot.hidden})
    return found


def printed_before(releases: Sequence[Report], unsaid: Collection[SpotKey]) -> dict[SpotKey, int]:
    """Of cells that nobody printed, those whose number an earlier release prints, or the same one in another table."""
    order = {number: rank for rank, number in enumerate(_in_order(releases))}
    there: dict[object, list[tuple[int, Spot]]] = {}
    for view in views_of(releases) if unsaid else ():
        for spot in view.spots:
            there.setdefault((view.what, spot.told), []).append((order[view.release], spot))
    found: dict[SpotKey, int] = {}
    for prints in there.values():
        said = sorted((rank, spot.cell.count) for rank, spot in prints if spot.cell.count is not None)
        for rank, spot in prints:
            counts = [count for printed, count in said if printed <= rank]
            if spot.at in unsaid and counts:
                found[spot.at] = counts[-1]
    return found


def _printed(releases: Sequence[Report]) -> dict[object, list[tuple[int, Spot]]]:
    """The cells that ought to be of the same number, one a release, in the order of the releases."""
    order = {number: rank for rank, number in enumerate(_in_order(releases))}
    said: dict[object, dict[int, tuple[int, Spot]]] = {}
    for view in views_of(releases):
        for spot in view.spots:
            said.setdefault((view.what, spot.told), {}).setdefault(order[view.release], (view.release, spot))
    return {key: [prints[rank] for rank in sorted(prints)] for key, prints in said.items() if len(prints) > 1}


def _in_order(releases: Sequence[Report]) -> list[int]:
    """The releases as they came out, as far as it can be told: by the end of their periods, then by edition."""
    return sorted(range(len(releases)), key=lambda number: (releases[number].period.to_on, _order(releases[number])))


def _shown(releases: Sequence[Report], editions: Sequence[int], before: Collection[SpotKey]) -> Iterator[Broken]:
    every = {number: _cells(releases[number]) for number in editions}
    for number in editions:
        for at, cell in every[number].items():
            if (number, *at) not in before and cell.count is None and (cell.high is None or cell.low != cell.high):
                shown = (every[other][at].count for other in editions if at in every[other])
                count = next((count for count in shown if count is not None), None)
                if count is not None:
                    yield _broken(releases[number], at[0], cell, "shown_elsewhere", count)


def _broken(release: Report, table: str, cell: Cell, why: Why, count: int) -> Broken:
    return Broken(release.series, release.edition, table, cell.key, why, count, count)


def _alike(one: Report, other: Report) -> bool:
    """Whether two editions say the same number wherever both say one."""
    there = _cells(other)
    return all(
        cell.count == there[at].count
        for at, cell in _cells(one).items()
        if at in there and cell.count is not None and there[at].count is not None
    )


def _order(release: Report) -> tuple[bool, int, str]:
    """A correction comes after what it corrects; else by the number at the end of the edition."""
    before, _, number = release.edition.rpartition(".")
    counted = number.isdecimal() and (before or len(number) < YEAR)
    return release.corrects is not None, int(number) if counted else 0, release.edition


def _cells(release: Report) -> Cells:
    return {(table.name, key_of(cell.key)): cell for table in release.tables for cell in table.cells}
