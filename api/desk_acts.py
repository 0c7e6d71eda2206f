"""What is done at the desk besides moves: words, who answers and who may read, pauses, waivers. This file names no kind.

POST    /v1/<kind>s/{id}/messages               to her (the move `reply`), or a note that stays in the office
POST    /v1/<kind>s/{id}/assignment, /seats     who answers for it; who may read it besides
POST    /v1/<kind>s/{id}/recusal, /late-conflict
POST    /v1/<kind>s/{id}/pauses, DELETE /pauses/{name}
POST    /v1/<kind>s/{id}/waivers                whose lateness is excused, until when
POST    /v1/<kind>s/{id}/holds, DELETE /holds/{hid}     keep it from being destroyed
"""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Response

from actions import desk_seats, desk_writing, holding, waivers
from actions.kernel.kind import Kind
from actions.looking import NotFound
from api import desk_bodies, desk_clock_shapes, shapes
from api.bodies import reads
from api.contract import needs
from api.desk_asking import CallerDep, OfficeDep
from api.desk_matters import answered, seat_asked
from api.kinds_routes import VersionDep, WordsDep
from api.repeating import BareRepeatDep, RepeatDep


def acts_of(kind: Kind) -> APIRouter:
    """The acts at the desk of one kind; pauses only where its table has them."""
    router = APIRouter(prefix=f"/v1/{kind.name}s", tags=[kind.name])
    _add_messages(router, kind.name)
    _add_people(router, kind.name)
    _add_leaving(router, kind.name)
    _add_waivers(router, kind)
    _add_holds(router, kind.name)
    if kind.table.pauses:
        _add_pauses(router, kind.name)
    return router


def _add_messages(router: APIRouter, name: str) -> None:
    body = desk_bodies.Message
    declared = needs(f"{name}.write", 404, 409, 412, body=body)

    @router.post("/{id}/messages", name=f"write_in_{name}", status_code=201, **declared)
    def write(
        response: Response,
        office: OfficeDep,
        caller: CallerDep,
        words: WordsDep,
        about: Annotated[UUID, Depends(seat_asked(name))],
        version: VersionDep,
        repeat: RepeatDep,
        told: Annotated[desk_bodies.Message, Depends(reads(body))],
    ) -> shapes.Summary:
        """Write to her, or keep a note."""
        if told.to == "office":
            changed = desk_writing.note(office, name, about, told.text, by=caller, version=version, request=repeat)
        else:
            changed = desk_writing.reply(office, name, about, told.text, by=caller, version=version, request=repeat)
        return answered(changed, response, words)


def _add_people(router: APIRouter, name: str) -> None:
    body = desk_bodies.Person
    seat = seat_asked(name)

    @router.post("/{id}/assignment", name=f"assign_{name}", **needs(f"{name}.assign", 404, 409, 412, body=body))
    def assign(
        response: Response,
        office: OfficeDep,
        caller: CallerDep,
        words: WordsDep,
        about: Annotated[UUID, Depends(seat)],
        version: VersionDep,
        repeat: RepeatDep,
        told: Annotated[desk_bodies.Person, Depends(reads(body))],
    ) -> shapes.Summary:
        """Make somebody with a seat responsible. Everything owed stays owed on its day."""
        changed = desk_seats.assign(office, name, about, told.person, by=caller, version=version, request=repeat)
        return answered(changed, response, words)

    @router.post("/{id}/seats", name=f"seat_in_{name}", status_code=201, **needs(f"{name}.seat", 404, 409, 412, body=body))
    def give_seat(
        response: Response,
        office: OfficeDep,
        caller: CallerDep,
        words: WordsDep,
        about: Annotated[UUID, Depends(seat)],
        version: VersionDep,
        repeat: RepeatDep,
        told: Annotated[desk_bodies.Person, Depends(reads(body))],
    ) -> shapes.Summary:
        """Let one more person read it, whom the policy and she permit."""
        changed = desk_seats.seat(office, name, about, told.person, by=caller, version=version, request=repeat)
        return answered(changed, response, words)


def _add_leaving(router: APIRouter, name: str) -> None:
    seat = seat_asked(name)
    declared = needs(f"{name}.recuse", 404, 409, 412, body=desk_bodies.Reason)

    @router.post(
        "/{id}/recusal",
        name=f"recuse_from_{name}",
        status_code=204,
        **declared,
    )
    def recuse(
        office: OfficeDep,
        caller: CallerDep,
        about: Annotated[UUID, Depends(seat)],
        version: VersionDep,
        repeat: RepeatDep,
        told: Annotated[desk_bodies.Reason, Depends(reads(desk_bodies.Reason))],
    ) -> Response:
        """Step down. Your key to it is gone at once, and somebody else answers for it."""
        desk_seats.recuse(office, name, about, told.reason, by=caller, version=version, request=repeat)
        return Response(status_code=204)

    @router.post(
        "/{id}/late-conflict",
        name=f"find_conflict_in_{name}",
        status_code=204,
        **needs(f"{name}.recuse", 404, 409, 412, body=desk_bodies.Conflict),
    )
    def find_conflict(
        office: OfficeDep,
        caller: CallerDep,
        about: Annotated[UUID, Depends(seat)],
        version: VersionDep,
        repeat: RepeatDep,
        told: Annotated[desk_bodies.Conflict, Depends(reads(desk_bodies.Conflict))],
    ) -> Response:
        """Take away the seat of somebody who must not have it. She sees on which days they had opened it."""
        desk_seats.late_conflict(office, name, about, told.person, told.reason, by=caller, version=version, request=repeat)
        return Response(status_code=204)


def _add_pauses(router: APIRouter, name: str) -> None:
    body = desk_bodies.PauseAsked
    seat = seat_asked(name)

    @router.post("/{id}/pauses", name=f"pause_{name}", status_code=201, **needs(f"{name}.pause", 404, 409, 412, body=body))
    def pause(
        response: Response,
        office: OfficeDep,
        caller: CallerDep,
        words: WordsDep,
        about: Annotated[UUID, Depends(seat)],
        version: VersionDep,
        repeat: RepeatDep,
        told: Annotated[desk_bodies.PauseAsked, Depends(reads(body))],
    ) -> shapes.Summary:
        """Pause our own work, with a reason she reads. What we owe her never pauses."""
        changed = desk_writing.pause(office, name, about, told.name, told.reason, by=caller, version=version, request=repeat)
        return answered(changed, response, words)

    @router.delete("/{id}/pauses/{pause}", name=f"end_pause_of_{name}", **needs(f"{name}.pause", 400, 404, 409, 412, 422))
    def end_pause(
        response: Response,
        office: OfficeDep,
        caller: CallerDep,
        words: WordsDep,
        about: Annotated[UUID, Depends(seat)],
        version: VersionDep,
        repeat: BareRepeatDep,
        pause: Annotated[str, Path(max_length=80)],
    ) -> shapes.Summary:
        """Go on."""
        changed = desk_writing.end_pause(office, name, about, pause, by=caller, version=version, request=repeat)
        return answered(changed, response, words)


def _add_waivers(router: APIRouter, kind: Kind) -> None:
    name, body = kind.name, desk_bodies.waiver_of(desk_bodies.Waiver, kind.name, [clock.name for clock in kind.table.clocks])

    @router.post("/{id}/waivers", name=f"waive_in_{name}", status_code=201, **needs(f"{name}.waive", 404, 409, 412, body=body))
    def waive(
        response: Response,
        office: OfficeDep,
        caller: CallerDep,
        words: WordsDep,
        about: Annotated[UUID, Depends(seat_asked(name))],
        version: VersionDep,
        repeat: RepeatDep,
        told: Annotated[desk_bodies.Waiver, Depends(reads(body))],
    ) -> shapes.Summary:
        """Excuse that a duty is late, by which authority, why and until when. Its day stays; she reads why."""
        changed = waivers.waive(
            office,
            name,
            about,
            told.rule,
            authority=told.authority,
            reason=told.reason,
            until=told.until,
            by=caller,
            version=version,
            request=repeat,
        )
        return answered(changed, response, words)


def hold_id(hid: Annotated[str, Path(json_schema_extra={"format": "uuid"})]) -> UUID:
    """The hold's id in the path. One that cannot be an id is as unknown as any other."""
    try:
        return UUID(hid)
    except ValueError:
        raise NotFound() from None


def _add_holds(router: APIRouter, name: str) -> None:
    body = desk_bodies.HoldAsked
    seat = seat_asked(name)

    @router.post("/{id}/holds", name=f"hold_{name}", status_code=201, **needs(f"{name}.hold", 404, body=body))
    def hold(
        office: OfficeDep,
        caller: CallerDep,
        about: Annotated[UUID, Depends(seat)],
        repeat: RepeatDep,
        told: Annotated[desk_bodies.HoldAsked, Depends(reads(body))],
    ) -> desk_clock_shapes.Placed:
        """Keep it from being destroyed until a day. It takes somebody who is not responsible for it."""
        placed = holding.place_hold(
            office, about, reason=told.reason, until=told.until, asked_by=told.asked_by, by=caller, request=repeat
        )
        return desk_clock_shapes.Placed(id=placed)

    @router.delete("/{id}/holds/{hid}", name=f"lift_hold_of_{name}", status_code=204, **needs(f"{name}.hold", 400, 404, 422))
    def lift(
        office: OfficeDep,
        caller: CallerDep,
        about: Annotated[UUID, Depends(seat)],
        repeat: BareRepeatDep,
        hid: Annotated[UUID, Depends(hold_id)],
    ) -> Response:
        """Keep it no longer. It is destroyed on its day, or soon if that is past."""
        holding.lift_hold(office, about, hid, by=caller, request=repeat)
        return Response(status_code=204)
