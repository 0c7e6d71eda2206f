"""What the rules say of a version of a proposal: what blocks, what warns, what informs; and letting a warning pass by name."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Response
from starlette.requests import Request

from actions import looking, versions
from actions.structure import allowed as structure_allowed
from api import structure_shapes as shapes
from api import structure_telling
from api.asking import OfficeDep, PersonDep
from api.contract import needs
from api.council_pages.matters import Asking
from api.council_pages.proposals import around, versions_seen
from api.council_pages.proposals_text import permitted
from api.kinds_routes import IdDep, WordsDep
from api.pages.forms import Form, make_form
from api.pages.showing import here, href, show
from api.versions import Number
from structure.rule import Severity

router = APIRouter(prefix="/proposals/{id}", include_in_schema=False)
Place = Annotated[int | None, Query(ge=0, le=100_000, description="The finding to let pass, by its place.")]
SEVERITIES: Final = (Severity.BLOCKS, Severity.WARNS, Severity.INFORMS)


@router.get("/findings", **needs("proposal.read", 404, 409, 422))
def show_findings(
    request: Request,
    office: OfficeDep,
    person: PersonDep,
    words: WordsDep,
    about: IdDep,
    version: Number = None,
    waive: Place = None,
) -> Response:
    """The findings of today, the gravest first."""
    asking = Asking(request, office, person.person, words, "proposal", about)
    seen = looking.one(office, "proposal", about, by=person.person)
    found = versions_seen(office, about, person.person)
    data = around(request, seen, found, "findings") | {"found": None, "waiving": None, "groups": (), "form": None}
    if found:
        told = structure_telling.findings(versions.findings_of(office, about, version, by=person.person), words)
        may = told.version == found[-1].number and permitted(lambda: structure_allowed(office, "waive", by=person.person))
        lines = [(place, one) for place, one in enumerate(told.findings)]
        chosen = next((one for place, one in lines if place == waive and may and can_pass(one)), None)
        data |= {
            "found": told,
            "groups": [(severity, _of(lines, severity, request, may)) for severity in SEVERITIES],
            "waiving": chosen,
            "form": None if chosen is None else _waive(asking, seen.matter.version, chosen),
        }
    return show(request, "council/proposal_findings.html", data)


def can_pass(one: shapes.FindingLine) -> bool:
    """Whether a person may let it pass by name: only a warning that the plan itself gives, and only once."""
    return one.severity == Severity.WARNS and not one.waived and not one.inherited


def _of(lines: list[tuple[int, shapes.FindingLine]], severity: str, request: Request, may: bool) -> list[dict[str, Any]]:
    return [
        {"line": one, "waive": here(request, waive=str(place)) if may and can_pass(one) else ""}
        for place, one in lines
        if one.severity == severity
    ]


def _waive(asking: Asking, version: int, one: shapes.FindingLine) -> Form:
    return make_form(
        asking.request,
        "POST",
        f"/v1/proposals/{asking.about}/findings/waivers",
        next=href(asking.request, asking.request.url.path),
        done="finding_waived",
        version=version,
        fixed={"rule": one.rule, "sort": one.sort, "subject": one.subject},
        scope="finding",
    )
