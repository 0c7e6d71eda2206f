"""Lists about the structure: orders with their revisions, posts with those that are vacant, and what is owed by whom."""

from collections import Counter
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Query, Response
from starlette.requests import Request

from actions.offering import today
from actions.orders import Ordered, orders_on
from actions.structure import organisation
from actions.structure_owed import MOST as MOST_OWED
from actions.structure_owed import owed_on
from actions.structure_posts import posts
from api import structure_telling
from api.asking import OfficeDep, PersonDep
from api.contract import needs
from api.council_pages.structure_seen import Asked, KnownOn, Names, OnDay, Sight, in_order
from api.council_pages.structure_things import owed_line
from api.council_pages.structure_times import orders_drawn
from api.pages.showing import here, href, show
from structure.things import Sort

router = APIRouter(include_in_schema=False)
MOST: Final = 200
"""Posts that a page shows."""
Vacant = Annotated[Literal["", "yes"], Query(description="Only those that nobody holds.")]
From = Annotated[int, Query(ge=0, le=1_000_000, description="How many posts the pages before have shown.")]


@router.get("/orders", **needs("structure.read", 404, 422))
def show_orders(request: Request, office: OfficeDep, person: PersonDep, on: OnDay = None) -> Response:
    """Executive orders with their revisions, and which holds."""
    sight = Sight(request, office, person.person, on)
    found, now = orders_on(office, on, by=person.person), today(office)
    chosen = on or now
    data: dict[str, Any] = {
        "tabs": sight.tabs("orders"),
        "on": chosen,
        "today": now,
        "figure": orders_drawn(sight, found, chosen, now),
        "orders": [_order(sight, one) for one in found],
    }
    return show(request, "council/structure_orders.html", data)


@router.get("/posts", **needs("structure.read", 404, 422))
def show_posts(
    request: Request,
    office: OfficeDep,
    person: PersonDep,
    on: OnDay = None,
    known: KnownOn = None,
    unit: Asked = None,
    fund: Asked = None,
    vacant: Vacant = "",
    after: From = 0,
) -> Response:
    """The posts of a day."""
    sight = Sight(request, office, person.person, on, known)
    seen = organisation(office, on, known, by=person.person)
    names = Names(sight, seen.organisation)
    every = structure_telling.posts(posts(office, seen.as_of, known, by=person.person, unit=unit, fund=fund)).posts
    found = [one for one in every if one.vacant] if vacant else every
    live = [one for one in seen.organisation.posts.values() if one.live]
    csv = {"as_of": seen.as_of.isoformat(), "known_at": seen.known_at.isoformat(), "unit": unit, "fund": fund}
    data: dict[str, Any] = {
        "tabs": sight.tabs("posts"),
        "seen": seen,
        "today": today(office),
        "known": known,
        "any": bool(live),
        "posts": [(one, names.named(Sort.UNIT, one.unit)) for one in found[after : after + MOST]],
        "count": len(found),
        "vacant": sum(1 for one in every if one.vacant),
        "by_fund": sorted(Counter(one.fund for one in found).items()),
        "units": [(id, names.name(Sort.UNIT, id)) for id in in_order(Sort.UNIT, {one.unit for one in live})],
        "funds": sorted({one.fund for one in live}),
        "asked": {"unit": unit or "", "fund": fund or "", "vacant": vacant},
        "file": href(request, "/v1/posts.csv", **csv),
        "first": here(request, after=None) if after else "",
        "next": here(request, after=str(after + MOST)) if len(found) > after + MOST else "",
    }
    return show(request, "council/structure_posts.html", data)


@router.get("/obligations", **needs("structure.read", 404, 422))
def show_obligations(
    request: Request,
    office: OfficeDep,
    person: PersonDep,
    on: OnDay = None,
    unit: Asked = None,
    function: Asked = None,
) -> Response:
    """What is owed by which function, and so by which unit on a day."""
    sight = Sight(request, office, person.person, on)
    seen = organisation(office, on, None, by=person.person)
    org = seen.organisation
    names = Names(sight, org)
    found = owed_on(office, seen.as_of, by=person.person, unit=unit, function=function)
    data: dict[str, Any] = {
        "tabs": sight.tabs("owed"),
        "seen": seen,
        "today": today(office),
        "owed": [owed_line(names, one) for one in found],
        "cut": len(found) == MOST_OWED,
        "units": [(id, org.units[id].name) for id in in_order(Sort.UNIT, org.units) if org.units[id].is_live],
        "functions": [(id, org.functions[id].name) for id in in_order(Sort.FUNCTION, org.functions) if org.functions[id].live],
        "asked": {"unit": unit or "", "function": function or ""},
    }
    return show(request, "council/structure_owed.html", data)


def _order(sight: Sight, one: Ordered) -> dict[str, Any]:
    row, tongue = one.row, sight.tongue
    return {
        "symbol": row.symbol,
        "revision": str(row.revision),
        "supersedes": None if one.supersedes is None else str(one.supersedes),
        "holding": one.holding.value,
        "stands": tongue.label(f"order.{one.holding}", one.holding),
        "issued_on": row.issued_on,
        "since": one.since,
        "signed_by": row.signed_by,
        "proposal": sight.link(f"/proposals/{row.matter_id}", on=None),
        "entries": [(number, sight.link(f"/structure/record/{number}", on=None)) for number in one.registrations],
    }
