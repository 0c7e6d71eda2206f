"""One matter on one screen, for every sealed kind: what is due, what was said, what can be done, and everything else about it.

    GET  /<kind>s/{id}              the page; to open it is a reading, and she sees that
    GET  /<kind>s/{id}/identity     who she is, on a page of its own, because she sees that too

This file names no kind. Whoever has no seat gets the page of an id that never was.
"""

from dataclasses import replace
from datetime import date
from typing import Any

from fastapi import APIRouter, Response
from starlette.requests import Request

from actions import desk_facts
from actions.desk_case import Case, case_of
from actions.kernel.callers import DeskPerson
from actions.kernel.kind import Kind
from actions.kinds import KINDS
from api import desk_telling
from api.contract import needs
from api.desk_asking import CallerDep, NumberDep, OfficeDep
from api.desk_pages import (
    case_codes,
    case_identity,
    case_links,
    case_map,
    case_moves,
    case_people,
    case_since,
    case_times,
    case_words,
)
from api.desk_pages.case_files import add_files
from api.desk_pages.case_forms import CaseForm, Place
from api.kinds_routes import IdDep, WordsDep
from api.pages.kept import kept_of
from api.pages.showing import show
from api.words import Words


def pages_of(kind: Kind) -> APIRouter:
    """The pages of the matters of one kind."""
    made = APIRouter(include_in_schema=False)
    name = kind.name

    @made.get(f"/{name}s/{{id}}", name=f"page_of_{name}", **needs(f"{name}.read", 404))
    def show_case(request: Request, office: OfficeDep, caller: CallerDep, words: WordsDep, about: IdDep) -> Response:
        """Everything about one matter."""
        case = case_of(office, name, about, by=caller)
        return show(request, "desk/case.html", _told(request, caller, case, words))

    @made.get(f"/{name}s/{{id}}/identity", name=f"page_of_identity_of_{name}", **needs(f"{name}.identity", 404))
    def show_identity(
        request: Request, office: OfficeDep, caller: CallerDep, words: WordsDep, about: IdDep, person: NumberDep = 1
    ) -> Response:
        """Who she is, if she said; of several who came, the one of this number."""
        return case_identity.show_identity_of(request, office, caller, (name, about, person), words)

    add_files(made, name)
    if desk_facts.is_classified(kind):
        case_codes.add_codes(made, name)
    return made


routers = tuple(pages_of(kind) for kind in KINDS.values() if kind.table.sealed)


def _told(request: Request, caller: DeskPerson, case: Case, words: Words) -> dict[str, Any]:
    matter, kind = case.opened.matter, case.kind.name
    place = Place(request, kind, str(matter.id), matter.version, case_since.mark_of(case), case.drafts)
    return {
        "kind": kind,
        "id": str(matter.id),
        "case": case,
        "opened": case.opened,
        "today": case.today,
        "since": case_since.since(case, kept_of(request), words),
        "way": case_map.map_of(case, words),
        "ticked": case_words.ticked(case),
        "left_out": case_words.left_out(case),
        "said": case_words.said_in(case),
        "consents": case_words.consents(case),
        "promised_by": _promised_by(case),
        "steps": case_moves.steps_of(case, place, words),
        "write": _write(case, place, words),
        "note": place.form("POST", "messages", "case.keep_note", name="note", fixed={"to": "office"}, scope="case.note"),
        "files": case.files,
        "links": case.links,
        "unlinking": case_links.unlinking(case, place),
        "people": case_people.people_of(case, place, caller.person),
        "issues": case_codes.in_words(case.facts, words),
        "station": case_codes.station_of(case.facts, words),
        "history": [desk_telling.line(kind, line, words) for line in case.lines],
        **_times(case, place, words),
    }


def _promised_by(case: Case) -> date | None:
    """The day by which somebody promised to do what was asked of them, if they said one."""
    told = case.opened.detail.get("promised_by")
    return None if told is None else date.fromisoformat(told)


def _write(case: Case, place: Place, words: Words) -> case_moves.Step | None:
    """Words to her. None: nobody reads them, or somebody else answers for it."""
    from_here = case_moves.possible(case, case_moves.REPLY)
    if from_here is None:
        return None
    step = case_moves.step_of(case, place, words, from_here)
    form: CaseForm = place.form(
        "POST", "messages", "case.write_to_her", name="message", fixed={"to": "her"}, scope="case.message"
    )
    return case_moves.Step(step.trigger, step.label, "", form if step.form else None, step.unmet)


def _times(case: Case, place: Place, words: Words) -> dict[str, Any]:
    duties = case_times.duties_of(case, words)
    told = desk_telling.times(case.kind.name, replace(case.times, clocks=()), words)  # the clocks are the duties
    return {
        "duties": duties,
        "pauses": told.pauses,
        "pause": case_times.pause_form(case, place, words) if case.kind.table.pauses else None,
        "no_pause": case_times.why_no_pause(case, words),
        "go_on": case_times.going_on(case, place),
        "waive": case_times.waiver_form(case, duties, place, words),
        "holds": told.holds,
        "hold": case_times.hold_form(case, place, words),
        "lift": case_times.lifts(case, place),
        "destroyed_on": told.destroyed_on,
    }
