"""Text made plain enough to be read by letter: one kind of hyphen, slash and space, no accents, nothing that is not seen.

Where nothing vanishes each sign keeps its place. Otherwise the places are kept beside the text, so that what is found can
be shown in the text as it was.
"""

import re
import sys
import unicodedata
from array import array
from dataclasses import dataclass, field
from typing import Final

_HYPHENS: Final = "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63\uff0d"
_SLASHES: Final = "\u2044\u2215\u29f8\uff0f"
_SPACES: Final = "\t\n\r\v\f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_QUOTES: Final = "\u2018\u2019\u02bc\u2032"
_UNSEEN: Final = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u0300-\u036f]")


def _plain() -> dict[int, str]:
    """Sign to sign, one for one: accented letters to bare ones, wide forms to narrow ones."""
    table: dict[int, str] = {}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        bare = unicodedata.normalize("NFD", chr(code))
        if len(bare) > 1 and bare[0].isascii():
            table[code] = bare[0]
    table.update({code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)})
    for signs, plain in ((_HYPHENS, "-"), (_SLASHES, "/"), (_SPACES, " "), (_QUOTES, "'"), ("º°", "o"), ("ª", "a"), ("…", "_")):
        table.update(dict.fromkeys(map(ord, signs), plain))
    return table


_PLAIN: Final = _plain()


@dataclass(frozen=True, slots=True)
class Clean:
    """A text to read by letter. `places[i]` is where its sign i stands in the text as it was; None: at i."""

    text: str = field(repr=False)
    places: "array[int] | None" = None

    def place(self, at: int) -> int:
        """Where the sign at `at` stands in the text as it was."""
        return at if self.places is None else self.places[at]


def folded(text: str) -> str:
    """The same length, with plain signs."""
    return text.translate(_PLAIN)


def cleaned(text: str) -> Clean:
    """Plain signs, and without those that are not seen: soft hyphens, marks of direction, accents that stand alone."""
    if not _UNSEEN.search(text):
        return Clean(folded(text))
    kept, places, since = [], array("q" if sys.maxsize > 2**32 else "l"), 0
    for unseen in _UNSEEN.finditer(text):
        kept.append(text[since : unseen.start()])
        places.extend(range(since, unseen.start()))
        since = unseen.end()
    kept.append(text[since:])
    places.extend(range(since, len(text)))
    return Clean(folded("".join(kept)), places)
