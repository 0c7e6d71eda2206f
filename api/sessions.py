"""Signing in, signing out, and who is signed in."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, ConfigDict, Field

from actions.letter_keys import lend
from actions.sessions import SignedIn, sign_in, sign_out
from api.asking import COOKIE, DoorDep, PersonDep
from api.bodies import reads
from api.contract import needs, public


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
def create_session(response: Response, door: DoorDep, typed: Annotated[SignIn, Depends(reads(SignIn))]) -> Session:
    """Sign in with name, passphrase and the code of the authenticator."""
    who = sign_in(door, login=typed.name, passphrase=typed.passphrase, code=typed.totp)
    lend(door, who, typed.passphrase)
    response.set_cookie(COOKIE, who.token, path="/", secure=True, httponly=True, samesite="strict")
    return Session(**_me(who), token=who.token)


@router.delete("/v1/sessions/current", status_code=204, **needs("session.end"))
def end_session(door: DoorDep, person: PersonDep) -> Response:
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
