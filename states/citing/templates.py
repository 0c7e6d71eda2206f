"""A form's template taken apart into pieces, and written again with its fields filled in."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final

LOST: Final = "____"
"""What is written where a number is not known."""


@dataclass(frozen=True, slots=True)
class Word:
    """Letters that stand as they are."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Gap:
    """Signs between words."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Slot:
    """A field."""

    name: str


@dataclass(frozen=True, slots=True)
class Maybe:
    """What may be missing; written only if one of its fields is known."""

    inner: "Pieces"


@dataclass(frozen=True, slots=True)
class Bracketed:
    """What stands in round brackets."""

    inner: "Pieces"


Piece = Word | Gap | Slot | Maybe | Bracketed
Pieces = tuple[Piece, ...]

_TOKEN: Final = re.compile(r"\{(?P<slot>\w+)\}|(?P<open>[\[(])|(?P<close>[\])])|(?P<gap>[ ./,-]+)|(?P<word>[^\W_]+)")


@cache
def pieces(template: str) -> Pieces:
    """Take a template apart. Its brackets are known to close: the pack's model saw to it."""
    return tuple(_until_closed(_TOKEN.finditer(template)))


def _until_closed(tokens: Iterator[re.Match[str]]) -> Iterator[Piece]:
    for token in tokens:
        if token["close"]:
            return
        if token["open"]:
            inner = tuple(_until_closed(tokens))
            yield Maybe(inner) if token["open"] == "[" else Bracketed(inner)
        elif token["slot"]:
            yield Slot(token["slot"])
        else:
            yield Gap(token["gap"]) if token["gap"] else Word(token["word"])


def write(parts: Pieces, values: Mapping[str, str | None]) -> str:
    """The symbol with these values. A field without one is written as lost, or left out where it may be missing."""
    return "".join(_written(part, values) for part in parts)


def _written(part: Piece, values: Mapping[str, str | None]) -> str:
    match part:
        case Word(text) | Gap(text):
            return text
        case Slot(name):
            return values.get(name) or LOST
        case Bracketed(inner):
            return f"({write(inner, values)})"
        case Maybe(inner):
            return write(inner, values) if any(values.get(name) for name in slots(inner)) else ""


def slots(parts: Pieces) -> Iterator[str]:
    """The names of all fields, in order."""
    for part in parts:
        if isinstance(part, Slot):
            yield part.name
        elif isinstance(part, Maybe | Bracketed):
            yield from slots(part.inner)
