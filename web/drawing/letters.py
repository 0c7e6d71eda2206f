"""How wide words are, and where they break: the server does not know the reader's font, so it takes the widest one usual.

The widths are those of DejaVu Sans, which is wider than the system fonts of phones and desktops: what fits here fits there.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

_THIN: Final = frozenset("iIjlftr.,:;'|!()[]{}/\\`\"- ")
_WIDE: Final = frozenset("mwMWOQGD@%&—…©")
_THIN_EM, _EM, _CAPITAL_EM, _WIDE_EM, _FULL_EM = 0.40, 0.62, 0.74, 0.98, 1.1
_BOLD: Final = 1.12
_CUT: Final = "…"
_UNWRITABLE: Final = re.compile(
    "[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef]"
)
"""What XML cannot hold, and signs that turn the direction of all that follows."""


def plain(words: str) -> str:
    """Words in one line, without what cannot be written or would turn its surroundings."""
    if words.isascii() and words.isprintable() and "  " not in words:  # nearly all: nothing of it is in there but blanks
        return words.strip(" ")
    return " ".join(_UNWRITABLE.sub("", words).split())


def width(words: str, size: float, *, bold: bool = False) -> float:
    """How many pixels a line takes at most."""
    return sum(map(_em, words)) * size * (_BOLD if bold else 1)


@lru_cache(maxsize=1_000)
def _em(sign: str) -> float:
    if unicodedata.combining(sign):
        return 0
    if unicodedata.east_asian_width(sign) in "WF":
        return _FULL_EM
    if sign in _THIN:
        return _THIN_EM
    if sign in _WIDE:
        return _WIDE_EM
    if sign.isupper():
        return _CAPITAL_EM
    return _EM if sign.isalnum() else _CAPITAL_EM


@lru_cache(maxsize=2_000)  # labels and names of rules, the same for every matter
def lines_of(words: str, room: float, size: float, *, most: int = 2, bold: bool = False) -> tuple[str, ...]:
    """Words broken into lines that fit; what goes beyond the last is cut, with an ellipsis. No words: no line."""
    waiting = plain(words).split(" ") if plain(words) else []
    lines: list[str] = []
    while waiting and len(lines) < most:
        line = waiting.pop(0)
        while waiting and width(f"{line} {waiting[0]}", size, bold=bold) <= room:
            line = f"{line} {waiting.pop(0)}"
        fits = _fitting(line, room, size, bold)
        if fits < len(line):
            waiting.insert(0, line[fits:])
            line = line[:fits]
        lines.append(line)
    if waiting:
        lines[-1] = _cut(f"{lines[-1]} {' '.join(waiting)}", room, size, bold)
    return tuple(lines)


def one_line(words: str, room: float, size: float, *, bold: bool = False) -> str:
    """Words in one line, cut if they do not fit."""
    return next(iter(lines_of(words, room, size, most=1, bold=bold)), "")


def _cut(line: str, room: float, size: float, bold: bool) -> str:
    left = room - width(_CUT, size, bold=bold)
    return line[: _fitting(line, left, size, bold)].rstrip(" ,;.-(") + _CUT


def _fitting(line: str, room: float, size: float, bold: bool) -> int:
    """How many signs of a line fit, at least one; an accent stays with its letter."""
    taken, fits = 0.0, 0
    for place, sign in enumerate(line):
        taken += width(sign, size, bold=bold)
        if taken > room and place and not unicodedata.combining(sign):
            break
        fits = place + 1
    return fits
