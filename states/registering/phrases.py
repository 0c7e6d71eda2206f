"""Phrases of a language as patterns: whole words, any case, any space. For text that `cleaning` has made plain."""

import re
from collections.abc import Iterable, Mapping
from typing import Final, TypeVar

from states.citing.cleaning import folded

Name = TypeVar("Name", bound=str)
_SPACE: Final = "[ -]{1,40}"


def any_of(phrases: Iterable[str]) -> str:
    """One of these phrases, the longest first; of none, nothing matches. Not ended: see `word`."""
    plain = sorted({folded(phrase).lower() for phrase in phrases}, key=lambda phrase: (-len(phrase), phrase))
    return "(?:" + ("|".join(_SPACE.join(map(_word, phrase.split())) for phrase in plain) or "(?!)") + ")"


def word(phrases: Iterable[str]) -> str:
    """One of these phrases and no longer word; after an apostrophe the next word may follow at once."""
    return rf"(?:{any_of(phrases)}(?:(?<=')|(?![A-Za-z0-9])))"


def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern that begins at the beginning of a word."""
    return re.compile(rf"(?<![A-Za-z0-9])(?:{pattern})", re.IGNORECASE | re.ASCII)


def keyed(phrases: Mapping[Name, Iterable[str]]) -> dict[str, Name]:
    """Phrase, made plain, to the name it stands for; of two names for one phrase the first keeps it."""
    names: dict[str, Name] = {}
    for name, several in phrases.items():
        for phrase in several:
            names.setdefault(plain(phrase), name)
    return names


def plain(text: str) -> str:
    """One phrase as `keyed` keeps it."""
    return " ".join(folded(text).lower().replace("-", " ").split())


def _word(text: str) -> str:
    """A hyphen may be a space."""
    return re.escape(text).replace(r"\-", "[- ]")
