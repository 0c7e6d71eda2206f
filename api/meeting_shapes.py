"""What a result sheet looks like. `meeting_telling.py` fills it."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, Field


class StatedLine(BaseModel):
    """What a member state stated beside a decision. `paragraph` null: the whole text."""

    kind: str
    label: str
    number: int
    state: str
    paragraph: str | None
    text: str = Field(repr=False)


class Became(BaseModel):
    """An item and what came of it. `disposition` null: nothing is noted yet.

    `why` tells how it was decided, votes and majority included; `decided` is the vote or consensus it rests on here.
    """

    number: int
    title: str
    documents: list[str]
    proposal: UUID | None
    struck: bool
    disposition: str | None
    label: str
    method: str | None
    decided: UUID | None
    source: str | None
    instrument: str | None
    operations: list[str] | None
    to: str | None
    instructions: str | None = Field(repr=False)
    why: list[str]
    statements: list[StatedLine]


class There(BaseModel):
    """A member state that was there, and by whom it was represented, where it is told. `at_opening` false: it came later."""

    state: str
    accreditation: UUID | None
    name: str | None
    capacity: str | None
    at_opening: bool


class Results(BaseModel):
    """The result sheet of a meeting. `held` false: this is its order of business."""

    id: UUID
    title: str
    body: str
    sort: str
    day: date
    hour: str | None
    place: str | None
    held: bool
    state: str
    state_label: str
    present: list[There]
    quorum: list[str]
    items: list[Became]
    record_document: str | None
    record_circulated_on: date | None
    corrections: int
    approved_by: str | None
