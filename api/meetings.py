"""The result sheet of a meeting at the council's door, for programs and as plain text. All else is `kinds_routes.py`."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response

from actions.meetings import results
from api import meeting_shapes as shapes
from api import meeting_telling as telling
from api.asking import OfficeDep, PersonDep
from api.contract import needs
from api.kinds_routes import IdDep, WordsDep

router = APIRouter(prefix="/v1/meetings/{id}", tags=["meeting"])
Form = Annotated[Literal["json", "text"], Query(description="For programs, or plain text that prints.")]


def _printed_too(declared: dict[str, Any]) -> dict[str, Any]:
    """What the route declares, and the plain text it also answers with."""
    text = {"content": {"text/plain": {"schema": {"type": "string"}}}, "description": "The sheet"}
    return declared | {"responses": declared["responses"] | {200: text}}


@router.get("/results", response_model=shapes.Results, **_printed_too(needs("meeting.read", 404, 422)))
def show_results(office: OfficeDep, person: PersonDep, words: WordsDep, about: IdDep, form: Form = "json") -> Any:
    """What came of each item, who was there, and what was stated; before the meeting, its order of business."""
    sheet = results(office, about, by=person.person)
    if form == "text":
        return Response(telling.printed(sheet, words), media_type="text/plain; charset=utf-8")
    return telling.results(sheet, words)
