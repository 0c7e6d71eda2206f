"""Cells that nobody printed and that are known all the same: a release says of them what they add up to with others.

Left out as too small, a number is still a number. So it is bounded like one that is printed as hidden.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import product
from math import prod
from typing import Final

from reports.attack.findings import key_of
from reports.attack.views import MOMENTS, SpotKey, words_of
from reports.shape import TOTAL, Cell, Identity, Key, Place, Report, Table

MOST_CELLS: Final = 400
"""Cells given to one table that is not said. Beyond, it gets only those that are named."""
Listed = Mapping[str, tuple[str, ...]]
"""Dimension to the values that the tables of a sum have there, without the total."""


def with_unsaid(releases: Sequence[Report]) -> tuple[list[Report], frozenset[SpotKey]]:
    """The releases, each with a hidden cell wherever its identities name one that it does not print; and which those are."""
    shapes = {(release.house, release.series, table.name): table for release in releases for table in release.tables}
    made = [_Filling(release, shapes).filled() for release in releases]
    return [report for report, _ in made], frozenset((number, *at) for number, (_, added) in enumerate(made) for at in added)


class _Filling:
    """One release, while its unsaid cells are put in. `shapes`: how tables look that it may have left out."""

    def __init__(self, release: Report, shapes: Mapping[tuple[str, str, str], Table]) -> None:
        self._release, self._shapes = release, shapes
        self._tables = {table.name: table for table in release.tables}
        self._printed = {(table.name, key_of(cell.key)) for table in release.tables for cell in table.cells}

    def filled(self) -> tuple[Report, list[tuple[str, tuple[tuple[str, str], ...]]]]:
        """The release with what it does not say, and where that stands."""
        identities = [self._fitted(identity) for identity in self._release.identities]
        wanted: dict[str, list[Key]] = {}
        for place in (place for identity in identities for place in identity.terms):
            fits = set(place.key) == set(self._shape(place.table, place.key).dimensions)
            if fits and (place.table, key_of(place.key)) not in self._printed:
                wanted.setdefault(place.table, []).append(place.key)
        if not wanted:
            return self._release, []
        tables, added = dict(self._tables), list[tuple[str, tuple[tuple[str, str], ...]]]()
        for name, keys in wanted.items():
            table = self._shape(name, keys[0])
            fresh = keys if table.cells else list(_grid(table.dimensions, keys, self._listed(name, identities)))
            cells = {key_of(key): Cell(key=key, count=None) for key in fresh}
            tables[name] = table.model_copy(update={"cells": (*table.cells, *cells.values())})
            added.extend((name, at) for at in cells)
        return self._release.model_copy(update={"tables": tuple(tables.values()), "identities": tuple(identities)}), added

    def _fitted(self, identity: Identity) -> Identity:
        """An identity in the dimensions that its tables have, as far as only totals are told of the others.

        Where all tables of a sum that print something know one value alone, that is the total by another name.
        """
        places = []
        for place in identity.terms:
            table = self._shape(place.table, place.key)
            lost = {name for name, value in place.key.items() if value != TOTAL} - set(table.dimensions)
            key = place.key if lost else {name: place.key.get(name, TOTAL) for name in table.dimensions}
            if not table.cells and not lost:
                listed = self._listed(place.table, self._release.identities)
                key = {name: TOTAL if listed.get(name) == (value,) else value for name, value in key.items()}
            places.append(Place(table=place.table, key=key, sign=place.sign))
        return Identity(name=identity.name, terms=tuple(places))

    def _shape(self, name: str, key: Key) -> Table:
        """The table so called; as another release has it where this one has none, else as its name and the key tell."""
        if name in self._tables:
            return self._tables[name]
        known = self._shapes.get((self._release.house, self._release.series, name))
        if known:
            return known.model_copy(update={"cells": (), "state": "too_small"})
        stock = "stock" if MOMENTS.intersection(words_of(name)) else "flow"
        return Table.model_validate({"name": name, "kind": stock, "dimensions": tuple(key), "cells": (), "measure": name})

    def _listed(self, name: str, identities: Collection[Identity]) -> Listed:
        """The values that the tables of the sums of a table have, printed or named."""
        listed: dict[str, dict[str, None]] = {}
        peers: dict[str, None] = {}
        for identity in identities:
            if any(place.table == name for place in identity.terms):
                peers.update(dict.fromkeys(place.table for place in identity.terms))
                keys = [place.key for place in identity.terms]
                keys += [cell.key for peer in peers if peer in self._tables for cell in self._tables[peer].cells]
                for dimension, value in (each for key in keys for each in key.items() if each[1] != TOTAL):
                    listed.setdefault(dimension, {})[value] = None
        return {dimension: tuple(values) for dimension, values in listed.items()}


def _grid(dimensions: Sequence[str], keys: Sequence[Key], listed: Listed) -> Iterator[Key]:
    """The keys of a table of which nothing is said: those named, and with them every value of a dimension that they tell."""
    told = {name for key in keys for name, value in key.items() if value != TOTAL}
    values = [(*listed.get(name, ()), TOTAL) if name in told else (TOTAL,) for name in dimensions]
    if prod(map(len, values)) <= MOST_CELLS:
        yield from (dict(zip(dimensions, each, strict=True)) for each in product(*values))
    else:
        yield from keys
