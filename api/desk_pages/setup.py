"""Setting up one's own key for the first time: the code, the passphrase and the authenticator, the digits to say aloud.

Three pages at one address. The code and the authenticator's address travel in hidden fields; the server keeps nothing of them.
Each part asks the JSON door, as a program would.
"""

import json
import re
from typing import Any, Final
from urllib.parse import parse_qs

import segno
from fastapi import APIRouter, Response
from markupsafe import Markup
from starlette.requests import Request

from api.contract import public
from api.pages.bridge import Sent, SentDep, problem_in, speak
from api.pages.calling import Answered, call
from api.pages.showing import show, told_problem
from api.problems import Problem
from api.words import language_of
from web.messages import LANGUAGES

router = APIRouter(include_in_schema=False)
_REFUSALS: Final = (400, 403, 408, 413, 415, 422, 503)
_OURS: Final = re.compile(r"otpauth://totp/[!-~]{1,500}")
"""What an authenticator's address looks like; it comes back from the browser, and is drawn."""
_CARRIED: Final = ("code", "name", "login", "roles", "totp_address")


@router.get("/setup", **public())
def show_setup(request: Request) -> Response:
    """The first page: what will happen, and the code."""
    return show(request, "desk/setup_code.html", {"refused": None})


@router.post("/setup", **public(*_REFUSALS))
async def begin_setup(request: Request, sent: SentDep) -> Response:
    """The second page: passphrase and authenticator. Async, as the next: they wait for this same application to answer."""
    speak(request, sent)
    told = {"code": _one(sent, "code")}
    answered = await _json(request, "/v1/setup/begin", told)
    if not answered.well:
        return show(request, "desk/setup_code.html", _refused(request, problem_in(answered)), status=answered.status)
    begun = json.loads(answered.body) | told
    if begun["language"] in LANGUAGES:
        request.state.language_asked = begun["language"]
    return show(request, "desk/setup_key.html", _key_page(begun) | {"refused": None})


@router.post("/setup/key", **public(*_REFUSALS))
async def set_up(request: Request, sent: SentDep) -> Response:
    """The last page: the digits to say to whoever invited."""
    speak(request, sent)
    told = {name: _one(sent, name) for name in ("code", "passphrase", "again", "totp")}
    told["totp"] = told["totp"].replace(" ", "")
    answered = await _json(request, "/v1/setup", told)
    if answered.well:
        return show(request, "desk/setup_done.html", {"fingerprint": json.loads(answered.body)["fingerprint"]})
    carried: dict[str, Any] = {name: _one(sent, name) for name in _CARRIED}
    carried["roles"] = [role for role in carried["roles"].split(",") if role]
    refused = _refused(request, problem_in(answered))
    return show(request, "desk/setup_key.html", _key_page(carried) | refused, status=answered.status)


def _key_page(begun: dict[str, Any]) -> dict[str, Any]:
    """What the second page shows: who it is for, and the authenticator's address as a picture and as letters."""
    address = str(begun["totp_address"])
    secret = (parse_qs(address.partition("?")[2]).get("secret") or [""])[0] if _OURS.fullmatch(address) else ""
    groups = [secret[place : place + 4] for place in range(0, len(secret), 4)]
    return {
        **{name: begun[name] for name in _CARRIED},
        "picture": _picture(address) if secret else "",
        "letters": " ".join(groups),
    }


def _picture(address: str) -> Markup:
    """The QR code of an address, as SVG without styles of its own."""
    drawn = segno.make(address, error="m").svg_inline(scale=5, border=4, dark="#000", light="#fff", omitsize=False)
    return Markup(drawn)  # noqa: S704 - made by the library of modules alone: no text of anybody is in it


def _refused(request: Request, problem: Problem) -> dict[str, Any]:
    return {"refused": told_problem(problem, language_of(request))}


async def _json(request: Request, path: str, told: dict[str, str]) -> Answered:
    lang = getattr(request.state, "language_asked", "")
    headers = {"content-type": "application/json"}
    return await call(request, "POST", f"{path}?lang={lang}" if lang else path, body=json.dumps(told).encode(), headers=headers)


def _one(sent: Sent, name: str) -> str:
    return (sent.typed.get(name) or [""])[0]
