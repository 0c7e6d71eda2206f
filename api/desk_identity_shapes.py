"""Requests to see who somebody is, as the desk tells and takes them. Words hide themselves."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, Field

from actions.kinds.sealed import Text
from api.desk_bodies import Body, RuleName


class IdentityAsked(Body):
    """Why somebody with a seat must see who the person is; of several who came, the one of this number."""

    why: RuleName
    words: Text
    urgent: bool = False
    person: int = Field(default=1, ge=1, le=999)


class IdentityRefused(Body):
    """Why not. The words are sealed to the case, which the custodian cannot read."""

    why: RuleName
    words: Text


class IdentityReason(BaseModel):
    """A reason: a code of the rules, and words."""

    why: str
    label: str
    words: str = Field(repr=False)


class IdentityRequest(BaseModel):
    """One request. `number` is all that a custodian learns of the case. `until`: the last day of an approval."""

    id: UUID
    number: str
    by: str
    on: date
    urgent: bool
    lapses_on: date
    status: str
    label: str
    reason: IdentityReason
    answered_by: str | None
    answered_on: date | None
    until: date | None
    answer: IdentityReason | None
    opened_on: list[date]


class IdentityRequests(BaseModel):
    """Everything that was asked about who the people of one case are.

    `custodians` null: nobody has to be asked. `open_now`: you can open it today. `reasons`: with which you can ask.
    """

    given: bool
    custodians: list[str] | None
    open_now: bool
    reasons: list[str]
    requests: list[IdentityRequest]


class IdentityDuties(BaseModel):
    """All requests about identities that you guard, urgent ones first."""

    refusals: list[str]
    requests: list[IdentityRequest]


class IdentityGranted(BaseModel):
    """The last day on which whoever asked can open it."""

    until: date
