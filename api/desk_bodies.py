"""What requests at the desk bring. Words hide themselves in logs and errors."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from actions.kinds.sealed import Text

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
    """Which rule about time is set aside, by which authority, why, and until (not including) which day."""

    rule: RuleName
    authority: Text
    reason: Text
    until: date


class Absence(Body):
    """From one day (left out: today) until (not including) another (left out: not known yet).

    `person` is left out for oneself; another is one whose duties one oversees.
    """

    since: date | None = Field(default=None, alias="from")
    until: date | None = None
    person: UUID | None = None
