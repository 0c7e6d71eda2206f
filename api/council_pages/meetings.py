"""The page of a meeting: its order of business with what came of each item, who was there, its record and the corrections."""

from dataclasses import dataclass, field
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Response
from starlette.requests import Request

from actions import offering
from actions.meetings import results
from api import meeting_telling, shapes
from api.asking import OfficeDep, PersonDep
from api.contract import needs
from api.council_pages.matters import Asking, Find, Looked, Of, look
from api.council_pages.matters_choices import Picking
from api.council_pages.matters_forms import Offered, move_form, offered
from api.kinds_routes import IdDep, WordsDep
from api.pages.forms import Form
from api.pages.showing import here, show
from web.countries import country

router = APIRouter(include_in_schema=False)
Item = Annotated[int | None, Query(ge=1, le=9_999, description="The item whose result is to be noted.")]
OWN_FORMS: Final = ("dispose", "hold", "attend", "set_order")
"""Moves whose forms stand beside what they are about."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A member state in the roll: its letters, its name, and whom it has sent (id and name)."""

    place: int
    code: str
    name: str
    sent: tuple[tuple[str, str], ...] = field(repr=False)


@router.get("/meetings/{id}", **needs("meeting.read", 404, 422))
def show_meeting(
    request: Request,
    office: OfficeDep,
    person: PersonDep,
    words: WordsDep,
    about: IdDep,
    find: Find = None,
    of: Of = "",
    item: Item = None,
) -> Response:
    """One meeting."""
    asking = Asking(request, office, person.person, words, "meeting", about, find, of)
    looked = look(asking, OWN_FORMS, _names(asking))
    sheet = meeting_telling.results(results(office, about, by=person.person), words)
    mine = {one.trigger: one for one in looked.matter.moves if one.allowed and one.trigger in OWN_FORMS}
    noting = _noting(asking, looked, item) if "dispose" in mine else None
    data = {
        "find": find or "",
        "tabs": (),
        "sheet": sheet,
        "present": [(country(words.language, one.state), one) for one in sheet.present],
        "order": _order(asking, looked, mine["set_order"]) if "set_order" in mine else None,
        "roll": _roll(asking, looked, next((mine[one] for one in ("hold", "attend") if one in mine), None)),
        "seats": _seats(asking, looked) if {"hold", "attend"} & set(mine) else (),
        "noting": noting,
        "to_note": {one["number"]: here(request, item=str(one["number"])) for one in _open(looked)} if "dispose" in mine else {},
        "corrections": [
            (country(words.language, one["state"]), one["item"], one["text"]) for one in looked.matter.detail["corrections"]
        ],
        "carried_over": looked.matter.detail["carried_over"],
        "more_moves": bool(mine),
    }
    return show(request, "council/meeting.html", {**looked.data(), **data})


def _names(asking: Asking) -> dict[str, dict[str, str]]:
    """Bodies and sorts of meetings by name."""
    picking = Picking(asking.office, asking.by, asking.words, "meeting")
    choices = picking.for_opening()
    return {name: {one.value: one.label for one in options} for name, options in choices.items()}


def _open(looked: Looked) -> list[dict[str, Any]]:
    """The items of which nothing is noted yet."""
    return [one for one in looked.seen.detail["items"] if not one["struck"] and one["disposition"] is None]


def _order(asking: Asking, looked: Looked, move: shapes.Possible) -> Offered:
    """The form for the whole order of business, with what stands in it."""
    values: dict[str, str] = {}
    items = looked.seen.detail["items"]
    for place, one in enumerate(items):
        told = {"title": one["title"], "documents": "\n".join(one["documents"]), "proposal": str(one["proposal"] or "")}
        values |= {f"items.{place}.{name}": value for name, value in told.items() if value}
    rows = max(3, len(items) + 1)
    return offered(
        move, move_form(asking.request, looked.matter, looked.picking, move.trigger, values=values, rows=rows), looked.picking
    )


def _roll(asking: Asking, looked: Looked, move: shapes.Possible | None) -> Offered | None:
    """The form that tells who is there; the page adds the list of states."""
    if move is None:
        return None
    return offered(
        move,
        move_form(asking.request, looked.matter, looked.picking, move.trigger, choices={}, without=("present",)),
        looked.picking,
    )


def _noting(asking: Asking, looked: Looked, item: int | None) -> dict[str, Any] | None:
    """The form for the result of one item."""
    chosen = next((one for one in _open(looked) if one["number"] == item), None)
    if chosen is None:
        return None
    form: Form | None = move_form(
        asking.request,
        looked.matter,
        looked.picking,
        "dispose",
        choices=looked.picking.for_item(chosen["proposal"]),
        fixed={"item": str(chosen["number"])},
        without=_unasked(chosen),
        rows=2,
    )
    return {"item": chosen, "form": form}


def _unasked(item: dict[str, Any]) -> tuple[str, ...]:
    """What means nothing where an item is about no proposal."""
    return () if item["proposal"] else ("decision", "operations", "statements", "text_sha256", "ad_referendum")


def _seats(asking: Asking, looked: Looked) -> list[Seat]:
    """The member states that are not noted as present yet, with whom each has sent."""
    day = looked.seen.detail["day"]
    sent: dict[str, list[tuple[str, str]]] = {}
    for one in offering.sent(asking.office, day):
        sent.setdefault(one.state, []).append((str(one.id), one.name))
    there = {one["state"] for one in looked.seen.detail["present"]}
    seats = [
        Seat(place, code, country(asking.tongue.language, code), tuple(sent.get(code, ())))
        for place, code in enumerate(offering.states(asking.office, day))
        if code not in there
    ]
    return sorted(seats, key=lambda one: one.name)
