"""What a contact slip can say of a talk, by whom it is written, and for how long it is kept: the shapes of `contacts.toml`."""

from typing import Annotated, Final, Self

from pydantic import Field, model_validator

from policies.periods import Sourced
from policies.rules import PositiveInt, Rule

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Codes = Annotated[tuple[Code, ...], Field(min_length=1)]
REFERRAL: Final = "referral"
"""That she was told of another way: then the slip says which, of the routes of the pack."""
NOTHING_MORE: Final = "nothing_more"
"""Somebody listened, and that was all."""


class SlipRules(Sourced):
    """One slip. `days`: calendar days after the last day of its month on which it can be read; then counts are what is left."""

    days: PositiveInt
    by: Codes
    """The offices whose holders write slips."""
    channels: Codes
    languages: Codes
    personnel: tuple[Code, ...] = ()
    """Classes of people. What she does not say is left out."""
    regions: tuple[Code, ...] = ()
    done: Codes
    """What can have been done."""
    most_issues: PositiveInt

    @model_validator(mode="after")
    def _names_each_once(self) -> Self:
        for name in ("by", "channels", "languages", "personnel", "regions", "done"):
            told = getattr(self, name)
            if len(set(told)) < len(told):
                raise ValueError(f"{name} names something twice")
        return self


class ContactRules(Rule):
    """The rules of one house: `contacts.toml`."""

    slips: SlipRules
