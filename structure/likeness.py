"""What a function's name says: its significant words, and the legal instruments it names. Words are in the pack's languages."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from policies.structure import Likeness
from structure.things import UNKNOWN

Words = frozenset[str]
_WORD = re.compile(r"[^\W_]+")
KEPT: Final = 200_000
"""How many names stay read: those of one large house before and after, and those of plans for it."""


class NameRead(NamedTuple):
    """A name as it is compared. `few`: its significant words are too few to be looked for in other names."""

    words: Words
    few: bool
    instruments: Words

    def is_near(self, other: "NameRead") -> bool:
        """Whether all that one of them says is in the other."""
        if self.few or other.few:
            return self.words == other.words
        return self.words <= other.words or self.words >= other.words


class NameReader:
    """Reads names by one pack's likeness."""

    def __init__(self, likeness: Likeness) -> None:
        self.least = likeness.words
        """How many significant words a name must have to be looked for in other names."""
        self._ignored = frozenset(word for name in likeness.ignored for word in words_of(name))
        self._instruments = frozenset(word for name in likeness.instruments for word in words_of(name))
        self._read: dict[str, NameRead | None] = {}

    def read(self, name: str) -> NameRead | None:
        """What a name says; None if it is unknown. A name with too few significant words is compared in all its words."""
        try:
            return self._read[name]
        except KeyError:
            if len(self._read) >= KEPT:
                self._read.clear()
            read = self._read[name] = self._reading(name)
            return read

    def _reading(self, name: str) -> NameRead | None:
        words = words_of(name)
        if name == UNKNOWN or not words:
            return None
        significant = frozenset(words) - self._ignored
        few = len(significant) < self.least
        return NameRead(frozenset(words) if few else significant, few, frozenset(self._instruments_in(words)))

    def instruments(self, symbol: str) -> Words:
        """What a legal basis is known by: the instruments it names as a name does, else all its words in their order."""
        words = words_of(symbol)
        return frozenset(self._instruments_in(words)) or frozenset({" ".join(words)} if words else ())

    def _instruments_in(self, words: list[str]) -> Iterator[str]:
        """Each instrument with the significant word beside it: `social charter`, `protocol san`.

        The word is the one just before (Social Charter), or the first after words that signify nothing (Protocol of San
        Salvador, Carta de la Organización). An instrument with neither is any instrument, so it is none.
        """
        if self._instruments.isdisjoint(words):
            return
        for place, word in enumerate(words):
            if word not in self._instruments:
                continue
            if place and words[place - 1] not in self._ignored:
                yield f"{words[place - 1]} {word}"
            after = words[place + 1 :]
            if after and after[0] in self._ignored:
                telling = next((other for other in after if other not in self._ignored), None)
                if telling is not None:
                    yield f"{word} {telling}"


@lru_cache(maxsize=2)
def reader_of(likeness: Likeness) -> NameReader:
    """The one reader of a pack's likeness: what it has read, it need not read again for the next rule, date or plan."""
    return NameReader(likeness)


def words_of(name: str) -> list[str]:
    """The words of a name in their order, without case, accents and signs."""
    folded = name.casefold()
    if not folded.isascii():
        folded = "".join(sign for sign in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(sign))
    return _WORD.findall(folded)
