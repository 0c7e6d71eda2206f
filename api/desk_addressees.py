"""The keys of those to whom letters are served, at the desk: for who may compare and sign them.

GET     /v1/addressees                                every key
POST    /v1/addressees/{id}/keys/{serial}/signature   sign one, after comparing its digits
DELETE  /v1/addressees/{id}/keys/{serial}             seal nothing more to it

Nothing here takes an Idempotency-Key: a signature made again is the same, and an end is one.
"""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Response
from pydantic import BaseModel

from actions import addressees
from api.bodies import reads
from api.contract import needs
from api.desk_asking import CallerDep, OfficeDep
from api.desk_setup_shapes import Signing
from api.kinds_routes import IdDep

router = APIRouter(tags=["keys"])
SerialDep = Annotated[int, Path(ge=1, le=1_000_000)]


class AddresseeKey(BaseModel):
    """One key. `office`: their role in the house when it was made. `fingerprint`: the digits they see at their own door."""

    person: UUID
    serial: int
    name: str
    office: str
    made_on: date
    signed_on: date | None
    ended_on: date | None
    standing: Literal["waiting", "signed", "ended"]
    fingerprint: str


class Addressees(BaseModel):
    """Every key, by name."""

    keys: list[AddresseeKey]


def key_asked(office: OfficeDep, caller: CallerDep, about: IdDep, serial: SerialDep) -> tuple[UUID, int]:
    """The key in the path, before a body is read. Raises NotFound, also for who may not sign."""
    addressees.require_key(office, about, serial, by=caller)
    return about, serial


KeyDep = Annotated[tuple[UUID, int], Depends(key_asked)]


@router.get("/v1/addressees", **needs("addressee.read", 404))
def show_addressees(office: OfficeDep, caller: CallerDep) -> Addressees:
    """To whom letters can be served, and whose key waits to be compared."""
    return Addressees(keys=[_told(one) for one in addressees.listed(office, by=caller)])


@router.post("/v1/addressees/{id}/keys/{serial}/signature", status_code=204, **needs("addressee.sign", 404, 409, body=Signing))
def sign_addressee(
    office: OfficeDep, caller: CallerDep, key: KeyDep, told: Annotated[Signing, Depends(reads(Signing))]
) -> Response:
    """Sign a key: that it is this person's. You heard the digits from them, not from a page."""
    addressees.sign(office, *key, told.fingerprint, told.passphrase, told.totp, by=caller)
    return Response(status_code=204)


@router.delete("/v1/addressees/{id}/keys/{serial}", status_code=204, **needs("addressee.end", 404, 422))
def end_addressee(office: OfficeDep, caller: CallerDep, key: KeyDep) -> Response:
    """Seal nothing more to a key. What was served stays served."""
    addressees.end(office, *key, by=caller)
    return Response(status_code=204)


def _told(one: addressees.Listed) -> AddresseeKey:
    return AddresseeKey(
        person=one.person,
        serial=one.serial,
        name=one.name,
        office=one.office,
        made_on=one.made_on,
        signed_on=one.signed_on,
        ended_on=one.ended_on,
        standing=one.standing.value,
        fingerprint=one.fingerprint,
    )
