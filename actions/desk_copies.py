"""What the desk is shown of a file besides its bytes: a cleaned copy, a picture made anew, the beginning of a text.

Each is made when it is asked for, from the sealed original, in a process that ends with it, and kept nowhere. Making one is a
reading, with the same seat, the same keys and the same log as downloading the file.
"""

from dataclasses import dataclass, field
from typing import ClassVar, Final
from uuid import UUID

from actions.cleaning.answers import Bounds, Task
from actions.cleaning.running import Copy, NotOpenedHere, TooMuchToOpen, bounds_of, made
from actions.cleaning.texts import plain_text, visible
from actions.desk_files import Download, FileDamaged, download
from actions.kernel.callers import DeskPerson
from actions.office import Office
from policies.files import FileRules
from policies.refusal import Refusal
from records.vault import NotThisRow, Unreadable

_WIDEST: Final = 4
"""Bytes that one sign of a text takes at most."""


class NotAText(Refusal):
    """Only plain text is shown in place."""

    code: ClassVar[str] = "not_a_text"


@dataclass(frozen=True, slots=True)
class ShownText:
    """The beginning of a text, or all of it; `cut` when there is more."""

    text: str = field(repr=False)
    cut: bool


def cleaned(office: Office, kind: str, matter_id: UUID, file_id: UUID, *, by: DeskPerson) -> Copy:
    """A copy of a file of this very matter without what tells who made it; the original stays exactly as it was sent.

    Raises NotFound; FileDamaged; CannotBeCleaned, TooMuchToOpen, OpeningOthers, NotOpenedHere.
    """
    return _made(Task.CLEAN, office, download(office, kind, matter_id, file_id, by=by))


def picture(office: Office, kind: str, matter_id: UUID, file_id: UUID, *, by: DeskPerson) -> Copy:
    """A file that is a picture as a PNG of bounded size, to look at: pixels made anew, never a byte of the file.

    Raises NotFound; FileDamaged; NotAPicture, CannotBeCleaned, TooMuchToOpen, OpeningOthers, NotOpenedHere.
    """
    return _made(Task.PICTURE, office, download(office, kind, matter_id, file_id, by=by))


def shown_text(office: Office, kind: str, matter_id: UUID, file_id: UUID, *, by: DeskPerson) -> ShownText:
    """The beginning of a file that is a text, with unseen signs made visible. Whoever shows it escapes it as any words of hers.

    Raises NotFound; FileDamaged; NotAText, NotOpenedHere.
    """
    opened = download(office, kind, matter_id, file_id, by=by)
    most = _rules(office).shown.text_characters
    content, whole = _gathered(opened, most * _WIDEST)
    text = plain_text(content, whole=whole)
    if text is None:
        raise NotAText()
    return ShownText(visible(text[:most]), cut=not whole or len(text) > most)


def _made(task: Task, office: Office, opened: Download) -> Copy:
    bounds: Bounds = bounds_of(_rules(office))
    content, whole = _gathered(opened, bounds.size)
    if not whole:
        raise TooMuchToOpen()
    return made(task, content, bounds)


def _rules(office: Office) -> FileRules:
    rules = office.shelf.pack.files
    if rules is None:
        raise NotOpenedHere()
    return rules


def _gathered(opened: Download, most: int) -> tuple[bytes, bool]:
    """The first bytes, at most so many, and whether that is all. Raises FileDamaged."""
    gathered = bytearray()
    try:
        for piece in opened.content:
            gathered += piece
            if len(gathered) > most:
                return bytes(gathered[:most]), False
    except (NotThisRow, Unreadable):
        raise FileDamaged() from None
    return bytes(gathered), True
