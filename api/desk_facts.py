"""What is said of a case in codes, for the reports. This file names no kind.

GET, PUT  /v1/<kind>s/{id}/facts        where, who, what about, about one head or not; of cases that are kept
GET       /v1/facts/missing, /choices   what is still to be said of one's own cases; what can be said
"""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Response

from actions import desk_facts
from actions.kernel.kind import Kind
from api import desk_facts_shapes as facts_shapes
from api import shapes
from api.bodies import reads
from api.contract import needs
from api.desk_asking import CallerDep, OfficeDep
from api.desk_matters import answered, seat_asked
from api.kinds_routes import IdDep, VersionDep, WordsDep
from api.repeating import RepeatDep
from api.words import Words
from policies.categories import label

router = APIRouter(prefix="/v1/facts", tags=["facts"])


def facts_of(kind: Kind) -> APIRouter:
    """The facts of one kind; none where nothing can be said of it."""
    made = APIRouter(prefix=f"/v1/{kind.name}s", tags=[kind.name])
    if desk_facts.is_classified(kind):
        _add_facts(made, kind.name)
    return made


def _add_facts(made: APIRouter, name: str) -> None:
    @made.get("/{id}/facts", name=f"show_facts_of_{name}", **needs(f"{name}.read", 404))
    def show_facts(response: Response, office: OfficeDep, caller: CallerDep, words: WordsDep, about: IdDep) -> facts_shapes.Facts:
        """What is said of it. This opens nothing, so she sees nothing of it."""
        said = desk_facts.classified(office, name, about, by=caller)
        response.headers["ETag"] = f'"{said.version}"'
        return facts_shapes.Facts(
            station=said.station,
            personnel=said.personnel,
            about=said.about,
            issues=_coded(said.issues, words),
            on=said.on,
            same_head=list(said.same_head),
        )

    body = desk_facts.Classification

    @made.put("/{id}/facts", name=f"set_facts_of_{name}", **needs(f"{name}.note", 404, 409, 412, body=body))
    def set_facts(
        response: Response,
        office: OfficeDep,
        caller: CallerDep,
        words: WordsDep,
        about: Annotated[UUID, Depends(seat_asked(name))],
        version: VersionDep,
        repeat: RepeatDep,
        told: Annotated[desk_facts.Classification, Depends(reads(body))],
    ) -> shapes.Summary:
        """Say it, in the place of what was said before. No name is told: of a head, only that it is the same one."""
        changed = desk_facts.classify(office, name, about, told, by=caller, version=version, request=repeat)
        return answered(changed, response, words)


@router.get("/missing", **needs("facts.read"))
def show_missing(office: OfficeDep, caller: CallerDep) -> facts_shapes.Missing:
    """Of which of your cases nobody has said whom they are about."""
    found = desk_facts.unclassified(office, by=caller)
    return facts_shapes.Missing(count=len(found), cases=list(found))


@router.get("/choices", **needs("facts.read"))
def show_choices(office: OfficeDep, _: CallerDep, words: WordsDep) -> facts_shapes.Choices:
    """Every code that can be said."""
    can = desk_facts.choices(office)
    return facts_shapes.Choices(stations=list(can.stations), personnel=list(can.personnel), issues=_coded(can.issues, words))


def _coded(codes: tuple[str, ...], words: Words) -> list[facts_shapes.Coded]:
    return [facts_shapes.Coded(code=code, label=label(code, words.language)) for code in codes]
