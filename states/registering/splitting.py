"""A resolution taken apart: what stands before the operative part, its paragraphs with their numbers, what stands behind.

Lines are read once, from the first to the last. A number that does not follow the one before is not taken for a number
where it may be part of a sentence ("... by July" / "31. The"), and is warned of where it opens one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from policies.said import Said
from states.citing.cleaning import folded
from states.citing.roman import to_number

_BLANK: Final = "[ \t\u00a0\ufeff]"
_NUMBER: Final = re.compile(rf"{_BLANK}*+(?P<number>[0-9]{{1,3}})(?:[.)\u00ba\u00b0]|\.-)(?=\s)\s*+")
_LETTER: Final = re.compile(rf"{_BLANK}*+(?P<open>\()?(?P<letter>[a-z]|[ivxl]{{1,6}})(?:[.)])(?=\s)\s*+", re.ASCII)
_HEAD_LENGTH: Final = 60
"""A line longer than this is no heading."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One paragraph as it stands: `text[start:end]`, without its number. `path` is empty where it has none."""

    path: tuple[str, ...]
    start: int
    end: int

    @property
    def label(self) -> str | None:
        """The number as people cite it: "3", "3.a", "3.a.i"; None where it has none."""
        return ".".join(self.path) or None


@dataclass(frozen=True, slots=True)
class Split:
    """`text[:body]` is the preamble, `text[after:]` what follows the operative part: annexes, footnotes."""

    body: int
    after: int
    pieces: tuple[Piece, ...]
    warnings: tuple[Said, ...] = ()


@dataclass(slots=True)
class _Walk:
    """Where we are among the numbers."""

    path: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    romans: list[bool] = field(default_factory=list)
    warnings: list[Said] = field(default_factory=list)


def split(text: str, openings: Sequence[str], closings: Sequence[str], heads: re.Pattern[str]) -> Split:
    """Take a text apart. `heads` knows the words an operative paragraph begins with.

    Without an opening line ("RESOLVES:") the operative part begins at the first number 1, and a warning says so. Operative
    paragraphs without numbers are parted by empty lines, and have none.
    """
    lines = tuple(_lines(text))
    opened = _opened(lines, _heading(openings, ":"))
    warnings = []
    if opened is None:
        opened = next(
            (at for at, (_, line) in enumerate(lines) if (found := _NUMBER.match(line)) and found["number"] == "1"), None
        )
        warnings.append(Said("registering.no_opening"))
    if opened is None:
        return Split(len(text), len(text), (), tuple(warnings))
    begin = lines[opened][0]
    closing = _heading(closings, "")
    closed = next((at for at in range(opened, len(lines)) if closing.fullmatch(_head(lines[at][1]))), len(lines))
    after = lines[closed][0] if closed < len(lines) else len(text)
    walk = _Walk(warnings=warnings)
    pieces = _pieces(lines[opened:closed], after, walk, heads)
    return Split(begin, after, tuple(_trimmed(text, piece) for piece in pieces), tuple(walk.warnings))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for line in text.splitlines(keepends=True):
        yield at, line
        at += len(line)


def _head(line: str) -> str:
    return folded(line[: _HEAD_LENGTH + 1]).strip().lower() if len(line) <= _HEAD_LENGTH else ""


def _heading(words: Sequence[str], sign: str) -> re.Pattern[str]:
    any_of = "|".join(re.escape(folded(word).lower()) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?:{any_of or '(?!)'})(?: [ivxlc0-9a-z]{{1,5}})? ?{sign}")


def _opened(lines: Sequence[tuple[int, str]], opening: re.Pattern[str]) -> int | None:
    """The line after the first that is an opening and nothing else."""
    for at, (_, line) in enumerate(lines[:-1]):
        if opening.fullmatch(_head(line)):
            return at + 1
    return None


def _pieces(lines: Sequence[tuple[int, str]], end: int, walk: _Walk, heads: re.Pattern[str]) -> list[Piece]:
    """Cut at every number; before the first one at every empty line."""
    starts: list[tuple[int, int, tuple[str, ...]]] = []
    empty = True
    for at, line in lines:
        numbered = _next_path(line, walk, heads)
        if numbered is not None:
            path, offset = numbered
            starts.append((at, at + offset, path))
        elif empty and line.strip() and not walk.path:
            starts.append((at, at, ()))
        empty = not line.strip()
    ends = [at for at, _, _ in starts[1:]] + [end]
    return [Piece(path, body, stop) for (_, body, path), stop in zip(starts, ends, strict=True) if body < stop]


def _next_path(line: str, walk: _Walk, heads: re.Pattern[str]) -> tuple[tuple[str, ...], int] | None:
    """The path this line opens and where its words begin; None where it goes on with what stands before."""
    if found := _NUMBER.match(line):
        number, last = int(found["number"]), walk.numbers[0] if walk.numbers else 0
        if number != last + 1:
            if not heads.match(folded(line[found.end() : found.end() + 80])):
                return None
            walk.warnings.append(Said("registering.number_skipped", {"number": str(number), "last": str(last)}))
        walk.path, walk.numbers, walk.romans = [str(number)], [number], [False]
        return tuple(walk.path), found.end()
    found = _LETTER.match(line)
    if found is None or not walk.path:
        return None
    return (tuple(walk.path), found.end()) if _step_down(found["letter"], walk) else None


def _step_down(letter: str, walk: _Walk) -> bool:
    """Find the depth at which this letter comes next; false where it comes nowhere."""
    readings = [(True, value)] if (value := to_number(letter.upper())) else []
    if len(letter) == 1:
        readings.insert(0, (False, ord(letter) - ord("a") + 1))
    for depth in range(len(walk.path) - 1, 0, -1):
        for roman, place in readings:
            if walk.romans[depth] == roman and place == walk.numbers[depth] + 1:
                _set(walk, depth, letter, place, roman=roman)
                return True
    for roman, place in readings:
        if place == 1 and len(walk.path) <= 2 and not (len(walk.path) == 2 and walk.romans[1] == roman):
            _set(walk, len(walk.path), letter, 1, roman=roman)
            return True
    return False


def _set(walk: _Walk, depth: int, letter: str, place: int, *, roman: bool) -> None:
    walk.path[depth:], walk.numbers[depth:], walk.romans[depth:] = [letter], [place], [roman]


def _trimmed(text: str, piece: Piece) -> Piece:
    end = piece.end
    while end > piece.start and text[end - 1].isspace():
        end -= 1
    return Piece(piece.path, piece.start, end)
