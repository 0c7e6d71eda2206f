"""What a contact slip says, as it is sent: codes and a month. No field for words, none for a name, none for a day."""

import re
from datetime import date
from typing import Annotated, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

_MONTH: Final = r"^[12][0-9]{3}-(0[1-9]|1[0-2])$"
Code = Annotated[str, StringConstraints(max_length=40, pattern=r"^[A-Za-z0-9_-]+$")]


def _first_day(told: object) -> object:
    if not isinstance(told, str):
        return told
    if not re.fullmatch(_MONTH, told):
        raise PydanticCustomError("string_pattern_mismatch", "not a month")
    return date.fromisoformat(f"{told}-01")


def _without_day(month: date) -> str:
    return f"{month:%Y-%m}"


Month = Annotated[
    date,
    BeforeValidator(_first_day),
    PlainSerializer(_without_day),
    WithJsonSchema({"type": "string", "pattern": _MONTH, "description": "Year and month, such as 2016-09."}),
]
"""A month, as its first day."""


class Slip(BaseModel):
    """What a slip says: codes of the pack, and of the categories. Left out: she did not tell."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    month: Month
    channel: Code
    language: Code
    issues: Annotated[tuple[Code, ...], Field(min_length=1, max_length=20)]
    done: Annotated[tuple[Code, ...], Field(min_length=1, max_length=20)]
    route: Code | None = None
    personnel: Code | None = None
    region: Code | None = None
