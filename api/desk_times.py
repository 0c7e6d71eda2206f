"""Times to talk at the desk: offering them, seeing which are taken, and with whom in one's own cases."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from actions import offered_times
from actions.offered_times import Agreed, Listed, Offer
from api.bodies import reads
from api.contract import needs
from api.desk_asking import CallerDep, OfficeDep
from api.kinds_routes import IdDep
from api.offered_times_shapes import AgreedTime, DeskTime, Diary, Offered, OfferTime
from api.repeating import BareRepeatDep, RepeatDep

router = APIRouter(prefix="/v1/times", tags=["times"])


@router.get("", **needs("times.read", 403))
def show_times(office: OfficeDep, caller: CallerDep) -> Diary:
    """All times from today on. Those in your cases are opened: she sees that you did, once a day."""
    found = offered_times.diary(office, by=caller)
    return Diary(times=list(map(_time, found.times)), agreed=list(map(_agreed, found.agreed)), first=found.first, last=found.last)


@router.post("", status_code=201, **needs("times.offer", 403, 409, body=OfferTime))
def offer_times(
    office: OfficeDep, caller: CallerDep, repeat: RepeatDep, told: Annotated[OfferTime, Depends(reads(OfferTime))]
) -> Offered:
    """Offer a time, of one week or of several; all of them or none."""
    wanted = Offer(told.day, told.at, told.minutes, told.way, told.weeks, told.place)
    return Offered(ids=offered_times.offer(office, wanted, by=caller, request=repeat))


@router.delete("/{id}", status_code=204, **needs("times.offer", 400, 403, 404, 409, 422))
def withdraw_time(office: OfficeDep, caller: CallerDep, about: IdDep, repeat: BareRepeatDep) -> Response:
    """No longer offer a time that is free. One that is taken is cancelled in her case, where she is told."""
    offered_times.withdraw(office, about, by=caller, request=repeat)
    return Response(status_code=204)


def _time(one: Listed) -> DeskTime:
    row = one.row
    return DeskTime(
        id=row.id,
        begins=one.begins,
        minutes=row.minutes,
        way=row.way,
        with_whom=one.name,
        place=row.place,
        taken=row.taken,
        mine=one.mine,
    )


def _agreed(one: Agreed) -> AgreedTime:
    taken = one.taken
    return AgreedTime(
        kind=one.matter.kind,
        case=one.matter.id,
        begins=one.begins,
        minutes=taken.minutes,
        way=taken.way,
        with_whom=taken.with_whom,
        place=taken.place,
        number=taken.number or None,
        hours=taken.hours or None,
    )
