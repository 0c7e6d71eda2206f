"""Who may open who somebody is: the shape of `[identity]` in `office.toml`."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from policies.periods import Sourced

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Days = Annotated[int, Field(gt=0, le=366, strict=True)]


class CustodianRules(Sourced):
    """The office that lets somebody see who a person is, for a time. Whoever holds it has a seat in no case.

    `days`: calendar days from the day of an approval through which it opens anything. `lapses_after`: calendar days from the day
    of a request through which it can be answered. `reasons` and `refusals`: what can be picked as why.
    """

    role: str
    days: Days
    lapses_after: Days
    reasons: Annotated[tuple[Code, ...], Field(min_length=1)]
    refusals: Annotated[tuple[Code, ...], Field(min_length=1)]


class IdentityRules(Sourced):
    """Behind which gate it is. `consent`: whoever has a seat can open it, and only she lets it leave the office."""

    gate: Literal["consent", "custodian"] = "consent"
    custodian: CustodianRules | None = None

    @model_validator(mode="after")
    def _names_a_custodian_where_there_is_one(self) -> Self:
        if (self.gate == "custodian") != (self.custodian is not None):
            raise ValueError("the gate is custodian where, and only where, the table custodian says who that is")
        return self
