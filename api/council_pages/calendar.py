"""What is due, month by month, and the same as a file that calendars read."""

from itertools import groupby
from typing import Final

from fastapi import APIRouter, Response
from starlette.requests import Request

from actions.due_list import due_list
from api import telling
from api.asking import OfficeDep, PersonDep
from api.contract import needs
from api.kinds_routes import WordsDep
from api.pages.showing import show

router = APIRouter(include_in_schema=False)
MOST: Final = 200
"""Duties that the page names; the file holds all."""


@router.get("/calendar", **needs("due.read"))
def show_calendar(request: Request, office: OfficeDep, person: PersonDep, words: WordsDep) -> Response:
    """What is due first stands on top; what is late, above that."""
    found = telling.duties(due_list(office, by=person.person, most=MOST), words)
    due = sorted(found.due, key=lambda one: one.due_on)
    grouped = groupby(due, key=lambda one: (one.due_on.year, one.due_on.month))
    months = [(days[0].due_on, days) for days in (list(several) for _, several in grouped)]
    full = len(due) >= MOST or len(found.late) >= MOST
    return show(request, "council/calendar.html", {"late": found.late, "months": months, "full": full})
