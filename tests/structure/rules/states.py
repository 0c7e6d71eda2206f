"""A small house in one state, and short ways to ask one rule about it."""

from collections.abc import Iterable

from policies.said import Fact
from structure.checking import check_states
from structure.organisation import Organisation
from structure.rules import STATE_RULES
from structure.things import Function, Post, Unit
from structure.timeline import Timeline
from tests.structure.cases import RULES, under

ROOT = Unit("OSG", "Office of the Secretary General", "office")
OTHER_ROOT = Unit("OASG", "Office of the Assistant Secretary General", "office")


def told(
    number: str, units: Iterable[Unit] = (), functions: Iterable[Function] = (), posts: Iterable[Post] = ()
) -> list[tuple[str, dict[str, Fact]]]:
    """Message and facts of every finding of an invariant about a state: the two roots, and what is given."""
    org = Organisation.of((ROOT, OTHER_ROOT, *units), functions, posts)
    asked = [rule for rule in STATE_RULES if rule.id == number]
    findings = check_states(Timeline(org), asked, RULES)
    return [(found.message.key.removeprefix("finding."), dict(found.message.params)) for found in findings]


def office(id: str, *heads: str, type: str = "office") -> Unit:
    """A unit under these heads."""
    return Unit(id, id, type, under(*heads) if heads else ())
