"""What answers about the end of a time in office look like: ids, states and days; of a colleague, done or not."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel

from api.shapes import Named


class TermMatter(BaseModel):
    """Something you answer for. `asked`: whom she was asked about; `told`: she knows that it ends on your last day."""

    id: UUID
    kind: str
    state: str
    state_label: str
    asked: Named | None
    answer_by: date | None
    told: bool


class OwnEnd(BaseModel):
    """Your own last day. `informal` is yours to settle; `formal` goes to the next in line by itself."""

    last_on: date
    days: int
    informal: list[TermMatter]
    formal: list[TermMatter]


class OverEnd(BaseModel):
    """The last day of somebody you oversee, and whether everything of theirs is settled. There is no number."""

    who: Named
    last_on: date
    done: bool


class TermEnds(BaseModel):
    """What you are told of ends today. `own` null: yours is not near, or has no day."""

    own: OwnEnd | None
    over: list[OverEnd]
