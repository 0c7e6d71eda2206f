"""What answers about the office's own record look like."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, Field


class EntryMade(BaseModel):
    """What was written down."""

    id: UUID


class EntryShown(BaseModel):
    """An entry on the office's independence. Amounts are whole units of the currency; a null that its kind has: not until now.

    `closed`: it has words, and nobody who can open them has written since you came; then they will be sealed to you too.
    """

    id: UUID
    version: int
    kind: str
    on: date
    thing: str | None
    unit: str | None = Field(repr=False)
    refused_on: date | None
    given_on: date | None
    currency: str | None
    asked_amount: int | None
    given_amount: int | None
    text: str | None = Field(repr=False)
    closed: bool
    written_on: date


class VacancyShown(BaseModel):
    """That an office was empty from a day until (not including) another; null: it is empty today. Read from appointments."""

    role: str
    since: date
    until: date | None


class Independence(BaseModel):
    """What stood in the way of the office's independence, the latest first."""

    entries: list[EntryShown]
    vacancies: list[VacancyShown]


class LineShown(BaseModel):
    """One line of outreach. `people` null: nobody counted them."""

    id: UUID
    version: int
    on: date
    sort: str
    region: str
    language: str
    people: int | None


class Outreach(BaseModel):
    """The log of outreach, the latest first."""

    lines: list[LineShown]
