"""Who is asking: the session behind a request, signing in and out, and what every route must declare about it."""

from hmac import compare_digest
from typing import Annotated, Any, ClassVar, Final
from uuid import UUID

from actions.office import Office
from actions.sessions import Door, SignedIn, recognise, sign_in, sign_out
from fastapi import APIRouter, Depends, Response
from policies.refusal import Refusal
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request

from api.bodies import reads
from api.contract import needs, public

COOKIE: Final = "__Host-amparo"
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
    request.state.language = who.language
    shown = request.headers.get(CSRF_HEADER, "")
    if by_cookie and request.method not in _READS and not compare_digest(shown.encode(), who.csrf.encode()):
        raise CsrfMissing(header=CSRF_HEADER)
    return who


OfficeDep = Annotated[Office, Depends(office_of)]
PersonDep = Annotated[SignedIn, Depends(signed_in)]


class SignIn(BaseModel):
    """What a person signs in with."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    name: str = Field(min_length=1, max_length=80, description="The login.")
    passphrase: str = Field(min_length=1, max_length=256, repr=False)
    totp: str = Field(pattern=r"^[0-9]{6}$", repr=False, description="The six digits the authenticator shows now.")


class Person(BaseModel):
    """Somebody who works here."""

    id: UUID
    name: str
    language: str


class Me(BaseModel):
    """Who is signed in, in which offices today, and what a page sends as X-CSRF-Token with each change."""

    person: Person
    roles: list[str]
    csrf: str


class Session(Me):
    """A new session. `token` goes into `Authorization: Bearer`; a browser has it as a cookie instead."""

    token: str


router = APIRouter()


@router.post("/v1/sessions", status_code=201, **public(400, 401, 403, 408, 413, 415, 422, 503, body=SignIn))
def create_session(
    response: Response, door: Annotated[Door, Depends(door_of)], typed: Annotated[SignIn, Depends(reads(SignIn))]
) -> Session:
    """Sign in with name, passphrase and the code of the authenticator."""
    who = sign_in(door, login=typed.name, passphrase=typed.passphrase, code=typed.totp)
    response.set_cookie(COOKIE, who.token, path="/", secure=True, httponly=True, samesite="strict")
    return Session(**_me(who), token=who.token)


@router.delete("/v1/sessions/current", status_code=204, **needs("session.end"))
def end_session(door: Annotated[Door, Depends(door_of)], person: PersonDep) -> Response:
    """Sign out. Other sessions of the same person go on."""
    sign_out(door, person)
    response = Response(status_code=204, headers={"Clear-Site-Data": '"cache", "cookies", "storage"'})
    response.delete_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="strict")
    return response


@router.get("/v1/me", **needs("session.read"))
def show_me(person: PersonDep) -> Me:
    """Who is signed in."""
    return Me(**_me(person))


def _me(who: SignedIn) -> dict[str, Any]:
    person = Person(id=who.person, name=who.name, language=who.language)
    return {"person": person, "roles": sorted(who.roles), "csrf": who.csrf}
