"""What answers look like: matters, clocks, history and duties. `telling.py` fills them."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel


class Named(BaseModel):
    """A person by name."""

    id: UUID
    name: str


class Summary(BaseModel):
    """A matter in one line. `version` is what If-Match takes."""

    id: UUID
    kind: str
    state: str
    state_label: str
    version: int


class Listed(Summary):
    """A matter in a register. `late` is `next_due` compared with today."""

    responsible: Named | None
    next_due: date | None
    late: bool
    detail: dict[str, Any]


class Register(BaseModel):
    """A page of a register. `after` continues it; null: it is the last."""

    items: list[Listed]
    after: UUID | None


class Claim(BaseModel):
    """Something that must hold before a move."""

    claim: str
    what: str


class Possible(BaseModel):
    """A move from where the matter is. `unmet` are claims that do not hold before anything is told with the move."""

    trigger: str
    label: str
    allowed: bool
    unmet: list[Claim]


class Tie(BaseModel):
    """A tie to another matter. `outward`: this matter is `what` to the other; otherwise the other is to this."""

    id: UUID
    kind: str
    state: str
    title: str | None
    what: str
    outward: bool


class Detail(Summary):
    """One matter. `owner` is who is expected to act next."""

    opened_on: date
    rested_on: date | None
    owner: str
    responsible: Named | None
    detail: dict[str, Any]
    moves: list[Possible]
    ties: list[Tie]


class Fired(BaseModel):
    """Something of a clock that fired."""

    what: str
    round: int
    due_at: datetime
    fired_at: datetime
    person: Named | None
    outcome: str


class Next(BaseModel):
    """What of a clock fires next, and when."""

    what: str
    at: datetime


class Waiver(BaseModel):
    """Who excused the lateness of a duty, in which roles, by which authority and why, through which day.

    `stands`: its day has not passed, and no later one took its place.
    """

    on: date
    until: date
    by: Named
    roles: list[str]
    stands: bool
    authority: str | None
    reason: str | None


class Clock(BaseModel):
    """One epoch of a duty. `days` until it is due, negative when late; null if it runs no more or is paused.

    `waivable_until`: the last day through which its lateness may be excused; null: it cannot be waived, or not now.
    """

    name: str
    label: str
    epoch: int
    status: str
    started_on: date
    due_on: date | None
    stopped_on: date | None
    days: int | None
    explanation: list[str]
    next: Next | None
    fired: list[Fired]
    waivers: list[Waiver]
    waivable_until: date | None
    source: str
    verified: bool


class Pause(BaseModel):
    """Days that some clocks do not count, until (not including) an end; null: it goes on."""

    name: str
    label: str
    since: date
    until: date | None


class Clocks(BaseModel):
    """All clocks of a matter, and its pauses."""

    clocks: list[Clock]
    pauses: list[Pause]


class Happening(BaseModel):
    """One line of history. `occurred_on` null: nobody knows the day; `irregular`: told out of order."""

    seq: int
    trigger: str
    label: str
    source: str
    dest: str
    recorded_at: datetime
    effective_on: date
    occurred_on: date | None
    irregular: bool
    by: Named | None
    by_clock: str | None
    facts: dict[str, str | int]


class History(BaseModel):
    """All that happened to a matter, in the order it was written down."""

    events: list[Happening]


class Owed(BaseModel):
    """A duty under way. `days` until it is due; negative: late by so many.

    `units`: those that own the function it belongs to today, or the one it is assigned to.
    """

    matter: UUID
    kind: str
    title: str | None
    clock: str
    label: str
    due_on: date
    days: int
    responsible: Named | None
    units: list[str]


class Handed(BaseModel):
    """A matter that was handed over by itself."""

    matter: UUID
    kind: str
    title: str | None
    to: Named
    before: Named | None
    on: date


class DueList(BaseModel):
    """What is due, what is late, and what was handed over, as of `today` at the office."""

    today: date
    due: list[Owed]
    late: list[Owed]
    handed_over: list[Handed]
