"""Who somebody is, where a custodian guards it: asking by a seat, answering by the office of custodian.

POST  /v1/<kind>s/{id}/identity/requests     ask to see who she is
GET   /v1/<kind>s/{id}/identity/requests     what was asked in this case, and what came of it
GET   /v1/identity-requests                  a custodian's: numbers, days, who asks and why; nothing of a case
POST  /v1/identity-requests/{id}/approval    agree, until a day
POST  /v1/identity-requests/{id}/refusal     say no, and why

This file names no kind. Whoever holds no copy finds no request to answer.
"""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Response

from actions import identity_looking, identity_requests
from actions.identity_looking import Asked, Guarded, Why
from actions.identity_requests import Wanted
from actions.kernel.kind import Kind
from api import desk_identity_shapes as told_as
from api import shapes
from api.bodies import reads
from api.contract import needs
from api.desk_asking import CallerDep, NumberDep, OfficeDep
from api.desk_matters import answered, seat_asked
from api.kinds_routes import IdDep, VersionDep, WordsDep
from api.repeating import BareRepeatDep, RepeatDep
from api.words import Words

router = APIRouter(prefix="/v1/identity-requests", tags=["identity"])


def request_asked(office: OfficeDep, caller: CallerDep, about: IdDep) -> UUID:
    """The request in the path, before a body is read. Raises NotFound for who may not know of it."""
    identity_requests.require_known(office, about, by=caller)
    return about


RequestAskedDep = Annotated[UUID, Depends(request_asked)]


def identity_of(kind: Kind) -> APIRouter:
    """The routes of one kind."""
    made, name = APIRouter(prefix=f"/v1/{kind.name}s", tags=[kind.name]), kind.name
    body = told_as.IdentityAsked

    @made.post(
        "/{id}/identity/requests",
        name=f"ask_identity_of_{name}",
        status_code=201,
        **needs(f"{name}.identity", 404, 409, 412, body=body),
    )
    def ask_identity(
        response: Response,
        office: OfficeDep,
        caller: CallerDep,
        words: WordsDep,
        about: Annotated[UUID, Depends(seat_asked(name))],
        version: VersionDep,
        repeat: RepeatDep,
        told: Annotated[told_as.IdentityAsked, Depends(reads(body))],
    ) -> shapes.Summary:
        """Ask to see who she is. She reads that you did, and why."""
        wanted = Wanted(told.why, told.words, told.urgent, told.person)
        changed = identity_requests.ask(office, name, about, wanted, by=caller, version=version, request=repeat)
        return answered(changed, response, words)

    @made.get("/{id}/identity/requests", name=f"list_identity_requests_of_{name}", **needs(f"{name}.identity", 404, 422))
    def list_requests(
        office: OfficeDep, caller: CallerDep, words: WordsDep, about: IdDep, person: NumberDep = 1
    ) -> told_as.IdentityRequests:
        """What was asked about who she is. Looking opens nothing of it."""
        return guarded(identity_looking.guarded_in(office, name, about, by=caller, person=person), words)

    return made


@router.get("", **needs("identity.answer", 409))
def show_identity_requests(office: OfficeDep, caller: CallerDep, words: WordsDep) -> told_as.IdentityDuties:
    """All requests about identities that you guard."""
    found, refusals = identity_looking.waiting_for(office, by=caller)
    return told_as.IdentityDuties(refusals=list(refusals), requests=[asked(one, words) for one in found])


@router.post("/{id}/approval", **needs("identity.answer", 400, 404, 409, 422))
def approve_identity(
    office: OfficeDep, caller: CallerDep, about: RequestAskedDep, repeat: BareRepeatDep
) -> told_as.IdentityGranted:
    """Let whoever asked see who the person is, until a day. Your own key does it; you see nothing."""
    return told_as.IdentityGranted(until=identity_requests.grant(office, about, by=caller, request=repeat))


@router.post("/{id}/refusal", status_code=204, **needs("identity.answer", 404, 409, body=told_as.IdentityRefused))
def refuse_identity(
    office: OfficeDep,
    caller: CallerDep,
    about: RequestAskedDep,
    repeat: RepeatDep,
    told: Annotated[told_as.IdentityRefused, Depends(reads(told_as.IdentityRefused))],
) -> Response:
    """Say no, and why. Whoever asked, and all who read the case, read it."""
    identity_requests.refuse(office, about, told.why, told.words, by=caller, request=repeat)
    return Response(status_code=204)


def guarded(found: Guarded, words: Words) -> told_as.IdentityRequests:
    """How it stands in one case, as it is answered."""
    return told_as.IdentityRequests(
        given=found.given,
        custodians=None if found.by is None else list(found.by),
        open_now=found.open_now,
        reasons=list(found.reasons) if found.askable else [],
        requests=[asked(one, words) for one in found.requests],
    )


def asked(one: Asked, words: Words) -> told_as.IdentityRequest:
    """One request, as it is answered."""
    return told_as.IdentityRequest(
        id=one.id,
        number=one.number,
        by=one.by.name,
        on=one.on,
        urgent=one.urgent,
        lapses_on=one.lapses_on,
        status=one.status,
        label=words.label(f"identity.status.{one.status}", one.status),
        reason=_why(one.reason, "why", words),
        answered_by=one.answered_by.name if one.answered_by else None,
        answered_on=one.answered_on,
        until=one.until,
        answer=_why(one.answer, "refusal", words) if one.answer else None,
        opened_on=list(one.opened_on),
    )


def _why(why: Why, part: str, words: Words) -> told_as.IdentityReason:
    return told_as.IdentityReason(why=why.code, label=words.label(f"identity.{part}.{why.code}", why.code), words=why.words)
