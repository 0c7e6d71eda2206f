"""The first page: what is due, what is late, what was handed over, and one's own absence."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response
from starlette.requests import Request

from actions.due_list import due_list
from api import telling
from api.asking import OfficeDep, PersonDep
from api.contract import needs
from api.pages.forms import make_form
from api.pages.showing import show
from api.words import Words, words_of

router = APIRouter(include_in_schema=False)


@router.get("/", **needs("due.read", 422))
def show_monday(request: Request, office: OfficeDep, person: PersonDep, words: Annotated[Words, Depends(words_of)]) -> Response:
    """What is due first stands on top."""
    found = telling.duties(due_list(office, by=person.person, most=50), words)
    away = make_form(request, "POST", "/v1/absences", only=("from", "until"), done="absence_recorded", scope="absence")
    back = make_form(request, "DELETE", "/v1/absences/current", done="return_recorded")
    return show(request, "council/monday.html", {"duties": found, "away": away, "back": back})
