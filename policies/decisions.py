"""How a house decides: what each kind of decision needs, who must be there, what must wait, and who may lift the wait.

A number nobody has established is written `unknown`. What needs it is refused by name; it is never given a default.
"""

from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Annotated, ClassVar, Literal, Self

from pydantic import AfterValidator, Field, PositiveInt, model_validator

from policies.periods import Sourced
from policies.reading import read
from policies.refusal import Refusal
from policies.rules import Rule

UNKNOWN = "unknown"
Unknown = Literal["unknown"]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Language = Literal["en", "es", "pt", "fr"]


def _a_share(text: str) -> str:
    if text == UNKNOWN:
        return text
    numerator, denominator = map(int, text.split("/"))
    if not 0 < numerator <= denominator:
        raise ValueError("a share is more than nothing and at most the whole: 1/2, 2/3, 1/1")
    return text


Share = Annotated[str, Field(pattern=r"^([0-9]{1,4}/[0-9]{1,4}|unknown)$"), AfterValidator(_a_share)]
"""A part of a whole, as two whole numbers: `2/3`, or `unknown`. Never a decimal number, which would be another share."""


class Base(StrEnum):
    """What a share is taken of."""

    MEMBERS = "members"
    """All members, those that may not vote included."""
    ENTITLED = "entitled"
    """The members that may vote."""
    PRESENT = "present"
    """Those that are there, voting or not."""
    CAST = "cast"
    """Votes for and against: those present and voting."""
    CAST_WITH_ABSTENTIONS = "cast_with_abstentions"
    """All that was handed in: for, against, abstentions, spoiled papers."""
    VALID = "valid"
    """For, against and abstentions, without spoiled papers."""


class Method(StrEnum):
    """How a body decides."""

    CONSENSUS = "consensus"
    ACCLAMATION = "acclamation"
    ROLL_CALL = "roll_call"
    SECRET_BALLOT = "secret_ballot"  # noqa: S105  # a ballot, not a password
    SILENCE = "silence"
    AD_REFERENDUM = "ad_referendum"


class Step(StrEnum):
    """What a time lock holds back."""

    ADMIT = "admit"
    DISCUSS = "discuss"
    VOTE = "vote"


Strictness = Literal["more_than", "at_least"]
Act = Literal["decide", "amend"]
"""What people do besides moves: take down how a body decides and what is stated or advised; take down amendments."""


class NoSuchDecisionRule(Refusal):
    """The pack has no rule of decision with this name."""

    code: ClassVar[str] = "no_such_decision_rule"
    status: ClassVar[int] = 422


class Part(Sourced):
    """A share of a base, and whether exactly that much is enough."""

    share: Share
    strictness: Strictness

    @model_validator(mode="after")
    def _can_be_reached(self) -> Self:
        if self.strictness == "more_than" and self.share != UNKNOWN and Fraction(self.share) == 1:
            raise ValueError("more than the whole can never be reached")
        return self

    def of(self, count: int) -> int | None:
        """How many of `count` it takes, at least 1; None where the share is not established. Exact: no rounding of thirds.

        >>> Part(share="1/2", strictness="more_than", source="example", verified=False).of(35)
        18
        >>> Part(share="2/3", strictness="at_least", source="example", verified=False).of(35)
        24
        """
        if self.share == UNKNOWN:
            return None
        part = Fraction(self.share) * count
        enough = part.__floor__() + 1 if self.strictness == "more_than" else part.__ceil__()
        return max(enough, 1)


class Presence(Part):
    """How many must be there."""

    base: Literal[Base.MEMBERS, Base.ENTITLED]


class Quorum(Rule):
    """Who must be there. None: nobody in particular."""

    to_open: Presence | None = None
    to_vote: Presence | None = None


class Requirement(Part):
    """What it takes to adopt.

    `quorum` names one of the pack's. `without_parties`: those that are parties to a dispute are neither counted nor asked.
    `ballots` are the ways to vote on it. `adopts` False: by it a body elects, advises or orders its business, and no text.
    """

    base: Base
    quorum: Name | None = None
    without_parties: bool = False
    adopts: bool = True
    ballots: tuple[Literal[Method.ROLL_CALL, Method.SECRET_BALLOT], ...] = (Method.ROLL_CALL, Method.SECRET_BALLOT)

    @model_validator(mode="after")
    def _parties_are_members(self) -> Self:
        if self.without_parties and self.base not in (Base.MEMBERS, Base.ENTITLED):
            raise ValueError("only a share of the members or of the entitled can be taken without the parties")
        return self


class MethodRule(Sourced):
    """A way to decide that this house uses. `explained`: explanations of vote may be given."""

    explained: bool = True


class TimeLock(Sourced):
    """What a text must wait for, once it is distributed in all these languages.

    `hours_after_distribution`: that many elapsed hours since the last language. `days_before_session`: the last language was
    out that many calendar days before the session's first day, or earlier. `texts` are the kinds of text it holds, none: all.
    `waived_by` names the rule by which the body may lift it, None: nobody may.
    """

    holds: tuple[Step, ...] = Field(min_length=1)
    length: PositiveInt | Unknown
    unit: Literal["hours_after_distribution", "days_before_session"]
    languages: tuple[Language, ...] = Field(min_length=1)
    texts: tuple[Name, ...] = ()
    waived_by: Name | None = None


class DecisionRules(Rule):
    """All rules of decision of one house, by name."""

    rules: dict[Name, Requirement] = Field(min_length=1)
    quorums: dict[Name, Quorum] = Field(default_factory=dict)
    methods: dict[Method, MethodRule] = Field(default_factory=dict)
    locks: dict[Name, TimeLock] = Field(default_factory=dict)
    reconsidered_by: Name | None = None
    """The rule by which a body may decide again what it has decided; None: it may not."""
    access: dict[Act, tuple[str, ...]] = Field(default_factory=dict)
    """Act -> the roles that may do it, as grants `role:any`. An act that is not named is given to nobody."""

    @model_validator(mode="after")
    def _names_are_there(self) -> Self:
        for name, rule in self.rules.items():
            if rule.quorum is not None and rule.quorum not in self.quorums:
                raise ValueError(f"rule {name} names the quorum {rule.quorum!r}, which is not there")
        if self.reconsidered_by is not None and self.reconsidered_by not in self.rules:
            raise ValueError(f"what was decided is reconsidered by the rule {self.reconsidered_by!r}, which is not there")
        for name, lock in self.locks.items():
            if lock.waived_by is not None and lock.waived_by not in self.rules:
                raise ValueError(f"lock {name} is waived by the rule {lock.waived_by!r}, which is not there")
        return self

    def requirement(self, name: str) -> Requirement:
        """The rule called `name`. Raises NoSuchDecisionRule, naming those there are."""
        if name not in self.rules:
            raise NoSuchDecisionRule(known=", ".join(sorted(self.rules)))
        return self.rules[name]

    def quorum_of(self, requirement: Requirement) -> Quorum:
        """Who must be there for it; an empty one where it names none."""
        return self.quorums[requirement.quorum] if requirement.quorum is not None else Quorum()


def load(path: Path) -> DecisionRules:
    """Read a pack's `decisions.toml`. Raises RulesUnreadable with file, key and reason."""
    return read(path, DecisionRules)
