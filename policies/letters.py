"""Letters to people outside the office, and the post that carries them: the shape of `letters.toml`."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from policies.periods import Sourced
from policies.rules import House, PositiveInt


class LetterRules(Sourced):
    """The rules of one house.

    `addressee` is the role of the council's door whose holders get letters; `signed_by` the offices whose holders compare and
    sign their keys. The post goes once a working day, at `post_hour`. Mails to addressees go out once a week, always the same.
    """

    addressee: Literal["addressee"]
    """The database knows the role by this name."""
    signed_by: Annotated[tuple[str, ...], Field(min_length=1)]
    post_hour: int = Field(ge=0, le=23, strict=True)
    mail_weekday: int = Field(ge=0, le=6, strict=True)
    mail_hour: int = Field(ge=0, le=23, strict=True)
    most_days_to_answer: PositiveInt
    """The longest time an addressee may be given, in calendar days."""
    done_days: PositiveInt
    """Days after the answer (or, where none is asked for, after the first reading) until a letter is destroyed in the house."""
    kept_days: PositiveInt
    """Days after which it is destroyed there whatever became of it."""

    @model_validator(mode="after")
    def _can_be_answered(self) -> Self:
        if self.kept_days <= self.most_days_to_answer:
            raise ValueError("a letter would be destroyed before its answer is due: kept_days is not above most_days_to_answer")
        return self

    def strangers(self, house: House) -> list[str]:
        """Roles named here that this house does not have, or has at another door."""
        at_desk = [role for role in self.signed_by if role not in house.roles or house.roles[role].door != "desk"]
        own = house.roles.get(self.addressee)
        return at_desk + ([self.addressee] if own is None or own.door != "council" else [])
