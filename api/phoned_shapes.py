"""What the desk takes and gives when it types for somebody, as JSON: the intake's own shape, and that she agreed."""

from datetime import date

from pydantic import BaseModel, Field

from actions.days import Day
from api.intake_shapes import Limit, Said


class Phoned(Said):
    """What somebody said on the phone or wrote in a letter. `agreed_on`: the day she agreed to all of it, read back to her."""

    agreed_on: Day | None = Field(default=None, description="Left out: she has not agreed, and nothing is filed.")


class ReadBack(BaseModel):
    """What is said to her before she agrees, in her language; nothing of it is kept. `typist` knows what she said.

    `notice` are the sentences to read to her, in this order; `today` is the day at the office.
    """

    today: date
    typist: str
    readers: list[str]
    read_by: date | None
    urgent_by: date | None
    limits: list[Limit]
    notice: list[str]
