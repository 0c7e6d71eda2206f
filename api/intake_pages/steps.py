"""Coming to the office by its pages: the page to write on, and sending it. Nothing is kept before it is sent."""

from hashlib import blake2b
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Response
from starlette.requests import Request

from actions import intake
from actions.intake import Received
from actions.office import Office
from actions.replays import Repeatable
from api import intake_telling as telling
from api.contract import public
from api.intake_asking import OfficeDep
from api.intake_coming import coming
from api.intake_pages.frame import TypedDep, last, speak
from api.intake_pages.sheet import sheet_page
from api.intake_pages.writing import MORE, READ, TRACKS, WHO, Shown, filing, key_of, refused, writing_page
from api.intake_refusals import saved
from api.pages.typed import Typed
from api.words import Words, words_of
from policies.refusal import Refusal
from web.messages import LANGUAGES

router = APIRouter(include_in_schema=False)
STEP: Final = "/step"


@router.get("/a", **public(503))
def show_talk(request: Request, office: OfficeDep, time: Annotated[str, Query(max_length=36)] = "") -> Response:
    """The page to write on, for whoever wants to talk; with a time that was picked already."""
    return writing_page(request, office, {"track": [TRACKS["/a"]], "talk.time": [time]}, Shown())


@router.get("/b", **public(503))
def show_official(request: Request, office: OfficeDep) -> Response:
    """The page to write on, for whoever complains officially."""
    return writing_page(request, office, {"track": [TRACKS["/b"]]}, Shown())


@router.post(STEP, **public(400, 403, 408, 409, 413, 415, 422, 503))
def take_step(request: Request, office: OfficeDep, typed: TypedDep) -> Response:
    """Send it; or show the page again, with everything typed, in another language or with the limits counted.

    A browser does not say at which place of the page she was: in another language, she sees all of it if she has begun to write.
    """
    go = last(typed, "go")
    if go in LANGUAGES:
        speak(request, go)
        return writing_page(request, office, typed, Shown(READ if last(typed, "statement").strip() else WHO))
    if go == "count":
        return writing_page(request, office, typed, Shown(MORE, counted=True))
    if go == "send":
        return _send(request, office, typed)
    return writing_page(request, office, typed, Shown(READ))


def _send(request: Request, office: Office, typed: Typed) -> Response:
    """File it, once; what is refused comes back on its page."""
    words, key = words_of(request), key_of(typed)
    mark = _mark(typed, key)

    def answer(received: Received) -> dict[str, Any]:
        filed = telling.filed(received, Words(told.language)).model_dump(mode="json")
        return {"filed": filed, "language": told.language, "mark": mark}

    try:
        told = filing(typed)
        with saved(office):
            answered = intake.receive(office, coming(told), request=Repeatable(key, STEP.encode()), answer=answer)
    except Refusal as refusal:
        return writing_page(request, office, typed, refused(refusal, words))
    return sheet_page(request, answered, typed if answered["mark"] != mark else None)


def _mark(typed: Typed, key: bytes) -> str:
    """What tells a text from another under the same key: somebody may change hers while the first is under way."""
    parts = (f"{name}\0{value}" for name, several in sorted(typed.items()) for value in several if name not in ("go", "lang"))
    return blake2b("\0\0".join(parts).encode(), key=key, digest_size=16).hexdigest()
