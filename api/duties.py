"""What is due, late and handed over; and who is away."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from actions.due_list import due_list
from actions.looking import MOST
from actions.people import record_absence, record_return
from api import shapes, telling
from api.asking import OfficeDep, PersonDep
from api.bodies import reads
from api.contract import needs
from api.repeating import BareRepeatDep, RepeatDep
from api.words import Words, words_of

router = APIRouter()


class Absence(BaseModel):
    """From one day (left out: today) until (not including) another (left out: not known yet).

    `person` is left out for oneself; another is one whose duties one oversees.
    """

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    since: date | None = Field(default=None, alias="from")
    until: date | None = None
    person: UUID | None = None


@router.get("/v1/due", **needs("due.read", 422))
def show_due(
    office: OfficeDep,
    person: PersonDep,
    words: Annotated[Words, Depends(words_of)],
    limit: Annotated[int, Query(ge=1, le=MOST, description="At most so many in each list.")] = MOST,
) -> shapes.DueList:
    """What is due, what is late, and what was handed over, compared with today."""
    return telling.duties(due_list(office, by=person.person, most=limit), words)


@router.post("/v1/absences", status_code=204, **needs("absence.record", body=Absence))
def create_absence(
    office: OfficeDep, person: PersonDep, repeat: RepeatDep, told: Annotated[Absence, Depends(reads(Absence))]
) -> Response:
    """Record that one is away, or somebody whose duties one oversees."""
    who = told.person
    record_absence(office, by=person.person, person=who, from_on=told.since, until_on=told.until, request=repeat)
    return Response(status_code=204)


@router.delete("/v1/absences/current", status_code=204, **needs("absence.record", 400, 422))
def end_absence(office: OfficeDep, person: PersonDep, repeat: BareRepeatDep) -> Response:
    """Record that one is back today."""
    record_return(office, by=person.person, request=repeat)
    return Response(status_code=204)
