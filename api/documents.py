"""Documents of bodies at the council's door: numbered, followed language by language, corrected, made void.

GET, POST  /v1/documents                    the register; give a document its number
GET        /v1/documents/series             the series of the house, and the last number of each
GET        /v1/documents/{id}               one document: which languages are missing, and until when
POST       /v1/documents/{id}/parts         a revision, correction or addendum of it
POST       /v1/documents/{id}/stamps        steps of languages: requested, received, revised, distributed
POST       /v1/documents/{id}/corrections   a correction in one language
POST       /v1/documents/{id}/void, /wanted
"""

from collections.abc import Callable
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from actions import document_looking, documents
from actions.document_looking import MOST
from actions.document_shapes import NewCorrection, NewDocument, NewPart, Stamps, Voided, WantedAt
from api import document_shapes as shapes
from api import document_telling as telling
from api.asking import OfficeDep, PersonDep
from api.bodies import reads
from api.contract import needs
from api.kinds_routes import IdDep, VersionDep, WordsDep
from api.repeating import RepeatDep
from policies.documents import Act

router = APIRouter(prefix="/v1/documents", tags=["document"])
Lacking = Literal["any", "en", "es", "pt", "fr"]
Series = Annotated[str | None, Query(max_length=60, pattern=r"^[a-z][a-z0-9_]*$", description="One of the house's series.")]


def _may_register(office: OfficeDep, person: PersonDep) -> None:
    documents.allowed(office, "register", by=person.person)


def _may(act: Act) -> Callable[..., UUID]:
    def judged(office: OfficeDep, person: PersonDep, about: IdDep) -> UUID:
        documents.allowed(office, act, about, by=person.person)
        return about

    return judged


@router.get("", **needs("document.read", 404, 422))
def list_documents(
    office: OfficeDep,
    person: PersonDep,
    words: WordsDep,
    series: Series = None,
    year: Annotated[int | None, Query(ge=1948, le=2099)] = None,
    meeting: Annotated[int | None, Query(ge=1, le=999_999, description="Number of the body's meeting.")] = None,
    missing: Annotated[Lacking | None, Query(description="A language in which they did not go out, or any.")] = None,
    proposal: Annotated[UUID | None, Query(description="Those that carry a version of this proposal.")] = None,
    after: Annotated[UUID | None, Query(description="The `after` of the page before.")] = None,
    limit: Annotated[int, Query(ge=1, le=MOST)] = 100,
) -> shapes.Documents:
    """Documents, the newest first."""
    found = document_looking.page(
        office,
        by=person.person,
        series=series,
        year=year,
        meeting=meeting,
        lacking=missing,
        proposal=proposal,
        after=after,
        most=limit,
    )
    return telling.page(found, words)


@router.post("", status_code=201, **needs("document.register", 404, 409, body=NewDocument))
def register_document(
    response: Response,
    office: OfficeDep,
    person: PersonDep,
    _: Annotated[None, Depends(_may_register)],
    repeat: RepeatDep,
    told: Annotated[NewDocument, Depends(reads(NewDocument))],
) -> shapes.DocumentKept:
    """Give a document the next number of its series, or the one it was told."""
    return _kept(documents.register(office, told, by=person.person, request=repeat), response)


@router.get("/series", **needs("document.read", 404))
def list_series(office: OfficeDep, person: PersonDep) -> shapes.SeriesList:
    """Every series of the house: how its numbers run, what they need, and the last one given."""
    return telling.series(document_looking.series(office, by=person.person))


@router.get("/{id}", **needs("document.read", 404))
def show_document(
    response: Response, office: OfficeDep, person: PersonDep, words: WordsDep, about: IdDep
) -> shapes.DocumentShown:
    """One document, language by language."""
    shown = document_looking.one(office, about, by=person.person)
    response.headers["ETag"] = f'"{shown.document.version}"'
    return telling.document(shown, words)


@router.post("/{id}/parts", status_code=201, **needs("document.register", 404, 409, 412, body=NewPart))
def register_part(
    response: Response,
    office: OfficeDep,
    person: PersonDep,
    about: Annotated[UUID, Depends(_may("register"))],
    version: VersionDep,
    repeat: RepeatDep,
    told: Annotated[NewPart, Depends(reads(NewPart))],
) -> shapes.DocumentKept:
    """Register a revision, correction or addendum. If-Match is about the document it belongs to."""
    return _kept(documents.register_part(office, about, told, by=person.person, version=version, request=repeat), response)


@router.post("/{id}/stamps", status_code=201, **needs("document.stamp", 404, 409, 412, body=Stamps))
def stamp_languages(
    response: Response,
    office: OfficeDep,
    person: PersonDep,
    about: Annotated[UUID, Depends(_may("stamp"))],
    version: VersionDep,
    repeat: RepeatDep,
    told: Annotated[Stamps, Depends(reads(Stamps))],
) -> shapes.DocumentKept:
    """Write down how far languages are: all of these steps, or none."""
    return _kept(documents.stamp(office, about, told, by=person.person, version=version, request=repeat), response)


@router.post("/{id}/corrections", status_code=201, **needs("document.correct", 404, 409, 412, body=NewCorrection))
def correct_language(
    response: Response,
    office: OfficeDep,
    person: PersonDep,
    about: Annotated[UUID, Depends(_may("correct"))],
    version: VersionDep,
    repeat: RepeatDep,
    told: Annotated[NewCorrection, Depends(reads(NewCorrection))],
) -> shapes.DocumentKept:
    """Write down a correction in one language. The hash before stays."""
    return _kept(documents.correct(office, about, told, by=person.person, version=version, request=repeat), response)


@router.post("/{id}/void", status_code=201, **needs("document.void", 404, 409, 412, body=Voided))
def void_document(
    response: Response,
    office: OfficeDep,
    person: PersonDep,
    about: Annotated[UUID, Depends(_may("void"))],
    version: VersionDep,
    repeat: RepeatDep,
    told: Annotated[Voided, Depends(reads(Voided))],
) -> shapes.DocumentKept:
    """Leave the number without a document, for a reason. It is not given again."""
    return _kept(documents.void(office, about, told, by=person.person, version=version, request=repeat), response)


@router.post("/{id}/wanted", status_code=201, **needs("document.stamp", 404, 409, 412, body=WantedAt))
def want_document(
    response: Response,
    office: OfficeDep,
    person: PersonDep,
    about: Annotated[UUID, Depends(_may("stamp"))],
    version: VersionDep,
    repeat: RepeatDep,
    told: Annotated[WantedAt, Depends(reads(WantedAt))],
) -> shapes.DocumentKept:
    """Say when it is to be discussed, from which follows until when its languages are needed."""
    return _kept(documents.want(office, about, told, by=person.person, version=version, request=repeat), response)


def _kept(done: documents.Kept, response: Response) -> shapes.DocumentKept:
    response.headers["ETag"] = f'"{done.version}"'
    response.headers["Location"] = f"/v1/documents/{done.id}"
    return telling.kept(done)
