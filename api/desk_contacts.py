"""Contact slips: a minute's note of a talk in codes, a number alone, or nothing. One's own only.

GET, POST    /v1/contacts           one's slips that are kept still; write one
PUT, DELETE  /v1/contacts/{id}      say it again; throw it away
GET          /v1/contact-choices    what a slip can say
POST         /v1/contact-counts     somebody came, and wants nothing written but that
"""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Response

from actions import contacts
from actions.contacts_shapes import Slip
from api import desk_contacts_shapes as shapes
from api.bodies import reads
from api.contract import needs
from api.desk_asking import CallerDep, OfficeDep
from api.desk_facts_shapes import Coded
from api.kinds_routes import IdDep, VersionDep, WordsDep
from api.repeating import BareRepeatDep, RepeatDep
from api.words import Words
from policies.categories import categories, label

router = APIRouter(tags=["contacts"])


def slip_asked(office: OfficeDep, caller: CallerDep, about: IdDep) -> UUID:
    """The slip in the path, before a body is read. Raises NotFound for one that somebody else wrote."""
    return contacts.own_slip(office, about, by=caller).id


SlipDep = Annotated[UUID, Depends(slip_asked)]
ToldDep = Annotated[Slip, Depends(reads(Slip))]


@router.get("/v1/contacts", **needs("contact.read", 409))
def show_slips(office: OfficeDep, caller: CallerDep, words: WordsDep) -> shapes.Slips:
    """Your slips that are kept still."""
    return shapes.Slips(slips=[slip_told(one, words) for one in contacts.own_slips(office, by=caller)])


@router.get("/v1/contact-choices", **needs("contact.read", 409))
def show_slip_choices(office: OfficeDep, caller: CallerDep, words: WordsDep) -> shapes.SlipChoices:
    """Every code that a slip can say, and the months it can be of."""
    can = contacts.choices(office, by=caller)
    return shapes.SlipChoices(
        months=[shapes.OpenMonth(month=month, until=until) for month, until in can.months],
        channels=list(can.rules.channels),
        languages=list(can.rules.languages),
        issues=_coded(categories().codes, words),
        most_issues=can.rules.most_issues,
        done=list(can.rules.done),
        routes=list(can.routes),
        personnel=list(can.rules.personnel),
        regions=list(can.rules.regions),
    )


@router.post("/v1/contacts", status_code=201, **needs("contact.write", 409, body=Slip))
def create_slip(office: OfficeDep, caller: CallerDep, repeat: RepeatDep, told: ToldDep) -> shapes.SlipMade:
    """Write a slip, if she does not mind. It holds no name and becomes a count after some weeks."""
    return shapes.SlipMade(id=contacts.write(office, told, by=caller, request=repeat))


@router.post("/v1/contact-counts", status_code=204, **needs("contact.write", 409, body=shapes.Counted))
def count_visitor(
    office: OfficeDep, caller: CallerDep, repeat: RepeatDep, told: Annotated[shapes.Counted, Depends(reads(shapes.Counted))]
) -> Response:
    """Count somebody of whom nothing else shall be written. It cannot be taken back, because nothing tells one from another."""
    contacts.count_only(office, told.month, by=caller, request=repeat)
    return Response(status_code=204)


@router.put("/v1/contacts/{id}", status_code=204, **needs("contact.write", 404, 409, 412, body=Slip))
def change_slip(
    office: OfficeDep, caller: CallerDep, about: SlipDep, version: VersionDep, repeat: RepeatDep, told: ToldDep
) -> Response:
    """Say it again, in the place of what was said."""
    contacts.correct(office, about, told, by=caller, version=version, request=repeat)
    return Response(status_code=204)


@router.delete("/v1/contacts/{id}", status_code=204, **needs("contact.write", 400, 404, 409, 422))
def throw_slip_away(office: OfficeDep, caller: CallerDep, about: IdDep, repeat: BareRepeatDep) -> Response:
    """Throw it away: nothing of it is kept or counted."""
    contacts.throw_away(office, about, by=caller, request=repeat)
    return Response(status_code=204)


def slip_told(one: contacts.Kept, words: Words) -> shapes.KeptSlip:
    """A slip as it is answered."""
    told = one.told
    return shapes.KeptSlip(
        id=one.id,
        version=one.version,
        month=told.month,
        channel=told.channel,
        language=told.language,
        issues=_coded(told.issues, words),
        done=list(told.done),
        route=told.route,
        personnel=told.personnel,
        region=told.region,
        until=one.until,
    )


def _coded(codes: tuple[str, ...], words: Words) -> list[Coded]:
    return [Coded(code=code, label=label(code, words.language)) for code in codes]
