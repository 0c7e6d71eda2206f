"""What answers at the desk look like; `desk_telling.py` fills them. Words people wrote are strings, never made into links."""

from datetime import date
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from api.shapes import Named, Pause, Possible, Summary


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


class Consent(BaseModel):
    """A consent that was asked; the exact text and its receiver are the text `text`."""

    id: UUID
    text: UUID
    status: str
    asked_on: date
    answered_on: date | None


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


class Opened(Summary):
    """One matter, opened. `seated`: everybody of the office who can open it; `moves`: those the policy gives to you."""

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
    moves: list[Possible]
    ties: list[Tie]
    read: list[Reading]


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


class Rung(BaseModel):
    """A step of the ladder a late duty climbs. Working days from the due day; negative: before it."""

    name: str
    working_days: int
    act: str
    repeat_every: int | None


class Fired(BaseModel):
    """Something of a clock that fired, on the day it belongs to."""

    what: str
    round: int
    due_on: date
    fired_on: date
    person: Named | None
    outcome: str


class Waiver(BaseModel):
    """Who excused the lateness of a duty, in which roles, through which day. `text` says by which authority and why.

    `stands`: its day has not passed, and no later one took its place.
    """

    on: date
    until: date
    by: Named
    roles: list[str]
    stands: bool
    text: UUID | None


class Clock(BaseModel):
    """One epoch of a duty. `days` until it is due, negative when late; null if it runs no more or is paused.

    `waivable_until`: the last day through which its lateness may be excused; null: it cannot be waived, or not now.
    """

    name: str
    label: str
    epoch: int
    status: str
    paused: bool
    started_on: date
    due_on: date | None
    stopped_on: date | None
    days: int | None
    explanation: list[str]
    ladder: list[Rung]
    fired: list[Fired]
    waivers: list[Waiver]
    waivable_until: date | None
    source: str
    verified: bool


class CappedPause(Pause):
    """A pause, with the most days one of its name and all together may last."""

    each: int
    total: int


class Placed(BaseModel):
    """A hold that was placed."""

    id: UUID


class Hold(Placed):
    """A hold in force: until (not including) its end, the matter is not destroyed."""

    reason: str
    label: str
    by: Named
    since: date
    until: date


class Clocks(BaseModel):
    """All clocks of a matter, its pauses and holds. `destroyed_on`: the first day on which it can be; null: it is under way."""

    clocks: list[Clock]
    pauses: list[CappedPause]
    destroyed_on: date | None
    holds: list[Hold]


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
