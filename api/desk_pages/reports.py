"""Reports at the desk: which there are and what is due; one as it would go out, her words for it, and the steps from there."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from fastapi import APIRouter, Response
from starlette.requests import Request

from actions import report_looking
from actions.report_looking import KIND, may_correct
from actions.report_showing import shown
from api import desk_clock_shapes, desk_telling
from api import desk_reports_shapes as shapes
from api import desk_reports_telling as told_of
from api.contract import needs
from api.desk_asking import CallerDep, OfficeDep
from api.desk_pages import reports_forms as forms
from api.kinds_routes import IdDep, WordsDep
from api.pages.showing import show
from api.words import Words
from policies.said import Said

router = APIRouter(include_in_schema=False)
BY_ITSELF: Final = ("review", "letting_go")
"""The clocks at whose end it goes out, whoever does nothing."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter that words may be written for: as they stand, what was found in them, and the form."""

    name: str
    label: str
    texts: dict[str, str] = field(repr=False)
    marks: tuple[shapes.WordsMark, ...]
    form: forms.Form | None = field(repr=False)


@router.get("/reports", **needs("report.read"))
def show_reports(request: Request, office: OfficeDep, caller: CallerDep, words: WordsDep) -> Response:
    """What is due first stands on top; what is over, beneath."""
    found = told_of.reports(report_looking.reports_of(office, by=caller), words)
    under_way = sorted((one for one in found.reports if one.next_due), key=lambda one: (str(one.next_due), one.edition))
    over = [one for one in reversed(found.reports) if one.next_due is None]
    return show(request, "desk/reports.html", {"under_way": under_way, "over": over, "says": found.says})


@router.get("/reports/{id}", **needs("report.read", 404))
def show_report(request: Request, office: OfficeDep, caller: CallerDep, words: WordsDep, about: IdDep) -> Response:
    """One report, whole."""
    seen = report_looking.one(office, about, by=caller)
    report = told_of.opened(seen, words)
    times = desk_telling.times(KIND, report_looking.times_of(office, about, by=caller), words)
    lines = [desk_telling.line(KIND, each, words) for each in report_looking.history_of(office, about, by=caller)]
    written = report.draft.object if report.draft else None
    made = forms.Maker(request, report, written, words)
    running = [one for one in times.clocks if one.status == "running"]
    data: dict[str, Any] = {
        "report": report,
        "seen": shown(written, words.language) if written else None,
        "then": _then(report, running, words),
        "running": running,
        "over": [one for one in times.clocks if one.status != "running"],
        "chapters": list(_chapters(report, written, made, words)),
        "reading": made.reading(),
        "moves": made.moves(),
        "correction": made.correction() if may_correct(office, about, by=caller) else None,
        "history": lines,
        "hidden": _hidden(report, words),
    }
    return show(request, "desk/report.html", data)


def _then(report: shapes.OpenedReport, running: list[desk_clock_shapes.Clock], words: Words) -> str:
    """What happens by itself, on which day."""
    receiver = _receiver(report, words)
    for one in running:
        if one.name in BY_ITSELF and one.due_on is not None:
            return words.say(Said(f"desk_reports.then.{one.name}", {"day": one.due_on, "receiver": receiver}))
    return words.phrase(f"desk_reports.then.{report.state}", "desk_reports.then.none", receiver=receiver)


def _receiver(report: shapes.OpenedReport, words: Words) -> str:
    code = str(report.draft.object.get("receiver", "")) if report.draft else ""
    return words.label(
        f"reports_doors.receiver.{code}", words.label(f"role.{code}", words.say(Said("desk_reports.the_receiver")))
    )


def _chapters(report: shapes.OpenedReport, written: dict[str, Any] | None, made: forms.Maker, words: Words) -> Iterator[Chapter]:
    """Every chapter of the draft, in order; and what was written for one that the draft has no more."""
    texts = {one.section: one.text for one in report.words.sections or ()}
    names = dict.fromkeys([*(str(one["name"]) for one in (written or {}).get("chapters", ())), *texts])
    for name in names:
        marks = tuple(mark for mark in report.words.marks if mark.section == name)
        own = texts.get(name, {})
        yield Chapter(name, words.label(f"report.chapter.{name}", name), own, marks, made.annotating(name, own))


def _hidden(report: shapes.OpenedReport, words: Words) -> list[str]:
    """How much of what was counted is said, and what the attacker tried."""
    if report.draft is None:
        return []
    found, share = report.draft.found, report.draft.utility
    said = []
    if "cells" in found:
        said.append(words.say(Said("desk_reports.attacked", {"cells": int(found["cells"]), "hidden": int(found["protected"])})))
    if "cases" in share:
        said.append(
            words.say(Said("desk_reports.shares", {"cases": round(100 * share["cases"]), "cells": round(100 * share["cells"])}))
        )
    tables = sorted({str(one.get("table", "")) for one in found.get("broken", ())} - {""})
    if tables:
        named = ", ".join(words.label(f"report.table.{one}", one) for one in tables)
        said.append(words.say(Said("desk_reports.broken", {"tables": named})))
    return said
