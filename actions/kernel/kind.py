"""What the kernel must know of a kind, so that it never names one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from actions.kernel.actor import Actor
from actions.kernel.callers import Caller
from policies.said import Fact
from records.books import Books
from records.matters import Matter
from states.machine import Machine
from states.table import Facts, StateTable


class Payload(BaseModel):
    """What an act brings with it. Unknown keys are refused; errors never repeat the input."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    def happened_on(self) -> date | None:
        """The day the act happened, if it is told and may differ from the day it is written down. None: unknown."""
        return None

    def ties(self) -> Mapping[UUID, str]:
        """Other matters that a matter opened with this is tied to, and what it is to them."""
        return {}


class Nothing(Payload):
    """For acts that need nothing more."""


@dataclass(frozen=True, slots=True)
class Act:
    """One act under way: who does what, the day it takes effect and the office's instant it belongs to."""

    trigger: str
    payload: Payload
    by: Actor
    effective_on: date
    at: datetime


@dataclass(frozen=True, slots=True)
class Driven:
    """A move of another matter that an act brings with it; `told` becomes the payload of that move."""

    matter: UUID
    trigger: str
    told: Mapping[str, Any]


def drives_nothing(books: Books, matter: Matter, payload: Payload, by: Caller) -> Sequence[Driven]:
    """For kinds whose acts move nothing but their own matter."""
    del books, matter, payload, by  # the shape of `drives`
    return ()


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of matter as the kernel sees it.

    `facts` are read before the machine is asked, with what the payload claims; `apply` then writes the kind's details and
    returns facts for the history (ids, dates, counts); `given` are the dates the matter brings for its clocks, by name, None
    where it brings none; `show` is what the doors may say of it; `born_of` makes the opening
    payload where a linked matter's act opens this kind; `drives` gives the moves of other matters that a move brings with it,
    told with what who acts may open (`driving.py`); `routed` False: the doors have routes of their own for it, and none are
    made of its table; `formal` False: nothing in it is official, as its certificate of destruction says.
    """

    table: StateTable
    payloads: Mapping[str, type[Payload]]
    facts: Callable[[Books, Matter, Act], Facts]
    apply: Callable[[Books, Matter, Act], Mapping[str, Fact]]
    given: Callable[[Books, UUID], Mapping[str, Mapping[str, Any] | None]]
    show: Callable[[Books, Matter], Mapping[str, Any]]
    born_of: Callable[[Books, Matter, Act], Payload] | None = None
    drives: Callable[[Books, Matter, Payload, Caller], Sequence[Driven]] = drives_nothing
    routed: bool = True
    formal: bool = True
    machine: Machine = field(init=False)

    def __post_init__(self) -> None:
        """Build the machine once; it is shared and holds no matter."""
        object.__setattr__(self, "machine", Machine(self.table))

    @property
    def name(self) -> str:
        """The kind's name."""
        return self.table.kind

    def payload(self, trigger: str) -> type[Payload]:
        """The model of what `trigger` brings; `Nothing` if it needs nothing."""
        return self.payloads.get(trigger, Nothing)
