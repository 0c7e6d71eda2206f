"""What the house would look like on every date if approved and candidate plans were done: a fold, and figures of each date."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from policies.structure import StructureRules
from structure.checking import check_plan, check_states, sorted_findings
from structure.impact import Obligation
from structure.organisation import Organisation
from structure.responsible import Heirs, heirs_in, responsible
from structure.rule import Case, Finding
from structure.rules import PLAN_RULES, STATE_RULES
from structure.timeline import Attempt, Planned, attempt


class Headcount(NamedTuple):
    """Posts of one fund, and how many of them somebody holds."""

    posts: int
    holders: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One date's figures, worked out when asked, linear in the organisation. `since` None: before the first date."""

    since: date | None
    org: Organisation
    findings: tuple[Finding, ...]
    """Those that hold on this date."""
    obligations: tuple[Obligation, ...]
    heirs: Heirs

    @property
    def headcount(self) -> Mapping[str, Headcount]:
        """By fund, `unknown` among them."""
        live = [post for post in self.org.posts.values() if post.live]
        posts, held = Counter(post.fund for post in live), Counter(post.fund for post in live if post.holder)
        return {fund: Headcount(posts[fund], held[fund]) for fund in sorted(posts)}

    @property
    def spans(self) -> Mapping[str, int]:
        """Live units with units under them -> how many."""
        live = sorted(id for id in self.org.below if self.org.live_unit(id) is not None)
        return {id: count for id in live if (count := sum(1 for _ in self.org.children(id)))}

    @property
    def depth(self) -> int:
        """Units on the longest way down from a unit that has no live head; one in a circle is on no way. 0: no unit."""
        live = [unit for unit in self.org.units.values() if unit.is_live]
        above = {unit.id: {head for head in unit.heads if self.org.live_unit(head) is not None} for unit in live}
        row = sorted(id for id, heads in above.items() if not heads)
        count = 0
        while row:
            count += 1
            freed: list[str] = []
            for id in row:
                for child in self.org.children(id):
                    above[child.id].discard(id)
                    if not above[child.id]:
                        freed.append(child.id)
            row = freed
        return count

    @property
    def functions(self) -> Mapping[str, int]:
        """Owner -> how many live functions it owns; UNKNOWN is one of the owners."""
        owned = Counter(owner for function in self.org.functions.values() if function.live for owner in set(function.owners))
        return dict(sorted(owned.items()))

    @property
    def owed(self) -> Mapping[str, int]:
        """Unit -> how many obligations it answers for on this date; UNKNOWN is one of the units."""
        on = self.since or date.min
        answers = (responsible(self.org, self.heirs, one.function, on, one.parts) for one in self.obligations)
        return dict(sorted(Counter(unit for who in answers for unit in who.units).items()))


@dataclass(frozen=True, slots=True)
class Simulated:
    """What came of it: operations that could not be done are in `attempt.refused`."""

    attempt: Attempt
    findings: tuple[Finding, ...]
    obligations: tuple[Obligation, ...]
    heirs: Heirs

    def at(self, on: date) -> Snapshot:
        """The figures of a date."""
        dates = [each for each in self.attempt.timeline.dates if each <= on]
        return self._snapshot(dates[-1] if dates else None)

    def __iter__(self) -> Iterator[Snapshot]:
        """Before the first date, and every date on which something changes."""
        yield self._snapshot(None)
        yield from map(self._snapshot, self.attempt.timeline.dates)

    def _snapshot(self, since: date | None) -> Snapshot:
        on = since or date.min
        held = (found for found in self.findings if (found.since or date.min) <= on and (found.until is None or on < found.until))
        timeline = self.attempt.timeline
        org = timeline.start if since is None else timeline.at(since)
        return Snapshot(since, org, tuple(held), self.obligations, self.heirs)


def simulate(
    start: Organisation,
    approved: Sequence[Planned],
    candidate: Sequence[Planned],
    rules: StructureRules,
    obligations: Sequence[Obligation] = (),
    judged_by: Callable[[Attempt], Case] | None = None,
) -> Simulated:
    """Fold approved operations and then, on each date, candidate ones; ask every invariant. Raises PlanCircle.

    `judged_by`: the plan with who decided it, by which delegations, towards which target; left out, nobody knows.
    """
    plan = (*approved, *candidate)
    made = attempt(start, plan)
    case = Case(start, made) if judged_by is None else judged_by(made)
    found = (*check_states(made.timeline, STATE_RULES, rules), *check_plan(case, PLAN_RULES, rules))
    return Simulated(made, tuple(sorted_findings(found)), tuple(obligations), heirs_in(made.done))
