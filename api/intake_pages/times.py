"""Times at which somebody can talk to a person: they stand there for whoever comes, without telling anything first."""

from fastapi import APIRouter, Response
from starlette.requests import Request

from actions.offered_times import free_times
from actions.office import Office
from api import intake_telling as telling
from api.contract import public
from api.intake_asking import OfficeDep
from api.intake_pages.frame import page
from api.intake_pages.writing import MOST_TIMES
from api.pages.forms import Option
from api.words import Words
from policies.said import Said

router = APIRouter(include_in_schema=False)


@router.get("/times", **public(503))
def show_times(request: Request, office: OfficeDep) -> Response:
    """The times that are free, each leading to the page to write on."""
    return page(request, "intake/times.html", {"times": telling.times(free_times(office)).times[:MOST_TIMES]})


def free_options(office: Office, words: Words) -> list[Option]:
    """The same, to pick one in a form."""
    return [
        Option(
            str(one.id),
            words.say(
                Said(
                    "times.one",
                    {
                        "when": one.begins,
                        "minutes": one.minutes,
                        "way": words.label(f"option.way.{one.way}", one.way),
                        "who": one.with_whom,
                    },
                )
            ),
        )
        for one in telling.times(free_times(office)).times[:MOST_TIMES]
    ]
