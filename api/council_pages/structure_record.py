"""The record of the structure: how it grew, entry by entry, with the forms that take back, lead back or mend what it holds."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response
from starlette.requests import Request

from actions.kernel.actor import NotAllowed
from actions.structure import allowed, organisation
from actions.structure_registrations import Standing, What, registration, registrations
from api import structure_record_shapes as shapes
from api import structure_record_telling as telling
from api.asking import OfficeDep, PersonDep
from api.contract import needs
from api.council_pages.structure_operations import Telling
from api.council_pages.structure_seen import Names, Sight
from api.kinds_routes import WordsDep
from api.pages.forms import Form, Option, make_form
from api.pages.showing import here, href, show
from api.structure_record import MOST

router = APIRouter(prefix="/structure/record", include_in_schema=False)
After = Annotated[int, Query(ge=0, le=MOST, description="What the page before ended with.")]
Mend = Annotated[str, Query(max_length=160, pattern=r"^[^\x00]*$", description="The operation to correct.")]


@router.get("", **needs("structure.read", 404, 422))
def show_record(request: Request, office: OfficeDep, person: PersonDep, words: WordsDep, after: After = 0) -> Response:
    """All entries, the first one first."""
    sight = Sight(request, office, person.person)
    found, more = registrations(office, after, by=person.person)
    told = telling.registrations(found, more, words)
    data: dict[str, Any] = {
        "tabs": sight.tabs("record"),
        "entries": [(one, href(request, f"/structure/record/{one.number}")) for one in told.registrations],
        "next": here(request, after=str(told.after)) if told.after else "",
        "first": here(request, after=None) if after else "",
    }
    return show(request, "council/structure_record.html", data)


@router.get("/{number}", **needs("structure.read", 404, 422))
def show_entry(
    request: Request,
    office: OfficeDep,
    person: PersonDep,
    words: WordsDep,
    number: Annotated[int, Path(ge=1, le=MOST)],
    after: After = 0,
    mend: Mend = "",
) -> Response:
    """One entry with its operations."""
    sight = Sight(request, office, person.person)
    told = telling.registration(registration(office, number, after, by=person.person), words)
    may = _may(lambda: allowed(office, "correct", by=person.person))
    names = Names(sight, organisation(office, None, None, by=person.person).organisation)
    lines = [_line(request, Telling(names), one, mends=may) for one in told.operations]
    mended = next((one for one in told.operations if one.id == mend and _can_mend(one)), None) if may else None
    data: dict[str, Any] = {
        "tabs": sight.tabs(""),
        "entry": told.registration,
        "proposal": None if told.registration.proposal is None else href(request, f"/proposals/{told.registration.proposal}"),
        "lines": lines,
        "next": here(request, after=str(told.after), mend=None) if told.after else "",
        "first": here(request, after=None, mend=None) if after else "",
        "withdraw": _taking_back(request, "withdrawals", told, Standing.WAITS, "withdrawn") if may else None,
        "undo": _taking_back(request, "undoings", told, Standing.IN_EFFECT, "led_back") if may else None,
        "mending": None if mended is None else mended.id,
        "correct": None if mended is None else _correction(request, mended),
    }
    return show(request, "council/structure_entry.html", data)


def _may(act: Callable[[], None]) -> bool:
    """Whether this person may do something; what they may not do is not offered."""
    try:
        act()
    except NotAllowed:
        return False
    return True


def _can_mend(one: shapes.RecordedLine) -> bool:
    return one.operation is not None and one.standing != Standing.WITHDRAWN


def _line(request: Request, told: Telling, one: shapes.RecordedLine, *, mends: bool) -> dict[str, Any]:
    return {
        "id": one.id,
        "what": one.what if one.what != What.ADDS else "",
        "said": told.operation(one.operation) if one.operation is not None else None,
        "on": one.on,
        "assumed": bool(one.assumed),
        "derived": one.declared is False,
        "standing": one.standing,
        "stands": one.standing_label,
        "mend": here(request, mend=one.id) if mends and _can_mend(one) else "",
    }


def _taking_back(request: Request, what: str, told: shapes.Registration, standing: Standing, done: str) -> Form | None:
    """The form that takes back operations that wait, or leads back from those in effect; None where there is none."""
    found = [one for one in told.operations if one.standing == standing and one.what != What.WITHDRAWS]
    options = [Option(one.id, one.id) for one in found]
    if not options:
        return None
    return make_form(
        request,
        "POST",
        f"/v1/structure/{what}",
        next=href(request, "/structure/record"),
        done=done,
        without=("delegations",),
        choices={"operations": options},
        scope=f"structure_{what}",
    )


def _correction(request: Request, one: shapes.RecordedLine) -> Form:
    """The form that mends one operation: what stands there now, to be changed."""
    form = make_form(
        request,
        "POST",
        "/v1/structure/corrections",
        next=href(request, "/structure/record"),
        done="mended",
        fixed={"corrections.0.id": one.id},
        values={
            "corrections.0.on": one.on.isoformat() if one.on else "",
            "corrections.0.operation": json.dumps(one.operation, ensure_ascii=False, indent=1),
            "corrections.0.declared": "true" if one.declared else "",
            "corrections.0.assumed": "true" if one.assumed else "",
        },
        rows=1,
        scope="structure_corrections",
    )
    fields = (inner for each in form.fields for inner in (each.inside[0].inside if each.name == "corrections" else (each,)))
    return replace(form, fields=tuple(fields))
