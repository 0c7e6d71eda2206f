"""Who holds a post is told only to those whom the pack lets see it; everybody else learns whether somebody does."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Final
from uuid import UUID

from actions.office import Office
from actions.structure import may
from policies.refusal import Refusal
from structure.operation import Operation
from structure.operations import AssignPost

HIDDEN: Final = "-"
"""Whoever holds a post, for those who may not know."""


class HolderHidden(Refusal):
    """An operation gives a post to whom the reader of another version was not told. Names the operation."""

    code: ClassVar[str] = "holder_hidden"
    status: ClassVar[int] = 422


def sees_holders(office: Office, *, by: UUID) -> bool:
    """Whether the pack lets this person see who holds a post; a pack without rules of structure lets nobody."""
    with office.open() as books:
        return books.pack.structure is not None and may(books, by, "holders")


def hidden(written: Mapping[str, Any]) -> dict[str, Any]:
    """An operation as JSON carries it, without who holds a post."""
    return {key: HIDDEN if key == "holder" and value is not None else value for key, value in written.items()}


def require_told(operations: Iterable[tuple[str, Operation]]) -> None:
    """Raise HolderHidden for an operation that came back as it was shown to somebody who may not know."""
    for id, one in operations:
        if isinstance(one, AssignPost) and one.holder == HIDDEN:
            raise HolderHidden(operation=id)
