"""Times to talk, as both doors of the office tell and take them."""

import re
from datetime import date, datetime, time
from typing import Annotated, Final
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from actions.days import Day

LONGEST_PLACE: Final = 200
_CLOCK: Final = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"


def _clock(told: object) -> object:
    if not isinstance(told, str):
        return told
    if re.fullmatch(_CLOCK, told):
        return time.fromisoformat(told)
    raise PydanticCustomError("time_of_day", "not a time of day")


At = Annotated[
    time,
    BeforeValidator(_clock),
    WithJsonSchema({"type": "string", "pattern": _CLOCK, "description": "Such as 09:30."}),
]
"""A time of day, by the clocks of the office."""


class OfferTime(BaseModel):
    """A time to offer. `place`: the room, or the number she can call; only who takes the time is told of it."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    day: Day
    at: At
    minutes: int = Field(ge=1, le=480)
    way: str = Field(min_length=1, max_length=40)
    place: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_PLACE, pattern=r"\S")] = Field(repr=False)
    weeks: int = Field(default=1, ge=1, le=52)


class Offered(BaseModel):
    """The times that were made."""

    ids: list[UUID]


class FreeTime(BaseModel):
    """A time somebody can take: when, for how long, how, and with whom. The place is told to who takes it."""

    id: UUID
    begins: datetime
    minutes: int
    way: str
    with_whom: str


class FreeTimes(BaseModel):
    """Times that are free, the first one first."""

    times: list[FreeTime]


class DeskTime(FreeTime):
    """A time as the desk sees it. `taken`: by somebody; with whom it is, stands in one case."""

    place: str = Field(repr=False)
    taken: bool
    mine: bool


class AgreedTime(BaseModel):
    """A time that stands in a case of yours. `number` and `hours`: where and when you may call; null: she comes, or calls."""

    kind: str
    case: UUID
    begins: datetime
    minutes: int
    way: str
    with_whom: str
    place: str = Field(repr=False)
    number: str | None = Field(repr=False)
    hours: str | None = Field(repr=False)


class Diary(BaseModel):
    """All times from today on, those that stand in your cases, and between which days times can be offered."""

    times: list[DeskTime]
    agreed: list[AgreedTime]
    first: date
    last: date


class TakenTime(BaseModel):
    """The time she took. `called`: we call her, at the number she gave; else she comes to `place`, or calls it."""

    begins: datetime
    minutes: int
    way: str
    with_whom: str
    called: bool
    place: str = Field(repr=False)
