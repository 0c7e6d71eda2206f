"""What the office writes down about itself. This file names no case.

GET, POST    /v1/independence        entries on what stood in the way, and vacancies; write one
PUT          /v1/independence/{id}   say it again, words and all; nothing is taken out
GET, POST    /v1/outreach            the log; write a line
PUT, DELETE  /v1/outreach/{id}       say it again; take it out
"""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Response

from actions import office_record, outreach, vacancies
from actions.office_record_shapes import IndependenceEntry, OutreachLine
from api import desk_record_shapes as shapes
from api.bodies import reads
from api.contract import needs
from api.desk_asking import CallerDep, OfficeDep
from api.kinds_routes import IdDep, VersionDep
from api.repeating import BareRepeatDep, RepeatDep

router = APIRouter(tags=["record"])


def entry_asked(office: OfficeDep, caller: CallerDep, about: IdDep) -> UUID:
    """The entry in the path, before a body is read. Raises NotFound."""
    return office_record.one_entry(office, about, by=caller).row.id


def line_asked(office: OfficeDep, caller: CallerDep, about: IdDep) -> UUID:
    """The line in the path, before a body is read. Raises NotFound."""
    return outreach.one_line(office, about, by=caller).id


EntryDep = Annotated[UUID, Depends(entry_asked)]
LineDep = Annotated[UUID, Depends(line_asked)]
EntryToldDep = Annotated[IndependenceEntry, Depends(reads(IndependenceEntry))]
LineToldDep = Annotated[OutreachLine, Depends(reads(OutreachLine))]


@router.get("/v1/independence", **needs("independence.read", 409))
def show_independence(office: OfficeDep, caller: CallerDep) -> shapes.Independence:
    """All entries with the words that your key opens, and when offices were empty. Looking changes nothing."""
    return shapes.Independence(
        entries=[entry_told(one) for one in office_record.entries(office, by=caller)],
        vacancies=[
            shapes.VacancyShown(role=one.role, since=one.since, until=one.until) for one in vacancies.vacancies(office, by=caller)
        ],
    )


@router.post("/v1/independence", status_code=201, **needs("independence.write", 409, body=IndependenceEntry))
def create_entry(office: OfficeDep, caller: CallerDep, repeat: RepeatDep, told: EntryToldDep) -> shapes.EntryMade:
    """Write an entry down. Its words are sealed to everybody who is in the office today."""
    return shapes.EntryMade(id=office_record.record(office, told, by=caller, request=repeat))


@router.put("/v1/independence/{id}", status_code=204, **needs("independence.write", 404, 409, 412, body=IndependenceEntry))
def change_entry(
    office: OfficeDep, caller: CallerDep, about: EntryDep, version: VersionDep, repeat: RepeatDep, told: EntryToldDep
) -> Response:
    """Say it again, words and all: that access was given after all, or what was decided."""
    office_record.change(office, about, told, by=caller, version=version, request=repeat)
    return Response(status_code=204)


@router.get("/v1/outreach", **needs("outreach.read", 409))
def show_outreach(office: OfficeDep, caller: CallerDep) -> shapes.Outreach:
    """The whole log."""
    return shapes.Outreach(lines=[line_told(one) for one in outreach.log(office, by=caller)])


@router.post("/v1/outreach", status_code=201, **needs("outreach.write", 409, body=OutreachLine))
def create_line(office: OfficeDep, caller: CallerDep, repeat: RepeatDep, told: LineToldDep) -> shapes.EntryMade:
    """Write a line."""
    return shapes.EntryMade(id=outreach.record(office, told, by=caller, request=repeat))


@router.put("/v1/outreach/{id}", status_code=204, **needs("outreach.write", 404, 409, 412, body=OutreachLine))
def change_line(
    office: OfficeDep, caller: CallerDep, about: LineDep, version: VersionDep, repeat: RepeatDep, told: LineToldDep
) -> Response:
    """Say it again."""
    outreach.change(office, about, told, by=caller, version=version, request=repeat)
    return Response(status_code=204)


@router.delete("/v1/outreach/{id}", status_code=204, **needs("outreach.write", 400, 404, 409, 422))
def take_line_out(office: OfficeDep, caller: CallerDep, about: IdDep, repeat: BareRepeatDep) -> Response:
    """Take a line out that never should have been there."""
    outreach.take_out(office, about, by=caller, request=repeat)
    return Response(status_code=204)


def entry_told(one: office_record.Entered) -> shapes.EntryShown:
    """An entry as it is answered."""
    row = one.row
    return shapes.EntryShown(
        id=row.id,
        version=row.version,
        kind=row.kind,
        on=row.on_day,
        thing=row.thing,
        unit=one.unit,
        refused_on=row.refused_on,
        given_on=row.given_on,
        currency=row.currency,
        asked_amount=row.asked_amount,
        given_amount=row.given_amount,
        text=one.text,
        closed=one.closed,
        written_on=row.written_on,
    )


def line_told(row: outreach.Line) -> shapes.LineShown:
    """A line as it is answered."""
    return shapes.LineShown(
        id=row.id,
        version=row.version,
        on=row.on_day,
        sort=row.sort,
        region=row.region,
        language=row.language,
        people=row.people,
    )
