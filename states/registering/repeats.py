"""Which paragraphs stand in several texts: in the same words, or nearly.

Numbers are one number here: what is repeated each year changes its years. Only candidates that share a run of words are
compared, and runs that very many share are passed over, so that ten thousand paragraphs take seconds, not hours.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final

from policies.mandates import Alike
from states.citing.cleaning import cleaned

_WORDS: Final = re.compile(r"[a-z]+|[0-9]+")
_CROWD: Final = 50
"""A run of words that stands in more paragraphs than this tells nothing of two of them."""


@dataclass(frozen=True, slots=True)
class Where:
    """A paragraph of a text: the text's symbol or file, the paragraph's number, its words. `order` tells which is older."""

    text: str = field(repr=False)
    number: str | None
    words: str = field(repr=False)
    order: int


@dataclass(frozen=True, slots=True)
class Repeat:
    """`one` says what the newer `other` says again. `percent` of their runs of words are in both."""

    one: Where
    other: Where
    identical: bool
    percent: int


def repeats(paragraphs: Sequence[Where], rule: Alike) -> tuple[Repeat, ...]:
    """Every older paragraph with the newest of those that say the same, or nearly; in the order given.

    The newest one is never a repeat: it is what is left when the others go. Paragraphs too short to tell are left out.
    """
    words = [tuple(_WORDS.findall(cleaned(paragraph.words).text.lower())) for paragraph in paragraphs]
    long = [at for at, found in enumerate(words) if len(found) >= rule.least_words]
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at in long:
        groups[_numberless(words[at])].append(at)
    newest = {at: max(group, key=lambda one: (paragraphs[one].order, one)) for group in groups.values() for at in group}
    found = {at: (new, 100) for at, new in newest.items() if at != new}
    heads = sorted(set(newest.values()))
    for at, (new, percent) in _near(heads, {at: _runs(words[at], rule.run) for at in heads}, paragraphs, rule.percent).items():
        found[at] = (new, percent)
    return tuple(
        Repeat(paragraphs[at], paragraphs[new], words[at] == words[new], percent) for at, (new, percent) in sorted(found.items())
    )


def _near(
    heads: Sequence[int], runs: Mapping[int, frozenset[tuple[str, ...]]], paragraphs: Sequence[Where], least: int
) -> dict[int, tuple[int, int]]:
    """Older paragraph -> the most like it of the newer ones, and how much."""
    best: dict[int, tuple[int, int]] = {}
    for one, other in _candidates(heads, runs):
        both = len(runs[one] & runs[other])
        percent = 100 * both // len(runs[one] | runs[other])
        older, newer = sorted((one, other), key=lambda at: (paragraphs[at].order, at))
        if percent >= least and percent > best.get(older, (0, 0))[1]:
            best[older] = (newer, percent)
    return best


def _candidates(heads: Sequence[int], runs: Mapping[int, frozenset[tuple[str, ...]]]) -> Iterator[tuple[int, int]]:
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at in heads:
        for run in runs[at]:
            holders[run].append(at)
    pairs = {pair for several in holders.values() if 1 < len(several) <= _CROWD for pair in combinations(sorted(several), 2)}
    yield from sorted(pairs)


def _runs(words: Sequence[str], length: int) -> frozenset[tuple[str, ...]]:
    """Every run of so many words, with one sign for any number."""
    plain = _numberless(words)
    return frozenset(plain[at : at + length] for at in range(max(1, len(plain) - length + 1)))


def _numberless(words: Sequence[str]) -> tuple[str, ...]:
    return tuple("0" if word[0].isdigit() else word for word in words)
