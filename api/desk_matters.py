"""The routes of one sealed kind at the desk, made of its table and its payloads. This file names no kind.

    GET   /v1/<kind>s/{id}              open it: texts, consents, the moves it can make; that is a reading
    GET   /v1/<kind>s/{id}/identity     who she is, by its own key
    GET   /v1/<kind>s/{id}/clocks, /history
    POST  /v1/<kind>s/{id}/moves        move it
    GET   /v1/<kind>s/{id}/files, /files/{fid}, /files/{fid}/cleaned, /files/{fid}/picture

Every route asks for the seat first; who has none gets the same answer as for an id that never was, whatever else is wrong.
"""

from collections.abc import Callable
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Response
from fastapi.responses import StreamingResponse

from actions import desk_copies, desk_files, desk_history, desk_reading
from actions.desk import require_seat
from actions.kernel.kind import Kind
from actions.kernel.move import move
from actions.looking import Matter, NotFound
from api import desk_clock_shapes, desk_shapes, shapes, telling
from api import desk_telling as told_at_desk
from api.contract import needs
from api.desk_asking import CallerDep, NumberDep, OfficeDep
from api.desk_downloads import CopyOfAFile, PictureOfAFile, attachment, copied, pictured
from api.kinds_routes import IdDep, VersionDep, WordsDep
from api.moves import Moving, move_body, reads_move
from api.repeating import RepeatDep
from api.words import Words


def seat_asked(name: str) -> Callable[..., UUID]:
    """A dependency that gives the id in the path. Raises NotFound for who has no seat there."""

    def seat(office: OfficeDep, caller: CallerDep, about: IdDep) -> UUID:
        require_seat(office, name, about, by=caller)
        return about

    return seat


def file_id(fid: Annotated[str, Path(json_schema_extra={"format": "uuid"})]) -> UUID:
    """The file's id in the path. One that cannot be an id is as unknown as any other."""
    try:
        return UUID(fid)
    except ValueError:
        raise NotFound() from None


def answered(matter: Matter, response: Response, words: Words) -> shapes.Summary:
    """The matter in one line, after a change; its version is what If-Match takes next."""
    response.headers["ETag"] = f'"{matter.version}"'
    return telling.summary(matter, words)


def routes_of(kind: Kind) -> APIRouter:
    """All routes of one kind that every sealed kind has."""
    router = APIRouter(prefix=f"/v1/{kind.name}s", tags=[kind.name])
    _add_opening(router, kind.name)
    _add_clocks(router, kind.name)
    _add_moving(router, kind)
    _add_files(router, kind.name)
    _add_copies(router, kind.name)
    return router


def _add_opening(router: APIRouter, name: str) -> None:
    @router.get("/{id}", name=f"open_{name}", **needs(f"{name}.read", 404))
    def open_one(response: Response, office: OfficeDep, caller: CallerDep, words: WordsDep, about: IdDep) -> desk_shapes.Opened:
        """Open it: its texts, its consents, and the moves from where it is. She sees that you did."""
        seen = desk_reading.open_matter(office, name, about, by=caller)
        response.headers["ETag"] = f'"{seen.matter.version}"'
        return told_at_desk.opened(seen, words)

    @router.get("/{id}/identity", name=f"open_identity_of_{name}", **needs(f"{name}.identity", 404, 422))
    def open_identity(office: OfficeDep, caller: CallerDep, about: IdDep, person: NumberDep = 1) -> desk_shapes.Identity:
        """Who she is, if she said; of several who came, the one of this number. She sees that it was opened."""
        return desk_shapes.Identity(identity=desk_reading.identity_of(office, name, about, by=caller, person=person))


def _add_clocks(router: APIRouter, name: str) -> None:
    @router.get("/{id}/clocks", name=f"show_clocks_of_{name}", **needs(f"{name}.read", 404))
    def show_clocks(office: OfficeDep, caller: CallerDep, words: WordsDep, about: IdDep) -> desk_clock_shapes.Clocks:
        """Its duties, with the reasons for each date, the ladder of each, its pauses, waivers and holds, and when it goes."""
        return told_at_desk.times(name, desk_history.times_of(office, name, about, by=caller), words)

    @router.get("/{id}/history", name=f"show_history_of_{name}", **needs(f"{name}.read", 404))
    def show_history(office: OfficeDep, caller: CallerDep, words: WordsDep, about: IdDep) -> desk_shapes.History:
        """Who did what on which day."""
        lines = desk_history.history_of(office, name, about, by=caller)
        return desk_shapes.History(events=[told_at_desk.line(name, each, words) for each in lines])


def _add_moving(router: APIRouter, kind: Kind) -> None:
    declared = needs(f"{kind.name}.move", 404, 409, 412, body=move_body(kind))

    @router.post("/{id}/moves", name=f"move_{kind.name}", **declared)
    def move_one(
        response: Response,
        office: OfficeDep,
        caller: CallerDep,
        words: WordsDep,
        about: Annotated[UUID, Depends(seat_asked(kind.name))],
        version: VersionDep,
        repeat: RepeatDep,
        told: Annotated[Moving, Depends(reads_move(kind))],
    ) -> shapes.Summary:
        """Move it. With If-Match, only if nobody changed it since that version."""
        moved = move(office, about, told.trigger, told.payload, by=caller, version=version, request=repeat)
        return answered(moved, response, words)


def _add_files(router: APIRouter, name: str) -> None:
    @router.get("/{id}/files", name=f"list_files_of_{name}", **needs(f"{name}.read", 404))
    def list_files(office: OfficeDep, caller: CallerDep, about: IdDep) -> desk_shapes.Files:
        """Its files."""
        found = desk_files.files_of(office, name, about, by=caller)
        return desk_shapes.Files(files=[told_at_desk.file(each) for each in found])

    @router.get(
        "/{id}/files/{fid}",
        name=f"download_file_of_{name}",
        response_class=StreamingResponse,
        **needs(f"{name}.read", 404, 409),
    )
    def download_file(
        office: OfficeDep, caller: CallerDep, about: IdDep, fid: Annotated[UUID, Depends(file_id)]
    ) -> StreamingResponse:
        """One file as it was sent. An answer that breaks off was damaged: keep nothing of it."""
        return attachment(desk_files.download(office, name, about, fid, by=caller))


def _add_copies(router: APIRouter, name: str) -> None:
    @router.get(
        "/{id}/files/{fid}/cleaned",
        name=f"copy_file_of_{name}",
        response_class=CopyOfAFile,
        **needs(f"{name}.read", 404, 409),
    )
    def copy_file(office: OfficeDep, caller: CallerDep, about: IdDep, fid: Annotated[UUID, Depends(file_id)]) -> CopyOfAFile:
        """A copy without what tells who made it and with what. The file itself stays as it was sent; the copy is kept nowhere."""
        return copied(desk_copies.cleaned(office, name, about, fid, by=caller))

    @router.get(
        "/{id}/files/{fid}/picture",
        name=f"show_picture_of_{name}",
        response_class=PictureOfAFile,
        **needs(f"{name}.read", 404, 409),
    )
    def show_picture(
        office: OfficeDep, caller: CallerDep, about: IdDep, fid: Annotated[UUID, Depends(file_id)]
    ) -> PictureOfAFile:
        """A file that is a picture, to look at: its pixels made anew, bounded in size, and no byte of the file."""
        return pictured(desk_copies.picture(office, name, about, fid, by=caller))
