"""The unknown counts behind a group of tables that count the same, and what ties them together.

For every set of axes that a table uses, and every set that two of them share, there is a cube of unknowns, cut as finely (in
values and in days) as the tables that use it tell apart. Where cubes share axes, they agree. That is exact as long as the
tables do not form a ring; a ring (A x B, B x C, A x C) gets one cube over all of its axes, unless that would be too large.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, pairwise, product
from math import prod
from typing import Final

from reports.attack.dimensions import Axis, Groupings, axes_of
from reports.attack.rows import Rows, Terms
from reports.attack.views import Spot, View
from reports.shape import TOTAL

MOST_JOINT: Final = 4000
"""Unknowns of a cube over all axes of a ring of tables. Beyond, the tables of the ring are compared two by two."""
TIME: Final = "@time"
Axes = frozenset[str]


class Cube:
    """Unknowns by stretch of days and by piece of each axis, as finely as `users` tell apart."""

    def __init__(self, axes: Axes, users: Sequence[int], views: Sequence[View], known: Mapping[str, Axis]) -> None:
        self.axes = tuple(sorted(axes))
        self.users = tuple(users)
        ends = sorted({end for number in users for end in (views[number].first, views[number].beyond)})
        self.times = [
            (a, b) for a, b in pairwise(ends) if any(views[number].first <= a and b <= views[number].beyond for number in users)
        ]
        self.used = {name: sorted({at for (number, _), at in known[name].lists.items() if number in users}) for name in self.axes}
        self.classes: dict[str, dict[tuple[str | None, ...], int]] = {}
        self.class_of: dict[str, list[int]] = {}
        for name in self.axes:
            found: dict[tuple[str | None, ...], int] = {}
            of = [found.setdefault(tuple(piece[at] for at in self.used[name]), len(found)) for piece in known[name].pieces]
            self.classes[name], self.class_of[name] = found, of
        self.shape = (len(self.times), *(len(self.classes[name]) for name in self.axes))
        self.size = prod(self.shape)
        self.first = 0

    def at(self, place: Sequence[int]) -> int:
        """The unknown at a stretch of days and a class of each axis."""
        number = 0
        for size, index in zip(self.shape, place, strict=True):
            number = number * size + index
        return self.first + number

    def places(self) -> Iterator[tuple[int, ...]]:
        """All stretches and classes."""
        return product(*map(range, self.shape))

    def within(self, first: int, beyond: int) -> list[int]:
        """The stretches of days that lie within others."""
        return [number for number, (a, b) in enumerate(self.times) if first <= a and b <= beyond]


class Space:
    """The cubes of one group of views. Making it adds the unknowns, and what ties them, to the rows."""

    def __init__(self, views: Sequence[View], group: Sequence[int], groupings: Groupings, rows: Rows) -> None:
        self._views, self._group, self._rows = views, group, rows
        self._known, self._where = axes_of(views, group, groupings)
        home = {number: self._axes_of(number) for number in group}
        joint = self._ring(home)
        self._home = {number: joint if joint and self._in_ring(home[number], joint) else home[number] for number in group}
        self._cubes = {axes: self._cube(axes) for axes in _closed(self._home.values())}
        for cube in self._cubes.values():
            cube.first = rows.more(cube.size)
        for inner, outer in _steps(self._cubes):
            if all(self._known[name].closed for name in outer - inner):
                self._tie(self._cubes[inner], self._cubes[outer])
        for number in group:
            self._nothing_else(number)

    def _axes_of(self, number: int) -> Axes:
        return frozenset(self._where[number, name] for name in self._views[number].dimensions)

    def _cube(self, axes: Axes) -> Cube:
        return Cube(axes, [number for number in self._group if axes <= self._home[number]], self._views, self._known)

    def _in_ring(self, axes: Axes, joint: Axes) -> bool:
        return axes <= joint and all(self._known[name].closed for name in joint - axes)

    def _ring(self, home: Mapping[int, Axes]) -> Axes | None:
        """The axes of all tables that form a ring, if something of them is hidden and one cube can hold them."""
        if not any(spot.hidden or spot.cell.count is None for number in self._group for spot in self._views[number].spots):
            return None
        first = min(self._views[number].first for number in self._group)
        beyond = max(self._views[number].beyond for number in self._group)
        edges = {
            home[number] | ({TIME} if (self._views[number].first, self._views[number].beyond) != (first, beyond) else frozenset())
            for number in self._group
            if all(self._known[name].closed for name in home[number])
        }
        joint = frozenset(name for edge in _core(edges) for name in edge) - {TIME}
        if not joint:
            return None
        users = [number for number in self._group if self._in_ring(home[number], joint)]
        return joint if Cube(joint, users, self._views, self._known).size <= MOST_JOINT else None

    def _tie(self, inner: Cube, outer: Cube) -> None:
        """What the finer cube has in a cell of the coarser, summed over the axes it lacks, is the same."""
        sums: dict[tuple[int, ...], Terms] = {}
        spots = [outer.axes.index(name) + 1 for name in inner.axes]
        for place in outer.places():
            sums.setdefault((place[0], *(place[spot] for spot in spots)), {})[outer.at(place)] = 1
        finer = [dict(zip(inner.class_of[name], outer.class_of[name], strict=True)) for name in inner.axes]
        for place in inner.places():
            first, beyond = inner.times[place[0]]
            for number, (a, b) in enumerate(outer.times):
                if a <= first and beyond <= b:
                    key = (number, *(step[index] for step, index in zip(finer, place[1:], strict=True)))
                    sums[key][inner.at(place)] = -1
        for terms in sums.values():
            self._rows.add(terms, 0, 0)

    def _nothing_else(self, number: int) -> None:
        """What a table does not list is not there."""
        view, cube = self._views[number], self._cubes[self._home[number]]
        listed = {
            tuple(spot.key[name] for name in view.dimensions) for spot in view.spots if len(spot.level) == len(view.dimensions)
        }
        slots = [(self._where[number, name], name) for name in view.dimensions]
        stretches = cube.within(view.first, view.beyond)
        told = [self._values(cube, number, name) for _, name in slots]
        sure = [name in view.totalled for name in view.dimensions]
        indexes = [cube.axes.index(axis) for axis, _ in slots]
        gone: list[int] = []
        for inner in product(*map(range, cube.shape[1:])):
            key = tuple(values[inner[index]] for values, index in zip(told, indexes, strict=True))
            beside = any(value is None and whole for value, whole in zip(key, sure, strict=True))
            if beside or (listed and None not in key and key not in listed):
                gone.extend(cube.at((stretch, *inner)) for stretch in stretches)
        self._rows.zero(gone)

    def _values(self, cube: Cube, number: int, name: str) -> list[str | None]:
        """The value of a view's dimension that each class of its axis lies in."""
        axis = self._where[number, name]
        at = cube.used[axis].index(self._known[axis].lists[number, name])
        return [key[at] for key in cube.classes[axis]]

    def region(self, cube: Cube, number: int, spot: Spot) -> Iterator[tuple[int, ...]]:
        """The places of a cube that a published cell is made of. In axes that the cube lacks the cell is a total."""
        view = self._views[number]
        allowed: dict[str, set[int]] = {name: set(range(len(cube.classes[name]))) for name in cube.axes}
        for name in view.dimensions:
            if self._where[number, name] in allowed:
                value = spot.key[name]
                told = self._values(cube, number, name)
                allowed[self._where[number, name]] &= {
                    index for index, said in enumerate(told) if said == value or (value == TOTAL and said is not None)
                }
        return product(cube.within(view.first, view.beyond), *(sorted(allowed[name]) for name in cube.axes))

    def terms(self, number: int, spot: Spot) -> Terms:
        """A published cell as a sum of unknowns."""
        cube = self._cubes[self._home[number]]
        return {cube.at(place): 1 for place in self.region(cube, number, spot)}

    def pieces(self) -> Iterator[tuple[Terms, tuple[int, Spot]]]:
        """What published cells cut each other into without saying it: the sum, and the latest cell it is part of."""
        levels: dict[Axes, list[tuple[int, Spot]]] = {}
        for number in self._group:
            for spot in self._views[number].spots:
                axes = frozenset(self._where[number, name] for name in spot.level)
                levels.setdefault(axes, []).append((number, spot))
        for axes, spots in levels.items():
            users = sorted({number for number, _ in spots})
            if len(users) > 1:
                yield from self._cut(Cube(axes, users, self._views, self._known), spots)

    def _cut(self, fine: Cube, spots: Sequence[tuple[int, Spot]]) -> Iterator[tuple[Terms, tuple[int, Spot]]]:
        cube = self._cubes[frozenset.intersection(*(self._home[number] for number in fine.users))]
        if not all(self._known[name].closed for name in set(cube.axes) - set(fine.axes)):
            return
        part_of: dict[tuple[int, ...], tuple[int, Spot]] = {}
        said: set[tuple[int, ...]] = set()
        for number, spot in sorted(spots, key=lambda each: each[0]):
            region = list(self.region(fine, number, spot))
            if len(region) == 1:
                said.add(region[0])
            if spot.cell.count:
                part_of.update(dict.fromkeys(region, (number, spot)))
        spans = [next((at for at, (c, d) in enumerate(fine.times) if c <= a and b <= d), None) for a, b in cube.times]
        steps = [
            (cube.axes.index(name) + 1, dict(zip(cube.class_of[name], fine.class_of[name], strict=True))) for name in fine.axes
        ]
        sums: dict[tuple[int, ...], Terms] = {}
        for place in cube.places():
            span = spans[place[0]]
            if span is not None:
                sums.setdefault((span, *(step[place[index]] for index, step in steps)), {})[cube.at(place)] = 1
        for place, owner in part_of.items():
            if place not in said:
                yield sums[place], owner


def _closed(homes: Iterable[Axes]) -> set[Axes]:
    """The sets of axes, and all that they share."""
    found = set(homes)
    while fresh := {one & other for one, other in combinations(found, 2)} - found:
        found |= fresh
    return found


def _steps(cubes: Iterable[Axes]) -> Iterator[tuple[Axes, Axes]]:
    """Every set of axes with the next larger ones."""
    every = sorted(cubes, key=lambda axes: (len(axes), sorted(axes)))
    for inner in every:
        larger = [outer for outer in every if inner < outer]
        for outer in larger:
            if not any(between < outer for between in larger):
                yield inner, outer


def _core(edges: Iterable[Axes]) -> set[Axes]:
    """What is left of tables when all that form no ring are taken away (Graham; Yu and Ozsoyoglu)."""
    left = set(edges)
    while True:
        once = {name for edge in left for name in edge if sum(name in other for other in left) == 1}
        cut = {edge - once for edge in left}
        cut = {edge for edge in cut if not any(edge < other for other in cut)} - {frozenset()}
        if cut == left or len(cut) <= 1:
            return cut if len(cut) > 1 else set()
        left = cut
