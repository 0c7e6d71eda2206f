"""What units of two organisations share of what is below them, kept true while more and more of it becomes sure.

Matching goes from below upwards: units that are matched may let those above them match. Looking at everything again each time
would cost as many rounds over the house as it is deep; here each pair that becomes sure is counted once.
"""

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from structure.organisation import Organisation
from structure.things import Ref, Sort


class Near(NamedTuple):
    """The known units that share most below with one that came in: how many things, and of how many in all."""

    candidates: tuple[str, ...]
    shared: int
    jaccard: Fraction


class _Held:
    """Of some units of one organisation: who has a thing below, and how many things each has."""

    def __init__(self, org: Organisation, ids: Iterable[str]) -> None:
        self.sizes: dict[str, int] = {}
        self.holders: dict[Ref, list[str]] = {}
        for id in ids:
            below = [*(Ref(Sort.UNIT, unit.id) for unit in org.children(id))]
            below += (Ref(Sort.FUNCTION, function.id) for function in org.owned_by(id))
            self.sizes[id] = len(below)
            for thing in below:
                self.holders.setdefault(thing, []).append(id)


class SharedBelow:
    """Counts, for units that came in and known ones that may be the same: neither of them is matched yet."""

    def __init__(self, known: Organisation, known_ids: Iterable[str], found: Organisation, found_ids: Iterable[str]) -> None:
        self._known = _Held(known, known_ids)
        self._found = _Held(found, found_ids)
        self._counts: dict[str, Counter[str]] = {}
        self._sharing: dict[str, set[str]] = {}
        self._changed: set[str] = set()

    def are_same(self, found: Ref, known: Ref) -> None:
        """This thing that came in is that known one: whoever has them below shares one more."""
        for other in self._known.holders.get(known, ()):
            for id in self._found.holders.get(found, ()) if other in self._known.sizes else ():
                self._counts.setdefault(id, Counter())[other] += 1
                self._sharing.setdefault(other, set()).add(id)
                self._changed.add(id)

    def is_taken(self, known: str) -> None:
        """This known unit is matched: it is nobody's candidate any more."""
        self._known.sizes.pop(known, None)
        for id in self._sharing.pop(known, ()):
            del self._counts[id][known]
            self._changed.add(id)

    def changed(self) -> list[str]:
        """Units that came in for which `near` may say something else than when this was asked last, by id."""
        changed, self._changed = self._changed, set()
        return sorted(changed)

    def near(self, id: str) -> Near | None:
        """The best candidates for a unit that came in; None: it shares nothing with any."""
        counts, size = self._counts.get(id), self._found.sizes[id]
        if not counts:
            return None
        indexes = {other: Fraction(count, size + self._known.sizes[other] - count) for other, count in counts.items()}
        best = max(indexes.values())
        candidates = tuple(sorted(other for other, index in indexes.items() if index == best))
        return Near(candidates, counts[candidates[0]], best)
