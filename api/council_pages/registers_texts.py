"""The register of operative paragraphs in a browser: texts, what is proposed and decided of each, and who owes what in a year."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Query, Response
from starlette.requests import Request

from actions import offering
from actions import paragraphs as acts
from actions.looking import require_opener
from actions.paragraphs_looking import show_text
from actions.paragraphs_owed import obligations
from api import paragraphs_shapes as shapes
from api import paragraphs_telling as telling
from api.asking import OfficeDep, PersonDep
from api.contract import needs
from api.council_pages.matters_choices import Picking
from api.council_pages.matters_forms import flat, nothing_to_pick
from api.council_pages.proposals_text import permitted
from api.kinds_routes import WordsDep
from api.pages.forms import Form, make_form
from api.pages.showing import here, href, show
from api.paragraphs import Addressee, Body, Symbol, TextDep
from states.calendars import FIRST_YEAR, LAST_YEAR

router = APIRouter(include_in_schema=False)
MOST: Final = 50
Place = Annotated[int | None, Query(ge=1, le=99_999, description="The paragraph that something is to be done with.")]
Year = Annotated[int | None, Query(ge=FIRST_YEAR, le=LAST_YEAR, description="Left out: this year.")]
DEEDS: Final = ("decisions", "channels", "weights", "mandate")
"""What can be done with a paragraph, by the last part of its address."""
ACTS: Final = {"decisions": "decide", "channels": "channel", "weights": "weigh"}


@router.get("/texts", **needs("register.read", 404, 422))
def show_texts(request: Request, office: OfficeDep, person: PersonDep, body: Body = None, after: Symbol = None) -> Response:
    """The texts by symbol."""
    told = telling.texts(*acts.list_texts(office, acts.Wanted(body=body or None, after=after), by=person.person, most=MOST))
    data = {
        "rows": told.items,
        "asked": body or "",
        "next": here(request, after=told.after) if told.after else "",
        "first": here(request, after=None) if after else "",
        "may_add": permitted(lambda: acts.allowed(office, "register", by=person.person)),
    }
    return show(request, "council/texts.html", data)


def _may_register(office: OfficeDep, person: PersonDep) -> None:
    acts.allowed(office, "register", by=person.person)


@router.get("/texts/new", **needs("register.register", 404, 409))
def show_pasting(request: Request, _: Annotated[None, Depends(_may_register)]) -> Response:
    """The form to paste a text."""
    form = make_form(request, "POST", "/v1/texts", next=href(request, "/texts"), done="text_read", scope="text")
    return show(request, "council/text_new.html", {"form": form})


@router.get("/texts/{id}", **needs("register.read", 404, 422))
def show_one(
    request: Request, office: OfficeDep, person: PersonDep, words: WordsDep, about: TextDep, place: Place = None
) -> Response:
    """One text with its paragraphs; of the one that is picked, what can be done."""
    told = telling.text(show_text(office, about, by=person.person), words)
    chosen = next((one for one in told.items if one.place == place), None)
    picking = Picking(office, person.person, words, "mandate")
    mine = _mine(told, picking) if told.withdrawn_on is None else ()
    data: dict[str, Any] = {
        "text": told,
        "chosen": chosen,
        "forms_here": [] if chosen is None else [(deed, _form(request, told, chosen, deed, picking)) for deed in mine],
        "may_act": bool(mine),
    }
    return show(request, "council/text.html", data)


@router.get("/owed", **needs("register.read", 404, 422))
def show_obligations(
    request: Request, office: OfficeDep, person: PersonDep, year: Year = None, body: Body = None, addressee: Addressee = None
) -> Response:
    """Who owes what in a year."""
    asked = year or offering.today(office).year
    table = telling.obligations(obligations(office, asked, by=person.person, body=body or None, addressee=addressee or None))
    lists = [("owed", table.owed), ("undated", table.undated), ("set_aside", table.set_aside)]
    data = {"year": asked, "body": body or "", "addressee": addressee or "", "lists": lists, "as_of": table.as_of}
    return show(request, "council/owed.html", data)


def _mine(told: shapes.RegisterTextDetail, picking: Picking) -> tuple[str, ...]:
    """What this person may do with paragraphs of a text."""

    def may(deed: str) -> bool:
        if deed == "mandate":
            return permitted(lambda: require_opener(picking.office, "mandate", by=picking.by))
        act: Any = ACTS[deed]
        return permitted(lambda: acts.allowed(picking.office, act, told.id, by=picking.by))

    return tuple(deed for deed in DEEDS if may(deed))


def _form(
    request: Request, told: shapes.RegisterTextDetail, chosen: shapes.RegisterParagraph, deed: str, picking: Picking
) -> Form | None:
    """The form of one deed; None where it was done: a paragraph becomes one mandate."""
    if deed == "mandate" and chosen.mandate is not None:
        return None
    choices = {"function": picking.functions()} if deed == "mandate" else {}
    form = make_form(
        request,
        "POST",
        f"/v1/texts/{told.id}/paragraphs/{chosen.place}/{deed}",
        done="paragraph_done",
        version=told.version,
        without=nothing_to_pick(choices),
        choices=choices,
        scope="text",
    )
    return flat(form)
