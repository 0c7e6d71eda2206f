"""How long a duty lasts, how its days are counted, and which clause says so."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, Field, model_validator

Unit = Literal["working_days", "calendar_days", "months", "hours"]
Roll = Literal["none", "next_working_day"]
FirstDay = Literal["excluded", "counted"]

LONGEST = 36_500
"""The largest count that makes sense here: a hundred years of days. A larger one is a slip of the finger."""


class Sourced(BaseModel, frozen=True, extra="forbid"):
    """A rule that says where it comes from.

    `verified` is true only if somebody read the number in the named source; what is known from memory stays false
    and is listed by `amparo policy unverified`.
    """

    source: Annotated[str, Field(min_length=1)]
    verified: bool


class Period(Sourced, frozen=True, extra="forbid"):
    """A length of time and the way to count it.

    `first_day` "excluded": the start is day zero and counting begins on the next day. "counted": the start is day one;
    meant for authorisations that are in force for a number of days, which are never moved.
    `roll` moves an end that falls on a day the office does not work to the next day it does; once, at the very end.
    Hours are elapsed hours between two instants; they have neither days nor a roll.
    """

    count: Annotated[int, Field(gt=0, le=LONGEST, strict=True)]
    unit: Unit
    roll: Roll = "none"
    first_day: FirstDay = "excluded"

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if self.first_day == "counted" and self.roll != "none":
            raise ValueError("first_day 'counted' is for authorisations in force: they are never rolled")
        if self.first_day == "counted" and self.unit == "months":
            raise ValueError("first_day 'counted' is defined for days only: give the number of days instead of months")
        if self.unit == "hours" and (self.roll != "none" or self.first_day != "excluded"):
            raise ValueError("a period in hours has no roll and no first day")
        return self
