"""Reports at the desk: the draft, the words for it, and what its holder and a second reader do with them.

GET   /v1/reports                     those you may see
GET   /v1/reports/{id}                one: its draft, its words, what the attacker found, what can be done
GET   /v1/reports/{id}/clocks, /history
POST  /v1/reports/{id}/moves          annotate, read_words, publish_words, hold, let_go, approve, redraft, merge_with_next ...
POST  /v1/reports/{id}/corrections    open the edition that corrects it
"""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Response

from actions import report_acts, report_looking
from actions.kernel.kind import Kind
from actions.kernel.move import move
from api import desk_clock_shapes, desk_shapes, desk_telling
from api import desk_reports_shapes as shapes
from api import desk_reports_telling as told_of
from api import shapes as matters
from api.bodies import reads
from api.contract import needs
from api.desk_asking import CallerDep, OfficeDep
from api.desk_matters import answered
from api.kinds_routes import IdDep, VersionDep, WordsDep
from api.moves import Moving, move_body, reads_move
from api.repeating import RepeatDep

NAME = report_looking.KIND


def visible(office: OfficeDep, caller: CallerDep, about: IdDep) -> UUID:
    """The id of a report that the person may know of. Raises NotFound, before the body is read."""
    report_looking.require_visible(office, about, by=caller)
    return about


VisibleDep = Annotated[UUID, Depends(visible)]


def routes_of(kind: Kind) -> APIRouter:
    """All routes of reports at the desk; the moves are those of the kind's table."""
    router = APIRouter(prefix="/v1/reports", tags=[kind.name])
    _add_looking(router)
    _add_times(router)
    _add_moving(router, kind)
    _add_correcting(router)
    return router


def _add_looking(router: APIRouter) -> None:
    @router.get("", name="list_reports", **needs("report.read"))
    def list_reports(office: OfficeDep, caller: CallerDep, words: WordsDep) -> shapes.DeskReports:
        """The reports you may see, oldest period first."""
        return told_of.reports(report_looking.reports_of(office, by=caller), words)

    @router.get("/{id}", name="open_report", **needs("report.read", 404))
    def open_report(
        response: Response, office: OfficeDep, caller: CallerDep, words: WordsDep, about: IdDep
    ) -> shapes.OpenedReport:
        """One report: the draft as it would go out, the words for it, what the attacker found, and what can be done."""
        seen = report_looking.one(office, about, by=caller)
        response.headers["ETag"] = f'"{seen.listed.matter.version}"'
        return told_of.opened(seen, words)


def _add_times(router: APIRouter) -> None:
    @router.get("/{id}/clocks", name="show_clocks_of_report", **needs("report.read", 404))
    def show_clocks(office: OfficeDep, caller: CallerDep, words: WordsDep, about: IdDep) -> desk_clock_shapes.Clocks:
        """Its duties, with the reasons for each date and the ladder of each."""
        return desk_telling.times(NAME, report_looking.times_of(office, about, by=caller), words)

    @router.get("/{id}/history", name="show_history_of_report", **needs("report.read", 404))
    def show_history(office: OfficeDep, caller: CallerDep, words: WordsDep, about: IdDep) -> desk_shapes.History:
        """Who did what on which day."""
        lines = report_looking.history_of(office, about, by=caller)
        return desk_shapes.History(events=[desk_telling.line(NAME, each, words) for each in lines])


def _add_moving(router: APIRouter, kind: Kind) -> None:
    @router.post("/{id}/moves", name="move_report", **needs("report.move", 404, 409, 412, body=move_body(kind)))
    def move_report(
        response: Response,
        office: OfficeDep,
        caller: CallerDep,
        words: WordsDep,
        about: VisibleDep,
        version: VersionDep,
        repeat: RepeatDep,
        told: Annotated[Moving, Depends(reads_move(kind))],
    ) -> matters.Summary:
        """Write words for it, read or publish them, hold it, let it go, draft it anew. With If-Match, only if unchanged."""
        moved = move(office, about, told.trigger, told.payload, by=caller, version=version, request=repeat)
        return answered(moved, response, words)


def _add_correcting(router: APIRouter) -> None:
    body = shapes.Correction

    @router.post("/{id}/corrections", name="correct_report", status_code=201, **needs("report.open", 404, 409, body=body))
    def correct_report(
        response: Response,
        office: OfficeDep,
        caller: CallerDep,
        words: WordsDep,
        about: VisibleDep,
        repeat: RepeatDep,
        told: Annotated[shapes.Correction, Depends(reads(body))],
    ) -> matters.Summary:
        """Open the edition that corrects this one, which is out. Its figures are taken anew; nobody waits for a date."""
        opened = report_acts.correct(office, about, told.because, by=caller, request=repeat)
        response.headers["Location"] = f"/v1/reports/{opened.id}"
        return answered(opened, response, words)
