"""The structure of the house at the council's door: at two dates, between two days, post by post, and as files."""

from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Depends, Query, Response

from actions.days import Day
from actions.structure import Load, allowed, differences, load, organisation
from actions.structure_export import TYPES, exported
from actions.structure_posts import posts
from api import structure_shapes as shapes
from api import structure_telling
from api.asking import OfficeDep, PersonDep
from api.bodies import reads
from api.contract import needs
from api.repeating import RepeatDep

router = APIRouter(tags=["structure"])
AsOf = Annotated[Day | None, Query(description="As it stands on this day; left out: today.")]
KnownAt = Annotated[Day | None, Query(description="As it was known on this day; left out: today.")]
Format = Literal["turtle", "csv", "mermaid"]
Table = Literal["units", "functions", "posts", "changes"]
_ENDINGS: Final = {"turtle": "ttl", "csv": "csv", "mermaid": "mmd"}


def _with_files(declared: dict[str, Any]) -> dict[str, Any]:
    """What a route declares, and the files it answers with."""
    content = {kind: {"schema": {"type": "string"}} for kind in TYPES.values()}
    return declared | {"responses": declared["responses"] | {200: {"description": "The file", "content": content}}}


def _may_load(office: OfficeDep, person: PersonDep) -> None:
    allowed(office, "load", by=person.person)


@router.get("/v1/structure", **needs("structure.read", 404, 422))
def show_structure(office: OfficeDep, person: PersonDep, as_of: AsOf = None, known_at: KnownAt = None) -> shapes.Structure:
    """Units, functions and posts, each with where what last changed it is written."""
    return structure_telling.structure(organisation(office, as_of, known_at, by=person.person))


@router.post("/v1/structure", status_code=201, **needs("structure.load", 404, 409, body=Load))
def load_structure(
    office: OfficeDep,
    person: PersonDep,
    _: Annotated[None, Depends(_may_load)],
    repeat: RepeatDep,
    told: Annotated[Load, Depends(reads(Load))],
) -> shapes.Loaded:
    """Register the structure that the house has, once. What changes it later is a proposal."""
    done = load(office, told, by=person.person, request=repeat)
    return shapes.Loaded(registration=done.registration, operations=done.operations)


@router.get("/v1/structure/diff", **needs("structure.read", 404, 422))
def compare_structure(
    office: OfficeDep,
    person: PersonDep,
    since: Annotated[Day, Query(alias="from")],
    until: Annotated[Day, Query(alias="to")],
    known_at: KnownAt = None,
) -> shapes.Differences:
    """What differs between two days, by identity."""
    return structure_telling.differences([*differences(office, since, until, known_at, by=person.person)])


@router.get("/v1/structure/export", response_class=Response, **_with_files(needs("structure.read", 404, 422)))
def export_structure(
    office: OfficeDep,
    person: PersonDep,
    format: Annotated[Format, Query()],
    table: Annotated[Table, Query(description="Which table, of csv.")] = "units",
    as_of: AsOf = None,
    known_at: KnownAt = None,
) -> Response:
    """The structure as W3C ORG in Turtle, as a table in CSV, or drawn in Mermaid."""
    text = exported(office, format, table, as_of, known_at, by=person.person)
    name = f"{table if format == 'csv' else 'structure'}.{_ENDINGS[format]}"
    return Response(text, media_type=TYPES[format], headers={"Content-Disposition": f'attachment; filename="{name}"'})


@router.get("/v1/posts", **needs("structure.read", 404, 422))
def list_posts(office: OfficeDep, person: PersonDep, as_of: AsOf = None, known_at: KnownAt = None) -> shapes.Posts:
    """The ledger of posts: from when to when, in which unit, on which fund and grade. Without `as_of`: over all dates."""
    return structure_telling.posts(posts(office, as_of, known_at, by=person.person))
