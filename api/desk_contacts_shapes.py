"""What requests and answers about contact slips look like. Codes and months: no name, no day, no words."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from actions.contacts_shapes import Month
from api.desk_facts_shapes import Coded


class Counted(BaseModel):
    """The month in which somebody came who wants no slip."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    month: Month


class SlipMade(BaseModel):
    """The slip that was written."""

    id: UUID


class KeptSlip(BaseModel):
    """A slip of yours. `until`: the last day on which you can read, correct or throw it away; a null code: she did not tell."""

    id: UUID
    version: int
    month: Month
    channel: str
    language: str
    issues: list[Coded]
    done: list[str]
    route: str | None
    personnel: str | None
    region: str | None
    until: date


class Slips(BaseModel):
    """Your slips that are kept still, the newest month first. Nobody else at the desk sees them."""

    slips: list[KeptSlip]


class OpenMonth(BaseModel):
    """A month that a slip can be of, and the last day on which its slips are kept."""

    month: Month
    until: date


class SlipChoices(BaseModel):
    """What a slip can say in this house."""

    months: list[OpenMonth]
    channels: list[str]
    languages: list[str]
    issues: list[Coded] = Field(description="The Uniform Reporting Categories of the International Ombuds Association.")
    most_issues: int
    done: list[str]
    routes: list[str]
    personnel: list[str]
    regions: list[str]
