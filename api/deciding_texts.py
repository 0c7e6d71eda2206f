"""Amendments, committees' advice, and two texts side by side, at the council's door."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from actions import deciding_advice as advice
from actions import deciding_texts as texts
from actions.deciding_acts import KIND
from api import deciding_shapes as shapes
from api import deciding_telling as tells
from api import shapes as matters
from api.asking import OfficeDep, PersonDep
from api.bodies import reads
from api.contract import needs
from api.deciding import DecideDep, Doing, doing
from api.kinds_routes import IdDep, WordsDep, visible
from policies.decisions import Language

router = APIRouter(prefix="/v1/proposals/{id}", tags=["deciding"])
AmendDep = Annotated[Doing, doing("amend")]
Number = Annotated[int, Query(ge=1, le=9999, description="Of a version.")]


def _amends(body: Any) -> dict[str, Any]:
    return needs("deciding.amend", 404, 409, 412, body=body)


@router.get("/amendments", **needs("proposal.read", 404))
def list_amendments(office: OfficeDep, person: PersonDep, words: WordsDep, about: IdDep) -> shapes.Amendments:
    """All amendments, and where those to the newest version cannot both be carried out."""
    return tells.amendments(texts.amendments_of(office, about, by=person.person), words)


@router.post("/amendments", status_code=201, **_amends(texts.NewAmendment))
def propose_amendment(
    doing: AmendDep, told: Annotated[texts.NewAmendment, Depends(reads(texts.NewAmendment))]
) -> matters.Summary:
    """Take down an amendment to the newest version, by paragraphs."""
    return doing.do(texts.amending(told))


@router.post("/amendments/carry-out", status_code=201, **_amends(texts.CarryingOut))
def carry_out_amendments(
    doing: AmendDep, told: Annotated[texts.CarryingOut, Depends(reads(texts.CarryingOut))]
) -> matters.Summary:
    """Make a version with these amendments. Languages that one of them does not speak wait for a translation."""
    return doing.do(texts.carrying_out(told))


@router.get("/comparison", **needs("proposal.read", 404, 422))
def compare_versions(
    office: OfficeDep, person: PersonDep, about: IdDep, first: Number, second: Number, language: Annotated[Language, Query()]
) -> shapes.Comparison:
    """Two versions side by side in one language: a help for the eye, and no judgement."""
    return tells.comparison(texts.compared(office, about, first, second, language, by=person.person))


@router.post("/comparison", **needs("proposal.read", 404, body=texts.Beside))
def compare_text(
    office: OfficeDep,
    person: PersonDep,
    about: Annotated[UUID, Depends(visible(KIND))],
    told: Annotated[texts.Beside, Depends(reads(texts.Beside))],
    version: Annotated[int | None, Query(ge=1, le=9999, description="Of this version; left out: the newest.")] = None,
) -> shapes.Comparison:
    """A version beside another text, such as the order that carries it out. Nothing is kept."""
    return tells.comparison(texts.laid_beside(office, about, version, told, by=person.person))


@router.get("/advice", **needs("proposal.read", 404))
def list_advice(office: OfficeDep, person: PersonDep, about: IdDep) -> shapes.AllAdvice:
    """What committees advised, and where the body decided otherwise."""
    return shapes.AllAdvice(advice=[tells.advice(one) for one in advice.advice_of(office, about, by=person.person)])


@router.post("/advice", status_code=201, **needs("deciding.decide", 404, 409, 412, body=advice.NewAdvice))
def take_advice(doing: DecideDep, told: Annotated[advice.NewAdvice, Depends(reads(advice.NewAdvice))]) -> matters.Summary:
    """Take down what a committee advises. It moves nothing by itself."""
    return doing.do(advice.advising(told))
