"""What answers at the desk look like; `desk_telling.py` fills them. Words people wrote are strings, never made into links."""

from datetime import date
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from api.shapes import Named, Possible, Summary


class Owed(BaseModel):
    """A running clock. `days` until it is due, negative when late; null while paused. `waits_for` null: for us.

    `told`: the newest step of its ladder that reached you, and the day. `waived_until`: through this day it may be late.
    """

    clock: str
    label: str
    due_on: date | None
    days: int | None
    late: bool
    waits_for: str | None
    told: str | None
    told_on: date | None
    waived_until: date | None


class Standing(Summary):
    """A matter in the queue. `yours`: you are responsible for it."""

    yours: bool
    owed: list[Owed]


class Queue(BaseModel):
    """Each list with what is due first on top. A matter may stand in several.

    What came to its end is in none, unless she wrote since and is owed an answer.
    """

    urgent: list[Standing] = Field(description="Somebody said that a person may be in danger, and nobody has judged it.")
    new_to_read: list[Standing] = Field(description="Nobody has acknowledged it, or there are words of hers nobody answered.")
    owed_this_week: list[Standing] = Field(description="We owe something by Sunday, or owe it already.")
    waiting_for_her: list[Standing]
    waiting_for_them: list[Standing]
    late: list[Standing] = Field(description="We owe something whose day has passed.")
    later: list[Standing] = Field(description="None of these.")


class Text(BaseModel):
    """A text somebody wrote. `text` null: it was damaged and cannot be opened; the operator has been told that something was."""

    id: UUID
    seq: int
    slot: str
    author: str
    visibility: str
    on: date
    by: Named | None
    text: str | None = Field(repr=False)
    person: int | None = Field(default=None, description="Of several who came, the number of who wrote it.")


class SentLetter(BaseModel):
    """A letter of this matter. `text`: the copy of it that is kept here; `act`: the one that served it.

    `opened_on`: its addressee opened it; `answered_on`: the answer is of that day. `answer` is what it says as long as no act
    took it (`waits`); then it is among the texts.
    """

    id: UUID
    text: UUID
    to: str = Field(repr=False)
    act: str
    served_on: date
    answer_by: date | None
    opened_on: date | None
    answered_on: date | None
    waits: bool
    answer: str | None = Field(repr=False)


class Consent(BaseModel):
    """A consent that was asked; the exact text and its receiver are the text `text`.

    `purpose`: the only act it can be used for; `audience`: who would read it; `until`: the last day on which it can be used.
    """

    id: UUID
    text: UUID
    status: str
    asked_on: date
    answered_on: date | None
    until: date
    used_on: date | None
    purpose: str
    audience: str


class Tie(BaseModel):
    """Another matter that belongs to this one."""

    id: UUID
    kind: str
    state: str
    what: str
    outward: bool


class Reading(BaseModel):
    """A day on which somebody opened it. She sees this too."""

    by: Named
    on: date


class OneOfSeveral(BaseModel):
    """One of several who came with it, by number. `part`: own, for_another or concerned; `here`: has not left."""

    number: int
    part: str
    here: bool
    has_identity: bool


class Opened(Summary):
    """One matter, opened. `people`: empty where one came for herself; `seated`: who can open it; `moves`: those given to you."""

    opened_on: date
    rested_on: date | None
    owner: str
    responsible: Named | None
    yours: bool
    seated: list[Named]
    has_identity: bool
    detail: dict[str, Any]
    texts: list[Text]
    consents: list[Consent]
    letters: list[SentLetter]
    moves: list[Possible]
    ties: list[Tie]
    read: list[Reading]
    people: list[OneOfSeveral]


class Identity(BaseModel):
    """Who she is, in her own words; null: she did not say."""

    identity: str | None = Field(repr=False)


class File(BaseModel):
    """A file. `name` null: it was damaged and cannot be opened."""

    id: UUID
    name: str | None = Field(repr=False)
    author: str
    visibility: str
    on: date


class Files(BaseModel):
    """The files of a matter, oldest first."""

    files: list[File]


class Line(BaseModel):
    """One line of history. `what`: moved, lapsed, signalled, responsible, seated, recused, waived, held or hold_lifted."""

    on: date
    what: str
    name: str
    label: str
    by: Named | None
    by_clock: str | None
    person: Named | None
    source: str | None
    dest: str | None
    irregular: bool
    facts: dict[str, str | int]


class History(BaseModel):
    """All that happened to a matter, in order: who, what, on which day."""

    events: list[Line]


class Earlier(BaseModel):
    """A matter with the name asked for in it."""

    id: UUID
    kind: str
    state: str
    opened_on: date


class Found(BaseModel):
    """What a search found, oldest first."""

    matters: list[Earlier]


class Absence(BaseModel):
    """From one day until (not including) another; null: not known yet."""

    since: date = Field(serialization_alias="from")
    until: date | None


class Colleague(BaseModel):
    """Somebody at the desk."""

    id: UUID
    name: str
    roles: list[str]
    away_today: bool
    absences: list[Absence]


class Roster(BaseModel):
    """Everybody at the desk, as of `today` at the office."""

    today: date
    people: list[Colleague]
