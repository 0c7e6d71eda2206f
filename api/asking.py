"""Who is asking: the door a request came in by, and the session behind it."""

from hmac import compare_digest
from typing import Annotated, ClassVar, Final

from fastapi import Depends
from starlette.requests import Request

from actions.office import Office
from actions.sessions import Door, SignedIn, recognise
from policies.refusal import Refusal

COOKIE: Final = "__Host-amparo"
"""At the council. The prefix makes browsers insist on HTTPS, this host and the whole path. Each door has a name of its own:
cookies know no port, and one machine may hold all doors.
"""
DESK_COOKIE: Final = "__Host-amparo-desk"
COOKIES: Final = (COOKIE, DESK_COOKIE)
CSRF_HEADER: Final = "X-CSRF-Token"
_READS: Final = frozenset({"GET", "HEAD", "OPTIONS"})


class CsrfMissing(Refusal):
    """A change asked for with the cookie alone: another site could have sent it (S21)."""

    code: ClassVar[str] = "csrf_missing"
    status: ClassVar[int] = 403


def door_of(request: Request) -> Door:
    """The door this request came in by."""
    door: Door = request.app.state.door
    return door


def office_of(request: Request) -> Office:
    """The office behind the door."""
    return door_of(request).office


def signed_in(request: Request, door: Annotated[Door, Depends(door_of)]) -> SignedIn:
    """The person who asks, by bearer token or by cookie, and by nothing else a client may send (S39).

    Raises NotSignedIn, and CsrfMissing for a change that comes with the cookie alone.
    """
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    by_cookie = scheme.lower() != "bearer"
    who = recognise(door, request.cookies.get(COOKIE, "") if by_cookie else token.strip())
    request.state.language, request.state.who, request.state.csrf = who.language, who, who.csrf
    shown = request.headers.get(CSRF_HEADER, "")
    if by_cookie and request.method not in _READS and not compare_digest(shown.encode(), who.csrf.encode()):
        raise CsrfMissing(header=CSRF_HEADER)
    return who


DoorDep = Annotated[Door, Depends(door_of)]
OfficeDep = Annotated[Office, Depends(office_of)]
PersonDep = Annotated[SignedIn, Depends(signed_in)]
