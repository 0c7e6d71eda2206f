"""Which dimensions are one axis, coarser or finer, and which pieces of it every listed value is made of."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.attack.axes import Listing, Names, Piece, cut_bands, pieces_of
from reports.attack.views import View
from reports.shape import Grouping, Report

Slot = tuple[int, str]
"""A view and one of its dimensions."""


class Groupings:
    """What is said of fine and coarse dimensions in all releases; a release's own words go before those of others."""

    def __init__(self, releases: Sequence[Report]) -> None:
        self._own = [list(release.groupings) for release in releases]
        self._finest: dict[str, str] = {}
        for grouping in (each for own in self._own for each in own):
            if self.axis(grouping.fine) != self.axis(grouping.coarse):
                self._finest[self.axis(grouping.coarse)] = self.axis(grouping.fine)

    def axis(self, dimension: str) -> str:
        """The axis that a dimension is a coarser or finer view of."""
        while dimension in self._finest:
            dimension = self._finest[dimension]
        return dimension

    def names(self, release: int, dimension: str, value: str, seen: tuple[str, ...] = ()) -> Names:
        """The finest values a value stands for; itself where no grouping knows it."""
        members: set[str] = set()
        for grouping in self._making(release, dimension):
            if grouping.fine not in seen:
                for fine, coarse in grouping.members.items():
                    if coarse == value:
                        members |= self.names(release, grouping.fine, fine, (*seen, dimension))
        return frozenset(members or {value})

    def _making(self, release: int, dimension: str) -> list[Grouping]:
        own = [each for each in self._own[release] if each.coarse == dimension]
        if own:
            return own
        others = [each for release in reversed(self._own) for each in release if each.coarse == dimension]
        return others[:1]


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis within a group of views: its pieces, and which list of values each view's dimension uses."""

    pieces: tuple[Piece, ...]
    lists: dict[Slot, int]
    closed: bool
    """Whether its values make up a total, so that they may be summed."""


def axes_of(views: Sequence[View], group: Sequence[int], groupings: Groupings) -> tuple[dict[str, Axis], dict[Slot, str]]:
    """The axes of a group of views, and the axis of each of their dimensions.

    Where lists have too little in common to be compared, each is an axis of its own: only the totals are then compared.
    """
    slots: dict[str, list[Slot]] = {}
    for number in group:
        for name in views[number].dimensions:
            slots.setdefault(groupings.axis(name), []).append((number, name))
    axes: dict[str, Axis] = {}
    where: dict[Slot, str] = {}
    for axis, its in slots.items():
        for name, part, made in _made(axis, its, views, groupings):
            axes[name] = made
            where.update(dict.fromkeys(part, name))
    return axes, where


def _made(axis: str, slots: Sequence[Slot], views: Sequence[View], groupings: Groupings) -> list[tuple[str, list[Slot], Axis]]:
    raw = [
        {value: groupings.names(views[number].release, name, value) for value in views[number].values[name]}
        for number, name in slots
    ]
    cut = cut_bands(raw)
    complete = [name in views[number].totalled for number, name in slots]
    listings: list[Listing] = []
    lists: dict[Slot, int] = {}
    for slot, values, whole in zip(slots, cut, complete, strict=True):
        listing = Listing(values, whole)
        if listing not in listings:
            listings.append(listing)
        lists[slot] = listings.index(listing)
    closed = any(complete) or not any(views[number].unnamed for number, _ in slots)
    pieces = pieces_of(listings)
    if pieces is not None:
        return [(axis, list(slots), Axis(tuple(pieces), lists, closed))]
    apart: list[tuple[str, list[Slot], Axis]] = []
    for number, listing in enumerate(listings):
        part = [slot for slot in slots if lists[slot] == number]
        alone = pieces_of([listing]) or []
        apart.append((f"{axis}#{number}", part, Axis(tuple(alone), dict.fromkeys(part, 0), closed)))
    return apart
