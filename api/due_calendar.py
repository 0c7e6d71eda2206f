"""What is due, as a file that calendars read: days and sentences of ours, nothing that people wrote."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Response

from actions.due_calendar import due_calendar
from actions.due_list import Owed
from api.asking import OfficeDep, PersonDep
from api.contract import needs
from api.words import Words, words_of
from policies.said import Said

TYPE: Final = "text/calendar"

router = APIRouter()
_DECLARED: Final = needs("due.read")
_FILE: Final = {200: {"description": "The file", "content": {TYPE: {"schema": {"type": "string"}}}}}


@router.get("/v1/due.ics", response_class=Response, **_DECLARED | {"responses": _DECLARED["responses"] | _FILE})
def show_due_calendar(office: OfficeDep, person: PersonDep, words: Annotated[Words, Depends(words_of)]) -> Response:
    """What is due and late, a day each, under names that stay: a calendar that reads it again moves them."""
    text = due_calendar(office, lambda one: _said(one, words), words.say(Said("calendar.due")), by=person.person)
    return Response(text, media_type=TYPE, headers={"Content-Disposition": 'attachment; filename="due.ics"'})


def _said(one: Owed, words: Words) -> str:
    kind = words.label(f"kind.{one.matter.kind}", one.matter.kind)
    clock = words.label(f"clock.{one.matter.kind}.{one.clock}", one.clock)
    return words.say(Said("calendar.duty", {"kind": kind, "clock": clock, "matter": str(one.matter.id)}))
