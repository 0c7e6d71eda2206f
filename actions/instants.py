"""An instant as people write it: day, hour and how far from UTC. Without the last it would be several instants."""

import re
from datetime import UTC, datetime
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from states.calendars import FIRST_YEAR, LAST_YEAR

_RFC_3339: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})")


def _as_written(told: Any) -> Any:
    if not isinstance(told, str):
        return told
    try:
        if _RFC_3339.fullmatch(told):
            return datetime.fromisoformat(told.upper())
    except ValueError:
        pass
    raise PydanticCustomError("date_parsing", "not an instant")


def _in_the_calendars(told: datetime) -> datetime:
    if told.tzinfo is None:
        raise PydanticCustomError("date_parsing", "not an instant")
    if not FIRST_YEAR < told.year < LAST_YEAR:
        raise PydanticCustomError("day_not_in_calendars", "no calendar of ours has this day")
    return told.astimezone(UTC)


Instant = Annotated[
    datetime,
    BeforeValidator(_as_written),
    AfterValidator(_in_the_calendars),
    WithJsonSchema(
        {
            "type": "string",
            "format": "date-time",
            "description": f"As RFC 3339 writes it, with its offset from UTC; from {FIRST_YEAR + 1} to {LAST_YEAR - 1}.",
        }
    ),
]
"""An instant, in UTC. Pydantic alone would take the text `0` for the first second of 1970."""
