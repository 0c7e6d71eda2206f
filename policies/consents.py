"""What a person can be asked to agree to, who may read it then, and how long a yes is good: the shape of `consents.toml`."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from policies.periods import Sourced
from policies.rules import PositiveInt, Rule

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


class PurposeRules(Sourced):
    """One act that passes something on. `days`: calendar days from the day of asking through which a yes can be used, at most."""

    days: PositiveInt


class ConsentRules(Rule):
    """The rules of one house. `purposes`: acts that pass something on with a yes; `audiences`: who would read it, in kinds."""

    audiences: Annotated[tuple[Code, ...], Field(min_length=1)]
    purposes: Annotated[dict[Code, PurposeRules], Field(min_length=1)]

    @model_validator(mode="after")
    def _names_each_once(self) -> Self:
        if len(set(self.audiences)) < len(self.audiences):
            raise ValueError("audiences names something twice")
        return self
