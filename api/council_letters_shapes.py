"""What is asked and answered about letters at the council's door. Words, passphrases and digits hide themselves."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from actions.kinds.sealed import Text


class _Body(BaseModel):
    """What somebody sends. Errors never repeat it."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


class NewLetterKey(_Body):
    """One's own passphrase and code, asked for once more. The key is kept under that passphrase."""

    passphrase: Annotated[str, Field(min_length=1, max_length=256, repr=False)]
    totp: Annotated[str, Field(pattern=r"^[0-9]{6}$", repr=False, description="The six digits the authenticator shows now.")]


class LetterAnswer(_Body):
    """The answer to a letter. There is one: nobody here can open, add to or change it once it is sent."""

    text: Text


class LetterKey(BaseModel):
    """One's own letter key. `fingerprint` null: there is none. `signed_on`: the office compared and signed it.

    `lent`: this session opens letters.
    """

    fingerprint: str | None
    made_on: date | None
    signed_on: date | None
    ended_on: date | None
    lent: bool


class NewLetterKeyMade(BaseModel):
    """The digits of the new key, to be compared with somebody of the office."""

    fingerprint: str


class WaitingLetter(BaseModel):
    """A letter that lies here. `answer_by` null: no answer is asked for, or this session cannot open it (`closed`)."""

    id: UUID
    came_on: date
    read_on: date | None
    answered_on: date | None
    answer_by: date | None
    late: bool
    closed: bool


class WaitingLetters(BaseModel):
    """What lies here for who asks, newest first."""

    letters: list[WaitingLetter]


class OpenedLetter(WaitingLetter):
    """A letter that was opened: who of the office sent it, and its words."""

    sender: str
    text: str = Field(repr=False)
