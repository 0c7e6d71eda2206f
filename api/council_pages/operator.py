"""The page of whoever keeps the installation running: alarms on top, each figure with what to do about it."""

from fastapi import APIRouter, Response
from starlette.requests import Request

from actions.operating import operating
from api import operating_telling as telling
from api.asking import OfficeDep, PersonDep
from api.contract import needs
from api.kinds_routes import WordsDep
from api.pages.showing import show

router = APIRouter(include_in_schema=False)


@router.get("/operator", **needs("operator.read", 404))
def show_operator(request: Request, office: OfficeDep, person: PersonDep, words: WordsDep) -> Response:
    """The same as `/v1/operator`."""
    state = telling.state(operating(office, by=person.person), words)
    alarms = [line for group in state.groups for line in group.lines if line.alarm]
    files: dict[str, list[object]] = {}
    for one in state.unverified:
        files.setdefault(one.file, []).append(one)
    return show(request, "council/operator.html", {"state": state, "alarms": alarms, "files": files})
