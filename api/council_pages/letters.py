"""The pages of letters at the council's door: what lies there for who asks, one of them, and one's own key."""

from typing import Final

from fastapi import APIRouter, Response
from starlette.requests import Request

from actions import letter_keys, received_letters
from api import council_letters as telling
from api.asking import DoorDep, PersonDep
from api.contract import needs
from api.kinds_routes import IdDep
from api.pages.forms import make_form
from api.pages.showing import href, show

router = APIRouter(include_in_schema=False)
KEY: Final = "/v1/letter-key"


@router.get("/letters", **needs("letter.list", 404))
def show_letters(request: Request, door: DoorDep, person: PersonDep) -> Response:
    """The same as `/v1/letters` and `/v1/letter-key`."""
    found = [telling.told(one) for one in received_letters.waiting_letters(door, person)]
    own, rules = telling.standing(letter_keys.standing(door, person)), door.office.shelf.pack.letters
    usable = own.fingerprint is not None and own.ended_on is None and own.lent
    make = None if usable else make_form(request, "POST", KEY, done="letter_key_made", scope="letter_key")
    return show(request, "council/letters.html", {"letters": found, "own": own, "make": make, "rules": rules})


@router.get("/letters/{id}", **needs("letter.read", 404, 409))
def show_letter(request: Request, door: DoorDep, person: PersonDep, about: IdDep) -> Response:
    """The same as `/v1/letters/{id}`, with the one answer to it."""
    found = telling.opened(received_letters.read_letter(door, person, about))
    answer = None
    if found.answered_on is None:
        path, back = f"/v1/letters/{about}/answer", href(request, "/letters")
        answer = make_form(request, "POST", path, next=back, done="letter_answered", scope="letter_answer", rows=10)
    return show(request, "council/letter.html", {"letter": found, "answer": answer})
