"""What requests at the desk bring. Words hide themselves in logs and errors."""

from collections.abc import Sequence
from typing import Annotated, Literal, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, create_model

from actions.days import Day
from actions.holding import HoldReason
from actions.kinds.sealed import Text

Shape = TypeVar("Shape", bound=BaseModel)
RuleName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,79}$")]


class Body(BaseModel):
    """Unknown keys are refused; errors never repeat the input."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Message(Body):
    """Words to her, or a note that stays in the office."""

    to: Literal["her", "office"] = "her"
    text: Text


class Person(Body):
    """Somebody of the office."""

    person: UUID


class Reason(Body):
    """Why; it is sealed, for those who stay."""

    reason: Text


class Conflict(Person, Reason):
    """In whom a conflict was found, and which."""


class PauseAsked(Body):
    """Which pause, and the reason she reads. Of `awaiting_complainant` the reason is the question to her."""

    name: RuleName
    reason: Text


class Waiver(Body):
    """Whose lateness is excused, by which authority, why, and through which day. She reads authority and reason."""

    rule: RuleName
    authority: Text
    reason: Text
    until: Day


def waiver_of(shape: type[Shape], kind: str, clocks: Sequence[str]) -> type[Shape]:
    """The body of a waiver in one kind of matter: a choice of its clocks. The policy says which of them can be waived."""
    choice = Field(json_schema_extra={"enum": list(clocks)})
    made: type[Shape] = create_model(f"{kind.title()}Waiver", __base__=shape, rule=(RuleName, choice))
    return made


class HoldAsked(Body):
    """Why it must not be destroyed yet, and until (not including) which day.

    `asked_by`: the colleague who asked for it, never whoever approves it; left out: somebody outside the office did.
    """

    reason: HoldReason
    until: Day
    asked_by: UUID | None = None


class Absence(Body):
    """From one day (left out: today) until (not including) another (left out: not known yet).

    `person` is left out for oneself; another is one whose duties one oversees.
    """

    since: Day | None = Field(default=None, alias="from")
    until: Day | None = None
    person: UUID | None = None
