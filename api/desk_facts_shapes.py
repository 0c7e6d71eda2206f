"""What answers about the facts of a case look like. Codes, never words and never a name."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, Field


class Coded(BaseModel):
    """A code and what it is called in the language asked for."""

    code: str
    label: str


class Facts(BaseModel):
    """What is said of a case. `on` null: nothing yet; a null code: not known.

    `about`: unknown, nobody, or the head of some unit. `same_head`: your other cases that are about the same one.
    """

    station: str | None
    personnel: str | None
    about: str = Field(repr=False)
    issues: list[Coded]
    on: date | None
    same_head: list[UUID]


class Missing(BaseModel):
    """Your cases of which nobody has said whom they are about. A report has to treat them as all about one head."""

    count: int
    cases: list[UUID]


class Choices(BaseModel):
    """What can be said of a case in this house."""

    stations: list[str]
    personnel: list[str]
    issues: list[Coded] = Field(description="The Uniform Reporting Categories of the International Ombuds Association.")
