"""The words a procedure is written in: stages, moves, clocks and pauses, as data.

One file of this folder writes one kind of matter with these words and nothing else; `machine.py` runs it, `check.py` proves
it, `diagrams.py` draws it. Durations, ladders and who may act are in the policy pack under the same names.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cached_property
from typing import Any

from states.counting import Counted

Guard = Callable[[Any], bool]
"""A claim about a matter's facts, named as one: `a_person_has_read_it`. It reads only booleans of one Facts object."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The yes/no facts guards may read. Each kind subclasses it with boolean fields that are False until shown."""

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """The names of all facts of this kind."""
        return tuple(fact.name for fact in fields(cls))


class Owner(StrEnum):
    """Who is expected to act next while a matter rests in a stage. It sorts the queue; it grants nothing."""

    OFFICE = "office"
    """The ombudsperson's office: the person responsible for the matter."""
    VISITOR = "visitor"
    """The person who came to the office."""
    ADDRESSEE = "addressee"
    """Whoever must answer a recommendation."""
    UNIT = "unit"
    """The unit of the secretariat that a mandate is assigned to, or that drafts."""
    BODY = "body"
    """The political organ that decides."""
    NOBODY = "nobody"
    """Only for final stages."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A state a matter can rest in. A final stage has no way out and stops every clock that does not outlive it."""

    name: str
    owner: Owner = Owner.NOBODY
    final: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """One row of the table: `trigger` leads from `source` to `dest` only if all claims hold.

    `source == dest` is an act that changes no stage but is kept in history and may start or stop clocks. `discloses` marks a
    move that shows something of the matter to someone outside its seats: the model check demands a consent fact for it.
    """

    trigger: str
    source: str
    dest: str
    only_if: tuple[Guard, ...] = ()
    discloses: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """A clock starts when this trigger has happened, whatever the stage."""

    trigger: str


@dataclass(frozen=True, slots=True)
class After:
    """A clock starts on the day another clock ends: the day its stopping act happened, or its due day when that passed."""

    clock: str


Start = str | Event | After
"""A stage entered (its name), an event, or another clock."""


def event(trigger: str) -> Event:
    """Start when `trigger` has happened."""
    return Event(trigger)


def after(clock: str) -> After:
    """Start when `clock` has stopped or its due day has passed, whichever comes first."""
    return After(clock)


@dataclass(frozen=True, slots=True)
class Clock:
    """A duty with a date, declared beside the stages.

    `starts_on` with several entries means whichever comes first. `stops_on` are triggers: the duty is met. Entering a stage
    named in `ends_in` stops it without being met (a final stage ends every clock unless `outlives`). `lapse` is the trigger
    fired by the clock itself on the first local day after its due date; only such a clock changes a stage. `repeats` starts
    the next epoch as soon as one is met or lapses.
    """

    name: str
    starts_on: tuple[Start, ...]
    stops_on: tuple[str, ...] = ()
    ends_in: tuple[str, ...] = ()
    lapse: str | None = None
    repeats: bool = False
    outlives: bool = False


@dataclass(frozen=True, slots=True)
class Pause:
    """A stretch of days that some clocks do not count, from one act to another; its longest length is in the policy."""

    name: str
    starts_on: str
    stops_on: tuple[str, ...]
    holds: tuple[str, ...]


@dataclass(frozen=True)
class StateTable:
    """One kind's whole procedure. `initial` is the stage a matter opens in; opening is the trigger `open`."""

    kind: str
    facts: type[Facts]
    initial: str
    stages: tuple[Stage, ...]
    moves: tuple[Move, ...]
    clocks: tuple[Clock, ...]
    pauses: tuple[Pause, ...] = ()
    sealed: bool = False
    """True for matters of the ombudsperson's office: no hours, no names outside seats, no reference in clear."""
    consent_facts: tuple[str, ...] = ()
    """Facts of which one must hold before any move that discloses."""
    emits: tuple[str, ...] = ()
    """Triggers that linked matters may listen to."""
    listens: tuple[tuple[str, str], ...] = ()
    """(kind.trigger of a linked matter, own trigger to fire)."""
    counted: Counted | None = None
    """What it adds to the reports; None: nothing."""

    @property
    def states(self) -> tuple[str, ...]:
        """Names of all stages, in the order written."""
        return tuple(stage.name for stage in self.stages)

    @property
    def triggers(self) -> tuple[str, ...]:
        """Names of all triggers, each once, in the order written."""
        return tuple(dict.fromkeys(move.trigger for move in self.moves))

    @property
    def lapses(self) -> frozenset[str]:
        """Triggers that a clock fires by itself."""
        return frozenset(clock.lapse for clock in self.clocks if clock.lapse)

    def stage(self, name: str) -> Stage:
        """The stage called `name`. Raises KeyError for a name the table does not have."""
        for stage in self.stages:
            if stage.name == name:
                return stage
        raise KeyError(name)

    def clock(self, name: str) -> Clock:
        """The clock called `name`. Raises KeyError for a name the table does not have."""
        for clock in self.clocks:
            if clock.name == name:
                return clock
        raise KeyError(name)

    def moves_from(self, state: str) -> Iterator[Move]:
        """The rows whose source is `state`."""
        return iter(self._by_source.get(state, ()))

    @cached_property
    def _by_source(self) -> Mapping[str, Sequence[Move]]:
        found: dict[str, list[Move]] = {}
        for move in self.moves:
            found.setdefault(move.source, []).append(move)
        return found


def from_each(sources: tuple[str, ...], trigger: str, dest: str | None = None, **rest: Any) -> tuple[Move, ...]:
    """One row a source, so that no table needs a wildcard. Without `dest` the act changes no stage."""
    return tuple(Move(trigger, source, dest or source, **rest) for source in sources)
