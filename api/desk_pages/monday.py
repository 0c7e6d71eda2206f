"""The first page of the desk: what is new, owed, late, waiting for her and for them; filters stand in the address."""

from typing import Any

from fastapi import APIRouter, Response
from starlette.requests import Request

from actions import desk_queue, terms_desk
from actions.desk_queue import LISTS
from api import desk_telling
from api.contract import needs
from api.desk_asking import CallerDep, OfficeDep
from api.kinds_routes import WordsDep
from api.pages.forms import make_form
from api.pages.showing import here, show
from api.queue_asking import QueueAskedDep

router = APIRouter(include_in_schema=False)


@router.get("/", **needs("queue.read", 422))
def show_monday(request: Request, office: OfficeDep, caller: CallerDep, words: WordsDep, asked: QueueAskedDep) -> Response:
    """What waits, what is due first on top. Looking at it changes nothing."""
    found = desk_queue.queue_of(office, by=caller, asked=asked)
    told = desk_telling.queue(found, words)
    lists = [_list(request, name, getattr(told, name), found.extent[name]) for name in LISTS if asked.only in (None, name)]
    sealed = {kind.name: kind.table for kind in office.kinds.values() if kind.table.sealed}
    data = {
        "lists": lists,
        "counts": {name: found.extent[name] for name in LISTS},
        "asked": asked,
        "kinds": list(sealed),
        "states": [(kind, str(stage.name)) for kind, table in sealed.items() for stage in table.stages if not stage.final],
        "away": make_form(request, "POST", "/v1/absences", only=("from", "until"), done="absence_recorded", scope="absence"),
        "back": make_form(request, "DELETE", "/v1/absences/current", done="return_recorded"),
        "filtered": any((asked.only, asked.kind, asked.state, asked.yours)),
        "today": found.today,
        "nearing": terms_desk.nearing(office, by=caller),
    }
    return show(request, "desk/monday.html", data)


def _list(request: Request, name: str, items: list[Any], extent: desk_queue.Extent) -> dict[str, Any]:
    """One list: its matters, how many there are, where the rest is."""
    onward = here(request, list=name, after=extent.after) if extent.after else None
    return {"name": name, "items": items, "extent": extent, "next": onward, "alone": here(request, list=name, after=None)}
