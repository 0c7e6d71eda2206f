"""Times to talk: which are offered, which are taken, with whom in one's own cases; and offering more."""

from fastapi import APIRouter, Response
from starlette.requests import Request

from api import desk_times
from api.contract import needs
from api.desk_asking import CallerDep, OfficeDep
from api.kinds_routes import WordsDep
from api.pages.forms import Option, make_form
from api.pages.showing import show
from api.words import Words
from policies.offered_times import ROOM, TELEPHONE

router = APIRouter(include_in_schema=False)
TIMES = "/v1/times"


@router.get("/times", **needs("times.read", 403))
def show_times(request: Request, office: OfficeDep, caller: CallerDep, words: WordsDep) -> Response:
    """The diary. What stands in one's own cases comes first, as what happens next."""
    diary = desk_times.show_times(office, caller)
    rules = office.shelf.pack.offered_times
    choices = {
        "way": _ways(words),
        "minutes": [Option(str(each), str(each)) for each in (rules.minutes if rules else ())],
        "weeks": [Option(str(each), str(each)) for each in range(1, (rules.most_weeks if rules else 1) + 1)],
    }
    data = {
        "diary": diary,
        "offer": make_form(request, "POST", TIMES, choices=choices, done="times_offered", scope="times"),
        "withdraw": {
            one.id: make_form(request, "DELETE", f"{TIMES}/{one.id}", done="time_withdrawn")
            for one in diary.times
            if not one.taken
        },
    }
    return show(request, "desk/times.html", data)


def _ways(words: Words) -> list[Option]:
    return [Option(way, words.label(f"option.way.{way}", way)) for way in (ROOM, TELEPHONE)]
