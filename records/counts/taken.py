"""What one counting brings: the tables, what must add up between them, how long things took. Never leaves the process."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from records.counts.counted import CountedTable

TOTAL = "total"
"""As in the published object: the value of a dimension that stands for all its values."""


@dataclass(frozen=True, slots=True)
class Term:
    """One cell of one table, added or subtracted."""

    table: str
    key: Mapping[str, str]
    sign: Literal[1, -1] = 1


@dataclass(frozen=True, slots=True)
class Balance:
    """Cells that add up to nothing: open at start + received + reopened - closed - open at end."""

    name: str
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Duration:
    """How many days a duty took, from its start to the day it was met; `clock` as in the table `timeliness`.

    `observed`: of how many. The two numbers are of all of them, however few: whether they may be said is decided later.
    """

    clock: str
    observed: int = field(repr=False)
    median: float | None = field(repr=False)
    p90: float | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Counts:
    """Everything that was counted of one stretch of days, as it was known on `taken_on`.

    `apart`: only the matters in which no head of the office ever had a seat; otherwise all but those. `destroyed`: matters of
    kinds that are kept, over in these days and destroyed since, by kind, of both sides together: they are in no table. With
    what was written down late they are the difference between what is open at the start now and what the last release said.
    `unclassified`: open stretches of cases of which nobody has said yet whom they are about; for the desk, never for a page.
    `left_out`: tables of which the report shall say nothing; what they add up to with others is known all the same.
    """

    first: date
    last: date
    taken_on: date
    apart: bool
    tables: tuple[CountedTable, ...] = field(repr=False)
    balances: tuple[Balance, ...]
    durations: tuple[Duration, ...] = field(repr=False)
    destroyed: Mapping[str, int] = field(repr=False)
    unclassified: int = field(repr=False)
    left_out: frozenset[str] = frozenset()

    def table(self, name: str) -> CountedTable:
        """The table called `name`. Raises KeyError."""
        for table in self.tables:
            if table.name == name:
                return table
        raise KeyError(name)
