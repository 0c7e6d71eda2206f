"""Typing for somebody on the phone or from a letter, at the desk.

POST  /v1/phoned/check     all of it is judged and nothing kept: what to read to her before she agrees
POST  /v1/phoned           she agreed: it is filed, and the words to dictate come back once

E-mail has no way in. Whoever writes one gets an answer by hand (`desk_pages/phoned.py`).
"""

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.responses import JSONResponse

from actions import phoned
from actions.intake import Received
from actions.phoned import ReadBack
from api import intake_telling as telling
from api import phoned_shapes as shapes
from api.bodies import reads
from api.contract import needs
from api.desk_asking import CallerDep, OfficeDep
from api.intake_coming import coming
from api.intake_shapes import Filed
from api.repeating import RepeatDep
from api.words import Words
from policies.said import Said
from web.messages import LANGUAGES

router = APIRouter(tags=["phoned"])
PermittedBody = Annotated[shapes.Phoned, Depends(reads(shapes.Phoned))]


@router.post("/v1/phoned/check", **needs("case.type", 404, 409, body=shapes.Phoned))
def check_phoned(office: OfficeDep, caller: CallerDep, told: PermittedBody) -> shapes.ReadBack:
    """Judge what somebody said, and say what to read to her before she agrees. Nothing is kept."""
    found = phoned.read_back(office, coming(told), by=caller)
    words = _hers(told)
    return shapes.ReadBack(
        today=found.today,
        typist=found.typist,
        readers=list(found.readers),
        read_by=found.read_by,
        urgent_by=found.urgent_by,
        limits=[telling.limit(one, words) for one in found.limits],
        notice=_before_she_agrees(found, told.track, words),
    )


@router.post("/v1/phoned", status_code=201, **needs("case.type", 404, 409, body=shapes.Phoned), response_model=Filed)
def file_phoned(office: OfficeDep, caller: CallerDep, repeat: RepeatDep, told: PermittedBody) -> JSONResponse:
    """File what she agreed to. The answer holds the words to dictate, once: they lead her to new ones, and to nothing else."""
    words = _hers(told)

    def answer(received: Received) -> dict[str, Any]:
        made = telling.filed(received, words).model_dump(mode="json")
        return made | {"notice": [words.say(Said("phoned.words", {"count": len(received.receipt.words)})), *made["notice"][1:]]}

    return JSONResponse(
        dict(phoned.file_for(office, coming(told), told.agreed_on, by=caller, request=repeat, answer=answer)), 201
    )


def _hers(told: shapes.Phoned) -> Words:
    """Sentences in her language; in one we do not speak, none will be said."""
    return Words(told.language if told.language in LANGUAGES else LANGUAGES[0])


def _before_she_agrees(found: ReadBack, track: str, words: Words) -> list[str]:
    """The sentences of `words.md`, as she would read them on our page."""
    return [
        words.say(Said("phoned.typist", {"name": found.typist})),
        words.say(Said("phoned.who_reads", {"names": ", ".join(found.readers)})),
        words.say(Said("intake.secrecy")),
        *telling.limit_notice(words, track, found.limits),
        words.say(Said("intake.device")),
        words.say(Said("intake.details")),
        *([words.say(Said("intake.next", {"day": found.read_by}))] if found.read_by else []),
        *([words.say(Said("urgent.by", {"day": found.urgent_by}))] if found.urgent_by else []),
        words.say(Said("phoned.first_return")),
    ]
