"""The routes of a kind of matter, made of its table and its payloads. This file names no kind.

GET, POST  /v1/<kind>s              the register; open a matter
GET        /v1/<kind>s/{id}         one matter, its ties, and the moves from where it is
POST       /v1/<kind>s/{id}/moves   move it
GET        /v1/<kind>s/{id}/clocks, /history
"""

import re
from collections.abc import Callable
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Path, Query, Response
from starlette.requests import Request

from actions import looking
from actions.kernel.kind import Kind
from actions.kernel.move import move, open_kind
from actions.looking import MOST, Matter, NotFound, StaleVersion, Wanted
from actions.watches import clocks_of
from api import shapes, telling
from api.asking import OfficeDep, PersonDep
from api.bodies import reads
from api.contract import needs
from api.moves import Moving, move_body, reads_move
from api.repeating import RepeatDep
from api.words import Words, words_of
from states.clocks import OPEN

_ETAG: Final = re.compile(r'"([0-9]{1,9})"')
_NO_NUL: Final = r"^[^\x00]*$"


async def matter_id(id: Annotated[str, Path(json_schema_extra={"format": "uuid"})]) -> UUID:
    """The id in the path. One that cannot be an id is as unknown as any other."""
    try:
        return UUID(id)
    except ValueError:
        raise NotFound() from None


async def words_asked(request: Request) -> Words:
    """The words for the answer, found without a thread of their own."""
    return words_of(request)


def version_asked(if_match: Annotated[str | None, Header()] = None) -> int | None:
    """The version that the sender of a change has seen. None: no If-Match, or any.

    Raises StaleVersion for what never was a version of ours.
    """
    if if_match is None or if_match.strip() == "*":
        return None
    seen = _ETAG.fullmatch(if_match.strip())
    if seen is None:
        raise StaleVersion()
    return int(seen[1])


def unit_asked(
    unit: Annotated[str | None, Query(max_length=80, pattern=_NO_NUL, description="Assigned to this unit.")] = None,
) -> str | None:
    """The unit whose matters are wanted; None: any."""
    return unit


def any_unit() -> None:
    """For kinds that are assigned to no unit."""


def search_asked(
    search: Annotated[
        str | None,
        Query(max_length=200, pattern=_NO_NUL, description="Words it is called by; case and accents do not matter."),
    ] = None,
) -> str | None:
    """The words that are looked for; None: any."""
    return search


def any_words() -> None:
    """For kinds whose register is not searched."""


IdDep = Annotated[UUID, Depends(matter_id)]
VersionDep = Annotated[int | None, Depends(version_asked)]
WordsDep = Annotated[Words, Depends(words_asked)]


def routes_of(kind: Kind) -> APIRouter:
    """All routes of one kind."""
    router = APIRouter(prefix=f"/v1/{kind.name}s", tags=[kind.name])
    _add_register(router, kind.name)
    _add_opening(router, kind)
    _add_one(router, kind.name)
    _add_moving(router, kind)
    _add_clocks(router, kind.name)
    return router


def _add_register(router: APIRouter, name: str) -> None:
    unit_of = unit_asked if looking.has_unit(name) else any_unit
    words_of_search = search_asked if looking.has_search(name) else any_words

    @router.get("", name=f"list_{name}s", **needs(f"{name}.read", 404, 422))
    def list_matters(
        office: OfficeDep,
        person: PersonDep,
        words: WordsDep,
        unit: Annotated[str | None, Depends(unit_of)],
        search: Annotated[str | None, Depends(words_of_search)],
        state: Annotated[list[str] | None, Query(max_length=20, description="In one of these states.")] = None,
        late: Annotated[bool | None, Query(description="With a duty that is late, or with none.")] = None,
        after: Annotated[UUID | None, Query(description="The `after` of the page before.")] = None,
        limit: Annotated[int, Query(ge=1, le=MOST)] = 100,
    ) -> shapes.Register:
        """The register, oldest first."""
        wanted = Wanted(states=tuple(state or ()), unit=unit, after=after, search=search)
        page = looking.page(office, name, wanted, by=person.person, late=late, most=limit)
        return telling.register(page, words)


def _add_opening(router: APIRouter, kind: Kind) -> None:
    payload = kind.payload(OPEN)

    def may_open(office: OfficeDep, person: PersonDep) -> None:
        looking.require_opener(office, kind.name, by=person.person)

    @router.post("", name=f"open_{kind.name}", status_code=201, **needs(f"{kind.name}.open", 404, 409, body=payload))
    def open_one(
        response: Response,
        office: OfficeDep,
        person: PersonDep,
        words: WordsDep,
        _: Annotated[None, Depends(may_open)],
        repeat: RepeatDep,
        told: Annotated[Any, Depends(reads(payload))],
    ) -> shapes.Summary:
        """Open one."""
        opened = open_kind(office, kind.name, told, by=person.person, request=repeat)
        response.headers["Location"] = f"/v1/{kind.name}s/{opened.id}"
        return _answered(opened, response, words)


def _add_one(router: APIRouter, name: str) -> None:
    @router.get("/{id}", name=f"show_{name}", **needs(f"{name}.read", 404))
    def show_one(response: Response, office: OfficeDep, person: PersonDep, words: WordsDep, about: IdDep) -> shapes.Detail:
        """One of them, with its ties and the moves from where it is."""
        seen = looking.one(office, name, about, by=person.person)
        response.headers["ETag"] = f'"{seen.matter.version}"'
        return telling.detail(seen, words)


def visible(name: str) -> Callable[..., UUID]:
    """A dependency that gives the id of one of this kind that the person may read. Raises NotFound, before the body is read."""

    def seen(office: OfficeDep, person: PersonDep, about: IdDep) -> UUID:
        looking.require_visible(office, name, about, by=person.person)
        return about

    return seen


def _add_moving(router: APIRouter, kind: Kind) -> None:
    @router.post("/{id}/moves", name=f"move_{kind.name}", **needs(f"{kind.name}.move", 404, 409, 412, body=move_body(kind)))
    def move_one(
        response: Response,
        office: OfficeDep,
        person: PersonDep,
        words: WordsDep,
        about: Annotated[UUID, Depends(visible(kind.name))],
        version: VersionDep,
        repeat: RepeatDep,
        told: Annotated[Moving, Depends(reads_move(kind))],
    ) -> shapes.Summary:
        """Move it. With If-Match, only if nobody changed it since that version."""
        moved = move(office, about, told.trigger, told.payload, by=person.person, version=version, request=repeat)
        return _answered(moved, response, words)


def _add_clocks(router: APIRouter, name: str) -> None:
    @router.get("/{id}/clocks", name=f"show_clocks_of_{name}", **needs(f"{name}.read", 404))
    def show_clocks(office: OfficeDep, person: PersonDep, words: WordsDep, about: IdDep) -> shapes.Clocks:
        """Its duties, with the reasons for each date."""
        watched, paused = clocks_of(office, name, about, by=person.person)
        return shapes.Clocks(
            clocks=[telling.clock(name, each, words) for each in watched],
            pauses=[telling.pause(name, each, words) for each in paused],
        )

    @router.get("/{id}/history", name=f"show_history_of_{name}", **needs(f"{name}.read", 404))
    def show_history(office: OfficeDep, person: PersonDep, words: WordsDep, about: IdDep) -> shapes.History:
        """All that happened to it, in the order it was written down."""
        lines = looking.history_of(office, name, about, by=person.person)
        return shapes.History(events=[telling.happening(name, event, by, words) for event, by in lines])


def _answered(matter: Matter, response: Response, words: Words) -> shapes.Summary:
    response.headers["ETag"] = f'"{matter.version}"'
    return telling.summary(matter, words)
