"""A text as a list of paragraphs, taken as preamble and operative part, and written out again.

What opens the operative part is the first paragraph that begins with a number. Its place among the numbered ones is its key,
whatever number is printed: a key never depends on a slip. Below it stand `a.` and below that `i.`
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from states.citing.roman import to_number
from states.deciding.text import Paragraph, Part, Text, checked, next_path

_MARK: Final = re.compile(r"\s*(?:(?P<number>[0-9]{1,4})|\(?(?P<letter>[a-z]|[ivxl]{1,6}))[.)\u00ba\u00b0]\s+(?=\S)")
_ROMANS: Final = ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def outlined(paragraphs: Iterable[str]) -> Text:
    """The paragraphs with their keys, without the numbers they begin with.

    A text without any number has no preamble: all its paragraphs are operative. One without a number that follows a numbered
    one is a paragraph of its own. Raises EmptyParagraph.

    >>> [one.key for one in outlined(["Having seen the report,", "1. To ask:", "a. the one;", "b. the other.", "2. To thank."])]
    ['P1', 'O1', 'O1.1', 'O1.2', 'O2']
    """
    return checked(_numbered(list(paragraphs)))


def is_numbered(paragraphs: Iterable[str]) -> bool:
    """Whether any paragraph begins with a number."""
    return any((mark := _MARK.match(one)) is not None and mark["number"] for one in paragraphs)


def written(text: Text, *, numbered: bool) -> tuple[str, ...]:
    """The text as a list of paragraphs; `numbered`: those of the operative part begin with their number or letter.

    >>> written(outlined(["Having seen,", "7. To ask:", "a. one"]), numbered=True)
    ('Having seen,', '1. To ask:', 'a. one')
    """
    return tuple(f"{_mark(one)}{one.text}" if numbered and one.part == Part.OPERATIVE else one.text for one in text)


def _numbered(paragraphs: list[str]) -> Iterator[Paragraph]:
    has_numbers = is_numbered(paragraphs)
    part = Part.PREAMBULAR if has_numbers else Part.OPERATIVE
    path: tuple[int, ...] = ()
    for words in paragraphs:
        mark = _MARK.match(words)
        if mark is not None and mark["number"] and part == Part.PREAMBULAR:
            part, path = Part.OPERATIVE, ()
        depth = _depth(mark, path) if mark is not None and has_numbers and part == Part.OPERATIVE else None
        path = next_path(path, depth or 0)
        yield Paragraph(part, path, words if mark is None or depth is None else words[mark.end() :])


def _depth(mark: re.Match[str], path: tuple[int, ...]) -> int | None:
    """How deep a number or letter stands after `path`; None where it is no mark but the beginning of the words."""
    if mark["number"]:
        return 0
    letter = mark["letter"]
    place = ord(letter) - ord("a") + 1 if len(letter) == 1 else None
    roman = to_number(letter.upper())
    if len(path) < 2:
        return 1 if path and 1 in (place, roman) else None
    if place == path[1] + 1:
        return 1
    if roman == (path[2] + 1 if len(path) > 2 else 1):
        return 2
    return 1 if len(path) == 2 and roman == path[1] + 1 else None


def _mark(paragraph: Paragraph) -> str:
    *_, last = paragraph.path
    match len(paragraph.path):
        case 1:
            return f"{last}. "
        case 2 if last <= 26:
            return f"{chr(ord('a') + last - 1)}. "
        case 3:
            return f"{_roman(last)}. "
    return ""


def _roman(value: int) -> str:
    written = ""
    for worth, letters in _ROMANS:
        while value >= worth:
            written, value = written + letters, value - worth
    return written
