"""The office's own record: what stood in the way of its independence, and how people learned that it exists.

GET  /record                       both logs, the forms, and when offices were empty
GET  /record/independence/{id}     one entry, to say it again
GET  /record/outreach/{id}         one line, to say it again or take it out
"""

from collections.abc import Sequence
from typing import Any, Final

from fastapi import APIRouter, Response
from starlette.requests import Request

from actions import office_record, outreach, vacancies
from actions.office import Office
from actions.office_record import Entered
from actions.office_record_shapes import FIELDS
from actions.outreach import Line
from api import desk_record
from api.contract import needs
from api.desk_asking import CallerDep, OfficeDep
from api.kinds_routes import IdDep, WordsDep
from api.pages.forms import Form, Option, make_form
from api.pages.showing import href, show
from api.words import Words
from policies.office_record import OfficeRecordRules

router = APIRouter(include_in_schema=False)
INDEPENDENCE: Final = "/v1/independence"
OUTREACH: Final = "/v1/outreach"
PAGE: Final = "/record"


@router.get(PAGE, **needs("independence.read", 409))
def show_record(request: Request, office: OfficeDep, caller: CallerDep, words: WordsDep) -> Response:
    """Both logs. Opening an entry's words changes nothing."""
    entries = office_record.entries(office, by=caller)
    choices = _choices(_rules(office), words)
    data = {
        "entries": [desk_record.entry_told(one) for one in entries],
        "lines": [desk_record.line_told(one) for one in outreach.log(office, by=caller)],
        "vacancies": vacancies.vacancies(office, by=caller),
        "forms_of": [(kind, _entry_form(request, kind, choices)) for kind in FIELDS],
        "outreach": make_form(request, "POST", OUTREACH, choices=choices, scope="outreach", done="outreach_written"),
    }
    return show(request, "desk/record.html", data)


@router.get(PAGE + "/independence/{id}", **needs("independence.read", 404))
def show_entry(request: Request, office: OfficeDep, caller: CallerDep, words: WordsDep, about: IdDep) -> Response:
    """One entry, with all that was said of it."""
    one = office_record.one_entry(office, about, by=caller)
    form = None if one.closed else _entry_form(request, one.row.kind, _choices(_rules(office), words), one)
    return show(request, "desk/record_entry.html", {"entry": desk_record.entry_told(one), "form": form})


@router.get(PAGE + "/outreach/{id}", **needs("outreach.read", 404))
def show_line(request: Request, office: OfficeDep, caller: CallerDep, words: WordsDep, about: IdDep) -> Response:
    """One line of the log."""
    one = outreach.one_line(office, about, by=caller)
    form = make_form(
        request,
        "PUT",
        f"{OUTREACH}/{one.id}",
        choices=_choices(_rules(office), words),
        values=_line_values(one),
        version=one.version,
        next=href(request, PAGE),
        done="outreach_changed",
        scope="outreach",
    )
    out = make_form(request, "DELETE", f"{OUTREACH}/{one.id}", next=href(request, PAGE), done="outreach_taken_out")
    return show(request, "desk/record_line.html", {"line": desk_record.line_told(one), "form": form, "out": out})


def _rules(office: Office) -> OfficeRecordRules:
    """The rules in use; without any the action before refused."""
    rules = office.shelf.pack.office_record
    if rules is None:
        raise office_record.NoOfficeRecord()
    return rules


def _entry_form(request: Request, kind: str, choices: dict[str, list[Option]], one: Entered | None = None) -> Form:
    """The fields that an entry of a kind has; of one that is there, with what it says."""
    must, may = FIELDS[kind]  # type: ignore[index]  # a row's kind is one of these
    return make_form(
        request,
        "PUT" if one else "POST",
        f"{INDEPENDENCE}/{one.row.id}" if one else INDEPENDENCE,
        fixed={"kind": kind},
        only=("on", *must, *may),
        choices=choices,
        values=_entry_values(one) if one else None,
        version=one.row.version if one else None,
        next=href(request, PAGE) if one else None,
        done="entry_changed" if one else "entry_written",
        scope=f"independence.{kind}",
    )


def _choices(rules: OfficeRecordRules, words: Words) -> dict[str, list[Option]]:
    def named(prefix: str, codes: Sequence[str]) -> list[Option]:
        return [Option(code, words.label(f"{prefix}.{code}", code)) for code in codes]

    return {
        "thing": named("record.thing", rules.independence.things),
        "currency": [Option(code, code) for code in rules.independence.currencies],
        "sort": named("record.sort", rules.outreach.sorts),
        "region": named("contact.region", rules.outreach.regions),
        "language": named("contact.language", rules.outreach.languages),
    }


def _entry_values(one: Entered) -> dict[str, str | Sequence[str]]:
    row = one.row
    told: dict[str, Any] = {
        "on": row.on_day,
        "thing": row.thing,
        "refused_on": row.refused_on,
        "given_on": row.given_on,
        "currency": row.currency,
        "asked_amount": row.asked_amount,
        "given_amount": row.given_amount,
        "unit": one.unit,
        "text": one.text,
    }
    return {name: str(value) for name, value in told.items() if value is not None}


def _line_values(one: Line) -> dict[str, str | Sequence[str]]:
    told = {"on": one.on_day, "sort": one.sort, "region": one.region, "language": one.language, "people": one.people}
    return {name: str(value) for name, value in told.items() if value is not None}
