"""The page of a proposal: where it stands, what was decided, the orders that carry it out, its versions, the way to each part."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Response
from starlette.requests import Request

from actions import looking, versions
from actions.looking import Detail
from actions.office import Office
from actions.versions import VersionRow
from api.asking import OfficeDep, PersonDep
from api.contract import needs
from api.council_pages.matters import Asking, Find, Of, look, tongue_of
from api.council_pages.matters_choices import title
from api.council_pages.matters_facts import plain
from api.kinds_routes import IdDep, WordsDep
from api.pages.showing import href, show
from web.rendering import Tongue

router = APIRouter(include_in_schema=False)
PARTS: Final = ("", "text", "findings", "votes", "structure", "impact", "merge")
"""The pages of a proposal, by the last part of their address."""
OF_STRUCTURE: Final = ("findings", "structure", "impact", "merge")
"""Those that tell something only where a version changes the structure."""


@router.get("/proposals/{id}", **needs("proposal.read", 404, 409, 422))
def show_proposal(
    request: Request, office: OfficeDep, person: PersonDep, words: WordsDep, about: IdDep, find: Find = None, of: Of = ""
) -> Response:
    """One proposal."""
    looked = look(Asking(request, office, person.person, words, "proposal", about, find, of))
    found = versions.versions_of(office, about, by=person.person)
    tongue = tongue_of(request)
    data = {
        "find": find or "",
        "tabs": tabs_of(request, about, "", found),
        "versions": found[::-1],
        "decisions": [_decision(one, tongue) for one in looked.matter.detail["decisions"]],
        "orders": looked.matter.detail["orders"],
    }
    return show(request, "council/proposal.html", {**looked.data(), **data})


def frame_of(request: Request, office: Office, by: UUID, about: UUID, part: str) -> dict[str, Any]:
    """What every part of a proposal shows around itself. Raises NotFound."""
    seen = looking.one(office, "proposal", about, by=by)
    found = versions_seen(office, about, by)
    changes = bool(found) and bool(found[-1].operations)
    return around(request, seen, found, part) | {"found": None, "row": None, "changes": changes}


def around(request: Request, seen: Detail, found: Sequence[VersionRow], part: str) -> dict[str, Any]:
    """The same of a proposal that is at hand: itself, its title, its versions, the way to its other parts."""
    tabs = tabs_of(request, seen.matter.id, part, found)
    return {"matter": seen.matter, "title": title("proposal", seen.detail), "tabs": tabs, "versions": found}


def tabs_of(request: Request, about: UUID, here: str, found: Any) -> list[dict[str, Any]]:
    """The parts of a proposal: those that there is something to see of."""
    tongue, changes = tongue_of(request), any(one.operations for one in found)
    return [
        {
            "href": href(request, f"/proposals/{about}/{part}".rstrip("/")),
            "label": tongue.t(f"council.part.{part or 'whole'}"),
            "here": part == here,
        }
        for part in PARTS
        if changes or part not in OF_STRUCTURE
    ]


def chosen_of(found: Any, number: int | None) -> VersionRow | None:
    """The version asked for, or the newest; None: there is none."""
    if number is None:
        return found[-1] if found else None
    return next((one for one in found if one.number == number), None)


def versions_seen(office: Office, about: UUID, by: UUID) -> list[VersionRow]:
    """All versions of a proposal, the first one first. Raises NotFound."""
    return list(versions.versions_of(office, about, by=by))


def _decision(one: dict[str, Any], tongue: Tongue) -> dict[str, str]:
    """A decision as a line of a table."""
    return {
        "what": tongue.label(f"move.proposal.{one['trigger']}", one["trigger"]),
        "body": one["body"] or "–",
        "on": plain(one["on_day"], tongue) if one["on_day"] else "–",
        "instrument": one["instrument"] or "–",
        "method": tongue.label(f"option.method.{one['method']}", one["method"]),
        "counted": tongue.t("council.counted_here") if one.get("counted") else "",
        "source": one.get("source") or "",
    }
