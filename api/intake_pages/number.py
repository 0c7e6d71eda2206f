"""A number that somebody kept: whether what it stands for was destroyed, and when. Nothing of who asks is known, kept or said."""

from typing import Any, Final

from fastapi import APIRouter, Response
from starlette.requests import Request

from actions import certificates
from actions.office import Office
from api import intake_telling as telling
from api.contract import public
from api.intake_asking import OfficeDep
from api.intake_pages.frame import TypedDep, last, page
from api.intake_pages.writing import refused
from api.intake_refusals import saved
from api.pages.typed import Typed
from api.words import words_of
from policies.refusal import Refusal

router = APIRouter(include_in_schema=False)
NUMBER: Final = "/number"
SAVED: Final = "file.json"
COMMAND: Final = f"amparo ledger check-proof {SAVED} --key keys.txt"
"""What somebody outside types; the same in every language."""


@router.get(NUMBER, **public(503))
def ask_number(request: Request) -> Response:
    """The page that asks for the number. It stands in no address: addresses are kept by browsers."""
    return _page(request, {})


@router.post(NUMBER, **public(400, 403, 404, 408, 413, 415, 422, 503))
def check_number(request: Request, office: OfficeDep, typed: TypedDep) -> Response:
    """What it stands for, as a sheet to print; or the proof, as a file to save."""
    try:
        with saved(office):
            found = _look(office, typed)
    except Refusal as refusal:
        again = refused(refusal, words_of(request))
        return _page(request, typed, {"problem": again.problem}, again.status)
    if last(typed, "go") == "proof" and found.proof is not None:
        headers = {"Content-Disposition": f'attachment; filename="{SAVED}"'}
        return Response(found.proof.file, media_type="application/json", headers=headers)
    return _page(request, typed, {"found": telling.certificate(found, words_of(request))})


def _look(office: Office, typed: Typed) -> certificates.Certificate:
    return certificates.check(office, last(typed, "number"))


def _page(request: Request, typed: Typed, data: dict[str, Any] | None = None, status: int = 200) -> Response:
    shown = {"told": last(typed, "number")[:80], "found": None, "problem": None, "command": COMMAND}
    return page(request, "intake/number.html", shown | (data or {}), status=status)
