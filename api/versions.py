"""Versions of a proposal at the council's door: added, read, judged, waived, compared."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from actions import versions as acts
from actions.impact import impact_of
from actions.kinds.proposal_shapes import NewVersion
from actions.structure import allowed
from actions.versions import FindingWaiver
from api import shapes as matters
from api import structure_shapes as shapes
from api import structure_telling, telling
from api.asking import OfficeDep, PersonDep
from api.bodies import reads
from api.contract import needs
from api.kinds_routes import IdDep, VersionDep, WordsDep, visible
from api.repeating import RepeatDep

router = APIRouter(prefix="/v1/proposals/{id}", tags=["proposal"])
Number = Annotated[int | None, Query(ge=1, le=9999, description="Of this version; left out: the newest.")]


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
    return shapes.Versions(versions=[structure_telling.version(row) for row in found])


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


@router.get("/merge", **needs("proposal.read", 404, 409, 422))
def show_merge(
    office: OfficeDep,
    person: PersonDep,
    words: WordsDep,
    about: IdDep,
    other: Annotated[UUID, Query(alias="with", description="Another open proposal.")],
) -> shapes.Merge:
    """What two proposals do to each other. Nothing is chosen."""
    return structure_telling.merge(acts.merge(office, about, other, by=person.person), words)
