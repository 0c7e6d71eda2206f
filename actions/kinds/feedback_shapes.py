"""What each act of upward feedback brings with it."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from actions.days import Day
from actions.kernel.kind import Payload
from actions.kinds.beginning import Beginning
from actions.kinds.sealed import Text
from actions.seating import BEGUN_FROM
from policies.consents import Code
from policies.refusal import Refusal
from states.upward_feedback import Asker

People = Annotated[int, Field(ge=1, le=100_000)]


class FeedbackOnRequest(Refusal):
    """Nobody outside the office can have this begun; whoever begins it says that nobody asked for it."""

    code: ClassVar[str] = "feedback_on_request"
    status: ClassVar[int] = 422


class FeedbackBegun(Beginning):
    """It is begun from a case that whoever begins it answers for. `people`: how many work in the unit.

    `addressee`, `about`: as when a consent is asked.
    """

    case: UUID
    to: Text | None = None
    text: Text
    audience: Code
    unit: Text
    people: People
    nobody_asked: bool = False
    addressee: UUID | None = None
    about: Code | None = Field(default=None, repr=False)

    def ties(self) -> Mapping[UUID, str]:
        """The case, which is locked while this begins."""
        return {self.case: BEGUN_FROM}


class FeedbackRevised(Payload):
    """Another text, or another receiver. `unit` and `people` where they were wrong."""

    to: Text | None = None
    text: Text
    audience: Code
    unit: Text | None = None
    people: People | None = None
    addressee: UUID | None = None
    about: Code | None = Field(default=None, repr=False)


class PersonIncluded(Payload):
    """The person of this case may be asked. Whoever acts says that she is of the unit, and is not in here with another case."""

    case: UUID | None = None
    of_unit: bool = False
    another_person: bool = False


class PersonAsked(Payload):
    """The person of this case is asked for a yes to the text as it is now."""

    case: UUID | None = None


class FeedbackRequested(Payload):
    """Somebody outside the office asked for it: for the feedback, the cases behind it, or names. They get nothing."""

    asked_by: Asker
    on: Day
    note: Text | None = None

    def happened_on(self) -> date | None:
        """The day they asked."""
        return self.on
