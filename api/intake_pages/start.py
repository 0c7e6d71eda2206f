"""The first page: three sentences, two ways to come, and one to come back."""

from fastapi import APIRouter, Response
from starlette.requests import Request
from starlette.responses import RedirectResponse

from actions.front import Answers, Front
from actions.front import front as look_at_front
from actions.intake import Track
from actions.office import Office
from api import intake_telling as telling
from api.contract import public
from api.intake_asking import OfficeDep
from api.intake_pages.frame import page
from api.intake_shapes import Office as Shown
from api.pages.showing import href
from api.words import Words, messages, words_of
from policies.said import Fact, Said
from web.messages import LANGUAGES
from web.places import place, places

router = APIRouter(include_in_schema=False)


@router.get("/", **public(503))
def show_start(request: Request, office: OfficeDep) -> Response:
    """Who we are, whom to call in danger, whether a post is empty: before anything else."""
    tracks, words = offered(office), words_of(request)
    told = look_at_front(office, tracks[0], Answers())
    return page(request, "intake/start.html", {"tracks": tracks, "front": shown(told, words), "numbers": numbers(told, words)})


@router.get("/step", **public())
def begin_again(request: Request) -> Response:
    """The address of all steps leads to the start, for whoever comes to it by a bookmark or by history."""
    return RedirectResponse(href(request, "/"), 303)


def offered(office: Office) -> list[Track]:
    """The ways to come that this house has, talking first."""
    ways: tuple[Track, ...] = ("consultation", "complaint")
    return [track for track in ways if track in office.shelf.pack.kinds]


def shown(told: Front, words: Words) -> Shown:
    """What is said before she writes, in her words."""
    return telling.front(told, words, LANGUAGES, "")


def hours(told: Front, words: Words) -> str:
    """When somebody is there, in one honest sentence: not at night, not at weekends, not on holidays."""
    there = told.hours
    facts: dict[str, Fact] = {
        "opens": f"{there.opens:%H:%M}",
        "closes": f"{there.closes:%H:%M}",
        "place": place(there.place, messages(words.language)),
        "day": there.next_on,
    }
    return words.say(Said("urgent.hours", facts))


def numbers(told: Front, words: Words) -> list[tuple[str, str]]:
    """Where we know whom to call in danger, and the number: nobody in danger should have to tell us first where she is."""
    known = {code: number for code, number in told.numbers.items() if number is not None}
    return [(called, known[code]) for code, called in places(known, messages(words.language))]
