"""A day as people write it, wherever they send one."""

import re
from datetime import date
from typing import Annotated, Any, Final

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

_ISO: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _as_written(told: Any) -> Any:
    if not isinstance(told, str):
        return told
    try:
        if _ISO.fullmatch(told):
            return date.fromisoformat(told)
    except ValueError:
        pass
    raise PydanticCustomError("date_parsing", "not a day")


Day = Annotated[date, BeforeValidator(_as_written)]
"""Year, month and day as ISO 8601 writes them. Without this, pydantic takes the text `0` for the first second of 1970."""
