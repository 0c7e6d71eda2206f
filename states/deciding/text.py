"""A text by its paragraphs, its versions in order, and the hash that says which words were adopted.

A paragraph's key is its place: `P2` the second of the preamble, `O3` the third operative one, `O3.1` its first
sub-paragraph. Keys belong to a version: an amendment may move what follows it.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from typing import ClassVar, Final

from policies.refusal import Refusal
from states.citing.citation import Suffix

_KEY: Final = re.compile(r"[PO](0|[1-9][0-9]{0,3})(\.[1-9][0-9]{0,3}){0,8}")


class OutOfPlace(Refusal):
    """A paragraph that does not follow the one before: a number left out, twice there, or the preamble after the rest."""

    code: ClassVar[str] = "out_of_place"
    status: ClassVar[int] = 422


class EmptyParagraph(Refusal):
    """A paragraph without words."""

    code: ClassVar[str] = "empty_paragraph"
    status: ClassVar[int] = 422


class VersionThereAlready(Refusal):
    """Two versions with the same suffixes."""

    code: ClassVar[str] = "version_there_already"


class Part(StrEnum):
    """Which half of a resolution a paragraph stands in."""

    PREAMBULAR = "P"
    OPERATIVE = "O"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. `path` counts from 1 at each depth: (3,) is the third, (3, 1) its first sub-paragraph."""

    part: Part
    path: tuple[int, ...]
    text: str = field(repr=False)

    @property
    def key(self) -> str:
        """Its place, for people and for amendments."""
        return f"{self.part}{'.'.join(map(str, self.path))}"


Text = tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a text: its suffixes (none: the first) and its words by language."""

    suffixes: tuple[Suffix, ...]
    words: Mapping[str, Text] = field(repr=False)

    @property
    def out_of_step(self) -> Mapping[str, tuple[str, ...]]:
        """Language -> the keys that stand in another language and not in it. Empty where all languages agree."""
        every = tuple(dict.fromkeys(one.key for text in self.words.values() for one in text))
        lacking = {language: _without(every, text) for language, text in self.words.items()}
        return {language: keys for language, keys in lacking.items() if keys}

    @property
    def hashes(self) -> Mapping[str, str]:
        """Language -> the hash of its words."""
        return {language: hash_of(text) for language, text in self.words.items()}


def build(part: Part, outline: Sequence[tuple[int, str]]) -> Text:
    """Number the paragraphs of one part. `outline`: depth from 0 and words, in order.

    Raises OutOfPlace for a depth that has nothing above it, EmptyParagraph.

    >>> [one.key for one in build(Part.OPERATIVE, [(0, "To ask"), (1, "the one"), (1, "the other"), (0, "To thank")])]
    ['O1', 'O1.1', 'O1.2', 'O2']
    """
    built: list[Paragraph] = []
    path: tuple[int, ...] = ()
    for depth, words in outline:
        if not 0 <= depth <= len(path):
            raise OutOfPlace(key=f"{part}{'.'.join(map(str, path)) or '0'}")
        path = next_path(path, depth)
        built.append(Paragraph(part, path, words))
    return checked(built)


def shown(key: str) -> str:
    """A key to put into a refusal: what somebody typed in its place is not repeated."""
    return key if _KEY.fullmatch(key) else "?"


def next_path(path: tuple[int, ...], depth: int) -> tuple[int, ...]:
    """The place after `path` for a paragraph of this depth, at most one deeper."""
    return (*path[:depth], path[depth] + 1 if depth < len(path) else 1)


def checked(paragraphs: Iterable[Paragraph]) -> Text:
    """The text, if every paragraph follows the one before. Raises OutOfPlace, EmptyParagraph, naming the key."""
    text = tuple(paragraphs)
    for one in text:
        if not one.text.strip():
            raise EmptyParagraph(key=one.key)
    for part in Part:
        first = next((one for one in text if one.part == part), None)
        if first is not None and first.path != (1,):
            raise OutOfPlace(key=first.key)
    for before, after in pairwise(text):
        if not _follows(before, after):
            raise OutOfPlace(key=after.key)
    return text


def in_order(versions: Iterable[Version]) -> tuple[Version, ...]:
    """The first, its corrections and addenda, revision 1, the corrections of that, and so on. Raises VersionThereAlready."""
    ordered = tuple(sorted(versions, key=lambda one: one.suffixes))
    for before, after in pairwise(ordered):
        if before.suffixes == after.suffixes:
            raise VersionThereAlready(version=" ".join(map(str, after.suffixes)) or "-")
    return ordered


def hash_of(text: Text) -> str:
    """SHA-256 of a text, in hexadecimal.

    One line a paragraph: key, tab, words; lines joined by a line feed; in UTF-8. Words are in Unicode NFC, and every stretch
    of spaces, non-breaking ones and line ends included, is one space. Letters, case, signs and the order all count.
    """
    lines = (f"{one.key}\t{' '.join(unicodedata.normalize('NFC', one.text).split())}" for one in text)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _without(every: tuple[str, ...], text: Text) -> tuple[str, ...]:
    there = {one.key for one in text}
    return tuple(key for key in every if key not in there)


def _follows(before: Paragraph, after: Paragraph) -> bool:
    if before.part != after.part:
        return before.part == Part.PREAMBULAR
    return after.path == next_path(before.path, len(after.path) - 1)
