"""The register of officers at the council's door: who holds an office, who acts, who is accredited, whose turn it is to chair."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from actions import officers as acts
from actions.kinds.house import Day
from actions.officers_shapes import LineEnding, NewAccreditation, NewActing, NewHolder
from actions.powers import KIND, powers_of, signatures_of
from api import officers_shapes as shapes
from api import officers_telling as telling
from api.asking import OfficeDep, PersonDep
from api.bodies import reads
from api.contract import needs
from api.kinds_routes import IdDep, WordsDep
from api.repeating import RepeatDep
from api.versions import Number
from states.calendars import FIRST_YEAR, LAST_YEAR

router = APIRouter(tags=["officers"])


def _may_record(office: OfficeDep, person: PersonDep) -> None:
    acts.allowed(office, "record", by=person.person)


RecorderDep = Annotated[None, Depends(_may_record)]


@router.get("/v1/officers", **needs("officers.read", 404, 422))
def show_officers(
    office: OfficeDep,
    person: PersonDep,
    words: WordsDep,
    on: Annotated[Day | None, Query(description="On this day; left out: today.")] = None,
) -> shapes.Officers:
    """Who holds which office and who acts, whom delegations have, who chairs and who presides, on a day."""
    return telling.officers(acts.officers_on(office, on, by=person.person), words)


@router.get("/v1/officers/chair", **needs("officers.read", 404, 422))
def show_chairs(
    office: OfficeDep, person: PersonDep, words: WordsDep, year: Annotated[int, Query(ge=FIRST_YEAR, le=LAST_YEAR)]
) -> shapes.ChairTerms:
    """Whose turn it is to chair, term by term: by the order, and as the register tells it was."""
    return telling.terms(year, acts.year_of_chairs(office, year, by=person.person), words)


@router.post("/v1/officers/accreditations", status_code=201, **needs("officers.record", 404, 409, body=NewAccreditation))
def add_accreditation(
    office: OfficeDep,
    person: PersonDep,
    _: RecorderDep,
    repeat: RepeatDep,
    told: Annotated[NewAccreditation, Depends(reads(NewAccreditation))],
) -> shapes.OfficerLine:
    """A state has sent somebody: as what, from which day on. One head of a delegation at a time."""
    return shapes.OfficerLine(id=acts.accredit(office, told, by=person.person, request=repeat))


@router.post("/v1/officers/holders", status_code=201, **needs("officers.record", 404, 409, body=NewHolder))
def add_holder(
    office: OfficeDep, person: PersonDep, _: RecorderDep, repeat: RepeatDep, told: Annotated[NewHolder, Depends(reads(NewHolder))]
) -> shapes.OfficerLine:
    """Somebody holds an office; of the chair and the vice-chair, a country does, whatever the order says."""
    return shapes.OfficerLine(id=acts.hold_office(office, told, by=person.person, request=repeat))


@router.post("/v1/officers/acting", status_code=201, **needs("officers.record", 404, 409, body=NewActing))
def add_acting(
    office: OfficeDep, person: PersonDep, _: RecorderDep, repeat: RepeatDep, told: Annotated[NewActing, Depends(reads(NewActing))]
) -> shapes.OfficerLine:
    """Somebody acts for an office, or takes some of its powers: for which purposes, from when to when, by which instrument."""
    return shapes.OfficerLine(id=acts.let_act(office, told, by=person.person, request=repeat))


@router.post("/v1/officers/{id}/end", status_code=201, **needs("officers.record", 404, 409, body=LineEnding))
def end_line(
    office: OfficeDep,
    person: PersonDep,
    about: IdDep,
    _: RecorderDep,
    repeat: RepeatDep,
    told: Annotated[LineEnding, Depends(reads(LineEnding))],
) -> shapes.OfficerLine:
    """A line of the register ended, or will."""
    return shapes.OfficerLine(id=acts.end_line(office, about, told, by=person.person, request=repeat))


@router.post("/v1/officers/{id}/revoke", status_code=201, **needs("officers.record", 404, 409, body=LineEnding))
def revoke_acting(
    office: OfficeDep,
    person: PersonDep,
    about: IdDep,
    _: RecorderDep,
    repeat: RepeatDep,
    told: Annotated[LineEnding, Depends(reads(LineEnding))],
) -> shapes.OfficerLine:
    """Whoever gave a power takes it back, from a day on that has not passed. What was done under it stands."""
    return shapes.OfficerLine(id=acts.revoke(office, about, told, by=person.person, request=repeat))


@router.get(f"/v1/{KIND}s/{{id}}/powers", **needs(f"{KIND}.read", 404, 409, 422))
def show_powers(office: OfficeDep, person: PersonDep, words: WordsDep, about: IdDep, version: Number = None) -> shapes.Powers:
    """The delegations a version is judged by: those in the register, and those its author told, which say so."""
    return telling.powers(powers_of(office, about, version, by=person.person), words)


@router.get(f"/v1/{KIND}s/{{id}}/signatures", **needs(f"{KIND}.read", 404))
def show_signatures(office: OfficeDep, person: PersonDep, words: WordsDep, about: IdDep) -> shapes.Signatures:
    """As what each order was signed, by what the register knows. What it does not know is said, and is no fault."""
    return telling.signatures(signatures_of(office, about, by=person.person), words)
