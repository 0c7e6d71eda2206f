"""Amendments: changes of single paragraphs, the conflicts between them made plain, and the text they lead to.

Art. 54 of the Assembly's rules: an amendment adds to, takes from or changes part of a proposal. What leaves nothing of it is
another proposal.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations
from typing import ClassVar, Final

from policies.refusal import Refusal
from policies.said import Said
from states.deciding.text import EmptyParagraph, Paragraph, Part, Text, checked, next_path, shown


class NotAnAmendment(Refusal):
    """It leaves nothing of the text, so it is another proposal (art. 54)."""

    code: ClassVar[str] = "not_an_amendment"
    status: ClassVar[int] = 422


class AmendsNothing(Refusal):
    """The text has no paragraph of this key."""

    code: ClassVar[str] = "amends_nothing"
    status: ClassVar[int] = 422


class AmendmentsConflict(Refusal):
    """Two adopted amendments cannot both be carried out. A person decides which."""

    code: ClassVar[str] = "amendments_conflict"


class Change(StrEnum):
    """What is done to a paragraph."""

    ADD_AFTER = "add_after"
    """A new paragraph of the same depth after it, and after its sub-paragraphs."""
    REPLACE = "replace"
    DELETE = "delete"
    """It and its sub-paragraphs."""


_BEGINNINGS: Final = tuple(f"{part}0" for part in Part)


@dataclass(frozen=True, slots=True)
class Edit:
    """One change at one paragraph. `at` is its key; for ADD_AFTER also `P0` or `O0`, before the first of its part."""

    change: Change
    at: str
    text: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Amendment:
    """What one state proposes to change, adopted or rejected as a whole. `name` is how the room calls it."""

    name: str
    by: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two amendments that cannot both be carried out, the paragraph where they meet, and why."""

    first: str
    second: str
    at: str
    why: Said


@dataclass(frozen=True, slots=True)
class Amended:
    """The new text. `carried`: key before -> key now, for what hangs on a paragraph; a deleted one is not there."""

    text: Text
    carried: Mapping[str, str]


def refuse_what_is_none(text: Text, amendment: Amendment) -> None:
    """Raises AmendsNothing, EmptyParagraph, NotAnAmendment.

    In a text of one paragraph a replacement is an amendment: nobody can change part of it otherwise.
    """
    keys = {one.key for one in text}
    for edit in amendment.edits:
        if edit.at not in keys and not (edit.change == Change.ADD_AFTER and edit.at in _BEGINNINGS):
            raise AmendsNothing(key=shown(edit.at))
        if edit.change != Change.DELETE and not edit.text.strip():
            raise EmptyParagraph(key=edit.at)
    gone = {one.key for one in text if any(_removes(edit, one) for edit in amendment.edits)}
    rewritten = {edit.at for edit in amendment.edits if edit.change == Change.REPLACE}
    if len(gone) == len(text) or (len(text) > 1 and len(gone | rewritten) == len(text)):
        raise NotAnAmendment()


def conflicts(amendments: Iterable[Amendment]) -> tuple[Conflict, ...]:
    """Every pair that cannot be carried out together, in the order given. The same change proposed twice is no conflict."""
    return tuple(
        Conflict(first.name, second.name, one.at, why)
        for first, second in combinations(tuple(amendments), 2)
        for one in first.edits
        for other in second.edits
        for why in _between(one, other)
    )


def carry_out(text: Text, amendments: Iterable[Amendment]) -> Amended:
    """The text with all these adopted amendments, numbered anew.

    Raises AmendsNothing, EmptyParagraph and NotAnAmendment for one of them, AmendmentsConflict for two, or within one.
    """
    adopted = tuple(amendments)
    for amendment in adopted:
        refuse_what_is_none(text, amendment)
    edits = tuple(dict.fromkeys(edit for amendment in adopted for edit in amendment.edits))
    for one, other in combinations(edits, 2):
        if any(_between(one, other)):
            raise AmendmentsConflict(key=one.at)
    return _numbered(_edited(text, edits))


def _between(one: Edit, other: Edit) -> Iterator[Said]:
    """Why these two cannot both be carried out, if so."""
    facts = {"at": one.at}
    if one == other:
        return
    kinds = {one.change, other.change}
    if one.at == other.at and kinds == {Change.REPLACE}:
        yield Said("deciding.conflict.two_wordings", facts)
    elif one.at == other.at and kinds == {Change.ADD_AFTER}:
        yield Said("deciding.conflict.which_first", facts)
    elif one.at == other.at and kinds == {Change.REPLACE, Change.DELETE}:
        yield Said("deciding.conflict.deleted_and_replaced", facts)
    elif _inside(one, other) or _inside(other, one):
        yield Said("deciding.conflict.inside_deleted", {"at": max(one.at, other.at, key=len)})


def _inside(inner: Edit, outer: Edit) -> bool:
    """Whether one edits a sub-paragraph of what the other deletes. Deleting it too is no contradiction."""
    return outer.change == Change.DELETE and inner.change != Change.DELETE and inner.at.startswith(f"{outer.at}.")


def _removes(edit: Edit, paragraph: Paragraph) -> bool:
    return edit.change == Change.DELETE and (paragraph.key == edit.at or paragraph.key.startswith(f"{edit.at}."))


Loose = tuple[Part, int, str, str | None]
"""A paragraph not yet numbered: part, depth, words, and its key before."""


def _edited(text: Text, edits: tuple[Edit, ...]) -> Iterator[Loose]:
    new = {edit.at: edit for edit in edits if edit.change == Change.REPLACE}
    for part in Part:
        yield from ((part, 0, edit.text, None) for edit in _added_after(f"{part}0", edits))
        waiting: list[tuple[str, Loose]] = []
        for one in (one for one in text if one.part == part):
            while waiting and not one.key.startswith(f"{waiting[-1][0]}."):
                yield waiting.pop()[1]
            if not any(_removes(edit, one) for edit in edits):
                words = new[one.key].text if one.key in new else one.text
                yield part, len(one.path) - 1, words, one.key
            waiting.extend((one.key, (part, len(one.path) - 1, edit.text, None)) for edit in _added_after(one.key, edits))
        yield from (added for _, added in reversed(waiting))


def _added_after(key: str, edits: tuple[Edit, ...]) -> list[Edit]:
    return [edit for edit in edits if edit.change == Change.ADD_AFTER and edit.at == key]


def _numbered(loose: Iterable[Loose]) -> Amended:
    numbered: list[Paragraph] = []
    carried: dict[str, str] = {}
    path: tuple[int, ...] = ()
    for part, depth, words, before in loose:
        if numbered and numbered[-1].part != part:
            path = ()
        path = next_path(path, depth)
        numbered.append(Paragraph(part, path, words))
        if before is not None:
            carried[before] = numbered[-1].key
    return Amended(checked(numbered), carried)
