"""What the attacker is measured by, and what it found."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Self

from policies.reports import Disclosure
from reports.shape import Key

Why = Literal["exact", "narrow", "nonzero", "shown_elsewhere", "restated", "differenced", "small", "zero"]
"""`exact`: one number is left. `narrow`: the bounds are less apart than the width. `nonzero`: told to be some, and few, where a
zero is protected. `shown_elsewhere`: another edition shows it. `restated`: two editions differ by a few cases.
`differenced`: published cells subtract to a few cases that no cell says; it is reported at the latest cell they are part of.
`small`: a few cases are told outright. `zero`: that there is nobody is told, where that tells too much."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """When a hidden cell counts as found.

    `width`: how far apart its bounds must stay (high - low). `threshold`: the least number that may be told. `protect_zeros`:
    dimensions in whose tables "at least one" is told too much.
    """

    width: int
    threshold: int
    protect_zeros: frozenset[str]

    @classmethod
    def of(cls, rules: Disclosure) -> Self:
        """As a house's rules set them."""
        return cls(rules.width, rules.threshold, frozenset(rules.protect_zeros))

    def why_told(self, count: int, dimensions: tuple[str, ...], *, nobody_above: bool) -> Why | None:
        """What a published count itself tells of these dimensions, totals left out. None: nothing.

        `nobody_above`: a total it is part of is a published zero.
        """
        if 1 <= count < self.threshold:
            return "small"
        if count == 0 and not nobody_above and self.protect_zeros & set(dimensions):
            return "zero"
        return None

    def why(self, low: int, high: int | None, dimensions: tuple[str, ...]) -> Why | None:
        """What is told by bounds (None: no upper one) of a hidden cell in a table of these dimensions. None: nothing."""
        if high is not None and low >= high:
            return "exact"
        if high is not None and high - low < self.width:
            return "narrow"
        if 1 <= low < self.threshold and self.protect_zeros & set(dimensions):
            return "nonzero"
        return None


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell that is found. `low` and `high` bound its count, or, for `restated` and `differenced`, the few cases between."""

    series: str
    edition: str
    table: str
    key: Mapping[str, str]
    why: Why
    low: int
    high: int | None

    def as_json(self) -> dict[str, object]:
        """As `amparo report attack --json` writes it."""
        return {
            "series": self.series,
            "edition": self.edition,
            "table": self.table,
            "key": dict(self.key),
            "why": self.why,
            "low": self.low,
            "high": self.high,
        }


@dataclass(frozen=True, slots=True)
class Findings:
    """What everything published tells together.

    `cells`: all cells; `protected`: those hidden without a band. `tightest`: the least distance of two bounds over the hidden
    cells, None when no hidden cell has an upper bound. `inconsistent`: releases (`series/edition`) that contradict themselves or
    others; they were then tried apart. `linear_only`: hidden cells of which only the weaker, rounded linear bounds are known,
    because the integer program took too long.
    """

    cells: int
    protected: int
    broken: tuple[Broken, ...]
    tightest: int | None
    inconsistent: tuple[str, ...] = ()
    linear_only: int = 0

    @property
    def clean(self) -> bool:
        """Whether nothing is found and everything could be tried together."""
        return not self.broken and not self.inconsistent

    def as_json(self) -> dict[str, object]:
        """As `amparo report attack --json` writes it."""
        return {
            "cells": self.cells,
            "protected": self.protected,
            "broken": [each.as_json() for each in self.broken],
            "tightest": self.tightest,
            "inconsistent": list(self.inconsistent),
            "linear_only": self.linear_only,
        }


def key_of(key: Key) -> tuple[tuple[str, str], ...]:
    """A cell's key in an order that does not depend on how it was written."""
    return tuple(sorted(key.items()))
