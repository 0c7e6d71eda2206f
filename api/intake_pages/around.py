"""What stands beside the way to write: what this office can do, which other ways there are, how not to be traced."""

from typing import Any

from fastapi import APIRouter, Response
from starlette.requests import Request

from actions.front import Answers, Front
from actions.front import front as look_at_front
from actions.office import Office
from api.contract import public
from api.intake_asking import OfficeDep
from api.intake_pages.frame import TypedDep, page
from api.intake_pages.start import hours, offered, shown
from api.intake_pages.writing import Shown, answers_of, refused
from api.pages.typed import Typed
from api.words import Words, messages, words_of
from policies.refusal import Refusal
from web.places import places

router = APIRouter(include_in_schema=False)


@router.get("/about", **public())
def show_about(request: Request) -> Response:
    """What this office can and cannot do."""
    return page(request, "intake/about.html")


@router.get("/care", **public())
def show_care(request: Request) -> Response:
    """How not to be traced, by us or by others."""
    return page(request, "intake/care.html")


@router.get("/danger", **public(503))
def show_danger(request: Request, office: OfficeDep) -> Response:
    """Is anyone in danger now? Whom to call wherever the house has people, and when somebody of the office is there, honestly."""
    words = words_of(request)
    tracks = offered(office)
    front = look_at_front(office, tracks[0], Answers())
    data = {
        "tracks": tracks,
        "hours": hours(front, words),
        "stations": [(called, front.numbers[code]) for code, called in places(front.numbers, messages(words.language))],
    }
    return page(request, "intake/danger.html", data)


@router.get("/routes", **public(503))
def show_routes(request: Request, office: OfficeDep) -> Response:
    """The other ways somebody may go; whose they are, and how long their limits are."""
    return _routes(request, office, {})


@router.post("/routes", **public(400, 403, 408, 413, 415, 422, 503))
def count_routes(request: Request, office: OfficeDep, typed: TypedDep) -> Response:
    """The ways of her class, with the days on which their limits may end. Nothing of it is kept."""
    try:
        answers = answers_of(typed)
        told = look_at_front(office, offered(office)[0], answers)
    except Refusal as refusal:
        return _routes(request, office, typed, again=refused(refusal, words_of(request)))
    return _routes(request, office, typed, told=told)


def _routes(request: Request, office: Office, typed: Typed, *, told: Front | None = None, again: Shown | None = None) -> Response:
    """`told`: what is hers, counted."""
    words = words_of(request)
    front = told or look_at_front(office, offered(office)[0], Answers())
    data = {
        "typed": typed,
        "front": shown(front, words),
        "counted": told is not None,
        "routes": _all(office, words),
        "stations": places(front.numbers, messages(words.language)),
        "problem": again.problem if again else None,
    }
    return page(request, "intake/routes.html", data, status=again.status if again else 200)


def _all(office: Office, words: Words) -> list[dict[str, Any]]:
    """Every way this house knows, and for whom."""
    routes = office.shelf.pack.routes
    everybody = {one for route in routes.values() for one in route.personnel_classes}
    return [
        {
            "what": words.label(f"route.{name}", name),
            "everybody": set(route.personnel_classes) == everybody,
            "classes": [words.label(f"personnel.{one}", one) for one in route.personnel_classes],
            "limited": route.limit is not None,
        }
        for name, route in routes.items()
    ]
