"""What a page that is shown again holds: the problem that a form met, and everything that was typed into it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from starlette.requests import Request

from api.problems import Problem

STATE: Final = "kept"


@dataclass(frozen=True, slots=True)
class Kept:
    """A form that was refused. `form`: its id on the page; `typed`: by dotted name. No `problem`: only the session had ended.

    `who`: whose session the page was shown in; nobody else gets the text after signing in.
    `seen`: how much the page showed that the form stood on, where it told (`desk_pages/case_since.py`).
    """

    form: str
    typed: Mapping[str, Sequence[str]] = field(repr=False)
    problem: Problem | None = None
    seen: str = ""
    who: str = ""


def kept_of(request: Request) -> Kept | None:
    """What the page is shown again for; None: for the first time. Only the bridge puts it there, inside the process."""
    found = getattr(request.state, STATE, None)
    return found if isinstance(found, Kept) else None


def mark(request: Request) -> None:
    """Say that the answer is a page of ours, so that its headers let our own stylesheet and our own forms through."""
    request.state.page = True
