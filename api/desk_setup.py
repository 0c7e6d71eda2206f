"""How somebody new gets a key of their own: invited by a holder, set up by themselves, signed after comparing digits.

POST, GET  /v1/invitations          invite; what waits
DELETE     /v1/invitations/{id}     take one back
POST       /v1/setup/begin, /setup  the newcomer's own part; the code is the permission
POST       /v1/keys/{id}/signature  sign the key that waits by this invitation

Nothing here takes an Idempotency-Key: an invitation made again is another one, and the one before it is void.
"""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Response

from actions import invitations, setting_up, signing_keys
from api import desk_setup_shapes as shapes
from api.bodies import reads
from api.contract import needs, public
from api.desk_asking import CallerDep, OfficeDep
from api.kinds_routes import IdDep

router = APIRouter(tags=["keys"])


def invitation_asked(office: OfficeDep, caller: CallerDep, about: IdDep) -> UUID:
    """The invitation in the path, before a body is read. Raises NotFound, also for who may not invite."""
    invitations.require_asked(office, about, by=caller)
    return about


AskedDep = Annotated[UUID, Depends(invitation_asked)]


@router.post("/v1/invitations", status_code=201, **needs("invitation.make", 409, body=shapes.Invitation))
def create_invitation(
    office: OfficeDep, caller: CallerDep, told: Annotated[shapes.Invitation, Depends(reads(shapes.Invitation))]
) -> shapes.Invited:
    """Invite somebody to set up their key here. Say the code to them; it is shown this once."""
    invited = invitations.Invited(
        name=told.name,
        login=told.login,
        roles=tuple(told.roles),
        mail=told.mail,
        language=told.language,
        from_on=told.since,
        until_on=told.until,
    )
    made = invitations.invite(office, invited, by=caller)
    return shapes.Invited(id=made.id, code=made.code, expires=made.expires)


@router.get("/v1/invitations", **needs("invitation.read", 409))
def show_invitations(office: OfficeDep, caller: CallerDep) -> shapes.Pending:
    """Who is invited, and whose key waits for a signature."""
    found = invitations.pending(office, by=caller)
    return shapes.Pending(invitations=[_waiting(one) for one in found.invitations], offices=list(found.offices))


@router.delete("/v1/invitations/{id}", status_code=204, **needs("invitation.end", 404))
def end_invitation(office: OfficeDep, caller: CallerDep, about: IdDep) -> Response:
    """Take an invitation back, and with it a key that nobody signed."""
    invitations.withdraw(office, about, by=caller)
    return Response(status_code=204)


@router.post("/v1/keys/{id}/signature", status_code=201, **needs("invitation.sign", 404, 409, body=shapes.Signing))
def sign_key(
    office: OfficeDep,
    caller: CallerDep,
    about: AskedDep,
    told: Annotated[shapes.Signing, Depends(reads(shapes.Signing))],
) -> shapes.Signed:
    """Sign the key that waits by this invitation: that it is this person's. You heard the digits from them, not from a page."""
    signed = signing_keys.sign(office, about, told.fingerprint, told.passphrase, told.totp, by=caller)
    return shapes.Signed(person=signed.person, serial=signed.serial)


@router.post("/v1/setup/begin", **public(400, 403, 408, 413, 415, 422, 503, body=shapes.SetUpCode))
def begin_setup(office: OfficeDep, told: Annotated[shapes.SetUpCode, Depends(reads(shapes.SetUpCode))]) -> shapes.Begun:
    """Begin to set up your key: with the code you were told, see what your authenticator needs."""
    begun = setting_up.begin(office, told.code)
    return shapes.Begun(
        name=begun.name,
        login=begun.login,
        language=begun.language,
        roles=list(begun.roles),
        totp_address=begun.totp_address,
    )


@router.post("/v1/setup", status_code=201, **public(400, 403, 408, 413, 415, 422, 503, body=shapes.SetUp))
def set_up(office: OfficeDep, told: Annotated[shapes.SetUp, Depends(reads(shapes.SetUp))]) -> shapes.Ready:
    """Make your key, under a passphrase that only you know. Say the digits to whoever invited you; then you can sign in."""
    return shapes.Ready(fingerprint=setting_up.set_up(office, told.code, told.passphrase, told.totp, again=told.again))


def _waiting(one: invitations.Waiting) -> shapes.Waiting:
    return shapes.Waiting(
        id=one.id,
        name=one.name,
        login=one.login,
        roles=list(one.roles),
        since=one.since,
        until=one.until,
        expires=one.expires,
        invited_by=one.invited_by,
        waits="code" if one.fingerprint is None else "signature",
        fingerprint=one.fingerprint,
    )
