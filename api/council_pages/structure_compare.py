"""The house on two days side by side: both trees, where each function went, and everything that differs as a list."""

from datetime import date
from itertools import pairwise
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Response
from pydantic import BeforeValidator
from starlette.requests import Request

from actions.days import Day
from actions.structure import differences, organisation
from actions.structure_over_time import OverTime, over_time
from api import structure_telling
from api.asking import OfficeDep, PersonDep
from api.contract import needs
from api.council_pages.structure_drawn import marks_of, trees_between
from api.council_pages.structure_flow import Sides, flow_of
from api.council_pages.structure_seen import KnownOn, Names, Sight
from api.pages.showing import href, show
from policies.said import Fact

router = APIRouter(include_in_schema=False)
OneDay = BeforeValidator(lambda told: told or None)
Since = Annotated[Day | None, OneDay, Query(alias="from", description="The earlier day; left out: before the last change.")]
Until = Annotated[Day | None, OneDay, Query(alias="to", description="The later day; left out: today.")]
MOST: Final = 12
"""Changes that are offered as links, the last ones."""
Whole = Annotated[bool, Query(description="Whether the picture shows also functions that stay where they are.")]


@router.get("/structure/compare", **needs("structure.read", 404, 422))
def show_comparison(
    request: Request,
    office: OfficeDep,
    person: PersonDep,
    since: Since = None,
    until: Until = None,
    known: KnownOn = None,
    whole: Whole = False,
) -> Response:
    """Before and after."""
    over = over_time(office, known, by=person.person)
    later = until or over.today
    earlier = since or _before(over, later)
    sights = tuple(Sight(request, office, person.person, on, known) for on in (earlier, later))
    before, after = (organisation(office, on, known, by=person.person) for on in (earlier, later))
    tongue = sights[0].tongue
    headings = (tongue.t("house.on_day", day=earlier), tongue.t("house.on_day", day=later))
    told = structure_telling.differences([*differences(office, earlier, later, known, by=person.person)]).differences
    names = Names(sights[1], after.organisation, before.organisation)
    facts: dict[str, Fact] = {"count": len(marks_of(before.organisation, after.organisation))}
    frame = (tongue.t("house.side_by_side"), tongue.t("house.side_by_side_told", **facts))
    sides = Sides(before.organisation, after.organisation, after.heirs, later, headings)
    data: dict[str, Any] = {
        "tabs": Sight(request, office, person.person, None, known).tabs("compare"),
        "earlier": earlier,
        "later": later,
        "known": known,
        "loaded": bool(over.changed),
        "stops_on": after.stops_on,
        "trees": trees_between((sights[0], sights[1]), before.organisation, after.organisation, headings, frame),
        "flow": flow_of((sights[0], sights[1]), sides, whole=whole),
        "whole": whole,
        "differences": [names.difference(one) for one in told],
        "changes": _changes(request, over, known),
        "flow_file": _file(request, "/v1/structure/flow", earlier, later, known),
        "diff_file": _file(request, "/v1/structure/diff", earlier, later, known),
    }
    return show(request, "council/structure_compare.html", data)


def _before(over: OverTime, later: date) -> date:
    """The day of the change before the last one, so that a reader who asks for nothing sees what changed last."""
    passed = [one.on for one in over.changed if one.on <= later]
    return passed[-2] if len(passed) > 1 else passed[0] if passed else later


def _changes(request: Request, over: OverTime, known: date | None) -> list[dict[str, Any]]:
    """Each change beside what was before it, as a link."""
    days = [one.on for one in over.changed]
    return [
        {
            "on": on,
            "href": href(
                request,
                "/structure/compare",
                **{"from": before.isoformat(), "to": on.isoformat(), "known": known.isoformat() if known else None},
            ),
        }
        for before, on in list(pairwise(days))[-MOST:]
    ]


def _file(request: Request, path: str, since: date, until: date, known: date | None) -> str:
    days = {"from": since.isoformat(), "to": until.isoformat(), "known_at": known.isoformat() if known else None}
    return href(request, path, **days)
