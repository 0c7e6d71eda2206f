"""What a house demands of its structure: roots, which units may have two heads, who may decide which change. Each with its source."""

from typing import Annotated

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
    """When two functions count as near-equal (I12): shared significant words, and words that signify nothing."""

    words: PositiveInt
    ignored: tuple[Name, ...]


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

    def bodies_for(self, authority_class: str) -> frozenset[str]:
        """The organs that may decide this class of acts by themselves."""
        named = [power.bodies for power in self.powers.values() if authority_class in power.classes]
        return frozenset(body for bodies in named or [self.otherwise.names] for body in bodies)
