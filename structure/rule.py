"""What an invariant is, and what it says when it does not hold.

A rule is a class; its docstring is its English message with {named} facts, and the catalogues hold it in four languages under
`key`. Rules of a state are asked about one thing on one date, at every date on which something near it changes; rules of a plan
are asked once about the whole plan.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from policies.said import Fact, Said
from policies.structure import StructureRules
from structure.organisation import Organisation
from structure.things import Ref, Sort
from structure.timeline import Attempt


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

    def reach(
        self, org: Organisation, touched: Collection[Ref], open_for: Collection[str], rules: StructureRules
    ) -> Iterable[str]:
        """Ids of other things of this sort to ask about when `touched` changed. `open_for`: those that have a finding now.

        Must name everything whose answer can change with what was touched, beside the touched things themselves.
        """
        return ()


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


@dataclass(frozen=True, slots=True)
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
    retroactive: frozenset[str] = frozenset()
    """Ids of operations that have authority to take effect before adoption."""


@dataclass(frozen=True, slots=True)
class Delegation:
    """A body lets another decide on classes of acts, between dates (half-open; None: open)."""

    giver: str
    taker: str
    classes: frozenset[str]
    since: date
    until: date | None = None
    source: str = ""
