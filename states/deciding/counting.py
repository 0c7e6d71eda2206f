"""From numbers to a decision, exactly, with the reasons."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from policies.decisions import Base, DecisionRules, Presence, Requirement
from policies.refusal import Refusal
from policies.said import Said
from states.deciding.tally import Tally


class RuleNotEstablished(Refusal):
    """The pack does not know which share this rule asks for, so nothing can be counted by it."""

    code: ClassVar[str] = "rule_not_established"
    status: ClassVar[int] = 422


class NoPartiesHere(Refusal):
    """Parties were given to a rule that leaves nobody out."""

    code: ClassVar[str] = "no_parties_here"
    status: ClassVar[int] = 422


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a vote. `needed` is how many must be for it, of `counted` in `base`; `why` says it in order."""

    rule: str
    adopted: bool
    needed: int
    base: Base
    counted: int
    why: tuple[Said, ...]


def decide(rule: str, rules: DecisionRules, tally: Tally) -> Outcome:
    """Whether these numbers adopt by the rule of this name.

    A quorum that is not met adopts nothing, however many are for it; one that nobody has established is not checked, and
    `why` says so. Raises NoSuchDecisionRule, RuleNotEstablished, NoPartiesHere.
    """
    requirement = rules.requirement(rule)
    if tally.parties and not requirement.without_parties:
        raise NoPartiesHere(rule=rule)
    counted = tally.count_of(requirement.base)
    needed = requirement.of(counted)
    if needed is None:
        raise RuleNotEstablished(rule=rule)
    quorum = rules.quorum_of(requirement)
    unmet = [*_unmet("open", quorum.to_open, tally), *_unmet("vote", quorum.to_vote, tally)]
    adopted = tally.for_ >= needed and not unmet
    why = (
        *_the_rule(requirement, counted, needed),
        *_the_votes(requirement.base, tally, needed),
        *unmet,
        Said("deciding.adopted" if adopted else "deciding.not_adopted"),
        *_what_is_not_known(requirement, (quorum.to_open, quorum.to_vote), tally),
    )
    return Outcome(rule, adopted, needed, requirement.base, counted, why)


def _the_rule(requirement: Requirement, counted: int, needed: int) -> Iterator[Said]:
    left_out = ".without_parties" if requirement.without_parties else ""
    yield Said(f"deciding.base.{requirement.base}{left_out}", {"count": counted})
    yield Said(f"deciding.{requirement.strictness}", {"share": requirement.share, "needed": needed})


def _the_votes(base: Base, tally: Tally, needed: int) -> Iterator[Said]:
    yield Said("deciding.votes", {"for": tally.for_, "against": tally.against, "abstain": tally.abstain})
    if tally.spoiled:
        yield Said("deciding.spoiled", {"count": tally.spoiled})
    if base not in (Base.MEMBERS, Base.ENTITLED, Base.PRESENT) or tally.against >= tally.for_:
        return
    if tally.for_ < needed:
        yield Said("deciding.who_says_nothing_counts_against")


def _unmet(step: str, presence: Presence | None, tally: Tally) -> Iterator[Said]:
    needed = None if presence is None else presence.of(_who_could_come(presence, tally))
    if needed is not None and tally.attending < needed:
        yield Said(f"deciding.too_few_to_{step}", {"present": tally.attending, "needed": needed})


def _who_could_come(presence: Presence, tally: Tally) -> int:
    return tally.members if presence.base == Base.MEMBERS else tally.attendable


def _what_is_not_known(requirement: Requirement, quorum: tuple[Presence | None, ...], tally: Tally) -> Iterator[Said]:
    """What the answer rests on that nobody has told or read."""
    demanded = [presence for presence in quorum if presence is not None]
    known = [presence for presence in demanded if presence.of(1) is not None]
    if tally.present is None and (known or requirement.base == Base.PRESENT):
        yield _present_taken(tally)
    if len(known) < len(demanded):
        yield Said("deciding.quorum_unknown")
    if not all(one.verified for one in (requirement, *known)):
        yield Said("deciding.not_read")


def _present_taken(tally: Tally) -> Said:
    """Who is absent does not tell who is there: of all members some may not come at all."""
    if tally.absent is None:
        return Said("deciding.present_taken", {"count": tally.attending})
    return Said("deciding.present_taken_besides_absent", {"count": tally.attending, "absent": tally.absent})
