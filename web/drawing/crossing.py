"""In which order the things of neighbouring columns stand so that few lines cross: by the middle of what each is joined to.

The barycentre method of Sugiyama, Tagawa and Toda (1981): sweeps right and left, the best order seen is kept. What is equal
stays in the order given, so the same input gives the same picture.
"""

from bisect import bisect_right, insort
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final, TypeVar

T = TypeVar("T", bound=Hashable)
_SWEEPS: Final = 8


def ordered(columns: Sequence[Sequence[T]], ties: Iterable[tuple[T, T]]) -> list[list[T]]:
    """The columns, each in its new order. Ties join things of neighbouring columns, the left one first; others do not count."""
    before: dict[T, list[T]] = {}
    after: dict[T, list[T]] = {}
    column_of = {one: place for place, column in enumerate(columns) for one in column}
    for left, right in ties:
        if left in column_of and column_of.get(right) == column_of[left] + 1:
            after.setdefault(left, []).append(right)
            before.setdefault(right, []).append(left)
    now = best = [list(column) for column in columns]
    fewest = crossings(now, after)
    for sweep in range(_SWEEPS):
        if not fewest:
            break
        now = _swept(now, after if sweep % 2 else before, rightwards=sweep % 2 == 0)
        crossing = crossings(now, after)
        if crossing < fewest:
            best, fewest = now, crossing
    return best


def _swept(columns: list[list[T]], beside: Mapping[T, list[T]], *, rightwards: bool) -> list[list[T]]:
    swept = [list(column) for column in columns]
    for place in range(1, len(swept)) if rightwards else range(len(swept) - 2, -1, -1):
        swept[place] = _by_middle(swept[place], swept[place - 1 if rightwards else place + 1], beside)
    return swept


def _by_middle(column: Sequence[T], neighbour: Sequence[T], beside: Mapping[T, Sequence[T]]) -> list[T]:
    """A column ordered by the mean place of what each is joined to; what is joined to nothing keeps its place."""
    place_of = {one: place for place, one in enumerate(neighbour)}
    scale = max(len(neighbour) - 1, 1) / max(len(column) - 1, 1)
    middles = {}
    for place, one in enumerate(column):
        joined = [place_of[other] for other in beside.get(one, ()) if other in place_of]
        middles[one] = sum(joined) / len(joined) if joined else place * scale
    return sorted(column, key=middles.__getitem__)


def crossings(columns: Sequence[Sequence[T]], after: Mapping[T, Sequence[T]]) -> int:
    """How many pairs of lines cross between neighbours."""
    crossing = 0
    for left, right in pairwise(columns):
        place_of = {one: place for place, one in enumerate(right)}
        ends: list[int] = []
        for one in left:
            mine = sorted(place_of[other] for other in after.get(one, ()) if other in place_of)
            crossing += sum(len(ends) - bisect_right(ends, end) for end in mine)
            for end in mine:
                insort(ends, end)
    return crossing
