"""Times to talk to a person, as the office offers them: the shape of `offered_times.toml`."""

from typing import Annotated, Final, Self

from pydantic import Field, model_validator

from policies.periods import Sourced
from policies.rules import PositiveInt

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
ROOM: Final = "room"
"""They meet in a room."""
TELEPHONE: Final = "telephone"
"""She calls a number of ours. We call her only where she gave a number and the hours at which that is safe."""


class OfferedTimeRules(Sourced):
    """The rules of one house.

    `by`: the offices whose holders offer times. `days_before`: whole days between the day on which a time can still be taken
    and its own; `days_ahead`: how far ahead times are offered; `days_kept`: days after which nothing tells that there was one.
    """

    by: Annotated[tuple[Code, ...], Field(min_length=1)]
    minutes: Annotated[tuple[PositiveInt, ...], Field(min_length=1)]
    days_before: PositiveInt
    days_ahead: PositiveInt
    days_kept: PositiveInt
    most_weeks: PositiveInt
    """Of how many weeks the same time can be offered at once."""

    @model_validator(mode="after")
    def _can_be_offered(self) -> Self:
        if self.days_before >= self.days_ahead:
            raise ValueError("no time could ever be taken: days_before leaves none of days_ahead")
        return self
