"""Named time limits of other routes: appeals, hearings, tribunals, directives. No kind of matter carries them.

They are read by `amparo due` and by the notice that tells a visitor which limits may be running. `named_period` also
finds the clocks of the house's own kinds, so that every rule has one name and one way to ask for its date.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from policies.periods import Period
from policies.reading import checked, read
from policies.refusal import Refusal

POLICIES = Path(__file__).parent
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Chain = tuple[Period, ...]
"""Periods one after the other: the next starts on the day the one before ends."""


class UnknownPack(Refusal):
    """There is no folder of rules with this name."""

    code: ClassVar[str] = "unknown_pack"
    status: ClassVar[int] = 422


class UnknownRule(Refusal):
    """Neither a named limit nor a clock of a kind."""

    code: ClassVar[str] = "unknown_rule"
    status: ClassVar[int] = 422


class RuleHasNoPeriod(Refusal):
    """The date of this clock is written in the matter itself, so there is nothing to count."""

    code: ClassVar[str] = "rule_has_no_period"
    status: ClassVar[int] = 422


class Limit(Period, frozen=True, extra="forbid"):
    """A time limit of another route.

    `starts_from` names the event that is day zero. `personnel` are the classes of people it holds for; empty: all, or
    not known. `station` says whether it depends on where the person works. `then` follows when this one has ended.
    Sentences: `limit.<name>`, `limit.from.<starts_from>` and `limit.who.<who>` in the catalogues.
    """

    title: Annotated[str, Field(pattern=r"^limit\.[a-z0-9_]+$")]
    starts_from: Name
    who: Name
    personnel: tuple[Name, ...] = ()
    station: Literal["any", "headquarters", "away_from_headquarters"] = "any"
    then: Period | None = None

    @property
    def chain(self) -> Chain:
        """The periods to count, in order."""
        first = Period(**{field: getattr(self, field) for field in Period.model_fields})
        return (first,) if self.then is None else (first, self.then)


Limits = dict[Name, Limit]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that can be asked for by name. `title` is a message key; None for a clock of a kind."""

    name: str
    chain: Chain
    title: str | None = None


def load(path: Path) -> Limits:
    """Read a pack's `limits.toml`. Raises RulesUnreadable with file, key and reason."""
    return read(path, Limits)


def folder_of(pack: str, policies: Path = POLICIES) -> Path:
    """The folder of a pack. Raises UnknownPack, which names the packs there are."""
    known = sorted(path.parent.name for path in policies.glob("*/limits.toml"))
    if pack not in known:
        raise UnknownPack(pack=pack, known=", ".join(known))
    return policies / pack


def named_period(pack: str, rule: str, policies: Path = POLICIES) -> Chain:
    """Return the periods of a named limit (`staff_rule_112_1_a`) or of a kind's clock (`complaint.acknowledgement`).

    Raises UnknownPack; UnknownRule, which names the rules there are; RuleHasNoPeriod for a clock whose date is given by
    the matter (`unit = "given"`).
    """
    folder = folder_of(pack, policies)
    limits = load(folder / "limits.toml")
    if rule in limits:
        return limits[rule].chain
    clocks = dict(_clocks(folder))
    if rule not in clocks:
        known = [*limits, *(name for name, clock in clocks.items() if clock.get("unit") != "given")]
        raise UnknownRule(rule=rule, pack=pack, known=", ".join(known))
    return _chain(folder, rule, clocks[rule])


def rules(pack: str, policies: Path = POLICIES) -> tuple[Rule, ...]:
    """Every rule of a pack that has a period: the named limits, then the clocks of its kinds."""
    folder = folder_of(pack, policies)
    limits = load(folder / "limits.toml")
    own = [Rule(name, limit.chain, limit.title) for name, limit in limits.items()]
    timed = [(name, clock) for name, clock in _clocks(folder) if clock.get("unit") != "given"]
    return (*own, *(Rule(name, _chain(folder, name, clock)) for name, clock in timed))


def _clocks(folder: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for path in sorted(folder.glob("*.toml")):
        clocks = read(path, dict[str, Any]).get("clocks", {})
        yield from ((f"{path.stem}.{name}", clock) for name, clock in clocks.items())


def _chain(folder: Path, rule: str, clock: Mapping[str, Any]) -> Chain:
    """The period of a kind's clock, whatever else its table says (its ladder, whose calendar)."""
    if clock.get("unit") == "given":
        raise RuleHasNoPeriod(rule=rule)
    kind, _, name = rule.partition(".")
    content = {key: clock[key] for key in Period.model_fields if key in clock}
    return (checked(f"{folder.name}/{kind}.toml", content, Period, under=f"clocks.{name}"),)
