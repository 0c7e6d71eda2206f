"""Closed lists: what somebody picked is among what the rules of the house name."""

from collections.abc import Collection
from typing import ClassVar

from policies.refusal import Refusal


class NotInList(Refusal):
    """Not among what can be picked. `field` is the name of the list; what was sent instead is not repeated."""

    code: ClassVar[str] = "not_in_list"
    status: ClassVar[int] = 422


def require_among(field: str, told: str | None, known: Collection[str]) -> None:
    """Let what was picked pass, and also that nothing was. Raises NotInList."""
    if told is not None and told not in known:
        raise NotInList(field=field, known=", ".join(known))
