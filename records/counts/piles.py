"""Adding up: rows about heads, piled into the cells of a table."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from heapq import nsmallest
from typing import Any, Literal

from records.counts.counted import CountedCell, CountedTable, Values

NOBODY, UNKNOWN = "nobody", "unknown"
TOP = 10
"""Of how many heads a cell knows the numbers; a rule about the largest needs no more."""


@dataclass(slots=True)
class Pile:
    """One cell while it grows."""

    count: int = 0
    unknown: int = 0
    heads: dict[str, int] = field(default_factory=dict)

    def cell(self, key: Mapping[str, str]) -> CountedCell:
        """The cell: its heads by tag, the ten with the most; of two with as many, the smaller tag."""
        top = dict(nsmallest(TOP, self.heads.items(), key=lambda one: (-one[1], one[0])))
        return CountedCell(key, self.count, top, sum(self.heads.values()) - sum(top.values()), self.unknown)


class Sheet:
    """A table while it grows. Values that no list has (a class of an older pack) are put at the list's end."""

    def __init__(
        self,
        name: str,
        measure: str,
        kind: Literal["flow", "stock"],
        values: Mapping[str, Iterable[str]],
        *,
        about_heads: bool = True,
    ) -> None:
        self.name = name
        self._measure = measure
        self._kind = kind
        self._values = {dimension: dict.fromkeys(each) for dimension, each in values.items()}
        self._about_heads = about_heads
        self._piles: dict[Values, Pile] = {}

    def add(self, key: Values, about: str | None, subject: str | None, count: int) -> None:
        """Put so many of one row into the cell `key`, whose values are in the order of the dimensions."""
        pile = self._piles.get(key)
        if pile is None:
            pile = self._piles[key] = Pile()
            for dimension, value in zip(self._values.values(), key, strict=True):
                dimension.setdefault(value)
        pile.count += count
        if subject is not None:
            pile.heads[subject] = pile.heads.get(subject, 0) + count
        elif about != NOBODY:
            pile.unknown += count

    def count(self, key: Values) -> int:
        """So many are in a cell until now."""
        pile = self._piles.get(key)
        return pile.count if pile else 0

    def table(self) -> CountedTable:
        """The table as counted: cells of nothing are left out."""
        dimensions = tuple(self._values)
        cells = tuple(
            pile.cell(dict(zip(dimensions, key, strict=True))) for key, pile in sorted(self._piles.items()) if pile.count
        )
        values = {dimension: tuple(each) for dimension, each in self._values.items()}
        return CountedTable(self.name, self._measure, self._kind, dimensions, values, cells, about_heads=self._about_heads)


def pile(sheet: Sheet, rows: Iterable[Any], key: Callable[[Any], Values | None]) -> Sheet:
    """Put rows with `about`, `subject` and `number` into a sheet; a row whose key is None belongs nowhere in it."""
    for row in rows:
        where = key(row)
        if where is not None:
            sheet.add(where, row.about, row.subject, row.number)
    return sheet
