"""What the desk answers about time: a matter's clocks with their ladders and waivers, its pauses and holds."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, Field

from api.shapes import Named, Pause


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
    by: Named = Field(description="Who approved it.")
    asked_by: Named | None = Field(description="Who asked for it, never who approved it; null: somebody outside the office.")
    since: date
    until: date


class Clocks(BaseModel):
    """All clocks of a matter, its pauses and holds. `destroyed_on`: the first day on which it can be; null: it is under way."""

    clocks: list[Clock]
    pauses: list[CappedPause]
    destroyed_on: date | None
    holds: list[Hold]
