"""The register of documents as pages: filtered by its address, paged; one document language by language, with its steps."""

from collections.abc import Iterator
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Query, Response
from starlette.requests import Request

from actions import document_looking
from actions.office import Office
from actions.sections import may
from api import document_shapes as shapes
from api import document_telling as telling
from api.asking import OfficeDep, PersonDep
from api.contract import needs
from api.documents import Lacking, Series
from api.kinds_routes import IdDep, WordsDep
from api.pages.forms import Choices, Form, Option, make_form
from api.pages.showing import here, show
from web.messages import LANGUAGES

router = APIRouter(include_in_schema=False)
SECTION: Final = "documents"
MOST: Final = 50
ACTS: Final = (("stamps", "stamp"), ("wanted", "stamp"), ("parts", "register"), ("corrections", "correct"), ("void", "void"))
"""What can be done with a document, and the right that it takes."""


@router.get("/documents", **needs("document.read", 404, 422))
def show_documents(
    request: Request,
    office: OfficeDep,
    person: PersonDep,
    words: WordsDep,
    series: Series | Annotated[str, Query(max_length=0)] = None,
    year: Annotated[str, Query(max_length=4, pattern=r"^(19[4-9][0-9]|20[0-9][0-9])?$")] = "",
    missing: Lacking | Annotated[str, Query(max_length=0)] | None = None,
    after: Annotated[UUID | None, Query(description="The `after` of the page before.")] = None,
) -> Response:
    """The newest on top."""
    lacking: Any = missing or None
    found = document_looking.page(
        office,
        by=person.person,
        series=series or None,
        year=int(year) if year else None,
        lacking=lacking,
        after=after,
        most=MOST,
    )
    told = telling.page(found, words)
    known = document_looking.series(office, by=person.person)
    data = {
        "documents": told.documents,
        "next": here(request, after=str(told.after)) if told.after else "",
        "first": here(request, after=None) if after else "",
        "series": [one.code for one in known],
        "asked": {"series": series or "", "year": year, "missing": missing or ""},
        "filtered": bool(series or year or missing),
        "form": _register_form(request, office) if may(office, person.roles, SECTION, "register") else None,
    }
    return show(request, "council/documents.html", data)


@router.get("/documents/{id}", **needs("document.read", 404))
def show_document(request: Request, office: OfficeDep, person: PersonDep, words: WordsDep, about: IdDep) -> Response:
    """One document."""
    shown = telling.document(document_looking.one(office, about, by=person.person), words)
    forms = list(_forms(request, office, person.roles, shown))
    return show(request, "council/document.html", {"document": shown, "forms_of": forms})


def _register_form(request: Request, office: Office) -> Form:
    rules = office.shelf.pack.documents
    choices: Choices = {
        "series": [Option(code, code.replace("_", " ")) for code in (rules.series if rules else ())],
        "original": [Option(one) for one in LANGUAGES],
    }
    return make_form(
        request,
        "POST",
        "/v1/documents",
        next="/documents/{id}",
        done="document_registered",
        choices=choices,
        without=("carries",),
        scope="document",
    )


def _forms(request: Request, office: Office, roles: frozenset[str], shown: shapes.DocumentShown) -> Iterator[tuple[str, Form]]:
    """What may be done with it, if it was not made void."""
    languages = [Option(one) for one in LANGUAGES]
    choices: dict[str, Choices] = {
        "stamps": {"stamps.language": languages},
        "corrections": {"language": languages},
        "parts": {"original": languages},
    }
    for name, act in ACTS:
        if shown.void_on is None and may(office, roles, SECTION, act):
            yield (
                name,
                make_form(
                    request,
                    "POST",
                    f"/v1/documents/{shown.id}/{name}",
                    done="document_done",
                    version=shown.version,
                    choices=choices.get(name),
                    without=("carries", "stamps.paragraphs", "paragraphs"),
                    scope="document",
                ),
            )
