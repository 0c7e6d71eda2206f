"""What changed in a matter since a page of it was shown: the second one sees what the first one did, before going on.

A form carries how much of each part of the matter there was when its page was made: counts, no words. Each part is counted by
itself, because what happened at one instant of the office may be put in any order.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from actions.desk_case import Case
from actions.desk_history import Line
from api import desk_telling
from api.pages.kept import Kept
from api.words import Words

PARTS: Final = (
    desk_telling.MOVED,
    frozenset({"responsible"}),
    frozenset({"seated"}),
    frozenset({"recused"}),
    frozenset({"waived"}),
)
"""The parts of a history that only grow. Holds are told by their days, and change no version."""
NOTE: Final = "note"
"""The slot of words that stay in the office; to keep one is no line of the history."""


def mark_of(case: Case) -> str:
    """How much there is: the version, the lines of each part, the texts."""
    counts = [len(_part(case, names)) for names in PARTS]
    return ".".join(map(str, (case.opened.matter.version, *counts, _texts(case))))


def since(case: Case, kept: Kept | None, words: Words) -> dict[str, Any] | None:
    """What came after the page on which a refused form stood; None: nothing, or no form was refused.

    `other`: something changed that is no line and no note, such as what the case is about in codes.
    """
    before = _numbers(kept.seen) if kept is not None and kept.problem is not None else []
    if len(before) != len(PARTS) + 2 or before[0] >= case.opened.matter.version:
        return None
    kind = case.opened.matter.kind
    lines = [desk_telling.line(kind, line, words) for line in _after(case, before[1:-1])]
    notes = [text for text in case.opened.texts if text.seq > before[-1] and text.slot == NOTE]
    return {"lines": lines, "notes": notes, "other": not lines and not notes}


def _after(case: Case, before: Sequence[int]) -> Iterator[Line]:
    for names, count in zip(PARTS, before, strict=True):
        yield from _part(case, names)[count:]


def _part(case: Case, names: frozenset[str]) -> list[Line]:
    return [line for line in case.lines if line.what in names]


def _texts(case: Case) -> int:
    return max((text.seq for text in case.opened.texts), default=0)


def _numbers(mark: str) -> list[int]:
    """The counts of a mark; none of one that is not ours."""
    parts = mark.split(".")
    return [int(part) for part in parts] if all(part.isascii() and part.isdigit() and len(part) < 10 for part in parts) else []
