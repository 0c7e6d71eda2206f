"""The rules that hide a cell for its own sake. Sources: docs/decisions/0045-disclosure-control.md."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from policies.reports import Disclosure
from reports.attack import Bounds
from reports.protection.wholes import Sum, Values, Whole, wider
from reports.shape import TOTAL


@dataclass(frozen=True, slots=True)
class Guards:
    """What stands between a person and the published figures, each part by itself.

    The numbers are those of `Disclosure`. `secondary`: what a hidden cell could be computed from is hidden too, and the attacker
    is asked. `ledger`: the attacker knows the earlier releases. Both are always on outside the tests that show what they are for.
    """

    threshold: int
    width: int
    least_subjects: int
    largest_share: int
    protect_zeros: frozenset[str]
    secondary: bool = True
    ledger: bool = True

    @classmethod
    def of(cls, rules: Disclosure) -> Self:
        """The house's guards."""
        return cls(rules.threshold, rules.width, rules.least_subjects, rules.largest_share, frozenset(rules.protect_zeros))

    @property
    def bounds(self) -> Bounds:
        """What the attacker must not reach."""
        return Bounds(width=self.width, threshold=self.threshold, protect_zeros=self.protect_zeros)


def too_few(cell: Sum, guards: Guards) -> bool:
    """Whether somebody stands behind it, and too few."""
    return 0 < cell.count < guards.threshold


def too_few_heads(cell: Sum, guards: Guards) -> bool:
    """Whether everything in it is about one head, or fewer than the least number of them."""
    return cell.count > 0 and cell.subjects < guards.least_subjects


def dominated(cell: Sum, guards: Guards) -> bool:
    """Whether one head stands for more than the largest share of it."""
    return cell.largest * 100 > guards.largest_share * cell.count


ABOUT_HEADS: tuple[Callable[[Sum, Guards], bool], ...] = (too_few_heads, dominated)


def sensitive(whole: Whole, guards: Guards) -> frozenset[Values]:
    """The cells of a table that are hidden for their own sake. None where nothing in it is confidential."""
    if not whole.table.protected:
        return frozenset()
    rules = (too_few, *(ABOUT_HEADS if whole.table.about_heads else ()))
    few = {values for values, cell in whole.sums.items() if any(rule(cell, guards) for rule in rules)}
    return frozenset(few | telling_zeros(whole, guards))


def telling_zeros(whole: Whole, guards: Guards) -> set[Values]:
    """The zeros that say of a group that nobody of it came. One below a total that is published as zero says nothing more."""
    open_zeros: set[Values] = set()
    telling: set[Values] = set()
    for values in sorted(whole.sums, key=lambda each: -each.count(TOTAL)):
        if whole.sums[values].count:
            continue
        protected = any(
            value != TOTAL and dimension in guards.protect_zeros
            for dimension, value in zip(whole.table.dimensions, values, strict=True)
        )
        if protected and not any(above in open_zeros for above in wider(values)):
            telling.add(values)
        else:
            open_zeros.add(values)
    return telling
