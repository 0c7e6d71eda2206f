"""Reports at the council's door: which were released, one to be read in place, its files, who has it, where it was noted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from fastapi import APIRouter, Response
from starlette.requests import Request

from actions import report_releases as looking
from actions.report_releases import KIND
from actions.report_showing import shown
from api import council_reports_shapes as shapes
from api import council_reports_telling as told_of
from api import telling
from api.asking import OfficeDep, PersonDep
from api.contract import needs
from api.council_pages.matters_choices import Picking
from api.council_reports import FolderDep
from api.kinds_routes import IdDep, WordsDep
from api.pages.forms import Form, Option, make_form
from api.pages.showing import show
from api.words import Words
from web.countries import country, looked_for
from web.messages import LANGUAGES

router = APIRouter(include_in_schema=False)
RECEIVING: Final = ("receive", "receive_last", "receive_alone", "receive_late")
NOTE: Final = "note"
SIGNED: Final = (looking.MANIFEST, looking.SIGNATURE)
FORMS: Final = ("html", "pdf", "csv")


@dataclass(frozen=True, slots=True)
class Step:
    """What can be done with it now, or why not."""

    trigger: str
    label: str
    form: Form | None = field(repr=False)
    against: tuple[str, ...] = ()


@router.get("/reports", **needs("transmittal.read", 404))
def show_reports(request: Request, office: OfficeDep, person: PersonDep, words: WordsDep) -> Response:
    """The newest one on top."""
    found = told_of.reports(looking.released_reports(office, by=person.person), words)
    return show(request, "council/reports.html", {"reports": found.reports[::-1], "says": found.says})


@router.get("/reports/{id}", **needs("transmittal.read", 404))
def show_report(
    request: Request, office: OfficeDep, person: PersonDep, words: WordsDep, folder: FolderDep, about: IdDep
) -> Response:
    """One report, with all that was published of it."""
    report = told_of.detail(looking.one(office, about, by=person.person), words)
    watched, _ = looking.clocks_of(office, about, by=person.person)
    clocks = [telling.clock(KIND, each, words) for each in watched]
    lines = looking.history_of(office, about, by=person.person)
    all_of_it = told_of.reports(looking.released_reports(office, by=person.person), words).reports
    waives = looking.may_waive(office, about, by=person.person)
    running = [one for one in clocks if one.status == "running"]
    data: dict[str, Any] = {
        "report": report,
        "seen": shown(report.object, words.language),
        "editions": [one for one in all_of_it if one.series == report.series and one.from_on == report.from_on],
        "files": _files(report),
        "plain_files": [one.name for one in report.files if one.language is None and one.name not in SIGNED],
        "signed_files": SIGNED,
        "digests": looking.digests_of(office, folder, about, by=person.person),
        "received": sorted((_named(one.receiver, words), one.received_at) for one in report.received),
        "missing": sorted((country(words.language, code) for code in report.missing), key=looked_for),
        "steps": list(_steps(request, report, Picking(office, person.person, words, KIND))),
        "running": [(one, _waiving(request, report, one.name) if waives and one.waivable_until else None) for one in running],
        "ended": [one for one in clocks if one.status != "running"],
        "history": [telling.happening(KIND, event, by, words) for event, by in lines],
    }
    return show(request, "council/report.html", data)


def _named(receiver: str, words: Words) -> str:
    return country(words.language, receiver) if len(receiver) == 2 else words.label(f"role.{receiver}", receiver)


def _files(report: shapes.ReleasedReportDetail) -> dict[str, dict[str, str]]:
    """The files by form and language; those that are the same in all languages under no form."""
    names = {one.name for one in report.files}
    found = {form: {one: f"report.{one}.{form}" for one in LANGUAGES if f"report.{one}.{form}" in names} for form in FORMS}
    found["dictionary"] = {one: f"dictionary.{one}.csv" for one in LANGUAGES if f"dictionary.{one}.csv" in names}
    return {form: named for form, named in found.items() if named}


def _steps(request: Request, report: shapes.ReleasedReportDetail, picking: Picking) -> list[Step]:
    """Receiving stands once, whichever of its moves the last mission would make."""
    found: dict[str, Step] = {}
    for move in report.moves:
        name = "receipts" if move.trigger in RECEIVING else "noting" if move.trigger == NOTE else ""
        if not name or (name == "receipts" and not _waits(report)):
            continue
        found.setdefault(name, Step(name, move.label, _form(request, report, name, picking)))
    return list(found.values())


def _waits(report: shapes.ReleasedReportDetail) -> bool:
    """Whether anybody has not said yet that they have it."""
    return bool(report.missing) or not report.received


def _form(request: Request, report: shapes.ReleasedReportDetail, name: str, picking: Picking) -> Form:
    choices: Mapping[str, list[Option]] = {}
    if name == "noting":
        choices = {"meeting": picking.matters("meeting")}
    elif report.missing:
        choices = {"state": picking.countries(report.missing)}
    alone = name == "receipts" and not report.missing
    return make_form(
        request,
        "POST",
        f"/v1/reports/{report.id}/{name}",
        done="report_received" if name == "receipts" else "report_noted",
        version=report.version,
        choices=choices,
        without=("state",) if alone else ("meeting",) if not choices.get("meeting", True) else (),
        scope="transmittal",
    )


def _waiving(request: Request, report: shapes.ReleasedReportDetail, clock: str) -> Form:
    return make_form(
        request,
        "POST",
        f"/v1/reports/{report.id}/waivers",
        done="waived",
        version=report.version,
        fixed={"rule": clock},
        scope="waiver",
    )
