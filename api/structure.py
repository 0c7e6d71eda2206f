"""The structure of the house at the council's door: at two dates, between two days, post by post, and as files."""

from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Depends, Query, Response

from actions.days import Day
from actions.structure import Load, allowed, differences, load, organisation
from actions.structure_export import TYPES, exported, flow, ledger_table
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
Filter = Annotated[str | None, Query(max_length=500, pattern=r"^[^\x00]*$", description="Only these.")]
Format = Literal["turtle", "csv", "mermaid"]
Table = Literal["units", "functions", "posts", "changes"]
_ENDINGS: Final = {"turtle": "ttl", "csv": "csv", "mermaid": "mmd"}


def _with_files(declared: dict[str, Any]) -> dict[str, Any]:
    """What a route declares, and the files it answers with."""
    content = {kind: {"schema": {"type": "string"}} for kind in TYPES.values()}
    return declared | {"responses": declared["responses"] | {200: {"description": "The file", "content": content}}}


def _file(text: str, kind: str, name: str) -> Response:
    return Response(text, media_type=TYPES[kind], headers={"Content-Disposition": f'attachment; filename="{name}"'})


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
    return _file(text, format, f"{table if format == 'csv' else 'structure'}.{_ENDINGS[format]}")


@router.get("/v1/structure/flow", response_class=Response, **_with_files(needs("structure.read", 404, 422)))
def draw_flow(
    office: OfficeDep,
    person: PersonDep,
    since: Annotated[Day, Query(alias="from")],
    until: Annotated[Day | None, Query(alias="to", description="Left out: today.")] = None,
    known_at: KnownAt = None,
) -> Response:
    """Which functions went from which unit to which between two days, drawn in Mermaid."""
    return _file(flow(office, since, until, known_at, by=person.person), "mermaid", "flow.mmd")


@router.get("/v1/posts", **needs("structure.read", 404, 422))
def list_posts(
    office: OfficeDep,
    person: PersonDep,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    unit: Filter = None,
    fund: Filter = None,
) -> shapes.Posts:
    """The ledger of posts: from when to when, in which unit, on which fund and grade. Without `as_of`: over all dates."""
    return structure_telling.posts(posts(office, as_of, known_at, by=person.person, unit=unit, fund=fund))


@router.get("/v1/posts.csv", response_class=Response, **_with_files(needs("structure.read", 404, 422)))
def export_posts(
    office: OfficeDep,
    person: PersonDep,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    unit: Filter = None,
    fund: Filter = None,
) -> Response:
    """The ledger of posts as a table. Who holds a post is not in it."""
    return _file(ledger_table(posts(office, as_of, known_at, by=person.person, unit=unit, fund=fund)), "csv", "posts.csv")
