"""The structure of the house on a day: drawn, as a list, with the days on which it changed and what holds on the chosen one."""

from datetime import date
from typing import Any, Final

from fastapi import APIRouter, Response
from starlette.requests import Request

from actions.orders import Holding, orders_on
from actions.structure import Seen, organisation
from actions.structure_over_time import over_time
from api.asking import OfficeDep, PersonDep
from api.contract import needs
from api.council_pages import structure_drawn as drawn
from api.council_pages.structure_seen import KnownOn, OnDay, Sight, live_units
from api.council_pages.structure_times import brought_by, slider_of
from api.pages.showing import href, show

router = APIRouter(include_in_schema=False)
FILES: Final = (
    ("turtle", ""),
    ("csv", "units"),
    ("csv", "functions"),
    ("csv", "posts"),
    ("csv", "changes"),
    ("mermaid", ""),
)
"""The files that the JSON door makes of a day: the form, and which table of CSV."""


@router.get("/structure", **needs("structure.read", 404, 422))
def show_structure(request: Request, office: OfficeDep, person: PersonDep, on: OnDay = None, known: KnownOn = None) -> Response:
    """The organisation of a day."""
    sight = Sight(request, office, person.person, on, known)
    seen = organisation(office, on, known, by=person.person)
    over = over_time(office, known, by=person.person)
    shown = drawn.nearest_to_the_top(seen.organisation)
    units = len(live_units(seen.organisation))
    slider = slider_of(sight, over, seen.as_of)
    heading = sight.tongue.t("house.on_day", day=seen.as_of)
    data: dict[str, Any] = {
        "tabs": sight.tabs("day"),
        "seen": seen,
        "today": over.today,
        "slider": slider,
        "loaded": bool(over.changed),
        "begins": over.changed[0].on if over.changed else None,
        "known": known,
        "tree": drawn.tree_of(sight, seen.organisation, shown, heading),
        "nodes": drawn.nodes_of(sight, seen.organisation, shown),
        "counts": counts_of(seen),
        "left_out": units - len(shown),
        "held": [] if slider.current is None else [brought_by(sight, one) for one in slider.current.by],
        "orders": _in_force(sight, seen.as_of),
        "files": _files(request, seen),
        "compare": _compare(sight, seen.as_of, [one.on for one in over.changed]),
    }
    return show(request, "council/structure.html", data)


def counts_of(seen: Seen) -> dict[str, int]:
    """How much stands on the day."""
    org = seen.organisation
    posts = [one for one in org.posts.values() if one.live]
    return {
        "units": sum(1 for one in org.units.values() if one.is_live),
        "functions": sum(1 for one in org.functions.values() if one.live),
        "posts": len(posts),
        "vacant": sum(1 for one in posts if one.holder is None),
    }


def _in_force(sight: Sight, on: date) -> list[dict[str, str]]:
    """The orders that hold on the day."""
    found = [one for one in orders_on(sight.office, on, by=sight.by) if one.holding is Holding.IN_FORCE]
    return [
        {
            "name": sight.tongue.t("house.order_revision", symbol=one.row.symbol, revision=str(one.row.revision)),
            "proposal": sight.link(f"/proposals/{one.row.matter_id}", on=None, known=None),
        }
        for one in found
    ]


def _files(request: Request, seen: Seen) -> list[dict[str, str]]:
    days = {"as_of": seen.as_of.isoformat(), "known_at": seen.known_at.isoformat()}
    return [
        {
            "href": href(request, "/v1/structure/export", format=form, table=table or None, **days),
            "key": f"house.file.{table or form}",
        }
        for form, table in FILES
    ]


def _compare(sight: Sight, on: date, days: list[date]) -> str:
    """The way to what the last change before the day made of the house; empty: there was none but its loading."""
    passed = [day for day in days if day <= on]
    if len(passed) < 2:
        return ""
    return sight.link("/structure/compare", on=None, **{"from": passed[-2].isoformat(), "to": passed[-1].isoformat()})
