"""Linear equations over counts: whole numbers, none below zero. What follows at once is put in before anything is solved."""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import inf

Terms = dict[int, int]
"""Unknown to how often it counts."""


def difference(one: Mapping[int, int], other: Mapping[int, int]) -> Terms:
    """One sum less another."""
    return {
        unknown: one.get(unknown, 0) - other.get(unknown, 0) for unknown in (*one, *(each for each in other if each not in one))
    }


@dataclass(slots=True)
class Row:
    """`low` <= sum of the terms <= `high`."""

    terms: Terms
    low: float
    high: float


@dataclass(slots=True)
class Rows:
    """Unknowns by number, and what is known of them."""

    unknowns: int = 0
    rows: list[Row] = field(default_factory=list)
    fixed: dict[int, int] = field(default_factory=dict)
    torn: list[int | None] = field(default_factory=list)
    """One unknown of each equation that cannot hold; None where it has none."""

    def more(self, count: int) -> int:
        """Add so many unknowns; returns the first."""
        self.unknowns += count
        return self.unknowns - count

    def add(self, terms: Mapping[int, int], low: float, high: float = inf) -> None:
        """Add an equation (low == high) or bounds."""
        kept = {unknown: times for unknown, times in terms.items() if times}
        if kept or low > 0 or high < 0:
            self.rows.append(Row(kept, low, high))

    def zero(self, unknowns: Iterable[int]) -> None:
        """Say that there are none of these."""
        for unknown in unknowns:
            self.fixed[unknown] = 0

    def settle(self) -> None:
        """Put in what is known until nothing follows any more. Equations that cannot hold are noted in `torn`."""
        where: dict[int, list[Row]] = {}
        for row in self.rows:
            for unknown in row.terms:
                where.setdefault(unknown, []).append(row)
        first = {id(row): next(iter(row.terms), None) for row in self.rows}
        known = deque(self.fixed)
        for row in self.rows:
            known.extend(self._follows(row, first))
        while known:
            unknown = known.popleft()
            value = self.fixed[unknown]
            for row in where.pop(unknown, ()):
                times = row.terms.pop(unknown)
                row.low -= times * value
                row.high -= times * value
                known.extend(self._follows(row, first))
        self.rows = [row for row in self.rows if row.terms]

    def _follows(self, row: Row, first: Mapping[int, int | None]) -> list[int]:
        """The unknowns that a single row settles."""
        rising = all(times > 0 for times in row.terms.values())
        if (not row.terms and (row.low > 0 or row.high < 0)) or (rising and row.high < 0):
            self.torn.append(first[id(row)])
            row.low, row.high = -inf, inf
            return []
        if rising and row.high == 0 and row.low <= 0:
            return self._fix(dict.fromkeys(row.terms, 0))
        if len(row.terms) == 1 and row.low == row.high:
            ((unknown, times),) = row.terms.items()
            value = row.low / times
            if value < 0 or value != int(value):
                self.torn.append(first[id(row)])
                row.low, row.high = -inf, inf
                return []
            return self._fix({unknown: int(value)})
        return []

    def _fix(self, values: Mapping[int, int]) -> list[int]:
        fresh = [unknown for unknown in values if unknown not in self.fixed]
        self.fixed.update({unknown: values[unknown] for unknown in fresh})
        return fresh

    def put_in(self, terms: Mapping[int, int]) -> tuple[Terms, int]:
        """What is unknown of a sum, and what is known of it."""
        left = {unknown: times for unknown, times in terms.items() if unknown not in self.fixed}
        return left, sum(times * self.fixed[unknown] for unknown, times in terms.items() if unknown in self.fixed)
