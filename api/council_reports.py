"""Reports at the council's door: what was released, in every form, who received it, where it was noted.

GET   /v1/reports                        what was released to you
GET   /v1/reports/{id}                   one of them: all that was published of it
GET   /v1/reports/{id}/files/{name}      its files: page, paper, sheet, in each language
GET   /v1/reports/{id}/clocks, /history
POST  /v1/reports/{id}/receipts          a mission has it
POST  /v1/reports/{id}/noting            the Council took note of it
POST  /v1/reports/{id}/waivers           that a duty about it is late is excused
"""

from pathlib import Path
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Response
from fastapi import Path as InPath
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from actions import report_acts as acts
from actions import report_releases as looking
from actions.kinds.transmittal import Noting, Receipt
from actions.looking import Matter
from actions.waivers import waive_openly
from api import council_reports_shapes as shapes
from api import council_reports_telling as told_of
from api import shapes as matters
from api import telling
from api.armour import HEADERS
from api.asking import OfficeDep, PersonDep
from api.bodies import reads
from api.contract import needs
from api.desk_bodies import waiver_of
from api.kinds_routes import IdDep, VersionDep, WordsDep
from api.repeating import RepeatDep
from api.waiving import Waiver
from api.words import Words

router = APIRouter(prefix="/v1/reports", tags=["report"])
_CSP: Final = "content-security-policy"
_SHOWN: Final = "text/html"
"""What a browser shows where it is; everything else is saved."""


def folder_of(request: Request) -> Path | None:
    """The folder in which releases lie; None: this door was given none."""
    folder: Path | None = request.app.state.releases
    return folder


def visible(office: OfficeDep, person: PersonDep, about: IdDep) -> UUID:
    """The id of a report that the person may know of. Raises NotFound, before the body is read."""
    looking.require_visible(office, about, by=person.person)
    return about


FolderDep = Annotated[Path | None, Depends(folder_of)]
VisibleDep = Annotated[UUID, Depends(visible)]
NameDep = Annotated[str, InPath(json_schema_extra={"enum": list(looking.FILES)}, description="One of `files` of the report.")]


def _with_files(declared: dict[str, Any]) -> dict[str, Any]:
    """What a route declares, and the files it may answer with."""
    types = {kind: {"schema": {} if kind == "application/json" else {"type": "string"}} for kind in looking.FILES.values()}
    found = {200: {"description": "The file", "content": types}, 304: {"description": "As you have it"}}
    return declared | {"responses": declared["responses"] | found}


@router.get("", **needs("transmittal.read", 404))
def list_reports(office: OfficeDep, person: PersonDep, words: WordsDep) -> shapes.ReleasedReports:
    """Every report that was released to you, with who received it."""
    return told_of.reports(looking.released_reports(office, by=person.person), words)


@router.get("/{id}", **needs("transmittal.read", 404))
def show_report(
    response: Response, office: OfficeDep, person: PersonDep, words: WordsDep, about: IdDep
) -> shapes.ReleasedReportDetail:
    """One report, with all that was published of it and what can be done with it."""
    seen = looking.one(office, about, by=person.person)
    response.headers["ETag"] = f'"{seen.listed.matter.version}"'
    return told_of.detail(seen, words)


@router.get("/{id}/files/{name}", response_class=Response, **_with_files(needs("transmittal.read", 404)))
def show_report_file(
    request: Request,
    office: OfficeDep,
    person: PersonDep,
    folder: FolderDep,
    about: IdDep,
    name: NameDep,
    if_none_match: Annotated[str | None, Header()] = None,
) -> Response:
    """A file of the release, as it was signed. An edition never changes: its ETag is the file's SHA-256."""
    found = looking.file_of(office, folder, about, name, by=person.person)
    request.state.own_style = found.style
    tag = f'"{found.digest}"'
    if if_none_match is not None and tag in (part.strip().removeprefix("W/") for part in if_none_match.split(",")):
        return Response(status_code=304, headers={"ETag": tag})
    way = "inline" if found.type == _SHOWN else "attachment"
    headers = {"ETag": tag, "Content-Disposition": f'{way}; filename="{found.name}"'}
    return Response(found.content, media_type=found.type, headers=headers)


@router.get("/{id}/clocks", **needs("transmittal.read", 404))
def show_report_clocks(office: OfficeDep, person: PersonDep, words: WordsDep, about: IdDep) -> matters.Clocks:
    """What is owed of it, with the reasons for each date."""
    watched, paused = looking.clocks_of(office, about, by=person.person)
    return matters.Clocks(
        clocks=[telling.clock(looking.KIND, each, words) for each in watched],
        pauses=[telling.pause(looking.KIND, each, words) for each in paused],
    )


@router.get("/{id}/history", **needs("transmittal.read", 404))
def show_report_history(office: OfficeDep, person: PersonDep, words: WordsDep, about: IdDep) -> matters.History:
    """All that happened to it since it went out."""
    lines = looking.history_of(office, about, by=person.person)
    return matters.History(events=[telling.happening(looking.KIND, event, by, words) for event, by in lines])


@router.post("/{id}/receipts", status_code=201, **needs("transmittal.receive", 404, 409, 412, body=Receipt))
def receive_report(
    response: Response,
    office: OfficeDep,
    person: PersonDep,
    words: WordsDep,
    about: VisibleDep,
    version: VersionDep,
    repeat: RepeatDep,
    told: Annotated[Receipt, Depends(reads(Receipt))],
) -> matters.Summary:
    """Say that you have it: a mission for its state; whoever is the one receiver names none."""
    done = acts.receive(office, about, told, by=person.person, version=version, request=repeat)
    return _answered(done, response, words)


@router.post("/{id}/noting", status_code=201, **needs("transmittal.note", 404, 409, 412, body=Noting))
def note_report(
    response: Response,
    office: OfficeDep,
    person: PersonDep,
    words: WordsDep,
    about: VisibleDep,
    version: VersionDep,
    repeat: RepeatDep,
    told: Annotated[Noting, Depends(reads(Noting))],
) -> matters.Summary:
    """Write down that the Council took note of it: at a meeting that was held, or as a registered document says."""
    done = acts.note(office, about, told, by=person.person, version=version, request=repeat)
    return _answered(done, response, words)


WAIVER: Final = waiver_of(Waiver, looking.KIND, looking.CLOCKS)


@router.post("/{id}/waivers", status_code=201, **needs("transmittal.waive", 404, 409, 412, body=WAIVER))
def waive_about_report(
    response: Response,
    office: OfficeDep,
    person: PersonDep,
    words: WordsDep,
    about: VisibleDep,
    version: VersionDep,
    repeat: RepeatDep,
    told: Annotated[Waiver, Depends(reads(WAIVER))],
) -> matters.Summary:
    """Excuse that a duty about it is late, by which authority, why and until when. Its day stays."""
    done = waive_openly(
        office,
        looking.KIND,
        about,
        told.rule,
        authority=told.authority,
        reason=told.reason,
        until=told.until,
        by=person.person,
        version=version,
        request=repeat,
    )
    return _answered(done, response, words)


def _answered(matter: Matter, response: Response, words: Words) -> matters.Summary:
    response.headers["ETag"] = f'"{matter.version}"'
    return telling.summary(matter, words)


class OwnStyle:
    """Lets the style of a released page through, by its hash, and nothing else. Stands outside of the door's armour."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""

        async def styled(message: Message) -> None:
            style = scope.get("state", {}).get("own_style")
            if message["type"] == "http.response.start" and style:
                own = f"default-src 'none'; style-src {style}"
                headers = MutableHeaders(scope=message)
                headers[_CSP] = headers.get(_CSP, HEADERS["Content-Security-Policy"]).replace("default-src 'none'", own)
            await send(message)

        await self._app(scope, receive, styled)
