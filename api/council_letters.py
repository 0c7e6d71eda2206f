"""Letters at the council's door, for those on whom the office serves one, and the key they open them with.

GET        /v1/letters                what lies here
GET        /v1/letters/{id}           one, opened
POST       /v1/letters/{id}/answer    the one answer to it
GET, POST  /v1/letter-key             one's own key; make one
"""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Response

from actions import letter_keys, received_letters
from api import council_letters_shapes as shapes
from api.asking import DoorDep, PersonDep
from api.bodies import reads
from api.contract import needs
from api.kinds_routes import IdDep
from api.repeating import RepeatDep

router = APIRouter(tags=["letters"])


def letter_asked(door: DoorDep, person: PersonDep, about: IdDep) -> UUID:
    """The letter in the path, before a body is read. Raises NotFound, also for somebody else's."""
    received_letters.require_letter(door, person, about)
    return about


LetterDep = Annotated[UUID, Depends(letter_asked)]


@router.get("/v1/letters", **needs("letter.list", 404))
def show_letters(door: DoorDep, person: PersonDep) -> shapes.WaitingLetters:
    """What lies here for you. Looking at the list tells nobody anything."""
    found = received_letters.waiting_letters(door, person)
    return shapes.WaitingLetters(letters=[shapes.WaitingLetter(**told(one)) for one in found])


@router.get("/v1/letters/{id}", **needs("letter.read", 404, 409))
def show_letter(door: DoorDep, person: PersonDep, about: IdDep) -> shapes.OpenedLetter:
    """Open a letter. The office learns the day on which you first did."""
    return opened(received_letters.read_letter(door, person, about))


@router.post("/v1/letters/{id}/answer", status_code=204, **needs("letter.answer", 404, 409, body=shapes.LetterAnswer))
def answer_letter(
    door: DoorDep,
    person: PersonDep,
    about: LetterDep,
    told: Annotated[shapes.LetterAnswer, Depends(reads(shapes.LetterAnswer))],
    request: RepeatDep,
) -> Response:
    """Answer a letter, once. The answer is sealed to the office: nobody at this door can open it again, you neither."""
    received_letters.answer(door, person, about, told.text.get_secret_value(), request=request)
    return Response(status_code=204)


@router.get("/v1/letter-key", **needs("letter_key.read", 404))
def show_letter_key(door: DoorDep, person: PersonDep) -> shapes.LetterKey:
    """Your own letter key: its digits, and whether the office has signed it."""
    return standing(letter_keys.standing(door, person))


@router.post("/v1/letter-key", status_code=201, **needs("letter_key.make", 404, 409, body=shapes.NewLetterKey))
def create_letter_key(
    door: DoorDep, person: PersonDep, told: Annotated[shapes.NewLetterKey, Depends(reads(shapes.NewLetterKey))]
) -> shapes.NewLetterKeyMade:
    """Make your letter key, under the passphrase you sign in with. Compare the digits with somebody of the office."""
    digits = letter_keys.make_key(door, person, told.passphrase, told.totp)
    return shapes.NewLetterKeyMade(fingerprint=digits)


def told(one: received_letters.Waiting) -> dict[str, object]:
    """A letter of the list, as it is told."""
    return {
        "id": one.id,
        "came_on": one.came_on,
        "read_on": one.read_on,
        "answered_on": one.answered_on,
        "answer_by": one.answer_by,
        "late": one.is_late,
        "closed": one.closed,
    }


def opened(one: received_letters.Opened) -> shapes.OpenedLetter:
    """A letter that was opened, as it is told."""
    return shapes.OpenedLetter.model_validate(told(one.waiting) | {"sender": one.sender, "text": one.text})


def standing(own: letter_keys.KeyStanding) -> shapes.LetterKey:
    """One's own key, as it is told."""
    return shapes.LetterKey(
        fingerprint=own.digits, made_on=own.made_on, signed_on=own.signed_on, ended_on=own.ended_on, lent=own.lent
    )
