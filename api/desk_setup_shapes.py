"""What is asked and answered about invitations and set-up. Codes, passphrases and addresses hide themselves."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field, StringConstraints

from actions.days import Day
from api.desk_bodies import Body, RuleName

Line = Annotated[
    str, StringConstraints(min_length=1, max_length=120, pattern=r"^[^\x00-\x20\x7f]([^\x00-\x1f\x7f]*[^\x00-\x20\x7f])?$")
]
Mail = Annotated[str, StringConstraints(max_length=254, pattern=r"^[^@\x00-\x20\x7f]+@[^@\x00-\x20\x7f]+$")]
Typed = Annotated[str, Field(min_length=1, max_length=256, repr=False)]
Code = Annotated[str, Field(min_length=1, max_length=80, repr=False, description="Five groups of four signs.")]
Totp = Annotated[str, Field(pattern=r"^[0-9]{6}$", repr=False, description="The six digits the authenticator shows now.")]


class Invitation(Body):
    """Who is to set up a key here: as people know them, what they sign in by, and their offices, from a day until another."""

    name: Line
    login: Annotated[str, Field(min_length=2, max_length=40)]
    roles: Annotated[list[RuleName], Field(min_length=1, max_length=10)]
    mail: Mail | None = None
    language: Literal["en", "es", "pt", "fr"] = "en"
    since: Day | None = None
    until: Day | None = None


class SetUpCode(Body):
    """The code of an invitation."""

    code: Code


class SetUp(Body):
    """All it takes to set up one's key. `again`: the passphrase typed once more, for pages; a program leaves it out."""

    code: Code
    passphrase: Typed
    again: Annotated[str | None, Field(max_length=256, repr=False)] = None
    totp: Totp


class Signing(Body):
    """The digits as the newcomer said them, and the signer's own passphrase and code."""

    fingerprint: Annotated[str, Field(min_length=24, max_length=60)]
    passphrase: Typed
    totp: Totp


class Invited(BaseModel):
    """A new invitation. The code is shown this once."""

    id: UUID
    code: str = Field(repr=False)
    expires: AwareDatetime


class Waiting(BaseModel):
    """An invitation that is good. It waits for the newcomer's code, or for a signature of the key with this fingerprint.

    `invited_by` null: with the papers of the ceremony.
    """

    id: UUID
    name: str
    login: str
    roles: list[str]
    since: date
    until: date | None
    expires: AwareDatetime
    invited_by: str | None
    waits: Literal["code", "signature"]
    fingerprint: str | None


class Pending(BaseModel):
    """What waits, and the offices one may be invited to here."""

    invitations: list[Waiting]
    offices: list[str]


class Begun(BaseModel):
    """Who is invited, and what their authenticator needs. The address shown before, if any, is void."""

    name: str
    login: str
    language: str
    roles: list[str]
    totp_address: str = Field(repr=False)


class Ready(BaseModel):
    """A key that waits to be signed: its digits, to be said to whoever invited."""

    fingerprint: str


class Signed(BaseModel):
    """Whose key was signed; they can sign in now."""

    person: UUID
    serial: int
