"""Versions of a proposal at the council's door: added, read, judged, waived; what they would do, and do to each other."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response
from pydantic import StringConstraints

from actions import merging
from actions import versions as acts
from actions.days import Day
from actions.impact import impact_of
from actions.kinds.proposal_shapes import NewVersion
from actions.merging import NewMerge
from actions.simulating import what_if
from actions.structure import allowed
from actions.structure_holders import sees_holders
from actions.versions import FindingWaiver
from api import shapes as matters
from api import structure_record_shapes, structure_record_telling, structure_telling, telling
from api import structure_shapes as shapes
from api.asking import OfficeDep, PersonDep
from api.bodies import reads
from api.contract import needs
from api.kinds_routes import IdDep, VersionDep, WordsDep, visible
from api.repeating import RepeatDep
from structure.merging import Choice

router = APIRouter(prefix="/v1/proposals/{id}", tags=["proposal"])
Number = Annotated[int | None, Query(ge=1, le=9999, description="Of this version; left out: the newest.")]
OneChoice = Annotated[str, StringConstraints(max_length=520, pattern=r"^[^\x00]+=(ours|theirs|both)$")]
Choices = Annotated[
    list[OneChoice] | None,
    Query(alias="choose", max_length=merging.MOST_CHOICES, description="CONFLICT=ours, =theirs or =both; repeat."),
]


VisibleDep = Annotated[UUID, Depends(visible(acts.KIND))]


def _may_add(office: OfficeDep, person: PersonDep, about: VisibleDep) -> UUID:
    allowed(office, "version", by=person.person)
    return about


def _may_waive(office: OfficeDep, person: PersonDep, about: VisibleDep) -> UUID:
    allowed(office, "waive", by=person.person)
    return about


@router.get("/versions", **needs("proposal.read", 404, 409))
def list_versions(office: OfficeDep, person: PersonDep, about: IdDep) -> shapes.Versions:
    """Every version, the first one first."""
    found = acts.versions_of(office, about, by=person.person)
    merged = merging.merges_of(office, about, by=person.person)
    holders = sees_holders(office, by=person.person)
    lines = [structure_telling.version(row, merged.get(row.number), holders=holders) for row in found]
    return shapes.Versions(versions=lines)


@router.post("/versions", status_code=201, **needs("structure.version", 404, 409, 412, body=NewVersion))
def add_version(
    response: Response,
    office: OfficeDep,
    person: PersonDep,
    words: WordsDep,
    about: Annotated[UUID, Depends(_may_add)],
    version: VersionDep,
    repeat: RepeatDep,
    told: Annotated[NewVersion, Depends(reads(NewVersion))],
) -> matters.Summary:
    """Put a version in the place of the newest one, which its author must have seen."""
    changed = acts.add_version(office, about, told, by=person.person, version=version, request=repeat)
    response.headers["ETag"] = f'"{changed.version}"'
    return telling.summary(changed, words)


@router.get("/findings", **needs("proposal.read", 404, 409, 422))
def show_findings(office: OfficeDep, person: PersonDep, words: WordsDep, about: IdDep, version: Number = None) -> shapes.Findings:
    """What the rules say today of a version: what blocks, what warns, what only informs."""
    return structure_telling.findings(acts.findings_of(office, about, version, by=person.person), words)


@router.post("/findings/waivers", status_code=201, **needs("structure.waive", 404, 409, 412, body=FindingWaiver))
def waive_finding(
    response: Response,
    office: OfficeDep,
    person: PersonDep,
    words: WordsDep,
    about: Annotated[UUID, Depends(_may_waive)],
    version: VersionDep,
    repeat: RepeatDep,
    told: Annotated[FindingWaiver, Depends(reads(FindingWaiver))],
) -> matters.Summary:
    """Let a warning pass by name: who, by which authority, why, until when. What blocks cannot be waived."""
    changed = acts.waive_finding(office, about, told, by=person.person, version=version, request=repeat)
    response.headers["ETag"] = f'"{changed.version}"'
    return telling.summary(changed, words)


@router.get("/impact", **needs("proposal.read", 404, 409, 422))
def show_impact(office: OfficeDep, person: PersonDep, about: IdDep, version: Number = None) -> shapes.Impact:
    """Whom a version touches."""
    return structure_telling.impact(impact_of(office, about, version, by=person.person))


@router.get("/simulation", **needs("proposal.read", 404, 409, 422))
def show_simulation(
    office: OfficeDep,
    person: PersonDep,
    words: WordsDep,
    about: IdDep,
    version: Number = None,
    on: Annotated[Day | None, Query(description="On this day; left out: after the last change.")] = None,
) -> structure_record_shapes.WhatIf:
    """What the house would be with a version, beside what it will be without it. Nothing is written."""
    found = what_if(office, about, version, on, by=person.person)
    return structure_record_telling.what_if(found, impact_of(office, about, version, by=person.person), words)


@router.get("/merge", **needs("proposal.read", 404, 409, 422))
def show_merge(
    office: OfficeDep,
    person: PersonDep,
    words: WordsDep,
    about: IdDep,
    other: Annotated[UUID, Query(alias="with", description="Another open proposal.")],
    choices: Choices = None,
) -> shapes.Merge:
    """What two proposals do to each other, with the choices made so far. Nothing is written."""
    pairs = [(conflict, Choice(choice)) for conflict, _, choice in (one.rpartition("=") for one in choices or ())]
    return structure_telling.merge(merging.merge(office, about, other, pairs, by=person.person), words)


@router.post("/merge", status_code=201, **needs("structure.version", 404, 409, 412, body=NewMerge))
def add_merged(
    response: Response,
    office: OfficeDep,
    person: PersonDep,
    words: WordsDep,
    about: Annotated[UUID, Depends(_may_add)],
    version: VersionDep,
    repeat: RepeatDep,
    told: Annotated[NewMerge, Depends(reads(NewMerge))],
) -> matters.Summary:
    """Make what two proposals come to, every conflict decided, the next version of this one. The other stays as it is."""
    changed = merging.add_merged(office, about, told, by=person.person, version=version, request=repeat)
    response.headers["ETag"] = f'"{changed.version}"'
    return telling.summary(changed, words)
