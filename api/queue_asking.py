"""Which part of the queue is asked for, in the address: the same words for the page and for the JSON."""

from typing import Annotated, Final, Literal
from urllib.parse import urlencode

from fastapi import Depends, Query

from actions.desk_queue import PAGE, Asked, Queue

MOST: Final = 200
"""Rows a list holds at most in one answer."""
_NAME: Final = r"^([a-z][a-z_]{0,39})?$"
"""Empty, as a form sends a filter that nobody chose, is none."""
List = Literal["urgent", "new_to_read", "owed_this_week", "waiting_for_her", "waiting_for_them", "late", "later"]


def queue_asked(
    only: Annotated[List | None, Query(alias="list", description="This list alone.")] = None,
    kind: Annotated[str | None, Query(pattern=_NAME, description="Of this kind.")] = None,
    state: Annotated[str | None, Query(pattern=_NAME, description="In this state.")] = None,
    yours: Annotated[Literal["true"] | None, Query(description="Only what you are responsible for.")] = None,
    after: Annotated[str | None, Query(max_length=47, description="Where the page before ended; only with `list`.")] = None,
    limit: Annotated[int, Query(ge=1, le=MOST, description="At most so many in each list.")] = PAGE,
) -> Asked:
    """What the address says."""
    return Asked(only, kind or None, state or None, yours and True, after, limit)


QueueAskedDep = Annotated[Asked, Depends(queue_asked)]


def address_of(asked: Asked, path: str, *, only: str | None, after: str | None = None) -> str:
    """The address of a part of the queue with the same filters: one list or all (None), from the beginning or after a place."""
    told = {"list": only, "kind": asked.kind, "state": asked.state, "yours": asked.yours and "true", "after": after}
    told["limit"] = str(asked.most) if asked.most != PAGE else None
    said = urlencode({name: value for name, value in told.items() if value})
    return f"{path}?{said}" if said else path


def following(found: Queue, asked: Asked, path: str) -> str:
    """The next page of each list as a `Link` header (RFC 8288) says it; empty when all is shown."""
    ahead = {name: extent.after for name, extent in found.extent.items() if extent.after is not None}
    links = (f'<{address_of(asked, path, only=name, after=after)}>; rel="next"; title="{name}"' for name, after in ahead.items())
    return ", ".join(links)
