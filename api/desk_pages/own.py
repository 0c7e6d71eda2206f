"""What the office begins by itself: a form for each kind, and the cases that one may begin from."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from fastapi import APIRouter, Response
from starlette.requests import Request

from actions import desk_office, desk_own
from actions.desk_own import CASE, Handled
from actions.kernel.kind import Kind
from api.contract import needs
from api.desk_asking import CallerDep, OfficeDep
from api.kinds_routes import WordsDep
from api.pages.forms import Choices, Form, Option, make_form
from api.pages.showing import href, show
from api.words import Words
from states.clocks import OPEN

router = APIRouter(include_in_schema=False)
LATER: Final = ("addressee", "about")
"""Somebody with a letter key, and what it is about: asked together, or not at all."""
TO: Final = "to"
TICKED: Final = "must_not_see"
AUDIENCE: Final = "audience"
"""The field by which it is said who would read what people agree to, of the kinds the rules name."""


@router.get("/own", **needs("own.begin"))
def show_own(request: Request, office: OfficeDep, caller: CallerDep, words: WordsDep) -> Response:
    """Everything that whoever looks may begin. To look begins nothing."""
    kinds, handled = desk_own.offered(office, by=caller)
    cases = cases_of(handled, words)
    people = [Option(str(one.id), one.name) for one in desk_office.roster(office).colleagues if one.id != caller.person]
    readers = [Option(one) for one in (office.shelf.pack.consents.audiences if office.shelf.pack.consents else ())]
    begun = [
        {"kind": kind.name, "form": _form(request, kind, {CASE: cases, TICKED: people, AUDIENCE: readers})}
        for kind in kinds
        if cases or not _from_a_case(kind)
    ]
    without = [kind.name for kind in kinds if _from_a_case(kind) and not cases]
    return show(request, "desk/own.html", {"begun": begun, "without": without})


def _from_a_case(kind: Kind) -> bool:
    return CASE in kind.payload(OPEN).model_fields


def _form(request: Request, kind: Kind, choices: Choices) -> Form:
    """Who can be served as a letter depends on the case: they are offered on its page, once it is begun."""
    later = LATER if LATER[0] in kind.payload(OPEN).model_fields else ()
    made = make_form(
        request,
        "POST",
        f"/v1/{kind.name}s",
        next=href(request, f"/{kind.name}s/{{id}}"),
        done="own_begun",
        choices=choices,
        without=later,
        scope=f"own.{kind.name}",
    )
    return replace(made, fields=tuple(replace(one, required=one.required or one.called == TO) for one in made.fields))


def cases_of(handled: Sequence[Handled], words: Words) -> list[Option]:
    """Cases to pick from, by kind, number and day; never by a name."""
    return [
        Option(
            str(one.matter.id),
            words.phrase(
                "own.case",
                "own.case",
                kind=words.label(f"kind.{one.matter.kind}", one.matter.kind),
                id=str(one.matter.id)[:8],
                day=one.opened_on,
            ),
        )
        for one in handled
    ]
