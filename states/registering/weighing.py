"""Scores and a rank of mandates, the same for whoever counts again.

Where two bands of the pack hold the same number, both scores stand: the rank is made of the lower total and the higher is
shown beside it. Equal totals share a rank, and who shares it is named.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from policies.mandates import Bands, Levels, MandateRules
from policies.refusal import Refusal
from policies.said import Fact, Said


class NoSuchCriterion(Refusal):
    """A criterion, or a word of one, that the pack does not have."""

    code: ClassVar[str] = "no_such_criterion"
    status: ClassVar[int] = 422


@dataclass(frozen=True, slots=True)
class Score:
    """What one criterion gives: no points (unknown), one, or several where bands overlap, lowest first."""

    criterion: str
    points: tuple[int, ...]
    warnings: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Weighed:
    """A mandate with its scores. `low` and `high` differ where a number falls into two bands. Unknown scores add nothing."""

    name: str
    scores: tuple[Score, ...]

    @property
    def low(self) -> int:
        """The total of the lowest scores."""
        return sum(score.points[0] for score in self.scores if score.points)

    @property
    def high(self) -> int:
        """The total of the highest scores."""
        return sum(score.points[-1] for score in self.scores if score.points)

    @property
    def complete(self) -> bool:
        """Whether every criterion gave points."""
        return all(score.points for score in self.scores)


@dataclass(frozen=True, slots=True)
class Ranked:
    """`tied_with`: those of the same rank. `may_pass`: those behind it whose higher score is more than its lower one."""

    rank: int
    weighed: Weighed
    tied_with: tuple[str, ...]
    may_pass: tuple[str, ...]


def weigh(name: str, facts: Mapping[str, int | str], rules: MandateRules) -> Weighed:
    """Score a mandate by every criterion of the pack that has points. A fact not given is unknown. Raises NoSuchCriterion."""
    criteria: dict[str, Bands | Levels] = {**rules.counted, **rules.judged}
    if unknown := sorted(set(facts) - set(criteria)):
        raise NoSuchCriterion(known=", ".join(criteria), count=len(unknown))
    return Weighed(name, tuple(_score(each, facts.get(each), rule) for each, rule in criteria.items() if _has_points(rule)))


def still_known(facts: Mapping[str, int | str], rules: MandateRules) -> dict[str, int | str]:
    """Of what was told under earlier rules, what these rules know: the rest counts as unknown."""
    return {name: value for name, value in facts.items() if _knows(rules, name, value)}


def _knows(rules: MandateRules, name: str, value: int | str) -> bool:
    if name in rules.judged:
        return value in rules.judged[name].words
    return name in rules.counted and isinstance(value, int)


def rank(several: Sequence[Weighed]) -> tuple[Ranked, ...]:
    """The most points first. Ranks as in a race: 1, 2, 2, 4. Of one rank by name, so that the order is always the same."""
    ordered = sorted(several, key=lambda one: (-one.low, -one.high, one.name))
    places = {(one.low, one.high): at for at, one in reversed(list(enumerate(ordered, 1)))}
    return tuple(_ranked(one, places[one.low, one.high], ordered) for one in ordered)


def _ranked(one: Weighed, place: int, ordered: Sequence[Weighed]) -> Ranked:
    tied = tuple(other.name for other in ordered if other is not one and (other.low, other.high) == (one.low, one.high))
    behind = (other for other in ordered if (-other.low, -other.high) > (-one.low, -one.high))
    return Ranked(place, one, tied, tuple(other.name for other in behind if other.high > one.low))


def _has_points(rule: Bands | Levels) -> bool:
    return isinstance(rule, Bands) or rule.points is not None


def _score(name: str, value: int | str | None, rule: Bands | Levels) -> Score:
    criterion: dict[str, Fact] = {"criterion": name}
    if value is None:
        return Score(name, (), (Said("registering.not_scored", criterion),))
    if isinstance(rule, Levels):
        if value not in rule.words or rule.points is None:
            raise NoSuchCriterion(known=", ".join(rule.words), count=1)
        return Score(name, (rule.points[rule.words.index(str(value))],))
    if not isinstance(value, int):
        raise NoSuchCriterion(known=name, count=1)
    points = tuple(sorted({band.points for band in rule.bands if band.holds(value)}))
    if len(points) == 1:
        return Score(name, points)
    facts = criterion | {"value": value, "points": ", ".join(map(str, points))}
    return Score(name, points, (Said("registering.two_bands" if points else "registering.no_band", facts),))
