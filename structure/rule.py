"""What an invariant is, and what it says when it does not hold.

A rule is a class; its docstring is its English message with {named} facts, and the catalogues hold it in four languages under
`key`. Rules of a state are asked about one thing on one date, at every date on which something near it changes; rules of a plan
are asked once about the whole plan.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import ClassVar, NamedTuple

from policies.said import Fact, Said
from policies.structure import StructureRules
from structure.diff import Difference, diff
from structure.organisation import Organisation
from structure.steps import Step, steps_of
from structure.things import Ref, Sort
from structure.timeline import Attempt, Timeline


class Severity(StrEnum):
    """What a finding stops."""

    BLOCKS = "blocks"
    WARNS = "warns"
    """Passed only by a waiver: who, by which authority, why, until when."""
    INFORMS = "informs"


@dataclass(frozen=True, slots=True)
class Finding:
    """An invariant does not hold: which, about what, and from when to when (half-open; None: no end known)."""

    rule: str
    severity: Severity
    subject: Ref
    since: date | None
    """None: since before the record begins."""
    until: date | None
    message: Said


class Rule(ABC):
    """What both sorts of rules have."""

    id: ClassVar[str]
    severity: ClassVar[Severity]

    @classmethod
    def key(cls) -> str:
        """The message's key: `finding.` and the class name with underscores."""
        return "finding." + re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()


class StateRule(Rule):
    """A rule about one unit, function or post on one date."""

    about: ClassVar[Sort]

    @abstractmethod
    def find(self, org: Organisation, id: str, rules: StructureRules) -> Iterator[Mapping[str, Fact]]:
        """The facts of each finding about this thing, live or ended; nothing when the rule holds."""

    def reach(self, before: Organisation, after: Organisation, touched: Collection[Ref], rules: StructureRules) -> Iterable[str]:
        """Ids of other things of this sort to ask about, when `touched` is all that differs between two dates.

        Must name everything whose answer can differ, beside the touched things themselves; may name more.
        """
        return ()


class Told(NamedTuple):
    """The facts of every finding about one thing from some date on; none: the rule holds from then on."""

    id: str
    facts: Iterable[Mapping[str, Fact]]


class Watch(ABC):
    """What a rule carries from date to date. It goes from any organisation to any other, if it is told all that differs."""

    @abstractmethod
    def begin(self) -> Iterator[Told]:
        """About everything there is at the beginning; a thing that is not told is without findings."""

    @abstractmethod
    def go_on(self, after: Organisation, touched: Collection[Ref]) -> Iterator[Told]:
        """About what may be told otherwise now; `touched` is all that differs. Must be gone through to its end."""

    def go_back(self, timeline: Timeline) -> None:
        """From the end of a timeline to its start. What it would tell there it has told."""
        for _ in self.go_on(timeline.start, {ref for state in timeline.states for ref in state.touched}):
            pass


class TimelineRule(Rule):
    """A rule about things of one sort that looks for them through an index of its own."""

    about: ClassVar[Sort]

    @abstractmethod
    def watch(self, start: Organisation, rules: StructureRules) -> Watch:
        """The index over one organisation."""


class PlanRule(Rule):
    """A rule about a plan as a whole."""

    @abstractmethod
    def find(self, case: "Case", rules: StructureRules) -> "Iterator[Found]":
        """Every finding about the plan."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a plan rule found: about what, from when to when, with which facts."""

    subject: Ref
    since: date | None
    until: date | None
    facts: Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class Authority:
    """Who decided and by which power, for I9 and I10. UNKNOWN where no source says."""

    body: str
    decided_on: date | None
    method: str
    scope: frozenset[str] = frozenset()
    """Ids of the units under which the mandate lets operations happen; empty: not limited."""


@dataclass(frozen=True)
class Case:
    """A plan with all it is judged by.

    `target` is the structure the instrument shows as its result, when there is one: what it declares to be so.
    """

    before: Organisation
    attempt: Attempt
    target: Organisation | None = None
    authority: Authority | None = None
    delegations: "tuple[Delegation, ...]" = ()
    decided_ad_referendum: bool = False
    due_on: date | None = None
    submitted_on: date | None = None
    adopted_on: date | None = None
    shown_on: date | None = None
    """The day of which `before` is shown; None: nobody says, or it is what the record knows of every day."""
    retroactive: frozenset[str] = frozenset()
    """Ids of operations that have authority to take effect before adoption."""
    obligations: Mapping[str, str] = field(default_factory=dict)
    """What is owed (a task, a report, a recommendation) -> the function that owes it; after a split, the part that does."""

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The operations that were done, one by one. Worked out once a case."""
        return steps_of(self.attempt)

    @cached_property
    def result(self) -> Organisation:
        """The structure that the plan must lead to: the target, or where the operations lead if no target is shown."""
        return self.attempt.timeline.end if self.target is None else self.target

    @cached_property
    def doers(self) -> Mapping[tuple[Ref, str], Step]:
        """Thing and field, as `structure.diff` names it -> the last operation that changed it."""
        return {(found.subject, found.field): step for step in self.steps for found in step.changes()}

    @cached_property
    def apart(self) -> tuple[Difference, ...]:
        """What differs between where the operations lead and what the target shows; nothing if there is no target."""
        return () if self.target is None else tuple(diff(self.attempt.timeline.end, self.target))

    @cached_property
    def ends_on(self) -> date | None:
        """The date of the last change; None: nothing changes."""
        dates = self.attempt.timeline.dates
        return dates[-1] if dates else None


@dataclass(frozen=True, slots=True)
class Delegation:
    """A body lets another decide on classes of acts, between dates (half-open; None: open).

    `scope`: ids of the units under which it holds; empty: not limited.
    """

    giver: str
    taker: str
    classes: frozenset[str]
    since: date
    until: date | None = None
    source: str = ""
    scope: frozenset[str] = frozenset()
