"""The registers of mandates, proposals and meetings: searched, filtered by their address, paged; opening a new one."""

from typing import Annotated, Final, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response
from starlette.requests import Request

from actions import looking
from actions.kernel.actor import NotAllowed
from actions.looking import Wanted
from actions.office import Office
from api import shapes, telling
from api.asking import OfficeDep, PersonDep
from api.contract import needs
from api.council_pages.matters import Find, table_of, tongue_of
from api.council_pages.matters_choices import LISTED, Picking, title
from api.council_pages.matters_forms import open_form
from api.kinds_routes import WordsDep, any_unit, unit_asked
from api.pages.showing import here, show
from web.rendering import Tongue

KINDS: Final = ("mandate", "proposal", "meeting")
"""The house's kinds of matter that have a register here."""
MOST: Final = 50
"""Rows a page of a register holds."""
Search = Annotated[str | None, Query(max_length=80, pattern=r"^[^\x00]*$", description="Found in symbol, title or text.")]
State = Annotated[str | None, Query(max_length=80, pattern=r"^[a-z_]*$", description="In this state.")]
Late = Annotated[Literal["", "true", "false"], Query(description="With a duty that is late, or with none.")]
After = Annotated[UUID | None, Query(description="The `after` of the page before.")]


def routes_of(kind: str) -> APIRouter:
    """The register of a kind, and the page to open one."""
    router = APIRouter(prefix=f"/{kind}s", include_in_schema=False)
    _add_register(router, kind)
    _add_opening(router, kind)
    return router


def _add_register(router: APIRouter, kind: str) -> None:
    unit_of = unit_asked if looking.has_unit(kind) else any_unit

    @router.get("", name=f"page_of_{kind}s", **needs(f"{kind}.read", 404, 422))
    def show_register(
        request: Request,
        office: OfficeDep,
        person: PersonDep,
        words: WordsDep,
        unit: Annotated[str | None, Depends(unit_of)],
        search: Search = None,
        state: State = None,
        late: Late = "",
        after: After = None,
    ) -> Response:
        """What is oldest stands on top."""
        wanted = Wanted(states=(state,) if state else (), unit=unit or None, search=search or None, after=after)
        tongue = tongue_of(request)
        page = looking.page(office, kind, wanted, by=person.person, late={"true": True, "false": False}.get(late), most=MOST)
        told = telling.register(page, words)
        data = {
            "kind": kind,
            "rows": [_row(kind, one, tongue) for one in told.items],
            "next": here(request, after=str(told.after)) if told.after else "",
            "first": here(request, after=None) if after else "",
            "states": [(one, tongue.label(f"state.{kind}.{one}", one)) for one in table_of(office, kind).states],
            "asked": {"search": search or "", "state": state or "", "unit": unit or "", "late": late},
            "filtered": bool(search or state or unit or late),
            "has_unit": looking.has_unit(kind),
            "may_open": may_open(office, kind, person.person),
        }
        return show(request, "council/register.html", data)


def _add_opening(router: APIRouter, kind: str) -> None:
    def may(office: OfficeDep, person: PersonDep) -> None:
        looking.require_opener(office, kind, by=person.person)

    @router.get("/new", name=f"page_to_open_{kind}", **needs(f"{kind}.open", 404, 409))
    def show_opening(
        request: Request,
        office: OfficeDep,
        person: PersonDep,
        words: WordsDep,
        _: Annotated[None, Depends(may)],
        find: Find = None,
    ) -> Response:
        """The form that opens one."""
        picking = Picking(office, person.person, words, kind, find=find)
        form = open_form(request, kind, picking)
        searchable = LISTED.get(f"open.{kind}", "")
        return show(request, "council/open.html", {"kind": kind, "form": form, "searchable": searchable, "find": find or ""})


def may_open(office: Office, kind: str, by: UUID) -> bool:
    """Whether this person may open matters of this kind."""
    try:
        looking.require_opener(office, kind, by=by)
    except NotAllowed:
        return False
    return True


def _row(kind: str, one: shapes.Listed, tongue: Tongue) -> dict[str, object]:
    detail = one.detail
    symbol = detail.get("symbol") or ""
    return {
        "id": one.id,
        "symbol": symbol,
        "title": str(detail.get("title") or tongue.t(f"kind.{kind}")),
        "name": title(kind, detail),
        "state": one.state_label,
        "about": detail.get("day") or detail.get("unit") or detail.get("proposer"),
        "responsible": one.responsible.name if one.responsible else "",
        "next_due": one.next_due,
        "late": one.late,
    }


routers: tuple[APIRouter, ...] = tuple(routes_of(kind) for kind in KINDS)
