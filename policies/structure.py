"""What a house demands of its structure: roots, units with two heads, who may decide which change. Each with its source."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, PositiveInt

from policies.periods import Sourced
from policies.rules import Rule

Name = Annotated[str, Field(min_length=1, max_length=80)]


class Named(Sourced):
    """A set of names (units, types) and the clause that sets it."""

    names: tuple[Name, ...]


class Power(Sourced):
    """Which organs may decide a class of acts by themselves. A class is an act and a type, such as `create_secretariat`."""

    classes: tuple[Name, ...]
    bodies: tuple[Name, ...]


class Likeness(Sourced):
    """When two functions count as near-equal (I12): shared significant words, and words that signify nothing.

    `instruments`: words that together with the word beside them name a legal instrument, such as charter.
    """

    words: PositiveInt
    ignored: tuple[Name, ...]
    instruments: tuple[Name, ...] = ()


class OnDay(Sourced):
    """A day, and what it rests on."""

    day: date


class Term(Sourced):
    """One word out of a fixed list, and what it rests on."""

    name: Name


class Assumed(Rule):
    """What is taken to be so where a case file says nothing. Whatever comes of it is shown as assumed."""

    effect: OnDay | None = None
    """From when operations hold that have no date."""
    method: Term | None = None
    """How a body decided."""
    scope: Named | None = None
    """The units under which a mandate lets operations happen that limits them in prose."""
    delegations: Mapping[str, Named] = {}
    """Mandate -> the classes of acts that its delegation, written in prose, covers."""


Act = Literal["read", "holders", "load", "correct", "report", "version", "waive"]
"""What people do with the structure besides moves of proposals."""


class StructureRules(Rule):
    """The numbers and names the invariants read."""

    roots: Named
    """Units that stand under no other."""
    matrix: Named
    """Types of units that may have two heads."""
    equal_rank: Named
    """Types of units that are all of one rank and never below each other (I6)."""
    oversight: Named
    """Types of units that report to an organ, not to a unit they oversee (I14)."""
    organs: Named
    """Political organs a unit may report to."""
    powers: dict[str, Power]
    otherwise: Named
    """Who may decide every class that no power names."""
    likeness: Likeness
    assumed: Assumed | None = None
    access: dict[Act, tuple[str, ...]] = Field(default_factory=dict)
    """Act -> the roles that may do it, as grants `role:any`. An act that is not named is given to nobody."""

    def bodies_for(self, authority_class: str) -> frozenset[str]:
        """The organs that may decide this class of acts by themselves."""
        named = [power.bodies for power in self.powers.values() if authority_class in power.classes]
        return frozenset(body for bodies in named or [self.otherwise.names] for body in bodies)
