"""Linear and integer programs (HiGHS through scipy): how small and how large a sum of unknown counts can be."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, inf
from typing import Any, Final

import numpy as np
from scipy.optimize import Bounds as Between
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import csr_array

from reports.attack.linking import Joined
from reports.attack.rows import Row, Rows, Terms

SECONDS: Final = 2.0
"""For one integer program. Then the rounded linear bound stands, which is weaker."""
MOST_SLOW: Final = 20
"""Integer programs of one part that may run out of time. Then only linear ones are tried in it."""
MOST_KEPT: Final = 2000
"""Parts that are kept for the next attack."""
FEW: Final = 6
"""With so few sums each is asked about at once."""
NEAR: Final = 1e-5
TOO_LONG: Final = 1
NO_SOLUTION: Final = 2


@dataclass(frozen=True, slots=True)
class Interval:
    """Bounds of a count; `high` None: none. `whole` False: they are those of fractions, and may be too wide."""

    low: int
    high: int | None
    whole: bool = True

    @property
    def span(self) -> float:
        """How far apart the bounds are."""
        return inf if self.high is None else self.high - self.low


RowsOf = tuple[tuple[tuple[tuple[int, int], ...], float, float], ...]
"""Equations that can be compared: terms, low, high."""
SumsOf = tuple[tuple[tuple[tuple[int, int], ...], int], ...]
"""Sums that can be compared: terms, and what is known of it."""


class Part:
    """Equations that hang together, with every sum asked about in them. What was found once is kept."""

    def __init__(self, size: int, rows: RowsOf, asked: SumsOf) -> None:
        self.size = size
        self._matrix = _matrix([terms for terms, _, _ in rows], size)
        self._low = np.array([low for _, low, _ in rows], dtype=float)
        self._high = np.array([high for _, _, high in rows], dtype=float)
        self._asked = _matrix([terms for terms, _ in asked], size)
        self._known = np.array([known for _, known in asked], dtype=float)
        most = max((abs(end) for _, low, high in rows for end in (low, high) if end not in (inf, -inf)), default=0)
        self._endless = 1000.0 * (most + 100)
        self._upper = np.full(size, self._endless)
        for terms, _, high in rows:
            if high != inf and all(times > 0 for _, times in terms):
                for unknown, times in terms:
                    self._upper[unknown] = min(self._upper[unknown], high // times)
        self.least = np.full(len(asked), inf)
        self.most = np.full(len(asked), -inf)
        """The least and most that whole numbers which fit were seen to give for each sum."""
        self._slow = 0
        self._feasible: bool | None = None
        self._looked = len(asked) < FEW
        self._bounds: dict[tuple[int, bool], Interval] = {}

    def feasible(self) -> bool:
        """Whether any whole numbers fit. What cannot be settled in time counts as fitting."""
        if self._feasible is None:
            self._feasible = int(self._solve(np.zeros(self.size), whole=True).status) != NO_SOLUTION
        return self._feasible

    def look_around(self) -> None:
        """Try a few solutions, so that most sums are seen to be wide without asking about each."""
        if not self._looked:
            self._looked = True
            total = np.asarray(self._asked.sum(axis=0)).ravel()
            waves = [np.cos((at + 1.0) * np.arange(self.size)) for at in range(3)]
            for direction in (total, -total, *waves, *(-wave for wave in waves)):
                self._solve(direction, whole=False)

    def bounds(self, at: int, *, whole: bool) -> Interval:
        """The bounds of the sum number `at`. `whole` False: those of fractions, rounded, unless whole numbers meet them."""
        if (at, whole) not in self._bounds:
            direction = self._asked[[at], :].toarray().ravel()
            known = int(self._known[at])
            low, low_whole = self._least(direction, self.least[at] - known, whole=whole)
            high, high_whole = self._least(-direction, known - self.most[at], whole=whole)
            endless = -high >= self._endless / 2
            self._bounds[at, whole] = Interval(max(low, 0) + known, None if endless else known - high, low_whole and high_whole)
        return self._bounds[at, whole]

    def _least(self, direction: Any, seen: float, *, whole: bool) -> tuple[int, bool]:
        """The least value in a direction, and whether whole numbers are known to reach it. `seen`: the least seen before."""
        linear = self._solve(direction, whole=False)
        if linear.fun is None:
            return ceil(-self._endless), False
        low = ceil(linear.fun - NEAR)
        if min(seen, self._reached(direction, linear.x)) <= low or low <= -self._endless / 2:
            return low, True
        if not whole or self._slow >= MOST_SLOW:
            return low, False
        best = self._solve(direction, whole=True)
        if best.status == 0:
            return ceil(best.fun - NEAR), True
        return max(low, low if best.mip_dual_bound is None else ceil(best.mip_dual_bound - NEAR)), False

    def _reached(self, direction: Any, found: Any) -> float:
        """What a solution gives in a direction if it is of whole numbers."""
        return float(direction @ np.rint(found)) if found is not None and self._fits(np.rint(found)) else inf

    def _fits(self, found: Any) -> bool:
        there = self._matrix @ found
        return bool((there >= self._low - NEAR).all() and (there <= self._high + NEAR).all())

    def _solve(self, direction: Any, *, whole: bool) -> Any:
        """Ask HiGHS for the least. Solutions in whole numbers are noted."""
        answer = milp(
            direction,
            integrality=np.full(self.size, int(whole)),
            bounds=Between(np.zeros(self.size), self._upper),
            constraints=LinearConstraint(self._matrix, self._low, self._high),
            options={"time_limit": SECONDS, "mip_rel_gap": 0.0} if whole else {},
        )
        self._slow += whole and answer.status == TOO_LONG
        if answer.x is not None:
            found = np.rint(answer.x)
            if self._fits(found):
                there = self._asked @ found + self._known
                self.least, self.most = np.minimum(self.least, there), np.maximum(self.most, there)
        return answer


def _matrix(rows: Sequence[Sequence[tuple[int, int]]], size: int) -> Any:
    entries = [(number, unknown, times) for number, terms in enumerate(rows) for unknown, times in terms]
    where, what, values = zip(*entries, strict=True) if entries else ((), (), ())
    return csr_array((np.array(values, dtype=float), (where, what)), shape=(len(rows), size))


_kept_part = lru_cache(maxsize=MOST_KEPT)(Part)
"""A release is attacked again and again while it is mended, always with the same earlier ones."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A part, one of its unknowns, and which of the sums asked about are in it, in its order."""

    part: Part
    unknown: int
    asked: tuple[int, ...]


def parts_of(rows: Rows, asked: Sequence[Terms]) -> Iterator[Asking]:
    """Split settled rows into parts that do not touch. A sum over several parts joins them; known sums are in none."""
    joined = Joined(rows.unknowns)
    left = [rows.put_in(terms) for terms in asked]
    for terms in (*(row.terms for row in rows.rows), *(terms for terms, _ in left)):
        joined.join_all(terms)
    its_rows: dict[int, list[Row]] = {}
    its_asked: dict[int, list[int]] = {}
    for row in rows.rows:
        its_rows.setdefault(joined.root(next(iter(row.terms))), []).append(row)
    for number, (terms, _) in enumerate(left):
        if terms:
            its_asked.setdefault(joined.root(next(iter(terms))), []).append(number)
    for root in dict.fromkeys((*its_rows, *its_asked)):
        own, numbers = its_rows.get(root, []), its_asked.get(root, [])
        index: dict[int, int] = {}
        said = tuple((_numbered(row.terms, index), row.low, row.high) for row in own)
        sums = tuple((_numbered(left[number][0], index), left[number][1]) for number in numbers)
        yield Asking(_kept_part(len(index), said, sums), root, tuple(numbers))


def _numbered(terms: Terms, index: dict[int, int]) -> tuple[tuple[int, int], ...]:
    return tuple((index.setdefault(unknown, len(index)), times) for unknown, times in terms.items())
