"""A table with every total in it. Each number still knows about how many heads it is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product

from records.counts.counted import CountedCell, CountedTable
from reports.shape import TOTAL, Key

Values = tuple[str, ...]
"""One value a dimension, in the table's order; `total` stands for all."""


@dataclass(slots=True)
class Sum:
    """How many, and about whom at the least.

    `heads` counts by tag as far as tags were told; `untold` is the most that one head may have more than its tag says, because
    of each cell only the ten heads with the most are told.
    """

    count: int = field(default=0, repr=False)
    heads: dict[str, int] = field(default_factory=dict, repr=False)
    other_heads: int = field(default=0, repr=False)
    unknown: int = field(default=0, repr=False)
    untold: int = field(default=0, repr=False)

    def add(self, cell: CountedCell) -> None:
        """Take a cell in."""
        self.count += cell.count
        self.unknown += cell.unknown
        self.other_heads += cell.other_heads
        for tag, cases in cell.heads.items():
            self.heads[tag] = self.heads.get(tag, 0) + cases
        if cell.other_heads:
            self.untold += min(cell.other_heads, min(cell.heads.values(), default=cell.other_heads))

    @property
    def subjects(self) -> int:
        """The least number of different heads it is about: unknown ones may all be one; a case about nobody counts for itself."""
        nobody = self.count - sum(self.heads.values()) - self.other_heads - self.unknown
        return len([cases for cases in self.heads.values() if cases]) + (self.unknown > 0) + nobody

    @property
    def largest(self) -> int:
        """The most cases that may be about one head."""
        return max(max(self.heads.values(), default=0) + self.untold, self.unknown)


@dataclass(frozen=True, slots=True)
class Whole:
    """A counted table with its totals: every combination of values, zeros too."""

    table: CountedTable
    sums: Mapping[Values, Sum] = field(repr=False)

    def key(self, values: Values) -> Key:
        """The key under which these values are published."""
        return dict(zip(self.table.dimensions, values, strict=True))

    def inner(self) -> Iterator[Values]:
        """The finest cells: those without any total. A table without dimensions has one."""
        return product(*(self.table.values[dimension] for dimension in self.table.dimensions))


def whole(table: CountedTable) -> Whole:
    """Add up every total of a table. Raises KeyError where a cell has a value that the table does not list."""
    listed = [
        table.values[dimension] if dimension in table.unsummed else (*table.values[dimension], TOTAL)
        for dimension in table.dimensions
    ]
    sums = {values: Sum() for values in product(*listed)}
    for cell in table.cells:
        at = [cell.key[dimension] for dimension in table.dimensions]
        for values in product(*((value, TOTAL) for value in at)):
            if values in sums:
                sums[values].add(cell)
    return Whole(table, sums)


def wider(values: Values) -> Iterator[Values]:
    """All totals above a cell, itself not among them."""
    for above in product(*((value, TOTAL) if value != TOTAL else (TOTAL,) for value in values)):
        if above != values:
            yield above
