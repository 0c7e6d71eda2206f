"""The register of officers as a page: who holds what on a day, who acts, whom states have sent, whose turn it is to chair."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Query, Response
from starlette.requests import Request

from actions import officers as acts
from actions.kinds.house import Day
from actions.office import Office
from actions.sections import may
from api import officers_shapes as shapes
from api import officers_telling as telling
from api.asking import OfficeDep, PersonDep
from api.contract import needs
from api.council_pages.matters_choices import Picking
from api.kinds_routes import WordsDep
from api.pages.forms import Choices, Form, Option, make_form
from api.pages.showing import here, show
from api.words import Words
from web.countries import country

router = APIRouter(include_in_schema=False)
KIND: Final = "officers"
Line = shapes.HolderLine | shapes.ActingLine | shapes.AccreditedLine
"""A line of the register."""


@router.get("/officers", **needs("officers.read", 404, 422))
def show_officers(
    request: Request,
    office: OfficeDep,
    person: PersonDep,
    words: WordsDep,
    on: Annotated[Day | None, Query(description="On this day; left out: today.")] = None,
) -> Response:
    """On a day: today, or one that was asked for."""
    found = telling.officers(acts.officers_on(office, on, by=person.person), words)
    records = may(office, person.roles, KIND, "record")
    chairs = telling.terms(found.on.year, acts.year_of_chairs(office, found.on.year, by=person.person), words)
    lines: list[Line] = [*found.holders, *found.acting, *found.accredited]
    data = {
        "found": found,
        "asked": on,
        "chairs": chairs,
        "named": _Named(words),
        "record_forms": list(_forms(request, office, person.person, words)) if records else [],
        "ends": {str(one.id): _ending(request, one, found.on) for one in lines} if records else {},
        "earlier": here(request, on=str(date(found.on.year - 1, found.on.month, min(found.on.day, 28)))),
        "later": here(request, on=str(date(found.on.year + 1, found.on.month, min(found.on.day, 28)))),
    }
    return show(request, "council/officers.html", data)


class _Named:
    """What offices, capacities and countries are called."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def office(self, code: str) -> str:
        """An office of the house."""
        return self._words.label(f"officers_page.office.{code}", self._words.label(f"role.{code}", code.replace("_", " ")))

    def capacity(self, code: str) -> str:
        """As what somebody was sent."""
        return self._words.label(f"option.capacity.{code}", code.replace("_", " "))

    def country(self, code: str | None) -> str:
        """A state by name; empty for nobody knows which."""
        return country(self._words.language, code) if code else ""


def _forms(request: Request, office: Office, by: UUID, words: Words) -> Iterator[tuple[str, Form]]:
    """The three things that can be written into the register."""
    rules, named = office.shelf.pack.officers, _Named(words)
    if rules is None:
        return
    offices = [Option(code, named.office(code)) for code in rules.offices]
    states = Picking(office, by, words, "meeting").states()
    capacities = [Option(code, named.capacity(code)) for code in rules.capacities]
    own: dict[str, Choices] = {
        "accreditations": {"country": states, "capacity": capacities},
        "holders": {"office": offices, "country": states},
        "acting": {"office": offices, "taker": offices},
    }
    for name, choices in own.items():
        yield name, make_form(request, "POST", f"/v1/officers/{name}", done="line_written", choices=choices, scope="officer")


def _ending(request: Request, line: Line, on: date) -> Form | None:
    """The form that ends a line; None for one that has its end."""
    if line.until is not None and line.until <= on:
        return None
    return make_form(request, "POST", f"/v1/officers/{line.id}/end", done="line_ended", scope="officer")
