"""What the intake takes and gives where several people come with one matter: a code, what it leads to, joining."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, Field

from actions.front import Afraid
from actions.kinds.sealed import AnyText
from api.intake_shapes import MustNotSee, Told

_Code = Annotated[str, Field(max_length=100, repr=False)]


class NewCode(Told):
    """Nothing has to be said to be given a code for one other person."""


class CodeTold(Told):
    """A code as it was typed: case, spaces and hyphens do not matter."""

    code: _Code


class Join(CodeTold):
    """Somebody joins. `agrees`: they read what joining means. All else but the language may be left out."""

    language: Annotated[str, Field(max_length=20)]
    agrees: bool = False
    statement: AnyText | None = None
    identity: AnyText | None = Field(default=None, description="Who they are, if they say; sealed under a key of its own.")
    must_not_see: MustNotSee | None = None
    afraid: Afraid | None = None


class Code(BaseModel):
    """A code, shown once. `part`: own, or concerned where it is for the person that it is about. `until`: its last day."""

    code: str = Field(repr=False)
    part: str
    until: date
    notice: list[str]


class Written(BaseModel):
    """Something that is written there. `person`: the number of who wrote it; null: the office, or the only one who came."""

    on: date
    person: int | None
    text: str = Field(repr=False)


class Waiting(BaseModel):
    """What a code leads to: everything that is shared there, who could open it until now, and what joining means."""

    part: str
    people: int
    until: date
    messages: list[Written]
    files: int
    readers: list[str]
    notice: list[str]


class Welcomed(BaseModel):
    """What somebody is told once who joined. The receipt is the only way back; it is kept nowhere."""

    receipt: list[str] = Field(repr=False)
    number: int
    part: str
    readers: list[str]
    notice: list[str]
