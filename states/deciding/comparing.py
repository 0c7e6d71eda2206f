"""Two texts side by side, paragraph by paragraph: a help for the eye, and no judgement.

An order and the resolution it carries out are never the same words. What blocks an order is an operation that was not
adopted, which is judged elsewhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Final, Literal

from states.deciding.text import Paragraph, Text

ALIKE: Final = 0.5
"""From this share of common words on, two paragraphs are shown side by side. It decides a layout and nothing else."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a row that stand in both, only in the first, or only in the second."""

    kind: Literal["both", "first", "second"]
    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Pair:
    """A paragraph of the first text beside its likeness in the second; None where there is none. `alike` in percent."""

    first: Paragraph | None
    second: Paragraph | None
    alike: int

    @property
    def runs(self) -> tuple[Run, ...]:
        """What changed between the two, word by word."""
        return tuple(_runs(_words(self.first), _words(self.second)))


def side_by_side(first: Text, second: Text) -> tuple[Pair, ...]:
    """Every paragraph of both, once: those of the first in their order, then what only the second has, in its order.

    The most alike find each other first, wherever they stand; of equals, those higher up.
    """
    taken = _matched(first, second)
    there = {at: (other, score) for (at, other), score in taken.items()}
    pairs = []
    for at, one in enumerate(first):
        other, score = there.get(at, (None, 0.0))
        pairs.append(Pair(one, None if other is None else second[other], round(score * 100)))
    found = {other for _, other in taken}
    return (*pairs, *(Pair(None, one, 0) for at, one in enumerate(second) if at not in found))


def _matched(first: Text, second: Text) -> dict[tuple[int, int], float]:
    scores = sorted(_alike(first, second), key=lambda one: (-one[0], one[1], one[2]))
    taken: dict[tuple[int, int], float] = {}
    left: set[int] = set()
    right: set[int] = set()
    for score, at, other in scores:
        if at not in left and other not in right:
            taken[at, other] = score
            left.add(at)
            right.add(other)
    return taken


def _alike(first: Text, second: Text) -> Iterator[tuple[float, int, int]]:
    """Every pair alike enough. The cheap bounds come first: most pairs end there."""
    matcher: SequenceMatcher[str] = SequenceMatcher(autojunk=False)
    for other, after in enumerate(second):
        matcher.set_seq2(_words(after))
        for at, before in enumerate(first):
            matcher.set_seq1(_words(before))
            if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE:
                yield matcher.ratio(), at, other


def _words(paragraph: Paragraph | None) -> list[str]:
    return [] if paragraph is None else paragraph.text.split()


def _runs(before: list[str], after: list[str]) -> Iterator[Run]:
    for change, start, end, new_start, new_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if change == "equal":
            yield Run("both", " ".join(before[start:end]))
            continue
        if end > start:
            yield Run("first", " ".join(before[start:end]))
        if new_end > new_start:
            yield Run("second", " ".join(after[new_start:new_end]))
