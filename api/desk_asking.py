"""Who is asking at the desk: a session there lends its person's own key, and routes ask for both at once.

What only passes on something at hand is `async`: it is called where it stands, without a thread of its own.
"""

from dataclasses import dataclass
from hmac import compare_digest
from typing import Annotated, Final

from fastapi import Depends, Query
from starlette.requests import Request

from actions.desk_sessions import AtDesk, recognise
from actions.kernel.callers import DeskPerson
from actions.office import Office
from actions.sessions import SignedIn
from api.asking import CSRF_HEADER, DESK_COOKIE, CsrfMissing

_READS: Final = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Desk:
    """The desk as a door: its name in the policy, and its office."""

    office: Office
    name: str = "desk"


async def office_of(request: Request) -> Office:
    """The office behind the desk."""
    desk: Desk = request.app.state.door
    return desk.office


def at_desk(request: Request, office: Annotated[Office, Depends(office_of)]) -> AtDesk:
    """The person who asks, by bearer token or by cookie, and by nothing else a client may send (S39).

    Raises NotSignedIn, and CsrfMissing for a change that comes with the cookie alone (S21).
    """
    found = recognise(office, token_of(request))
    request.state.language, request.state.who = found.signed_in.language, found.signed_in
    request.state.csrf = found.signed_in.csrf
    shown = request.headers.get(CSRF_HEADER, "")
    changes = request.method not in _READS
    if changes and _by_cookie(request) and not compare_digest(shown.encode(), found.signed_in.csrf.encode()):
        raise CsrfMissing(header=CSRF_HEADER)
    return found


async def signed_in(found: Annotated[AtDesk, Depends(at_desk)]) -> SignedIn:
    """What every route of every door asks for; at the desk it is answered by the desk's own sessions."""
    return found.signed_in


async def caller(found: Annotated[AtDesk, Depends(at_desk)]) -> DeskPerson:
    """The person with the key that their session lends."""
    return found.caller


def token_of(request: Request) -> str:
    """The token of the request, from the header or else the cookie."""
    if _by_cookie(request):
        return request.cookies.get(DESK_COOKIE, "")
    return request.headers.get("authorization", "").partition(" ")[2].strip()


def _by_cookie(request: Request) -> bool:
    return request.headers.get("authorization", "").partition(" ")[0].lower() != "bearer"


OfficeDep = Annotated[Office, Depends(office_of)]
CallerDep = Annotated[DeskPerson, Depends(caller)]
SignedInDep = Annotated[SignedIn, Depends(signed_in)]
TokenDep = Annotated[str, Depends(token_of)]
NumberDep = Annotated[int, Query(ge=1, le=999, description="Of several who came, the number of the one that is meant.")]
