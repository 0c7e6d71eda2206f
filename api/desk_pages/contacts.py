"""Most people phone or walk in: a slip, a number alone, or nothing at all; and one's own slips while they are kept.

GET  /contacts        the form first, then this month's slips and those that are kept still
GET  /contacts/{id}   one of them, to be corrected
"""

from collections.abc import Sequence
from typing import Any, Final

from fastapi import APIRouter, Response
from starlette.requests import Request

from actions import contacts
from actions.contacts import Choices, Kept
from api.contract import needs
from api.desk_asking import CallerDep, OfficeDep
from api.kinds_routes import IdDep, WordsDep
from api.pages.forms import Form, Option, make_form
from api.pages.showing import href, show
from api.words import Words
from policies.categories import categories, label
from web.month_names import month_name

router = APIRouter(include_in_schema=False)
SLIPS: Final = "/v1/contacts"
COUNTS: Final = "/v1/contact-counts"
ISSUES: Final = "issues"
"""Picked from a list by category, which no form made of a schema has."""


@router.get("/contacts", **needs("contact.read", 409))
def show_contacts(request: Request, office: OfficeDep, caller: CallerDep, words: WordsDep) -> Response:
    """The form, what is kept of you until now, and what becomes of it."""
    can, kept = contacts.choices(office, by=caller), contacts.own_slips(office, by=caller)
    choices = _choices(can, words)
    newest = f"{can.months[0][0]:%Y-%m}"
    form = make_form(
        request, "POST", SLIPS, choices=choices, without=_unasked(can), values={"month": newest}, done="slip_written"
    )
    count = make_form(
        request,
        "POST",
        COUNTS,
        choices=choices,
        values={"month": newest},
        scope="contact.count",
        done="visitor_counted",
    )
    data: dict[str, Any] = {
        "form": form,
        "count": count,
        "days": can.rules.days,
        "slips": [_slip(request, one, words) for one in kept],
    }
    return show(request, "desk/contacts.html", data | _issues(form, can, words, ()))


@router.get("/contacts/{id}", **needs("contact.read", 404))
def show_contact(request: Request, office: OfficeDep, caller: CallerDep, words: WordsDep, about: IdDep) -> Response:
    """One of your slips, to be corrected while it is kept."""
    one, can = contacts.own_slip(office, about, by=caller), contacts.choices(office, by=caller)
    told = one.told
    codes = (("channel", told.channel), ("language", told.language), ("route", told.route), ("personnel", told.personnel))
    form = make_form(
        request,
        "PUT",
        f"{SLIPS}/{one.id}",
        choices=_choices(can, words),
        without=_unasked(can),
        values={name: code for name, code in (*codes, ("region", told.region)) if code}
        | {"month": f"{told.month:%Y-%m}", "done": list(told.done)},
        version=one.version,
        next=href(request, "/contacts"),
        done="slip_changed",
    )
    data: dict[str, Any] = {"form": form, "slip": _slip(request, one, words)}
    return show(request, "desk/contact.html", data | _issues(form, can, words, told.issues))


def _choices(can: Choices, words: Words) -> dict[str, list[Option]]:
    def named(name: str, codes: Sequence[str]) -> list[Option]:
        return [Option(code, words.label(f"contact.{name}.{code}", code)) for code in codes]

    rules = can.rules
    return {
        "month": [Option(f"{month:%Y-%m}", month_name(month, words.language)) for month, _ in can.months],
        "channel": named("channel", rules.channels),
        "language": named("language", rules.languages),
        "done": named("done", rules.done),
        "route": [Option(code, words.label(f"route.{code}", code)) for code in can.routes],
        "personnel": named("personnel", rules.personnel),
        "region": named("region", rules.regions),
    }


def _unasked(can: Choices) -> tuple[str, ...]:
    """What the form of the schema does not show: the issues, and what this house has no list of."""
    return (ISSUES, *(name for name, codes in (("personnel", can.rules.personnel), ("region", can.rules.regions)) if not codes))


def _issues(form: Form, can: Choices, words: Words, before: Sequence[str]) -> dict[str, Any]:
    """The categories with their codes, and what stands in each of the lists: typed before, or said before."""
    typed = form.kept.typed.get(ISSUES, ()) if form.kept else before
    groups = [
        {
            "name": f"{number} {label(number, words.language)}",
            "codes": [(number + letter, f"{number}{letter} {label(number + letter, words.language)}") for letter in one.issues],
        }
        for number, one in categories().categories.items()
    ]
    most = can.rules.most_issues
    return {"groups": groups, "picked": [*typed, *[""] * most][:most]}


def _slip(request: Request, one: Kept, words: Words) -> dict[str, Any]:
    told = one.told

    def named(name: str, code: str | None) -> str | None:
        return None if code is None else words.label(f"contact.{name}.{code}", code)

    return {
        "id": str(one.id),
        "month": month_name(told.month, words.language),
        "until": one.until,
        "channel": named("channel", told.channel),
        "language": named("language", told.language),
        "issues": [f"{code} {label(code, words.language)}" for code in told.issues],
        "done": [named("done", code) for code in told.done],
        "route": None if told.route is None else words.label(f"route.{told.route}", told.route),
        "personnel": named("personnel", told.personnel),
        "region": named("region", told.region),
        "away": make_form(request, "DELETE", f"{SLIPS}/{one.id}", next=href(request, "/contacts"), done="slip_thrown_away"),
    }
