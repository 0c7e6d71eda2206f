"""That two matters are about the same person or the same facts, for every sealed kind. This file names no kind.

GET     /v1/<kind>s/{id}/links          those that stand, of matters in which you have a seat too
POST    /v1/<kind>s/{id}/links          say so
DELETE  /v1/<kind>s/{id}/links/{lid}    take it back; that it was said stays in both histories
"""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Response
from pydantic import BaseModel

from actions import desk_linking
from actions.kernel.kind import Kind
from actions.looking import NotFound
from api.bodies import reads
from api.contract import needs
from api.desk_asking import CallerDep, OfficeDep
from api.desk_bodies import Body
from api.desk_matters import seat_asked
from api.kinds_routes import IdDep
from api.repeating import BareRepeatDep, RepeatDep


class LinkAsked(Body):
    """Another matter in which you have a seat, and why they belong together."""

    other: UUID
    reason: desk_linking.Reason


class Link(BaseModel):
    """Another matter about the same, with who said so on which day."""

    id: UUID
    matter: UUID
    kind: str
    state: str
    reason: str
    by: str
    on: date


class Links(BaseModel):
    """All that stand and that you may know of."""

    links: list[Link]


class LinkMade(BaseModel):
    """What was said can be taken back by this id."""

    id: UUID


def link_id(lid: Annotated[str, Path(json_schema_extra={"format": "uuid"})]) -> UUID:
    """The link's id in the path. One that cannot be an id is as unknown as any other."""
    try:
        return UUID(lid)
    except ValueError:
        raise NotFound() from None


def links_of(kind: Kind) -> APIRouter:
    """The links of the matters of one kind."""
    router = APIRouter(prefix=f"/v1/{kind.name}s", tags=[kind.name])
    name, seat = kind.name, seat_asked(kind.name)

    @router.get("/{id}/links", name=f"list_links_of_{name}", **needs(f"{name}.read", 404))
    def list_links(office: OfficeDep, caller: CallerDep, about: IdDep) -> Links:
        """Matters about the same person or the same facts. One in which you have no seat is not among them."""
        return Links(links=[told(one) for one in desk_linking.links_of(office, name, about, by=caller)])

    @router.post("/{id}/links", name=f"link_{name}", status_code=201, **needs(f"{name}.link", 404, 409, body=LinkAsked))
    def link(
        office: OfficeDep,
        caller: CallerDep,
        about: Annotated[UUID, Depends(seat)],
        repeat: RepeatDep,
        asked: Annotated[LinkAsked, Depends(reads(LinkAsked))],
    ) -> LinkMade:
        """Say that two matters are about the same. Only who has a seat in both ever sees it."""
        return LinkMade(id=desk_linking.link(office, name, about, asked.other, asked.reason, by=caller, request=repeat))

    @router.delete("/{id}/links/{lid}", name=f"unlink_{name}", status_code=204, **needs(f"{name}.link", 400, 404, 422))
    def unlink(
        office: OfficeDep,
        caller: CallerDep,
        about: Annotated[UUID, Depends(seat)],
        repeat: BareRepeatDep,
        lid: Annotated[UUID, Depends(link_id)],
    ) -> Response:
        """Take it back."""
        desk_linking.unlink(office, name, about, lid, by=caller, request=repeat)
        return Response(status_code=204)

    return router


def told(one: desk_linking.Linked) -> Link:
    """One link, for a program."""
    other = one.matter
    return Link(id=one.id, matter=other.id, kind=other.kind, state=other.state, reason=one.reason, by=one.by.name, on=one.on)
