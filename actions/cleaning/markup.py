"""XML written anew without what tells who wrote it: names of elements and attributes decide, whatever prefix they came with.

Comments, processing instructions and the document type go; a document type with declarations is refused, because what it declares
can grow without end or fetch files.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from actions.cleaning.answers import NotCleanable

_DEEPEST: Final = 400
_THEIR_PLACES: Final = re.compile(r"[a-z]:\\|\\\\|file:|/(home|users)/", re.IGNORECASE)
"""Where on somebody's machine something was: folders are named after people."""
_FAR: Final = re.compile(r"[a-z][a-z0-9+.-]+:|//", re.IGNORECASE)
"""What is fetched when the document is opened: whoever keeps it there then learns that, and from where."""
_ESCAPED: Final = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord("\r"): "&#13;"}
_QUOTED: Final = _ESCAPED | {ord('"'): "&quot;", ord("\n"): "&#10;", ord("\t"): "&#9;"}


@dataclass(frozen=True, slots=True)
class Marks:
    """What is left out or made the same for all, by local names.

    `elements` go with all that is in them, and so do those `within` an element that stays (`(element, inner one)`); `silent` ones
    (named as those within) stay without their text; `extensions` are elements `ext` that go, by their `uri`. `attributes` go;
    `fixed` ones get one value for everybody, on one element (`(element, attribute)`) or on any (`("", ...)`). An element with the
    attribute `author` also loses those in `beside_author`. `near` ones are emptied if they name a place outside the document.
    """

    elements: frozenset[str]
    within: frozenset[tuple[str, str]] = frozenset()
    silent: frozenset[tuple[str, str]] = frozenset()
    extensions: frozenset[str] = frozenset()
    attributes: frozenset[str] = frozenset()
    fixed: Mapping[tuple[str, str], str] = field(default_factory=dict)
    beside_author: frozenset[str] = frozenset()
    near: frozenset[tuple[str, str]] = frozenset()


def rewritten(xml: bytes, marks: Marks) -> bytes:
    """The same document in UTF-8 without these marks. Raises NotCleanable if it is no XML, or declares entities."""
    writer = _Writer(marks)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.ordered_attributes = True
    parser.StartElementHandler = writer.start
    parser.EndElementHandler = writer.end
    parser.CharacterDataHandler = writer.text
    parser.EntityDeclHandler = writer.refuse
    parser.ElementDeclHandler = writer.refuse
    parser.AttlistDeclHandler = writer.refuse
    parser.ExternalEntityRefHandler = writer.refuse
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, ValueError, LookupError):
        raise NotCleanable from None
    return writer.document()


def elements_of(xml: bytes) -> list[tuple[str, dict[str, str]]]:
    """Every element's local name with its attributes, in order: for the lists by which packed documents name their parts."""
    found: list[tuple[str, dict[str, str]]] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, told: found.append((local(name), told))
    parser.EntityDeclHandler = _Writer(Marks(frozenset())).refuse
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, ValueError, LookupError):
        raise NotCleanable from None
    return found


def local(name: str) -> str:
    """A name without its prefix."""
    return name.rpartition(":")[2]


def quoted(value: str) -> str:
    """A value as it stands between quotation marks in XML."""
    return f'"{value.translate(_QUOTED)}"'


class _Writer:
    """Writes what it is told of, but for what is left out. `_skipping` counts how deep we are in something that is."""

    def __init__(self, marks: Marks) -> None:
        self._marks = marks
        self._out = ['<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n']
        self._open: list[str] = []
        self._skipping = 0

    def start(self, name: str, told: list[str]) -> None:
        self._open.append(local(name))
        if len(self._open) > _DEEPEST:
            raise NotCleanable
        pairs = list(zip(told[::2], told[1::2], strict=True))
        if self._skipping or self._goes(local(name), pairs):
            self._skipping += 1
            return
        kept = "".join(f" {one}={quoted(value)}" for one, value in self._kept(local(name), pairs))
        self._out.append(f"<{name}{kept}>")

    def end(self, name: str) -> None:
        self._open.pop()
        if self._skipping:
            self._skipping -= 1
        else:
            self._out.append(f"</{name}>")

    def text(self, text: str) -> None:
        if not self._skipping and tuple(self._open[-2:]) not in self._marks.silent:
            self._out.append(text.translate(_ESCAPED))

    def refuse(self, *_: object) -> int:
        raise NotCleanable

    def document(self) -> bytes:
        return "".join(self._out).encode()

    def _goes(self, name: str, pairs: list[tuple[str, str]]) -> bool:
        if name in self._marks.elements or tuple(self._open[-2:]) in self._marks.within:
            return True
        return name == "ext" and any(local(one) == "uri" and value.upper() in self._marks.extensions for one, value in pairs)

    def _kept(self, name: str, pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
        marks, kept = self._marks, []
        gone = marks.attributes
        if any(local(one) == "author" for one, _ in pairs):
            gone |= marks.beside_author
        for one, value in pairs:
            called = local(one)
            if one.startswith("xmlns"):
                kept.append((one, value))
            elif called not in gone:
                same = marks.fixed.get((name, called), marks.fixed.get(("", called)))
                told = _THEIR_PLACES.match(value) or ((name, called) in marks.near and _FAR.match(value))
                kept.append((one, same if same is not None else "" if told else value))
        return kept
