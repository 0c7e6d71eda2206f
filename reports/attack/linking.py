"""Which published tables count the same things over days that have to do with each other."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import combinations

from reports.attack.views import MOST_DOUBTED, PRINTED, View

Pair = frozenset[tuple[str, str]]


def groups_of(views: Sequence[View], given_up: Mapping[int, int], *, loose: bool = False) -> list[list[int]]:
    """The views by what they count, each group over days that hang together. Views are told by their number in `views`.

    `given_up`: how many inferred links of a view are given up, the most doubtful first (1 to 3). `loose`: nothing is linked.
    """
    joined = Joined(len(views))
    if not loose:
        linked = [number for number, view in enumerate(views) if given_up.get(number, 0) + view.doubt <= MOST_DOUBTED]
        sure = [number for number in linked if number not in given_up]
        _by_name(views, linked, joined)
        _by_numbers(views, linked, joined)
        _by_other_names(views, sure, joined)
    return [part for group in joined.parts() for part in _together_in_time(views, group)]


def restated(views: Sequence[View]) -> dict[int, int]:
    """The views whose inferred link is given up from the start, and how far: what they print differs from what they are of."""
    said: dict[object, dict[int, set[int]]] = {}
    for view in views:
        for spot in view.spots:
            if spot.cell.count is not None:
                said.setdefault((view.what, spot.told), {}).setdefault(view.doubt, set()).add(spot.cell.count)
    return {
        number: MOST_DOUBTED + 1 - view.doubt
        for number, view in enumerate(views)
        if view.doubt >= PRINTED
        and any(
            counts - {spot.cell.count}
            for spot in view.spots
            if spot.cell.count is not None
            for doubt, counts in said[view.what, spot.told].items()
            if doubt < view.doubt
        )
    }


class Joined:
    """Numbers joined into parts."""

    def __init__(self, count: int) -> None:
        self._root = list(range(count))

    def root(self, one: int) -> int:
        """The number that stands for its part."""
        while self._root[one] != one:
            self._root[one] = self._root[self._root[one]]
            one = self._root[one]
        return one

    def join(self, one: int, other: int) -> None:
        """Make two parts one."""
        self._root[self.root(other)] = self.root(one)

    def join_all(self, these: Iterable[int]) -> None:
        """Make the parts of all of these one."""
        first: int | None = None
        for one in these:
            first = one if first is None else first
            self.join(first, one)

    def parts(self) -> list[list[int]]:
        """All parts, in order of their first number."""
        found: dict[int, list[int]] = {}
        for one in range(len(self._root)):
            found.setdefault(self.root(one), []).append(one)
        return list(found.values())


def _by_name(views: Sequence[View], linked: Iterable[int], joined: Joined) -> None:
    """One measure counts one thing; where none is named, tables of one series that are called alike do."""
    first: dict[Hashable, int] = {}
    for number in linked:
        view = views[number]
        what = (view.series, view.thing, view.measure) if view.unnamed else view.measure
        joined.join(first.setdefault((view.house, view.kind, what), number), number)


def _by_other_names(views: Sequence[View], linked: Iterable[int], joined: Joined) -> None:
    """Without a measure, tables of one name and the same dimensions count the same in other series too; and so do, in one series,
    the only tables of those dimensions."""
    alike: dict[Hashable, list[int]] = {}
    for number in linked:
        view = views[number]
        if view.unnamed:
            alike.setdefault((view.house, view.kind, view.dimensions), []).append(number)
    for numbers in alike.values():
        for one, other in combinations(numbers, 2):
            a, b = views[one], views[other]
            lone = a.series == b.series and all(
                sum(views[each].release == view.release for each in numbers) == 1 for view in (a, b)
            )
            if a.release != b.release and (a.thing == b.thing or lone):
                joined.join(one, other)


def _by_numbers(views: Sequence[View], linked: Iterable[int], joined: Joined) -> None:
    """A table that names no measure counts the same as another of the same days if their numbers agree where they meet."""
    moments: dict[Hashable, list[int]] = {}
    for number in linked:
        view = views[number]
        moments.setdefault((view.house, view.kind, view.first, view.beyond), []).append(number)
    for numbers in moments.values():
        said = {number: _said(views[number]) for number in numbers}
        for one, other in combinations(numbers, 2):
            if views[one].unnamed or views[other].unnamed:
                shared = said[one].keys() & said[other].keys()
                if any(said[one][pair] for pair in shared) and all(said[one][pair] == said[other][pair] for pair in shared):
                    joined.join(one, other)


def _said(view: View) -> dict[Pair, int]:
    """The published counts by what they are no totals of."""
    return {spot.told: spot.cell.count for spot in view.spots if spot.cell.count is not None}


def _together_in_time(views: Sequence[View], group: Iterable[int]) -> list[list[int]]:
    """Split a group where no day is in both parts."""
    parts: list[list[int]] = []
    beyond = 0
    for number in sorted(group, key=lambda number: (views[number].first, views[number].beyond, number)):
        if parts and views[number].first < beyond:
            parts[-1].append(number)
            beyond = max(beyond, views[number].beyond)
        else:
            parts.append([number])
            beyond = views[number].beyond
    return parts
